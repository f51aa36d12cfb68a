"""How a resource is described, and how one of its rows becomes JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from app.sandbox.cliniko_filters import FieldType, Filter, Row

if TYPE_CHECKING:
    from app.sandbox.cliniko_data import ClinicData

Json = dict[str, Any]
Check = Callable[["ClinicData", Any], Any]
Finish = Callable[[Row, Json, "View"], None]

STANDARD_FILTERS: Mapping[str, Filter] = {
    "id": Filter(FieldType.NUMBER),
    "created_at": Filter(FieldType.TIME),
    "updated_at": Filter(FieldType.TIME),
}


@dataclass(frozen=True)
class Resource:
    """One kind of record.

    `plain` names the fields given out as they stand, with what they are when unset; `times` the timestamps;
    `one` the links to a single record (column and resource), left out when empty; `many` the links to lists
    (a path with `{id}`). `writes` are the fields a body may carry with the check each must pass; others are
    ignored. `verbs` are the calls that exist; all others are unrouted.
    """

    name: str
    verbs: frozenset[str]
    plain: Mapping[str, Any] = field(default_factory=dict)
    times: tuple[str, ...] = ()
    one: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    many: Mapping[str, str] = field(default_factory=dict)
    id_lists: tuple[str, ...] = ()
    filters: Mapping[str, Filter] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    writes: Mapping[str, Check] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    finish: Finish | None = None
    self_path: str = ""

    @property
    def all_filters(self) -> Mapping[str, Filter]:
        """The filters of its list, with the three that every list has."""
        return {**STANDARD_FILTERS, **self.filters}


@dataclass(frozen=True)
class View:
    """What a row needs to be shown: the address of links, the spelling of times, the clinic."""

    base: str
    timestamps: str
    data: ClinicData

    def link(self, path: str) -> Json:
        """A link object to a path below the version."""
        return {"links": {"self": f"{self.base}/{path}"}}

    def when(self, moment: str | None) -> str | None:
        """A kept time as it is given out: whole seconds with a Z unless a switch asks otherwise."""
        if moment is None:
            return None
        if self.timestamps == "Z":
            return moment[:19] + "Z"
        aware = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        if self.timestamps == "fraction":
            return aware.strftime("%Y-%m-%dT%H:%M:%S.") + f"{aware.microsecond // 1000:03d}Z"
        return aware.astimezone(_TEN_HOURS).strftime("%Y-%m-%dT%H:%M:%S+10:00")


_TEN_HOURS = datetime.fromisoformat("2025-01-01T00:00:00+10:00").tzinfo


def show(resource: Resource, row: Row, view: View) -> Json:
    """One row as the service gives it out."""
    shown: Json = {"id": str(row["id"])}
    for name, unset in resource.plain.items():
        shown[name] = row.get(name, unset)
    shown["created_at"] = view.when(row["created_at"])
    shown["updated_at"] = view.when(row["updated_at"])
    for name in resource.times:
        shown[name] = view.when(row.get(name))
    for name in resource.id_lists:
        shown[name] = [str(one) for one in row.get(name) or ()]
    for name, (column, target) in resource.one.items():
        other = row.get(column)
        if other is not None:
            shown[name] = {"links": {"self": f"{view.base}/{target}/{other}"}}
    for name, path in resource.many.items():
        shown[name] = {"links": {"self": f"{view.base}/{path.format(id=row['id'])}"}}
    path = resource.self_path or f"{resource.name}/{{id}}"
    shown["links"] = {"self": f"{view.base}/{path.format(**row)}"}
    if resource.finish is not None:
        resource.finish(row, shown, view)
    return shown
