"""What a request watches, and how Cliniko's refusal reads in plain words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from app.errors import RequestRefused
from app.sync.accounts import cached_list
from app.sync.referrals import keep_pushed, referrals_of
from app.sync.run import Run

WATCHED: Sequence[str] = (
    "firstname",
    "lastname",
    "email",
    "mobilephone",
    "cliniko_home_phone",
    "cliniko_address_line_1",
    "city",
    "state",
    "zip",
    "cliniko_country_code",
    "cliniko_gender_identity",
    "cliniko_date_of_birth",
    "cliniko_referral_source",
    "cliniko_shared_email",
)
"""A change of any of these while a request is under way is an edit of its own (R42)."""


def reason_of(error: RequestRefused) -> tuple[str, str]:
    """Cliniko's refusal as a plain sentence and the first field it names; no value is repeated."""
    body: Any = error.body
    errors = body.get("errors") if isinstance(body, dict) else None
    if not isinstance(errors, dict) or not errors:
        return "Cliniko did not accept the change.", ""
    parts = []
    for name, words in errors.items():
        text = words[0] if isinstance(words, list) and words else words
        label = str(name).replace("_", " ")
        parts.append(str(text) if name == "base" else f"{label} {text}")
    return "Cliniko did not accept the change: " + "; ".join(parts) + ".", str(next(iter(errors)))


def referral_name(run: Run, patient_id: str) -> str:

    found = referrals_of(run, [patient_id]).get(patient_id)
    return found.type_name if found else ""


def push_referral(run: Run, patient_id: str, name: str) -> None:
    """By the type's name; a name Cliniko does not have is refused in words."""
    for refresh in (False, True):
        rows = cached_list(
            run.store, run.cliniko, run.clock, "referral_source_types", ("archived_at:*",), refresh
        )
        for row in rows:
            if str(row.get("name") or "").strip().casefold() == name.casefold() and not row.get(
                "archived_at"
            ):
                body = {"referral_source_type_id": str(row["id"])}
                answer = run.cliniko.update(f"patients/{patient_id}/referral_source", body)
                keep_pushed(run, patient_id, body["referral_source_type_id"], answer)
                return
    raise RequestRefused(
        "Cliniko",
        422,
        "no such referral source type",
        {"errors": {"referral_source": "is not a known source"}},
    )


def settle_questions(run: Run, subject: tuple[str, str], contact_id: str, differing: Collection[str]) -> None:
    """What was refused before went through now, and fields that no longer differ are no question any more."""
    asked = [
        *run.store.conflicts_of(subject[0], [subject[1]]),
        *run.store.conflicts_of("hubspot", [contact_id]),
    ]
    for conflict in asked:
        is_past = conflict.kind == "cliniko_refused" or (
            conflict.kind == "both_changed" and conflict.fingerprint not in differing
        )
        if is_past and conflict.answer is None:
            run.store.close_conflict(conflict.id, "itself", run.now())
