"""Whether a newer version is there: asked once a day at most, told and never fetched.

Only the small signed file at the address that this copy was built with is read. Whatever is wrong with it is a
line in the log and nothing else; only who asks by hand is told.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from app import __version__
from app.clock import Clock
from app.domain.releases import Release, ReleaseSource, is_newer, read_release
from app.errors import ClinicBridgeError, ReleaseRefused
from app.paths import resource
from app.settings import Settings

log = logging.getLogger(__name__)

EVERY: Final = timedelta(days=1)
SWITCH: Final = "pc.check_updates"
ASKED_AT: Final = "update_asked_at"
FOUND: Final = "update_found"
HIDDEN: Final = "update_hidden"


class UpdatesStore(Protocol):
    """The part of the local database that remembers what was asked and found."""

    def settings(self) -> dict[str, object]: ...
    def fact(self, key: str) -> str | None: ...
    def set_fact(self, key: str, value: str) -> None: ...


@dataclass(frozen=True)
class UpdateFacts:
    """What is known about updates. `newer` is a release after this version; `is_hidden`: a person has put the
    notice of it aside. `can_ask` is False for a copy that was given no address."""

    version: str
    can_ask: bool
    is_on: bool
    asked_at: datetime | None
    newer: Release | None
    is_hidden: bool


class Updates:
    """Asks and remembers. `ask` brings the signed text of a release file at an address, checked against a key; it
    raises ClinicBridgeError. `source` tells where this copy asks."""

    def __init__(
        self,
        store: Callable[[], UpdatesStore],
        ask: Callable[[ReleaseSource], str],
        source: Callable[[], ReleaseSource],
        clock: Clock,
        version: str = __version__,
    ) -> None:
        self._store, self._ask, self._source, self._clock = store, ask, source, clock
        self._version = version

    def facts(self) -> UpdateFacts:
        """What is known, without asking anybody."""
        store = self._store()
        newer = self._newer(store.fact(FOUND) or "")
        hidden = newer is not None and store.fact(HIDDEN) == newer.version
        asked_at = _moment(store.fact(ASKED_AT) or "")
        is_on = Settings(store.settings()).flag(SWITCH)
        return UpdateFacts(self._version, self._source().is_given, is_on, asked_at, newer, hidden)

    def check_if_due(self) -> UpdateFacts:
        """Ask, unless it is switched off, no address was given, or it was asked within a day. What goes wrong is
        logged and not raised."""
        facts, now = self.facts(), self._clock.now()
        # A moment in the future comes of a clock that was wrong: it must not silence the question for years.
        is_recent = facts.asked_at is not None and timedelta(0) <= now - facts.asked_at < EVERY
        if not facts.can_ask or not facts.is_on or is_recent:
            return facts
        try:
            return self.check_now()
        except ClinicBridgeError as error:
            log.info("nothing learned about updates: %s", error)
            return self.facts()

    def check_now(self) -> UpdateFacts:
        """Ask at once. Raises ServiceUnavailable, ReleaseRefused, AddressRefused; nothing is asked, and nothing
        raised, where this copy was given no address."""
        store, source = self._store(), self._source()
        if not source.is_given:
            return self.facts()
        store.set_fact(ASKED_AT, self._clock.now().isoformat())
        try:
            release = read_release(self._ask(source))
        except ValueError as error:
            raise ReleaseRefused(f"the release file holds {error}") from None
        if is_newer(release.version, self._version):
            store.set_fact(FOUND, release.as_text())
        else:
            log.info("release %s is no newer than this version", release.version)
        return self.facts()

    def hide(self, version: str) -> None:
        """Put the notice of this version aside; a later one is told of again."""
        self._store().set_fact(HIDDEN, version)

    def _newer(self, kept: str) -> Release | None:
        """The release that was found earlier, as long as it is newer than what runs now."""
        try:
            release = read_release(kept)
        except ValueError:
            return None
        return release if is_newer(release.version, self._version) else None


def _moment(kept: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(kept)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def packaged_source(file: Path | None = None) -> ReleaseSource:
    """Where this copy asks, as it was built; a source checkout is given nothing. A file that is missing or broken
    counts as nothing given."""
    try:
        told = json.loads((file or resource("release.json")).read_text(encoding="utf-8"))
        return ReleaseSource(str(told["address"] or "").strip(), str(told["public_key"] or "").strip())
    except (OSError, ValueError, KeyError, TypeError):
        log.warning("it cannot be read where updates are told")
        return ReleaseSource()
