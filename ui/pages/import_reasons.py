"""Why a row of a file is not done: what the report says in short, as sentences in the person's language."""

from __future__ import annotations

from app.review.kinds import KINDS
from app.wording import REASON_WORDS, Words
from ui.language import say, tr

_CONTEXT = "ImportReasons"
LEFT_OUT = "left out: "
QUESTION = "a question is open: "
NO_PATIENT = "left out: its patient is not in HubSpot"


def reason_words(reason: str) -> str:
    """A sentence for a reason of the report; what is not known stays as it is."""
    if not reason:
        return ""
    known = _known().get(reason)
    if known is not None:
        return known
    if reason.startswith(QUESTION):
        return _question(reason.removeprefix(QUESTION))
    if reason.startswith(NO_PATIENT):
        slug = reason.removeprefix(NO_PATIENT).strip(" ()")
        return " ".join((tr(_CONTEXT, "Left out: its patient is not in HubSpot."), _core(slug))).strip()
    slug = reason.removeprefix(LEFT_OUT)
    if reason.startswith(LEFT_OUT) and slug in REASON_WORDS:
        return tr(_CONTEXT, "Left out: {reason}", reason=_core(slug))
    return reason[:1].upper() + reason[1:]


def _question(kind: str) -> str:
    if kind in KINDS:
        return tr(_CONTEXT, "Waits for your answer: {question}", question=tr("Review", KINDS[kind].title))
    return tr(_CONTEXT, "Waits for your answer to a question.")


def _core(slug: str) -> str:
    return say(Words(REASON_WORDS[slug])) if slug in REASON_WORDS else ""


def _known() -> dict[str, str]:
    return _of_rows() | _of_visits()


def _of_rows() -> dict[str, str]:
    return {
        "it has more cells than there are headings": tr(
            _CONTEXT, "It has more cells than there are headings."
        ),
        "the file breaks off within this row": tr(_CONTEXT, "The file breaks off within this row."),
        "letters in it were lost when the file was saved": tr(
            _CONTEXT, "Letters in it were lost when the file was saved."
        ),
        "its id is in scientific notation, so digits are lost; export the file again": tr(
            _CONTEXT, "Its ID is in scientific notation, so digits are lost. Export the file again."
        ),
        "its id is not a number": tr(_CONTEXT, "Its ID is not a number."),
        "it has no patient id": tr(_CONTEXT, "It has no patient ID."),
        "it names no patient": tr(_CONTEXT, "It names no patient."),
        "a date in it cannot be read": tr(_CONTEXT, "A date in it cannot be read."),
        "a date in it is not a real day": tr(_CONTEXT, "A date in it is not a real day."),
        "a time in it cannot be read": tr(_CONTEXT, "A time in it cannot be read."),
        "a time in it is not a real one": tr(_CONTEXT, "A time in it is not a real one."),
        "it does not tell when the appointment starts": tr(
            _CONTEXT, "It does not tell when the appointment starts."
        ),
        "it is not known whether the day or the month of a date in it comes first": tr(
            _CONTEXT, "It is not known whether the day or the month of a date in it comes first."
        ),
        "the time zone of a time in it cannot be read": tr(
            _CONTEXT, "The time zone of a time in it cannot be read."
        ),
        "the year of a date in it has two digits only": tr(
            _CONTEXT, "The year of a date in it has two digits only."
        ),
        "the patient stands in an earlier row": tr(_CONTEXT, "The patient stands in an earlier row."),
        "HubSpot did not accept it": tr(_CONTEXT, "HubSpot did not accept it."),
        "Cliniko has told something newer": tr(_CONTEXT, "Cliniko has told something newer."),
    }


def _of_visits() -> dict[str, str]:
    return {
        "Cliniko itself told of it already": tr(_CONTEXT, "Cliniko itself told of it already."),
        "it is not clear which patient is meant": tr(_CONTEXT, "It is not clear which patient is meant."),
        "its patient waits for an answer": tr(_CONTEXT, "Its patient waits for an answer of yours."),
        "skipped, as you said": tr(_CONTEXT, "Skipped, as you said."),
        "the appointment stands in an earlier row": tr(_CONTEXT, "The appointment stands in an earlier row."),
        "an unavailable block, with nobody in it": tr(
            _CONTEXT, "A time that was blocked, with nobody in it."
        ),
        "group appointments are switched off": tr(_CONTEXT, "Group appointments are switched off."),
        "a group appointment with nobody in it": tr(_CONTEXT, "A group appointment with nobody in it."),
        "still to come, so live sync brings it": tr(_CONTEXT, "Still to come, so the usual sync brings it."),
        "left out: its category is excluded": tr(_CONTEXT, "Left out: its category is excluded."),
        "left out: its deal was deleted in HubSpot": tr(
            _CONTEXT, "Left out: its deal was deleted in HubSpot."
        ),
        "left out: removed in Cliniko": tr(_CONTEXT, "Left out: removed in Cliniko."),
        "left out: on hold": tr(_CONTEXT, "Left out: on hold."),
    }
