"""Two records become one, and a contact is erased for good; neither can be undone."""

from __future__ import annotations

from app.sandbox.hubspot_data import API, MERGE, PortalData
from app.sandbox.hubspot_kinds import CONTACTS, Kind
from app.sandbox.hubspot_objects import Objects
from app.sandbox.hubspot_records import ADDITIONAL, EMAIL, Record, Values, addresses
from app.sandbox.hubspot_replies import Refusal, body_of, not_found, ok
from app.sandbox.hubspot_shown import show
from app.sandbox.hubspot_standard import LIFECYCLE
from app.sandbox.messages import Reply, Request

MOST_IDENTITIES = 250
_STAGES_OF_LIFE = [value for value, _ in LIFECYCLE]


class Merging:
    """What `/merge` and `/gdpr-delete` do."""

    def __init__(self, data: PortalData, objects: Objects) -> None:
        self._data = data
        self._objects = objects

    def answer(self, request: Request, kind: Kind) -> Reply:
        """POST of a merge; answers with the survivor."""
        body = body_of(request)
        primary_id, other_id = body.get("primaryObjectId"), body.get("objectIdToMerge")
        if not isinstance(primary_id, str) or not isinstance(other_id, str):
            raise Refusal(400, "primaryObjectId and objectIdToMerge are required", category=None)
        return ok(show(self._data, kind, self.merge(kind, primary_id, other_id, API)))

    def merge(self, kind: Kind, primary_id: str, other_id: str, source: str) -> Record:
        """The survivor: a new record, unless accounts keep the primary's id. Raises Refusal."""
        data, records = self._data, self._data.of(kind)
        primary, other = records.get(primary_id), records.get(other_id)
        if primary is None or other is None:
            raise not_found()
        if primary is other:
            raise Refusal(400, "A record cannot be merged with itself.")
        old_ids = (*primary.merged, *other.merged, other.id)
        if len(old_ids) + 2 + len(addresses(primary.values)) + len(addresses(other.values)) > MOST_IDENTITIES:
            raise Refusal(414, "The merged record would have too many identities.", category=None)
        values = _together(kind, primary.values, other.values)
        at, lag = data.now_ms(), data.lag_ms()
        data.note("merge", kind, other.id, source)
        records.drop(other, at, lag)
        if data.switches.merge_keeps_id:
            survivor = primary
            data.write(kind, survivor, _changes(primary.values, values), MERGE, at)
        else:
            records.drop(primary, at, lag)
            survivor = data.insert(kind, values, MERGE, at)
            survivor.source = primary.source
            survivor.created = min(primary.created, other.created)
            old_ids = (primary.id, *old_ids)
            records.moved[primary.id] = survivor.id
            data.links.hand_over(kind, primary.id, survivor.id)
        records.moved[other.id] = survivor.id
        survivor.merged = old_ids
        data.links.hand_over(kind, other.id, survivor.id)
        return survivor

    def erase(self, request: Request) -> Reply:
        """POST of a GDPR deletion: the contact is gone and its addresses cannot be used again."""
        body = body_of(request)
        key, name = body.get("objectId"), body.get("idProperty")
        if not isinstance(key, str) or not key:
            raise Refusal(400, "objectId is required", category=None)
        record = self._objects.find(CONTACTS, key, name)
        if record is None and name != EMAIL:
            raise not_found()
        self.forget(record, API, key.strip().lower() if name == EMAIL else None)
        return Reply(204)

    def forget(self, record: Record | None, source: str, address: str | None = None) -> None:
        """Erase a contact (None: nobody has the address) and block its addresses."""
        data, records = self._data, self._data.of(CONTACTS)
        if address:
            records.blocked_addresses.add(address)
        if record is not None:
            records.blocked_addresses.update(addresses(record.values))
            data.note("erase", CONTACTS, record.id, source)
            records.drop(record, data.now_ms(), data.lag_ms())
            data.links.forget(CONTACTS, record.id)


def _together(kind: Kind, primary: Values, other: Values) -> Values:
    """The primary's values with the gaps filled; all addresses kept; the later stage of life."""
    values = {**other, **primary}
    if kind is not CONTACTS:
        return values
    every = dict.fromkeys([*addresses(primary), *addresses(other)])
    main = primary.get(EMAIL) or other.get(EMAIL) or ""
    further = [one for one in every if one != main]
    values.pop(ADDITIONAL, None)
    if further:
        values[ADDITIONAL] = ";".join(further)
    stages = [
        one["lifecyclestage"] for one in (primary, other) if one.get("lifecyclestage") in _STAGES_OF_LIFE
    ]
    if stages:
        values["lifecyclestage"] = max(stages, key=_STAGES_OF_LIFE.index)
    return values


def _changes(before: Values, after: Values) -> Values:
    return {name: value for name, value in after.items() if before.get(name) != value}
