"""Activity of one patient as the contact shows it: visits and invoices to property values, by plain rules (R16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Final, Protocol

from app.domain.clinic_time import local_day, midnight
from app.domain.hubspot_text import clean, day_text, flag_text, moment_text, money_text, whole_text
from app.domain.ids import id_order
from app.domain.records import Bill, Visit
from app.streams.activity import LAPSE_BANDS

BAND_ENDS: Final = (6, 13, 29, 59, 89, 179, 364, 729)
"""The last day, counted from the latest attended visit, of each lapse band but the last two."""

OPEN_CASES: Final = "cliniko_open_cases"

NEEDS_NO_HISTORY: Final = frozenset(
    {
        "cliniko_next_appointment",
        "cliniko_has_upcoming",
        "cliniko_next_practitioner",
        "cliniko_next_appointment_type",
        "cliniko_next_location",
    }
)
"""What may be told before every past visit was read."""


class Names(Protocol):
    """What ids are called. An unknown id has no name: ""."""

    def practitioner(self, cliniko_id: str) -> str:
        """The practitioner's label."""
        ...

    def appointment_type(self, cliniko_id: str) -> str:
        """The plain name the clinic gave the type, else its own."""
        ...

    def business(self, cliniko_id: str) -> str:
        """The location as the clinic shows it."""
        ...


@dataclass(frozen=True)
class Thresholds:
    """The settings that shape the values."""

    late_hours: int = 24
    lapsed_days: int = 180
    inactive_days: int = 365
    require_tick: bool = False


@dataclass(frozen=True)
class Activity:
    """What follows from all visits of one patient at one moment. `days_since` is counted in clinic-local days
    from the latest attended visit; `is_booked` includes a visit that is under way."""

    first: Visit | None = None
    last: Visit | None = None
    next: Visit | None = None
    main_practitioner_id: str = ""
    visits_total: int = 0
    visits_12m: int = 0
    no_shows: int = 0
    cancellations: int = 0
    late_cancellations: int = 0
    last_no_show: datetime | None = None
    last_cancellation: datetime | None = None
    days_since: int | None = None
    is_booked: bool = False


@dataclass(frozen=True)
class Billing:
    """What follows from all invoices of one patient."""

    invoiced_cents: int = 0
    paid_cents: int = 0
    last: Bill | None = None
    open_invoices: int = 0


@dataclass(frozen=True)
class View:
    """All that the visit values are made from."""

    activity: Activity
    thresholds: Thresholds
    names: Names


def roll_up(
    visits: Sequence[Visit],
    bills: Sequence[Bill] | None,
    now: datetime,
    zone: tzinfo,
    thresholds: Thresholds,
    names: Names,
    wanted: Collection[str],
    open_cases: int | None = None,
) -> dict[str, str]:
    """The value of each wanted activity property for one patient; "" is blank.

    `now` is aware, `zone` the clinic's. `bills` None (invoices are not read) leaves the invoice values out,
    and `open_cases` None the number of cases.
    """
    activity = activity_of(visits, now, zone, thresholds)
    return values_of(View(activity, thresholds, names), bills, wanted, open_cases)


def values_of(
    view: View, bills: Sequence[Bill] | None, wanted: Collection[str], open_cases: int | None
) -> dict[str, str]:
    """The same from an activity that was worked out already."""
    values = {name: clean(value(view)) for name, value in VISIT_VALUES.items() if name in wanted}
    if bills is not None:
        billing = billing_of(bills)
        values.update({name: value(billing) for name, value in BILL_VALUES.items() if name in wanted})
    if open_cases is not None and OPEN_CASES in wanted:
        values[OPEN_CASES] = whole_text(open_cases)
    return values


# visits


def is_attended(visit: Visit, now: datetime, require_tick: bool = False) -> bool:
    """Whether the patient was there: neither cancelled, removed nor missed, and over. A missing arrival tick
    is no absence unless the clinic says that it must be set."""
    if visit.cancelled_at or visit.is_removed or visit.did_not_arrive:
        return False
    return over_at(visit) <= now and (visit.arrived is True or not require_tick)


def over_at(visit: Visit) -> datetime:
    """The moment from which a visit has ended, never before it began."""
    return max(visit.starts_at, visit.ends_at)


def activity_of(visits: Iterable[Visit], now: datetime, zone: tzinfo, thresholds: Thresholds) -> Activity:
    """Sort the visits that count by what became of them, and add up."""
    counted = sorted(
        (visit for visit in visits if visit.is_counted and not visit.is_removed),
        key=lambda visit: (visit.starts_at, id_order(visit.id)),
    )
    cancelled = [visit for visit in counted if visit.cancelled_at]
    standing = [visit for visit in counted if not visit.cancelled_at]
    missed = [visit for visit in standing if visit.did_not_arrive]
    attended = [visit for visit in standing if is_attended(visit, now, thresholds.require_tick)]
    coming = [visit for visit in standing if visit.starts_at > now]
    today = local_day(now, zone)
    last = attended[-1] if attended else None
    return Activity(
        first=attended[0] if attended else None,
        last=last,
        next=coming[0] if coming else None,
        main_practitioner_id=main_practitioner(_since(attended, today, 24, zone)),
        visits_total=len(attended),
        visits_12m=len(_since(attended, today, 12, zone)),
        no_shows=len(missed),
        cancellations=len(cancelled),
        late_cancellations=sum(is_late(visit, thresholds.late_hours) for visit in cancelled),
        last_no_show=missed[-1].starts_at if missed else None,
        last_cancellation=max((v.cancelled_at for v in cancelled if v.cancelled_at), default=None),
        days_since=(today - local_day(last.starts_at, zone)).days if last else None,
        is_booked=any(over_at(visit) > now and not visit.did_not_arrive for visit in standing),
    )


def _since(attended: Sequence[Visit], today: date, months: int, zone: tzinfo) -> list[Visit]:
    """Those that began on or after the clinic-local day so many months ago."""
    begin = midnight(months_before(today, months), zone)
    return [visit for visit in attended if visit.starts_at >= begin]


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))


def main_practitioner(attended: Sequence[Visit]) -> str:
    """Who was visited most; of several, who was visited last. Visits come in the order of their start."""
    place = {visit.practitioner_id: number for number, visit in enumerate(attended)}
    counts = Counter(visit.practitioner_id for visit in attended if visit.practitioner_id)
    return max(counts, key=lambda practitioner: (counts[practitioner], place[practitioner]), default="")


def is_late(visit: Visit, late_hours: int) -> bool:
    """Whether a visit was cancelled less than so many hours before its start, or after it."""
    return visit.cancelled_at is not None and (
        visit.starts_at - visit.cancelled_at < timedelta(hours=late_hours)
    )


def lapse_band(days_since: int | None) -> str:
    """The band for this many days since the latest attended visit, `never` without one."""
    if days_since is None:
        return LAPSE_BANDS[-1]
    for band, end in zip(LAPSE_BANDS, BAND_ENDS, strict=False):
        if days_since <= end:
            return band
    return LAPSE_BANDS[-2]


def patient_stage(activity: Activity, thresholds: Thresholds) -> str:
    """How far the patient has come. Time weighs more than number: one visit long ago is not new."""
    if activity.days_since is None:
        return "first_booked" if activity.is_booked else "enquiry"
    if activity.days_since >= thresholds.inactive_days:
        return "inactive"
    if activity.days_since >= thresholds.lapsed_days:
        return "lapsed"
    return "new" if activity.visits_total == 1 else "active"


# invoices


def is_credit(bill: Bill) -> bool:
    """Whether it gives money back."""
    return bill.status == "open_credit" or bill.total_cents < 0


def billing_of(bills: Iterable[Bill]) -> Billing:
    """Add up what was not removed: invoices, less credits whichever sign they carry."""
    standing = [bill for bill in bills if bill.status != "removed"]
    invoices = [bill for bill in standing if not is_credit(bill)]
    credits = sum(abs(bill.total_cents) for bill in standing if is_credit(bill))
    dated = [bill for bill in invoices if bill.issued_on is not None]
    return Billing(
        invoiced_cents=sum(bill.total_cents for bill in invoices) - credits,
        paid_cents=sum(bill.total_cents for bill in standing if bill.status == "paid"),
        last=max(dated, key=lambda bill: (bill.issued_on, id_order(bill.id)), default=None),
        open_invoices=sum(bill.status == "open" for bill in standing),
    )


def _money(cents: int | None) -> str:
    return money_text(None if cents is None else Decimal(cents) / 100)


# the rows


def _start(visit: Visit | None) -> str:
    return moment_text(visit.starts_at) if visit else ""


def _practitioner(view: View, visit: Visit | None) -> str:
    return view.names.practitioner(visit.practitioner_id) if visit else ""


def _type(view: View, visit: Visit | None) -> str:
    return view.names.appointment_type(visit.type_id) if visit else ""


def _location(view: View, visit: Visit | None) -> str:
    return view.names.business(visit.business_id) if visit else ""


VISIT_VALUES: Final[Mapping[str, Callable[[View], str]]] = {
    "cliniko_first_appointment": lambda v: _start(v.activity.first),
    "cliniko_last_appointment": lambda v: _start(v.activity.last),
    "cliniko_next_appointment": lambda v: _start(v.activity.next),
    "cliniko_has_upcoming": lambda v: flag_text(v.activity.next is not None),
    "cliniko_last_practitioner": lambda v: _practitioner(v, v.activity.last),
    "cliniko_next_practitioner": lambda v: _practitioner(v, v.activity.next),
    "cliniko_last_appointment_type": lambda v: _type(v, v.activity.last),
    "cliniko_next_appointment_type": lambda v: _type(v, v.activity.next),
    "cliniko_last_location": lambda v: _location(v, v.activity.last),
    "cliniko_next_location": lambda v: _location(v, v.activity.next),
    "cliniko_main_practitioner": lambda v: v.names.practitioner(v.activity.main_practitioner_id),
    "cliniko_visits_total": lambda v: whole_text(v.activity.visits_total),
    "cliniko_visits_12m": lambda v: whole_text(v.activity.visits_12m),
    "cliniko_no_shows": lambda v: whole_text(v.activity.no_shows),
    "cliniko_cancellations": lambda v: whole_text(v.activity.cancellations),
    "cliniko_late_cancellations": lambda v: whole_text(v.activity.late_cancellations),
    "cliniko_last_no_show": lambda v: moment_text(v.activity.last_no_show),
    "cliniko_last_cancellation": lambda v: moment_text(v.activity.last_cancellation),
    "cliniko_lapse_band": lambda v: lapse_band(v.activity.days_since),
    "cliniko_patient_stage": lambda v: patient_stage(v.activity, v.thresholds),
    "cliniko_rebooked": lambda v: flag_text(bool(v.activity.last and v.activity.next)),
}
BILL_VALUES: Final[Mapping[str, Callable[[Billing], str]]] = {
    "cliniko_invoiced_total": lambda b: _money(b.invoiced_cents),
    "cliniko_paid_total": lambda b: _money(b.paid_cents),
    "cliniko_last_invoice_date": lambda b: day_text(b.last.issued_on if b.last else None),
    "cliniko_last_invoice_amount": lambda b: _money(b.last.total_cents if b.last else None),
    "cliniko_open_invoices": lambda b: whole_text(b.open_invoices),
}
NAMES: Final = frozenset({*VISIT_VALUES, *BILL_VALUES, OPEN_CASES})
"""Every property that is filled here."""
