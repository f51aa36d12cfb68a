"""People whose data is unusual: odd text, made-up addresses, very large households."""

from __future__ import annotations

import pytest

from tests.journeys.rig import PEOPLE, Rig

ALL = PEOPLE | {"write_back", "unlink"}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Zoë 🦊", "O’Néill–Ćwik"),
        ("محمد", "الحسن"),
        ("\u202eenO\u202c", "Zwo"),
        ("Tab\tbed", "New\nline"),
        ("Nul\x00l", "Bell\x07"),
        ("N" * 255, "L" * 255),
        ("  Ines ", " Okafor  "),
        ("=HYPERLINK(1)", "<script>"),
        ("'", "null"),
    ],
)
def test_any_name_reaches_hubspot_and_stays_quiet(rig: Rig, first: str, last: str) -> None:
    """Malformed, right-to-left, control characters, very long: one contact, and a second run writes nothing."""
    who = rig.cliniko.add_patient(first_name=first, last_name=last, date_of_birth="1984-11-02")
    report = rig.sync()
    assert (report.exit_code, report.problems) == (0, [])
    assert rig.contact_of(who)["lastname"] != ""
    rig.forget_calls()
    report = rig.sync()
    assert rig.hubspot_writes() == 0
    assert report.streams["patients"].failed == 0
    rig.cliniko.edit_patient(who, city="Colac")
    rig.sync()
    assert rig.contact_of(who)["city"] == "Colac"
    rig.lose_database()
    rig.sync()
    assert len(rig.hubspot.contacts()) == 1


def test_a_made_up_address_is_nobodys_inbox(rig: Rig) -> None:
    """Matching §1: the stop list; no household, no question, no address in HubSpot, everybody a contact."""
    rig.cliniko.add_business(email_reply_to="desk@clinic.example.test")
    people = [
        rig.cliniko.add_patient(
            first_name=name, last_name="Roe", email=address, date_of_birth=f"198{n}-01-01"
        )
        for n, (name, address) in enumerate(
            [
                ("A", "none@none.example.test"),
                ("B", "none@none.example.test"),
                ("C", "noemail@example.test"),
                ("D", "desk@clinic.example.test"),
                ("E", "desk@clinic.example.test"),
            ]
        )
    ]
    stranger = rig.hubspot.add_contact(email="desk@clinic.example.test", firstname="Front", lastname="Desk")
    report = rig.sync()
    assert (report.exit_code, rig.questions(), report.problems) == (0, [], [])
    assert all(not rig.contact_of(who).get("email") for who in people)
    assert len(rig.hubspot.contacts()) == 6
    assert rig.hubspot.contact(stranger)["email"] == "desk@clinic.example.test"
    rig.forget_calls()
    rig.sync()
    assert rig.hubspot_writes() == 0


def test_a_hundred_and_fifty_on_one_inbox(rig: Rig) -> None:
    """R12: a home's inbox: everybody at once, one holder, one question, and a quiet run after."""
    people = [
        rig.cliniko.add_patient(
            first_name=f"Kid{n}", last_name="Lee", email="home@example.test", date_of_birth="2015-01-01"
        )
        for n in range(150)
    ]
    rig.catch_up()
    holders = [who for who in people if rig.contact_of(who).get("email")]
    assert len(holders) == 1
    assert {rig.contact_of(who)["cliniko_household_size"] for who in people} == {"150"}
    adult = rig.cliniko.add_patient(
        first_name="Jo", last_name="Lee", email="home@example.test", date_of_birth="1985-01-01"
    )
    rig.catch_up()
    assert rig.contact_of(adult)["email"] == "home@example.test"
    assert [who for who in people if rig.contact_of(who).get("email")] == []
    assert {rig.contact_of(who)["cliniko_email_holder"] for who in people} == {adult}
    assert {rig.contact_of(who)["cliniko_household_size"] for who in people} == {"151"}
    rig.forget_calls()
    rig.sync()
    assert rig.hubspot_writes() == 0


def test_review_needed_follows_questions(rig: Rig) -> None:
    """Schema §5: true while a question about this contact waits, false once it was answered."""
    one = rig.cliniko.add_patient(
        first_name="Mia", last_name="Lee", email="lee@example.test", date_of_birth="1980-01-01"
    )
    two = rig.cliniko.add_patient(
        first_name="Jo", last_name="Lee", email="lee@example.test", date_of_birth="1985-01-01"
    )
    rig.sync()
    assert rig.questions() == ["shared_email"]
    assert [rig.contact_of(who).get("cliniko_review_needed") for who in (one, two)] == ["true", "true"]
    rig.forget_calls()
    rig.sync()
    assert rig.hubspot_writes() == 0
    rig.cliniko.edit_patient(two, city="Colac")
    rig.sync()
    assert rig.questions() == ["shared_email"]
    assert rig.contact_of(two)["cliniko_review_needed"] == "true"
    rig.answer("shared_email", "keep")
    rig.sync()
    assert rig.questions() == []
    assert [rig.contact_of(who)["cliniko_review_needed"] for who in (one, two)] == ["false", "false"]
    rig.forget_calls()
    rig.sync()
    assert rig.hubspot_writes() == 0


def review(rig: Rig, *people: str) -> list[str]:
    """What the contacts of these patients say of waiting for an answer."""
    return [rig.contact_of(who).get("cliniko_review_needed") or "false" for who in people]


def test_review_needed_reaches_members_met_before(rig: Rig) -> None:
    """Schema §5: whoever was looked at when the question opened or closed, all members say the same."""
    one = rig.cliniko.add_patient(
        first_name="Mia", last_name="Lee", email="lee@example.test", date_of_birth="1980-01-01"
    )
    other = rig.cliniko.add_patient(first_name="Bo", last_name="Roe", email="roe@example.test")
    rig.sync()
    rig.sync()
    two = rig.cliniko.add_patient(
        first_name="Jo", last_name="Lee", email="lee@example.test", date_of_birth="1985-01-01"
    )
    rig.sync()
    assert rig.questions() == ["shared_email"]
    assert review(rig, one, two, other) == ["true", "true", "false"]
    rig.forget_calls()
    rig.sync()
    assert rig.hubspot_writes() == 0
    rig.clock.passes(3600)
    rig.cliniko.edit_patient(two, email="jo@example.test")
    for _ in range(3):
        rig.sync()
    assert rig.questions() == []
    assert review(rig, one, two, other) == ["false", "false", "false"]
    rig.forget_calls()
    rig.sync()
    assert rig.hubspot_writes() == 0


def test_who_stays_at_an_inbox_gets_it_when_the_holder_leaves(rig: Rig) -> None:
    """R12: the household is decided again though only the leaving member changed; the next run is quiet."""
    adult = rig.cliniko.add_patient(
        first_name="Mia", last_name="Lee", email="lee@example.test", date_of_birth="1980-01-01"
    )
    child = rig.cliniko.add_patient(
        first_name="Jo", last_name="Lee", email="lee@example.test", date_of_birth="2018-01-01"
    )
    rig.sync()
    assert rig.contact_of(child)["cliniko_email_holder"] == adult
    rig.clock.passes(3600)
    rig.cliniko.edit_patient(adult, email="mia@example.test")
    for _ in range(2):
        rig.sync()
    assert rig.contact_of(adult)["email"] == "mia@example.test"
    stays = rig.contact_of(child)
    assert (stays["email"], stays["cliniko_household_size"]) == ("lee@example.test", "1")
    assert not stays.get("cliniko_shared_email")
    rig.forget_calls()
    rig.sync()
    assert rig.hubspot_writes() == 0


def test_a_double_in_cliniko_stays_asked_until_its_cause_goes(rig: Rig) -> None:
    """duplicate_in_cliniko: an ordinary edit does not close it; merging does."""
    fields = {
        "first_name": "Anna",
        "last_name": "Nguyen",
        "date_of_birth": "1990-05-05",
        "patient_phone_numbers": [{"phone_type": "Mobile", "number": "0400 111 222"}],
    }
    one = rig.cliniko.add_patient(**fields)
    two = rig.cliniko.add_patient(**fields)
    rig.sync()
    assert rig.questions() == ["duplicate_in_cliniko"]
    rig.cliniko.edit_patient(one, city="Colac")
    rig.sync()
    rig.cliniko.edit_patient(two, city="Colac")
    rig.sync()
    assert rig.questions() == ["duplicate_in_cliniko"]
    rig.cliniko.merge_patients(one, two)
    rig.sync()
    assert "duplicate_in_cliniko" not in rig.questions()


def test_a_question_about_a_request_sets_review_needed(rig: Rig) -> None:
    """R44, R42, schema §5: both_changed and cliniko_refused are about this contact too; success clears the error."""
    who = rig.cliniko.add_patient(
        first_name="Ines", last_name="Okafor", email="ines@example.test", city="Geelong"
    )
    rig.sync(ALL)
    contact = rig.contact_of(who)["hs_object_id"]
    rig.hubspot.edit_contact(contact, lastname="x" * 300, update_cliniko_patient="yes")
    rig.sync(ALL)
    there = rig.contact_of(who)
    assert rig.questions() == ["cliniko_refused"]
    assert there["cliniko_last_error"]
    assert there["update_cliniko_patient"] == "no"
    assert there["cliniko_review_needed"] == "true"
    rig.hubspot.edit_contact(contact, lastname="Okafor-Lee", update_cliniko_patient="yes")
    rig.sync(ALL)
    there = rig.contact_of(who)
    assert not there.get("cliniko_last_error")
    assert rig.questions() == []
    assert there["cliniko_review_needed"] == "false"
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0


def test_two_fields_that_both_sides_changed_are_two_questions(rig: Rig) -> None:
    """R44: per field; each is answered by itself, and one that no longer differs closes itself."""
    who = rig.cliniko.add_patient(
        first_name="Ines", last_name="Okafor", email="ines@example.test", city="Geelong", state="VIC"
    )
    rig.sync(ALL)
    contact = rig.contact_of(who)["hs_object_id"]
    rig.hubspot.edit_contact(contact, city="Colac", state="NSW", zip="3000", update_cliniko_patient="yes")
    rig.cliniko.edit_patient(who, city="Sale", state="QLD")
    rig.sync(ALL)
    assert rig.questions() == ["both_changed", "both_changed"]
    assert rig.cliniko.patient(who)["post_code"] == "3000"
    assert rig.contact_of(who)["cliniko_review_needed"] == "true"
    city = next(c for c in rig.store.open_conflicts() if c.fingerprint == "city")
    rig.store.answer_conflict(city.id, "hubspot", {}, rig.clock.now())
    rig.sync(ALL)
    assert rig.cliniko.patient(who)["city"] == "Colac"
    assert [c.fingerprint for c in rig.store.open_conflicts()] == ["state"]
    assert rig.contact_of(who)["cliniko_review_needed"] == "true"
    rig.answer("both_changed", "cliniko")
    rig.sync(ALL)
    there = rig.contact_of(who)
    assert (there["state"], there["city"], there["cliniko_review_needed"]) == ("QLD", "Colac", "false")
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0


def test_a_field_on_which_both_agree_again_is_no_question(rig: Rig) -> None:
    """R44: somebody types the same on the other side; the question closes itself and the field is synced again."""
    who = rig.cliniko.add_patient(
        first_name="Ines", last_name="Okafor", email="ines@example.test", city="Geelong"
    )
    rig.sync(ALL)
    contact = rig.contact_of(who)["hs_object_id"]
    rig.hubspot.edit_contact(contact, city="Colac", update_cliniko_patient="yes")
    rig.cliniko.edit_patient(who, city="Sale")
    rig.sync(ALL)
    assert rig.questions() == ["both_changed"]
    rig.cliniko.edit_patient(who, city="Colac")
    rig.sync(ALL)
    assert rig.questions() == []
    assert rig.contact_of(who)["cliniko_review_needed"] == "false"
    rig.cliniko.edit_patient(who, city="Torquay")
    rig.sync(ALL)
    assert rig.contact_of(who)["city"] == "Torquay"


def test_a_made_up_address_is_no_address_for_the_filter(rig: Rig) -> None:
    """Matching §1, R17: with nothing but a name and such an address there is too little to make a contact of."""
    bare = rig.cliniko.add_patient(first_name="A", last_name="Roe", email="none@none.example.test")
    born = rig.cliniko.add_patient(
        first_name="B", last_name="Roe", email="none@none.example.test", date_of_birth="1980-01-01"
    )
    rig.sync()
    assert not rig.has_contact(bare)
    assert rig.has_contact(born)
    rig.set("patients.only_with_email", True)
    late = rig.cliniko.add_patient(
        first_name="C", last_name="Roe", email="noemail@example.test", date_of_birth="1981-01-01"
    )
    rig.sync()
    assert not rig.has_contact(late)
