"""Patients reach HubSpot: whole stories over both simulated services."""

from __future__ import annotations

from tests.journeys.rig import PEOPLE, Rig

INES = {
    "first_name": "Inès",
    "last_name": "Okafor",
    "preferred_first_name": "Ina",
    "title": "Ms",
    "date_of_birth": "1984-11-02",
    "email": "Ines.Okafor@Example.test",
    "patient_phone_numbers": [
        {"phone_type": "Mobile", "number": "0400 000 001"},
        {"phone_type": "Home", "number": "03 5200 0001"},
    ],
    "address_1": "12 Sample St",
    "address_2": "Unit 4",
    "city": "Geelong",
    "state": "VIC",
    "post_code": "3220",
    "country_code": "AU",
    "accepted_privacy_policy": True,
    "accepted_email_marketing": None,
    "reminder_type": "SMS & Email",
}


def test_a_new_patient_becomes_a_contact_with_everything_standard_sends(rig: Rig) -> None:
    """R10, R15, schema §1, §2, §5."""
    patient = rig.cliniko.add_patient(**INES)
    report = rig.sync()
    assert report.as_json()["streams"]["patients"]["created"] == 1
    contact = rig.contact_of(patient)
    expected = {
        "firstname": "Inès",
        "lastname": "Okafor",
        "email": "ines.okafor@example.test",
        "mobilephone": "0400 000 001",
        "phone": "03 5200 0001",
        "address": "12 Sample St, Unit 4",
        "city": "Geelong",
        "state": "VIC",
        "zip": "3220",
        "country": "Australia",
        "salutation": "Ms",
        "cliniko_patient_id": patient,
        "cliniko_preferred_first_name": "Ina",
        "cliniko_date_of_birth": "1984-11-02",
        "cliniko_is_minor": "false",
        "cliniko_email_marketing": "not_asked",
        "cliniko_privacy_policy": "accepted",
        "cliniko_reminder_type": "SMS & Email",
        "cliniko_patient_status": "active",
        "cliniko_record_kind": "patient",
        "cliniko_link_rule": "created",
        "cliniko_household_size": "1",
    }
    assert {name: contact.get(name) for name in expected} == expected


def test_a_quiet_run_writes_nothing_and_asks_little(rig: Rig) -> None:
    """I13, performance (c) of the first step: at most 6 Cliniko and 3 HubSpot calls."""
    rig.cliniko.add_patient(**INES)
    rig.cliniko.add_contact(first_name="Sam", last_name="Lind", email="sam@example.test", type_code=1)
    rig.sync()
    for _ in range(3):
        rig.restart()
        rig.forget_calls()
        rig.sync()
        assert rig.hubspot_writes() == 0
        assert sum(rig.cliniko_calls().values()) <= 6
        assert sum(rig.hubspot_calls().values()) <= 3


def test_an_edit_reaches_hubspot_with_one_write(rig: Rig) -> None:
    """R3, performance: 100 changed, known patients are one list call and one write call."""
    patients = [
        rig.cliniko.add_patient(first_name=f"P{n}", last_name="Reed", date_of_birth="1980-01-01")
        for n in range(100)
    ]
    rig.catch_up()
    rig.clock.passes(3600)
    for patient in patients:
        rig.cliniko.edit_patient(patient, city="Kyneton")
    rig.forget_calls()
    rig.sync()
    assert rig.cliniko_calls()["patients"] == 1
    assert rig.hubspot_writes() == 1
    assert {rig.contact_of(patient)["city"] for patient in patients} == {"Kyneton"}


def test_the_cap_leaves_the_rest_for_the_next_runs_and_loses_none(rig: Rig) -> None:
    """R2, R3: 250 changed with equal times and a cap of 100 take three executions."""
    patients = [
        rig.cliniko.add_patient(first_name=f"P{n}", last_name="Reed", email=f"p{n}@example.test")
        for n in range(250)
    ]
    rig.catch_up()
    rig.clock.passes(3600)
    for patient in patients:
        rig.cliniko.edit_patient(patient, city="Colac")
    waiting = []
    for _ in range(3):
        rig.restart()
        report = rig.sync()
        waiting.append(report.streams["patients"].waiting)
    assert waiting == [150, 50, 0]
    assert {rig.contact_of(patient)["city"] for patient in patients} == {"Colac"}


def test_an_existing_contact_is_linked_and_its_own_properties_stay(rig: Rig) -> None:
    """R10, R12 rule 2, I5: same address and name; what a user typed elsewhere stays; the old value is journaled."""
    contact = rig.hubspot.add_contact(
        email="ines.okafor@example.test",
        firstname="Ines",
        lastname="Okafor",
        city="Torquay",
        jobtitle="Potter",
    )
    patient = rig.cliniko.add_patient(**INES)
    rig.sync()
    linked = rig.contact_of(patient)
    assert linked["hs_object_id"] == contact
    assert (linked["city"], linked["jobtitle"], linked["cliniko_link_rule"]) == (
        "Geelong",
        "Potter",
        "email_name",
    )
    entries = rig.store.journal_of_record("patient", patient)
    assert [(e.old, e.new) for e in entries if e.field == "city"] == [("Torquay", "Geelong")]


def test_a_users_edit_stays_until_cliniko_changes_that_field(rig: Rig) -> None:
    """R10: the table of field decisions, on real records."""
    patient = rig.cliniko.add_patient(**INES)
    rig.sync()
    contact = rig.contact_of(patient)["hs_object_id"]
    rig.hubspot.edit_contact(contact, city="Lorne", mobilephone="0499 999 999")
    rig.cliniko.edit_patient(patient, state="NSW")
    rig.sync()
    assert rig.contact_of(patient)["city"] == "Lorne"
    rig.cliniko.edit_patient(patient, city="Ballarat")
    rig.sync()
    now = rig.contact_of(patient)
    assert (now["city"], now["mobilephone"], now["state"]) == ("Ballarat", "0499 999 999", "NSW")


def test_an_empty_value_blanks_only_what_was_filled(rig: Rig) -> None:
    """R10: an empty Cliniko value never blanks a standard property that we did not fill."""
    rig.hubspot.add_contact(email="ines.okafor@example.test", firstname="Ines", lastname="Okafor", zip="9999")
    patient = rig.cliniko.add_patient(**{**INES, "post_code": ""})
    rig.sync()
    assert rig.contact_of(patient)["zip"] == "9999"
    rig.cliniko.edit_patient(patient, city="", title="")
    rig.sync()
    contact = rig.contact_of(patient)
    assert not contact.get("city")
    assert not contact.get("cliniko_title")
    assert contact["zip"] == "9999"


def test_archived_unarchived_and_first_met_archived(rig: Rig) -> None:
    """R13."""
    patient, stranger = (
        rig.cliniko.add_patient(**INES),
        rig.cliniko.add_patient(first_name="Old", last_name="File"),
    )
    rig.cliniko.archive_patient(stranger)
    rig.sync()
    assert not rig.has_contact(stranger)
    assert rig.store.record("patient", stranger).reason == "archived"
    rig.cliniko.archive_patient(patient)
    rig.cliniko.edit_patient(stranger, date_of_birth="1970-01-01")
    rig.cliniko.unarchive_patient(stranger)
    rig.sync()
    assert rig.contact_of(patient)["cliniko_patient_status"] == "archived"
    assert rig.contact_of(stranger)["cliniko_patient_status"] == "active"


def test_a_merge_in_cliniko_moves_the_link(rig: Rig) -> None:
    """R13: no new contact, the survivor takes over the one there is."""
    loser = rig.cliniko.add_patient(**INES)
    rig.sync()
    contact = rig.contact_of(loser)["hs_object_id"]
    winner = rig.cliniko.add_patient(**{**INES, "city": "Anglesea"})
    rig.cliniko.merge_patients(loser, winner)
    rig.sync()
    now = rig.contact_of(winner)
    assert (now["hs_object_id"], now["city"]) == (contact, "Anglesea")
    assert not rig.has_contact(loser)
    assert len(rig.hubspot.contacts()) == 1


def test_two_linked_files_merged_in_cliniko_ask_for_the_extras_only(rig: Rig) -> None:
    """R13, merged_in_cliniko: both contacts stay, not blocking; merging in HubSpot only when a person says so."""
    loser = rig.cliniko.add_patient(
        first_name="Bo", last_name="Ash", email="bo@example.test", date_of_birth="1980-01-01"
    )
    winner = rig.cliniko.add_patient(
        first_name="Bo", last_name="Ashe", email="b.ash@example.test", date_of_birth="1980-01-01"
    )
    rig.sync()
    rig.cliniko.merge_patients(loser, winner)
    report = rig.sync()
    assert rig.questions() == ["merged_in_cliniko"]
    assert report.exit_code == 0
    assert rig.contact_of(loser)["cliniko_patient_status"] == "merged"
    rig.answer("merged_in_cliniko", "merge")
    rig.sync()
    assert len(rig.hubspot.contacts()) == 1
    assert rig.contact_of(winner)["lastname"] == "Ashe"


def test_a_contact_merged_in_hubspot_is_followed(rig: Rig) -> None:
    """R14."""
    patient = rig.cliniko.add_patient(**INES)
    rig.sync()
    contact = rig.contact_of(patient)["hs_object_id"]
    lead = rig.hubspot.add_contact(email="ina@example.test", firstname="Ina")
    rig.hubspot.merge_contacts(contact, lead)
    rig.cliniko.edit_patient(patient, city="Apollo Bay")
    rig.sync()
    assert rig.contact_of(patient)["city"] == "Apollo Bay"
    assert len(rig.hubspot.contacts()) == 1


def test_a_deleted_contact_is_asked_about_and_made_again_only_then(rig: Rig) -> None:
    """R14, contact_vanished."""
    patient = rig.cliniko.add_patient(**INES)
    rig.sync()
    rig.hubspot.delete_contact(rig.contact_of(patient)["hs_object_id"])
    rig.cliniko.edit_patient(patient, city="Winchelsea")
    report = rig.sync()
    assert rig.questions() == ["contact_vanished"]
    assert report.exit_code == 1
    assert not rig.has_contact(patient)
    rig.sync()
    assert not rig.has_contact(patient)
    rig.answer("contact_vanished", "create")
    report = rig.sync()
    assert rig.contact_of(patient)["city"] == "Winchelsea"
    assert rig.questions() == []
    assert report.exit_code == 0


def test_preferred_first_name_restates_everybody(rig: Rig) -> None:
    """R11."""
    patient, other = (
        rig.cliniko.add_patient(**INES),
        rig.cliniko.add_patient(first_name="Al", last_name="Poe", email="al@example.test"),
    )
    rig.sync()
    rig.clock.passes(86_400)
    rig.set("patients.preferred_first_name", "first_name")
    rig.sync()
    assert rig.contact_of(patient)["firstname"] == "Ina"
    assert rig.contact_of(other)["firstname"] == "Al"
    rig.forget_calls()
    rig.sync()
    assert rig.hubspot_writes() == 0


def test_filters_leave_out_and_loosening_brings_in(rig: Rig) -> None:
    """R17: e-mail and privacy policy; a linked one says why it is no longer updated."""
    rig.set("patients.only_with_email", True)
    rig.set("patients.privacy_policy", "accepted")
    yes = rig.cliniko.add_patient(**INES)
    silent = rig.cliniko.add_patient(
        **{**INES, "first_name": "Una", "email": "una@example.test", "accepted_privacy_policy": None}
    )
    no_mail = rig.cliniko.add_patient(**{**INES, "first_name": "Ola", "email": ""})
    rig.sync()
    assert rig.has_contact(yes)
    assert not rig.has_contact(silent)
    assert rig.store.record("patient", silent).reason == "privacy_policy"
    assert rig.store.record("patient", no_mail).reason == "no_email"
    rig.cliniko.edit_patient(yes, accepted_privacy_policy=False, city="Ocean Grove")
    rig.sync()
    assert rig.contact_of(yes)["city"] == "Geelong"
    assert rig.store.record("patient", yes).reason == "privacy_policy"
    rig.set("patients.privacy_policy", "any")
    rig.set("patients.only_with_email", False)
    rig.sync()
    assert rig.has_contact(silent)
    assert rig.has_contact(no_mail)
    assert rig.contact_of(yes)["city"] == "Ocean Grove"


def test_a_referral_source_is_seen_though_the_patient_did_not_change(rig: Rig) -> None:
    """R4: referral sources are read by their own change date."""
    kind = rig.cliniko.add("referral_source_types", name="Website")
    patient = rig.cliniko.add_patient(**INES)
    rig.sync()
    rig.clock.passes(7200)
    rig.cliniko.set_referral_source(patient, str(kind))
    rig.sync()
    assert rig.contact_of(patient)["cliniko_referral_source"] == "Website"


def test_a_hold_in_hubspot_stops_writing_and_lifting_brings_all(rig: Rig) -> None:
    """Schema §5: cliniko_sync_hold."""
    patient = rig.cliniko.add_patient(**INES)
    rig.sync()
    contact = rig.contact_of(patient)["hs_object_id"]
    rig.hubspot.edit_contact(contact, cliniko_sync_hold="true")
    rig.cliniko.edit_patient(patient, city="Queenscliff")
    rig.sync()
    rig.sync()
    assert rig.contact_of(patient)["city"] == "Geelong"
    rig.hubspot.edit_contact(contact, cliniko_sync_hold="false")
    rig.sync()
    assert rig.contact_of(patient)["city"] == "Queenscliff"


def test_a_lost_database_is_rebuilt_from_the_keys(rig: Rig) -> None:
    """R85: no second contact, links and separations known again."""
    patients = [
        rig.cliniko.add_patient(first_name=f"P{n}", last_name="Reed", email=f"p{n}@example.test")
        for n in range(30)
    ]
    rig.catch_up()
    rig.lose_database()
    rig.catch_up()
    assert len(rig.hubspot.contacts()) == 30
    assert all(rig.store.record("patient", patient).hubspot_id for patient in patients)


def test_a_rehearsal_counts_like_the_real_run_and_sends_no_write(rig: Rig) -> None:
    """R80: works before HubSpot was set up, moves no cursor."""
    for n in range(30):
        rig.cliniko.add_patient(first_name=f"P{n}", last_name="Reed", email=f"p{n % 20}@example.test")
    rig.clock.passes(60)
    rehearsal = rig.engine.run(PEOPLE, dry_run=True)
    assert rig.hubspot_writes() == 0
    assert rig.hubspot.contacts() == {}
    assert rehearsal.samples[0]["changes"]["Cliniko patient ID"][1]
    real = rig.engine.run(PEOPLE)
    assert rehearsal.as_json()["streams"] == real.as_json()["streams"]
