"""Both connections as the window shows them: which keys are set, whose accounts they open, and who owns what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.errors import KeyringUnusable
from app.service.setup import SERVICES, Check, Clients, Service, Setup


class SessionKeys(Protocol):
    """Where keys are kept, with what only a window offers: keeping one for this session."""

    def source(self, service: str) -> str: ...
    def keep_for_session(self, service: str, value: str) -> None: ...
    def forget(self, service: str | None = None) -> None: ...


class Facts(Protocol):
    """Small facts of the local data."""

    def fact(self, key: str) -> str | None: ...


@dataclass(frozen=True)
class Connection:
    """One service: where its key comes from (`environment`, `session`, `keyring`, "" for none), whose account
    was last met, and why the password store cannot be asked ("" where it can)."""

    service: Service
    source: str
    account: str
    trouble: str = ""


class Connections:
    """Keys and accounts for the settings page and the wizard."""

    def __init__(self, setup: Setup, keys: SessionKeys, clients: Clients, facts: Callable[[], Facts]) -> None:
        self._setup, self._keys, self._clients, self._facts = setup, keys, clients, facts

    def all(self) -> list[Connection]:
        """Both, without asking either service. May wait for the password store."""
        return [self._one(service) for service in SERVICES]

    def _one(self, service: Service) -> Connection:
        name = "clinic_name" if service == "cliniko" else "portal_id"
        account = self._facts().fact(name) or ""
        try:
            return Connection(service, self._keys.source(service), account)
        except KeyringUnusable as error:
            return Connection(service, "", account, f"{error.sentence} {error.next_step}")

    def set(self, service: Service, secret: str, for_session: bool = False) -> list[Check]:
        """Keep a key and test it. Raises BadInput and, unless it is for this session, KeyringUnusable."""
        if for_session:
            self._keys.keep_for_session(service, secret)
        else:
            self._setup.set_key(service, secret)
        return self._setup.test_key(service)

    def test(self, service: Service) -> list[Check]:
        """Whether the key is accepted and what it may do."""
        return self._setup.test_key(service)

    def forget(self, service: Service) -> None:
        """Take one key out of memory and the password store."""
        self._keys.forget(service)

    def limits(self) -> list[tuple[str, int | None, int | None]]:
        """For contacts and deals: how many custom properties the plan allows and how many are used, None where
        HubSpot does not tell. Asks HubSpot."""
        found = self._clients.hubspot().property_limits("contacts", "deals")
        return [(kind, limits.limit, limits.used) for kind, limits in found.items()]

    def owners(self) -> list[tuple[str, str]]:
        """HubSpot's users that can own records: id, and name with address. Asks HubSpot."""
        found = [owner for owner in self._clients.hubspot().owners() if not owner.archived]
        return [(owner.id, " · ".join(filter(None, (owner.name, owner.email)))) for owner in found]
