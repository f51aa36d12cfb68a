"""Invoices become deals, from the clinic's API to the portal's, through the whole engine (R30)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.errors import RightsMissing
from app.events import Progress
from tests.app.sync.front_desk import PIPELINE, FrontDesk, front_desk


@pytest.fixture
def desk() -> Iterator[FrontDesk]:
    with front_desk() as made:
        yield made


def test_an_invoice_becomes_a_deal_on_its_patients_contact(desk: FrontDesk) -> None:
    """R30: one deal, stage by status, amount = total, on the patient's contact, by the schema's names."""
    patient = desk.patient(first_name="Mary Ann", last_name="van der Berg")
    invoice = desk.invoice(patient, "80.00", "19.50", invoice_to="Mary Ann van der Berg\r\n1 High Street")
    numbers = desk.sync()
    assert (numbers.created, numbers.updated, numbers.read) == (1, 0, 1)
    deal = desk.deal(invoice)
    assert deal["pipeline"] == PIPELINE and deal["dealstage"] == "cliniko_inv_open"
    assert deal["amount"] == "99.5" and deal["cliniko_invoice_total"] == "99.5"
    assert deal["dealname"].endswith("– 18 Mar 2026 – MV")
    assert deal["cliniko_invoice_patient_id"] == patient
    assert deal["cliniko_invoice_item_count"] == "2"
    assert deal["cliniko_invoice_third_party"] == "false"
    assert "cliniko_invoice_item_names" not in deal
    assert desk.hubspot.contacts_of(desk.deal_id(invoice)) == [desk.contact_of(patient)]


def test_a_second_run_changes_nothing(desk: FrontDesk) -> None:
    """I13: nothing changed, no write; one call for invoices and one for their items."""
    desk.invoice(desk.patient(), "80.00")
    desk.sync()
    before = desk.deals()
    desk.forget_calls()
    numbers = desk.sync()
    assert (numbers.created, numbers.updated, desk.writes()) == (0, 0, 0)
    assert (desk.lists("invoices"), desk.lists("invoice_items")) == (1, 1)
    assert desk.deals() == before


def test_how_far_it_is(desk: FrontDesk) -> None:
    """Whoever watches sees how many invoices of how many are through, also while old ones are only read."""
    patient = desk.patient()
    for _ in range(130):
        desk.invoice(patient, "80.00")
    for _ in range(3):
        desk.invoice(patient, "10.00", age_days=30)
    desk.catch_up()
    told = [(one.done, one.total) for one in desk.emitted.of(Progress) if one.stream == "invoices"]
    assert told == [(100, 130), (30, 30), (3, 3)]


def test_states_follow(desk: FrontDesk) -> None:
    """R30: paid, closed and removed move the stage; the close date is when it was paid."""
    patient = desk.patient()
    paid, closed, gone = (desk.invoice(patient, "50.00", age_days=1) for _ in range(3))
    desk.sync()
    desk.cliniko.edit_invoice(paid, status=20, closed_at=desk.clock.now())
    desk.cliniko.close_invoice(closed)
    desk.cliniko.archive_invoice(gone)
    assert desk.sync().updated == 3
    stages = {key: deal["dealstage"] for key, deal in desk.deals().items()}
    assert stages == {paid: "cliniko_inv_paid", closed: "cliniko_inv_closed", gone: "cliniko_inv_removed"}
    assert desk.deal(paid)["closedate"].startswith("2026-03-18T01:05:00")
    assert desk.deal(gone)["cliniko_invoice_state"] == "removed"


def test_from_seven_days_before_the_stream_was_switched_on(desk: FrontDesk) -> None:
    """R30: issued, or changed, within seven days counts; older ones are known for the roll-ups only."""
    patient = desk.patient()
    old = desk.invoice(patient, "10.00", age_days=30)
    changed = desk.invoice(patient, "20.00", age_days=30, updated_at=desk.days_ago(2))
    # Dated ahead of time, long before.
    post_dated = desk.invoice(patient, "30.00", age_days=30, issue_date=desk.days_ago(-3).date())
    desk.sync()
    assert set(desk.deals()) == {changed, post_dated}
    assert {bill.id for bill in desk.store.bills_of([patient])[patient]} == {old, changed, post_dated}
    assert desk.store.fact("bills_complete") == "yes"
    desk.cliniko.pay_invoice(old)
    assert desk.sync().created == 1
    assert desk.deal(old)["dealstage"] == "cliniko_inv_paid"


def test_the_date_stays_when_time_passes(desk: FrontDesk) -> None:
    """R30: the seven days are counted from the switch, not from each run."""
    patient = desk.patient()
    invoice = desk.invoice(patient, "10.00", age_days=6)
    desk.sync()
    desk.clock.passes(40 * 86_400)
    desk.cliniko.pay_invoice(invoice)
    desk.sync()
    assert desk.deal(invoice)["cliniko_invoice_state"] == "paid"


def test_credits(desk: FrontDesk) -> None:
    """R30: a credit is negative; switched off it is left out, with the reason; switched on it comes in."""
    patient = desk.patient()
    invoice = desk.invoice(patient, "80.00")
    credit = desk.cliniko.credit_invoice(invoice)
    desk.settings["invoices.include_credits"] = False
    desk.sync()
    assert set(desk.deals()) == {invoice}
    record = desk.store.record("invoice", credit)
    assert record is not None and (record.state, record.reason) == ("left_out", "credit")
    desk.settings["invoices.include_credits"] = True
    desk.sync()
    assert desk.deal(credit)["amount"] == "-80" and desk.deal(credit)["dealstage"] == "cliniko_inv_credit"
    desk.settings["invoices.include_credits"] = False
    desk.cliniko.edit_invoice(credit, status=20)
    desk.cliniko.edit_invoice(credit, status=40, discounted_amount="1.0")
    desk.sync()
    assert desk.deal(credit)["cliniko_invoice_discount"] == "1"


def test_the_cap_counts_writes_and_nothing_is_passed_over(desk: FrontDesk) -> None:
    """R2, I4: two items an execution; new and changed ones mixed; each execution a fresh start."""
    desk.settings["sync.items_per_execution"] = 2
    patient = desk.patient()
    first = [desk.invoice(patient, f"{i}.00", age_days=1) for i in range(1, 4)]
    while desk.sync().waiting:
        pass
    assert set(desk.deals()) == set(first)
    for one in first:
        desk.cliniko.pay_invoice(one)
    more = [desk.invoice(patient, f"{i}.00") for i in range(4, 8)]
    seen = []
    for _ in range(4):
        numbers = desk.sync()
        assert numbers.created + numbers.updated <= 2
        seen.append(numbers.waiting)
    assert seen == [5, 3, 1, 0]
    assert set(desk.deals()) == {*first, *more}
    assert all(desk.deal(one)["cliniko_invoice_state"] == "paid" for one in first)


def test_what_changes_again_while_it_waits_is_not_lost(desk: FrontDesk) -> None:
    """I3: a row that moves while the cap holds the rest back arrives in its last state."""
    desk.settings["sync.items_per_execution"] = 1
    patient = desk.patient()
    invoices = [desk.invoice(patient, "5.00") for _ in range(3)]
    desk.sync()
    desk.cliniko.pay_invoice(invoices[0])
    desk.cliniko.pay_invoice(invoices[2])
    while desk.sync().waiting:
        pass
    desk.sync()
    states = [desk.deal(one)["cliniko_invoice_state"] for one in invoices]
    assert states == ["paid", "open", "paid"]


def test_a_patient_without_a_contact(desk: FrontDesk) -> None:
    """R30, R17: no deal without a contact, with its reason; the deal comes with the contact."""
    desk.settings["patients.only_with_email"] = True
    patient = desk.patient(email="")
    invoice = desk.invoice(patient, "80.00")
    desk.sync()
    assert desk.deals() == {}
    record = desk.store.record("invoice", invoice)
    assert record is not None and (record.state, record.reason) == ("left_out", "no_patient")
    desk.settings["patients.only_with_email"] = False
    desk.clock.passes(3 * 86_400)
    desk.sync()
    assert desk.hubspot.contacts_of(desk.deal_id(invoice)) == [desk.contact_of(patient)]


def test_an_unmet_patient_comes_first_and_does_not_count(desk: FrontDesk) -> None:
    """R2, R20: the patient of an invoice is synced in the same execution, outside the cap."""
    desk.settings["sync.items_per_execution"] = 1
    desk.patient()
    second = desk.patient()
    invoice = desk.invoice(second, "80.00")
    numbers = desk.sync()
    assert numbers.created == 1
    assert desk.hubspot.contacts_of(desk.deal_id(invoice)) == [desk.contact_of(second)]


def test_users_of_hubspot(desk: FrontDesk) -> None:
    """R27, R30: a moved deal keeps getting data but no stage; a deleted one is never made again."""
    patient = desk.patient()
    moved, deleted = desk.invoice(patient, "80.00"), desk.invoice(patient, "90.00")
    desk.sync()
    desk.hubspot.move_deal(desk.deal_id(moved), "default", "appointmentscheduled")
    desk.hubspot.delete_deal(desk.deal_id(deleted))
    desk.cliniko.pay_invoice(moved)
    desk.cliniko.pay_invoice(deleted)
    desk.sync()
    assert desk.deal(moved)["cliniko_invoice_state"] == "paid"
    assert desk.deal(moved)["dealstage"] == "appointmentscheduled"
    assert set(desk.deals()) == {moved}
    record = desk.store.record("invoice", deleted)
    assert record is not None and (record.state, record.reason) == ("left_out", "deal_deleted")


def test_rights(desk: FrontDesk) -> None:
    """I11: without the right to invoices the stream fails; without that to items one note says so."""
    patient = desk.patient()
    desk.cliniko.deny("invoice_items")
    invoice = desk.invoice(patient, "80.00")
    assert desk.sync().created == 1
    assert [p.code for p in desk.reports[-1].problems] == ["no_invoice_items"]
    assert "cliniko_invoice_item_count" not in desk.deal(invoice)
    desk.cliniko.allow("invoice_items")
    desk.sync()
    assert desk.deal(invoice)["cliniko_invoice_item_count"] == "1"
    desk.cliniko.deny("invoices")
    with pytest.raises(RightsMissing) as caught:
        desk.sync()
    assert caught.value.exit_code == 4


def test_far_too_many_removed(desk: FrontDesk) -> None:
    """I10: more than twenty and more than a fifth removed at once stop the pass before the first write."""
    patient = desk.patient()
    invoices = [desk.invoice(patient, "8.00") for _ in range(30)]
    desk.sync()
    for one in invoices[:25]:
        desk.cliniko.archive_invoice(one)
    desk.sync()
    assert {deal["cliniko_invoice_state"] for deal in desk.deals().values()} == {"open"}
    assert [c.kind for c in desk.store.open_conflicts()] == ["mass_change"]
    for one in invoices[:10]:
        desk.cliniko.edit_invoice(one, archived_at=None)
    desk.sync()
    assert sum(deal["cliniko_invoice_state"] == "removed" for deal in desk.deals().values()) == 15
    assert desk.store.open_conflicts() == []


def test_sync_this_record_now_restates_every_field(desk: FrontDesk) -> None:
    """R4: a value a person changed comes back when the record is asked for."""
    invoice = desk.invoice(desk.patient(), "80.00")
    desk.sync()
    desk.hubspot.edit_deal(desk.deal_id(invoice), amount="1", cliniko_invoice_item_count="7")
    desk.sync()
    assert desk.deal(invoice)["amount"] == "1"
    desk.sync_invoice(invoice)
    assert desk.deal(invoice)["amount"] == "80"
    assert desk.deal(invoice)["cliniko_invoice_item_count"] == "1"


def test_a_rehearsal_writes_nothing(desk: FrontDesk) -> None:
    """R80: the numbers of a first sync, without a call that writes."""
    desk.invoice(desk.patient(), "80.00")
    numbers = desk.sync(dry_run=True)
    assert numbers.created == 1 and desk.writes() == 0
    assert desk.store.fact("invoices_since") is None
    assert desk.sync().created == 1


def test_history_from_an_earlier_day(desk: FrontDesk) -> None:
    """R73: an earlier day of issue brings the older ones in, each once."""
    patient = desk.patient()
    ages = {age: desk.invoice(patient, "10.00", age_days=age) for age in (1, 20, 40, 400)}
    desk.sync()
    assert set(desk.deals()) == {ages[1]}
    desk.store.set_fact("invoices_from", desk.days_ago(60).date().isoformat())
    assert desk.sync().created == 2
    assert set(desk.deals()) == {ages[1], ages[20], ages[40]}
    desk.forget_calls()
    desk.sync()
    assert desk.lists("invoices") == 1


def test_a_first_load_reads_each_page_once(desk: FrontDesk) -> None:
    """Performance (a): 350 invoices are four pages, their items four; one more call finds nothing older."""
    patient = desk.patient()
    for _ in range(350):
        desk.invoice(patient, "8.00")
    numbers = desk.catch_up()
    assert (numbers.created, numbers.updated, numbers.unchanged) == (350, 0, 0)
    assert len(desk.deals()) == 350
    assert (desk.lists("invoices"), desk.lists("invoice_items")) == (5, 4)
    upserts = [
        call
        for call in desk.portal.calls
        if call.path.endswith("/batch/upsert") and b"cliniko_invoice_key" in call.body
    ]
    assert len(upserts) == 4


def test_rows_met_again_change_nothing_here_either(desk: FrontDesk) -> None:
    """I13: within the overlap every row comes again; no call writes, and only history and cursors change here."""
    patient = desk.patient()
    visit = desk.cliniko.add_appointment(patient, desk.days_ago(-1))
    for price in ("80.00", "90.00"):
        desk.invoice(patient, price, appointment_id=visit)
    desk.sync(after_s=20)
    desk.sync(after_s=20)
    before = desk.kept()
    desk.forget_calls()
    numbers = desk.sync(after_s=20)
    assert numbers.unchanged == 2 and desk.writes() == 0
    assert desk.kept() == before


def test_changed_invoices_with_changed_items_are_read_once(desk: FrontDesk) -> None:
    """Performance (b): one call for the invoices, one for their items; one write of the deals, one of roll-ups."""
    patient = desk.patient()
    invoices = [desk.invoice(patient, "80.00", age_days=1) for _ in range(6)]
    desk.sync()
    for one in invoices:
        desk.cliniko.edit_invoice_item(desk.items_of(one)[0], unit_price="70.00")
        desk.cliniko.pay_invoice(one)
    desk.forget_calls()
    numbers = desk.sync()
    assert (numbers.updated, numbers.read) == (6, 6)
    assert (desk.lists("invoices"), desk.lists("invoice_items"), desk.writes()) == (1, 1, 2)
    assert {deal["amount"] for deal in desk.deals().values()} == {"70"}


@pytest.mark.parametrize("sort", ["refused", "ignored"])
def test_without_sorting_by_id(desk: FrontDesk, sort: str) -> None:
    """R3: where Cliniko does not sort by id, pages by number bring everything all the same."""
    patient = desk.patient()
    old = desk.invoice(patient, "9.00", "1.00", age_days=60)
    desk.sync()
    desk.cliniko.switches.sort_id = sort
    invoices = [desk.invoice(patient, "8.00") for _ in range(130)]
    desk.cliniko.pay_invoice(old)
    desk.catch_up()
    assert set(desk.deals()) == {*invoices, old}
    assert desk.deal(old)["cliniko_invoice_item_count"] == "2"
