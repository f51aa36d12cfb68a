"""Batch writes: every input learns its own fate, whatever shape HubSpot's answer has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.clients.hubspot import HubSpotClient
from app.clients.hubspot_wire import API_VERSION
from app.errors import KeysRefused, OutcomeUnknown, RequestRefused, ServiceUnavailable
from app.sync.ports import Input
from tests.app.clients.small_server import Asked, Say, reset, small_server
from tests.app.owned_clock import OwnedClock

Make = Callable[..., HubSpotClient]
KEY = "cliniko_patient_key"


def inputs(*numbers: int, **properties: str) -> list[Input]:
    return [
        Input(f"p-{number}", str(number), {"firstname": f"N{number}", **properties}) for number in numbers
    ]


def result(record_id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": record_id,
        "properties": {},
        "updatedAt": "2026-11-20T01:00:00.000Z",
        "archived": False,
        **more,
    }


def sent(asked: Asked) -> list[str]:
    return [each["id"] for each in asked.json["inputs"]]


def test_what_is_sent(hubspot: Make) -> None:
    """apis 3.4: trace ids on every input, the key among the properties, one version segment."""
    with small_server([Say(body={"results": [result("9", new=True, objectWriteTraceId="p-1")]})]) as server:
        client = hubspot(server.base_url)
        written = client.batch_upsert("contacts", KEY, inputs(1))
        client.batch_upsert("deals", "cliniko_appointment_key", inputs(1))
        client.batch_update("deals", inputs(1))
    assert (written[0].trace, written[0].hubspot_id, written[0].is_new) == ("p-1", "9", True)
    assert written[0].updated_at == "2026-11-20T01:00:00.000Z"
    assert [asked.target for asked in server.asked] == [
        f"/crm/objects/{API_VERSION}/contacts/batch/upsert",
        f"/crm/objects/{API_VERSION}/0-3/batch/upsert",
        f"/crm/objects/{API_VERSION}/0-3/batch/update",
    ]
    assert server.asked[0].json == {
        "inputs": [
            {
                "id": "1",
                "idProperty": KEY,
                "objectWriteTraceId": "p-1",
                "properties": {KEY: "1", "firstname": "N1"},
            }
        ]
    }
    assert "idProperty" not in server.asked[2].json["inputs"][0]
    assert server.asked[0].headers["authorization"].startswith("Bearer pat-au1-")


def test_results_in_any_order(hubspot: Make) -> None:
    """apis 3.4: matched by trace, else by key, never by position."""
    by_trace = [result("22", objectWriteTraceId="p-2"), result("11", objectWriteTraceId="p-1")]
    by_key = [result("22", properties={KEY: "2"}), result("11", properties={KEY: "1"})]
    for results in (by_trace, by_key):
        with small_server([Say(body={"results": results})]) as server:
            written = hubspot(server.base_url).batch_upsert("contacts", KEY, inputs(1, 2))
        assert [each.hubspot_id for each in written] == ["11", "22"]
    by_id = [result("2"), result("1")]
    with small_server([Say(body={"results": by_id})]) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(1, 2))
    assert [each.hubspot_id for each in written] == ["1", "2"]


def test_a_result_without_key_or_trace_is_read_back(hubspot: Make) -> None:
    """apis 3.4: whether the key is echoed is not certain; then it is read, not guessed from the order."""

    def answer(asked: Asked) -> Say:
        if asked.target.endswith("read"):
            rows = [result("22", properties={KEY: "2"}), result("11", properties={KEY: "1"})]
            return Say(body={"results": rows})
        return Say(body={"results": [result("22", new=True), result("11")]})

    with small_server(answer) as server:
        written = hubspot(server.base_url).batch_upsert("contacts", KEY, inputs(1, 2))
    assert [(each.hubspot_id, each.is_new) for each in written] == [("11", False), ("22", True)]
    assert server.asked[1].json["idProperty"] == KEY


@pytest.mark.parametrize("status", [200, 207])
def test_errors_are_read_whatever_the_status(hubspot: Make, status: int) -> None:
    """apis 3.5: by trace, or several ids in one error; the others are written."""
    body = {
        "results": [result("4")],
        "numErrors": 2,
        "errors": [
            {
                "category": "CONFLICT",
                "message": "Contact already exists. Existing ID: 5011",
                "context": {"objectWriteTraceId": ["p-1"]},
            },
            {"category": "OBJECT_NOT_FOUND", "context": {"ids": ["2", "3"]}},
        ],
    }
    with small_server([Say(status, body)]) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(1, 2, 3, 4))
        assert len(server.asked) == 1
    refusals = [each.refusal for each in written]
    assert refusals[0] is not None and (refusals[0].code, refusals[0].owner_id) == ("email_conflict", "5011")
    assert [refusal.code if refusal else None for refusal in refusals[1:]] == ["not_found", "not_found", None]
    assert written[3].hubspot_id == "4"


def test_a_merged_record_is_followed(hubspot: Make) -> None:
    """R14: an update by an old id answers with the survivor's id, for one and for two old ids."""
    with small_server([Say(body={"results": [result("77"), result("2")]})]) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(1, 2))
    assert [each.hubspot_id for each in written] == ["77", "2"]

    def answer(asked: Asked) -> Say:
        if asked.target.endswith("read"):
            return Say(body={"results": [result("77", properties={"hs_merged_object_ids": "1;2"})]})
        return Say(body={"results": [result("77"), result("3")]})

    with small_server(answer) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(1, 2, 3))
    assert [each.hubspot_id for each in written] == ["77", "77", "3"]


def refuses(bad: set[str], body: Callable[[str], Any], status: int = 400) -> Callable[[Asked], Say]:
    """A HubSpot without 207: one bad input spoils the whole call."""

    def answer(asked: Asked) -> Say:
        wrong = [each for each in sent(asked) if each in bad]
        if wrong:
            return Say(status, body(wrong[0]))
        return Say(body={"results": [result(each) for each in reversed(sent(asked))]})

    return answer


def test_one_bad_input_spoils_only_itself(hubspot: Make) -> None:
    """apis 3.5: a whole-call refusal that names nobody is cut in halves until the culprit stands alone."""
    answer = refuses(
        {"17", "60"}, lambda _: {"category": "CONFLICT", "message": "Contact already exists"}, 409
    )
    with small_server(answer) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(*range(1, 101)))
        assert len(server.asked) <= 30
    assert [each.trace for each in written if each.refusal] == ["p-17", "p-60"]
    assert all(each.hubspot_id for each in written if not each.refusal)


def test_a_named_culprit_costs_one_more_call(hubspot: Make) -> None:
    """apis 3.5: where the body names the input nothing is cut."""
    answer = refuses(
        {"17"},
        lambda bad: {"errors": [{"code": "INVALID_EMAIL", "context": {"objectWriteTraceId": [f"p-{bad}"]}}]},
    )
    with small_server(answer) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(*range(1, 101)))
        assert len(server.asked) == 2
    assert [each.trace for each in written if each.refusal] == ["p-17"]


def test_a_value_named_in_the_text_is_found(hubspot: Make) -> None:
    """apis 3.6: every input with the very value the text begins with is guilty; allowed values are not."""
    text = "gone is not a valid pipeline stage ID. Valid options are: booked, arrived"
    answer = refuses({"1", "2"}, lambda _: {"errors": [{"code": "INVALID_OPTION", "message": text}]})
    wanted = [*inputs(1, 2, dealstage="gone"), *inputs(3, dealstage="booked")]
    with small_server(answer) as server:
        written = hubspot(server.base_url).batch_update("deals", wanted)
        assert len(server.asked) == 2
    assert [each.refusal.code if each.refusal else "" for each in written] == [
        "invalid_stage",
        "invalid_stage",
        "",
    ]


def test_a_new_property_is_waited_for_once(hubspot: Make, clock: OwnedClock) -> None:
    """apis 5.2: a property just created may be unknown for two seconds; then it is named, and not waited for again."""
    unknown = Say(
        400, {"errors": [{"code": "PROPERTY_DOESNT_EXIST", "context": {"propertyName": ["firstname"]}}]}
    )
    with small_server([unknown, Say(body={"results": [result("1"), result("2")]})]) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(1, 2))
        assert [each.refusal for each in written] == [None, None]
    before = clock.monotonic()
    with small_server([unknown]) as server:
        client = hubspot(server.base_url)
        for _ in range(2):
            written = client.batch_update("contacts", inputs(1, 2))
            assert all(each.refusal and each.refusal.code == "unknown_property" for each in written)
        assert len(server.asked) == 3, "all inputs with that property are refused by one call"
    assert clock.monotonic() - before < 3


def test_the_same_record_twice(hubspot: Make) -> None:
    """apis 3.5: an id stands once in a call; the later input goes into a later one."""
    seen: list[list[str]] = []

    def answer(asked: Asked) -> Say:
        seen.append(sent(asked))
        return Say(body={"results": [result(each) for each in sent(asked)]})

    wanted = [Input("a", "1", {"x": "1"}), Input("b", "2", {"x": "1"}), Input("c", "1", {"x": "2"})]
    with small_server(answer) as server:
        written = hubspot(server.base_url).batch_update("contacts", wanted)
    assert seen == [["1", "2"], ["1"]]
    assert [each.hubspot_id for each in written] == ["1", "2", "1"]


def test_more_than_a_hundred(hubspot: Make) -> None:
    """apis 2.2: at most 100 inputs a call."""
    sizes: list[int] = []

    def answer(asked: Asked) -> Say:
        sizes.append(len(sent(asked)))
        return Say(body={"results": [result(each) for each in sent(asked)]})

    with small_server(answer) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(*range(250)))
    assert sizes == [100, 100, 50] and len(written) == 250


def test_a_lost_answer_is_asked_for_again(hubspot: Make) -> None:
    """I1: updates and upserts may be repeated; when the answer stays lost the outcome is unknown."""
    with small_server([Say(raw_socket=reset), Say(body={"results": [result("1")]})]) as server:
        assert hubspot(server.base_url).batch_update("contacts", inputs(1))[0].hubspot_id == "1"
    with small_server([Say(raw_socket=reset)]) as server, pytest.raises(OutcomeUnknown):
        hubspot(server.base_url).batch_update("contacts", inputs(1))


def test_what_is_known_survives_a_failure(hubspot: Make) -> None:
    """I1: outcomes of an earlier call are kept when HubSpot falls silent; the rest is unknown."""
    first = Say(body={"results": [result(str(number)) for number in range(100)]})
    with small_server([first, Say(503, {})]) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(*range(150)))
    assert [each.unknown for each in written] == [False] * 100 + [True] * 50


@pytest.mark.parametrize(
    "body", [{}, {"status": "COMPLETE"}, {"results": []}, {"results": None, "errors": "x"}]
)
def test_an_answer_that_says_nothing(hubspot: Make, body: Any) -> None:
    """apis 3.5: an input in neither list is unknown, and that costs no flood of calls."""
    with small_server([Say(body=body)]) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(*range(10)))
        assert len(server.asked) <= 2
    assert all(each.unknown and each.refusal is None for each in written)


def test_an_input_nobody_mentions(hubspot: Make) -> None:
    """apis 3.5: an input missing in the answer is asked about alone, once."""
    with small_server([Say(body={"results": [result("1")]}), Say(body={"results": [result("2")]})]) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(1, 2))
        assert [sent(asked) for asked in server.asked] == [["1", "2"], ["2"]]
    assert [each.hubspot_id for each in written] == ["1", "2"]


def test_slow_batches_are_halved(hubspot: Make) -> None:
    """apis 2.5: what a gateway gives up on is sent in smaller portions."""

    def answer(asked: Asked) -> Say:
        if len(sent(asked)) > 25:
            return Say(504, b"<html>")
        return Say(body={"results": [result(each) for each in sent(asked)]})

    with small_server(answer) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(*range(100)))
    assert all(each.hubspot_id for each in written)
    with small_server([Say(504, b"")]) as server:
        with pytest.raises(ServiceUnavailable):
            hubspot(server.base_url).batch_update("contacts", inputs(*range(100)))
        assert len(server.asked) <= 12


def test_keys_refused_in_the_middle(hubspot: Make) -> None:
    """A refused key ends everything; it is no refusal of records."""
    with (
        small_server([Say(401, {"category": "INVALID_AUTHENTICATION"})]) as server,
        pytest.raises(KeysRefused),
    ):
        hubspot(server.base_url).batch_update("contacts", inputs(1, 2))


def test_archive(hubspot: Make) -> None:
    """Archiving is by id, 100 a call, with no answer to read."""
    with small_server([Say(204)]) as server:
        hubspot(server.base_url).archive("contacts", [str(number) for number in range(150)] + ["1"])
    assert [len(sent(asked)) for asked in server.asked] == [100, 50]


def test_a_portal_that_refuses_everything_alike(hubspot: Make) -> None:
    """I7: a full portal or the like refuses a hundred inputs in a few calls, not in two hundred."""
    answer = refuses({str(number) for number in range(100)}, lambda _: {"category": "VALIDATION_ERROR"})
    with small_server(answer) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(*range(100)))
        assert len(server.asked) <= 40
    assert all(each.refusal and each.refusal.code == "validation" for each in written)


def test_many_refused_alike_do_not_condemn_the_rest(hubspot: Make) -> None:
    """I3: after a long row of refusals the rest is still written where samples of it succeed."""
    answer = refuses({str(number) for number in range(30)}, lambda _: {"category": "VALIDATION_ERROR"})
    with small_server(answer) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(*range(100)))
    assert [bool(each.hubspot_id) for each in written] == [False] * 30 + [True] * 70


@pytest.mark.parametrize("answer", [Say(402, {"message": "x"}), Say(404, b"<html>"), Say(405, b"")])
def test_a_call_refused_as_such(hubspot: Make, answer: Say) -> None:
    """I7: what cannot be an input's fault is not searched for among the inputs."""
    with small_server([answer]) as server:
        with pytest.raises(RequestRefused):
            hubspot(server.base_url).batch_update("contacts", inputs(*range(100)))
        assert len(server.asked) == 1


def test_a_key_that_is_no_longer_unique(hubspot: Make) -> None:
    """R61: a user replaced our key by a plain property: the schema is broken, not a hundred records."""
    text = f"Unable to perform update/upsert by non-unique 0-1 property {KEY}"
    with small_server([Say(400, {"category": "VALIDATION_ERROR", "message": text})]) as server:
        written = hubspot(server.base_url).batch_upsert("contacts", KEY, inputs(*range(100)))
        assert len(server.asked) == 2
    assert {(each.refusal.code, each.refusal.properties) for each in written if each.refusal} == {
        ("unknown_property", (KEY,))
    }


def test_a_refusal_without_a_reason_is_looked_into(hubspot: Make) -> None:
    """R14: where HubSpot leaves every reason out, a read tells whether the record was deleted."""

    def answer(asked: Asked) -> Say:
        if asked.target.endswith("read"):
            return Say(body={"results": [result(each) for each in sent(asked) if each != "1"]})
        errors = [{"status": "error", "context": {"ids": ["1"]}}, {"context": {"objectWriteTraceId": "p-2"}}]
        return Say(207, {"results": [], "errors": errors})

    with small_server(answer) as server:
        written = hubspot(server.base_url).batch_update("contacts", inputs(1, 2))
    assert [each.refusal.code for each in written if each.refusal] == ["not_found", "other"]
