"""A HubSpot account that was in use before: people it shares with the clinic, leads, own fields, deals, owners."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.sandbox import clinic_names as names
from app.sandbox.hubspot import HubSpot

COLOURS = ("red", "green", "blue", "yellow")
OTHER_TOOL = "cliniko_patient_id"

# Of the contacts that have to do with a patient: which share is known in which way.
_SHARES = (
    ("same", 0.5),
    ("nickname", 0.15),
    ("inbox", 0.15),
    ("other_birthday", 0.1),
    ("further_address", 0.1),
)
_KNOWN_SHARE = 0.4
_NICKNAMES = {**dict(names.WITH_NICKNAME), **{short: long for long, short in names.WITH_NICKNAME}}


@dataclass
class Portal:
    """Ids of what was made: contacts by what they have to do with patients, and everything else."""

    same: list[str] = field(default_factory=list)
    nickname: list[str] = field(default_factory=list)
    inbox: list[str] = field(default_factory=list)
    other_birthday: list[str] = field(default_factory=list)
    further_address: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    deals: list[str] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)

    @property
    def contacts(self) -> list[str]:
        """All of them."""
        known = (self.same, self.nickname, self.inbox, self.other_birthday, self.further_address)
        return [one for ids in (*known, self.leads) for one in ids]


def build_portal(
    hubspot: HubSpot,
    seed: int = 1,
    contacts: int = 150,
    people: Sequence[Mapping[str, Any]] = (),
    staff: Sequence[Mapping[str, Any]] = (),
    other_tool: bool = False,
) -> Portal:
    """Fill an empty account with so many contacts, up to two in five of them people of the clinic.

    `people` are dicts with `first_name`, `last_name`, `email`, `phone`, `date_of_birth` (ISO) and optionally
    `id`; `staff` with `first_name`, `last_name` and `email`, who become owners. Among the contacts are the
    same person, a nickname, somebody else at the inbox, another birthday, and an address that is only the
    second one. With `other_tool` some carry a patient id that another program left under a name of its own.
    """
    return _Builder(hubspot, random.Random(f"portal:{seed}"), other_tool).build(contacts, people, staff)


class _Builder:
    def __init__(self, hubspot: HubSpot, dice: random.Random, other_tool: bool) -> None:
        self._hubspot, self._dice, self._other_tool = hubspot, dice, other_tool
        self._portal = Portal()
        self._taken: set[str] = set()

    def build(
        self, contacts: int, people: Sequence[Mapping[str, Any]], staff: Sequence[Mapping[str, Any]]
    ) -> Portal:
        self._own_fields()
        for one in staff:
            if one.get("email"):
                owner = self._hubspot.add_owner(one["email"], one["first_name"], one["last_name"])
                self._portal.owners.append(owner)
        for number, (sort, person) in enumerate(self._chosen(people, round(contacts * _KNOWN_SHARE))):
            self._add_known(sort, person, number)
        for number in range(contacts - len(self._portal.contacts)):
            self._add_lead(number)
        self._add_deals()
        return self._portal

    def _own_fields(self) -> None:
        """What the clinic set up by itself long ago."""
        hubspot = self._hubspot
        hubspot.add_group("contacts", "our_fields", "Our fields")
        hubspot.add_property(
            "contacts",
            "favourite_colour",
            "Favourite colour",
            type="enumeration",
            group="our_fields",
            options=COLOURS,
        )
        hubspot.add_property(
            "contacts", "newsletter_since", "Newsletter since", type="date", group="our_fields"
        )
        if self._other_tool:
            hubspot.add_property("contacts", OTHER_TOOL, "Cliniko patient id", group="our_fields")

    def _chosen(self, people: Sequence[Mapping[str, Any]], most: int) -> list[tuple[str, Mapping[str, Any]]]:
        """Whom the account knows and in which way; each inbox at most once."""
        inboxes: dict[str, Mapping[str, Any]] = {}
        for person in people:
            if person.get("email") and person.get("first_name") and person.get("last_name"):
                inboxes.setdefault(str(person["email"]).strip().lower(), person)
        chosen = self._dice.sample(list(inboxes.values()), min(most, len(inboxes)))
        sorts = [sort for sort, share in _SHARES for _ in range(max(1, round(share * len(chosen))))]
        with_nickname = [person for person in chosen if person["first_name"] in _NICKNAMES]
        rest = [person for person in chosen if person["first_name"] not in _NICKNAMES]
        pairs: list[tuple[str, Mapping[str, Any]]] = []
        for sort in sorts:
            shelf = with_nickname if sort == "nickname" else rest or with_nickname
            if shelf:
                pairs.append((sort, shelf.pop()))
        pairs += [("same", person) for person in with_nickname + rest]
        return pairs

    def _add_known(self, sort: str, person: Mapping[str, Any], number: int) -> None:
        email = str(person["email"]).strip().lower()
        properties = {
            "firstname": str(person["first_name"]),
            "lastname": str(person["last_name"]),
            "email": email,
            "mobilephone": str(person.get("phone") or ""),
            "date_of_birth": str(person.get("date_of_birth") or ""),
        }
        match sort:
            case "same":
                if self._dice.random() < 0.5:
                    properties["date_of_birth"] = ""
            case "nickname":
                properties["firstname"] = _NICKNAMES[properties["firstname"]]
            case "inbox":
                others = [one for one in names.FIRST if one != properties["firstname"]]
                properties |= {"firstname": self._dice.choice(others), "date_of_birth": "", "mobilephone": ""}
            case "other_birthday":
                properties["date_of_birth"] = f"{self._dice.randint(1940, 1999)}-02-03"
            case _:
                properties["hs_additional_emails"] = email
                properties["email"] = f"home{number}@{self._dice.choice(names.MAIL_HOSTS)}"
        if self._other_tool and sort == "same" and person.get("id"):
            properties[OTHER_TOOL] = str(person["id"])
        getattr(self._portal, sort).append(self._add(properties))

    def _add_lead(self, number: int) -> None:
        """Somebody the clinic has never seen; one in ten left only a name."""
        first, last = self._dice.choice(names.FIRST), self._dice.choice(names.LAST)
        properties = {"firstname": first, "lastname": last}
        if self._dice.random() < 0.9:
            properties["email"] = f"lead{number}@{self._dice.choice(names.MAIL_HOSTS)}"
        if self._dice.random() < 0.4:
            properties["phone"] = f"03 5{self._dice.randint(2_000_000, 9_999_999)}"
        self._portal.leads.append(self._add(properties))

    def _add(self, properties: dict[str, str]) -> str:
        """One contact as the account has long had it, with a value of its own here and there."""
        dice, hubspot = self._dice, self._hubspot
        if dice.random() < 0.5:
            properties["favourite_colour"] = dice.choice(COLOURS)
        if dice.random() < 0.3:
            properties["newsletter_since"] = f"2025-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}"
        if self._portal.owners and dice.random() < 0.3:
            properties["hubspot_owner_id"] = dice.choice(self._portal.owners)
        if dice.random() < 0.3:
            properties["lifecyclestage"] = dice.choice(("subscriber", "opportunity", "customer"))
        filled = {name: value for name, value in properties.items() if value}
        made = hubspot.now() - timedelta(minutes=dice.randint(1, 60 * 24 * 700))
        return hubspot.add_contact(created_at=made, **filled)

    def _add_deals(self) -> None:
        """A few deals of the clinic's own in the pipeline that every account has."""
        stages = [stage.id for stage in self._hubspot.pipelines.default().ordered()]
        everyone = self._portal.contacts
        for number in range(min(len(everyone), 12)):
            deal = self._hubspot.add_deal(
                contact=self._dice.choice(everyone),
                dealname=f"Corporate talk {number + 1}",
                pipeline=self._hubspot.pipelines.default().id,
                dealstage=self._dice.choice(stages),
                amount=str(self._dice.randint(2, 40) * 50),
            )
            self._portal.deals.append(deal)
