"""Owners: the HubSpot users to whom records can be given. The API reads them; people make them."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.sandbox.hubspot_kinds import iso
from app.sandbox.hubspot_replies import Json, Refusal, flag, not_found, number, ok, query
from app.sandbox.messages import Reply, Request

_LONGEST_PAGE = 500


@dataclass
class Owner:
    """One user; a deactivated one is archived. `id` and `user_id` are different numbers."""

    id: str
    user_id: int
    email: str
    first_name: str
    last_name: str
    created_ms: int
    updated_ms: int
    archived: bool = False
    kind: str = "PERSON"

    def shown(self) -> Json:
        """As the API tells it."""
        return {
            "id": self.id,
            "email": self.email,
            "type": self.kind,
            "firstName": self.first_name,
            "lastName": self.last_name,
            "userId": None if self.archived else self.user_id,
            "userIdIncludingInactive": self.user_id,
            "createdAt": iso(self.created_ms),
            "updatedAt": iso(self.updated_ms),
            "archived": self.archived,
            "teams": [],
        }


@dataclass
class Owners:
    """All users of the account, by owner id."""

    known: dict[str, Owner] = field(default_factory=dict)
    _next: int = 31_415_901

    def add(self, email: str, first_name: str, last_name: str, at_ms: int) -> Owner:
        """A new active user."""
        owner = Owner(
            str(self._next), 60_000_000 + self._next % 9_973, email, first_name, last_name, at_ms, at_ms
        )
        self._next += 37
        self.known[owner.id] = owner
        return owner

    def is_active(self, owner_id: str) -> bool:
        """Whether records may be given to this id."""
        owner = self.known.get(owner_id)
        return owner is not None and not owner.archived

    def listed(self, request: Request) -> Reply:
        """GET of the list: active or archived ones, by e-mail, page by page."""
        archived, email = flag(request, "archived"), query(request, "email")
        size = number(request, "limit", 100, _LONGEST_PAGE)
        after = query(request, "after") or "0"
        if not after.isdigit():
            raise Refusal(400, f"after is not valid: {after}")
        rows = [
            owner
            for owner in self.known.values()
            if owner.archived == archived
            and (not email or owner.email.lower() == email.lower())
            and int(owner.id) > int(after)
        ]
        body: Json = {"results": [owner.shown() for owner in rows[:size]]}
        if len(rows) > size:
            body["paging"] = {"next": {"after": rows[size - 1].id, "link": f"?after={rows[size - 1].id}"}}
        return ok(body)

    def one(self, request: Request, key: str) -> Reply:
        """GET of one by owner id or user id, 404 when it is on the other shelf."""
        archived = flag(request, "archived")
        match query(request, "idProperty") or "id":
            case "id":
                found = self.known.get(key)
            case "userId":
                found = next((one for one in self.known.values() if str(one.user_id) == key), None)
            case other:
                raise Refusal(400, f"idProperty must be one of id, userId: {other}")
        if found is None or found.archived != archived:
            raise not_found()
        return ok(found.shown())
