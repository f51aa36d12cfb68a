"""Addresses and phones that say nothing about a person: the clinic's own, and what is typed for "none"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.domain.normalise import canonical_email, phone_key

_NOBODY: Final = frozenset(
    {
        "none",
        "noemail",
        "no-email",
        "no.email",
        "no_email",
        "nomail",
        "noemailaddress",
        "noreply",
        "no-reply",
        "donotreply",
        "donotemail",
        "notprovided",
    }
)
"""What stands before the @ of an address made up to fill a field."""


@dataclass(frozen=True)
class StopList:
    """Canonical addresses and phone keys that never count as a sign of who somebody is."""

    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()

    def email_counts(self, address: str) -> bool:
        """Whether a canonical address may stand for a person's inbox."""
        return bool(address) and address not in self.emails and address.partition("@")[0] not in _NOBODY

    def phone_counts(self, key: str) -> bool:
        """Whether a phone key may stand for a person."""
        return bool(key) and key not in self.phones


NO_STOPS: Final = StopList()


def stop_list(emails: Iterable[str], phones: Iterable[str], country_code: str) -> StopList:
    """The stop list made from the clinic's own addresses and phones as they are typed in Cliniko."""
    return StopList(
        emails=frozenset(canonical_email(text) for text in emails) - {""},
        phones=frozenset(phone_key(text, country_code) for text in phones) - {""},
    )
