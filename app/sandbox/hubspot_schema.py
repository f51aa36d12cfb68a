"""The calls for properties and property groups: create, read, change, archive, revive."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from app.sandbox.hubspot_batches import batch_reply, inputs_of
from app.sandbox.hubspot_data import PortalData
from app.sandbox.hubspot_definitions import Definition, Definitions, Group, Option
from app.sandbox.hubspot_kinds import Kind, iso
from app.sandbox.hubspot_replies import Json, Problem, Refusal, body_of, flag, not_found, not_valid, ok, query
from app.sandbox.messages import Reply, Request

FIELD_TYPES = {
    "string": {"text", "textarea", "phonenumber", "html", "file"},
    "phone_number": {"phonenumber"},
    "enumeration": {"select", "radio", "checkbox", "booleancheckbox"},
    "bool": {"booleancheckbox"},
    "number": {"number"},
    "date": {"date"},
    "datetime": {"date"},
}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,99}")
_REQUIRED = ("name", "label", "type", "fieldType", "groupName")
_OPTION_FIELDS = ("label", "value", "displayOrder", "hidden")


class Schema:
    """What `/crm/properties/{version}/{kind}` answers."""

    def __init__(self, data: PortalData) -> None:
        self._data = data

    def answer(self, request: Request, kind: Kind, parts: list[str]) -> Reply | None:
        """Answer the call for what follows the object in the address; None when there is no such address."""
        match request.method, parts:
            case "GET", []:
                return ok({"results": [one.shown() for one in self._listed(request, kind)]})
            case "POST", []:
                return ok(self.create(kind, body_of(request)).shown(), 201)
            case "POST", ["batch", "create"]:
                return self._create_many(kind, body_of(request))
            case "POST", ["batch", "read"]:
                return self._read_many(kind, body_of(request))
            case "POST", ["batch", "archive"]:
                return self._archive_many(kind, body_of(request))
            case _, ["groups", *rest]:
                return self._groups(request, kind, rest)
            case "GET", [name]:
                return ok(self._one(kind, name, flag(request, "archived")).shown())
            case "PATCH", [name]:
                return ok(self._change(kind, name, body_of(request)).shown())
            case "DELETE", [name]:
                self.archive(kind, name)
                return Reply(204)
            case _:
                return None

    def _of(self, kind: Kind) -> Definitions:
        return self._data.definitions[kind.name]

    def _one(self, kind: Kind, name: str, archived: bool = False) -> Definition:
        shelf = self._of(kind).archived if archived else self._of(kind).active
        if name not in shelf:
            raise not_found(f"No property found with name {name} for object type {kind.type_id}")
        return shelf[name]

    def _listed(self, request: Request, kind: Kind) -> Iterable[Definition]:
        shelf = self._of(kind).archived if flag(request, "archived") else self._of(kind).active
        sensitivity = query(request, "dataSensitivity") or "non_sensitive"
        return [one for one in shelf.values() if one.sensitivity == sensitivity]

    def create(self, kind: Kind, body: Json, by_user: bool = False) -> Definition:
        """A new property, or an archived one of that name with this definition; raises Refusal."""
        definition = self._parsed(kind, body)
        definitions, data = self._of(kind), self._data
        name = definition.name
        if name in definitions.active:
            raise Refusal(
                409,
                f"A property named '{name}' already exists.",
                "OBJECT_ALREADY_EXISTS",
                "Properties.PROPERTY_WITH_NAME_EXISTS",
                context={"name": [name]},
            )
        if definition.group not in definitions.groups:
            raise Refusal(400, f"Property group {definition.group} does not exist", context={"name": [name]})
        plan = data.plan
        full = definitions.custom_count >= plan.custom_properties
        if full or sum(one.custom_count for one in data.definitions.values()) >= plan.overall_properties:
            raise Refusal(
                400,
                "The account has reached its limit of custom properties.",
                sub_category="Properties.PROPERTY_LIMIT_REACHED",
                context={"name": [name]},
            )
        if definition.unique and definitions.unique_count >= plan.unique_properties:
            text = f"At most {plan.unique_properties} properties of an object can have unique values."
            raise Refusal(400, text, context={"name": [name]})
        settle = 0.0 if by_user else data.switches.property_settle_s
        definition.created_ms = definition.updated_ms = data.now_ms()
        definition.settled_ms = definition.created_ms + round(settle * 1000)
        definition.created_by = definition.updated_by = "60001234"
        revived = definitions.put(definition)
        if revived is not None:
            definition.created_ms, definition.created_by = revived.created_ms, revived.created_by
        if definition.unique:
            data.of(kind).watch(name)
        return definition

    def _parsed(self, kind: Kind, body: Json) -> Definition:
        missing = [name for name in _REQUIRED if not isinstance(body.get(name), str) or not body[name]]
        if missing:
            problems = [Problem(name, "REQUIRED_FIELD", f"{name} is required") for name in missing]
            raise not_valid(problems, self._data.account.portal_id)
        name, type_, field_type = str(body["name"]), str(body["type"]), str(body["fieldType"])
        context = {"name": [name]}
        if not _NAME.fullmatch(name) or name.startswith("hs_"):
            raise Refusal(400, f"The property name {name} is not allowed", context=context)
        if field_type not in FIELD_TYPES.get(type_, ()):
            raise Refusal(400, f"fieldType {field_type} does not go with type {type_}", context=context)
        options = _options(body.get("options") or [], name)
        _check_options(type_, options, name)
        sensitivity = str(body.get("dataSensitivity") or "non_sensitive")
        if sensitivity != "non_sensitive" and not self._data.switches.sensitive_data:
            raise Refusal(
                400,
                "The account is not enabled for sensitive data.",
                sub_category="PropertyValidationError.PORTAL_NOT_ENABLED_FOR_SENSITIVE_DATA",
            )
        unique = body.get("hasUniqueValue") is True
        if unique and type_ not in ("string", "number"):
            raise Refusal(400, f"A property of type {type_} cannot have unique values", context=context)
        return Definition(
            name=name,
            label=str(body["label"]),
            type=type_,
            field_type=field_type,
            group=str(body["groupName"]),
            description=str(body.get("description") or ""),
            options=options,
            display_order=int(body.get("displayOrder", -1)),
            hidden=body.get("hidden") is True,
            form_field=body.get("formField") is True,
            unique=unique,
            sensitivity=sensitivity,
        )

    def _create_many(self, kind: Kind, body: Json) -> Reply:
        results: list[Json] = []
        errors: list[Json] = []
        for one in inputs_of(body):
            try:
                results.append(self.create(kind, one).shown())
            except Refusal as refusal:
                entry = refusal.entry()
                entry.setdefault("context", {}).setdefault("name", [str(one.get("name", ""))])
                errors.append(entry)
        return batch_reply(self._data, results, errors, 201)

    def _read_many(self, kind: Kind, body: Json) -> Reply:
        shelf = self._of(kind).archived if body.get("archived") is True else self._of(kind).active
        wanted = [str(one.get("name", "")) for one in inputs_of(body)]
        results = [shelf[name].shown() for name in wanted if name in shelf]
        errors = [
            Refusal(404, f"No property named {name}", "OBJECT_NOT_FOUND", context={"name": [name]}).entry()
            for name in wanted
            if name not in shelf
        ]
        return batch_reply(self._data, results, errors, 200)

    def _archive_many(self, kind: Kind, body: Json) -> Reply:
        for one in inputs_of(body):
            name = str(one.get("name", ""))
            if name in self._of(kind).active:
                self.archive(kind, name)
        return Reply(204)

    def _change(self, kind: Kind, name: str, body: Json) -> Definition:
        """PATCH: what is sent replaces what is there, the list of options as a whole."""
        definition = self._one(kind, name)
        if definition.fixed:
            raise Refusal(400, f"{name} is a read only property definition and cannot be changed.")
        type_, field_type = body.get("type", definition.type), body.get("fieldType", definition.field_type)
        if field_type not in FIELD_TYPES.get(str(type_), ()):
            raise Refusal(400, f"fieldType {field_type} does not go with type {type_}")
        if body.get("groupName", definition.group) not in self._of(kind).groups:
            raise Refusal(400, f"Property group {body['groupName']} does not exist")
        options = definition.options
        if "options" in body:
            options = _options(body["options"] or [], name)
        _check_options(str(type_), options, name)
        definition.type, definition.field_type = str(type_), str(field_type)
        definition.set_options(options)
        definition.label = str(body.get("label", definition.label))
        definition.group = str(body.get("groupName", definition.group))
        definition.description = str(body.get("description", definition.description))
        definition.display_order = int(body.get("displayOrder", definition.display_order))
        definition.hidden = bool(body.get("hidden", definition.hidden))
        definition.form_field = bool(body.get("formField", definition.form_field))
        definition.updated_ms = self._data.now_ms()
        return definition

    def archive(self, kind: Kind, name: str) -> None:
        """Set a property aside; raises Refusal when it is missing, standard or in use."""
        definition = self._one(kind, name)
        if definition.standard:
            raise Refusal(400, f"{name} cannot be archived.")
        if definition.used_in:
            code = "PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE"
            errors = [
                {"message": f"Used in {use}", "code": code, "context": {"usage": [use]}}
                for use in definition.used_in
            ]
            raise Refusal(400, f"Property {name} is in use.", sub_category=code, errors=errors)
        self._of(kind).archive(name, self._data.now_ms())
        self._data.of(kind).unwatch(name)

    def _groups(self, request: Request, kind: Kind, rest: list[str]) -> Reply | None:
        groups = self._of(kind).groups
        match request.method, rest:
            case "GET", []:
                return ok({"results": [group.shown() for group in groups.values()]})
            case "POST", []:
                return ok(self.create_group(kind, body_of(request)).shown(), 201)
            case "GET", [name]:
                return ok(self._group(kind, name).shown())
            case "PATCH", [name]:
                group, body = self._group(kind, name), body_of(request)
                group.label = str(body.get("label", group.label))
                group.order = int(body.get("displayOrder", group.order))
                return ok(group.shown())
            case "DELETE", [name]:
                self._delete_group(kind, name)
                return Reply(204)
            case _:
                return None

    def _group(self, kind: Kind, name: str) -> Group:
        groups = self._of(kind).groups
        if name not in groups:
            raise not_found(f"No property group found with name {name}")
        return groups[name]

    def create_group(self, kind: Kind, body: Json) -> Group:
        """A new group; raises Refusal."""
        name, label = body.get("name"), body.get("label")
        if not isinstance(name, str) or not isinstance(label, str) or not _NAME.fullmatch(name) or not label:
            raise Refusal(400, "name and label are required")
        if name in self._of(kind).groups:
            raise Refusal(
                409,
                f"A property group named '{name}' already exists.",
                "OBJECT_ALREADY_EXISTS",
                "PropertyGroups.GROUP_WITH_NAME_EXISTS",
            )
        group = Group(name, label, int(body.get("displayOrder", -1)))
        self._of(kind).groups[name] = group
        return group

    def _delete_group(self, kind: Kind, name: str) -> None:
        self._group(kind, name)
        inside = [one.name for one in self._of(kind).active.values() if one.group == name]
        if inside:
            nested = {
                "status": "error",
                "subCategory": "PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES",
                "context": {"properties": inside},
                "at": iso(self._data.now_ms()),
            }
            raise Refusal(400, f"Unable to delete group: {json.dumps(nested)}")
        del self._of(kind).groups[name]


def _options(rows: Any, name: str) -> tuple[Option, ...]:
    """The options as sent; raises Refusal where one lacks a field or repeats another."""
    if not isinstance(rows, list):
        raise Refusal(400, "options must be a list", context={"name": [name]})
    options = []
    for row in rows:
        if not isinstance(row, dict) or any(field not in row for field in _OPTION_FIELDS):
            text = f"each option of {name} needs {', '.join(_OPTION_FIELDS)}"
            raise Refusal(400, text, context={"name": [name]})
        options.append(
            Option(
                str(row["label"]),
                str(row["value"]),
                int(row["displayOrder"]),
                row["hidden"] is True,
                str(row.get("description") or ""),
            )
        )
    values, labels = {one.value for one in options}, {one.label.casefold() for one in options}
    if len(values) < len(options) or len(labels) < len(options):
        raise Refusal(400, f"options of {name} must be unique", context={"name": [name]})
    return tuple(options)


def _check_options(type_: str, options: tuple[Option, ...], name: str) -> None:
    values = {option.value for option in options}
    if type_ == "bool" and values != {"true", "false"}:
        text = "Boolean properties must have exactly the options true and false."
        error = {"message": text, "code": "INVALID_BOOLEAN_OPTION", "context": {"propertyName": [name]}}
        raise Refusal(
            400,
            text,
            sub_category="PropertyValidationError.INVALID_BOOLEAN_OPTION",
            errors=[error],
            context={"name": [name]},
        )
    if type_ == "enumeration" and not options:
        raise Refusal(400, f"{name} needs options", context={"name": [name]})
    if type_ not in ("bool", "enumeration") and options:
        raise Refusal(400, f"a property of type {type_} has no options", context={"name": [name]})
