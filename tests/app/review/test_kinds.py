"""The kinds of question: slugs, answers and what they need are a contract with scripts (matching §3)."""

from __future__ import annotations

import pytest

from app.review.kinds import KINDS, actions_of

ACTIONS = {
    "shared_email": "holder nobody same keep later",
    "same_person": "link separate later",
    "several_candidates": "link separate later",
    "duplicate_in_cliniko": "two_people later",
    "contact_taken": "keep move",
    "email_in_use": "link keep_old move later",
    "weak_match": "link separate later",
    "contact_vanished": "create link leave_out",
    "merged_in_cliniko": "merge leave",
    "archived_in_cliniko": "mark stop_marketing remove",
    "cliniko_refused": "retry drop_field discard",
    "would_duplicate_patient": "update create discard",
    "both_changed": "cliniko hubspot",
    "consent_disagrees": "record_opt_out leave",
    "deal_on_wrong_contact": "move leave",
    "email_refused": "without_email later",
    "owner_missing": "choose default ignore",
    "schema_drift": "repair replace later",
    "import_row_unclear": "pick skip",
    "patient_and_referrer": "one two",
    "second_writer": "pause fine",
    "id_mismatch": "unlink correct keep",
    "mass_change": "proceed later",
}
BLOCKING = {
    "same_person",
    "several_candidates",
    "weak_match",
    "id_mismatch",
    "contact_taken",
    "contact_vanished",
    "would_duplicate_patient",
    "import_row_unclear",
    "schema_drift",
    "mass_change",
}
NEEDS = {
    ("shared_email", "holder"): "patient",
    ("several_candidates", "link"): "contact",
    ("contact_vanished", "link"): "contact",
    ("would_duplicate_patient", "update"): "patient",
    ("owner_missing", "choose"): "owner",
    ("import_row_unclear", "pick"): "patient",
}
BULK = {
    ("duplicate_in_cliniko", "two_people"),
    ("weak_match", "separate"),
    ("archived_in_cliniko", "mark"),
    ("archived_in_cliniko", "stop_marketing"),
    ("both_changed", "cliniko"),
    ("deal_on_wrong_contact", "move"),
    ("email_refused", "without_email"),
    ("owner_missing", "default"),
    ("import_row_unclear", "skip"),
    ("second_writer", "fine"),
}


def test_kinds_and_their_answers() -> None:
    """Matching §3: every kind with exactly its slugs, in order."""
    assert {slug: " ".join(actions_of(slug)) for slug in KINDS} == ACTIONS


def test_which_kinds_block() -> None:
    """Matching §3: these hold the record, all others let it go on."""
    assert {slug for slug, kind in KINDS.items() if kind.blocking} == BLOCKING


def test_what_answers_need() -> None:
    """Matching §3: --contact, --patient and --owner only where the answer names somebody."""
    found = {(k.slug, a.slug): a.needs for k in KINDS.values() for a in k.answers if a.needs}
    assert found == NEEDS


def test_what_may_be_answered_in_bulk() -> None:
    """Matching §3: bulk answers only where safe; a HubSpot merge cannot be undone, nor a contact brought back
    from HubSpot's recycle bin by us."""
    assert {(k.slug, a.slug) for k in KINDS.values() for a in k.answers if a.bulk_safe} == BULK
    lasting = {(k.slug, a.slug) for k in KINDS.values() for a in k.answers if not a.undoable}
    assert lasting == {("merged_in_cliniko", "merge"), ("archived_in_cliniko", "remove")}


@pytest.mark.parametrize("slug", ACTIONS)
def test_words_of_a_kind(slug: str) -> None:
    """Matching §3: a suggested answer that exists and is undoable, and words that fill in."""
    kind = KINDS[slug]
    suggested = kind.answer(kind.suggested)
    assert kind.slug == slug and suggested is not None and suggested.undoable
    filled = kind.question.format_map(dict.fromkeys(kind.fields, "Anna"))
    assert "{" not in filled and kind.title and kind.why and all(a.label for a in kind.answers)
    assert kind.answer("something else") is None
