"""A record as the API tells it: stored and computed properties, history, its link and its associations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from app.sandbox.hubspot_data import API, PortalData
from app.sandbox.hubspot_kinds import CONTACTS, DEALS, Kind, iso, moment
from app.sandbox.hubspot_records import Record, Values
from app.sandbox.hubspot_replies import Json

Computed = Callable[[PortalData, Record], str | None]

# What an answer to a write carries besides the properties that were written.
_SYSTEM = ("hs_object_source", "hs_object_source_label", "hs_object_source_id")


def value_of(data: PortalData, kind: Kind, record: Record, name: str) -> str | None:
    """The value of a property, computed ones included; None when it has none."""
    rule = COMPUTED[kind.name].get(name)
    if rule is not None:
        return rule(data, record)
    return record.values.get(name)


def show(
    data: PortalData,
    kind: Kind,
    record: Record,
    names: Iterable[str] | None = None,
    history: Iterable[str] = (),
    linked: Iterable[Kind] = (),
) -> Json:
    """The record with the properties asked for (else the usual ones); unknown names are left out."""
    active = data.definitions[kind.name].active
    rules, values = COMPUTED[kind.name], record.values
    properties: dict[str, Any] = {}
    for name in kind.defaults if names is None else (*kind.always, *names):
        if name in active:
            rule = rules.get(name)
            properties[name] = rule(data, record) if rule else values.get(name)
    told = _frame(data, kind, record, properties)
    wanted = [name for name in history if name in active]
    if wanted:
        told["propertiesWithHistory"] = {name: history_of(data, kind, record, name) for name in wanted}
    found = {other.name: _associated(data, kind, record, other) for other in linked}
    if any(found.values()):
        told["associations"] = {name: {"results": rows} for name, rows in found.items() if rows}
    return told


def show_written(data: PortalData, kind: Kind, record: Record, written: Iterable[str]) -> Json:
    """The record as an answer to a write: what was written and some of the system's own properties."""
    rules, values = COMPUTED[kind.name], record.values
    properties: dict[str, Any] = {name: values[name] for name in written if name in values}
    for name in (*kind.always, *_SYSTEM):
        properties[name] = rules[name](data, record)
    if kind is CONTACTS and "lifecyclestage" in values:
        properties["lifecyclestage"] = values["lifecyclestage"]
    return _frame(data, kind, record, properties)


def _frame(data: PortalData, kind: Kind, record: Record, properties: Json) -> Json:
    told: Json = {
        "id": record.id,
        "properties": properties,
        "createdAt": iso(record.created),
        "updatedAt": iso(record.modified),
        "archived": record.archived is not None,
    }
    if record.archived is not None:
        told["archivedAt"] = iso(record.archived)
    if data.switches.with_url:
        account = data.account
        told["url"] = (
            f"https://{account.ui_domain}/contacts/{account.portal_id}/record/{kind.type_id}/{record.id}"
        )
    return told


def _associated(data: PortalData, kind: Kind, record: Record, other: Kind) -> list[Json]:
    name = f"{kind.singular}_to_{other.singular}"
    return [{"id": far_id, "type": name} for far_id in data.links.of(kind, record.id, other)]


def history_of(data: PortalData, kind: Kind, record: Record, name: str) -> list[Json]:
    """The values a property has had, newest first, each with its origin."""
    rows: list[Json] = []
    for event in record.events or ():
        old, new = event.before.get(name, ""), event.after.get(name, "")
        if name in event.names and old != new:
            row: Json = {"value": new, "timestamp": iso(event.at), "sourceType": event.source}
            if event.source == API:
                row["sourceId"] = data.account.app_id
            else:
                row["sourceId"] = "userId:60001234"
                row["updatedByUserId"] = 60_001_234
            rows.append(row)
    rows.reverse()
    return rows


def full(data: PortalData, kind: Kind, record: Record) -> Values:
    """Everything a record has, computed properties included, without what is empty."""
    found = {
        name: value for name, value in record.values.items() if name in data.definitions[kind.name].active
    }
    for name, rule in COMPUTED[kind.name].items():
        value = rule(data, record)
        if value:
            found[name] = value
    return found


def _source_label(data: PortalData, record: Record) -> str:
    return "Integration" if record.source == API else "CRM UI"


def _merged(data: PortalData, record: Record) -> str | None:
    return ";".join(record.merged) or None


def _all_ids(data: PortalData, record: Record) -> str:
    return ";".join((record.id, *record.merged))


def _domain(data: PortalData, record: Record) -> str | None:
    return record.values.get("email", "").partition("@")[2] or None


def _full_name(data: PortalData, record: Record) -> str | None:
    parts = (record.values.get("firstname", ""), record.values.get("lastname", ""))
    return " ".join(part for part in parts if part) or record.values.get("email")


def _probability(data: PortalData, record: Record) -> float | None:
    stage = data.pipelines.stage(record.values.get("dealstage", ""))
    return float(stage.probability) if stage else None


def _closed_amount(data: PortalData, record: Record) -> str:
    return record.values.get("amount", "0") if _probability(data, record) == 1.0 else "0"


def _projected(data: PortalData, record: Record) -> str | None:
    amount, probability = record.values.get("amount"), _probability(data, record)
    return None if amount is None or probability is None else _plain(float(amount) * probability)


def _days(data: PortalData, record: Record) -> str | None:
    closed = record.values.get("closedate")
    if closed is None:
        return None
    day = moment(record.created).date()
    return str(max(0, (type(day).fromisoformat(closed[:10]) - day).days))


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _yes(value: bool) -> str:
    return "true" if value else "false"


_EVERY: dict[str, Computed] = {
    "hs_object_id": lambda data, record: record.id,
    "createdate": lambda data, record: iso(record.created),
    "hs_createdate": lambda data, record: iso(record.created),
    "hs_lastmodifieddate": lambda data, record: iso(record.modified),
    "hs_merged_object_ids": _merged,
    "hs_object_source": lambda data, record: record.source,
    "hs_object_source_label": _source_label,
    "hs_object_source_id": lambda data, record: (
        data.account.app_id if record.source == API else "userId:60001234"
    ),
}
COMPUTED: dict[str, dict[str, Computed]] = {
    "contacts": {
        **_EVERY,
        "lastmodifieddate": lambda data, record: iso(record.modified),
        "hs_calculated_merged_vids": lambda data, record: (
            ";".join(f"{old}:{record.created}" for old in record.merged) or None
        ),
        "hs_all_contact_vids": _all_ids,
        "hs_email_domain": _domain,
        "hs_is_contact": lambda data, record: "true",
        "hs_full_name_or_email": _full_name,
        "num_associated_deals": lambda data, record: str(data.links.count(CONTACTS, record.id, DEALS)),
    },
    "deals": {
        **_EVERY,
        "hs_is_closed": lambda data, record: _yes(_probability(data, record) in (0.0, 1.0)),
        "hs_is_closed_won": lambda data, record: _yes(_probability(data, record) == 1.0),
        "hs_is_closed_lost": lambda data, record: _yes(_probability(data, record) == 0.0),
        "hs_deal_stage_probability": lambda data, record: (
            None if (found := _probability(data, record)) is None else _plain(found)
        ),
        "amount_in_home_currency": lambda data, record: record.values.get("amount"),
        "hs_closed_amount": _closed_amount,
        "hs_projected_amount": _projected,
        "days_to_close": _days,
        "num_associated_contacts": lambda data, record: str(data.links.count(DEALS, record.id, CONTACTS)),
    },
}
