"""The portal's contacts as candidates: listed once, kept fresh by one search an execution (matching §1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.domain.records import Cursor, PortalContact, Separation
from app.domain.stream import Property
from app.matching.signs import COMPARED_PROPERTIES, portal_contact_of
from app.sync.ports import Contact, Filter, HubSpotPort, Read, SearchPage
from app.sync.requests import TRIGGERS
from app.sync.run import Chain, Run
from app.sync.storage import Storage
from app.sync.write_back_fields import FIELDS as WRITE_BACK_FIELDS

OVERLAP = timedelta(minutes=5)
"""Search lags behind writes; what was seen within the overlap is compared and dropped."""

SETTLED = 2 * OVERLAP
"""Older than this, everything of a moment has been seen: the look begins just after it, however many contacts one
import stamped with the same time."""

JUST_AFTER = timedelta(milliseconds=1)

OWN_WRITES_IN_ONE_PAGE = 120
"""More of our own writes than this are not read back by the search: it looks only beyond them."""

MOST_GROUPS = 5
"""OR groups of one search (https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm)."""

SORT = "lastmodifieddate"

SHORT_ID = re.compile(r"[0-9]{1,15}")
"""An id that no number rounds."""

REFRESH_S = 120.0
"""How old the last look may be within a chain of executions."""

MOST_HITS = 5_000
"""Beyond this a fresh listing is cheaper and has no cap."""

INDEX_NAMES = (
    *COMPARED_PROPERTIES,
    "cliniko_sync_hold",
    "cliniko_shared_email",
    "hs_merged_object_ids",
    "hs_email_optout",
    "hubspot_owner_id",
    "lifecyclestage",
    "lastmodifieddate",
)

OPTED_OUT = "opted_out"
"""Side rows: contacts that were seen unsubscribed from all e-mail."""


def index_row(run: Run, contact: Contact) -> PortalContact:
    """A contact as a row of the local index."""
    modified = contact.properties.get("lastmodifieddate") or contact.updated_at
    return portal_contact_of(
        contact.id, contact.properties, run.salt, run.clinic.country_code, modified, run.clinic.stops
    )


READ_NAMES = "portal_read_names"
"""The fact that tells which properties the last look read."""


def begin_search(chain: Chain, store: Storage, hubspot: HubSpotPort) -> None:
    """Ask ahead what changed in the portal, by the names that the last look read; where another look is due by
    then, this one is not used."""
    floor = store.cursor("portal").floor
    kept = store.fact(READ_NAMES)
    if floor is None or not kept or store.fact("portal_listing"):
        return
    names = tuple(kept.split(","))
    groups = search_groups(store, names, floor)
    names = searched_names(names)
    chain.ahead.begin(
        chain.executor,
        _search_key(groups, names),
        lambda: hubspot.search("contacts", groups, names, SORT),
    )


def searched_names(readable: Iterable[str]) -> tuple[str, ...]:
    """What a search asks for: enough to tell news from what is known. News is then read whole, and from the
    records themselves, which are never behind as the search's index may be."""
    return tuple(name for name in (SORT, *TRIGGERS) if name in set(readable))


def _search_key(groups: Sequence[Sequence[Filter]], names: Sequence[str]) -> tuple[object, ...]:
    return ("search", tuple(map(tuple, groups)), tuple(names))


def search_groups(store: Storage, readable_names: Iterable[str], floor: datetime) -> list[list[Filter]]:
    """The OR groups of the one search: changed since, or asking for something.

    A listing is exact, so nothing before it is read again. After a large load of our own the linked contacts are
    looked at only beyond our last write, so that the search does not read all of it back.
    """
    start = floor - OVERLAP
    listed = store.fact("portal_listed_from")
    if listed:
        start = max(start, datetime.fromisoformat(listed))
    since = [Filter("lastmodifieddate", "GTE", _millis(start))]
    readable = set(readable_names)
    triggers = [[Filter(name, "EQ", "yes")] for name in TRIGGERS if name in readable]
    own = json.loads(store.fact("own_writes") or "{}")
    if not own or own["count"] <= OWN_WRITES_IN_ONE_PAGE or _moment(own["until"]) < start:
        return [since, *triggers]
    keys = [n for n in ("cliniko_patient_key", "cliniko_contact_key") if n in readable]
    strangers = since + [Filter(name, "NOT_HAS_PROPERTY") for name in keys]
    beyond = [Filter("lastmodifieddate", "GT", _millis(_moment(own["until"])))]
    return [beyond, strangers, *triggers][:MOST_GROUPS]


class Portal:
    """The local index of one execution, and the door to reading contacts."""

    def __init__(self, run: Run) -> None:
        self._run = run

    # keeping it fresh

    def freshen(self) -> None:
        """List all contacts the first time, else search for what changed since the last look.

        Within a chain of executions the search is repeated every few minutes only."""
        run = self._run
        cursor = run.store.cursor("portal")
        last = run.chain.refreshed_at
        if cursor.floor is None or run.store.fact("portal_listing"):
            self._list_all()
        elif last is None or run.clock.monotonic() - last > REFRESH_S:
            self._search_changes(cursor)
        else:
            return
        names = ",".join(self._read_names())
        if run.store.fact(READ_NAMES) != names:
            run.store.set_fact(READ_NAMES, names)
        run.chain.refreshed_at = run.clock.monotonic()

    def _list_all(self) -> None:
        """Every contact, 100 a call; resumed where a crash left it."""
        run = self._run
        state = json.loads(run.store.fact("portal_listing") or "{}")
        after: str | None = state.get("after")
        started = state.get("started") or run.now().isoformat()
        newest = state.get("newest", "")
        if after is None:
            run.store.clear_portal()
        run.chain.portal_cache.begin(run.clock.monotonic())
        while True:
            run.check_stop()
            page, after = run.hubspot.list_page("contacts", self._read_names(), after)
            rows = [self._exact(row) for row in page]
            newest = max([newest, *(_modified(row) for row in rows)])
            with run.store.write():
                self._keep(rows)
                if after is not None:
                    run.store.set_fact(
                        "portal_listing", json.dumps({"after": after, "started": started, "newest": newest})
                    )
            for row in rows:
                run.chain.portal_cache.put(row, run.clock.monotonic())
                self._note_triggers(row)
            if after is None:
                break
        begun = datetime.fromisoformat(started)
        floor = min(begun, _moment(newest)) if newest else begun - timedelta(days=1)
        if begun - floor > SETTLED:
            floor += JUST_AFTER
        with run.store.write():
            run.store.set_fact("portal_listing", "")
            run.store.set_fact("portal_listed_from", floor.isoformat())
            run.store.save_cursor(Cursor("portal", floor=floor))

    def _search_changes(self, cursor: Cursor) -> None:
        run = self._run
        assert cursor.floor is not None
        newest = cursor.floor
        seen: list[Contact] = []
        groups = search_groups(run.store, self._read_names(), cursor.floor)
        names = searched_names(self._read_names())
        first = run.chain.ahead.take(
            _search_key(groups, names), lambda: run.hubspot.search("contacts", groups, names, SORT)
        )
        page: SearchPage | None = first
        while page is not None:
            run.check_stop()
            if page.total > MOST_HITS:
                self._list_all()
                return
            seen.extend(page.rows)
            page = run.hubspot.search("contacts", groups, names, SORT, page.after) if page.after else None
        unique = {row.id: row for row in seen}
        changed = self._read_news(unique)
        known = run.store.portal_contacts([row.id for row in changed])
        for row in changed:
            self._note_triggers(row)
        for row in unique.values():
            newest = max(newest, min(_moment(_modified(row)), run.now() + timedelta(days=1)))
        with run.store.write():
            self._keep(changed)
            if newest != cursor.floor:
                run.store.save_cursor(replace(cursor, floor=newest))
            if unique and not changed and run.now() - newest > SETTLED:
                run.store.set_fact("portal_listed_from", (newest + JUST_AFTER).isoformat())
        self._note_changes(changed, known)

    def _read_news(self, found: Mapping[str, Contact]) -> list[Contact]:
        """Of the contacts found, those that are not as they are remembered, or that ask for something, whole."""
        known = self._run.store.portal_contacts(found)
        ids = [
            row.id
            for row in found.values()
            if self._is_news(row, known.get(row.id)) or any(row.properties.get(t) == "yes" for t in TRIGGERS)
        ]
        if not ids:
            return []
        answer = self._run.hubspot.batch_read("contacts", ids, self._read_names())
        return list({contact.id: self._exact(contact) for contact in answer.found.values()}.values())

    def _exact(self, contact: Contact) -> Contact:
        """The contact less ids that a number may have rounded (R64)."""
        rounded = [
            n for n in self._run.chain.inexact if not SHORT_ID.fullmatch(contact.properties.get(n, "0"))
        ]
        if not rounded:
            return contact
        kept = {name: value for name, value in contact.properties.items() if name not in rounded}
        return replace(contact, properties=kept)

    def _read_names(self) -> tuple[str, ...]:
        return self._run.readable["contacts"]

    def _is_news(self, row: Contact, known: PortalContact | None) -> bool:
        return known is None or known.modified != _modified(row)

    def _keep(self, rows: Sequence[Contact]) -> None:
        run = self._run
        index = [index_row(run, row) for row in rows]
        run.store.save_portal_contacts(index)
        pairs = [
            Separation("patient", cliniko_id, row.hubspot_id) for row in index for cliniko_id in row.separated
        ]
        if pairs:
            run.store.save_separations(pairs)

    def _note_triggers(self, row: Contact) -> None:
        if any(row.properties.get(name) == "yes" for name in TRIGGERS):
            self._run.triggered[row.id] = row

    def _note_changes(self, changed: Sequence[Contact], known: dict[str, PortalContact]) -> None:
        """Remember what may settle a question or end a pause: anything but our own values coming back (R6)."""
        run = self._run
        for row in changed:
            before = known.get(row.id)
            now = index_row(run, row)
            if before is None or replace(now, modified="") != replace(before, modified=""):
                run.portal_changed.add(row.id)
            run.chain.portal_cache.forget(row.id)
        self._note_opt_outs(changed)
        held = run.store.records_on("patient", [row.id for row in changed])
        for row in changed:
            record = held.get(row.id)
            if (
                record
                and record.reason == "hubspot_hold"
                and row.properties.get("cliniko_sync_hold") != "true"
            ):
                run.want("patients", [record.cliniko_id])
        held = run.store.records_on("contact", [row.id for row in changed])
        for row in changed:
            record = held.get(row.id)
            if (
                record
                and record.reason == "hubspot_hold"
                and row.properties.get("cliniko_sync_hold") != "true"
            ):
                run.want("contacts", [record.cliniko_id])

    def _note_opt_outs(self, changed: Sequence[Contact]) -> None:
        """Have patients looked at whose contact unsubscribed, or subscribed again, since it was seen last (R15)."""
        run = self._run
        known = run.store.side_rows(OPTED_OUT, [row.id for row in changed])
        now = {row.id for row in changed if row.properties.get("hs_email_optout") == "true"}
        turned = now ^ set(known)
        if not turned:
            return
        records = run.store.records_on("patient", turned)
        with run.store.write():
            run.want("patients", [record.cliniko_id for record in records.values()])
            run.store.save_side_rows(OPTED_OUT, {key: {} for key in now - set(known)})
            run.store.drop_side_rows(OPTED_OUT, set(known) - now)

    # reading and remembering

    def read(self, ids: Iterable[str], fresh: bool = False) -> Read:
        """Contacts by id with every property we may compare, from the listing just made or in batches.

        Ids that are gone leave the index; a merged id maps to its survivor."""
        run = self._run
        wanted = sorted(set(ids))
        found: dict[str, Contact] = {}
        if not fresh:
            for hubspot_id in wanted:
                kept = run.chain.portal_cache.get(hubspot_id, run.clock.monotonic())
                if kept is not None:
                    found[hubspot_id] = kept
        rest = [hubspot_id for hubspot_id in wanted if hubspot_id not in found]
        if not rest:
            return Read(found)
        answer = run.hubspot.batch_read("contacts", rest, self._read_names())
        gone = set(answer.missing)
        gone |= {asked for asked, contact in answer.found.items() if contact.id != asked}
        if gone:
            run.store.drop_portal_contacts(gone)
        exact = {asked: self._exact(contact) for asked, contact in answer.found.items()}
        return Read({**found, **exact}, answer.missing)

    def wrote(self, written: Sequence[tuple[str, dict[str, str], str]]) -> None:
        """Keep the index true after our own writes: (id, all properties now known, updated_at)."""
        run = self._run
        rows = [
            portal_contact_of(
                hubspot_id, properties, run.salt, run.clinic.country_code, updated_at, run.clinic.stops
            )
            for hubspot_id, properties, updated_at in written
        ]
        run.store.save_portal_contacts(rows)
        for hubspot_id, properties, updated_at in written:
            contact = Contact(hubspot_id, properties, updated_at)
            if run.chain.is_chained:
                run.chain.portal_cache.put_written(contact)
            else:
                # What the roll-ups of the same execution would read again.
                run.chain.portal_cache.put(contact, run.clock.monotonic())

    def count_own_writes(self, count: int, until: str) -> None:
        """Remember how much we wrote ourselves, so that the next search need not read it all back (R6)."""
        run = self._run
        own = json.loads(run.store.fact("own_writes") or "{}")
        floor = run.store.cursor("portal").floor
        if own and floor is not None and _moment(own["until"]) < floor - OVERLAP:
            own = {}
        latest = max(until, own.get("until", ""))
        if latest:
            run.store.set_fact(
                "own_writes", json.dumps({"until": latest, "count": own.get("count", 0) + count})
            )


def readable_names(existing: Iterable[str], writable: Iterable[Property]) -> tuple[str, ...]:
    """What reading a contact asks for: what the index needs, what requests bring to Cliniko whatever is sent the
    other way (R41), and what may be written; as far as it exists."""
    present = set(existing)
    sources = (row.property for row in WRITE_BACK_FIELDS)
    wanted = dict.fromkeys((*INDEX_NAMES, *TRIGGERS, *sources, *(prop.name for prop in writable)))
    return tuple(name for name in wanted if name in present)


def _modified(row: Contact) -> str:
    return row.properties.get("lastmodifieddate") or row.updated_at


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def _millis(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))
