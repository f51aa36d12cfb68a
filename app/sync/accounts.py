"""Whose data this is: both accounts are checked before any write, and the clinic's own facts are read (I10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.clock import Clock
from app.errors import AccountChanged, RequestRefused, RightsMissing
from app.matching.stop_list import stop_list
from app.streams.custom_fields import defined_fields
from app.sync.ahead import Ahead
from app.sync.fetch import whole_list
from app.sync.ports import ClinikoPort, HubSpotPort, Json
from app.sync.run import Clinic
from app.sync.storage import Storage

CATALOGUE_AGE = timedelta(hours=20)


def check_accounts(
    store: Storage,
    cliniko: ClinikoPort,
    hubspot: HubSpotPort,
    clock: Clock,
    pin: bool,
    ahead: Ahead | None = None,
) -> tuple[Clinic, str]:
    """Read both accounts, compare them with what this database belongs to, and return clinic and portal id.

    `pin` remembers them at the first real connection; `ahead` may hold their answers already. Raises
    AccountChanged (exit 7), KeysRefused, TryLater.
    """
    answers = ahead or Ahead()
    try:
        public = answers.take("settings/public", cliniko.public_settings)
    except RightsMissing:
        # Costs only the clinic's own words; its records are checked by their own lists (R26).
        public = {}
    account = _dict(public.get("account"))
    hub = answers.take("account", hubspot.account)
    known_clinic, known_portal = store.fact("clinic_account"), store.fact("portal_id")
    clinic_id = str(account.get("id") or "")
    if known_portal and known_portal != hub.portal_id:
        raise AccountChanged("HubSpot")
    if known_clinic and clinic_id and known_clinic != clinic_id:
        raise AccountChanged("Cliniko")
    if pin:
        with store.write():
            _remember(store, "portal_id", hub.portal_id)
            _remember(store, "clinic_account", clinic_id)
            _remember(store, "clinic_name", str(account.get("name") or ""))
            _remember(store, "portal_ui_domain", hub.ui_domain)
            _remember(
                store, "patient_word", str(_dict(public.get("terminology")).get("patient") or "patient")
            )
    subdomain = str(account.get("subdomain") or "")
    web_url = f"https://{subdomain}.{cliniko.shard}.cliniko.com" if subdomain else ""
    if pin:
        _remember(store, "clinic_web_url", web_url)
    businesses = cached_list(store, cliniko, clock, "businesses", ("archived_at:*", "deleted_at:*"))
    country = str(account.get("country_code") or "")
    own = stop_list([str(row.get("email_reply_to") or "") for row in businesses], [], country)
    clinic = Clinic(
        clinic_id,
        str(account.get("name") or ""),
        country,
        clinic_zone(businesses, hub.time_zone),
        web_url,
        own,
        defined_fields(public),
    )
    return clinic, hub.portal_id


def clinic_zone(businesses: Sequence[Json], fallback: str) -> ZoneInfo:
    """The zone of the clinic's first business in use; the portal's where it may not be read."""
    for row in businesses:
        if not row.get("archived_at"):
            zone = _zone(str(row.get("time_zone_identifier") or ""))
            if zone is not None:
                return zone
    return _zone(fallback) or ZoneInfo("UTC")


def cached_list(
    store: Storage,
    cliniko: ClinikoPort,
    clock: Clock,
    resource: str,
    hidden: tuple[str, ...] = (),
    refresh: bool = False,
) -> list[Json]:
    """A small list (businesses, types ...), read whole once a day (R4); [] where the key may not read it."""
    kept = store.cached(resource)
    if kept is not None and not refresh and clock.now() - kept[1] < CATALOGUE_AGE:
        return list(kept[0])
    try:
        rows = list(whole_list(cliniko, resource, hidden))
    except RightsMissing:
        rows = list(kept[0]) if kept else []
    except RequestRefused as error:
        if error.status != 404:
            raise
        rows = []
    store.set_cached(resource, rows, clock.now())
    return rows


def _remember(store: Storage, key: str, value: str) -> None:
    if value and store.fact(key) != value:
        store.set_fact(key, value)


def _zone(name: str) -> ZoneInfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
