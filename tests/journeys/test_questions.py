"""Families, candidates and every question of the first step: opened by a real cause, answered, closing itself."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.rig import PEOPLE, Rig


def anna(rig: Rig, **fields: object) -> str:
    """A patient with everything that tells who she is."""
    return rig.cliniko.add_patient(
        **{
            "first_name": "Anna",
            "last_name": "Nguyen",
            "date_of_birth": "1990-05-05",
            "email": "anna@example.test",
            "patient_phone_numbers": [{"phone_type": "Mobile", "number": "0400 111 222"}],
            **fields,
        }
    )


def test_a_family_on_one_inbox_gets_a_contact_each_at_once(rig: Rig) -> None:
    """R12: the only adult keeps the address, the children have it as shared e-mail; nobody is asked."""
    child = rig.cliniko.add_patient(
        first_name="Mia", last_name="Lee", email="lee@example.test", date_of_birth="2018-01-01"
    )
    adult = rig.cliniko.add_patient(
        first_name="Jo", last_name="Lee", email="lee@example.test", date_of_birth="1985-01-01"
    )
    rig.sync()
    assert rig.contact_of(adult)["email"] == "lee@example.test"
    mia = rig.contact_of(child)
    assert not mia.get("email")
    assert mia["cliniko_shared_email"] == "lee@example.test"
    assert mia["cliniko_household_size"] == "2"
    assert rig.questions() == []


def test_the_address_moves_from_a_child_to_an_adult_who_comes_in(rig: Rig) -> None:
    """R12, matching §2: by itself only from a child to an adult; members read earlier are brought up to date."""
    child = rig.cliniko.add_patient(
        first_name="Mia", last_name="Lee", email="lee@example.test", date_of_birth="2018-01-01"
    )
    rig.sync()
    assert rig.contact_of(child)["email"] == "lee@example.test"
    rig.clock.passes(3600)
    adult = rig.cliniko.add_patient(
        first_name="Jo", last_name="Lee", email="lee@example.test", date_of_birth="1985-01-01"
    )
    rig.sync()
    assert rig.contact_of(adult)["email"] == "lee@example.test"
    mia = rig.contact_of(child)
    assert not mia.get("email")
    assert (mia["cliniko_shared_email"], mia["cliniko_household_size"]) == ("lee@example.test", "2")
    assert mia["cliniko_email_holder"] == adult


def test_two_adults_are_asked_about_and_the_answer_moves_the_address(rig: Rig) -> None:
    """shared_email: not blocking; the chosen holder gets the address."""
    one = rig.cliniko.add_patient(
        first_name="Mia", last_name="Lee", email="lee@example.test", date_of_birth="1980-01-01"
    )
    two = rig.cliniko.add_patient(
        first_name="Jo", last_name="Lee", email="lee@example.test", date_of_birth="1985-01-01"
    )
    report = rig.sync()
    assert rig.questions() == ["shared_email"]
    assert report.exit_code == 0
    assert rig.contact_of(one)["email"] == "lee@example.test"
    rig.answer("shared_email", "holder", patient=two)
    rig.sync()
    assert rig.contact_of(two)["email"] == "lee@example.test"
    assert not rig.contact_of(one).get("email")
    assert rig.questions() == []
    rig.forget_calls()
    rig.sync()
    assert rig.hubspot_writes() == 0
    assert rig.questions() == []


def test_nobody_gets_the_address_when_a_person_says_so(rig: Rig) -> None:
    """shared_email, nobody."""
    one = rig.cliniko.add_patient(
        first_name="Mia", last_name="Lee", email="lee@example.test", date_of_birth="1980-01-01"
    )
    two = rig.cliniko.add_patient(
        first_name="Jo", last_name="Lee", email="lee@example.test", date_of_birth="1985-01-01"
    )
    rig.sync()
    rig.answer("shared_email", "nobody")
    rig.sync()
    assert not rig.contact_of(one).get("email")
    assert not rig.contact_of(two).get("email")
    assert rig.contact_of(one)["cliniko_shared_email"] == "lee@example.test"


def test_an_inbox_of_a_stranger_stays_there(rig: Rig) -> None:
    """Ladder 4: the address is on a contact from before us; the patient gets a contact without it, unasked."""
    stranger = rig.hubspot.add_contact(email="lee@example.test", firstname="Grandma", lastname="Lee")
    patient = rig.cliniko.add_patient(
        first_name="Mia", last_name="Lee", email="lee@example.test", date_of_birth="1980-01-01"
    )
    rig.sync()
    contact = rig.contact_of(patient)
    assert not contact.get("email")
    assert contact["cliniko_shared_email"] == "lee@example.test"
    assert rig.hubspot.contact(stranger)["email"] == "lee@example.test"
    assert rig.questions() == []


def test_a_similar_name_is_asked_about_link(rig: Rig) -> None:
    """same_person: blocking; linked when a person says so."""
    contact = rig.hubspot.add_contact(email="rob@example.test", firstname="Bob", lastname="Smith")
    patient = rig.cliniko.add_patient(
        first_name="Robert", last_name="Smith", email="rob@example.test", date_of_birth="1970-01-01"
    )
    report = rig.sync()
    assert rig.questions() == ["same_person"]
    assert (report.exit_code, report.streams["patients"].held) == (1, 1)
    assert not rig.has_contact(patient)
    rig.answer("same_person", "link")
    report = rig.sync()
    assert rig.contact_of(patient)["hs_object_id"] == contact
    assert rig.contact_of(patient)["cliniko_link_rule"] == "manual"
    assert report.exit_code == 0


def test_a_similar_name_is_asked_about_separate(rig: Rig) -> None:
    """same_person: apart for good, here and in HubSpot, so that a lost database does not forget it (R51)."""
    contact = rig.hubspot.add_contact(email="rob@example.test", firstname="Bob", lastname="Smith")
    patient = rig.cliniko.add_patient(
        first_name="Robert", last_name="Smith", email="rob@example.test", date_of_birth="1970-01-01"
    )
    rig.sync()
    rig.answer("same_person", "separate")
    rig.sync()
    own = rig.contact_of(patient)
    assert own["hs_object_id"] != contact
    assert own["cliniko_shared_email"] == "rob@example.test"
    assert rig.hubspot.contact(contact)["cliniko_not_patient_ids"] == patient
    rig.lose_database()
    rig.sync()
    assert rig.questions() == []
    assert rig.contact_of(patient)["hs_object_id"] == own["hs_object_id"]


def test_a_question_closes_itself_when_its_cause_goes(rig: Rig) -> None:
    """A conflict that solves itself closes itself: the contact is renamed in HubSpot."""
    contact = rig.hubspot.add_contact(email="rob@example.test", firstname="Bob", lastname="Smith")
    patient = rig.cliniko.add_patient(
        first_name="Robert", last_name="Smith", email="rob@example.test", date_of_birth="1970-01-01"
    )
    rig.sync()
    rig.hubspot.edit_contact(contact, firstname="Robert")
    report = rig.sync()
    assert rig.questions() == []
    assert rig.contact_of(patient)["hs_object_id"] == contact
    assert report.exit_code == 0


def test_several_candidates_pick_one(rig: Rig) -> None:
    """several_candidates: two contacts fit equally."""
    first = rig.hubspot.add_contact(firstname="Anna", lastname="Nguyen", date_of_birth="1990-05-05")
    rig.hubspot.add_contact(firstname="Anna", lastname="Nguyen", date_of_birth="1990-05-05")
    patient = anna(rig)
    rig.sync()
    assert rig.questions() == ["several_candidates"]
    rig.answer("several_candidates", "link", contact=first)
    rig.sync()
    assert rig.contact_of(patient)["hs_object_id"] == first


def test_a_weak_match_and_the_setting_that_trusts_it(rig: Rig) -> None:
    """weak_match, matching.weak_auto."""
    contact = rig.hubspot.add_contact(firstname="Anna", lastname="Nguyen", mobilephone="+61 400 111 222")
    patient = anna(rig, date_of_birth=None, email="")
    rig.sync()
    assert rig.questions() == ["weak_match"]
    rig.set("matching.weak_auto", True)
    rig.sync()
    assert rig.contact_of(patient)["hs_object_id"] == contact
    assert rig.questions() == []


def test_a_birthday_is_a_veto(rig: Rig) -> None:
    """Principle 5: same address and name, another birthday: never the same person."""
    contact = rig.hubspot.add_contact(
        email="anna@example.test", firstname="Anna", lastname="Nguyen", date_of_birth="1960-01-01"
    )
    patient = anna(rig)
    rig.sync()
    assert rig.contact_of(patient)["hs_object_id"] != contact


def test_doubles_in_cliniko_keep_a_contact_each(rig: Rig) -> None:
    """duplicate_in_cliniko: not blocking, asked once; really two people is remembered."""
    anna(rig)
    anna(rig, email="")
    rig.sync()
    assert rig.questions() == ["duplicate_in_cliniko"]
    assert len(rig.hubspot.contacts()) == 2
    rig.answer("duplicate_in_cliniko", "two_people")
    rig.sync()
    rig.sync()
    assert rig.questions() == []


def test_two_people_swap_their_addresses(rig: Rig) -> None:
    """A handing over in one execution needs no question."""
    one, two = anna(rig), anna(rig, first_name="Bea", email="bea@example.test", date_of_birth="1991-01-01")
    rig.sync()
    rig.cliniko.edit_patient(one, email="bea@example.test")
    rig.cliniko.edit_patient(two, email="anna@example.test")
    rig.sync()
    assert rig.contact_of(one)["email"] == "bea@example.test"
    assert rig.contact_of(two)["email"] == "anna@example.test"
    assert rig.questions() == []


def test_a_new_address_that_a_stranger_has_is_asked_about(rig: Rig) -> None:
    """email_in_use: the record goes on without it, the old address stays; then moved when a person says so."""
    patient = anna(rig)
    rig.sync()
    stranger = rig.hubspot.add_contact(email="new@example.test", firstname="Someone", lastname="Else")
    rig.cliniko.edit_patient(patient, email="new@example.test", city="Bright")
    report = rig.sync()
    assert rig.questions() == ["email_in_use"]
    assert report.exit_code == 0
    assert (rig.contact_of(patient)["city"], rig.contact_of(patient)["email"]) == (
        "Bright",
        "anna@example.test",
    )
    rig.answer("email_in_use", "move")
    rig.sync()
    assert rig.contact_of(patient)["email"] == "new@example.test"
    assert not rig.hubspot.contact(stranger).get("email")
    assert rig.questions() == []


def test_keeping_the_old_address_is_remembered(rig: Rig) -> None:
    """email_in_use, keep_old."""
    patient = anna(rig)
    rig.sync()
    rig.hubspot.add_contact(email="new@example.test", firstname="Someone", lastname="Else")
    rig.cliniko.edit_patient(patient, email="new@example.test")
    rig.sync()
    rig.answer("email_in_use", "keep_old")
    rig.sync()
    rig.cliniko.edit_patient(patient, city="Bright")
    rig.sync()
    assert rig.questions() == []
    assert (rig.contact_of(patient)["email"], rig.contact_of(patient)["city"]) == (
        "anna@example.test",
        "Bright",
    )


def test_an_address_hubspot_refuses_is_left_out_and_told(rig: Rig) -> None:
    """email_refused: the patient is there without it; a corrected one closes the question."""
    patient = anna(rig, email="jo@gmial.con")
    report = rig.sync()
    assert rig.questions() == ["email_refused"]
    assert report.exit_code == 0
    assert not rig.contact_of(patient).get("email")
    rig.cliniko.edit_patient(patient, email="jo@example.test")
    rig.sync()
    assert rig.contact_of(patient)["email"] == "jo@example.test"
    assert rig.questions() == []


def test_an_id_on_somebody_else_is_asked_about(rig: Rig) -> None:
    """id_mismatch: the contact carries the id, but the birthday says no."""
    patient = anna(rig)
    contact = rig.hubspot.add_contact(firstname="Zed", lastname="Zulu", date_of_birth="1950-01-01")
    rig.sync()
    key = rig.contact_of(patient)["hs_object_id"]
    rig.hubspot.edit_contact(key, cliniko_patient_key="", cliniko_patient_id="")
    rig.hubspot.edit_contact(contact, cliniko_patient_key=patient)
    rig.hubspot.delete_contact(key)
    rig.lose_database()
    rig.sync()
    assert rig.questions() == ["id_mismatch"]
    rig.answer("id_mismatch", "unlink")
    rig.sync()
    own = rig.contact_of(patient)
    assert own["firstname"] == "Anna"
    assert not rig.hubspot.contact(contact).get("cliniko_patient_key")


def test_a_patient_who_is_also_a_referrer(rig: Rig) -> None:
    """patient_and_referrer: two contacts until a person says one."""
    patient = anna(rig)
    third = rig.cliniko.add_contact(
        first_name="Anna", last_name="Nguyen", email="anna@example.test", type_code=1
    )
    rig.sync()
    assert rig.questions() == ["patient_and_referrer"]
    assert (
        rig.contact_of(third, "cliniko_contact_key")["hs_object_id"]
        != rig.contact_of(patient)["hs_object_id"]
    )


def test_far_too_many_archived_at_once_stops_the_pass(rig: Rig) -> None:
    """I10, mass_change: nothing is marked until a person says go ahead."""
    patients = [
        rig.cliniko.add_patient(first_name=f"P{n}", last_name="Reed", email=f"p{n}@example.test")
        for n in range(150)
    ]
    rig.catch_up()
    rig.clock.passes(7200)
    for patient in patients[:60]:
        rig.cliniko.archive_patient(patient)
    rig.forget_calls()
    report = rig.sync()
    assert rig.questions() == ["mass_change"]
    assert report.exit_code == 1
    assert rig.hubspot_writes() == 0
    rig.answer("mass_change", "proceed")
    rig.sync()
    assert sum(c["cliniko_patient_status"] == "archived" for c in rig.hubspot.contacts().values()) == 60


def test_far_too_many_appointments_gone_at_once_stop_their_stream(rig: Rig) -> None:
    """I10, mass_change: deals go to Removed by the dozen only when a person says so; the patients go on."""
    everything = PEOPLE | {"appointments"}
    patient = rig.cliniko.add_patient(first_name="Ines", last_name="Reed", email="ines@example.test")
    soon = rig.clock.now() + timedelta(days=2)
    visits = [rig.cliniko.add_appointment(patient, soon + timedelta(hours=n)) for n in range(60)]
    rig.catch_up(everything)
    rig.clock.passes(7200)
    for visit in visits[:30]:
        rig.cliniko.archive_appointment(visit)
    rig.cliniko.edit_patient(patient, city="Colac")
    report = rig.sync(everything)
    assert "mass_change" in rig.questions()
    assert report.exit_code == 1
    assert rig.contact_of(patient)["city"] == "Colac"
    stages = [deal["dealstage"] for deal in rig.hubspot.deals().values()]
    assert stages.count("cliniko_appt_removed") == 0
    rig.answer("mass_change", "proceed")
    rig.catch_up(everything)
    stages = [deal["dealstage"] for deal in rig.hubspot.deals().values()]
    assert stages.count("cliniko_appt_removed") == 30
    assert "mass_change" not in rig.questions()


def test_ordinary_archiving_never_trips_it(rig: Rig) -> None:
    """I10: up to twenty, or a fifth, is a day's work."""
    patients = [
        rig.cliniko.add_patient(first_name=f"P{n}", last_name="Reed", email=f"p{n}@example.test")
        for n in range(150)
    ]
    rig.catch_up()
    rig.clock.passes(7200)
    for patient in patients[:25]:
        rig.cliniko.archive_patient(patient)
    assert rig.sync().exit_code == 0
    assert set(rig.questions()) == {"archived_in_cliniko"}


def test_a_property_that_is_gone_pauses_its_stream_until_repaired(rig: Rig) -> None:
    """R61, schema_drift: nothing is lost, one answer repairs."""
    patient = anna(rig)
    rig.sync()
    rig.hubspot.archive_property("contacts", "cliniko_home_phone")
    rig.cliniko.edit_patient(patient, city="Mallacoota")
    report = rig.sync()
    assert "schema_drift" in rig.questions()
    assert report.exit_code == 1
    assert not rig.contact_of(patient).get("city")
    rig.answer("schema_drift", "repair")
    report = rig.sync()
    assert rig.contact_of(patient)["city"] == "Mallacoota"
    assert rig.questions() == []
    assert report.exit_code == 0
