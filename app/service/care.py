"""Looking after the program: its state, checks of this computer, and the bundle for support."""

from __future__ import annotations

import json
import platform
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol

from app import __version__
from app.clock import Clock
from app.display import NO_SCREEN, window_problem
from app.domain.reports import stamp
from app.errors import BadInput, ClinicBridgeError, DatabaseUnusable, NotSetUp
from app.events import HistoryRead
from app.logs import log_files, redact
from app.paths import DataFolder
from app.service.activity import execution_json
from app.service.setup import Check, Clients
from app.settings import Settings
from app.state import State, remembered
from app.sync.storage import Storage
from app.wording import state_words

MOST_SKEW_S: Final = 120.0
SHOWN_RUNS: Final = 50
BACKUP_AGE: Final = timedelta(hours=20)
"""A little less than a day, so that a nightly copy does not come later each night."""
AUDIT_AGE: Final = BACKUP_AGE
LAST_AUDIT: Final = "last_audit"
PLAIN_TYPES: Final = ("bool", "int", "choice")


class AuditEngine(Protocol):
    """What reads both sides again."""

    def audit(self) -> dict[str, Any]: ...


class Care:
    """State, checks and diagnostics.

    `keyring_problem` tells in plain words what is wrong with the password store, "" where nothing is; `health`
    does so for the database; `is_syncing` whether any copy is syncing with this data folder now; `copy` makes a
    copy of the database in a folder; `working_elsewhere` names the other computer that is syncing now, "" for none.
    """

    def __init__(
        self,
        store: Callable[[], Storage],
        clients: Clients,
        clock: Clock,
        folder: DataFolder,
        keyring_problem: Callable[[], str],
        health: Callable[[], str],
        is_syncing: Callable[[], bool],
        copy: Callable[[Path], Path | None],
        engine: Callable[[], AuditEngine],
        lock: Callable[[], AbstractContextManager[object]],
        working_elsewhere: Callable[[], str],
    ) -> None:
        self._store, self._clients, self._clock, self._folder = store, clients, clock, folder
        self._keyring_problem, self._health, self._is_syncing = keyring_problem, health, is_syncing
        self._copy = copy
        self._engine, self._lock, self._working_elsewhere = engine, lock, working_elsewhere

    # state

    def state(self) -> State:
        """The state that history and review list tell, without asking any service or the password store."""
        read = self.history()
        return remembered(read.last, read.open, read.blocking, read.is_set_up)

    def history(self) -> HistoryRead:
        """What history and review list tell now. An execution that goes on elsewhere has not failed."""
        store = self._store()
        runs = [row for row in store.executions(SHOWN_RUNS) if not row["dry_run"]]
        is_set_up = bool(runs) or store.fact("portal_id") is not None
        if runs and runs[0]["finished_at"] is None and self._working_elsewhere():
            runs = runs[1:]
        last = next(iter(runs), None)
        return HistoryRead(last, store.count_conflicts(), store.count_conflicts(blocking=True), is_set_up)

    def status(self) -> dict[str, Any]:
        """The object of `status --json`."""
        state, store = self.state(), self._store()
        is_syncing = self._is_syncing()
        mood = "syncing" if is_syncing else state.mood
        last = store.last_execution()
        words = state_words(
            mood, waiting=state.waiting, questions=state.blocking_questions, at=state.last_finished_at
        )
        elsewhere = self._working_elsewhere() if is_syncing else ""
        return {
            "state": mood,
            "message": f"{elsewhere} is syncing" if elsewhere else str(words),
            "up_to_date": state.is_green and not is_syncing,
            "last_run": execution_json(last) if last else None,
            "last_good_run_at": stamp(state.last_good_at) if state.last_good_at else None,
            "questions": {"open": state.open_questions, "blocking": state.blocking_questions},
            "waiting": state.waiting,
            "problem": state.sentence or None,
        }

    # checks

    def doctor(self) -> list[Check]:
        """Checks of keyring, display, database, settings, both services and the clock."""
        return [
            self._check_keyring(),
            self._check_display(),
            self._check_database(),
            self._check_settings(),
            *self._check_services(),
        ]

    def _check_keyring(self) -> Check:
        problem = self._keyring_problem()
        return Check("keyring", not problem, problem or "The keys can be kept and read.")

    def _check_display(self) -> Check:
        problem = window_problem()
        if problem is NO_SCREEN:
            return Check("display", True, f"{problem} The window cannot open; the words work without it.")
        return Check("display", problem is None, str(problem) if problem else "A window can open.")

    def _check_database(self) -> Check:
        try:
            problem = self._health()
        except DatabaseUnusable as error:
            return Check("database", False, f"{error.sentence} {error.next_step}")
        return Check("database", not problem, problem or "The local data is sound.")

    def _check_settings(self) -> Check:
        try:
            ignored = Settings(self._store().settings()).ignored
        except DatabaseUnusable as error:
            return Check("settings", False, error.sentence)
        if ignored:
            return Check("settings", False, f"Kept values that cannot be used: {', '.join(ignored)}.")
        return Check("settings", True, "All settings can be used.")

    def _check_services(self) -> Iterator[Check]:
        skew: float | None = None
        try:
            page = self._clients.cliniko().list_page("businesses", per_page=1, sort="")
            skew = (page.served_at - self._clock.now()).total_seconds()
            yield Check("cliniko", True, "Cliniko answers.")
        except ClinicBridgeError as error:
            yield Check("cliniko", False, _not_reached(error))
        try:
            self._clients.hubspot().account()
            yield Check("hubspot", True, "HubSpot answers.")
        except ClinicBridgeError as error:
            yield Check("hubspot", False, _not_reached(error))
        if skew is None:
            yield Check("clock", True, "The clock was not compared: Cliniko did not answer.")
        elif abs(skew) > MOST_SKEW_S:
            words = f"This computer's clock is off by {abs(round(skew))} s. Let it be set by itself."
            yield Check("clock", False, words)
        else:
            yield Check("clock", True, "The clock agrees with Cliniko's.")

    # at night

    def tonight(self) -> None:
        """The nightly work on the local data; what was done less than a day ago is not done again."""
        self.back_up_if_due()
        with suppress(NotSetUp):
            self.audit_if_due()

    # audit

    def audit(self) -> dict[str, Any]:
        """The object of `audit --json`: both sides read again by id, every difference named (R83). Questions that
        it calls for are opened. Raises NotSetUp, TryLater, OtherInstance."""
        engine = self._engine()
        with self._lock():
            found = engine.audit()
        store = self._store()
        summary = {
            "at": stamp(self._clock.now()),
            "checked": found["checked"],
            "differences": len(found["differences"]),
        }
        store.set_fact(LAST_AUDIT, json.dumps(summary))
        return found

    def last_audit(self) -> dict[str, Any] | None:
        """When the last audit was and what it came to: `at`, `checked`, `differences` (how many)."""
        kept = self._store().fact(LAST_AUDIT)
        found: dict[str, Any] | None = json.loads(kept) if kept else None
        return found

    def audit_if_due(self) -> bool:
        """The nightly audit, unless there was one within the last day, or nothing was ever synced. Whether it
        found differences."""
        last, store = self.last_audit(), self._store()
        is_recent = last is not None and self._clock.now() - datetime.fromisoformat(last["at"]) < AUDIT_AGE
        if is_recent or store.fact("portal_id") is None:
            return False
        return bool(self.audit()["differences"])

    # backup

    def back_up_if_due(self) -> Path | None:
        """Copy the local database unless there is a copy of the last day (R85); the new copy, or None.

        Raises DatabaseUnusable where it cannot be written."""
        if self._clock.now() - self.last_backup_at() < BACKUP_AGE:
            return None
        return self._copy(self._folder.backups)

    def last_backup_at(self) -> datetime:
        """When the newest copy was made (aware UTC); long ago where there is none."""
        newest = max((file.stem for file in self._folder.backups.glob("clinicbridge-*.db")), default="")
        try:
            made = datetime.strptime(newest, "clinicbridge-%Y%m%d-%H%M%S")
        except ValueError:
            return datetime.min.replace(tzinfo=UTC)
        return made.replace(tzinfo=UTC)

    # diagnostics

    def diagnostics(self) -> dict[str, str]:
        """What the bundle for support would hold, by name and exactly as it would be written: versions, checks,
        settings, counters and logs, but no key, name, address or free text (I6)."""
        parts: dict[str, str] = {
            "about.json": _text(self._about()),
            "checks.json": _text([check.as_json() for check in self.doctor()]),
            "settings.json": _text(self._plain_settings()),
            "history.json": _text(self._plain_history()),
        }
        for log in log_files(self._folder.logs):
            parts[f"logs/{log.name}"] = log.read_text(encoding="utf-8", errors="replace")
        return {name: redact(text) for name, text in parts.items()}

    def write_diagnostics(self, file: Path, parts: Mapping[str, str] | None = None) -> list[str]:
        """Write the bundle and return the names of what is in it. `parts` are those a person has read (None: as they
        are now). Raises BadInput where it cannot be written."""
        if parts is None:
            parts = self.diagnostics()
        try:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
                for name, text in parts.items():
                    bundle.writestr(name, text)
        except OSError as error:
            raise BadInput(
                f"the bundle cannot be written: {error.strerror}",
                sentence="The file cannot be written there.",
                next_step="Choose another folder or name.",
            ) from None
        return list(parts)

    def _about(self) -> dict[str, Any]:
        store = self._store()
        return {
            "version": __version__,
            "made_at": stamp(self._clock.now()),
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.release()} {platform.machine()}",
            "records": {
                kind: store.count_records(kind) for kind in ("patient", "contact", "appointment", "invoice")
            },
            "portal_contacts": store.portal_size(),
            "questions": store.count_conflicts(),
        }

    def _plain_settings(self) -> dict[str, Any]:
        rows = Settings(self._store().settings()).list_json()
        return {
            row["key"]: row["value"] if row["type"] in PLAIN_TYPES else f"{len(row['value'] or '')} given"
            for row in rows
        }

    def _plain_history(self) -> list[dict[str, Any]]:
        listed = []
        for row in self._store().executions(SHOWN_RUNS):
            problems = (row.get("summary") or {}).get("problems") or []
            codes = [str(problem.get("code")) for problem in problems]
            listed.append(execution_json(row) | {"problems": codes})
        return listed


def _not_reached(error: ClinicBridgeError) -> str:
    if isinstance(error, NotSetUp):
        return f"Not asked: {error.sentence}"
    return f"{error.sentence} {error.next_step}".strip()


def _text(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)
