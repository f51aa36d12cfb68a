"""Names of Cliniko contacts that patients point to: from the local index, else asked of Cliniko once a chain.

Patients are synced before the contacts are read, so that at first their doctors and referrers are not known yet.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.errors import BadInput, RequestRefused, RightsMissing
from app.streams.contacts import parse_contact
from app.sync.fetch import rows_by_id
from app.sync.run import Run

HIDDEN = ("archived_at:*", "deleted_at:*")


def contact_names(run: Run, contact_ids: Iterable[str]) -> dict[str, str]:
    """Name by id, for those that have one."""
    ids = {one for one in contact_ids if one}
    known = {key: person.name for key, person in run.store.people("contact", ids).items()}
    kept: dict[str, str] = run.chain.gathered.setdefault("contact_names", [{}])[0]
    missing = sorted(one for one in ids - known.keys() - kept.keys() if one.isdigit())
    if missing:
        kept.update(dict.fromkeys(missing, "") | _read(run, missing))
    return {key: name for key in ids if (name := known.get(key) or kept.get(key, ""))}


def _read(run: Run, ids: list[str]) -> dict[str, str]:
    try:
        rows = rows_by_id(run.cliniko, "contacts", HIDDEN, ids)
    except (RightsMissing, RequestRefused):
        # A key that may not read contacts costs only their names.
        return {}
    found: dict[str, str] = {}
    for row in rows:
        try:
            contact = parse_contact(row)
        except BadInput:
            continue
        found[contact.id] = f"{contact.first_name} {contact.last_name}".strip() or contact.company_name
    return found
