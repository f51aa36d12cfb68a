"""Deal pipelines and stages: ids, clashes, order, replacement and purge."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.sandbox.hubspot_caller import Caller, caller

PATH = "/crm/pipelines/{v}/deals"


def stage(name: str, place: int, probability: Any = "0.5", **more: Any) -> dict[str, Any]:
    """A stage as sent."""
    return {
        "stageId": f"visit_{name.lower()}",
        "label": name,
        "displayOrder": place,
        "metadata": {"probability": probability},
        **more,
    }


def visits(**more: Any) -> dict[str, Any]:
    """A pipeline as sent."""
    stages = [stage("Booked", 0), stage("Done", 1, "1"), stage("Cancelled", 2, "0.0")]
    return {"pipelineId": "visits", "label": "Visits", "displayOrder": 10, "stages": stages, **more}


def stages_of(api: Caller, pipeline: str = "visits") -> list[tuple[str, int]]:
    """Ids and places as stored."""
    return [(row["id"], row["displayOrder"]) for row in api.get(f"{PATH}/{pipeline}")["stages"]]


def test_ids_are_honoured_and_closed_is_derived() -> None:
    """The answer repeats what was sent; only a read shows what is stored."""
    api = caller()
    body = api.post(PATH, visits())
    assert (api.status, body["id"]) == (201, "visits")
    assert body["stages"][1]["metadata"]["probability"] == "1"
    stored = api.get(f"{PATH}/visits")["stages"][1]
    assert stored["metadata"] == {"probability": "1.0", "isClosed": "true"}
    assert stored["writePermissions"] == "CRM_PERMISSIONS_ENFORCEMENT"


def test_ids_may_not_be_honoured() -> None:
    """By switch, and where none are sent: numbers."""
    api = caller(honours_pipeline_ids=False)
    body = api.post(PATH, visits())
    assert body["id"].isdigit() and all(row["id"].isdigit() for row in body["stages"])


def test_a_new_account_has_the_default_pipeline() -> None:
    """Id `default`, seven stages, made in 1970."""
    api = caller()
    (row,) = api.get(PATH)["results"]
    assert (row["id"], row["createdAt"], len(row["stages"])) == ("default", "1970-01-01T00:00:00.000Z", 7)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (visits(pipelineId="default"), 400),
        (visits(label="sales PIPELINE"), 400),
        (visits(stages=[]), 400),
        (visits(displayOrder=-1), 400),
        (visits(stages=[stage("Booked", 0), stage("booked", 1, stageId="other")]), 400),
        (visits(stages=[stage("Booked", 0), stage("Other", 1, stageId="visit_booked")]), 400),
        (visits(stages=[stage("Booked", 0, stageId="closedwon")]), 409),
        (visits(stages=[stage("Booked", 0, "1.5")]), 400),
        (visits(stages=[stage("Booked", 0, metadata={})]), 400),
        (visits(pipelineId="x" * 37), 500),
        (visits(stages=[stage("Booked", 0, stageId="x" * 101)]), 500),
        (visits(stages=[stage(f"S{number}", number) for number in range(101)]), 400),
    ],
)
def test_clashes_are_refused(body: dict[str, Any], status: int) -> None:
    """Ids, labels and probabilities have their rules; nothing half-made remains."""
    api = caller()
    api.post(PATH, body)
    assert api.status == status
    assert len(api.get(PATH)["results"]) == 1


def test_a_taken_place_means_after_it() -> None:
    """All are numbered anew; a free place is taken as it is."""
    api = caller()
    api.post(PATH, visits())
    api.post(f"{PATH}/visits/stages", stage("Arrived", 0))
    assert api.status == 201
    assert stages_of(api) == [
        ("visit_booked", 0),
        ("visit_arrived", 1),
        ("visit_done", 2),
        ("visit_cancelled", 3),
    ]
    api.post(f"{PATH}/visits/stages", stage("Late", 9))
    assert stages_of(api)[-1] == ("visit_late", 9)


def test_patch_merges_and_put_destroys() -> None:
    """PATCH needs metadata, be they empty; PUT deletes stages that are left out."""
    api = caller()
    api.post(PATH, visits())
    api.patch(f"{PATH}/visits/stages/visit_booked", {"label": "Open"})
    assert api.status == 400
    api.patch(f"{PATH}/visits/stages/visit_booked", {"label": "Open", "metadata": {}})
    assert api.get(f"{PATH}/visits/stages/visit_booked")["label"] == "Open"
    api.patch(f"{PATH}/visits", {"label": "Appointments"})
    assert api.get(f"{PATH}/visits")["label"] == "Appointments"
    kept = [stage("Done", 0, "1"), {"label": "New", "displayOrder": 1, "metadata": {"probability": "0.1"}}]
    api.call("PUT", f"{PATH}/visits", visits(stages=kept))
    ids = [one for one, _ in stages_of(api)]
    assert ids[0] == "visit_done" and ids[1].isdigit() and len(ids) == 2


@pytest.mark.parametrize("version", ["2026-03", "2026-09"])
def test_purging_what_is_in_use_depends_on_the_version(version: str) -> None:
    """2026-03 purges unless asked to look; 2026-09 refuses."""
    api = caller()
    api.version = version
    api.post(PATH, visits())
    deal = api.hubspot.add_deal(dealname="A", pipeline="visits", dealstage="visit_booked")
    api.call("DELETE", f"{PATH}/visits/stages/visit_booked", None, {"validateReferencesBeforeDelete": "true"})
    body = api.last.body
    assert isinstance(body, dict)
    assert api.status == 400 and body["subCategory"] == "PipelineError.STAGE_ID_IN_USE"
    assert body["context"]["objectIds"] == [deal]
    api.call("DELETE", f"{PATH}/visits")
    assert api.status == (400 if version == "2026-09" else 204)
    api.call("DELETE", f"{PATH}/visits/stages/never_was")
    assert api.status == (204 if version == "2026-09" else 404)


def test_the_plan_limits_pipelines() -> None:
    """Free has one and cannot add; the status of the refusal is a switch."""
    api = caller("free", pipeline_limit_status=402)
    api.post(PATH, visits())
    assert api.status == 402
    api = caller("starter")
    api.post(PATH, visits())
    assert api.status == 201


def test_users_rename_and_remove_stages() -> None:
    """A rename keeps the id; a removed stage is gone and its deals moved; the audit remembers programs."""
    api = caller()
    api.post(PATH, visits())
    deal = api.hubspot.add_deal(dealname="A", pipeline="visits", dealstage="visit_booked")
    api.hubspot.rename_stage("visit_done", "Attended")
    api.hubspot.delete_stage("visit_booked", move_to="visit_done")
    assert api.hubspot.deal(deal)["dealstage"] == "visit_done"
    assert [row["label"] for row in api.get(f"{PATH}/visits")["stages"]] == ["Attended", "Cancelled"]
    api.hubspot.move_deal(deal, "default", "closedlost")
    assert api.hubspot.deal(deal)["hs_is_closed_lost"] == "true"
    assert api.get(f"{PATH}/visits/audit")["results"][0]["action"] == "CREATE"
    api.hubspot.delete_pipeline("visits")
    api.get(f"{PATH}/visits")
    assert api.status == 404
