"""One stream of an execution: who works it, and what becomes of what stops only this stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.errors import RightsMissing
from app.sync.apply import SchemaBroken
from app.sync.appointment_line import AppointmentLine
from app.sync.guards import MassChange
from app.sync.invoice_line import InvoiceLine
from app.sync.lists import Lists
from app.sync.people_line import PeopleLine
from app.sync.portal import Portal
from app.sync.rehanging import hang_deals_anew
from app.sync.reviews import settle_reviews
from app.sync.run import Run
from app.sync.set_up import SetUp
from app.sync.sides import ContactSide, PatientSide, Side
from app.sync.unlinking import work_unlink
from app.sync.write_back import WriteBack

SIDES: Mapping[str, Callable[[Run], Side]] = {"patients": PatientSide, "contacts": ContactSide}


def work_stream(run: Run, stream: str, portal: Portal, lists: Lists, restate: frozenset[str]) -> None:
    """Work one stream. What concerns it alone is noted and leaves the others going: far too much at once, a set-up
    that broke, a right that is missing (R26, R61, I10)."""
    try:
        _line(run, stream, portal, lists, restate)
    except MassChange:
        run.paused[stream] = "mass_change"
        run.problem(
            "mass_change",
            "Cliniko suddenly says that far too many records are gone. Nothing was done; see Needs you.",
            stream,
        )
    except SchemaBroken:
        _schema_broke(run, stream)
    except RightsMissing as error:
        run.chain.denied[stream] = error


def _line(run: Run, stream: str, portal: Portal, lists: Lists, restate: frozenset[str]) -> None:
    if stream == "unlink":
        work_unlink(run, portal)
    elif stream == "write_back":
        WriteBack(run, portal).work()
    elif stream == "appointments":
        AppointmentLine(run, portal, lists).work(restate)
    elif stream == "invoices":
        InvoiceLine(run, portal, lists).work(restate)
    else:
        PeopleLine(run, SIDES[stream](run), portal).work(restate, only_wanted=bool(restate))
        _follow_renamed(run, portal)
        if stream == "patients":
            hang_deals_anew(run)
            settle_reviews(run, portal)


def _follow_renamed(run: Run, portal: Portal) -> None:
    """Once a doctor's new name is remembered, the patients who name him get it in the same execution, as far as the
    cap has room; the others come next (R2, R4)."""
    is_worked = "patients" in run.chain.readers and not {"patients"} & (
        run.paused.keys() | run.chain.denied.keys()
    )
    if not run.renamed_on or not is_worked:
        return
    counters = run.counters("patients")
    room = run.settings.number("sync.items_per_execution") - counters.created - counters.updated
    ids = sorted(run.renamed_on)[: max(0, room)]
    run.renamed_on.clear()
    PeopleLine(run, SIDES["patients"](run), portal).bring(ids)
    run.worked("patients", ids)


def _schema_broke(run: Run, stream: str) -> None:
    """A write met a property that is gone: compare everything once, and pause what is concerned."""
    set_up = SetUp(run)
    set_up.made.checked_on = ""
    set_up.ensure()
    if stream not in run.paused:
        run.problem("schema_drift", "HubSpot no longer accepts some properties.", stream)
    run.chain.schema_checked = False
