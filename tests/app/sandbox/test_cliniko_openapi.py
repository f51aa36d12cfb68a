"""Every list and single read against the vendor's own description, where a copy is at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.sandbox.cliniko_catalogue import NESTED, RESOURCES
from tests.app.sandbox.cliniko_caller import START, Caller

FILE = os.environ.get("CLINIKO_OPENAPI_FILE")
pytestmark = pytest.mark.skipif(not FILE, reason="CLINIKO_OPENAPI_FILE names no copy of the description")

LISTS = [name for name, resource in RESOURCES.items() if "list" in resource.verbs]
READS = [name for name, resource in RESOURCES.items() if "read" in resource.verbs]


def described(document: Any) -> Any:
    """The description with what published samples contradict put right, closed against unknown keys."""
    schemas = document["components"]["schemas"]
    # Its own sample of a booked appointment shows an empty text that its list of reasons leaves out.
    schemas["IndividualAppointment"]["properties"]["cancellation_reason_description"]["enum"].append("")
    # Seen on real answers: no name on half-filled rows.
    for name in ("first_name", "last_name"):
        schemas["Patient"]["properties"][name]["nullable"] = True
    for schema in schemas.values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    loosen(schemas)
    return document


def loosen(schema: Any) -> None:
    """Say in the words of JSON Schema what the description only implies."""
    if isinstance(schema, dict):
        if schema.get("nullable") is True and "enum" in schema and None not in schema["enum"]:
            schema["enum"].append(None)
        if isinstance(schema.get("pattern"), str) and "@" in schema["pattern"]:
            # Written for upper case, meant for any.
            schema["pattern"] = schema["pattern"].replace("A-Z", "A-Za-z")
        for part in schema.values():
            loosen(part)
    elif isinstance(schema, list):
        for part in schema:
            loosen(part)


@pytest.fixture(scope="module")
def document() -> Any:
    """The description, read once."""
    import yaml

    assert FILE is not None
    return described(yaml.safe_load(Path(FILE).read_text(encoding="utf-8")))


@pytest.fixture
def clinic_caller(caller: Caller) -> Iterator[Caller]:
    """A clinic with at least one record of each kind, some with everything filled and some with little."""
    clinic = caller.clinic
    doctor = clinic.add_contact(
        first_name="Sam", type_code=1, doctor_type="specialist", phone_numbers=[("Work", "03 5200 0000")]
    )
    concession = clinic.add_concession_type("Student")
    patient = clinic.add_patient(
        email="ines@example.test",
        date_of_birth="1984-11-02",
        patient_phone_numbers=[("Mobile", "0400 000 001")],
        country_code="AU",
        referring_doctor_id=doctor,
        concession_type_id=concession,
        accepted_privacy_policy=True,
    )
    loser = clinic.add_patient(first_name=None)
    clinic.merge_patients(loser, patient)
    for kind, referrer in ((None, None), ("Contact", doctor), ("Patient", patient)):
        source = clinic.add_referral_source_type(str(kind), kind, ["Radio"])
        clinic.set_referral_source(patient, source, referrer)
    item = clinic.add_billable_item("Consultation", "90", clinic.add_tax())
    kind_id = clinic.add_appointment_type("Standard", deposit_price="20")
    clinic.add_type_item(kind_id, item, discount_percentage="10")
    clinic.add_practitioner(first_name="Bea", active=False)
    case = clinic.add_case(patient, contact_id=doctor, issue_date="2026-01-10", max_sessions=5)
    visit = clinic.add_appointment(patient, START, patient_case_id=case)
    clinic.cancel_appointment(clinic.add_appointment(patient, START + timedelta(days=1)))
    clinic.mark_did_not_arrive(visit)
    clinic.add_group_appointment(START, [patient])
    clinic.add_unavailable_block(START)
    invoice = clinic.add_invoice(patient, [{"billable_item_id": item}], appointment_id=visit)
    clinic.credit_invoice(invoice)
    yield caller


def problems(document: Any, template: str, answer: Any) -> list[str]:
    """What the answer does wrong by the description of a path."""
    from openapi_schema_validator import OAS30Validator

    operation = document["paths"][template]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    inlined = {**schema, "components": document["components"]}
    found = OAS30Validator(inlined).iter_errors(answer)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in found]


def hidden(name: str) -> list[str]:
    return [f"{field}:*" for field in RESOURCES[name].hidden]


@pytest.mark.parametrize("name", LISTS)
def test_lists(clinic_caller: Caller, document: Any, name: str) -> None:
    """Facts: each list has the published shape, hidden records included."""
    answer = clinic_caller.get(name, *hidden(name)).json()
    assert answer[name]
    assert problems(document, f"/{name}", answer) == []


@pytest.mark.parametrize("name", READS)
def test_single_reads(clinic_caller: Caller, document: Any, name: str) -> None:
    """Facts: each single read has the published shape."""
    for one in clinic_caller.ids(name, *hidden(name)):
        answer = clinic_caller.get(f"{name}/{one}", *hidden(name)).json()
        assert problems(document, f"/{name}/{{id}}", answer) == []


@pytest.mark.parametrize("path", ["user", "settings", "settings/public", "practitioners/inactive"])
def test_single_roads(clinic_caller: Caller, document: Any, path: str) -> None:
    """Facts: the roads without an id."""
    assert problems(document, f"/{path}", clinic_caller.get(path).json()) == []


def test_the_referral_source_of_a_patient(clinic_caller: Caller, document: Any) -> None:
    """Facts: the sub-resource has the published shape."""
    patient = clinic_caller.ids("patients")[0]
    answer = clinic_caller.get(f"patients/{patient}/referral_source").json()
    assert problems(document, "/patients/{patient_id}/referral_source", answer) == []


def test_each_filter_is_published(document: Any) -> None:
    """Facts: the filters are those of the description, no more and no less."""
    import re

    for name in LISTS:
        parameters = document["paths"][f"/{name}"]["get"]["parameters"]
        text = next((one["description"] for one in parameters if one.get("name") == "q[]"), "")
        published = set(re.findall(r"^\| (\w+) \| \[", text, re.MULTILINE))
        offered = set(RESOURCES[name].all_filters)
        if name == "unavailable_blocks":
            published -= {"unavailable_block_type_id"}
        assert offered == published, name


def test_each_road_is_published(document: Any) -> None:
    """Facts: nothing is routed that the description does not know."""
    paths = {re_shaped(path): set(verbs) for path, verbs in document["paths"].items()}
    methods = {"list": "get", "create": "post"}
    single = {"read": "get", "update": "patch", "delete": "delete", "remove": "delete"}
    acts = {"archive": "post", "unarchive": "post", "cancel": "patch", "conflicts": "get"}
    for name, resource in RESOURCES.items():
        for verb in resource.verbs:
            if verb in methods:
                assert methods[verb] in paths[f"/{name}"], (name, verb)
            elif verb in single:
                assert single[verb] in paths[f"/{name}/*"], (name, verb)
            else:
                assert acts[verb] in paths[f"/{name}/*/{verb}"], (name, verb)
    for parent, child in NESTED:
        assert "get" in paths[f"/{parent}/*/{child}"]


def re_shaped(path: str) -> str:
    return "/".join("*" if part.startswith("{") else part for part in path.split("/"))
