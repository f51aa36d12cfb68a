"""Referral sources: a list of its own in Cliniko, read by its own change date, since a patient's date may not
move with it (R4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.people import Referral
from app.errors import RequestRefused, RightsMissing
from app.streams.cliniko_json import id_in_address, link
from app.sync.accounts import cached_list
from app.sync.contact_names import contact_names
from app.sync.fetch import PassReader
from app.sync.ports import Json
from app.sync.run import Run

RESOURCE = "referral_sources"
HIDDEN = ("archived_at:*",)
SIDE = "referral"
REFERRED = "referred_by"


def read_referrals(run: Run, reader: PassReader) -> None:
    """Read what changed, keep it beside the patients, and mark linked records it concerns as wanted."""
    cursor = run.store.cursor(RESOURCE)
    try:
        while rows := reader.take(100):
            run.check_stop()
            _keep(run, rows)
            reader.read_ahead()
            if not reader.is_done:
                run.store.save_cursor(reader.placed(str(rows[-1].get("id")), ""))
    except RightsMissing:
        run.note_once(
            "no_referrals", "The Cliniko key may not read referral sources; they stay blank.", "patients"
        )
        return
    except RequestRefused as error:
        if error.status != 404:
            raise
        return
    finished = reader.finished("")
    if finished != cursor:
        run.store.save_cursor(finished)


def _keep(run: Run, rows: list[Json]) -> None:
    fresh: dict[str, dict[str, Any]] = {}
    for row in rows:
        patient_id = link(row, "patient") or _patient_of_self(row)
        if not patient_id:
            continue
        fresh[patient_id] = _facts(row)
    before = run.store.side_rows(SIDE, fresh)
    changed = {patient_id: row for patient_id, row in fresh.items() if before.get(patient_id) != row}
    if not changed:
        return
    referrers = {str(row["referrer"]) for row in [*changed.values(), *before.values()] if _is_contact(row)}
    referred = {key: dict(value) for key, value in run.store.side_rows(REFERRED, referrers).items()}
    for patient_id, row in changed.items():
        old = before.get(patient_id)
        if old is not None and _is_contact(old):
            referred.setdefault(str(old["referrer"]), {}).pop(patient_id, None)
        if _is_contact(row):
            referred.setdefault(str(row["referrer"]), {})[patient_id] = row["on"]
    with run.store.write():
        run.store.save_side_rows(SIDE, changed)
        run.store.save_side_rows(REFERRED, referred)
        _want(run, "patients", "patient", changed)
        _want(run, "contacts", "contact", referred)


def keep_pushed(run: Run, patient_id: str, type_id: str, row: Json) -> None:
    """Remember what Cliniko answered to a referral source of our own writing: the contact is brought up to date
    before the list is read again (R6)."""
    facts = _facts(row)
    run.store.save_side_rows(SIDE, {patient_id: {**facts, "type": facts["type"] or type_id}})


def _facts(row: Json) -> dict[str, Any]:
    return {
        "type": link(row, "referral_source_type"),
        "subcategory": str(row.get("subcategory") or "").strip(),
        "referrer_type": str(row.get("referrer_type") or "").strip(),
        "referrer": link(row, "referrer"),
        "archived": bool(row.get("archived_at")),
        "on": str(row.get("created_at") or "")[:10],
    }


def _want(run: Run, stream: str, kind: Any, ids: Mapping[str, Any]) -> None:
    known = run.store.records(kind, ids)
    linked = {
        cliniko_id for cliniko_id, record in known.items() if record.hubspot_id and record.state == "linked"
    }
    run.want(stream, linked)


def _is_contact(row: Mapping[str, Any]) -> bool:
    return (
        str(row.get("referrer_type")) == "Contact" and bool(row.get("referrer")) and not row.get("archived")
    )


def referrals_of(run: Run, patient_ids: list[str]) -> dict[str, Referral]:
    """The referral of each of these patients that has one, with type and referring contact by name."""
    rows = run.store.side_rows(SIDE, patient_ids)
    if not rows:
        return {}
    types = {str(row.get("id")): str(row.get("name") or "") for row in _types(run)}
    missing = {str(row["type"]) for row in rows.values()} - set(types) - {""}
    if missing:
        types = {str(row.get("id")): str(row.get("name") or "") for row in _types(run, refresh=True)}
    contacts = (
        contact_names(run, [str(row["referrer"]) for row in rows.values() if _is_contact(row)])
        if "cliniko_referrer_name" in run.names.get("contacts", ())
        else {}
    )
    found: dict[str, Referral] = {}
    for patient_id, row in rows.items():
        if row.get("archived"):
            continue
        found[patient_id] = Referral(
            type_name=types.get(str(row["type"]), ""),
            subcategory=str(row["subcategory"]),
            referrer_type=str(row["referrer_type"]),
            referrer_id=str(row["referrer"]),
            referrer_name=contacts.get(str(row["referrer"]), "") if _is_contact(row) else "",
        )
    return found


def _types(run: Run, refresh: bool = False) -> list[Json]:
    return cached_list(
        run.store, run.cliniko, run.clock, "referral_source_types", ("archived_at:*",), refresh=refresh
    )


def type_names(run: Run) -> dict[str, str]:
    """Names of the kinds of referral by id, as far as they were asked for; read afresh when they are a day old."""
    if run.store.cached("referral_source_types") is None:
        return {}
    return {str(row.get("id")): str(row.get("name") or "") for row in _types(run)}


def _patient_of_self(row: Json) -> str:
    """A referral source's own address is patient-scoped: …/patients/5/referral_source."""
    links = row.get("links")
    own = links.get("self") if isinstance(links, Mapping) else None
    return id_in_address(own) if isinstance(own, str) else ""
