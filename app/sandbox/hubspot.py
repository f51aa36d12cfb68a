"""A HubSpot that authenticates, limits, validates, batches, merges and lags: addresses, rights and answers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping

from app.sandbox.hubspot_access import DEFAULT_TOKEN, SCOPES, Keys, Pace
from app.sandbox.hubspot_account import details, limits, token_info
from app.sandbox.hubspot_batches import Batches
from app.sandbox.hubspot_data import Account
from app.sandbox.hubspot_kinds import CONTACTS, DEALS, Kind, kind_of
from app.sandbox.hubspot_pipeline_calls import PipelineCalls
from app.sandbox.hubspot_replies import Json, Refusal, body_of
from app.sandbox.hubspot_search import Search
from app.sandbox.hubspot_settings_desk import HubSpotSettingsDesk
from app.sandbox.hubspot_switches import Plan, Switches
from app.sandbox.messages import Now, Reply, Request, utc_now

__all__ = ["Account", "DEFAULT_TOKEN", "HubSpot", "Plan", "SCOPES", "Switches"]

# What has to be done for a call, and the scopes it takes.
Act = tuple[tuple[str, ...], Callable[[], Reply | None]]

_READS = ("GET",)


class HubSpot(HubSpotSettingsDesk):
    """The simulated service: `handle` answers calls, the desk's methods do what users would do.

    `now` gives its time, `plan` is what was subscribed to, `token` what a program signs in with.
    Its base URL is the server's, without a path.
    """

    def __init__(
        self,
        now: Now = utc_now,
        plan: str | Plan = "professional",
        switches: Switches | None = None,
        account: Account | None = None,
        token: str = DEFAULT_TOKEN,
    ) -> None:
        super().__init__(now, plan, switches, account)
        self.token = token
        self.keys = Keys(self)
        self.keys.add(token)
        self.pace = Pace(self)
        self.before_call: Callable[[Request], None] | None = None
        self._batches = Batches(self, self._writes, self._objects)
        self._search = Search(self)
        self._pipelines = PipelineCalls(self)
        self._numbers = itertools.count(1)

    def add_key(self, token: str, scopes: Iterable[str] = SCOPES) -> str:
        """Another key; returns it."""
        self.keys.add(token, scopes)
        return token

    def revoke_key(self, token: str | None = None) -> None:
        """From now on the key (default: the first) is answered with 401."""
        self.keys.known.pop(token or self.token, None)

    def restore_key(self, token: str | None = None) -> None:
        """Let the key (default: the first) in again, with all scopes."""
        self.keys.add(token or self.token)

    def deny(self, *scopes: str) -> None:
        """Take scopes from the first key."""
        self.keys.known[self.token].difference_update(scopes)

    def allow(self, *scopes: str) -> None:
        """Give scopes to the first key."""
        self.keys.known[self.token].update(scopes)

    def handle(self, request: Request) -> Reply:
        """Answer one call."""
        if self.before_call is not None:
            self.before_call(request)
        with self.lock:
            correlation = f"{next(self._numbers):08x}-5a7d-4b0c-8000-{self.dice.getrandbits(48):012x}"
            headers: Mapping[str, str] = {}
            try:
                held = self.keys.scopes_of(request)
                headers = self.pace.count(request.path.endswith("/search"))
                reply = self._answer(request, held)
            except Refusal as refusal:
                headers = {**headers, **refusal.headers}
                reply = self._refused(refusal, correlation)
            headers = {**headers, **reply.headers, "X-HubSpot-Correlation-Id": correlation}
            return Reply(reply.status, reply.body, headers, reply.raw)

    def _refused(self, refusal: Refusal, correlation: str) -> Reply:
        if refusal.status == 404 and self.switches.empty_404:
            return Reply(404)
        body: Json = {**refusal.entry(), "correlationId": correlation, **refusal.more}
        return Reply(refusal.status, self.forgetful.thinned(body))

    def _answer(self, request: Request, held: set[str]) -> Reply:
        act = self._route(request, request.path.strip("/").split("/"), held)
        if act is None:
            return Reply(404, "<html><head><title>Error 404</title></head><body>Not Found</body></html>")
        needed, do = act
        self.keys.require(held, needed)
        reply = do()
        if reply is None:
            return Reply(405, "<html><head><title>Error 405</title></head><body>Not Allowed</body></html>")
        return reply

    def _route(self, request: Request, parts: list[str], held: set[str]) -> Act | None:
        """What an address stands for; None where there is nothing."""
        match parts:
            case ["oauth", "v2", "private-apps", "get", "access-token-info"] if request.method == "POST":
                return (), lambda: self._token_info(request)
            case ["account-info", version, "details"] if self._serves(version):
                return (), lambda: details(self)
            case ["crm", "limits", version, what] if self._serves(version) and request.method == "GET":
                return _any_object_scope(held), lambda: limits(self, what)
            case ["crm", "owners", version, *rest] if self._serves(version) and request.method == "GET":
                return ("crm.objects.owners.read",), lambda: self._owners(request, rest)
            case ["crm", "properties", version, name, *rest] if self._serves(version):
                kind = kind_of(name, any_case=True)
                reads = request.method == "GET" or rest == ["batch", "read"]
                needed = (f"crm.schemas.{kind.name}.{'read' if reads else 'write'}",)
                return needed, lambda: self._schema.answer(request, kind, rest)
            case ["crm", "pipelines", version, name, *rest] if self._serves(version):
                return self._route_pipelines(request, kind_of(name, any_case=True), rest, version)
            case ["crm", "associations", version, near, far, *rest] if self._serves(version):
                return self._route_links(request, kind_of(near), kind_of(far), rest)
            case ["crm", "objects", version, name, *rest] if self._serves(version):
                return self._route_objects(request, kind_of(name), rest, version)
            case _:
                return None

    def _serves(self, version: str) -> bool:
        return version in self.switches.versions

    def _token_info(self, request: Request) -> Reply:
        token = body_of(request).get("tokenKey")
        if not self.switches.token_info or not isinstance(token, str) or token not in self.keys.known:
            raise Refusal(404, "No private app found for this token", "OBJECT_NOT_FOUND")
        return token_info(self, self.keys.known[token])

    def _owners(self, request: Request, rest: list[str]) -> Reply | None:
        match rest:
            case []:
                return self.owners.listed(request)
            case [key]:
                return self.owners.one(request, key)
            case _:
                return None

    def _route_pipelines(self, request: Request, kind: Kind, rest: list[str], version: str) -> Act:
        if kind is not DEALS:
            raise Refusal(400, f"Object type {kind.type_id} has no pipelines")
        verb = "read" if request.method in _READS else "write"
        return (f"crm.schemas.deals.{verb}",), lambda: self._pipelines.answer(request, rest, version)

    def _route_links(self, request: Request, near: Kind, far: Kind, rest: list[str]) -> Act:
        reads = request.method in _READS or rest == ["batch", "read"]
        verb = "read" if reads else "write"
        needed = tuple(dict.fromkeys(f"crm.objects.{kind.name}.{verb}" for kind in (near, far)))
        return needed, lambda: self._associations.batch(request, near, far, rest)

    def _route_objects(self, request: Request, kind: Kind, rest: list[str], version: str) -> Act | None:
        read, write = f"crm.objects.{kind.name}.read", f"crm.objects.{kind.name}.write"
        match request.method, rest:
            case "GET", []:
                return (read,), lambda: self._objects.list(request, kind)
            case "POST", []:
                return (write,), lambda: self._objects.create(request, kind, version)
            case "POST", ["search"]:
                return (read,), lambda: self._search.answer(request, kind)
            case "POST", ["merge"]:
                return (write,), lambda: self._merging.answer(request, kind)
            case "POST", ["gdpr-delete"] if kind is CONTACTS:
                return (write,), lambda: self._merging.erase(request)
            case "POST", ["batch", "read"]:
                return (read,), lambda: self._batches.read(request, kind)
            case "POST", ["batch", "create"]:
                return (write,), lambda: self._batches.create(request, kind, version)
            case "POST", ["batch", "update"]:
                return (write,), lambda: self._batches.update(request, kind, version)
            case "POST", ["batch", "upsert"]:
                return (read, write), lambda: self._batches.upsert(request, kind, version)
            case "POST", ["batch", "archive"]:
                return (write,), lambda: self._batches.archive(request, kind)
            case "GET", [key]:
                return (read,), lambda: self._objects.read(request, kind, key)
            case "PATCH", [key]:
                return (write,), lambda: self._objects.update(request, kind, key, version)
            case "DELETE", [key]:
                return (write,), lambda: self._objects.archive(kind, key)
            case _, [key, "associations", *more]:
                scope = read if request.method in _READS else write
                return (scope,), lambda: self._associations.of_record(request, kind, key, more)
            case _:
                return None


def _any_object_scope(held: Iterable[str]) -> tuple[str, ...]:
    """Limits open to whoever may read some kind of record."""
    readable = [scope for scope in held if scope.startswith("crm.objects.") and scope.endswith(".read")]
    return () if readable else ("crm.objects.contacts.read",)
