"""Compares what HubSpot has with what we expect, and weighs each difference (R61)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from app.domain.stream import Group, ObjectKind, Pipeline, Property, Stage
from app.schema.catalogue import CATALOGUE
from app.schema.found import Found, Json, Located, locate, options_of, text
from app.schema.levels import Sizes, wanted

Weight = Literal["harmless", "tolerable", "breaking"]

MARK: Final = "Filled by ClinicBridge."
"""Ends the description of every property we create, so that we know our own work again."""

PLAIN_IDS: Final = frozenset({"cliniko_patient_id", "cliniko_contact_id"})
"""Ids that stand beside a unique key of ours because another tool may have had the plain name first."""

_SAME_TYPE: Final[Mapping[str, frozenset[str]]] = {
    "string": frozenset({"string", "phone_number"}),
    "phone_number": frozenset({"string", "phone_number"}),
    "bool": frozenset({"bool"}),
    "enumeration": frozenset({"enumeration"}),
    "number": frozenset({"number"}),
    "date": frozenset({"date"}),
    "datetime": frozenset({"datetime"}),
}
_WORDS: Final[Mapping[str, str]] = {
    "string": "text",
    "phone_number": "text",
    "bool": "yes/no",
    "enumeration": "a choice",
    "number": "a number",
    "date": "a date",
    "datetime": "a date with time",
}


@dataclass(frozen=True)
class Expected:
    """What should be there: properties and pipelines (the groups follow from the properties). `known`: names on
    contacts that were as they should be before."""

    properties: tuple[Property, ...] = ()
    pipelines: tuple[Pipeline, ...] = ()
    known: frozenset[str] = frozenset()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that those properties stand in."""
        return CATALOGUE.groups_of(self.properties)


@dataclass(frozen=True)
class Finding:
    """One difference in plain words. `streams` are those that must pause when it is breaking."""

    kind: str
    object: ObjectKind
    name: str
    level: Weight
    message: str
    streams: tuple[str, ...] = ()

    @property
    def stream(self) -> str:
        """The first stream concerned, "" when none is."""
        return self.streams[0] if self.streams else ""


def expected(
    level: str,
    sizes: Sizes,
    streams: frozenset[str] | set[str],
    pipelines: tuple[Pipeline, ...] | None = None,
) -> Expected:
    """What a level, the sizes that fit and the streams that are on call for."""
    chosen = CATALOGUE.pipelines if pipelines is None else pipelines
    return Expected(
        wanted(level, sizes, streams), tuple(pipeline for pipeline in chosen if pipeline.stream in streams)
    )


def compare(want: Expected, found: Found) -> tuple[Finding, ...]:
    """Every difference, in the order of the catalogue. Nothing that is the user's own is looked at."""
    return (
        *_group_findings(want, found),
        *(finding for row in want.properties for finding in _property_findings(row, found, want.known)),
        *(finding for pipeline in want.pipelines for finding in _pipeline_findings(pipeline, found)),
    )


def broken_streams(findings: tuple[Finding, ...]) -> frozenset[str]:
    """The streams that must pause (R61)."""
    return frozenset(name for finding in findings if finding.level == "breaking" for name in finding.streams)


def _group_findings(want: Expected, found: Found) -> Iterator[Finding]:
    """A missing group alone stops nothing: its properties would be missing as well."""
    for group in want.groups:
        if group.name not in found.group_names(group.object):
            yield Finding(
                "group_missing",
                group.object,
                group.name,
                "harmless",
                f"The property group ‘{group.label}’ is not in HubSpot.",
            )


def _property_findings(row: Property, found: Found, known: frozenset[str]) -> Iterator[Finding]:
    """How one of our properties differs from what is there under its name."""
    there = found.by_name(row.object).get(row.name)
    if there is None:
        yield _finding(row, "property_missing", "breaking", f"The property ‘{row.label}’ is not in HubSpot.")
        return
    kind = text(there, "type")
    if _is_others_number(row.name, there, known):
        yield _finding(
            row,
            "number_kept",
            "tolerable",
            f"Another tool keeps ‘{row.name}’ as a number, which cannot hold long ids. ClinicBridge reads short ids "
            "from it and writes nothing to it.",
        )
        return
    if kind not in _SAME_TYPE[row.type] and not _is_yes_no(row, there):
        yield _finding(
            row,
            "type_changed",
            "breaking",
            f"The property ‘{row.label}’ ({row.name}) should hold {_WORDS[row.type]}, but in HubSpot "
            f"it holds {_WORDS.get(kind, 'something else')}.{_whose(there)}",
        )
        return
    if row.unique and there.get("hasUniqueValue") is not True:
        yield _finding(
            row,
            "not_unique",
            "breaking",
            f"The property ‘{row.label}’ exists without unique values, and HubSpot cannot change that later. "
            "Delete the property in HubSpot, then repair.",
        )
    if _is_read_only(there):
        yield _finding(
            row, "read_only", "breaking", f"The property ‘{row.label}’ cannot be written in HubSpot."
        )
    yield from _option_findings(row, there)
    if text(there, "label") != row.label:
        yield _finding(row, "label_changed", "harmless", f"The property ‘{row.label}’ has another label.")
    if text(there, "groupName") != row.group:
        yield _finding(row, "group_changed", "harmless", f"The property ‘{row.label}’ is in another group.")


def numbers_of_others(found: Found, known: Collection[str]) -> frozenset[str]:
    """Plain ids on contacts that another tool keeps as numbers (R64): read with care, never written."""
    rows = found.by_name("contacts")
    return frozenset(name for name in PLAIN_IDS & rows.keys() if _is_others_number(name, rows[name], known))


def _is_others_number(name: str, there: Json, known: Collection[str]) -> bool:
    is_number = name in PLAIN_IDS and text(there, "type") == "number"
    return is_number and name not in known and MARK not in text(there, "description")


def _whose(there: Json) -> str:
    """What a person has to do where the property is not of our making, so that we leave it alone (R64)."""
    if MARK in text(there, "description"):
        return ""
    return " ClinicBridge did not make it and leaves it alone: delete it in HubSpot, then repair."


def _option_findings(row: Property, there: Json) -> Iterator[Finding]:
    """Options of ours that are gone stop writing; further ones are the user's own affair."""
    if row.type != "enumeration":
        return
    present = {text(option, "value"): text(option, "label") for option in options_of(there)}
    missing = [value for value, _ in row.options if value not in present]
    if missing:
        listed = ", ".join(f"‘{value}’" for value in missing)
        yield _finding(
            row, "option_missing", "breaking", f"The property ‘{row.label}’ has lost the choice {listed}."
        )
    if any(value in present and present[value] != label for value, label in row.options):
        yield _finding(row, "option_renamed", "harmless", f"A choice of ‘{row.label}’ has another label.")
    if len(present) > len(row.options) - len(missing):
        yield _finding(row, "option_added", "harmless", f"The property ‘{row.label}’ has further choices.")


def _is_yes_no(row: Property, there: Json) -> bool:
    """A fact kept as a choice of exactly true and false takes the same values."""
    values = {text(option, "value") for option in options_of(there)}
    return row.type == "bool" and text(there, "type") == "enumeration" and values == {"true", "false"}


def _is_read_only(there: Json) -> bool:
    """Calculated, or locked against writing."""
    metadata = there.get("modificationMetadata")
    locked = metadata.get("readOnlyValue") if isinstance(metadata, Mapping) else None
    return locked is True or there.get("calculated") is True


def _finding(row: Property, kind: str, weight: Weight, message: str) -> Finding:
    return Finding(kind, row.object, row.name, weight, message, CATALOGUE.streams_of(row))


def _pipeline_findings(pipeline: Pipeline, found: Found) -> Iterator[Finding]:
    """How one of our pipelines differs from what is there."""
    located = locate(pipeline, found)
    if located is None:
        yield _pipeline_missing(pipeline, found)
        return
    if text(located.row, "label") != pipeline.label:
        yield _of(pipeline, "pipeline_renamed", pipeline.id, "harmless", "has another label")
    for stage in pipeline.stages:
        there = located.stages.get(stage.id)
        if there is None:
            yield Finding(
                "stage_missing",
                "deals",
                stage.id,
                "breaking",
                f"The stage ‘{stage.label}’ of ‘{pipeline.label}’ is not in HubSpot.",
                (pipeline.stream,),
            )
        else:
            yield from _stage_findings(pipeline, stage, there)
    for extra in located.extra:
        yield _of(
            pipeline,
            "stage_added",
            text(extra, "id"),
            "tolerable",
            "has a further stage; own stages are better kept in a pipeline of their own",
        )
    if _is_reordered(pipeline, located):
        yield _of(pipeline, "stage_order_changed", pipeline.id, "harmless", "has its stages in another order")


def _pipeline_missing(pipeline: Pipeline, found: Found) -> Finding:
    """Gone, or its name is taken by a pipeline that is not ours."""
    same_name = any(
        text(row, "label").strip().casefold() == pipeline.label.casefold() for row in found.live_pipelines()
    )
    if same_name:
        words = "has its name taken by another pipeline in HubSpot; rename that one, then repair"
        return _of(pipeline, "pipeline_name_taken", pipeline.id, "breaking", words)
    return _of(pipeline, "pipeline_missing", pipeline.id, "breaking", "is not in HubSpot")


def _of(pipeline: Pipeline, kind: str, name: str, weight: Weight, words: str) -> Finding:
    return Finding(
        kind, "deals", name, weight, f"The pipeline ‘{pipeline.label}’ {words}.", (pipeline.stream,)
    )


def _stage_findings(pipeline: Pipeline, stage: Stage, there: Json) -> Iterator[Finding]:
    """A renamed stage keeps working; another probability changes the user's reports, so it is told."""
    if text(there, "label") != stage.label:
        yield Finding(
            "stage_renamed",
            "deals",
            stage.id,
            "harmless",
            f"The stage ‘{stage.label}’ of ‘{pipeline.label}’ has another label.",
            (pipeline.stream,),
        )
    if _probability(there) not in (None, float(stage.probability)):
        yield Finding(
            "probability_changed",
            "deals",
            stage.id,
            "tolerable",
            f"The stage ‘{stage.label}’ of ‘{pipeline.label}’ has another probability.",
            (pipeline.stream,),
        )


def _probability(there: Json) -> float | None:
    """The stage's probability, None where it is not told."""
    metadata = there.get("metadata")
    value = metadata.get("probability") if isinstance(metadata, Mapping) else None
    try:
        return float(value) if isinstance(value, (str, int, float)) else None
    except ValueError:
        return None


def _is_reordered(pipeline: Pipeline, located: Located) -> bool:
    """Whether our stages stand in another order than ours."""
    orders = [
        located.stages[stage.id].get("displayOrder")
        for stage in pipeline.stages
        if stage.id in located.stages
    ]
    known = [order for order in orders if isinstance(order, (int, float))]
    return len(known) == len(orders) and known != sorted(known)
