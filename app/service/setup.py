"""Setting up: keys and what they may do, settings, and what the program owns in HubSpot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

from app.errors import (
    BadInput,
    ClinicBridgeError,
    DatabaseUnusable,
    KeysRefused,
    NotSetUp,
    RequestRefused,
    RightsMissing,
    TryLater,
)
from app.service.by_name import ByName, Choices
from app.service.property_list import property_rows
from app.service.shared import KEY as DATABASE_SETTING
from app.service.shared import SharedDatabase
from app.service.syncing import SyncEngine
from app.settings import Settings, Value, needs_yes, parse
from app.sync.ports import ClinikoPort, HubSpotPort
from app.sync.storage import Storage

Service = Literal["cliniko", "hubspot"]
SERVICES: Final[tuple[Service, ...]] = ("cliniko", "hubspot")
NAME: Final = {"cliniko": "Cliniko", "hubspot": "HubSpot"}

CLINIKO_RIGHTS: Final = (
    ("patients", "patients"),
    ("contacts", "contacts"),
    ("individual_appointments", "appointments"),
    ("attendees", "appointments"),
    ("appointment_types", "appointments"),
    ("practitioners", "appointments"),
    ("businesses", "appointments"),
    ("invoices", "invoices"),
    ("invoice_items", "invoices"),
)
"""What a stream cannot do without: (list, stream)."""

CLINIKO_EXTRAS: Final = (
    ("users", "deals get no owner from the practitioner"),
    ("patient_cases", "deals tell no case"),
    ("referral_sources", "the referral source stays blank"),
    ("billable_items", "appointments get no amount"),
    ("taxes", "amounts are without tax"),
)
"""What only costs something: (list, what it costs)."""

SCOPES: Final = (
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.deals.read",
    "crm.objects.deals.write",
    "crm.schemas.contacts.read",
    "crm.schemas.contacts.write",
    "crm.schemas.deals.read",
    "crm.schemas.deals.write",
    "crm.objects.owners.read",
)
WRITE_SCOPES: Final = tuple(scope for scope in SCOPES if scope.endswith(".write"))
EXTRA_SCOPES: Final = {"crm.objects.owners.read": "deals get no owner"}


@dataclass(frozen=True)
class Check:
    """One thing looked at: whether it is well, and in plain words what was found. `exit_code` is what a failed
    one alone would end with."""

    check: str
    ok: bool
    message: str
    exit_code: int = 0

    def as_json(self) -> dict[str, Any]:
        """One entry of `keys test --json` and `doctor --json`."""
        return {"check": self.check, "ok": self.ok, "message": self.message}


class KeyStore(Protocol):
    """Where keys are kept: the environment wins over the system's own password store."""

    def set(self, service: str, value: str) -> None: ...
    def forget(self, service: str | None = None) -> None: ...


class Clients(Protocol):
    """Makes the way to a service with its key. Both raise NotSetUp, KeyringUnusable, AddressRefused."""

    def cliniko(self) -> ClinikoPort: ...
    def hubspot(self) -> HubSpotPort: ...


class Setup:
    """What the set-up pages and words ask for."""

    def __init__(
        self,
        store: Callable[[], Storage],
        keys: KeyStore,
        clients: Clients,
        engine: Callable[[], SyncEngine],
        lock: Callable[[], AbstractContextManager[object]],
        shared: SharedDatabase,
    ) -> None:
        self._store, self._keys, self._clients = store, keys, clients
        self._engine, self._lock, self._shared = engine, lock, shared

    # settings

    def settings(self, only: str = "") -> Settings:
        """All settings as they are kept now. `only` names the one that is asked for: where the database is can be
        told without the database."""
        kept = {} if only == DATABASE_SETTING else self._store().settings()
        return Settings({**kept, DATABASE_SETTING: self._shared.address()})

    def set_setting(self, key: str, raw: str, yes: bool = False) -> Value:
        """Check and keep one setting as typed; returns its value. Raises BadInput, also where it needs a second,
        explicit yes (R24), and DatabaseUnusable for a shared database that cannot be used (R86)."""
        if key == DATABASE_SETTING:
            return self._shared.set(raw) or None
        value = parse(key, raw)
        warning = needs_yes(key, value, self.settings())
        if warning and not yes:
            raise BadInput(
                f"{key} needs --yes", sentence=warning, next_step="If you want that, say so with --yes."
            )
        self._store().set_setting(key, value)
        return value

    def choices(self, key: str) -> Choices:
        """By name, all that a setting of ids may be chosen from; asks the services, raises what the calls raise."""
        return ByName(self._store, self._clients).choices(key)

    def known_names(self, key: str) -> dict[str, str]:
        """Names of such ids as far as they are known on this computer; asks no service."""
        return ByName(self._store, self._clients).known(key)

    # keys

    def set_key(self, service: Service, secret: str) -> None:
        """Keep one key in the system's password store. Raises BadInput for what cannot be a key and
        KeyringUnusable; the key itself is in no error text (I6)."""
        self._keys.set(service, secret)

    def forget_keys(self) -> None:
        """Remove both keys from the system's password store."""
        self._keys.forget()

    def test_keys(self) -> list[Check]:
        """Whether both keys are accepted, whose account they open, and each right that is missing, by name."""
        return [*self._tests(self._test_cliniko, "cliniko"), *self._tests(self._test_hubspot, "hubspot")]

    def test_key(self, service: Service) -> list[Check]:
        """The same for one of them."""
        act = self._test_cliniko if service == "cliniko" else self._test_hubspot
        return list(self._tests(act, service))

    def _tests(self, act: Callable[[], Iterator[Check]], service: Service) -> Iterator[Check]:
        try:
            yield from act()
        except ClinicBridgeError as error:
            words = f"{error.sentence} {error.next_step}".strip()
            yield Check(f"{service} key", False, words, error.exit_code)

    def _test_cliniko(self) -> Iterator[Check]:
        cliniko = self._clients.cliniko()
        name, needed, settings = "", 0, self.settings()
        refused: list[Check] = []
        for resource, stream in CLINIKO_RIGHTS:
            is_used = settings.flag(f"streams.{stream}")
            if not self._may_read(cliniko, resource):
                words = f"The key may not read {resource}." + (
                    "" if is_used else f" Needed for {stream} only."
                )
                refused.append(Check(f"cliniko right {resource}", not is_used, words, 4 if is_used else 0))
            needed += 1
        for resource, cost in CLINIKO_EXTRAS:
            if not self._may_read(cliniko, resource):
                words = f"The key may not read {resource}: {cost}."
                refused.append(Check(f"cliniko right {resource}", True, words))
        try:
            account = cliniko.public_settings().get("account")
            name = str(account.get("name") or "") if isinstance(account, dict) else ""
        except RightsMissing:
            refused.append(
                Check("cliniko right settings", True, "The key may not read the clinic's settings.")
            )
        yield Check("cliniko key", True, f"Accepted: {name or 'a clinic without a name'}.")
        yield from refused or [Check("cliniko rights", True, f"All {needed} needed lists may be read.")]

    def _may_read(self, cliniko: ClinikoPort, resource: str) -> bool:
        try:
            cliniko.list_page(resource, per_page=1, sort="")
        except RightsMissing:
            return False
        except RequestRefused as error:
            if error.status != 404:
                raise
            return False
        return True

    def _test_hubspot(self) -> Iterator[Check]:
        hubspot = self._clients.hubspot()
        account = hubspot.account()
        yield Check("hubspot key", True, f"Accepted: portal {account.portal_id}.")
        granted = hubspot.granted_scopes()
        missing = (
            [scope for scope in SCOPES if scope not in granted]
            if granted is not None
            else self._probe_scopes(hubspot)
        )
        for scope in missing:
            cost = EXTRA_SCOPES.get(scope)
            words = f"The key lacks the scope {scope}" + (f": {cost}." if cost else ".")
            yield Check(f"hubspot scope {scope}", bool(cost), words, 0 if cost else 4)
        if granted is None:
            # Only a write would show whether these are there, and a test writes nothing.
            words = f"HubSpot does not tell whether the key has {', '.join(WRITE_SCOPES)}. The first run finds out."
            yield Check("hubspot scopes for writing", True, words)
        elif not missing:
            yield Check("hubspot scopes", True, f"All {len(SCOPES)} needed scopes are granted.")

    def _probe_scopes(self, hubspot: HubSpotPort) -> list[str]:
        """Where HubSpot does not tell the scopes: one cheap read for each that can be tried by reading."""
        probes: tuple[tuple[str, Callable[[], object]], ...] = (
            ("crm.objects.contacts.read", lambda: hubspot.list_page("contacts", ("email",), limit=1)),
            ("crm.objects.deals.read", lambda: hubspot.list_page("deals", ("dealname",), limit=1)),
            ("crm.schemas.contacts.read", lambda: hubspot.groups("contacts")),
            ("crm.schemas.deals.read", hubspot.pipelines),
            ("crm.objects.owners.read", hubspot.owners),
        )
        missing = []
        for scope, probe in probes:
            try:
                probe()
            except RightsMissing:
                missing.append(scope)
        return missing

    # what is owned in HubSpot

    def owned_properties(self) -> list[dict[str, Any]]:
        """Every property that is owned (R63). Without local data, or where it cannot be used, nothing is known of the
        clinic's own fields and of how many are filled in."""
        try:
            return property_rows(self._store() if self._shared.is_there() else None)
        except DatabaseUnusable:
            return property_rows()

    def schema_check(self) -> list[dict[str, Any]]:
        """Every difference between HubSpot's groups, properties, pipelines and stages and what is expected."""
        return self._engine().schema_check()

    def schema_repair(self) -> list[dict[str, Any]]:
        """Put back what is missing; returns what still differs."""
        engine = self._engine()
        with self._lock():
            return engine.schema_repair()


def exit_code_of(checks: list[Check]) -> int:
    """What a list of key checks ends with: refused or lacking keys before absent ones before an unreachable
    service, 0 where all is well."""
    codes = {check.exit_code for check in checks if not check.ok}
    order = (KeysRefused.exit_code, NotSetUp.exit_code, BadInput.exit_code, TryLater.exit_code)
    return next((code for code in order if code in codes), max(codes, default=0))
