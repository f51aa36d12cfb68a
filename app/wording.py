"""Events, reports and reasons as sentences, marked for translation and free of Qt.

Every sentence is a template with named fields, so that a face may translate the template first and put numbers
and local times in afterwards. Nothing here ever holds a name or an address (I6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.domain.ids import STREAM_ORDER
from app.domain.reports import Report
from app.errors import ClinicBridgeError
from app.events import (
    ActionDone,
    ExecutionFinished,
    ExecutionStarted,
    NextRunPlanned,
    PauseBegan,
    PauseEnded,
    PhaseStarted,
    Progress,
    QuestionOpened,
    Stopping,
    Trouble,
    WaitingForService,
)

CONTEXT: Final = "Wording"


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """The text itself: the name tells translation tools to collect it."""
    del context
    return text


@dataclass(frozen=True)
class Words:
    """A sentence: `template` is what is translated, `values` go into its fields. Moments are aware UTC and are
    shown as the local time of day."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        shown = {name: _shown(value) for name, value in self.values.items()}
        return self.template.format(**shown)

    def __bool__(self) -> bool:
        return bool(self.template)


def _shown(value: object) -> str:
    return value.astimezone().strftime("%H:%M") if isinstance(value, datetime) else str(value)


STREAM_WORDS: Final[Mapping[str, str]] = {
    "unlink": QT_TRANSLATE_NOOP("Wording", "requests to unlink"),
    "write_back": QT_TRANSLATE_NOOP("Wording", "requests from HubSpot"),
    "patients": QT_TRANSLATE_NOOP("Wording", "patients"),
    "contacts": QT_TRANSLATE_NOOP("Wording", "Cliniko contacts"),
    "appointments": QT_TRANSLATE_NOOP("Wording", "appointments"),
    "invoices": QT_TRANSLATE_NOOP("Wording", "invoices"),
}

PHASE_WORDS: Final[Mapping[str, str]] = {
    "settle": QT_TRANSLATE_NOOP("Wording", "Finishing what the last run left of the {stream}"),
    "fetch": QT_TRANSLATE_NOOP("Wording", "Reading the {stream}"),
    "match": QT_TRANSLATE_NOOP("Wording", "Comparing the {stream}"),
    "plan": QT_TRANSLATE_NOOP("Wording", "Planning the {stream}"),
    "apply": QT_TRANSLATE_NOOP("Wording", "Writing the {stream}"),
    "record": QT_TRANSLATE_NOOP("Wording", "Noting the {stream}"),
}

MOOD_WORDS: Final[Mapping[str, str]] = {
    "not_set_up": QT_TRANSLATE_NOOP("Wording", "Not set up yet"),
    "not_run_yet": QT_TRANSLATE_NOOP("Wording", "Ready for the first run"),
    "syncing": QT_TRANSLATE_NOOP("Wording", "Syncing"),
    "paused": QT_TRANSLATE_NOOP("Wording", "Paused"),
    "up_to_date": QT_TRANSLATE_NOOP("Wording", "Up to date – {at}"),
    "catching_up": QT_TRANSLATE_NOOP("Wording", "Catching up: {waiting} waiting for the next run"),
    "questions": QT_TRANSLATE_NOOP("Wording", "{count} questions for you"),
    "attention": QT_TRANSLATE_NOOP("Wording", "The last run needs a look"),
    "offline": QT_TRANSLATE_NOOP("Wording", "Offline"),
    "keys_refused": QT_TRANSLATE_NOOP("Wording", "A key is not accepted"),
    "failed": QT_TRANSLATE_NOOP("Wording", "The last run did not finish"),
    "stopping": QT_TRANSLATE_NOOP("Wording", "Finishing what is under way"),
}

REASON_WORDS: Final[Mapping[str, str]] = {
    # a setting or a person leaves them out
    "no_email": QT_TRANSLATE_NOOP(
        "Wording", "Has no e-mail address, and only patients with one are wanted (patients.only_with_email)."
    ),
    "not_seen": QT_TRANSLATE_NOOP(
        "Wording", "Was neither seen nor booked recently enough (patients.only_seen_within_months)."
    ),
    "privacy_policy": QT_TRANSLATE_NOOP(
        "Wording", "The answer to the privacy policy does not let this patient in (patients.privacy_policy)."
    ),
    "business": QT_TRANSLATE_NOOP(
        "Wording", "Belongs to none of the chosen businesses (patients.businesses)."
    ),
    "practitioner": QT_TRANSLATE_NOOP(
        "Wording", "Sees none of the chosen practitioners (patients.practitioners)."
    ),
    "category": QT_TRANSLATE_NOOP(
        "Wording", "This kind of appointment is left out (appointments.excluded_categories)."
    ),
    "group": QT_TRANSLATE_NOOP("Wording", "Group appointments are switched off (appointments.groups)."),
    "outside_window": QT_TRANSLATE_NOOP(
        "Wording", "Lies outside the days that are synced (appointments.days_forward)."
    ),
    "credit": QT_TRANSLATE_NOOP("Wording", "Credit notes are switched off (invoices.include_credits)."),
    "too_old": QT_TRANSLATE_NOOP(
        "Wording", "Was issued before invoices were switched on (streams.invoices)."
    ),
    "stream_off_patient": QT_TRANSLATE_NOOP("Wording", "Patients are switched off (streams.patients)."),
    "stream_off_contact": QT_TRANSLATE_NOOP(
        "Wording", "Cliniko contacts are switched off (streams.contacts)."
    ),
    "stream_off_appointment": QT_TRANSLATE_NOOP(
        "Wording", "Appointments are switched off (streams.appointments)."
    ),
    "stream_off_invoice": QT_TRANSLATE_NOOP("Wording", "Invoices are switched off (streams.invoices)."),
    "on_hold": QT_TRANSLATE_NOOP("Wording", "Somebody said not to sync this record. Release it to go on."),
    "leave_out": QT_TRANSLATE_NOOP("Wording", "Somebody decided to leave this record out from now on."),
    "hubspot_hold": QT_TRANSLATE_NOOP("Wording", "Somebody said in HubSpot not to sync this contact."),
    "forgotten": QT_TRANSLATE_NOOP("Wording", "Somebody asked to forget this record."),
    # the record itself
    "no_name": QT_TRANSLATE_NOOP("Wording", "Has no name in Cliniko."),
    "too_little": QT_TRANSLATE_NOOP(
        "Wording", "Has neither e-mail nor phone nor birthday, too little to make a contact of."
    ),
    "archived": QT_TRANSLATE_NOOP("Wording", "Was archived in Cliniko before it was ever synced."),
    "deleted": QT_TRANSLATE_NOOP("Wording", "Was deleted in Cliniko."),
    "merged": QT_TRANSLATE_NOOP("Wording", "Was merged into another file in Cliniko."),
    "removed": QT_TRANSLATE_NOOP("Wording", "Was removed in Cliniko before it was ever synced."),
    "no_patient": QT_TRANSLATE_NOOP("Wording", "Its patient is not in HubSpot."),
    "deal_deleted": QT_TRANSLATE_NOOP(
        "Wording", "Somebody deleted its deal in HubSpot; it is not made again by itself."
    ),
    "excluded_category": QT_TRANSLATE_NOOP(
        "Wording", "This kind of appointment is left out (appointments.excluded_categories)."
    ),
    "undone": QT_TRANSLATE_NOOP(
        "Wording", "Its link was taken back; its next change in Cliniko is looked at anew."
    ),
    # held, failed, waiting
    "unreadable": QT_TRANSLATE_NOOP("Wording", "Cliniko's answer about this record could not be read."),
    "refused": QT_TRANSLATE_NOOP("Wording", "HubSpot did not accept this record."),
    "gathered": QT_TRANSLATE_NOOP("Wording", "Is about to be written together with others."),
    "unlinked": QT_TRANSLATE_NOOP("Wording", "Was unlinked; its next change in Cliniko makes a new contact."),
    "patient_not_linked": QT_TRANSLATE_NOOP("Wording", "Waits until its patient is in HubSpot."),
    "next_run": QT_TRANSLATE_NOOP("Wording", "Comes with the next run."),
    "cap": QT_TRANSLATE_NOOP("Wording", "Waits for the next run (sync.items_per_execution)."),
}

HELD_FOR: Final = QT_TRANSLATE_NOOP("Wording", "Waits for your answer to a question ({reason}).")
NOT_SYNCED: Final = QT_TRANSLATE_NOOP("Wording", "Is not synced: {reason}.")
"""For reasons that have no sentence of their own."""

RULE_WORDS: Final[Mapping[str, str]] = {
    "created": QT_TRANSLATE_NOOP("Wording", "made by ClinicBridge"),
    "id": QT_TRANSLATE_NOOP("Wording", "carried the Cliniko id"),
    "email_name": QT_TRANSLATE_NOOP("Wording", "same e-mail and name"),
    "dob_name": QT_TRANSLATE_NOOP("Wording", "same name and birthday"),
    "phone_name": QT_TRANSLATE_NOOP("Wording", "same name and mobile"),
    "manual": QT_TRANSLATE_NOOP("Wording", "linked by a person"),
    "imported": QT_TRANSLATE_NOOP("Wording", "linked by an import"),
    "adopted": QT_TRANSLATE_NOOP("Wording", "taken over from another tool"),
    "rebuilt": QT_TRANSLATE_NOOP("Wording", "found again by the id kept in HubSpot"),
}

NOTE_WORDS: Final[Mapping[str, str]] = {
    "found_by": QT_TRANSLATE_NOOP("Wording", "Found by {how}."),
    "namesakes": QT_TRANSLATE_NOOP(
        "Wording",
        "HubSpot also has somebody of the same name (contact {contacts}); a name alone links nobody.",
    ),
    "merged_from": QT_TRANSLATE_NOOP(
        "Wording", "The link came with the file {patient}, which was merged into this one in Cliniko."
    ),
    "asked_in_hubspot": QT_TRANSLATE_NOOP("Wording", "Was made in Cliniko because HubSpot asked for it."),
    "left_to_clean": QT_TRANSLATE_NOOP(
        "Wording", "Left to clean up on the contact {contact}, which it was taken off: {what}."
    ),
}
"""What `why` tells besides the reason."""

UNDO_WORDS: Final[Mapping[str, str]] = {
    "changed_since": QT_TRANSLATE_NOOP("Wording", "Was changed since by somebody else, so it stays."),
    "refused": QT_TRANSLATE_NOOP("Wording", "The service did not accept it."),
    "gone": QT_TRANSLATE_NOOP("Wording", "The record is gone."),
    "still_this_person": QT_TRANSLATE_NOOP(
        "Wording", "The contact was made for this person and still is this person, so it stays."
    ),
    "deals_stay": QT_TRANSLATE_NOOP(
        "Wording", "There is no other contact for the deals yet, so they stay where they are."
    ),
    "moves": QT_TRANSLATE_NOOP("Wording", "Moves to the other contact."),
    "created_stays": QT_TRANSLATE_NOOP(
        "Wording", "Was made by that run and stays: nothing is ever deleted by itself."
    ),
    "not_undoable": QT_TRANSLATE_NOOP("Wording", "Cannot be taken back."),
    "forgotten": QT_TRANSLATE_NOOP("Wording", "The values were forgotten, so they cannot come back."),
    "linked_elsewhere": QT_TRANSLATE_NOOP("Wording", "The record is on another contact by now."),
    "on_hold": QT_TRANSLATE_NOOP("Wording", "The record is on hold, so nothing is written to it."),
    "removed_here": QT_TRANSLATE_NOOP("Wording", "Removed from this computer."),
}
"""Why something stays, or what else a line of a preview says."""

COUNTER_WORDS: Final[Mapping[str, str]] = {
    "created": QT_TRANSLATE_NOOP("Wording", "{count} created"),
    "updated": QT_TRANSLATE_NOOP("Wording", "{count} updated"),
    "unchanged": QT_TRANSLATE_NOOP("Wording", "{count} unchanged"),
    "held": QT_TRANSLATE_NOOP("Wording", "{count} waiting for you"),
    "failed": QT_TRANSLATE_NOOP("Wording", "{count} failed"),
    "waiting": QT_TRANSLATE_NOOP("Wording", "{count} left for the next run"),
}

CRASH: Final = QT_TRANSLATE_NOOP(
    "Wording",
    "Something went wrong inside ClinicBridge. Nothing that was synced is lost; "
    "the log holds what happened, without names or keys.",
)


def reason_words(reason: str, kind: str = "", state: str = "") -> Words:
    """One plain sentence for the slug of a reason, naming the setting where one decides.

    `kind` and `state` are those of the record: what is held waits for an answer, whatever the question. A text
    that is a sentence already stays as it is.
    """
    if not reason:
        return Words("")
    template = REASON_WORDS.get(f"{reason}_{kind}") or REASON_WORDS.get(reason)
    if template is not None:
        return Words(template)
    if " " in reason:
        return Words("{reason}", {"reason": reason})
    values = {"reason": reason.replace("_", " ")}
    if state == "held":
        return Words(HELD_FOR, values)
    return Words(NOT_SYNCED, values)


def note_words(code: str, values: Mapping[str, object]) -> Words:
    """One sentence of what else is worth knowing about a record; empty for a code without words."""
    return Words(NOTE_WORDS.get(code, ""), values)


def undo_words(note: str) -> Words:
    """Why one line of a repair or undo stays, or what else there is to it."""
    return Words(UNDO_WORDS.get(note, note))


def error_words(error: ClinicBridgeError) -> str:
    """What happened and what helps, in one line."""
    return f"{error.sentence} {error.next_step}".strip()


def state_words(
    mood: str,
    *,
    stream: str = "",
    done: int = 0,
    total: int = 0,
    waiting: int = 0,
    questions: int = 0,
    at: datetime | None = None,
    next_at: datetime | None = None,
) -> Words:
    """The big line: what is going on, in a few words."""
    values: dict[str, object] = {
        "stream": STREAM_WORDS.get(stream, stream),
        "done": done,
        "total": total,
        "waiting": waiting,
        "count": questions,
        "at": at or "",
        "next": next_at or "",
    }
    if mood == "syncing" and stream and total:
        return Words(QT_TRANSLATE_NOOP("Wording", "Syncing {done} of {total} {stream}"), values)
    if mood == "syncing" and stream:
        return Words(QT_TRANSLATE_NOOP("Wording", "Syncing {stream}"), values)
    if mood == "questions" and questions == 1:
        return Words(QT_TRANSLATE_NOOP("Wording", "1 question for you"), values)
    if mood == "offline" and next_at is not None:
        return Words(QT_TRANSLATE_NOOP("Wording", "Offline, trying again at {next}"), values)
    if mood == "paused" and next_at is not None:
        return Words(QT_TRANSLATE_NOOP("Wording", "Paused until {next}"), values)
    if mood == "up_to_date" and at is None:
        return Words(QT_TRANSLATE_NOOP("Wording", "Up to date"), values)
    return Words(MOOD_WORDS[mood], values)


def event_words(event: object) -> Words:
    """One line about an event; empty for those that are only for counting."""
    match event:
        case ExecutionStarted():
            if event.dry_run:
                return Words(QT_TRANSLATE_NOOP("Wording", "A rehearsal begins; nothing is written."))
            return Words(QT_TRANSLATE_NOOP("Wording", "A run begins."))
        case PhaseStarted():
            template = PHASE_WORDS.get(event.phase)
            stream = STREAM_WORDS.get(event.stream, event.stream)
            return Words(template, {"stream": stream}) if template else Words("")
        case QuestionOpened():
            return Words(QT_TRANSLATE_NOOP("Wording", "A question came up for you."))
        case Trouble():
            return Words("{what} {help}", {"what": event.sentence, "help": event.next_step})
        case WaitingForService():
            return Words(
                QT_TRANSLATE_NOOP("Wording", "Waiting {seconds} s for {service}."),
                {"seconds": max(1, round(event.seconds)), "service": event.service},
            )
        case ExecutionFinished():
            return report_headline(event.report)
        case NextRunPlanned() if event.at is not None:
            return Words(QT_TRANSLATE_NOOP("Wording", "Next run at {at}."), {"at": event.at})
        case PauseBegan():
            return state_words("paused", next_at=event.until)
        case PauseEnded():
            return Words(QT_TRANSLATE_NOOP("Wording", "The sync goes on."))
        case Stopping():
            return Words(MOOD_WORDS["stopping"])
        case Progress() | ActionDone():
            return Words("")
    return Words("")


def report_headline(report: Report) -> Words:
    """One line about how an execution ended."""
    values: dict[str, object] = {"run": report.run_id}
    if report.status == "failed":
        return Words(QT_TRANSLATE_NOOP("Wording", "Run {run} did not finish."), values)
    if report.dry_run:
        return Words(QT_TRANSLATE_NOOP("Wording", "Rehearsal {run} is done; nothing was written."), values)
    if report.status == "attention":
        return Words(QT_TRANSLATE_NOOP("Wording", "Run {run} is done; something needs you."), values)
    return Words(QT_TRANSLATE_NOOP("Wording", "Run {run} is done."), values)


def counter_words(numbers: Mapping[str, int]) -> list[Words]:
    """The counters of one stream that are not zero."""
    return [
        Words(template, {"count": numbers[name]})
        for name, template in COUNTER_WORDS.items()
        if numbers.get(name)
    ]


def report_lines(report: Report) -> list[str]:
    """A report for a terminal: the headline, a line for each stream that had work, and the problems."""
    lines = [str(report_headline(report))]
    for stream in STREAM_ORDER:
        counted = counter_words(report.streams[stream].as_json())
        if counted:
            lines.append(f"  {STREAM_WORDS[stream]}: {', '.join(map(str, counted))}")
    if len(lines) == 1 and report.status == "ok":
        lines.append("  Nothing to do.")
    lines.extend(f"  ! {problem.message}" for problem in report.problems)
    return lines
