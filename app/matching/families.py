"""Who of several people with one address holds it in HubSpot, where an address fits on one contact only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.ids import id_order
from app.domain.people import Household

NOBODY: Final = "nobody"
"""A person chose that no contact carries the address."""

KEEP: Final = "keep:"
"""Before a patient id: a person looked and left the address with this one."""


@dataclass(frozen=True)
class Member:
    """One patient with the shared address.

    `adult_on` is the 18th birthday; None, an unknown age, counts as an adult: most patients are, and nothing
    is taken away from somebody whose age we do not know. `linked_contact` is the HubSpot contact. Set
    `held_before_us` while that contact carries the address and carried it before we linked it.
    """

    cliniko_id: str
    adult_on: date | None = None
    linked_contact: str | None = None
    held_before_us: bool = False
    status: str = "active"

    def is_adult(self, today: date) -> bool:
        """Whether this one is of age on the clinic's day."""
        return self.adult_on is None or self.adult_on <= today


@dataclass(frozen=True)
class Holding:
    """Who holds the address ("" = none of them). `ask`: open `shared_email`. `reminder`: a child came of age
    while sharing the address, to be said once; nothing changes by itself."""

    holder_id: str
    ask: bool = False
    reminder: bool = False


def inbox_holder(
    members: Sequence[Member],
    today: date,
    current_holder: str | None = None,
    choice: str | None = None,
    address_elsewhere: bool = False,
    *,
    came_in: bool = True,
    since: date | None = None,
) -> Holding:
    """Decide who holds a shared address; the result is a member or nobody (R12).

    An address on a contact from before us stays there; else a person's choice counts; else the only adult;
    else the adult already linked; else the lowest id. By itself the address moves only from a child to an
    adult, and only when somebody came in (`came_in`) or there was no holder.
    `current_holder` is the patient whose contact carries the address now, `choice` a patient id, `NOBODY` or
    `KEEP` + id, `address_elsewhere` that it sits on a contact of none of these members. `since` is the day of
    the last look, for the reminder; without it only a birthday today counts. Merged files are no members.
    """
    people = sorted((m for m in members if m.status != "merged"), key=lambda m: id_order(m.cliniko_id))
    active = [member for member in people if member.status == "active"]
    reminder = len(active) > 1 and any(_came_of_age(member, since, today) for member in active)
    if address_elsewhere or not people:
        return Holding("", reminder=reminder)
    by_id = {member.cliniko_id: member for member in people}
    earlier = next((member for member in people if member.held_before_us), None)
    chosen = by_id.get((choice or "").removeprefix(KEEP))
    if choice == NOBODY and earlier is None:
        return Holding("", reminder=reminder)
    holder = earlier or chosen or _by_age(people, active, today, by_id.get(current_holder or ""), came_in)
    if chosen and earlier and earlier.status != "active":
        holder = chosen
    return Holding(
        holder.cliniko_id,
        ask=_is_open(holder, active, today, choice, settled=bool(earlier or chosen)),
        reminder=reminder,
    )


def household_of(cliniko_id: str, members: Sequence[Member], holding: Holding) -> Household:
    """What one member's contact says of the household: how many share the address, and who holds it."""
    people = [member for member in members if member.status == "active" or member.cliniko_id == cliniko_id]
    return Household(
        size=max(1, len(people)),
        holder_id=holding.holder_id,
        has_address=holding.holder_id == cliniko_id,
    )


def _by_age(
    people: Sequence[Member], active: Sequence[Member], today: date, current: Member | None, came_in: bool
) -> Member:
    """The holder where neither an earlier contact nor a person says so."""
    adults = [member for member in active if member.is_adult(today)]
    if current and not (came_in and adults and not current.is_adult(today)):
        return current
    linked = [member for member in adults if member.linked_contact]
    # Who is archived gets the address only where nobody else is left to have it.
    return (linked if len(adults) > 1 and linked else adults or active or people)[0]


def _is_open(
    holder: Member, active: Sequence[Member], today: date, choice: str | None, *, settled: bool
) -> bool:
    """Whether `shared_email` is to be asked: an archived holder others wait behind, or adults undecided."""
    if choice == f"{KEEP}{holder.cliniko_id}":
        return False
    if holder.status != "active":
        return bool(active)
    return not settled and sum(member.is_adult(today) for member in active) > 1


def _came_of_age(member: Member, since: date | None, today: date) -> bool:
    """Whether the 18th birthday lies after the last look and not after today."""
    if member.adult_on is None:
        return False
    return member.adult_on == today if since is None else since < member.adult_on <= today
