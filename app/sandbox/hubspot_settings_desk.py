"""What administrators do in HubSpot's settings: properties, pipelines, users, rules and labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.sandbox.hubspot_definitions import Definition, Option
from app.sandbox.hubspot_desk import HubSpotDesk
from app.sandbox.hubspot_kinds import DEALS, kind_of
from app.sandbox.hubspot_pipelines import Pipeline, Stage
from app.sandbox.hubspot_switches import Required


class HubSpotSettingsDesk(HubSpotDesk):
    """The desk with the settings added. Unknown names and ids raise KeyError, refused ones Refusal."""

    def add_group(self, kind: str, name: str, label: str) -> None:
        """A property group of the user's own."""
        with self.lock:
            self._schema.create_group(kind_of(kind), {"name": name, "label": label})

    def add_property(
        self,
        kind: str,
        name: str,
        label: str = "",
        type: str = "string",
        field_type: str = "",
        group: str = "",
        options: Iterable[str] = (),
        unique: bool = False,
        description: str = "",
    ) -> Definition:
        """A property of the user's own, by default short text in the first group."""
        of = kind_of(kind)
        chosen = tuple(options) or (("true", "false") if type == "bool" else ())
        body = {
            "name": name,
            "label": label or name.replace("_", " ").capitalize(),
            "type": type,
            "fieldType": field_type or _FIELD_TYPES[type],
            "groupName": group or next(iter(self.definitions[of.name].groups)),
            "description": description,
            "hasUniqueValue": unique,
            "options": [
                {
                    "label": value.replace("_", " ").capitalize(),
                    "value": value,
                    "displayOrder": place,
                    "hidden": False,
                }
                for place, value in enumerate(chosen)
            ],
        }
        with self.lock:
            return self._schema.create(of, body, by_user=True)

    def property(self, kind: str, name: str) -> Definition:
        """An active property."""
        return self.definitions[kind_of(kind).name].active[name]

    def rename_property(self, kind: str, name: str, label: str) -> None:
        """Give a property another label; its name stays."""
        with self.lock:
            definition = self.property(kind, name)
            definition.label, definition.updated_ms = label, self.now_ms()

    def move_property(self, kind: str, name: str, group: str) -> None:
        """List a property under another group."""
        with self.lock:
            definition = self.property(kind, name)
            definition.group, definition.updated_ms = group, self.now_ms()

    def retype_property(self, kind: str, name: str, type: str, field_type: str = "") -> None:
        """Give a property another type, which HubSpot allows where values can be read anew."""
        with self.lock:
            definition = self.property(kind, name)
            definition.type, definition.field_type = type, field_type or _FIELD_TYPES[type]
            if type not in ("enumeration", "bool"):
                definition.set_options(())
            definition.updated_ms = self.now_ms()

    def add_option(self, kind: str, name: str, value: str, label: str = "") -> None:
        """Add a choice to a property."""
        with self.lock:
            definition = self.property(kind, name)
            option = Option(label or value.capitalize(), value, len(definition.options))
            definition.set_options((*definition.options, option))
            definition.updated_ms = self.now_ms()

    def remove_option(self, kind: str, name: str, value: str) -> None:
        """Remove a choice; records that have it keep it."""
        with self.lock:
            definition = self.property(kind, name)
            definition.set_options(one for one in definition.options if one.value != value)
            definition.updated_ms = self.now_ms()

    def archive_property(self, kind: str, name: str) -> None:
        """Archive a property; its values are kept for the day it comes back."""
        with self.lock:
            self._schema.archive(kind_of(kind), name)

    def use_property(self, kind: str, name: str, use: str = "workflow") -> None:
        """Use a property somewhere, so that it cannot be archived."""
        self.property(kind, name).used_in.append(use)

    def require_property_rule(
        self,
        kind: str,
        name: str,
        when: tuple[str, str] | None = None,
        pattern: str | None = None,
        max_length: int | None = None,
    ) -> None:
        """An administrator's rule: a required value (from version 2026-09 on) or a format (always)."""
        self.switches.required.append(Required(kind_of(kind).name, name, when, pattern, max_length))

    def add_label(self, name: str, near: str = "deals", far: str = "contacts") -> int:
        """An association label of the user's own; returns its type id from near to far."""
        with self.lock:
            return self._associations.add_label(name, kind_of(near), kind_of(far))

    def add_pipeline(self, label: str, stages: Mapping[str, str]) -> str:
        """A deal pipeline with stages by label and probability; returns its numeric id."""
        with self.lock:
            pipeline = Pipeline(self.pipelines.new_id(), label, len(self.pipelines.known))
            for place, (name, probability) in enumerate(stages.items()):
                stage_id = self.pipelines.new_id()
                pipeline.stages[stage_id] = Stage(stage_id, name, place, str(float(probability)))
            self.pipelines.known[pipeline.id] = pipeline
            return pipeline.id

    def delete_pipeline(self, pipeline_id: str) -> None:
        """Delete a pipeline; its deals keep an id that no longer stands for anything."""
        with self.lock:
            del self.pipelines.known[pipeline_id]

    def rename_pipeline(self, pipeline_id: str, label: str) -> None:
        """Give a pipeline another label; its id stays."""
        with self.lock:
            self.pipelines.known[pipeline_id].label = label

    def rename_stage(self, stage_id: str, label: str) -> None:
        """Give a stage another label; its id stays."""
        with self.lock:
            self._stage(stage_id).label = label

    def delete_stage(self, stage_id: str, move_to: str | None = None) -> None:
        """Delete a stage, after moving its deals elsewhere if told to."""
        with self.lock:
            for pipeline in self.pipelines.known.values():
                if stage_id not in pipeline.stages:
                    continue
                for deal in list(self.of(DEALS).active.values()):
                    if move_to is not None and deal.values.get("dealstage") == stage_id:
                        self.edit_deal(deal.id, dealstage=move_to)
                del pipeline.stages[stage_id]
                return
        raise KeyError(stage_id)

    def _stage(self, stage_id: str) -> Stage:
        stage = self.pipelines.stage(stage_id)
        if stage is None:
            raise KeyError(stage_id)
        return stage

    def add_owner(self, email: str, first_name: str, last_name: str) -> str:
        """A new HubSpot user; returns the owner id."""
        with self.lock:
            return self.owners.add(email, first_name, last_name, self.now_ms()).id

    def deactivate_owner(self, owner_id: str) -> None:
        """Let a user go; records keep the owner, but no further ones can be given."""
        with self.lock:
            owner = self.owners.known[owner_id]
            owner.archived, owner.updated_ms = True, self.now_ms()


_FIELD_TYPES = {
    "string": "text",
    "enumeration": "select",
    "bool": "booleancheckbox",
    "number": "number",
    "date": "date",
    "datetime": "date",
    "phone_number": "phonenumber",
}
