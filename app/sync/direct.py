"""Direct writes to known HubSpot records: each property only while it still shows what was seen (R52, R81, I2).

Used by repair, forget and undo. Keys and addresses are taken off every record before any record gets one, since
HubSpot allows each on one record only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.records import JournalEntry
from app.domain.stream import ObjectKind, Property
from app.errors import OutcomeUnknown
from app.schema.catalogue import CATALOGUE
from app.sync.apply import BATCH
from app.sync.ports import Contact, Input
from app.sync.run import Run
from app.sync.traces import same_value

PROPS: Mapping[str, Mapping[str, Property]] = {
    kind: {row.name: row for row in CATALOGUE.properties if row.object == kind}
    for kind in ("contacts", "deals")
}
"""Everything we may ever have written, whatever the privacy level is today."""

UNIQUE = frozenset({"email", *(row.name for row in CATALOGUE.owned if row.unique)})
ROUNDS = 4

CHANGED, REFUSED, GONE = "changed_since", "refused", "gone"
"""Why a property stays as it is."""

Changes = Mapping[str, tuple[str | None, str]]


@dataclass
class Changed:
    """What became of one record: `done` name → (old, new) as HubSpot showed them, `stays` name → why, `contact`
    the record as read before."""

    done: dict[str, tuple[str, str]] = field(default_factory=dict)
    stays: dict[str, str] = field(default_factory=dict)
    contact: Contact | None = None


def read(run: Run, kind: ObjectKind, ids: Iterable[str], names: Iterable[str]) -> Mapping[str, Contact]:
    """These records with these properties, by the id asked for; those that are gone are absent."""
    wanted = sorted(set(ids))
    return run.hubspot.batch_read(kind, wanted, sorted(set(names))).found if wanted else {}


def plan(kind: ObjectKind, contact: Contact | None, wanted: Changes, resumed: bool = False) -> Changed:
    """What can be changed of one record as it is now: pure.

    `wanted` is name → (what HubSpot must still show, what it is to show). With `resumed` a value that is there
    already counts as done by us: an interrupted change goes on."""
    result = Changed(contact=contact)
    props = PROPS[kind]
    for name, (seen, new) in wanted.items():
        now = contact.properties.get(name, "") if contact else ""
        if contact is None:
            result.stays[name] = GONE
        elif same_value(name, now, new, props):
            if resumed and not same_value(name, seen, new, props):
                result.done[name] = (seen or "", new)
        elif same_value(name, now, seen, props) or (resumed and name in UNIQUE and not now):
            result.done[name] = (seen or "", new)
        else:
            result.stays[name] = CHANGED
    return result


def change(
    run: Run, kind: ObjectKind, wanted: Mapping[str, Changes], resumed: bool = False
) -> dict[str, Changed]:
    """Change these records, by id, and say what became of each. The intent is the caller's.

    Raises OutcomeUnknown where an answer was lost: the caller's intent makes the next execution go on."""
    found = read(run, kind, wanted, {name for changes in wanted.values() for name in changes})
    results = {key: plan(kind, found.get(key), changes, resumed) for key, changes in wanted.items()}
    if run.is_rehearsal:
        return results
    giving, taking = _parts(results, found)
    for part in (giving, taking):
        _send(run, kind, part, results)
    return results


def _parts(
    results: Mapping[str, Changed], found: Mapping[str, Contact]
) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """By record id: unique values to be taken off first, then all the rest."""
    giving: dict[str, dict[str, str]] = {}
    taking: dict[str, dict[str, str]] = {}
    for key, result in results.items():
        for name, (_, new) in result.done.items():
            if found[key].properties.get(name, "") == new:
                continue
            if name in UNIQUE:
                giving.setdefault(key, {})[name] = ""
                if new:
                    taking.setdefault(key, {})[name] = new
            else:
                taking.setdefault(key, {})[name] = new
    lonely = {key for key, values in giving.items() if taking.get(key, {}).keys() >= values.keys()}
    if len(giving) <= 1 and lonely:
        # Nobody waits for what this one gives up: one call does.
        giving = {}
    return giving, taking


def _send(
    run: Run, kind: ObjectKind, part: dict[str, dict[str, str]], results: Mapping[str, Changed]
) -> None:
    for _ in range(ROUNDS):
        queue = list(part.items())
        part = {}
        for start in range(0, len(queue), BATCH):
            run.check_stop()
            batch = queue[start : start + BATCH]
            inputs = [Input(f"direct-{key}", key, values) for key, values in batch]
            for answer in run.hubspot.batch_update(kind, inputs):
                key = answer.trace.removeprefix("direct-")
                values = dict(batch)[key]
                if answer.unknown:
                    raise OutcomeUnknown("HubSpot", "HubSpot did not say what became of a change")
                if answer.refusal is None:
                    continue
                named = [name for name in answer.refusal.properties if name in values] or list(values)
                reason = GONE if answer.refusal.code == "not_found" else REFUSED
                for name in named:
                    results[key].done.pop(name, None)
                    results[key].stays[name] = reason
                rest = {name: value for name, value in values.items() if name not in named}
                if rest:
                    part[key] = rest
        if not part:
            return


def journal(
    run: Run, kind: str, cliniko_id: str, target_id: str, done: Mapping[str, tuple[str, str]], source: str
) -> None:
    """Note what was changed, once per execution (I12)."""
    noted = {
        (entry.target_id, entry.field)
        for entry in run.store.journal_of_target("hubspot", target_id, 200)
        if entry.run_id == run.run_id and entry.source == source
    }
    run.store.write_journal(
        [
            JournalEntry(
                run.run_id, kind, cliniko_id, "hubspot", target_id, name, old, new, source, run.now()
            )
            for name, (old, new) in done.items()
            if (target_id, name) not in noted
        ]
    )
