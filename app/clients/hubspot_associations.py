"""Links between HubSpot records: made by default, read, and taken away, up to a thousand pairs a call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.clients.hubspot_wire import (
    MOST_PAIRS,
    SERVICE,
    HubSpotWire,
    associations_path,
    errors_of,
    next_after,
    portions,
    read_right,
    strings,
    write_right,
)
from app.errors import RequestRefused, ServiceUnavailable
from app.sync.ports import Json

Pair = tuple[str, str]


class Associations(HubSpotWire):
    """Associations between two kinds of records."""

    def associate(self, from_kind: str, to_kind: str, pairs: Sequence[Pair]) -> list[Pair]:
        """Link each pair by the default association, in both directions; repeating does no harm.

        Returns the pairs HubSpot refused (a record that does not exist).
        """
        refused: list[Pair] = []
        for portion in portions(list(dict.fromkeys(pairs)), MOST_PAIRS):
            refused += self._associate_portion(from_kind, to_kind, portion)
        return refused

    def _associate_portion(self, from_kind: str, to_kind: str, pairs: Sequence[Pair]) -> list[Pair]:
        body = {"inputs": [{"from": {"id": one}, "to": {"id": other}} for one, other in pairs]}
        path = associations_path(from_kind, to_kind, "batch", "associate", "default")
        try:
            answer = self._write("POST", path, body, write_right(from_kind)).body
        except RequestRefused as error:
            if error.status not in (400, 404, 409, 413, 422):
                raise
            if len(pairs) == 1:
                return list(pairs)
            middle = len(pairs) // 2
            return self._associate_portion(from_kind, to_kind, pairs[:middle]) + self._associate_portion(
                from_kind, to_kind, pairs[middle:]
            )
        if not errors_of(answer):
            return []
        # Errors name their pair in too many ways: what is linked now is the plain truth.
        linked = self.associations(from_kind, to_kind, list(dict.fromkeys(one for one, _ in pairs)))
        return [(one, other) for one, other in pairs if other not in linked.get(one, ())]

    def associations(self, from_kind: str, to_kind: str, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """For each of these records the ids it is linked to; () where there are none."""
        found: dict[str, dict[str, None]] = {each: {} for each in ids}
        for portion in portions(list(found), MOST_PAIRS):
            inputs: list[Json] = [{"id": each} for each in portion]
            while inputs:
                inputs = self._read_associations(from_kind, to_kind, inputs, found)
        return {each: tuple(linked) for each, linked in found.items()}

    def _read_associations(
        self, from_kind: str, to_kind: str, inputs: Sequence[Json], found: dict[str, dict[str, None]]
    ) -> list[Json]:
        """One call; adds to `found` and returns the inputs that ask for the pages that follow."""
        path = associations_path(from_kind, to_kind, "batch", "read")
        try:
            body = self._post(path, {"inputs": list(inputs)}, read_right(from_kind)).body
        except RequestRefused as error:
            if error.status != 404:
                raise
            return []
        further: list[Json] = []
        for result in body.get("results") or []:
            source = result.get("from") if isinstance(result, dict) else None
            one = str(source.get("id", "")) if isinstance(source, dict) else ""
            if one not in found:
                continue
            before = len(found[one])
            for target in result.get("to") or []:
                other = target.get("toObjectId", target.get("id")) if isinstance(target, dict) else None
                found[one].update(dict.fromkeys(strings(other)))
            after = next_after(result)
            if after is not None and len(found[one]) > before:
                further.append({"id": one, "after": after})
        for entry in errors_of(body):
            if entry.get("category") not in (None, "OBJECT_NOT_FOUND"):
                raise ServiceUnavailable(SERVICE, f"{SERVICE} could not read all associations of a batch")
        return further

    def dissociate(self, from_kind: str, to_kind: str, pairs: Sequence[Pair]) -> None:
        """Take every link between these pairs away; one that is not there is no error."""
        for portion in portions(list(dict.fromkeys(pairs)), MOST_PAIRS):
            grouped: dict[str, list[Json]] = defaultdict(list)
            for one, other in portion:
                grouped[one].append({"id": other})
            body = {"inputs": [{"from": {"id": one}, "to": others} for one, others in grouped.items()]}
            path = associations_path(from_kind, to_kind, "batch", "archive")
            self._write("POST", path, body, write_right(from_kind), reads_body=False)
