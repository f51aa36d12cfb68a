"""The appointment an invoice is for: its deal, with which the invoice's is associated, and its case (R30)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.domain.actions import PlannedWrite
from app.domain.billing import Invoice
from app.domain.records import Record
from app.errors import BadInput, RequestRefused, RightsMissing
from app.streams.visit_reading import parse_attendee
from app.sync.deals import Deals
from app.sync.fetch import rows_by_id
from app.sync.run import Run
from app.sync.side_lists import ATTENDEES, HIDDEN, attendees_of

STREAM: Final = "invoices"
CASE: Final = "cliniko_invoice_case_id"
BOOKINGS: Final = "attendee_bookings"
"""Side rows: of attendees that invoices name without an appointment, their booking and case."""

SEEN: Final = "invoices.links"
"""The cursor whose place is the last execution whose new appointment deals were looked at."""

BOOKING, ATTENDEE, LINKS = "appointment", "attendee", "links"
"""In a deal's refs: what the invoice is for, and the deals it was associated with."""

APPOINTMENT_KEY: Final = "cliniko_appointment_key"
MOST_RUNS: Final = 500
PAGE: Final = 1000


@dataclass(frozen=True)
class VisitOf:
    """What an invoice's appointment says. `deal_id` is "" while it has no deal."""

    booking_id: str = ""
    attendee_id: str = ""
    deal_id: str = ""
    case_id: str = ""

    @property
    def refs(self) -> dict[str, str]:
        """What is remembered with the invoice's deal."""
        refs = {BOOKING: self.booking_id, ATTENDEE: self.attendee_id if self.booking_id else ""}
        return {name: value for name, value in refs.items() if value}


class InvoiceVisits:
    """Look-ups for one execution."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._wants_case = CASE in run.names.get("deals", frozenset())

    def of(self, invoices: Sequence[Invoice]) -> dict[str, VisitOf]:
        """By invoice id."""
        places = self._places(invoices)
        visits = {
            invoice.id: VisitOf(
                invoice.appointment_id or str(places.get(invoice.attendee_id, {}).get("booking", "")),
                invoice.attendee_id,
            )
            for invoice in invoices
        }
        records = self._appointments(visits.values())
        cases = self._cases(visits, records, places)
        return {
            key: replace(visit, deal_id=_deal_of(visit, records), case_id=cases.get(key, ""))
            for key, visit in visits.items()
        }

    def _appointments(self, visits: Iterable[VisitOf]) -> dict[str, Record]:
        keys = {key for visit in visits for key in _keys(visit)}
        return self._run.store.records("appointment", keys) if keys else {}

    def _cases(
        self,
        visits: Mapping[str, VisitOf],
        records: Mapping[str, Record],
        places: Mapping[str, Mapping[str, Any]],
    ) -> dict[str, str]:
        """The case of the appointment, else of the attendee."""
        if not self._wants_case:
            return {}
        attendees = attendees_of(self._run, [v.booking_id for v in visits.values() if v.booking_id])
        found: dict[str, str] = {}
        for key, visit in visits.items():
            known = next((records[one] for one in _keys(visit) if one in records), None)
            people = attendees.get(visit.booking_id, [])
            own = [one for one in people if one.id == visit.attendee_id] or people[:1]
            found[key] = (
                (known.refs.get("case", "") if known else "")
                or (own[0].case_id if own else "")
                or str(places.get(visit.attendee_id, {}).get("case", ""))
            )
        return found

    def _places(self, invoices: Sequence[Invoice]) -> dict[str, Mapping[str, Any]]:
        """Booking and case of attendees that stand on an invoice without its appointment; each asked for once."""
        run = self._run
        ids = {one.attendee_id for one in invoices if one.attendee_id and not one.appointment_id}
        if not ids or not (self._wants_case or run.settings.flag("streams.appointments")):
            return {}
        found = run.store.side_rows(BOOKINGS, ids)
        missing = sorted(ids - set(found))
        if not missing or "no_attendees" + STREAM in run.chain.notes:
            return found
        try:
            rows = rows_by_id(run.cliniko, ATTENDEES, HIDDEN[ATTENDEES], missing)
        except (RightsMissing, RequestRefused):
            run.note_once(
                "no_attendees",
                "The Cliniko key may not read attendees; invoices of groups are not tied to their appointment.",
                STREAM,
            )
            return found
        fresh: dict[str, dict[str, str]] = {one: {} for one in missing}
        for row in rows:
            try:
                attendee = parse_attendee(row)
            except BadInput:
                continue
            fresh[attendee.id] = {"booking": attendee.booking_id, "case": attendee.case_id}
        run.store.save_side_rows(BOOKINGS, fresh)
        return {**found, **fresh}

    # appointments whose deal came after the invoice's

    def link_late(self, deals: Deals) -> None:
        """Associate invoices with the deals that appointments got since this was last looked at."""
        run = self._run
        if run.chain.is_chained and run.counters("appointments").waiting:
            return
        cursor = run.store.cursor(SEEN)
        seen = int(cursor.place or 0)
        if not run.store.count_records("invoice", linked=True):
            late: list[Record] = []
        elif seen and run.run_id - seen <= (2 if run.chain.is_chained else MOST_RUNS):
            late = self._of_new_appointments(seen)
        else:
            self._link_all(deals)
            late = []
        self._link(deals, late)
        if seen != run.run_id:
            run.store.save_cursor(replace(cursor, place=str(run.run_id)))

    def _of_new_appointments(self, seen: int) -> list[Record]:
        """Invoices of the appointments whose deals were made after execution `seen`."""
        store = self._run.store
        found: dict[str, Record] = {}
        for run_id in range(seen + 1, self._run.run_id + 1):
            after = 0
            while entries := store.journal_of_run(run_id, after, PAGE):
                after = entries[-1].id
                made = [
                    entry.cliniko_id
                    for entry in entries
                    if entry.kind == "appointment" and entry.field == APPOINTMENT_KEY
                ]
                for booking_id in {key.partition("-")[0] for key in made}:
                    records = store.records_where_ref("invoice", BOOKING, booking_id)
                    found.update({record.cliniko_id: record for record in records})
        return list(found.values())

    def _link_all(self, deals: Deals) -> None:
        after = ""
        while ids := self._run.store.ids_in_state("invoice", "linked", PAGE, after):
            self._run.check_stop()
            self._link(deals, list(self._run.store.records("invoice", ids).values()))
            after = ids[-1]

    def _link(self, deals: Deals, records: Sequence[Record]) -> None:
        """Associate those of these invoices that are not yet; the association is all that is done."""
        open_ones = [r for r in records if r.hubspot_id and BOOKING in r.refs and not r.refs.get(LINKS)]
        visits = {r.cliniko_id: VisitOf(r.refs[BOOKING], r.refs.get(ATTENDEE, "")) for r in open_ones}
        appointments = self._appointments(visits.values())
        deals.write(
            [
                PlannedWrite(
                    record=record,
                    changes={},
                    fields=record.fields,
                    target_id=record.hubspot_id,
                    counts_as="none",
                    associate_to=(("deals", deal_id),),
                )
                for record in open_ones
                if (deal_id := _deal_of(visits[record.cliniko_id], appointments))
            ]
        )


def _keys(visit: VisitOf) -> tuple[str, ...]:
    """Under which keys the appointment may be known: a place in a group first."""
    if not visit.booking_id:
        return ()
    place = (f"{visit.booking_id}-{visit.attendee_id}",) if visit.attendee_id else ()
    return (*place, visit.booking_id)


def _deal_of(visit: VisitOf, records: Mapping[str, Record]) -> str:
    found = (records[key].hubspot_id for key in _keys(visit) if key in records)
    return next((deal_id for deal_id in found if deal_id), "")
