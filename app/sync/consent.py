"""Questions beside a linked contact: consent that disagrees (nothing is inferred, R15), and people who left."""

from __future__ import annotations

from app.domain.conflicts import Conflict
from app.domain.ids import Kind
from app.domain.people import Patient
from app.sync.ports import Contact
from app.sync.questions import ask, cliniko_card, hubspot_card
from app.sync.sides import Draft

OPT_OUT = "hs_email_optout"
GONE = ("archived", "deleted")
KIND = "consent_disagrees"


def consent_question(kind: Kind, draft: Draft, contact: Contact) -> Conflict | None:
    """The question about one patient, None where both sides agree or Cliniko never asked."""
    if not isinstance(draft.parsed, Patient) or draft.parsed.accepted_email_marketing is not True:
        return None
    if contact.properties.get(OPT_OUT, "").lower() != "true":
        return None
    return ask(
        KIND,
        kind,
        draft.cliniko_id,
        candidates=[contact.id],
        details={"cliniko": cliniko_card(draft.parsed), "hubspot": [hubspot_card(contact)]},
        fingerprint="opt_out",
        person=draft.person.name,
    )


def gone_question(kind: Kind, draft: Draft, contact: Contact) -> Conflict | None:
    """What to do about a linked person who is archived or deleted; the status itself is set anyway (R13)."""
    if draft.status not in GONE:
        return None
    return ask(
        "archived_in_cliniko",
        kind,
        draft.cliniko_id,
        candidates=[contact.id],
        details={"cliniko": cliniko_card(draft.parsed), "hubspot": [hubspot_card(contact)]},
        fingerprint=draft.status,
        person=draft.person.name,
    )
