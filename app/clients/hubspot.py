"""HubSpot as an execution needs it: account, scopes, owners, limits and merging here; records, links and schema
in the files beside this one."""

from __future__ import annotations

from app.clients.calls import Call
from app.clients.hubspot_associations import Associations
from app.clients.hubspot_batches import RecordWrites
from app.clients.hubspot_schema import SchemaCalls
from app.clients.hubspot_wire import (
    ACCOUNT_PATH,
    OWNERS_PATH,
    SERVICE,
    TOKEN_PATH,
    limits_path,
    next_after,
    objects_path,
    read_right,
    results_of,
    write_right,
)
from app.errors import KeysRefused, OutcomeUnknown, RequestRefused, RightsMissing, ServiceUnavailable
from app.sync.ports import Account, Json, Limits, Owner

_TYPE_IDS = {"contacts": "0-1", "deals": "0-3"}


class HubSpotClient(RecordWrites, Associations, SchemaCalls):
    """HubSpot with one token; fulfils `app.sync.ports.HubSpotPort`. Safe for several threads."""

    def account(self) -> Account:
        """Whose portal the token opens. Raises ServiceUnavailable when the answer names no portal."""
        body = self._get(ACCOUNT_PATH, right="oauth")
        portal_id = body.get("portalId")
        if not isinstance(portal_id, int | str) or not str(portal_id):
            raise ServiceUnavailable(SERVICE, f"{SERVICE} did not say which account the key belongs to")
        return Account(
            portal_id=str(portal_id),
            time_zone=str(body.get("timeZone") or ""),
            currency=str(body.get("companyCurrency") or ""),
            ui_domain=str(body.get("uiDomain") or ""),
            account_type=str(body.get("accountType") or ""),
        )

    def granted_scopes(self) -> frozenset[str] | None:
        """Scopes of the token; None where HubSpot does not tell (this address belongs to no dated version)."""
        call = Call("POST", TOKEN_PATH, body={"tokenKey": self._token}, tries=2)
        try:
            scopes = self.transport.send(call).body.get("scopes")
        except (RequestRefused, KeysRefused, RightsMissing, ServiceUnavailable):
            # Failing here says nothing about the token: the calls that matter will.
            return None
        if not isinstance(scopes, list):
            return None
        return frozenset(each for each in scopes if isinstance(each, str))

    def owners(self) -> tuple[Owner, ...]:
        """Active HubSpot users who can own records; queues are left out."""
        found: list[Owner] = []
        after: str | None = None
        while True:
            query = [("limit", "100"), ("archived", "false"), *([("after", after)] if after else [])]
            body = self._get(OWNERS_PATH, query, "crm.objects.owners.read")
            rows = results_of(body, "owners")
            found += [owner for row in rows if (owner := _owner(row)) is not None]
            following = next_after(body)
            if following is None or following == after or not rows:
                return tuple(found)
            after = following

    def property_limits(self, *kinds: str) -> dict[str, Limits]:
        """Custom property slots of these object types, in one call; None, None where HubSpot does not say.

        Where the account as a whole is closer to its bound than the type is, that bound counts.
        """
        try:
            body = self._get(limits_path("custom-properties"), right=read_right(kinds[0]))
        except (RequestRefused, RightsMissing):
            return {kind: Limits(None, None) for kind in kinds}
        return {kind: _slots(body, kind) for kind in kinds}

    def pipeline_limits(self) -> Limits:
        """Deal pipelines of the plan; None, None where HubSpot does not say."""
        try:
            body = self._get(limits_path("pipelines"), right=read_right("deals"))
        except (RequestRefused, RightsMissing):
            return Limits(None, None)
        rows = body.get("hubspotDefinedObjectTypes")
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and row.get("objectTypeId") == _TYPE_IDS["deals"]:
                return Limits(_number(row, "limit"), _number(row, "usage"))
        return Limits(None, None)

    def merge_contacts(self, primary_id: str, other_id: str) -> str:
        """Merge `other_id` into `primary_id` and return the survivor's id, which may be a new one.

        Cannot be undone: only when a person asked for it. A lost answer is settled by reading both.
        """
        body = {"primaryObjectId": primary_id, "objectIdToMerge": other_id}
        path = objects_path("contacts", "merge")
        try:
            answer = self._write("POST", path, body, write_right("contacts"), is_repeatable=False).body
        except OutcomeUnknown:
            found = self.batch_read("contacts", [primary_id, other_id], []).found
            ids = {each: found[each].id for each in (primary_id, other_id) if each in found}
            if len(ids) == 2 and ids[primary_id] == ids[other_id]:
                return ids[primary_id]
            raise
        return str(answer.get("id") or primary_id)


def _owner(row: Json) -> Owner | None:
    if row.get("type") not in (None, "PERSON") or not row.get("id"):
        return None
    name = " ".join(str(row[part]).strip() for part in ("firstName", "lastName") if row.get(part))
    email = str(row.get("email") or "").strip().lower()
    return Owner(str(row["id"]), email, name or email, row.get("archived") is True)


def _number(row: Json, name: str) -> int | None:
    value = row.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _slots(body: Json, kind: str) -> Limits:
    rows = body.get("byObjectType")
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get("objectTypeId") == _TYPE_IDS.get(kind):
            limit, used = _number(row, "limit"), _number(row, "usage")
            overall, all_used = _number(body, "overallLimit"), _number(body, "overallUsage")
            if limit is not None and used is not None and overall is not None and all_used is not None:
                limit = min(limit, used + max(0, overall - all_used))
            return Limits(limit, used)
    return Limits(None, None)
