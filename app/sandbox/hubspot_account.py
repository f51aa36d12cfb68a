"""What an account tells about itself: details, limits and their use, and what a key may do."""

from __future__ import annotations

from collections.abc import Collection
from zoneinfo import ZoneInfo

from app.sandbox.hubspot_data import PortalData
from app.sandbox.hubspot_kinds import CONTACTS, KINDS, Kind
from app.sandbox.hubspot_replies import Json, ok
from app.sandbox.messages import Reply

_LABELS = {"contacts": ("Contact", "Contacts"), "deals": ("Deal", "Deals")}


def details(data: PortalData) -> Reply:
    """GET of the account's details."""
    account = data.account
    offset = data.now().astimezone(ZoneInfo(account.time_zone)).utcoffset()
    seconds = round(offset.total_seconds()) if offset else 0
    sign, minutes = ("-" if seconds < 0 else "+"), abs(seconds) // 60
    return ok(
        {
            "portalId": account.portal_id,
            "accountType": account.kind,
            "timeZone": account.time_zone,
            "companyCurrency": account.currency,
            "additionalCurrencies": [],
            "utcOffset": f"{sign}{minutes // 60:02d}:{minutes % 60:02d}",
            "utcOffsetMilliseconds": seconds * 1000,
            "uiDomain": account.ui_domain,
            "dataHostingLocation": account.hosting,
        }
    )


def token_info(data: PortalData, scopes: Collection[str]) -> Reply:
    """What a key may do, and whose it is."""
    account = data.account
    return ok(
        {
            "userId": 60_001_234,
            "hubId": account.portal_id,
            "appId": int(account.app_id),
            "scopes": sorted(scopes),
        }
    )


def limits(data: PortalData, what: str) -> Reply | None:
    """GET of a limit; None for those that are not simulated."""
    match what:
        case "custom-properties":
            return ok(_custom_properties(data))
        case "records":
            return ok(_records(data))
        case "pipelines":
            return ok(_pipelines(data))
        case _:
            return None


def _row(kind: Kind, limit: int, usage: int) -> Json:
    singular, plural = _LABELS[kind.name]
    return {
        "objectTypeId": kind.type_id,
        "singularLabel": singular,
        "pluralLabel": plural,
        "limit": limit,
        "usage": usage,
        "percentage": round(100 * usage / limit, 2) if limit else 100.0,
    }


def _overall(limit: int, usage: int) -> Json:
    percentage = round(100 * usage / limit, 2) if limit else 100.0
    return {"overallLimit": limit, "overallUsage": usage, "overallPercentage": percentage}


def _custom_properties(data: PortalData) -> Json:
    rows = [
        _row(kind, data.plan.custom_properties, data.definitions[kind.name].custom_count)
        for kind in KINDS.values()
    ]
    usage = sum(row["usage"] for row in rows)
    return {**_overall(data.plan.overall_properties, usage), "byObjectType": rows}


def _no_custom_objects() -> Json:
    return {**_overall(0, 0), "byObjectType": []}


def _records(data: PortalData) -> Json:
    rows = [
        _row(kind, data.plan.contacts if kind is CONTACTS else 15_000_000, len(data.of(kind).active))
        for kind in KINDS.values()
    ]
    return {"hubspotDefinedObjectTypes": rows, "customObjectTypes": _no_custom_objects()}


def _pipelines(data: PortalData) -> Json:
    known = data.pipelines.known
    counts_default = data.switches.pipeline_usage_counts_default
    usage = len(known) if counts_default else len(known.keys() - {"default"})
    row = _row(KINDS["deals"], data.plan.pipelines, usage)
    return {"hubspotDefinedObjectTypes": [row], "customObjectTypes": _no_custom_objects()}
