"""Each answer that was applied stands in the journal, so that taking its execution back asks the question again."""

from __future__ import annotations

from app.domain.conflicts import Conflict
from app.domain.records import JournalEntry
from app.sync.before import keep_before
from app.sync.run import Run
from app.sync.undo_here import ANSWER, INBOX
from app.sync.undo_plan import HERE


def before_answer(run: Run, conflict: Conflict) -> dict[str, str]:
    """Keep the subject's record as it is; returns what was chosen for its inbox."""
    if conflict.subject_type in ("patient", "contact") and not run.is_rehearsal:
        record = run.store.record(conflict.subject_type, conflict.subject_id)  # type: ignore[arg-type]
        keep_before(run, [record] if record is not None else [])
    return run.store.inbox_choices(_inbox(conflict))


def note_answer(run: Run, conflict: Conflict, inbox_before: dict[str, str]) -> None:
    """The journal's lines of one applied answer."""
    lines: list[tuple[str, str, str | None, str]] = [(ANSWER, str(conflict.id), None, conflict.answer or "")]
    chosen = run.store.inbox_choices(_inbox(conflict))
    lines += [
        (INBOX, email_hash, inbox_before.get(email_hash, ""), choice)
        for email_hash, choice in chosen.items()
        if choice != inbox_before.get(email_hash)
    ]
    run.store.write_journal(
        [
            JournalEntry(
                run.run_id,
                conflict.subject_type,
                conflict.subject_id,
                HERE,
                target,
                name,
                old,
                new,
                "answer",
                run.now(),
            )
            for name, target, old, new in lines
        ]
    )


def _inbox(conflict: Conflict) -> list[str]:
    email_hash = str(conflict.details.get("email_hash") or "")
    return [email_hash] if conflict.kind == "shared_email" and email_hash else []
