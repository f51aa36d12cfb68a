"""Search: filters, one sort, pages up to ten thousand hits, over an index that lags behind the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.sandbox.hubspot_data import PortalData
from app.sandbox.hubspot_filters import Filter, held_value, parse_filter
from app.sandbox.hubspot_kinds import Kind
from app.sandbox.hubspot_records import Record
from app.sandbox.hubspot_replies import Json, Refusal, body_of, ok
from app.sandbox.hubspot_shown import show, value_of
from app.sandbox.messages import Reply, Request

MOST_GROUPS = 5
MOST_FILTERS_IN_GROUP = 6
MOST_FILTERS = 18
LONGEST_PAGE = 200
MOST_HITS = 10_000
LONGEST_BODY = 3_000

_TEXT_OF = {
    "contacts": ("firstname", "lastname", "email", "phone", "mobilephone", "company", "hs_additional_emails"),
    "deals": ("dealname", "pipeline", "dealstage", "description", "dealtype"),
}


class Search:
    """What `/crm/objects/{version}/{kind}/search` answers."""

    def __init__(self, data: PortalData) -> None:
        self._data = data

    def answer(self, request: Request, kind: Kind) -> Reply:
        """POST of a search."""
        body = body_of(request)
        if len(request.body.decode("utf-8", "replace")) > LONGEST_BODY:
            raise Refusal(400, f"The search request must have at most {LONGEST_BODY} characters.")
        groups = self._groups(kind, body.get("filterGroups") or [])
        size = _count(body.get("limit", 10), "limit", 1, LONGEST_PAGE)
        start = _count(body.get("after", 0) or 0, "after", 0, MOST_HITS)
        if start + size > MOST_HITS:
            raise Refusal(400, f"You can page through at most {MOST_HITS} results; after is {start}.")
        order = self._order(kind, body.get("sorts") or [])
        hits = self._hits(kind, groups, body.get("query"))
        self._sort(kind, hits, order)
        shown = [
            show(self._data, kind, record, body.get("properties")) for record in hits[start : start + size]
        ]
        told: Json = {"total": len(hits), "results": shown}
        if start + size < len(hits):
            told["paging"] = {"next": {"after": str(start + size), "link": f"?after={start + size}"}}
        return ok(told)

    def _groups(self, kind: Kind, rows: Any) -> list[list[Filter]]:
        if not isinstance(rows, list) or len(rows) > MOST_GROUPS:
            raise Refusal(400, f"filterGroups must be a list of at most {MOST_GROUPS}")
        groups = []
        for row in rows:
            filters = row.get("filters") if isinstance(row, dict) else None
            if not isinstance(filters, list) or not filters:
                raise Refusal(400, "a filter group needs filters")
            if len(filters) > MOST_FILTERS_IN_GROUP:
                raise Refusal(400, f"a filter group can have at most {MOST_FILTERS_IN_GROUP} filters")
            groups.append([parse_filter(self._data, kind, one) for one in filters])
        if sum(len(group) for group in groups) > MOST_FILTERS:
            raise Refusal(400, f"a search can have at most {MOST_FILTERS} filters")
        return groups

    def _order(self, kind: Kind, rows: Any) -> tuple[str, bool] | None:
        """The property to sort by and whether the highest comes first."""
        if not isinstance(rows, list) or len(rows) > 1:
            raise Refusal(400, "only one sort is allowed")
        if not rows:
            return None
        row = rows[0]
        if isinstance(row, str):
            name, down = row.removeprefix("-"), row.startswith("-")
        else:
            name = row.get("propertyName")
            direction = row.get("direction", "ASCENDING")
            if direction not in ("ASCENDING", "DESCENDING"):
                raise Refusal(400, f"direction is not valid: {direction}")
            down = direction == "DESCENDING"
        if self._data.definition(kind, str(name)) is None:
            raise Refusal(400, f'Property "{name}" does not exist')
        return str(name), down

    def _hits(self, kind: Kind, groups: list[list[Filter]], text: Any) -> list[Record]:
        records = self._data.of(kind)
        records.catch_up(self._data.now_ms())
        hits: dict[str, Record] = {}
        for group in groups or [[]]:
            for record in self._candidates(kind, group):
                if record.id not in hits and all(one.test(record) for one in group):
                    hits[record.id] = record
        if text:
            words = str(text).casefold().split()
            return [record for record in hits.values() if self._mentions(kind, record, words)]
        return list(hits.values())

    def _candidates(self, kind: Kind, group: list[Filter]) -> Iterator[Record]:
        """The fewest records that may pass all filters of a group."""
        records = self._data.of(kind)
        lows = [one.low for one in group if one.low is not None]
        highs = [one.high for one in group if one.high is not None]
        ids = [one.ids for one in group if one.ids is not None]
        if ids:
            return _present(records.visible(record_id) for record_id in min(ids, key=len))
        if lows or highs:
            return records.visible_in(max(lows, default=None), min(highs, default=None))
        return records.all_visible()

    @staticmethod
    def _mentions(kind: Kind, record: Record, words: list[str]) -> bool:
        held = " ".join(record.values.get(name, "") for name in _TEXT_OF[kind.name]).casefold()
        return all(word in held for word in words)

    def _sort(self, kind: Kind, hits: list[Record], order: tuple[str, bool] | None) -> None:
        """By what was asked, else by creation; those without a value come last."""
        hits.sort(key=lambda record: (record.created, record.number))
        if order is None:
            return
        name, down = order
        if name in (kind.modified, "hs_lastmodifieddate"):
            hits.sort(key=lambda record: record.modified, reverse=down)
            return
        if name in ("hs_object_id", "createdate", "hs_createdate"):
            hits.sort(
                key=lambda record: record.number if name == "hs_object_id" else record.created, reverse=down
            )
            return
        definition = self._data.definition(kind, name)
        compared = definition.type if definition else "string"
        filled: list[tuple[Any, Record]] = []
        empty: list[Record] = []
        for record in hits:
            value = held_value(compared, value_of(self._data, kind, record, name))
            if value is None:
                empty.append(record)
            else:
                filled.append((value, record))
        filled.sort(key=lambda pair: pair[0], reverse=down)
        hits[:] = [record for _, record in filled] + empty


def _present(records: Iterable[Record | None]) -> Iterator[Record]:
    return (record for record in records if record is not None)


def _count(value: Any, name: str, lowest: int, highest: int) -> int:
    text = str(value)
    if isinstance(value, bool) or not text.isdigit() or not lowest <= int(text) <= highest:
        raise Refusal(400, f"{name} must be a whole number from {lowest} to {highest}: {text}")
    return int(text)
