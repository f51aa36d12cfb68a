"""What is compared of a person, and the hashes by which it is found again (matching §1, I6, R64)."""

from __future__ import annotations

from datetime import date

from app.domain.people import ClinikoContact, Patient, Phone
from app.matching.signs import (
    email_hash,
    look_up_of,
    person_of,
    portal_contact_of,
    signs_of_cliniko_contact,
    signs_of_hubspot,
    signs_of_patient,
)
from app.matching.stop_list import stop_list

SALT = b"salt of one database"
MIA = Patient(
    id="1390710863102480001",
    first_name="Mia",
    last_name="Lee",
    preferred_first_name="Mimi",
    email="Mia@Example.test",
    date_of_birth=date(2010, 2, 28),
    phones=(Phone("Mobile", "0400 000 001", "61400000001"), Phone("Home", "03 5200 0000", "61352000000")),
)


def test_signs_of_a_patient() -> None:
    """Matching §1: legal and preferred name, canonical address, phones by the clinic's country."""
    signs = signs_of_patient(MIA, "AU")
    assert signs.first_names == ("mia", "mimi")
    assert signs.last_names == ("lee",)
    assert signs.emails == ("mia@example.test",)
    assert signs.phones == ("400000001", "352000000")
    assert signs.mobiles == ("400000001",)
    assert signs.birth_date == date(2010, 2, 28)


def test_signs_of_a_hubspot_contact() -> None:
    """Matching §1: secondary addresses count, the noted shared one does not; own birthday first."""
    signs = signs_of_hubspot(
        {
            "firstname": "Mia",
            "lastname": "Lee",
            "cliniko_preferred_first_name": "Mimi",
            "email": "Mia@example.test",
            "hs_additional_emails": "old@example.test; other@example.test;",
            "cliniko_shared_email": "family@example.test",
            "mobilephone": "+61 400 000 001",
            "cliniko_home_phone": "03 5200 0000",
            "cliniko_date_of_birth": "2010-02-28",
            "date_of_birth": "1/1/1990",
        },
        "AU",
    )
    assert signs.emails == ("mia@example.test", "old@example.test", "other@example.test")
    assert signs.first_names == ("mia", "mimi")
    assert signs.phones == ("400000001", "352000000")
    assert signs.birth_date == date(2010, 2, 28)


def test_the_portals_own_birthday_is_read_in_the_clinics_order() -> None:
    """Matching §1: standard date_of_birth where ours is missing or unreadable."""
    assert signs_of_hubspot({"date_of_birth": "3/2/1980"}, "AU").birth_date == date(1980, 2, 3)
    assert signs_of_hubspot({"date_of_birth": "3/2/1980"}, "US").birth_date == date(1980, 3, 2)
    assert signs_of_hubspot({"date_of_birth": "soon"}, "AU").birth_date is None


def test_stop_list_hides_what_says_nothing() -> None:
    """Matching §1: the clinic's address and phone, none@ and noemail@ are no signs."""
    stops = stop_list(["Front@clinic.test"], ["03 5200 0000"], "AU")
    signs = signs_of_patient(MIA, "AU", stops)
    assert signs.phones == ("400000001",)
    for address in ("front@clinic.test", "none@clinic.test", "NoEmail@clinic.test"):
        assert not signs_of_hubspot({"email": address}, "AU", stops).emails
    assert signs_of_hubspot({"email": "nonet@clinic.test"}, "AU", stops).emails


def test_company_without_a_name_goes_by_its_company() -> None:
    """Schema §4: no name at all, then the last name is the company."""
    signs = signs_of_cliniko_contact(ClinikoContact(id="5", company_name="Demo Insurance"), "AU")
    assert signs.last_names == ("demo insurance",) and not signs.first_names


def test_person_holds_hashes_and_the_18th_birthday() -> None:
    """I6: no address, phone or birthday in the index."""
    person = person_of(MIA, SALT, "AU")
    assert person.name == "Mia Lee" and person.kind == "patient"
    assert person.adult_on == date(2028, 2, 28)
    shown = repr(person)
    assert "example.test" not in shown and "400000001" not in shown and "2010" not in shown
    assert person.email_hash == email_hash(" MIA@example.test", SALT)
    assert len(person.phone_hashes) == 2 and person.last_dob_hash and person.name_dob_hash


def test_a_person_is_found_in_the_portals_index() -> None:
    """Matching §1: address, name, name and birthday, and phone meet in one column each."""
    row = portal_contact_of(
        "5011",
        {
            "firstname": "Mimi",
            "lastname": "LEE",
            "email": "x@example.test",
            "hs_additional_emails": "mia@example.test",
            "phone": "+61 3 5200 0000",
            "date_of_birth": "28/2/2010",
        },
        SALT,
        "AU",
        modified="2026-01-01T00:00:00Z",
    )
    look = look_up_of("patient", MIA.id, signs_of_patient(MIA, "AU"), SALT)
    assert set(look.email) & set(row.email_hashes)
    assert set(look.name) & set(row.name_hashes)
    assert set(look.name_dob) & set(row.name_dob_hashes)
    assert set(look.phone) & set(row.phone_hashes)
    assert look.columns()["patient_key"] == (MIA.id, "~" + MIA.id)
    assert "contact_key" not in look.columns()
    assert row.has_primary_email and row.modified == "2026-01-01T00:00:00Z"


def test_index_of_nobody_is_empty() -> None:
    """Matching §1: blanks never look alike."""
    row = portal_contact_of("5012", {}, SALT, "AU")
    assert not (row.email_hashes or row.name_hashes or row.name_dob_hashes or row.phone_hashes)
    assert look_up_of("contact", "7", signs_of_hubspot({}, "AU"), SALT).columns() == {
        "contact_key": ("7", "~7")
    }


def test_another_tools_id_is_no_key_of_ours() -> None:
    """R64: the plain id of another tool is kept behind a mark; our own key wins."""
    own = {"cliniko_patient_key": "11", "cliniko_patient_id": "12", "cliniko_not_patient_ids": "13; 14;"}
    row = portal_contact_of("5013", own, SALT, "AU")
    assert row.patient_key == "11" and row.separated == ("13", "14")
    assert portal_contact_of("5014", {"cliniko_patient_id": "12"}, SALT, "AU").patient_key == "~12"


def test_provider_number_is_found_whatever_its_blanks() -> None:
    """Matching §2: Cliniko contacts are found by provider number."""
    doctor = ClinikoContact(id="5", first_name="Kim", last_name="Novak", provider_number="123 456-AB")
    look = look_up_of("contact", "5", signs_of_cliniko_contact(doctor, "AU"), SALT)
    row = portal_contact_of("5015", {"cliniko_provider_number": "123456ab"}, SALT, "AU")
    assert set(look.name_dob) & set(row.name_dob_hashes)
