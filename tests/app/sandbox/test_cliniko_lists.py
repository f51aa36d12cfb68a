"""Paging, sorting, filtering and hiding of the simulated Cliniko, as published and as seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.app.sandbox.cliniko_caller import START, Caller


def fill(caller: Caller, count: int) -> list[str]:
    made = []
    for number in range(count):
        made.append(caller.clinic.add_patient(first_name=f"P{number}", email=f"p{number}@example.test"))
        caller.clock.forward(seconds=1)
    return made


def test_pages_carry_links_until_the_last(caller: Caller) -> None:
    """R3: the end of a list is the absence of `links.next`, never a short page."""
    made = fill(caller, 5)
    first = caller.get("patients", "archived_at:*", per_page=2, sort="id").json()
    assert [row["id"] for row in first["patients"]] == made[:2]
    assert first["total_entries"] == 5
    assert "previous" not in first["links"]
    following = first["links"]["next"]
    assert following.startswith(f"{caller.base}/patients?q%5B%5D=archived_at%3A%2A&sort=id&page=2")
    second = caller.session.get(following, timeout=5).json()
    third = caller.session.get(second["links"]["next"], timeout=5).json()
    assert [row["id"] for row in third["patients"]] == made[4:]
    assert "next" not in third["links"]
    assert "page=2" in third["links"]["previous"]


def test_a_page_past_the_end_is_empty(caller: Caller) -> None:
    """R3: no rows, no next, the total unchanged."""
    fill(caller, 2)
    answer = caller.get("patients", page=9).json()
    assert (answer["patients"], answer["total_entries"]) == ([], 2)
    assert "next" not in answer["links"]


@pytest.mark.parametrize("query", [{"per_page": 101}, {"per_page": 0}, {"page": 0}, {"page": "two"}])
def test_pages_that_cannot_be(caller: Caller, query: dict[str, object]) -> None:
    """More than 100 a page and anything but whole numbers is a 400."""
    caller.message("patients", **query)


def test_fifty_a_page_unless_asked(caller: Caller) -> None:
    """The default page holds 50."""
    fill(caller, 51)
    assert len(caller.rows("patients")) == 50


def test_default_order_is_creation(caller: Caller) -> None:
    """Rows come oldest first, edits change nothing about it."""
    made = fill(caller, 3)
    caller.clinic.edit_patient(made[0], city="Geelong")
    assert caller.ids("patients") == made
    assert caller.ids("patients", sort="updated_at") == [made[1], made[2], made[0]]
    assert caller.ids("patients", sort="updated_at:desc") == [made[0], made[2], made[1]]
    assert caller.ids("patients", sort="created_at", order="desc") == made[::-1]


def test_ids_of_both_lengths_sort_as_numbers(caller: Caller) -> None:
    """R3: ids are text of 7 to 19 digits and sort by value, not by letter."""
    made = fill(caller, 8)
    found = caller.ids("patients", sort="id")
    assert found == made == sorted(made, key=int)
    assert sorted(found) != found
    assert {len(one) for one in found} >= {7, 8, 9, 18, 19}
    assert caller.ids("patients", f"id:>{made[4]}", sort="id") == made[5:]


def test_an_unknown_sort_column_is_refused(caller: Caller) -> None:
    """R3: what does not sort is a 400."""
    assert caller.message("patients", sort="shoe_size") == "shoe_size is not sortable"


def test_sort_by_id_may_be_refused_or_ignored(caller: Caller) -> None:
    """R3: whether the service sorts by id is not documented, so both refusals can be switched on."""
    made = [caller.clinic.add_patient(created_at=START - timedelta(days=number)) for number in range(3)]
    caller.clinic.switches.sort_id = "refused"
    assert caller.message("patients", sort="id") == "id is not sortable"
    caller.clinic.switches.sort_id = "ignored"
    assert caller.ids("patients", sort="id") == made[::-1]


def test_the_four_real_messages(caller: Caller) -> None:
    """A bad filter is a 400 with the service's own words."""
    assert caller.message("patients", "notes:~x") == "notes is not filterable"
    assert caller.message("patients", "id:=abc") == "Filter value for id must be a number"
    for value in ("2025-03-01", "2025-03-01T00:00:00+00:00", "2025-13-01T00:00:00Z", "2025-03-01T00:00Z"):
        assert caller.message("patients", f"updated_at:>={value}") == "Timestamp needs to be in UTC format."


@pytest.mark.parametrize(
    "condition",
    [
        "updated_at:=2025-03-01T00:00:00Z",
        "id:~5",
        "email:>=a",
        "accepted_privacy_policy:>true",
        "accepted_privacy_policy:=maybe",
        "date_of_birth:=yesterday",
        "id:>1,2",
        "archived_at",
    ],
)
def test_operators_are_checked_against_the_type(caller: Caller, condition: str) -> None:
    """Each type of field knows its operators and values; others are a 400."""
    caller.message("patients", condition)


def test_referral_sources_have_no_patient_filter(caller: Caller) -> None:
    """The join table cannot be asked by patient."""
    assert caller.message("referral_sources", "patient_id:=1") == "patient_id is not filterable"


def test_times_compare_with_their_boundary(caller: Caller) -> None:
    """R3: `>=` keeps the second it names, `>` leaves it out."""
    made = fill(caller, 3)
    boundary = caller.rows("patients")[1]["updated_at"]
    assert caller.ids("patients", f"updated_at:>={boundary}") == made[1:]
    assert caller.ids("patients", f"updated_at:>{boundary}") == made[2:]
    assert caller.ids("patients", f"updated_at:<={boundary}") == made[:2]
    assert caller.ids("patients", f"updated_at:<{boundary}") == made[:1]
    assert caller.ids("patients", f"created_at:>={boundary}", f"created_at:<={boundary}") == [made[1]]


def test_text_filters(caller: Caller) -> None:
    """Equal, unequal, contained, pattern, set and unset; case does not count unless switched."""
    clinic = caller.clinic
    nguyen = clinic.add_patient(first_name="Ngân", last_name="Nguyễn", email="N.Ngan@example.test")
    brien = clinic.add_patient(first_name="Aoife", last_name="O’Brien", email="")
    assert caller.ids("patients", "email:=n.ngan@EXAMPLE.test") == [nguyen]
    assert caller.ids("patients", "email:!=n.ngan@example.test") == [brien]
    assert caller.ids("patients", "last_name:~guyễ") == [nguyen]
    assert caller.ids("patients", "last_name:~~o%en") == [brien]
    assert caller.ids("patients", "email:?") == [nguyen]
    assert caller.ids("patients", "email:!?") == [brien]
    clinic.switches.case_sensitive = True
    assert caller.ids("patients", "email:=n.ngan@example.test") == []


def test_date_filters_and_wildcards(caller: Caller) -> None:
    """Dates compare as dates and take `*` for any digit."""
    may = caller.clinic.add_patient(date_of_birth="1984-05-09")
    june = caller.clinic.add_patient(date_of_birth="1990-06-01")
    unknown = caller.clinic.add_patient()
    assert caller.ids("patients", "date_of_birth:=1984-05-09") == [may]
    assert caller.ids("patients", "date_of_birth:>1984-05-09") == [june]
    assert caller.ids("patients", "date_of_birth:****-05-**") == [may]
    assert caller.ids("patients", "date_of_birth:=****-06-**") == [june]
    assert caller.ids("patients", "date_of_birth:!?") == [unknown]


def test_numbers_take_a_list(caller: Caller) -> None:
    """`=` on an id takes several, parted by commas."""
    made = fill(caller, 4)
    assert caller.ids("patients", f"id:={made[0]},{made[3]}") == [made[0], made[3]]
    assert caller.ids("patients", f"id:!={made[0]}") == made[1:]


def test_booleans_of_three_values(caller: Caller) -> None:
    """R15: an unanswered flag is neither true nor false."""
    yes = caller.clinic.add_patient(accepted_privacy_policy=True)
    no = caller.clinic.add_patient(accepted_privacy_policy=False)
    caller.clinic.add_patient()
    assert caller.ids("patients", "accepted_privacy_policy:=true") == [yes]
    assert caller.ids("patients", "accepted_privacy_policy:=false") == [no]
    assert caller.ids("patients", "accepted_privacy_policy:!=true") == [no]


def test_other_spellings_of_q_are_not_read(caller: Caller) -> None:
    """Only `q[]` counts; what some libraries make of arrays is ignored, the old `q` still works."""
    made = fill(caller, 2)
    assert len(caller.rows("patients", **{"q[0]": f"id:={made[0]}"})) == 2
    assert len(caller.rows("patients", **{"q[][]": f"id:={made[0]}"})) == 2
    assert caller.ids("patients", q=f"id:={made[0]}") == [made[0]]


def test_archived_rows_hide_in_lists_and_single_reads(caller: Caller) -> None:
    """R13: archived patients are seen with `archived_at:*`, alone with `?`, on single reads as well."""
    kept, gone = fill(caller, 2)
    caller.clinic.archive_patient(gone)
    assert caller.ids("patients") == [kept]
    assert caller.ids("patients", "archived_at:*") == [kept, gone]
    assert caller.ids("patients", "archived_at:?") == [gone]
    assert caller.ids("patients", "archived_at:!?") == [kept]
    assert caller.ids("patients", "archived_at:>=2000-01-01T00:00:00Z") == [gone]
    assert caller.get(f"patients/{gone}").status_code == 404
    assert caller.get(f"patients/{gone}", "archived_at:*").json()["id"] == gone
    assert caller.get(f"patients/{kept}", "archived_at:?").status_code == 404
    assert caller.message(f"patients/{kept}", "email:?") == "email is not filterable"


def test_each_hidden_field_has_to_be_lifted_for_itself(caller: Caller) -> None:
    """R22: an appointment both cancelled and archived needs both conditions."""
    clinic = caller.clinic
    patient = clinic.add_patient()
    cancelled, both, deleted = (clinic.add_appointment(patient, START) for _ in range(3))
    clinic.cancel_appointment(cancelled)
    clinic.cancel_appointment(both)
    clinic.archive_appointment(both)
    clinic.delete_appointment(deleted)
    assert caller.ids("individual_appointments") == []
    assert caller.ids("individual_appointments", "cancelled_at:*") == [cancelled]
    assert caller.ids("individual_appointments", "archived_at:*") == []
    assert caller.ids("individual_appointments", "archived_at:*", "cancelled_at:*") == [cancelled, both]
    assert caller.ids("individual_appointments", "deleted_at:?") == [deleted]
    everything = ("archived_at:*", "cancelled_at:*", "deleted_at:*")
    assert len(caller.rows("attendees", *everything)) == 3
    assert caller.get(f"individual_appointments/{both}", "cancelled_at:*").status_code == 404
    assert caller.get(f"individual_appointments/{both}", *everything).status_code == 200


def test_a_change_between_pages_moves_rows(caller: Caller) -> None:
    """R3: an edit while paging by number pulls a row forward; the hook lets a test make it happen."""
    made = fill(caller, 4)

    def edit_once(request: object) -> None:
        caller.clinic.before_call = None
        caller.clinic.edit_patient(made[0], city="Geelong")

    first = caller.ids("patients", sort="updated_at", per_page=2)
    caller.clinic.before_call = edit_once
    second = caller.ids("patients", sort="updated_at", per_page=2, page=2)
    assert made[2] not in first + second


def test_reads_can_lag_behind_a_write(caller: Caller) -> None:
    """I1: read-after-write lag is possible and is no conflict."""
    patient = caller.clinic.add_patient(city="Geelong")
    caller.clinic.switches.stale_reads = 2
    caller.clinic.edit_patient(patient, city="Ballarat")
    cities = [caller.get(f"patients/{patient}").json()["city"] for _ in range(3)]
    assert cities == ["Geelong", "Geelong", "Ballarat"]


@pytest.mark.parametrize(
    ("spelling", "shown"),
    [
        ("Z", "2026-03-02T01:00:00Z"),
        ("offset", "2026-03-02T11:00:00+10:00"),
        ("fraction", "2026-03-02T01:00:00.000Z"),
    ],
)
def test_times_come_in_the_spellings_that_were_met(caller: Caller, spelling: str, shown: str) -> None:
    """Timestamps end in Z; other spellings were reported and can be switched on."""
    caller.clinic.switches.timestamps = spelling
    caller.clinic.add_patient()
    assert caller.rows("patients")[0]["created_at"] == shown


def test_hidden_fractions_of_a_second(caller: Caller) -> None:
    """R3: precision may be finer than shown, so `>` the second last seen must not be trusted."""
    caller.clinic.switches.subseconds = True
    caller.clock.forward(milliseconds=500)
    patient = caller.clinic.add_patient()
    assert caller.rows("patients")[0]["updated_at"] == "2026-03-02T01:00:00Z"
    assert caller.ids("patients", "updated_at:>2026-03-02T01:00:00Z") == [patient]


def test_links_may_point_elsewhere(caller: Caller) -> None:
    """I9: addresses inside answers can be foreign."""
    caller.clinic.switches.link_base = "https://elsewhere.example.test/v1"
    caller.clinic.add_patient()
    answer = caller.get("patients", per_page=1).json()
    assert answer["patients"][0]["links"]["self"].startswith("https://elsewhere.example.test/v1/patients/")
