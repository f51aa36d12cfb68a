"""Items of invoices: seen by their own changes, and each a deal of its own where the clinic wants that (R31)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from app.errors import RightsMissing
from app.sync import invoice_items
from tests.app.sync.front_desk import FrontDesk, front_desk


@pytest.fixture
def desk() -> Iterator[FrontDesk]:
    with front_desk() as made:
        yield made


def test_a_changed_item_is_seen_though_the_invoice_did_not_move(desk: FrontDesk) -> None:
    """R31: price changed, item added, item taken off: the deal's sums and counts follow."""
    invoice = desk.invoice(desk.patient(), "80.00", "20.00", age_days=1)
    desk.sync()
    first, second = desk.items_of(invoice)
    desk.cliniko.edit_invoice_item(first, unit_price="70.00")
    assert desk.sync().updated == 1
    assert desk.deal(invoice)["amount"] == "90"
    desk.cliniko.add_invoice_item(invoice, name="Tape", unit_price="5.00")
    desk.sync()
    assert (desk.deal(invoice)["amount"], desk.deal(invoice)["cliniko_invoice_item_count"]) == ("95", "3")
    desk.cliniko.remove_invoice_item(second)
    desk.sync()
    assert (desk.deal(invoice)["amount"], desk.deal(invoice)["cliniko_invoice_item_count"]) == ("75", "2")
    desk.forget_calls()
    assert desk.sync().updated == 0 and desk.writes() == 0


def test_a_changed_name_costs_nothing_where_names_are_not_sent(desk: FrontDesk) -> None:
    """R31, I6: at standard no name of an item is kept or sent, so a new name is no change."""
    invoice = desk.invoice(desk.patient(), "80.00", age_days=1)
    desk.sync()
    desk.cliniko.edit_invoice_item(desk.items_of(invoice)[0], name="Shock wave")
    desk.forget_calls()
    assert desk.sync().updated == 0
    assert (desk.lists("invoices"), desk.writes()) == (1, 0)
    assert "Visit" not in str(desk.store.side_rows("invoice_items", [invoice]))


def test_codes_and_names_at_detailed(desk: FrontDesk) -> None:
    """Schema §7, R84: codes, names and concession appear with the level and are forgotten here with it."""
    invoice = desk.invoice(desk.patient(), "80.00", "20.00")
    desk.sync()
    desk.settings["privacy.level"] = "detailed"
    desk.clock.passes(86_400)
    desk.sync()
    desk.sync()
    deal = desk.deal(invoice)
    assert (deal["cliniko_invoice_item_names"], deal["cliniko_invoice_item_codes"]) == (
        "Visit 1; Visit 2",
        "C1; C2",
    )
    assert deal["dealname"].endswith("Kim Marlow1")
    desk.cliniko.edit_invoice_item(desk.items_of(invoice)[0], name="Shock wave")
    desk.sync()
    assert desk.deal(invoice)["cliniko_invoice_item_names"] == "Shock wave; Visit 2"
    desk.settings["privacy.level"] = "standard"
    desk.clock.passes(86_400)
    desk.sync()
    desk.sync()
    assert "Visit" not in str(desk.store.side_rows("invoice_items", [invoice]))


def test_an_old_invoice_whose_item_changes_counts_as_changed(desk: FrontDesk) -> None:
    """R30, R31, R16: its sum is right on the deal and in the roll-ups, and all its items are known."""
    patient = desk.patient()
    invoice = desk.invoice(patient, "80.00", "20.00", age_days=60)
    desk.sync()
    assert desk.deals() == {}
    desk.cliniko.edit_invoice_item(desk.items_of(invoice)[0], unit_price="30.00")
    desk.sync()
    assert (desk.deal(invoice)["amount"], desk.deal(invoice)["cliniko_invoice_item_count"]) == ("50", "2")
    assert [bill.total_cents for bill in desk.store.bills_of([patient])[patient]] == [5000]


def test_an_old_invoice_that_is_paid_has_all_its_items(desk: FrontDesk) -> None:
    """R31: items older than the stream are asked for by their invoice."""
    invoice = desk.invoice(desk.patient(), "80.00", "20.00", age_days=60)
    desk.sync()
    desk.cliniko.pay_invoice(invoice)
    desk.sync()
    assert desk.deal(invoice)["cliniko_invoice_item_count"] == "2"


def test_a_long_list_is_read_after_the_deals_and_fills_them(
    desk: FrontDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R2, performance (a): deals first; what items add comes in full batches, counted nowhere."""
    monkeypatch.setattr(invoice_items, "SHORT", 3)
    patient = desk.patient()
    invoices = [desk.invoice(patient, "80.00", "20.00", age_days=1) for _ in range(5)]
    old = desk.invoice(patient, "9.00", "1.00", "1.00", age_days=60, updated_at=desk.days_ago(1))
    numbers = desk.catch_up()
    assert (numbers.created, numbers.updated, numbers.read) == (6, 0, 6)
    counts = {key: deal["cliniko_invoice_item_count"] for key, deal in desk.deals().items()}
    assert counts == {**dict.fromkeys(invoices, "2"), old: "3"}
    desk.forget_calls()
    assert desk.sync().updated == 0 and desk.writes() == 0


def test_deals_for_each_item_add_up(desk: FrontDesk) -> None:
    """R31: keys of invoice and item, and sums exact to the cent, through every change."""
    desk.settings["invoices.deal_per_item"] = True
    invoice = desk.invoice(desk.patient(), "33.335", "33.335", "33.335", age_days=1)
    old = desk.invoice(desk.patient(), "10.00", "20.00", age_days=60, updated_at=desk.days_ago(1))
    assert desk.sync().created == 5
    items = desk.items_of(invoice)
    assert set(desk.deals()) == {f"{invoice}-{item}" for item in items} | {
        f"{old}-{item}" for item in desk.items_of(old)
    }
    assert desk.standing_sum(invoice) == Decimal("100.01")
    deal = desk.deal(f"{invoice}-{items[0]}")
    assert deal["cliniko_invoice_id"] == invoice and "(1 of 3)" in deal["dealname"]
    desk.cliniko.remove_invoice_item(items[1])
    desk.cliniko.add_invoice_item(invoice, name="Tape", unit_price="5.55")
    desk.sync()
    assert desk.standing_sum(invoice) == Decimal("72.22")
    assert desk.deal(f"{invoice}-{items[1]}")["dealstage"] == "cliniko_inv_removed"
    desk.cliniko.pay_invoice(invoice)
    desk.sync()
    paid = [deal for deal in desk.deals().values() if deal["dealstage"] == "cliniko_inv_paid"]
    assert len(paid) == 3
    desk.cliniko.archive_invoice(invoice)
    desk.sync()
    assert desk.standing_sum(invoice) == 0
    desk.forget_calls()
    assert desk.sync().updated == 0 and desk.writes() == 0


def test_switching_between_whole_and_items(desk: FrontDesk) -> None:
    """R31: the deals of the other kind move to Removed and come back, and nothing counts twice."""
    invoice = desk.invoice(desk.patient(), "80.00", "20.00", age_days=1)
    desk.sync()
    desk.settings["invoices.deal_per_item"] = True
    desk.sync()
    assert len(desk.deals()) == 3 and desk.standing_sum(invoice) == 100
    assert desk.deal(invoice)["dealstage"] == "cliniko_inv_removed"
    desk.settings["invoices.deal_per_item"] = False
    desk.sync()
    assert len(desk.deals()) == 3 and desk.standing_sum(invoice) == 100
    assert desk.deal(invoice)["dealstage"] == "cliniko_inv_open"
    desk.forget_calls()
    assert desk.sync().updated == 0 and desk.writes() == 0


def test_an_invoice_without_items_keeps_one_deal(desk: FrontDesk) -> None:
    """R31: no sum goes missing; once there are items these have the deals."""
    desk.settings["invoices.deal_per_item"] = True
    invoice = desk.invoice(desk.patient(), age_days=1)
    desk.cliniko.edit_invoice(invoice, total_amount="40.0")
    desk.sync()
    assert set(desk.deals()) == {invoice} and desk.deal(invoice)["amount"] == "40"
    item = desk.cliniko.add_invoice_item(invoice, name="Visit", unit_price="60.00")
    desk.sync()
    assert desk.standing_sum(invoice) == 60
    assert desk.deal(f"{invoice}-{item}")["dealstage"] == "cliniko_inv_open"


def test_the_cap_in_the_middle_of_an_invoice(desk: FrontDesk) -> None:
    """R2, R31: more items than the cap: the deals follow over several executions, none twice."""
    desk.settings |= {"invoices.deal_per_item": True, "sync.items_per_execution": 2}
    invoice = desk.invoice(desk.patient(), *["10.00"] * 5, age_days=1)
    made = []
    for _ in range(3):
        made.append(desk.sync().created)
    assert made == [2, 2, 1]
    assert desk.standing_sum(invoice) == 50


def test_items_cannot_be_left_unread_where_they_are_deals(desk: FrontDesk) -> None:
    """I11: without the right to items there can be no deal for each: the stream says so."""
    desk.settings["invoices.deal_per_item"] = True
    desk.invoice(desk.patient(), "80.00")
    desk.cliniko.deny("invoice_items")
    with pytest.raises(RightsMissing):
        desk.sync()
    assert desk.deals() == {}


def test_a_deleted_deal_of_an_item_is_not_made_again(desk: FrontDesk) -> None:
    """R14: the others go on without it."""
    desk.settings["invoices.deal_per_item"] = True
    invoice = desk.invoice(desk.patient(), "80.00", "20.00", age_days=1)
    desk.sync()
    first, second = (f"{invoice}-{item}" for item in desk.items_of(invoice))
    desk.hubspot.delete_deal(desk.deal_id(first))
    desk.cliniko.pay_invoice(invoice)
    desk.sync()
    desk.sync()
    assert set(desk.deals()) == {second} and desk.deal(second)["cliniko_invoice_state"] == "paid"
