"""What fits into the HubSpot plan."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.errors import PlanTooSmall
from app.schema.catalogue import CATALOGUE
from app.schema.levels import wanted
from app.schema.limits import fit, pipelines_that_fit

ALL = frozenset(CATALOGUE.streams)


@dataclass(frozen=True)
class Slots:
    """Limit and use, as HubSpot tells them."""

    limit: int | None
    used: int | None


PLENTY = Slots(1000, 0)
FULL_CONTACTS = len([row for row in wanted("standard") if row.object == "contacts"])
COMPACT_DEALS = len([row for row in wanted("standard", "compact") if row.object == "deals"])
COMPACT_APPOINTMENTS = len(wanted("standard", "compact", {"appointments"}))


@pytest.mark.parametrize(
    ("free", "size"),
    [
        (FULL_CONTACTS, "full"),
        (FULL_CONTACTS - 1, "compact"),
        (38, "compact"),
        (37, "smallest"),
        (10, "smallest"),
        (None, "full"),
    ],
)
def test_contact_size(free: int | None, size: str) -> None:
    """R60, schema §8: full, else the 38 compact ones, else the ten of the last resort."""
    slots = Slots(None if free is None else 100 + free, 100)
    found = fit("standard", ALL, {"contacts": slots, "deals": PLENTY}, {})
    assert found.sizes.contacts == size
    assert bool(found.notes) == (size != "full")


def test_fewer_than_ten_stops_with_the_plan_named() -> None:
    """Schema §8: exit 1, in words that name the plan."""
    with pytest.raises(PlanTooSmall) as raised:
        fit("standard", ALL, {"contacts": Slots(10, 1)}, {}, plan="Free")
    assert raised.value.exit_code == 1
    assert "Free" in raised.value.sentence
    assert "9 free" in raised.value.sentence


def test_our_own_properties_take_no_room_twice() -> None:
    """R60: a second check of a full portal finds what the first one made."""
    ours = {row.name for row in wanted("standard") if row.object == "contacts"}
    found = fit("standard", ALL, {"contacts": Slots(len(ours), len(ours))}, {"contacts": ours})
    assert found.sizes.contacts == "full"
    compact = {row.name for row in wanted("standard", "compact") if row.object == "contacts"}
    found = fit("standard", ALL, {"contacts": Slots(38, 38)}, {"contacts": compact | {"another"}})
    assert found.sizes.contacts == "compact"


@pytest.mark.parametrize(
    ("free", "size", "streams"),
    [
        (1000, "full", {"appointments", "invoices"}),
        (COMPACT_DEALS, "compact", {"appointments", "invoices"}),
        (COMPACT_DEALS - 1, "compact", {"appointments"}),
        (COMPACT_APPOINTMENTS - 1, "none", set()),
    ],
)
def test_deal_size(free: int, size: str, streams: set[str]) -> None:
    """Schema §8: both pipelines, appointments only, or roll-ups without any deal."""
    found = fit("standard", ALL, {"contacts": PLENTY, "deals": Slots(free, 0)}, {})
    assert found.sizes.deals == size
    assert found.streams == streams | {"patients", "contacts"}


@pytest.mark.parametrize(
    ("limit", "used", "existing", "fitting"),
    [
        (None, None, (), ("appointments", "invoices")),
        (2, 0, (), ("appointments", "invoices")),
        (2, 1, (), ("appointments",)),
        (1, 1, (), ()),
        (1, 5, (), ()),
        (2, 2, ("appointments", "invoices"), ("appointments", "invoices")),
        (1, 1, ("invoices",), ("invoices",)),
        (2, 1, ("invoices",), ("appointments", "invoices")),
    ],
)
def test_pipelines(
    limit: int | None, used: int | None, existing: tuple[str, ...], fitting: tuple[str, ...]
) -> None:
    """R60: one free pipeline offers appointments only; what exists stays."""
    assert pipelines_that_fit(ALL, Slots(limit, used), existing) == fitting


def test_pipelines_narrow_the_streams() -> None:
    """R60: a stream without a pipeline asks for no properties either."""
    found = fit("standard", ALL, {"contacts": PLENTY, "deals": PLENTY}, {}, Slots(1, 0))
    assert [pipeline.stream for pipeline in found.pipelines] == ["appointments"]
    assert found.streams == {"patients", "contacts", "appointments"}
    assert any("invoices" in note for note in found.notes)
