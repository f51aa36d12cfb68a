"""The clients against both simulators: whatever shape the answers take, the outcome is the same."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import Any

import pytest

from app.clients.cliniko import HIDDEN_FIELDS, ClinikoClient, hidden_conditions
from app.clients.hubspot import HubSpotClient
from app.clients.pacing import Limit
from app.errors import (
    KeysRefused,
    OutcomeUnknown,
    RateLimited,
    RequestRefused,
    RightsMissing,
    ServiceUnavailable,
    TryLater,
)
from app.sandbox.cliniko import Cliniko
from app.sandbox.faults import SURVIVABLE, Faults, Kind
from app.sandbox.hubspot import HubSpot, Switches
from app.sandbox.server import serve
from app.sync.ports import Filter, Input
from tests.app.owned_clock import OwnedClock

MakeCliniko = Callable[..., ClinikoClient]
MakeHubSpot = Callable[..., HubSpotClient]
KEY = "cliniko_patient_key"
TEXT = {"type": "string", "fieldType": "text", "groupName": "cliniko_patient"}
SHAPES: list[dict[str, Any]] = [
    {},
    {"echo_trace_ids": False},
    {"echo_trace_ids": False, "echo_key": False},
    {"forget_seed": 7, "email_conflict": "400"},
    {"forget_seed": 8, "echo_trace_ids": False},
    {"merge_keeps_id": True, "merged_read_once": False},
    {"versions": ("2026-03",), "null_value": "ignored", "with_url": False, "shuffle": False},
]


def set_up(client: HubSpotClient) -> None:
    client.create_group("contacts", "cliniko_patient", "Cliniko patient")
    made = client.create_properties(
        "contacts", [{"name": KEY, "label": "Key", "hasUniqueValue": True, **TEXT}]
    )
    assert made == {}


@pytest.mark.parametrize("shape", SHAPES)
def test_outcomes_do_not_depend_on_the_shape_of_answers(
    hubspot: MakeHubSpot, clock: OwnedClock, shape: dict[str, Any]
) -> None:
    """I1, apis 3.5: upsert, refusal, update, merge and deletion are told apart under every switch."""
    portal = HubSpot(clock.now, switches=Switches(**shape))
    other = portal.add_contact(email="taken@example.test")
    with serve(portal) as server:
        client = hubspot(server.base_url, portal.token)
        set_up(client)
        first = [
            Input(f"t{n}", str(n), {"firstname": f"N{n}", "email": f"n{n}@example.test"}) for n in range(120)
        ]
        written = client.batch_upsert("contacts", KEY, first)
        assert all(each.is_new and each.hubspot_id for each in written)
        for place, each in enumerate(written):
            assert portal.contact(each.hubspot_id or "")[KEY] == str(place)

        again = client.batch_upsert(
            "contacts",
            KEY,
            [
                Input("same", "5", {"firstname": "Changed"}),
                Input("bad", "900", {"email": "nope"}),
                Input("taken", "901", {"email": "taken@example.test"}),
                Input("unknown", "902", {"nonesuch": "1"}),
                Input("good", "903", {"lastname": "Good"}),
            ],
        )
        assert (again[0].hubspot_id, again[0].is_new) == (written[5].hubspot_id, False)
        codes = [each.refusal.code if each.refusal else None for each in again]
        assert codes == [None, "invalid_email", "email_conflict", "unknown_property", None]
        assert again[2].refusal is not None and again[2].refusal.owner_id in (other, None)

        ids = [each.hubspot_id or "" for each in written]
        survivor = portal.merge_contacts(ids[0], ids[1])
        portal.delete_contact(ids[2])
        read = client.batch_read("contacts", ids[:5], [KEY])
        assert {each: read.found[each].id for each in read.found} == {
            ids[0]: survivor,
            ids[1]: survivor,
            ids[3]: ids[3],
            ids[4]: ids[4],
        }
        assert read.missing == {ids[2]}

        updated = client.batch_update(
            "contacts", [Input(f"u{n}", ids[n], {"city": f"C{n}"}) for n in range(5)]
        )
        assert [each.hubspot_id for each in updated] == [survivor, survivor, None, ids[3], ids[4]]
        assert updated[2].refusal is not None and updated[2].refusal.code == "not_found"
        assert portal.contact(ids[4])["city"] == "C4"
        assert server.failures == []


def test_no_double_whatever_happens_to_the_calls(hubspot: MakeHubSpot, clock: OwnedClock) -> None:
    """I1: lost answers, resets, broken bodies and 5xx in seeded schedules never make a second contact."""
    for seed in range(12):
        portal = HubSpot(clock.now, switches=Switches(seed=seed, forget_seed=seed))
        faults = Faults()
        with serve(portal, faults) as server:
            client = hubspot(server.base_url, portal.token)
            set_up(client)
            drawn = Faults.random(seed, 0.3, SURVIVABLE)
            faults._draws = drawn._draws
            wanted = [Input(f"t{n}", str(n), {"firstname": f"N{n}"}) for n in range(30)]
            for _ in range(3):
                try:
                    written = client.batch_upsert("contacts", KEY, wanted)
                except TryLater:
                    continue
                for each in written:
                    assert each.refusal is None
                    if each.hubspot_id:
                        assert portal.contact(each.hubspot_id)[KEY] == each.trace.removeprefix("t")
            faults.clear()
            assert all(each.hubspot_id for each in client.batch_upsert("contacts", KEY, wanted))
            assert sorted(int(each[KEY] or "") for each in portal.contacts().values()) == list(range(30))


def test_links_and_deals(hubspot: MakeHubSpot, clock: OwnedClock) -> None:
    """apis 7: link, read, refuse and take away; repeated linking changes nothing."""
    portal = HubSpot(clock.now)
    person = portal.add_contact(firstname="Ana")
    deal, lonely = (
        portal.add_deal(dealname=name, dealstage="appointmentscheduled") for name in ("one", "two")
    )
    with serve(portal) as server:
        client = hubspot(server.base_url, portal.token)
        for _ in range(2):
            assert client.associate("deals", "contacts", [(deal, person)]) == []
        assert client.associate("deals", "contacts", [(deal, "424242"), (lonely, person)]) == [
            (deal, "424242")
        ]
        assert client.associations("deals", "contacts", [deal, lonely, "11"]) == {
            deal: (person,),
            lonely: (person,),
            "11": (),
        }
        client.dissociate("deals", "contacts", [(deal, person), (deal, person)])
        assert client.associations("deals", "contacts", [deal])[deal] == ()
        assert client.associations("contacts", "deals", [person])[person] == (lonely,)


def test_wrong_stage_and_read_only(hubspot: MakeHubSpot, clock: OwnedClock) -> None:
    """apis 3.6: a stage that is gone and a property nobody may write are named."""
    portal = HubSpot(clock.now)
    deal = portal.add_deal(dealname="one", dealstage="appointmentscheduled")
    with serve(portal) as server:
        client = hubspot(server.base_url, portal.token)
        written = client.batch_update(
            "deals",
            [Input("a", deal, {"dealstage": "gone", "pipeline": "default"})],
        ) + client.batch_update("deals", [Input("b", deal, {"hs_object_id": "7"})])
    refusals = [each.refusal for each in written]
    assert refusals[0] is not None and refusals[0].code == "invalid_stage"
    assert refusals[1] is not None and (refusals[1].code, refusals[1].properties) == (
        "read_only",
        ("hs_object_id",),
    )


def test_hubspot_is_never_refused_for_pace(hubspot: MakeHubSpot, clock: OwnedClock) -> None:
    """I7: on the service's own clock no call of ours meets a 429, searches included."""
    portal = HubSpot(clock.now, plan="starter")
    with serve(portal) as server:
        client = hubspot(server.base_url, portal.token, share_percent=100)
        began = clock.monotonic()
        for number in range(250):
            if number % 5 == 0:
                client.search("contacts", [[Filter("createdate", "GTE", "1")]], [])
            else:
                client.owners()
        assert portal.pace.refused == 0
        assert clock.monotonic() - began < 31


@pytest.mark.parametrize("is_fixed", [False, True])
def test_cliniko_is_never_refused_for_pace(cliniko: MakeCliniko, clock: OwnedClock, is_fixed: bool) -> None:
    """Performance (a): at the whole share nine windows' worth of calls takes eight windows and a bit, no 429."""
    clinic = Cliniko(clock.now)
    clinic.switches.rate_limit = 20
    clinic.switches.rate_fixed_window = is_fixed
    with serve(clinic) as server:
        client = cliniko(server.base_url, key=clinic.key, limit=Limit(20, 60.0), share_percent=100)
        began = clock.monotonic()
        for _ in range(180):
            client.whose_key()
        assert {call.status for call in server.calls} == {200}
        assert clock.monotonic() - began <= 540


def test_cliniko_429_is_waited_out(cliniko: MakeCliniko, clock: OwnedClock) -> None:
    """apis 1.4: a window filled by somebody else is waited for, by the service's own clock, and the call succeeds."""
    clinic = Cliniko(clock.now)
    clinic.switches.rate_limit = 3
    with serve(clinic) as server:
        client = cliniko(server.base_url, key=clinic.key)
        clock.is_set(0)
        began = clock.monotonic()
        for _ in range(7):
            client.whose_key()
        assert 110 <= clock.monotonic() - began <= 300
        assert client.transport.usage().refused_by_limit == 2


def test_a_daily_limit_ends_the_execution(hubspot: MakeHubSpot, clock: OwnedClock) -> None:
    """apis 2.4: DAILY is not waited for."""
    portal = HubSpot(clock.now, switches=Switches(daily=2))
    with serve(portal) as server:
        client = hubspot(server.base_url, portal.token)
        client.owners()
        client.owners()
        before = clock.monotonic()
        with pytest.raises(RateLimited):
            client.owners()
        assert clock.monotonic() - before < 1


def test_every_hidden_condition_is_accepted(cliniko: MakeCliniko, clock: OwnedClock) -> None:
    """apis 2.6: none of the conditions in the table is a 400, on lists and on single records."""
    clinic = Cliniko(clock.now)
    with serve(clinic) as server:
        client = cliniko(server.base_url, key=clinic.key)
        for resource in HIDDEN_FIELDS:
            try:
                client.list_page(resource, hidden_conditions(resource))
                client.get(f"{resource}/1")
            except RequestRefused as error:
                assert error.status == 404, "only what the simulator does not have"


def test_a_patient_from_birth_to_archive(cliniko: MakeCliniko, clock: OwnedClock) -> None:
    """R3, R40: create, change, refuse, page by id, and find the archived one."""
    clinic = Cliniko(clock.now)
    with serve(clinic) as server:
        client = cliniko(server.base_url, key=clinic.key)
        ids = [client.create("patients", {"first_name": f"N{n}", "last_name": "Lim"})["id"] for n in range(5)]
        assert client.update(f"patients/{ids[0]}", {"email": "n0@example.test"})["email"] == "n0@example.test"
        with pytest.raises(RequestRefused) as refused:
            client.update(f"patients/{ids[0]}", {"email": "nope"})
        assert refused.value.status == 422 and "email" in refused.value.body["errors"]  # type: ignore[index]
        seen: list[str] = []
        after: str | None = None
        while True:
            page = client.list_page("patients", hidden_conditions("patients"), after, per_page=2)
            seen += [row["id"] for row in page.rows]
            if not page.has_next:
                break
            after = seen[-1]
        assert seen == sorted(ids, key=int)
        assert client.get("patients/1") is None
        clinic.deny("patients")
        with pytest.raises(RightsMissing):
            client.list_page("patients")
        clinic.revoke_key()
        with pytest.raises(KeysRefused):
            client.whose_key()


@pytest.mark.parametrize("kind", [Kind.RESET, Kind.LOST, Kind.TRUNCATED, Kind.HTML, Kind.S502, Kind.TIMEOUT])
def test_no_second_patient(cliniko: MakeCliniko, clock: OwnedClock, kind: Kind) -> None:
    """I1: whatever happens to the answer of a create, it was sent once."""
    clinic = Cliniko(clock.now)
    faults = Faults()
    with serve(clinic, faults) as server:
        client = cliniko(server.base_url, key=clinic.key)
        for after_act in (False, True):
            faults.add(("POST", "patients"), kind, after_act=after_act, seconds=0.1)
            with pytest.raises(OutcomeUnknown):
                client.create("patients", {"first_name": "Ana", "last_name": f"{after_act}"})
        assert sum(call.method == "POST" for call in server.calls) == 2
        assert client.list_page("patients").total <= 2


def test_many_threads_read_under_faults(cliniko: MakeCliniko, clock: OwnedClock) -> None:
    """I3: readers side by side, each outlasting its own faults, see every row once."""
    clinic = Cliniko(clock.now)
    clinic.switches.rate_limit = None
    for number in range(40):
        clinic.add_patient(first_name=f"N{number}", last_name="Lim")
    with serve(clinic, Faults.random(3, 0.15, SURVIVABLE)) as server:
        client = cliniko(server.base_url, key=clinic.key)
        counts: list[int] = []

        def read() -> None:
            after: str | None = None
            seen = 0
            for _ in itertools.count():
                try:
                    page = client.list_page("patients", (), after, per_page=7)
                except ServiceUnavailable:
                    continue
                seen += len(page.rows)
                if not page.has_next:
                    counts.append(seen)
                    return
                after = page.rows[-1]["id"]

        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert counts == [40] * 4
