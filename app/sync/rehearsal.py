"""A rehearsal: the same line on a throw-away copy of the memory, with every write answered and none sent (R80)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.sync.ports import Contact, Input, Json, Read, Refusal, Written

BLOCKED = "a rehearsal never writes"


class RehearsalHubSpot:
    """Reads pass through; writes are answered as if they had been made. Made-up ids begin with `new-`."""

    def __init__(self, real: Any) -> None:
        self._real = real
        self._made: dict[str, dict[str, dict[str, str]]] = {"contacts": {}, "deals": {}}
        self._keys: dict[tuple[str, str, str], str] = {}
        self._changed: dict[str, dict[str, dict[str, str]]] = {"contacts": {}, "deals": {}}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    @property
    def calls(self) -> int:
        """Calls really sent."""
        return int(self._real.calls)

    def batch_update(self, kind: str, inputs: Sequence[Input]) -> list[Written]:
        """As if written."""
        for item in inputs:
            self._changed[kind].setdefault(item.id, {}).update(item.properties)
        return [Written(item.trace, item.id) for item in inputs]

    def batch_upsert(self, kind: str, key: str, inputs: Sequence[Input]) -> list[Written]:
        """As if created."""
        answers = []
        for item in inputs:
            known = self._keys.get((kind, key, item.id))
            hubspot_id = known or f"new-{len(self._made[kind]) + 1}"
            self._keys[(kind, key, item.id)] = hubspot_id
            self._made[kind].setdefault(hubspot_id, {}).update(item.properties)
            answers.append(Written(item.trace, hubspot_id, is_new=known is None))
        return answers

    def batch_read(
        self, kind: str, ids: Sequence[str], properties: Sequence[str], id_property: str | None = None
    ) -> Read:
        """Real records with what would have been written on top; made-up ones as they would be."""
        real = [one for one in ids if not one.startswith("new-")]
        answer = self._real.batch_read(kind, real, properties, id_property) if real else Read({})
        found = {
            asked: Contact(
                contact.id,
                {**contact.properties, **self._changed[kind].get(contact.id, {})},
                contact.updated_at,
                contact.archived,
                contact.url,
            )
            for asked, contact in answer.found.items()
        }
        for one in ids:
            if one in self._made[kind]:
                merged = {**self._made[kind][one], **self._changed[kind].get(one, {})}
                found[one] = Contact(one, merged)
        return Read(found, answer.missing)

    def associate(
        self, from_kind: str, to_kind: str, pairs: Sequence[tuple[str, str]]
    ) -> list[tuple[str, str]]:
        """As if associated."""
        return []

    def dissociate(self, from_kind: str, to_kind: str, pairs: Sequence[tuple[str, str]]) -> None:
        """As if taken apart."""

    def merge_contacts(self, primary_id: str, other_id: str) -> str:
        """As if merged."""
        return primary_id

    def archive(self, kind: str, ids: Sequence[str]) -> None:
        """As if archived."""

    def create_group(self, kind: str, name: str, label: str) -> None:
        """As if created."""

    def create_properties(self, kind: str, definitions: Sequence[Json]) -> dict[str, Refusal]:
        """As if created."""
        return {}

    def change_property(self, kind: str, name: str, changes: Json) -> None:
        """As if changed."""

    def create_pipeline(self, body: Json) -> Json:
        """As if created."""
        return {"id": body.get("pipelineId", ""), **body}

    def create_stage(self, pipeline_id: str, body: Json) -> Json:
        """As if created."""
        return {"id": body.get("stageId", ""), **body}


class RehearsalCliniko:
    """Reads pass through; writes are answered with what was sent."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    @property
    def calls(self) -> int:
        """Calls really sent."""
        return int(self._real.calls)

    def create(self, resource: str, body: Json) -> Json:
        """As if created."""
        return {"id": "0", **body}

    def update(self, path: str, body: Json) -> Json:
        """As if changed."""
        return {"id": path.rsplit("/", 1)[-1], **body}
