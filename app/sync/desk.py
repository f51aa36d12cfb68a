"""What a person asks of single records: repair, hold, forget, undo, audit, why. Each is a run of its own in the
history where it writes, and a look without any trace where it only shows what would be done."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from app.clock import Clock
from app.domain.ids import Kind
from app.domain.records import Record
from app.domain.reports import Report
from app.errors import BadInput, Bug, ClinicBridgeError, NotSetUp
from app.settings import Settings
from app.sync import forgetting, holding, repair
from app.sync import undo as undoing
from app.sync.audit import audit
from app.sync.fetch import shared_executor, stop_executor
from app.sync.look_up import look_up
from app.sync.portal import Portal
from app.sync.ports import ClinikoPort, HubSpotPort
from app.sync.run import Chain, Run
from app.sync.set_up import SetUp
from app.sync.settle import settle
from app.sync.storage import Storage
from app.sync.traces import DEAL_NAMES, contact_names
from app.sync.unfinished import finish_interrupted
from app.sync.why import why

MOST_CALLS = 50_000
"""Of one audit, repair or undo to either service: far beyond any honest one, short of a loop (I7)."""

HoldAct = Callable[[Storage, int, datetime, Record], list[Record]]


class Desk(ABC):
    """The engine's part that works on single records. Raises BadInput (exit 2) for an unknown id."""

    _store: Storage
    _cliniko: ClinikoPort
    _hubspot: HubSpotPort
    _settings: Settings
    _clock: Clock

    @abstractmethod
    def _open(self, chain: Chain, report: Report) -> Run:
        """A run on both services, whose accounts are checked."""

    @abstractmethod
    def _finish(self, report: Report, error: ClinicBridgeError | None) -> None:
        """Note in the history how it ended."""

    # looking

    def why(self, kind: Kind, cliniko_id: str, ask_cliniko: bool = False) -> dict[str, Any]:
        """Where a record is in HubSpot, by which rule, or the one reason it is not (R82). `notes` holds what else
        is worth knowing, as slugs with values. With `ask_cliniko` one that was never met is looked up there."""
        found = why(self._store, self._settings, self._clock.now(), kind, cliniko_id)
        if found["state"] != "unknown" or not ask_cliniko:
            return found
        with self._looking() as (run, _):
            return look_up(run, kind, cliniko_id)

    # repairing

    def unlink(
        self, kind: Kind, cliniko_id: str, move_deals: bool = True, dry_run: bool = False
    ) -> dict[str, Any]:
        """Take a wrong pairing apart, restore what came from it, make a new contact and move the deals (R52)."""
        return self._repair(kind, cliniko_id, "", move_deals, dry_run)

    def relink(self, kind: Kind, cliniko_id: str, hubspot_id: str, dry_run: bool = False) -> dict[str, Any]:
        """The same, with an existing contact instead of a new one."""
        return self._repair(kind, cliniko_id, hubspot_id, True, dry_run)

    def _repair(
        self, kind: Kind, cliniko_id: str, target: str, move_deals: bool, dry_run: bool
    ) -> dict[str, Any]:
        record = repair.known_record(self._store, kind, cliniko_id)
        repair.check_open(record)
        answer: dict[str, Any] = {"type": kind, "cliniko_id": cliniko_id, "dry_run": dry_run}
        with self._looking() as (run, _):
            chosen = repair.check_target(run, record, target).id if target else ""
            wrong = repair.wrong_contact(run, record, chosen)
            if not wrong and not chosen:
                raise BadInput(
                    f"{kind} {cliniko_id} is on no contact", sentence="This record is on no HubSpot contact."
                )
            planned = repair.plan(run, record, wrong, move_deals)
        answer["changes"] = repair.preview(planned)
        if dry_run:
            return answer | {"hubspot_id": chosen or None}
        with self._working() as (run, portal):
            intent = repair.begin(run, planned, chosen, move_deals)
            return answer | {"run_id": run.run_id} | repair.carry_out(run, portal, intent)

    # holding and forgetting

    def hold(self, kind: Kind, cliniko_id: str, dry_run: bool = False) -> dict[str, Any]:
        """Stop all writing to a record, and to a patient's deals, until it is released (R84). Needs no service,
        unless the record was never met."""
        return self._hold(kind, cliniko_id, dry_run, holding.hold)

    def release(self, kind: Kind, cliniko_id: str, dry_run: bool = False) -> dict[str, Any]:
        """Sync it again; what was missed comes with the next run."""
        return self._hold(kind, cliniko_id, dry_run, holding.release)

    def _hold(self, kind: Kind, cliniko_id: str, dry_run: bool, act: HoldAct) -> dict[str, Any]:
        record = self._store.record(kind, cliniko_id) or self._first_met(kind, cliniko_id)
        answer: dict[str, Any] = {"type": kind, "cliniko_id": cliniko_id, "dry_run": dry_run}
        answer |= {"hubspot_id": record.hubspot_id}
        if dry_run:
            return answer | {"changes": holding.preview(holding.concerned(self._store, record), "")}
        now = self._clock.now()
        report = Report(self._store.start_execution(now, False), now)
        changed = act(self._store, report.run_id, now, record)
        self._finish(report, None)
        return answer | {"run_id": report.run_id, "changes": holding.preview(changed, "")}

    def _first_met(self, kind: Kind, cliniko_id: str) -> Record:
        """A record for somebody who was never met but exists in Cliniko. Raises BadInput for an unknown id."""
        try:
            with self._looking() as (run, _):
                is_known = look_up(run, kind, cliniko_id)["state"] != "unknown"
        except NotSetUp:
            is_known = False
        if is_known:
            return Record(kind, cliniko_id, "waiting")
        return repair.known_record(self._store, kind, cliniko_id)

    def forget(self, kind: Kind, cliniko_id: str, dry_run: bool = False) -> dict[str, Any]:
        """Remove our values in HubSpot and here, for good. Cannot be taken back (R84)."""
        record = repair.known_record(self._store, kind, cliniko_id)
        answer: dict[str, Any] = {"type": kind, "cliniko_id": cliniko_id, "dry_run": dry_run}
        with self._looking() as (run, _):
            planned = forgetting.plan(run, record)
        answer["changes"] = forgetting.preview(planned)
        if dry_run:
            return answer
        with self._working() as (run, portal):
            intent = forgetting.begin(run, planned)
            return answer | {"run_id": run.run_id} | forgetting.carry_out(run, portal, intent)

    # taking back

    def undo(
        self, run_id: int, dry_run: bool = False, record: tuple[Kind, str] | None = None
    ) -> dict[str, Any]:
        """Take one execution back, or its part of one record, as far as the services still show it (R81)."""
        undoing.check_run(self._store, run_id)
        answer: dict[str, Any] = {"undone_run": run_id, "dry_run": dry_run}
        if dry_run:
            with self._looking() as (run, portal):
                entries = undoing.entries_of(self._store, run_id, record)
                return answer | {"changes": undoing.work(run, portal, run_id, entries)}
        with self._working() as (run, portal):
            intent = undoing.begin(run, run_id, record)
            return answer | {"run_id": run.run_id} | undoing.carry_out(run, portal, intent)

    # trust

    def audit(self) -> dict[str, Any]:
        """Both sides read again, every difference named (R83). Writes to no service and nothing into the history."""
        with self._looking() as (run, _):
            return audit(run)

    # a run of its own

    @contextmanager
    def _looking(self) -> Iterator[tuple[Run, Portal]]:
        """A run that writes nothing, neither to a service nor to the history."""
        chain = Chain(shared_executor(), False)
        try:
            self._start_budgets()
            run = self._open(chain, Report(0, self._clock.now(), dry_run=True))
            _open_all(run)
            yield run, Portal(run)
        finally:
            stop_executor(chain.executor)

    @contextmanager
    def _working(self) -> Iterator[tuple[Run, Portal]]:
        """A run of the history; what a crash left is settled first, and the index of contacts is fresh."""
        now = self._clock.now()
        report = Report(self._store.start_execution(now, False), now)
        before = (self._cliniko.calls, self._hubspot.calls)
        chain = Chain(shared_executor(), False)
        error: ClinicBridgeError | None = None
        try:
            self._start_budgets()
            run = self._open(chain, report)
            _open_all(run)
            settle(run)
            portal = Portal(run)
            portal.freshen()
            finish_interrupted(run, portal)
            yield run, portal
        except ClinicBridgeError as caught:
            error = caught
            raise
        except Exception as caught:
            error = Bug(type(caught).__name__)
            raise
        finally:
            stop_executor(chain.executor)
            report.calls = {
                "cliniko": self._cliniko.calls - before[0],
                "hubspot": self._hubspot.calls - before[1],
            }
            self._finish(report, error)

    def _start_budgets(self) -> None:
        """What an earlier execution spent does not count here (I7)."""
        self._cliniko.start_budget(MOST_CALLS)
        self._hubspot.start_budget(MOST_CALLS)


def _open_all(run: Run) -> None:
    """Everything of ours that exists in HubSpot may be read, whatever the privacy level is today."""
    found = SetUp(run, works_deals=False).look()
    readable = dict(run.readable)
    readable["contacts"] = tuple({*readable.get("contacts", ()), *contact_names(found.names("contacts"))})
    readable["deals"] = tuple({*readable.get("deals", ()), *(DEAL_NAMES & found.names("deals"))})
    run.readable = readable
