"""Whatever fails on the way, the deals end as the invoices are: seeded days with trouble on both services (I1, I3)."""

from __future__ import annotations

import random
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest

from app.domain.hubspot_text import to_cents
from app.errors import ClinicBridgeError
from app.sandbox.faults import SURVIVABLE, Faults, Kind
from tests.app.sync.front_desk import FrontDesk, front_desk

TROUBLE = (*SURVIVABLE, Kind.S401)
"""401 ends an execution at once, wherever it stands."""

STATES = {10: "open", 20: "paid", 30: "closed", 40: "open_credit"}


def a_day(desk: FrontDesk, dice: random.Random, patients: list[str]) -> None:
    """A few things that staff do with invoices."""
    for _ in range(dice.randint(1, 6)):
        invoices = [str(row["id"]) for row in desk.cliniko.invoices()]
        if not invoices or dice.random() < 0.35:
            visit = desk.cliniko.add_appointment(dice.choice(patients), desk.days_ago(-20))
            patient = str(desk.cliniko.appointment(visit)["patient_id"])
            prices = [f"{dice.randint(1, 9000) / 100:.2f}" for _ in range(dice.randint(0, 3))]
            desk.invoice(patient, *prices, age_days=dice.choice([0, 0, 40]), appointment_id=visit)
            continue
        invoice = dice.choice(invoices)
        items = desk.items_of(invoice)
        match dice.randrange(7):
            case 0:
                desk.cliniko.pay_invoice(invoice)
            case 1:
                desk.cliniko.edit_invoice(invoice, archived_at=dice.choice([None, desk.clock.now()]))
            case 2 | 3:
                desk.cliniko.add_invoice_item(invoice, name="Tape", unit_price="5.55")
            case 4 if items:
                desk.cliniko.edit_invoice_item(dice.choice(items), unit_price=f"{dice.randint(1, 99)}.00")
            case 5 if items:
                desk.cliniko.remove_invoice_item(dice.choice(items))
            case _:
                desk.cliniko.edit_invoice(invoice, status=dice.choice([10, 20, 30, 40]))


def as_it_should_be(row: dict[str, Any]) -> tuple[str, Decimal]:
    """State and amount of an invoice's deal."""
    state = "removed" if row.get("archived_at") or row.get("deleted_at") else STATES[row.get("status", 10)]
    total = to_cents(Decimal(row["total_amount"]))
    return state, -abs(total) if row.get("status") == 40 else total


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("per_item", [False, True])
def test_the_deals_end_as_the_invoices_are(seed: int, per_item: bool) -> None:
    """I1, I3: no deal twice, no change lost, sums exact, after executions that fail anywhere."""
    dice = random.Random(f"{seed}{per_item}")
    with front_desk() as desk:
        desk.settings |= {
            "sync.items_per_execution": dice.choice([1, 3, 100]),
            "invoices.deal_per_item": per_item,
            "streams.contacts": False,
        }
        patients = [desk.patient() for _ in range(3)]
        for day in range(6):
            a_day(desk, dice, patients)
            for server, name in ((desk.clinic, "c"), (desk.portal, "h")):
                server.faults = Faults.random(f"{seed}{day}{name}", 0.12, TROUBLE)
            for _ in range(2):
                with suppress(ClinicBridgeError):
                    desk.sync(after_s=dice.choice([5, 300, 4000]))
        for server in (desk.clinic, desk.portal):
            server.faults = Faults()
        desk.clock.passes(3600)
        desk.catch_up()
        desk.catch_up()
        keys = [
            deal["cliniko_invoice_key"]
            for deal in desk.hubspot.deals().values()
            if "cliniko_invoice_key" in deal
        ]
        assert len(keys) == len(set(keys))
        deals = desk.deals()
        since = str(desk.store.fact("invoices_since"))[:19]
        for row in desk.cliniko.invoices():
            mine = {key: deal for key, deal in deals.items() if deal["cliniko_invoice_id"] == str(row["id"])}
            state, amount = as_it_should_be(row)
            if not mine:
                record = desk.store.record("invoice", str(row["id"]))
                is_old = str(row["updated_at"]) < since
                assert is_old or (record is not None and record.reason == "removed"), row
                continue
            standing = [deal for deal in mine.values() if deal["cliniko_invoice_state"] != "removed"]
            assert {deal["cliniko_invoice_state"] for deal in standing} <= {state}
            if state != "removed":
                assert sum(Decimal(deal["amount"]) for deal in standing) == amount, (row, mine)
            for key in mine:
                contacts = desk.hubspot.contacts_of(desk.deal_id(key))
                assert contacts == [desk.contact_of(str(row["patient_id"]))]
        desk.forget_calls()
        desk.sync()
        assert desk.writes() == 0
