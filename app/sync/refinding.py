"""Deals that HubSpot holds under our key though this database knows nothing of them: it was lost, or is another
computer's (R85).

They are read before they are written, so that what a person did to them counts as ever: a pipeline of their own
(R27), an owner (R26), the contact they were left on (R50). Where our key was made by this database there is nothing
to find, and nothing is read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.ids import Kind
from app.domain.records import Record
from app.domain.stream import Property
from app.schema.catalogue import KEY_OF
from app.sync.fields import field_hash
from app.sync.ports import Contact
from app.sync.run import Run

FACT: Final = "key_was_there:"
"""Set per key once HubSpot was found to have it before this database made anything."""

DEAL_KINDS: Final[tuple[Kind, ...]] = ("appointment", "invoice")


@dataclass(frozen=True)
class FoundDeal:
    """A deal as HubSpot shows it, with the contacts it hangs on."""

    deal: Contact
    contacts: tuple[str, ...] = ()


def note_keys_there(run: Run, found: Collection[str], made: Collection[str]) -> None:
    """Remember which of our keys for deals exist without having been made from here."""
    for kind in DEAL_KINDS:
        key = KEY_OF[kind]
        if key in found and key not in made and run.store.fact(FACT + key) != "yes":
            run.store.set_fact(FACT + key, "yes")


def find_again(run: Run, key: str, values: Sequence[str]) -> Mapping[str, FoundDeal]:
    """The deals that carry these values of the key, by value; a full batch costs two calls."""
    if not values or run.store.fact(FACT + key) != "yes":
        return {}
    names = sorted({*run.readable["deals"], key})
    read = run.hubspot.batch_read("deals", values, names, key)
    deals = {deal.id: deal for deal in read.found.values()}
    on = run.hubspot.associations("deals", "contacts", sorted(deals)) if deals else {}
    return {
        deal.properties[key]: FoundDeal(deal, on.get(deal.id, ()))
        for deal in deals.values()
        if deal.properties.get(key)
    }


def record_of(
    run: Run,
    kind: Kind,
    value: str,
    found: FoundDeal,
    frozen: Sequence[str],
    contact_id: str,
    props: Mapping[str, Property],
) -> Record:
    """What is remembered of such a deal to begin with: it hangs where it hangs, and frozen values stay (R24)."""
    shown = found.deal.properties
    hangs_on = contact_id if contact_id in found.contacts else next(iter(found.contacts), "")
    return Record(
        kind,
        value,
        "linked",
        hubspot_id=found.deal.id,
        rule="rebuilt",
        fields={
            name: field_hash(run.salt, name, shown.get(name) or "", props[name].type)
            for name in frozen
            if shown.get(name) and name in props
        },
        refs={"contact": hangs_on} if hangs_on else {},
    )
