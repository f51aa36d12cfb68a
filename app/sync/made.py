"""What this database knows to have been set up in HubSpot, so that what is gone can be told from what never was."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from app.schema.drift import Finding
from app.schema.levels import Sizes
from app.sync.run import Run

FACT = "set_up"


@dataclass
class Made:
    """What this database knows to have been set up: names by object, pipelines and stages, sizes, real ids."""

    contacts: set[str] = field(default_factory=set)
    deals: set[str] = field(default_factory=set)
    stages: set[str] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)
    sizes: Sizes | None = None
    streams: set[str] = field(default_factory=set)
    checked_on: str = ""
    noted: set[str] = field(default_factory=set)
    level: str = ""
    """The privacy level for which the plan's limits were read."""
    no_room: set[str] = field(default_factory=set)
    """Streams for which the plan has no room."""

    def knows(self, finding: Finding) -> bool:
        """Whether what a finding misses was there before."""
        if finding.kind in ("pipeline_missing", "stage_missing"):
            return finding.name in self.stages
        return finding.name in (self.contacts if finding.object == "contacts" else self.deals)


def load(run: Run) -> Made:
    """What was remembered, empty before the first set-up."""
    kept: dict[str, Any] = json.loads(run.store.fact(FACT) or "{}")
    sizes = kept.get("sizes")
    return Made(
        set(kept.get("contacts", [])),
        set(kept.get("deals", [])),
        set(kept.get("stages", [])),
        dict(kept.get("ids", {})),
        Sizes(*sizes) if sizes else None,
        set(kept.get("streams", [])),
        kept.get("checked_on", ""),
        set(kept.get("noted", [])),
        kept.get("level", ""),
        set(kept.get("no_room", [])),
    )


def save(run: Run, made: Made) -> None:
    """Remember; nothing is written where nothing changed."""
    sizes = made.sizes or Sizes()
    text = json.dumps(
        {
            "contacts": sorted(made.contacts),
            "deals": sorted(made.deals),
            "stages": sorted(made.stages),
            "ids": dict(sorted(made.ids.items())),
            "sizes": [sizes.contacts, sizes.deals],
            "streams": sorted(made.streams),
            "checked_on": made.checked_on,
            "noted": sorted(made.noted),
            "level": made.level,
            "no_room": sorted(made.no_room),
        }
    )
    if run.store.fact(FACT) != text:
        run.store.set_fact(FACT, text)


def streams_on(run: Run) -> frozenset[str]:
    """The streams the settings ask for; write-back and unlink concern the contacts of both kinds of people."""
    on = {
        name
        for name in ("patients", "contacts", "appointments", "invoices")
        if run.settings.flag(f"streams.{name}")
    }
    return frozenset(on | {"write_back", "unlink"})
