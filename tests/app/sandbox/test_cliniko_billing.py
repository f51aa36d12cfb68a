"""Invoices, items, prices and the practice of the simulated Cliniko."""

from __future__ import annotations

from datetime import date

import pytest

from tests.app.sandbox.cliniko_caller import START, Caller


def test_an_invoice_adds_up_its_items(caller: Caller) -> None:
    """R30: decimals as text, the total with tax, tied to the visit."""
    clinic = caller.clinic
    item = clinic.add_billable_item(
        "Standard consultation", "90", clinic.add_tax("GST", "10"), item_code="505"
    )
    patient = clinic.add_patient()
    visit = clinic.add_appointment(patient, START)
    invoice = clinic.add_invoice(
        patient, [{"billable_item_id": item}], appointment_id=visit, issue_date=date(2026, 3, 5)
    )
    shown = caller.get(f"invoices/{invoice}").json()
    assert (shown["total_amount"], shown["net_amount"], shown["tax_amount"]) == ("99.0", "90.0", "9.0")
    assert (shown["status"], shown["status_description"], shown["issue_date"]) == (10, "Open", "2026-03-05")
    assert shown["appointment"]["links"]["self"] == f"{caller.base}/appointments/{visit}"
    line = caller.rows("invoice_items", f"invoice_id:={invoice}")[0]
    assert line == caller.rows(f"invoices/{invoice}/invoice_items")[0]
    assert (line["code"], line["tax_rate"], line["total_including_tax"]) == ("505", "10.0", 99.0)
    assert line["billable_item"]["links"]["self"].endswith(f"/billable_items/{item}")
    assert caller.ids("invoice_items", f"source_item_id:={item}") == [line["id"]]
    assert caller.ids(f"appointments/{visit}/invoices") == [invoice]
    assert caller.get(f"individual_appointments/{visit}").json()["invoice_status"] == 10


def test_discounts_follow_the_published_sample(caller: Caller) -> None:
    """R24, R31: 100 with 10 % tax less 20 is 90.0, net 81.818 and more places."""
    clinic = caller.clinic
    lines = [{"name": "x", "unit_price": "100", "tax_rate": "10", "discounted_amount": "20"}]
    invoice = clinic.add_invoice(clinic.add_patient(), lines)
    line = caller.rows("invoice_items")[0]
    assert (line["total_including_tax"], line["net_price"]) == (90.0, "81.8182")
    assert line["is_monetary_discount"] is True
    assert "appointment" not in caller.get(f"invoices/{invoice}").json()
    clinic.switches.total_as_text = True
    assert caller.rows("invoice_items")[0]["total_including_tax"] == "90.0"


@pytest.mark.parametrize("bumps", [False, True])
def test_item_changes_need_not_move_the_invoice(caller: Caller, bumps: bool) -> None:
    """R31: an item has its own `updated_at`; the sum changes either way."""
    clinic = caller.clinic
    clinic.switches.item_bumps_invoice = bumps
    invoice = clinic.add_invoice(clinic.add_patient(), [{"name": "x", "unit_price": "100"}])
    item = caller.ids("invoice_items")[0]
    caller.clock.forward(minutes=1)
    clinic.edit_invoice_item(item, quantity="2")
    second = clinic.add_invoice_item(invoice, name="y", unit_price="0.5")
    shown = caller.get(f"invoices/{invoice}").json()
    assert shown["total_amount"] == "200.5"
    assert (shown["updated_at"] > shown["created_at"]) is bumps
    clinic.remove_invoice_item(second)
    assert caller.ids("invoice_items") == [item]
    assert caller.ids("invoice_items", "deleted_at:?") == [second]
    assert caller.get(f"invoices/{invoice}").json()["total_amount"] == "200.0"


def test_a_credit_is_a_new_invoice(caller: Caller) -> None:
    """R30: status 40, sums turned round, pointing to the original."""
    clinic = caller.clinic
    invoice = clinic.add_invoice(clinic.add_patient(), [{"name": "x", "unit_price": "100"}])
    credit = clinic.credit_invoice(invoice)
    shown = caller.get(f"invoices/{credit}").json()
    assert (shown["status_description"], shown["total_amount"]) == ("Open credit", "-100.0")
    assert caller.ids("invoices", f"original_invoice_id:={invoice}") == [credit]


def test_invoices_change_state_and_are_only_read(caller: Caller) -> None:
    """R30: paid, closed, deleted; nothing can be written."""
    clinic = caller.clinic
    patient = clinic.add_patient()
    paid, closed, deleted = (clinic.add_invoice(patient) for _ in range(3))
    clinic.pay_invoice(paid)
    clinic.close_invoice(closed)
    clinic.delete_invoice(deleted)
    assert caller.ids("invoices", "status:=20") == [paid]
    assert caller.ids("invoices", "closed_at:?") == [closed]
    assert caller.ids("invoices") == [paid, closed]
    assert len(caller.rows("invoices", "deleted_at:*", "archived_at:*")) == 3
    assert caller.send("PATCH", f"invoices/{paid}", json={"status": 10}).status_code == 404


def test_a_type_s_price_stands_in_its_items(caller: Caller) -> None:
    """R24: type to items to taxes, all by links; removed rows leave no trace."""
    clinic = caller.clinic
    tax = clinic.add_tax()
    item = clinic.add_billable_item("Consultation", "90", tax)
    kind = clinic.add_appointment_type("Standard 45", duration_in_minutes=45, category="Physiotherapy")
    made = caller.send(
        "POST",
        "appointment_type_billable_items",
        json={"appointment_type_id": kind, "billable_item_id": item, "quantity": "1", "discounted_amount": 5},
    ).json()
    assert (made["quantity"], made["discounted_amount"], made["is_monetary_discount"]) == ("1.0", "5.0", True)
    assert caller.ids("appointment_type_billable_items", f"appointment_type_id:={kind}") == [made["id"]]
    assert "price" not in caller.get(f"appointment_types/{kind}").json()
    assert caller.send("DELETE", f"appointment_type_billable_items/{made['id']}").status_code == 204
    assert caller.get(f"appointment_type_billable_items/{made['id']}").status_code == 404
    assert caller.send("DELETE", f"taxes/{tax}").status_code == 204
    assert caller.ids("taxes") == []
    assert "tax" not in caller.get(f"billable_items/{item}").json()


def test_the_catalogue_can_be_written(caller: Caller) -> None:
    """Billable items, taxes, types: created, changed, archived; `archived_at` cannot be patched."""
    tax = caller.send("POST", "taxes", json={"name": "GST", "rate": "10"}).json()
    assert (tax["rate"], tax["amount"]) == ("10.0", "10.0")
    item = caller.send("POST", "billable_items", json={"name": "A", "price": 90, "tax_id": tax["id"]}).json()
    assert item["price"] == "90.0"
    same = caller.send("PATCH", f"billable_items/{item['id']}", json={"archived_at": "2026-01-01T00:00:00Z"})
    assert (same.status_code, same.json()["archived_at"]) == (200, None)
    assert caller.send("POST", f"billable_items/{item['id']}/archive").status_code == 204
    assert caller.ids("billable_items") == []
    refused = caller.send("POST", "appointment_types", json={"name": "x", "duration_in_minutes": 2000})
    assert set(refused.json()["errors"]) == {"duration_in_minutes", "max_attendees"}


def test_practitioners_are_retired_not_archived(caller: Caller) -> None:
    """R26: inactive ones have a list of their own and are still read by id; users are other numbers."""
    clinic = caller.clinic
    active = clinic.add_practitioner(first_name="Ari", last_name="Novak")
    gone = clinic.add_practitioner(first_name="Bea", last_name="Kent", active=False)
    assert caller.ids("practitioners") == [active]
    assert caller.ids("practitioners/inactive") == [gone]
    assert caller.ids("practitioners", "active:=false") == [gone]
    shown = caller.get(f"practitioners/{gone}").json()
    assert shown["label"] == "Bea Kent"
    user = shown["user"]["links"]["self"].rpartition("/")[2]
    assert user != gone
    assert caller.get(f"users/{user}").json()["email"] == "bea.kent@clinic.example.test"


def test_businesses_know_their_time_zone(caller: Caller) -> None:
    """R21: clinic days follow the business's zone."""
    caller.clinic.add_business(display_name="Harbour Street")
    shown = caller.rows("businesses")[0]
    assert (shown["label"], shown["time_zone_identifier"]) == ("Harbour Street", "Australia/Melbourne")
    assert caller.send("POST", f"businesses/{shown['id']}/archive").status_code == 204
    assert caller.send("POST", f"businesses/{shown['id']}/unarchive").json()["archived_at"] is None


def test_lists_below_a_record(caller: Caller) -> None:
    """Practitioners and users: who works where, and who does what; those without a list do everything."""
    clinic = caller.clinic
    here, there = clinic.add_business(), clinic.add_business()
    everywhere = clinic.add_practitioner(first_name="Ari")
    only_there = clinic.add_practitioner(first_name="Bea", business_ids=[there])
    retired = clinic.add_practitioner(first_name="Col", active=False)
    kind = clinic.add_appointment_type("Standard", practitioner_ids=[only_there])
    assert caller.ids(f"businesses/{here}/practitioners") == [everywhere]
    assert caller.ids(f"businesses/{there}/practitioners") == [everywhere, only_there]
    assert caller.ids(f"practitioners/{only_there}/appointment_types") == [kind]
    assert caller.ids(f"practitioners/{everywhere}/appointment_types") == []
    answer = caller.get(f"appointment_types/{kind}/practitioners/inactive").json()
    assert [row["id"] for row in answer["practitioners"]] == [retired]
