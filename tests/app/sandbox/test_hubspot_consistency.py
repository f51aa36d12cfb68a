"""Whatever is done in whatever order: indexes, links, log and search agree with the records."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from app.sandbox.hubspot_kinds import CONTACTS, DEALS, millis
from app.sandbox.hubspot_records import addresses
from app.sandbox.hubspot_replies import Refusal
from tests.app.sandbox.hubspot_caller import Caller, caller, key_property

STEPS = 60


class Life:
    """Programs and users at work, drawn from a seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.api: Caller = caller(
            merge_keeps_id=self.dice.random() < 0.5,
            search_lag_s=self.dice.choice((0.0, 5.0, (0.0, 60.0))),
            same_write_bumps=self.dice.random() < 0.5,
        )
        key_property(self.api)

    def live(self) -> None:
        """So many deeds; what the account refuses is part of life."""
        deeds: list[Callable[[], object]] = [
            self.create, self.upsert, self.update, self.archive, self.restore, self.merge, self.link, self.touch,
        ]  # fmt: skip
        for _ in range(STEPS):
            with contextlib.suppress(Refusal, ValueError, KeyError):
                self.dice.choice(deeds)()
            self.api.clock.pass_(self.dice.choice((0, 0.001, 1, 30)))

    def person(self) -> dict[str, str]:
        dice = self.dice
        values = {"firstname": dice.choice("ABC"), "phone": dice.choice(("", "1", "2"))}
        if dice.random() < 0.6:
            values["email"] = dice.choice(("", *(f"{name}@example.test" for name in "abcdef")))
        return values

    def some(self) -> str:
        ids = [*self.api.hubspot.of(CONTACTS).active, *self.api.hubspot.of(CONTACTS).moved]
        return self.dice.choice(ids) if ids else self.api.hubspot.add_contact(firstname="Z")

    def create(self) -> None:
        inputs = [{"properties": self.person(), "objectWriteTraceId": str(number)} for number in range(3)]
        self.api.batch("create", inputs)

    def upsert(self) -> None:
        keys = self.dice.sample("123456", 3)
        self.api.batch(
            "upsert",
            [
                {
                    "id": key,
                    "idProperty": "clinic_key",
                    "objectWriteTraceId": key,
                    "properties": self.person(),
                }
                for key in keys
            ],
        )

    def update(self) -> None:
        ids = {self.some() for _ in range(3)}
        inputs = [{"id": one, "objectWriteTraceId": one, "properties": self.person()} for one in sorted(ids)]
        self.api.batch("update", inputs)

    def archive(self) -> None:
        self.api.call("DELETE", f"/crm/objects/{{v}}/contacts/{self.some()}")

    def restore(self) -> None:
        if shelf := list(self.api.hubspot.of(CONTACTS).archived):
            self.api.hubspot.restore(self.dice.choice(shelf))

    def merge(self) -> None:
        self.api.hubspot.merge_contacts(self.some(), self.some())

    def link(self) -> None:
        contact = self.some()
        self.api.hubspot.add_deal(dealname="Visit", dealstage="contractsent", contact=contact)

    def touch(self) -> None:
        self.api.hubspot.bulk_touch(self.api.clock())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1_000_000))
def test_the_account_agrees_with_itself(seed: int) -> None:
    """Unique values, links in both directions, the log replayed, and search once it has caught up."""
    life = Life(seed)
    life.live()
    hubspot, api = life.api.hubspot, life.api
    records = hubspot.of(CONTACTS)
    assert records.unique["email"] == {
        address: one.id for one in records.active.values() for address in addresses(one.values)
    }
    assert records.unique["clinic_key"] == {
        one.values["clinic_key"]: one.id for one in records.active.values() if "clinic_key" in one.values
    }
    forth = {(deal, contact) for contact, deal in hubspot.links.pairs(CONTACTS, DEALS)}
    assert forth == set(hubspot.links.pairs(DEALS, CONTACTS))
    replayed: dict[str, dict[str, str]] = {}
    for write in hubspot.writes("contacts"):
        held = replayed.setdefault(write.id, {})
        assert held.get(write.property, "") == write.old
        held[write.property] = write.new
    for one in records.active.values():
        assert {name: value for name, value in replayed[one.id].items() if value} == one.values
    api.clock.pass_(61)
    found: list[str] = []
    after = "0"
    while after:
        page = api.search(limit=200, after=after)
        found += [row["id"] for row in page["results"]]
        after = page.get("paging", {}).get("next", {}).get("after", "")
    assert sorted(found) == sorted(records.active)
    middle = millis(api.clock()) - life.dice.randint(0, 600_000)
    recent = api.search(
        {"propertyName": "lastmodifieddate", "operator": "GTE", "value": str(middle)}, limit=200
    )
    assert {row["id"] for row in recent["results"]} == {
        one.id for one in records.active.values() if one.modified >= middle
    }
    for old in records.moved:
        body = api.get(f"/crm/objects/{{v}}/contacts/{old}", properties="hs_merged_object_ids")
        assert api.status == 404 or old in body["properties"]["hs_merged_object_ids"].split(";")
