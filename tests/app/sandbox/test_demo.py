"""Both services together, and the moves that people make in a demo."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest

from app.sandbox.demo import Demo, start_demo
from app.sandbox.faults import Faults


def asked(url: str, **headers: str) -> dict[str, object]:
    """GET a JSON object."""
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        body = json.load(answer)
    assert isinstance(body, dict)
    return body


def test_both_services_answer_on_loopback(tmp_path: Path) -> None:
    """Addresses and keys lead a program in; closing ends both."""
    with start_demo(tmp_path, patients=12, contacts=12) as demo:
        assert demo.cliniko_base_url.endswith("/v1")
        assert demo.hubspot_base_url.startswith("http://127.0.0.1:")
        details = asked(
            f"{demo.hubspot_base_url}/account-info/2026-03/details",
            Authorization=f"Bearer {demo.hubspot_token}",
        )
        assert details["portalId"] == 7_654_321
        assert demo.environ()["CLINIKO_API_KEY"] == demo.cliniko_key
        assert demo.portal is not None and len(demo.hubspot.contacts()) == 12
    with pytest.raises(OSError):
        asked(f"{demo.hubspot_base_url}/account-info/2026-03/details")


def test_a_taken_port_is_told_and_nothing_stays_open(tmp_path: Path) -> None:
    """OSError; the side that was up is closed again."""
    with start_demo(tmp_path, patients=0, contacts=0) as demo:
        with pytest.raises(OSError):
            start_demo(tmp_path, patients=0, contacts=0, hubspot_port=demo.hubspot_server.port)
        assert (demo.clinic, demo.portal) == (None, None)


def linked(demo: Demo) -> str:
    """A contact that carries a patient's key, as after a sync."""
    demo.hubspot.add_property("contacts", "cliniko_patient_key", unique=True)
    demo.hubspot.add_property("contacts", "update_cliniko_patient", type="enumeration", options=("yes", "no"))
    patient = demo.cliniko.add_patient(first_name="Ana", last_name="Lim")
    return demo.hubspot.add_contact(firstname="Ana", lastname="Lim", cliniko_patient_key=patient)


def test_every_move_changes_what_it_says(tmp_path: Path) -> None:
    """Moves in Cliniko and in HubSpot, one after another, more than once."""
    with start_demo(tmp_path, patients=12, contacts=12, hubspot_faults=Faults()) as demo:
        for _ in range(2):
            new = demo.a_patient_is_registered()
            assert demo.cliniko.patient(new.cliniko_id)["first_name"] == "Kim"
            assert demo.a_patient_is_edited().words.startswith("A patient moved to")
            mia = demo.cliniko.patient(demo.a_shared_inbox_appears().cliniko_id)
            assert sum(one.get("email") == mia["email"] for one in demo.cliniko.patients()) == 2
            assert demo.cliniko.appointment(demo.a_visit_is_booked().cliniko_id).get("cancelled_at") is None
            assert demo.cliniko.appointment(demo.a_visit_is_cancelled().cliniko_id)["cancelled_at"]
            nick = demo.a_nickname_comes_in()
            assert demo.hubspot.contact(nick.hubspot_id)["firstname"] == "Robert"
            assert demo.hubspot.contact(demo.a_contact_is_edited().hubspot_id)["jobtitle"] == "Gardener"
        contact = linked(demo)
        asks = demo.a_contact_asks_for_an_update()
        assert asks.hubspot_id == contact
        assert demo.hubspot.contact(contact)["update_cliniko_patient"] == "yes"
        survivor = demo.two_contacts_are_merged().hubspot_id
        assert survivor != contact and demo.hubspot.contact(contact)["hs_object_id"] == survivor
        assert demo.a_contact_is_deleted().hubspot_id == survivor
        with pytest.raises(LookupError):
            demo.a_contact_asks_for_an_update()
