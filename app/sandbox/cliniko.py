"""A Cliniko that pages, filters, hides, authenticates, limits and refuses: routes and answers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from app.sandbox.cliniko_access import DEFAULT_KEY, Access, ApiKey
from app.sandbox.cliniko_billing_desk import BillingDesk
from app.sandbox.cliniko_catalogue import NESTED, RESOURCES, booking_kind
from app.sandbox.cliniko_filters import (
    BadQuery,
    Condition,
    FieldType,
    Filter,
    Row,
    conditions,
    orders,
    page,
    parse_condition,
)
from app.sandbox.cliniko_resource import Json, Resource, View, show
from app.sandbox.cliniko_settings import public_settings
from app.sandbox.cliniko_writes import Rejected, Writes, body_of
from app.sandbox.messages import Now, Reply, Request, utc_now

Act = Callable[[Request, ApiKey], Reply]

_HTML_404 = (
    "<!DOCTYPE html>\n<html><head><title>The page you were looking for doesn’t exist (404)</title></head>"
    "<body><h1>The page you were looking for doesn’t exist.</h1></body></html>\n"
)
_VERB_METHODS = {"archive": "POST", "unarchive": "POST", "cancel": "PATCH", "conflicts": "GET"}


class Cliniko(BillingDesk):
    """The simulated service: `handle` answers calls, the desk's methods do what staff would do.

    `now` gives its time. Its base URL is the server's plus `/v1`. `key` is what a program signs in with.
    """

    def __init__(self, now: Now = utc_now, country_code: str = "AU", key: str = DEFAULT_KEY) -> None:
        super().__init__(now, country_code)
        self.access = Access(self)
        self.key = key
        self.before_call: Callable[[Request], None] | None = None
        self._writes = Writes(self)
        self._request_numbers = itertools.count(1)
        owner = self.add_user(
            first_name="Robin", last_name="Adeyemi", email="robin@clinic.example.test", role="administrator"
        )
        self.access.add(ApiKey(key, int(owner)))

    def add_key(self, key: str, user_id: str | None = None, denied: Iterable[str] = ()) -> str:
        """Another key, of the account's first user unless told; returns it."""
        owner = int(user_id) if user_id is not None else next(iter(self.tables["users"].rows))
        self.access.add(ApiKey(key, owner, set(denied)))
        return key

    def revoke_key(self, key: str | None = None) -> None:
        """From now on the key (default: the first) is answered with 401."""
        self.access.revoke(key or self.key)

    def restore_key(self) -> None:
        """Let the first key in again."""
        self.access.add(ApiKey(self.key, next(iter(self.tables["users"].rows))))

    def deny(self, *resources: str) -> None:
        """Answer the first key with 403 on these, such as `users`, `settings` or `patients:write`."""
        for key in self.access.keys.values():
            if key.key == self.key:
                key.denied.update(resources)

    def allow(self, *resources: str) -> None:
        """Take back what `deny` did."""
        for key in self.access.keys.values():
            if key.key == self.key:
                key.denied.difference_update(resources)

    def handle(self, request: Request) -> Reply:
        """Answer one call."""
        if self.before_call is not None:
            self.before_call(request)
        with self.lock:
            reply = self._answer(request)
        number = next(self._request_numbers)
        return Reply(
            reply.status, reply.body, {"X-Request-Id": f"sandbox-{number:08d}", **reply.headers}, reply.raw
        )

    def _answer(self, request: Request) -> Reply:
        found = self._route(request)
        if found is None:
            return Reply(404, _HTML_404)
        right, act = found
        refusal = self.access.check_agent(request)
        if refusal is not None:
            return refusal
        key = self.access.key_of(request)
        if key is None:
            return Reply(401, {"message": "Bad credentials"})
        refusal = self.access.check_rate(key)
        if refusal is not None:
            return refusal
        if right and key.refuses(right, request.method):
            return Reply(403, {"message": "You are not authorised to perform this action."})
        try:
            return act(request, key)
        except BadQuery as trouble:
            return Reply(400, {"message": str(trouble)})
        except Rejected as refused:
            return refused.reply

    def _route(self, request: Request) -> tuple[str, Act] | None:
        """The right a call needs (empty: none) and what answers it; None when it leads nowhere."""
        method = "PATCH" if request.method == "PUT" else request.method
        match request.path.split("/")[1:]:
            case ["v1", "user"] if method == "GET":
                return "", lambda request, key: self._user(request, key)
            case ["v1", "settings"] if method == "GET":
                return "settings", lambda request, key: Reply(200, self.settings)
            case ["v1", "settings", "public"] if method == "GET":
                return "", lambda request, key: Reply(200, public_settings(self.settings))
            case ["v1", name, "active" | "inactive" as part] if method == "GET":
                return self._route_part(name, part)
            case ["v1", "patients", patient_id, "referral_source"] if method in ("GET", "PATCH"):
                read = method == "GET"
                act = self._referral_read if read else self._referral_write
                return "referral_sources", lambda request, key: act(request, patient_id)
            case ["v1", name] if name in RESOURCES:
                return self._route_all(RESOURCES[name], method)
            case ["v1", name, row_id] if name in RESOURCES:
                return self._route_one(RESOURCES[name], row_id, method)
            case ["v1", name, row_id, verb] if name in RESOURCES and verb in _VERB_METHODS:
                return self._route_verb(RESOURCES[name], row_id, verb, method)
            case ["v1", parent, row_id, child, *rest] if (parent, child) in NESTED and method == "GET":
                if rest and (child, rest) != ("practitioners", ["inactive"]):
                    return None
                active = not rest if child == "practitioners" else None
                column = NESTED[parent, child]
                return child, lambda request, key: self._nested(request, child, column, row_id, active)
        return None

    def _route_part(self, name: str, part: str) -> tuple[str, Act] | None:
        if (name, part) == ("practitioners", "inactive"):
            return name, lambda request, key: self._list(request, RESOURCES[name], active=False)
        if (name, part) == ("patient_cases", "active"):
            still_open = [parse_condition("closed_at:!?", RESOURCES[name].all_filters)]
            return name, lambda request, key: self._list(request, RESOURCES[name], still_open)
        return None

    def _route_all(self, resource: Resource, method: str) -> tuple[str, Act] | None:
        if method == "GET":
            active = True if resource.name == "practitioners" else None
            return resource.name, lambda request, key: self._list(request, resource, active=active)
        if method == "POST" and "create" in resource.verbs:
            return resource.name, lambda request, key: self._create(request, resource)
        return None

    def _route_one(self, resource: Resource, row_id: str, method: str) -> tuple[str, Act] | None:
        if method == "GET" and "read" in resource.verbs:
            return resource.name, lambda request, key: self._read(request, resource, row_id)
        if method == "PATCH" and "update" in resource.verbs:
            return resource.name, lambda request, key: self._update(request, resource, row_id)
        if method == "DELETE" and "remove" in resource.verbs:
            return resource.name, lambda request, key: self._remove(request, resource, row_id)
        if method == "DELETE" and "delete" in resource.verbs:
            return resource.name, lambda request, key: self._verb(request, resource, row_id, "archive")
        return None

    def _route_verb(self, resource: Resource, row_id: str, verb: str, method: str) -> tuple[str, Act] | None:
        if verb not in resource.verbs or method != _VERB_METHODS[verb]:
            return None
        return resource.name, lambda request, key: self._verb(request, resource, row_id, verb)

    def _view(self, request: Request) -> View:
        host = request.headers.get("host", "127.0.0.1")
        return View(self.switches.link_base or f"http://{host}/v1", self.switches.timestamps, self)

    def _shown(self, resource: Resource, row: Row, view: View) -> Json:
        seen = self.as_last_seen(resource.name, row) if self.stale else row
        if resource.name != "bookings":
            return show(resource, seen, view)
        shown = show(booking_kind(seen), seen, view)
        shown["links"] = {"self": f"{view.base}/bookings/{seen['id']}"}
        return shown

    def _filters(self, resource: Resource) -> dict[str, Filter]:
        filters = dict(resource.all_filters)
        if not self.switches.did_not_arrive_filterable:
            filters.pop("did_not_arrive", None)
        return filters

    def _list(
        self,
        request: Request,
        resource: Resource,
        more: Iterable[Condition] = (),
        active: bool | None = None,
    ) -> Reply:
        filters = self._filters(resource)
        wanted = conditions(request.query, filters, self.switches.case_sensitive)
        named = {condition.field for condition in wanted}
        for field in resource.hidden:
            if field not in named:
                wanted.append(parse_condition(f"{field}:!?", filters))
        if active is not None and "active" not in named:
            wanted.append(parse_condition(f"active:={'true' if active else 'false'}", filters))
        order = orders(request.query, filters)
        if any(part.column == "id" for part in order) and self.switches.sort_id == "refused":
            raise BadQuery("id is not sortable")
        if self.switches.sort_id == "ignored" and any(part.column == "id" for part in order):
            order = orders((), filters)
        stretch = page(request.query)
        table = self.table(resource.name)
        found = table.select([*wanted, *more], order)
        view = self._view(request)
        ids = found.page(stretch.number, stretch.size)
        rows = [self._shown(resource, table.rows[row_id], view) for row_id in ids]
        links = {"self": self._page_link(request, view, stretch.number, stretch.size)}
        if stretch.number > 1:
            links["previous"] = self._page_link(request, view, stretch.number - 1, stretch.size)
        if stretch.number * stretch.size < len(found):
            links["next"] = self._page_link(request, view, stretch.number + 1, stretch.size)
        return Reply(200, {resource.name: rows, "total_entries": len(found), "links": links})

    @staticmethod
    def _page_link(request: Request, view: View, number: int, size: int) -> str:
        kept = [(name, value) for name, value in request.query if name not in ("page", "per_page")]
        query = urlencode([*kept, ("page", number), ("per_page", size)])
        return f"{view.base}{request.path.removeprefix('/v1')}?{query}"

    def _nested(
        self, request: Request, child: str, column: str, parent_id: str, active: bool | None
    ) -> Reply:
        if not parent_id.isdigit():
            return _not_found()
        below = _below(column, int(parent_id))
        return self._list(request, RESOURCES[child], [below], active)

    def _found(self, request: Request, resource: Resource, row_id: str) -> Row | None:
        """The row if the call may see it: hidden ones only where the query lifts what hides them."""
        row = self.table(resource.name).get(int(row_id)) if row_id.isdigit() else None
        if row is None:
            return None
        filters = {field: resource.all_filters[field] for field in resource.hidden}
        wanted = conditions(request.query, filters) if request.method == "GET" else []
        named = {condition.field for condition in wanted}
        if any(row.get(field) is not None for field in resource.hidden if field not in named):
            return None
        return row if all(condition.test(row) for condition in wanted) else None

    def _read(self, request: Request, resource: Resource, row_id: str) -> Reply:
        row = self._found(request, resource, row_id)
        if row is None:
            return _not_found()
        return Reply(200, self._shown(resource, row, self._view(request)))

    def _user(self, request: Request, key: ApiKey) -> Reply:
        return Reply(200, show(RESOURCES["users"], self.row("users", key.user_id), self._view(request)))

    def _create(self, request: Request, resource: Resource) -> Reply:
        row = self.row(resource.name, self._writes.create(resource, body_of(request)))
        shown = show(resource, row, self._view(request))
        return Reply(201, shown, {"Location": shown["links"]["self"]})

    def _update(self, request: Request, resource: Resource, row_id: str) -> Reply:
        row = self._found(request, resource, row_id)
        if row is None:
            return _not_found()
        self._writes.update(resource, row, body_of(request))
        return Reply(200, show(resource, row, self._view(request)))

    def _remove(self, request: Request, resource: Resource, row_id: str) -> Reply:
        if self._found(request, resource, row_id) is None:
            return _not_found()
        self.delete_tax(row_id) if resource.name == "taxes" else self.vanish(resource.name, row_id)
        return Reply(204)

    def _verb(self, request: Request, resource: Resource, row_id: str, verb: str) -> Reply:
        if verb == "unarchive":
            held = self.table(resource.name).get(int(row_id)) if row_id.isdigit() else None
            if held is None:
                return _not_found()
            self.edit(resource.name, row_id, archived_at=None)
            return Reply(200, show(resource, held, self._view(request)))
        row = self._found(request, resource, row_id)
        if row is None:
            return _not_found()
        if verb == "conflicts":
            return Reply(200, {"conflicts": {"exist": self._conflicts(row)}})
        if verb == "cancel":
            self._writes.cancel(resource, row, body_of(request))
        elif resource.name == "individual_appointments":
            self.archive_appointment(row_id)
        else:
            self.archive(resource.name, row_id)
        return Reply(204)

    def _conflicts(self, row: Row) -> bool:
        """Whether the same practitioner is booked for some of the same time."""
        return any(
            other["id"] != row["id"]
            and other.get("practitioner_id") == row.get("practitioner_id")
            and other["starts_at"] < row["ends_at"]
            and row["starts_at"] < other["ends_at"]
            and not any(other.get(field) for field in ("cancelled_at", "archived_at", "deleted_at"))
            for other in self.table("bookings").rows.values()
        )

    def _referral_read(self, request: Request, patient_id: str) -> Reply:
        resource = RESOURCES["referral_sources"]
        held = self.tables["referral_sources"].where(
            "patient_id", int(patient_id) if patient_id.isdigit() else 0
        )
        if not held or held[0].get("archived_at") is not None:
            return _not_found()
        return Reply(200, self._shown(resource, held[0], self._view(request)))

    def _referral_write(self, request: Request, patient_id: str) -> Reply:
        patient = self._found(request, RESOURCES["patients"], patient_id)
        if patient is None:
            return _not_found()
        body = body_of(request)
        if body:
            self._writes.set_referral(patient, RESOURCES["referral_sources"], body)
        return self._referral_read(request, patient_id)


def _not_found() -> Reply:
    return Reply(404, {"message": "Record not found"})


def _below(column: str, parent_id: int) -> Condition:
    """What the rows of a nested list have in common; a row that lists no parents belongs to all of them."""
    if not column.endswith("_ids"):
        return parse_condition(f"parent:={parent_id}", {"parent": Filter(FieldType.NUMBER, column)})

    def test(row: Row) -> bool:
        return not row.get(column) or parent_id in row[column]

    return Condition(column, "~", parent_id, column, test)
