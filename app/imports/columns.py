"""Headings to fields: synonyms, the type of file, what a person changed, and the order of day and month.

Columns are found by their headings, never by their place. Everything here is a value; remembering a person's
choice for the next file with the same headings is the service's work (R70).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.domain.clinic_time import zone_named
from app.domain.imported import FileKind
from app.errors import BadInput, DateOrderOpen, HeadingsUnknown
from app.imports.cells import ORDERS, Order, leans
from app.imports.headings import FIELDS, INVOICES, normal_heading, normal_key
from app.imports.reader import Row

DATE_ORDER: Final = "date_order"
TIME_ZONE: Final = "time_zone"
IGNORED: Final = frozenset({"", "ignore", "ignored", "skip", "none", "-"})

DATES: Final[Mapping[FileKind, Mapping[str, tuple[str, ...]]]] = {
    "patients": {
        "days": ("date_of_birth",),
        "times": ("created_at", "updated_at", "archived_at", "deleted_at"),
    },
    "appointments": {"times": ("starts_at", "date", "ends_at", "cancelled_at", "created_at", "updated_at")},
}
"""Columns with dates, in groups that were written by one hand: what one shows counts for its group."""
NEEDED: Final[Mapping[FileKind, str]] = {"patients": "days", "appointments": "times"}
"""The group without whose order nothing is imported; what is unclear in another one counts as unknown."""
_TOLD_BY: Final = {
    "id": "the patient's id",
    "starts_at": "when the appointment starts",
    "patient_ids": "the patient",
}


@dataclass(frozen=True)
class Columns:
    """How a file is understood. `places` maps a field to the number of its column, from 0. `date_order` and
    `time_zone` are what a person said ("" = not said); `orders` what the columns show, by group."""

    kind: FileKind
    headings: tuple[str, ...]
    places: Mapping[str, int]
    date_order: Order | None = None
    time_zone: str = ""
    orders: Mapping[str, Order | None] = field(default_factory=dict)

    def order_of(self, name: str) -> Order | None:
        """The order of day and month in one field's column."""
        for group, names in DATES[self.kind].items():
            if name in names:
                return self.orders.get(group) or self.date_order
        return None

    def heading_of(self, name: str) -> str:
        """The heading of a field's column, "" when the file has none."""
        place = self.places.get(name)
        return "" if place is None else self.headings[place]

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings that nothing is taken from."""
        used = set(self.places.values())
        return tuple(heading for place, heading in enumerate(self.headings) if place not in used)

    def as_wishes(self) -> dict[str, str]:
        """The same as JSON that `with_wishes` reads: every heading with its field, "" where it is not used."""
        names = {place: name for name, place in self.places.items()}
        wishes = {heading: names.get(place, "") for place, heading in enumerate(self.headings) if heading}
        said = {DATE_ORDER: self.date_order or "", TIME_ZONE: self.time_zone}
        return wishes | {name: value for name, value in said.items() if value}


def heading_key(headings: Sequence[str]) -> str:
    """The same for every file with the same set of headings, in whatever order: a choice is remembered by it."""
    names = sorted({normal_heading(heading) for heading in headings})
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:24]


def understand(headings: Sequence[str], kind: FileKind | None = None, trust: bool = False) -> Columns:
    """The columns as their headings tell. BadInput when these are no headings, or of another type of file.

    `kind` is what a person says the file is; with `trust` that is taken as it is, since they name columns too.
    """
    guesses = {name: Columns(name, tuple(headings), _guess(headings, FIELDS[name])) for name in FIELDS}
    normal = {normal_heading(heading) for heading in headings}
    found = _kind_of(guesses)
    if kind is not None and (trust or found in (kind, None)):
        return guesses[kind]
    if found:
        if kind is None:
            return guesses[found]
        raise BadInput(
            f"a file of {found}, not of {kind}",
            sentence=f"This is a file of {found}, not of {kind}.",
            next_step=f"Import it as {found}.",
        )
    if len(normal & INVOICES) > 1:
        raise BadInput(
            "a file of invoices",
            sentence="This is a file of invoices; patients and appointments can be imported.",
        )
    raise HeadingsUnknown("no headings")


def lacking(columns: Columns) -> str:
    """The field without which nothing can be imported and which no column is taken for, "" where none lacks."""
    places = set(columns.places)
    if columns.kind == "patients":
        return "" if "id" in places else "id"
    if not {"starts_at", "date"} & places:
        return "starts_at"
    return "" if {"patient_ids", "patient_name", "patient_last_name"} & places else "patient_ids"


def check_complete(columns: Columns) -> None:
    """BadInput when what an import cannot do without has no column."""
    if not columns.places:
        raise HeadingsUnknown("no headings")
    if lacks := lacking(columns):
        raise BadInput(
            f"no column for {lacks}",
            sentence=f"No column of the file tells {_TOLD_BY[lacks]}.",
            next_step=f'If one does, name it in the mapping: {{"Its heading": "{lacks}"}}.',
        )


def with_wishes(columns: Columns, wishes: Mapping[str, Any]) -> Columns:
    """The columns as a person wants them: heading → field ("" or `ignore` leaves a column out), `date_order`
    (day_first or month_first) and `time_zone` (an IANA name). BadInput names what is not understood."""
    places = dict(columns.places)
    changed = columns
    for key, value in wishes.items():
        if not isinstance(value, str) and value is not None:
            raise BadInput(
                "mapping: not text", sentence=f"In the mapping, “{key[:60]}” must have a text beside it."
            )
        wish = (value or "").strip()
        if key == DATE_ORDER:
            changed = replace(changed, date_order=_order(wish))
        elif key == TIME_ZONE and (zone_named(wish) or TIME_ZONE not in map(normal_key, columns.headings)):
            if zone_named(wish) is None:
                raise BadInput(
                    "mapping: unknown time zone",
                    sentence=f"“{wish[:60]}” is no time zone, such as Australia/Melbourne.",
                )
            changed = replace(changed, time_zone=wish)
        else:
            _wish(columns, places, key, wish)
    return replace(changed, places=places)


def _wish(columns: Columns, places: dict[str, int], key: str, wish: str) -> None:
    """One column: `{"Heading": "field"}`, or the other way round."""
    table = FIELDS[columns.kind]
    place = _place(columns.headings, key)
    name = table.get(normal_heading(wish), "")
    if place is None and (turned := _place(columns.headings, wish)) is not None:
        place, name, wish = turned, table.get(normal_heading(key), ""), key
    if place is None:
        raise BadInput("mapping: unknown heading", sentence=f"The file has no heading “{key[:60]}”.")
    if not name and wish.lower() not in IGNORED:
        raise BadInput(
            "mapping: unknown field",
            sentence=f"There is no field “{wish[:60]}” for {columns.kind}.",
            next_step="Fields are: " + ", ".join(sorted(set(table.values()))) + ".",
        )
    for taken in [one for one, at in places.items() if at == place]:
        del places[taken]
    if name:
        places[name] = place


def with_orders(columns: Columns, rows: Iterable[Row], suggested: Order | None = None) -> Columns:
    """The columns once every date was looked at: a first part above 12 settles that the day comes first, a
    second one the month (R70). BadInput asks where the rows leave it open and nobody said; `suggested` is the
    usual order in the clinic's country."""
    groups = DATES[columns.kind]
    seen: dict[str, set[str]] = {group: set() for group in groups}
    watched = [
        (columns.places[name], seen[group])
        for group, names in groups.items()
        for name in names
        if name in columns.places
    ]
    for row in rows:
        for place, found in watched:
            cell = row.cells[place]
            # An ISO date or a blank says nothing of the order; most cells are one of these.
            if cell and cell[4:5] != "-" and (lean := leans(cell)):
                found.add(lean)
    orders: dict[str, Order | None] = {}
    for group, found in seen.items():
        settled = [order for order in ORDERS if order in found]
        orders[group] = settled[0] if len(settled) == 1 else None
        needs_word = len(settled) > 1 or (not settled and "either" in found)
        if group == NEEDED[columns.kind] and needs_word:
            if columns.date_order is None:
                raise date_order_needed(suggested)
            orders[group] = columns.date_order
    return replace(columns, orders=orders)


def date_order_needed(suggested: Order | None) -> DateOrderOpen:
    """The question which of day and month comes first, with how to answer it."""
    usual = f" In the clinic's country it is usually {suggested}." if suggested else ""
    return DateOrderOpen(
        "date order needed",
        sentence=DateOrderOpen.sentence + usual,
        next_step='Say so in the mapping: {"date_order": "day_first"} or {"date_order": "month_first"}.',
    )


def _order(wish: str) -> Order:
    word = wish.lower().replace(" ", "_").replace("-", "_")
    for order, forms in (
        ("day_first", ("day_first", "dmy", "dd/mm/yyyy", "d/m/y")),
        ("month_first", ("month_first", "mdy", "mm/dd/yyyy", "m/d/y")),
    ):
        if word in forms:
            return ORDERS[0] if order == "day_first" else ORDERS[1]
    raise BadInput("mapping: unknown date order", sentence="date_order is day_first or month_first.")


def _guess(headings: Sequence[str], table: Mapping[str, str]) -> dict[str, int]:
    """Field → column; where two columns would do, the first one counts."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = table.get(normal_heading(heading))
        if name is not None:
            places.setdefault(name, place)
    return places


def _kind_of(guesses: Mapping[FileKind, Columns]) -> FileKind | None:
    appointments, patients = guesses["appointments"].places, guesses["patients"].places
    if "starts_at" in appointments or {"date", "appointment_type"} <= set(appointments):
        return "appointments"
    named = {"id", "first_name", "last_name", "full_name", "email", "date_of_birth"} & set(patients)
    return "patients" if len(named) > 1 else None


def _place(headings: Sequence[str], wanted: str) -> int | None:
    for place, heading in enumerate(headings):
        if heading == wanted:
            return place
    normal = normal_heading(wanted)
    for place, heading in enumerate(headings):
        if normal and normal_heading(heading) == normal:
            return place
    return None
