"""A stage that is gone, and the stage a person made in its place: which of theirs stands for which of ours (R61)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from app.domain.stream import Pipeline, Stage
from app.schema.found import Found, locate, text


def replacements(pipelines: Sequence[Pipeline], found: Found) -> dict[str, str]:
    """For every stage of ours that is missing: the id of the first stage of the same pipeline that is not ours and
    counts alike (the same probability), so that reports go on meaning the same. Where there is none, nothing: then
    the stage has to be made anew."""
    chosen: dict[str, str] = {}
    for pipeline in pipelines:
        located = locate(pipeline, found)
        if located is None:
            continue
        free = list(located.extra)
        for stage in pipeline.stages:
            match = next((row for row in free if _counts_alike(stage, row)), None)
            if stage.id not in located.stages and match is not None:
                chosen[stage.id] = text(match, "id")
                free.remove(match)
    return chosen


def _counts_alike(stage: Stage, row: Mapping[str, Any]) -> bool:
    metadata = row.get("metadata")
    shown = metadata.get("probability") if isinstance(metadata, Mapping) else None
    try:
        return Decimal(str(shown)) == Decimal(stage.probability)
    except InvalidOperation:
        return False
