"""Every kind of question the review list asks: its words, its answers, and what each answer needs.

Only what is asked lives here; what an answer leads to is decided elsewhere. The words speak to whoever keeps
the front desk. Names appear in a question only on this computer's own review list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from types import MappingProxyType
from typing import Final, Literal

Need = Literal["", "contact", "patient", "owner"]


@dataclass(frozen=True)
class Answer:
    """One answer: its slug, the words on its button, and what has to be named with it.

    `bulk_safe`: may be given to all questions of the kind at once, after a preview. `undoable` is False only
    for what nobody can take back from here.
    """

    slug: str
    label: str
    needs: Need = ""
    bulk_safe: bool = False
    undoable: bool = True


@dataclass(frozen=True)
class Kind:
    """One kind of question.

    `blocking`: the record is not synced until it is answered (`schema_drift`: its stream; `mass_change`: the
    pass); otherwise the record goes on without the disputed value. `question` is a sentence with fields in
    braces, `why` what made us ask, `suggested` the answer offered first where the case itself suggests none.
    """

    slug: str
    title: str
    question: str
    why: str
    answers: tuple[Answer, ...]
    suggested: str
    blocking: bool = False

    @property
    def actions(self) -> tuple[str, ...]:
        """The slugs of the answers, in the order in which they are offered."""
        return tuple(answer.slug for answer in self.answers)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that the question has."""
        return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(self.question) if name))

    def answer(self, slug: str) -> Answer | None:
        """The answer with this slug, None when the kind has no such answer."""
        return next((answer for answer in self.answers if answer.slug == slug), None)


_LATER: Final = Answer("later", "Decide later")

_ALL: Final = (
    Kind(
        "shared_email",
        "Shared inbox",
        "{people} use {address} together, and HubSpot allows an address on one contact only. "
        "Who should get the e-mails?",
        "Several adults share this address, or the one who held it is no longer active.",
        (
            Answer("holder", "Give the address to …", needs="patient"),
            Answer("nobody", "Nobody gets the address"),
            Answer("same", "They are the same person"),
            Answer("keep", "Leave it as it is"),
            _LATER,
        ),
        "keep",
    ),
    Kind(
        "same_person",
        "Same person?",
        "Cliniko knows {person}. HubSpot has a contact that may be the same: {contact}. Is it?",
        "Part of what we know agrees, but not enough to be sure.",
        (Answer("link", "Yes, link them"), Answer("separate", "No, keep them apart"), _LATER),
        "later",
        blocking=True,
    ),
    Kind(
        "several_candidates",
        "Several candidates",
        "{count} HubSpot contact(s) could be {person}. Which one is it?",
        "More than one pairing fits equally well.",
        (
            Answer("link", "It is this contact …", needs="contact"),
            Answer("separate", "None of them, make a new contact"),
            _LATER,
        ),
        "later",
        blocking=True,
    ),
    Kind(
        "duplicate_in_cliniko",
        "Double in Cliniko",
        "Cliniko seems to hold two files for {person}. Please merge them there if they belong together.",
        "Name, birthday and a phone number or address are the same in both files.",
        (Answer("two_people", "They really are two people", bulk_safe=True), _LATER),
        "later",
    ),
    Kind(
        "contact_taken",
        "Already taken",
        "This HubSpot contact belongs to {other}, and {person} would use it too. Whose is it?",
        "One HubSpot contact can stand for one patient only.",
        (
            Answer("keep", "Leave it there, make a new contact"),
            Answer("move", "Move the contact over"),
        ),
        "keep",
        blocking=True,
    ),
    Kind(
        "email_in_use",
        "Address in use",
        "{person} has the address {address}, but another HubSpot contact already carries it.",
        "HubSpot allows an address on one contact only.",
        (
            Answer("link", "Use that contact instead"),
            Answer("keep_old", "Keep what is there now"),
            Answer("move", "Move the address here"),
            _LATER,
        ),
        "keep_old",
    ),
    Kind(
        "weak_match",
        "Weak match",
        "{person} has the same name and phone number as the HubSpot contact {contact}, but no birthday "
        "says whether it is the same person.",
        "Name and phone alone are also shared by parents and children.",
        (
            Answer("link", "Link them"),
            Answer("separate", "Keep them apart", bulk_safe=True),
            _LATER,
        ),
        "later",
        blocking=True,
    ),
    Kind(
        "contact_vanished",
        "Contact vanished",
        "The HubSpot contact of {person} was deleted there. What now?",
        "Somebody removed it in HubSpot; nothing is made again without asking.",
        (
            Answer("create", "Make a new contact"),
            Answer("link", "Use another contact …", needs="contact"),
            Answer("leave_out", "Leave this person out from now on"),
        ),
        "create",
        blocking=True,
    ),
    Kind(
        "merged_in_cliniko",
        "Merged in Cliniko",
        "Two files of {person} became one in Cliniko, while HubSpot still has two contacts.",
        "The link and the deals have already moved to the remaining file's contact.",
        (
            Answer("merge", "Merge the contacts in HubSpot too (cannot be undone)", undoable=False),
            Answer("leave", "Leave both contacts"),
        ),
        "leave",
    ),
    Kind(
        "archived_in_cliniko",
        "Archived or deleted",
        "{person} is no longer active in Cliniko. What should HubSpot do?",
        "The file was archived or deleted in Cliniko.",
        (
            Answer("mark", "Mark as archived", bulk_safe=True),
            Answer("stop_marketing", "Also stop marketing", bulk_safe=True),
            Answer(
                "remove", "Remove from HubSpot (only HubSpot's recycle bin brings it back)", undoable=False
            ),
        ),
        "mark",
    ),
    Kind(
        "cliniko_refused",
        "Cliniko refused",
        "Cliniko did not take the change for {person}: {reason}",
        "A change asked for in HubSpot broke one of Cliniko's own rules.",
        (
            Answer("retry", "I have corrected it in HubSpot, try again"),
            Answer("drop_field", "Send the rest without this field"),
            Answer("discard", "Forget the change"),
        ),
        "retry",
    ),
    Kind(
        "would_duplicate_patient",
        "Would double a patient",
        "HubSpot asks for a new patient {person}, but Cliniko seems to have this person already.",
        "A patient with the same address, phone, or name and birthday exists.",
        (
            Answer("update", "Update the patient …", needs="patient"),
            Answer("create", "It is really somebody new"),
            Answer("discard", "Forget the request"),
        ),
        "update",
        blocking=True,
    ),
    Kind(
        "both_changed",
        "Both changed",
        "{field} of {person} was changed in Cliniko and in HubSpot. Which one counts?",
        "Both sides changed the same field since they last agreed.",
        (Answer("cliniko", "Keep Cliniko's", bulk_safe=True), Answer("hubspot", "Keep HubSpot's")),
        "cliniko",
    ),
    Kind(
        "consent_disagrees",
        "Consent disagrees",
        "{person} unsubscribed in HubSpot, while Cliniko still says yes to e-mail.",
        "The two services hold opposite answers about marketing.",
        (
            Answer("record_opt_out", "Record the no in Cliniko"),
            Answer("leave", "Leave both; no e-mail is sent"),
        ),
        "record_opt_out",
    ),
    Kind(
        "deal_on_wrong_contact",
        "Deal on the wrong person",
        "This deal belongs to {person}, but in HubSpot it hangs on {other}.",
        "Its contact is not the one the patient is linked to.",
        (Answer("move", "Move the deal", bulk_safe=True), Answer("leave", "Leave it there")),
        "move",
    ),
    Kind(
        "email_refused",
        "Address refused",
        "HubSpot does not take “{address}” of {person} as an e-mail address.",
        "It looks mistyped, or HubSpot has blocked it.",
        (
            Answer("without_email", "Go on without the address", bulk_safe=True),
            Answer("later", "I will correct it in Cliniko"),
        ),
        "without_email",
    ),
    Kind(
        "owner_missing",
        "No HubSpot user",
        "No HubSpot user has the e-mail address of {practitioner}. Who owns these deals?",
        "Owners are found by the address of the practitioner's Cliniko user.",
        (
            Answer("choose", "Choose an owner …", needs="owner"),
            Answer("default", "Use the fallback owner", bulk_safe=True),
            Answer("ignore", "Leave them without an owner"),
        ),
        "default",
    ),
    Kind(
        "schema_drift",
        "HubSpot set-up changed",
        "Something this program needs in HubSpot was changed: {what}. What depends on it waits.",
        "A property, pipeline or stage is missing or no longer fits.",
        (
            Answer("repair", "Restore it"),
            Answer("replace", "Use what is there instead"),
            Answer("later", "Show details, decide later"),
        ),
        "repair",
        blocking=True,
    ),
    Kind(
        "import_row_unclear",
        "CSV row unclear",
        "Row {row}: no one patient fits “{text}”.",
        "Nobody, or more than one person, matches what the row says.",
        (
            Answer("pick", "It is this patient …", needs="patient"),
            Answer("skip", "Skip the row", bulk_safe=True),
        ),
        "skip",
        blocking=True,
    ),
    Kind(
        "patient_and_referrer",
        "Patient and referrer",
        "{person} is a patient and also stands among the Cliniko contacts. One HubSpot contact or two?",
        "Name and e-mail address are the same in both places.",
        (Answer("one", "One contact for both"), Answer("two", "Two contacts")),
        "one",
    ),
    Kind(
        "second_writer",
        "Someone else is writing",
        "Another program changes the same Cliniko properties in HubSpot (perhaps an earlier connector).",
        "Values written by us were replaced by values we did not write.",
        (
            Answer("pause", "Pause here until I have looked"),
            Answer("fine", "It is fine, go on", bulk_safe=True),
        ),
        "pause",
    ),
    Kind(
        "id_mismatch",
        "ID does not fit",
        "The HubSpot contact {contact} carries a Cliniko patient ID that does not fit {person}.",
        "The birthday or name says it is somebody else, or Cliniko knows no such patient.",
        (
            Answer("unlink", "Take the ID off this contact"),
            Answer("correct", "The ID is right, link them"),
            Answer("keep", "Leave it alone"),
        ),
        "unlink",
        blocking=True,
    ),
    Kind(
        "mass_change",
        "Far too much at once",
        "Cliniko suddenly says that {count} of {total} linked records are gone or lost their address. "
        "Nothing was done.",
        "So much at once is more often a mistake than a wish.",
        (Answer("proceed", "It is right, go ahead"), Answer("later", "I want to look first")),
        "later",
        blocking=True,
    ),
)

KINDS: Final[Mapping[str, Kind]] = MappingProxyType({kind.slug: kind for kind in _ALL})
"""Every kind by its slug, in the order of the review list's filter."""


def actions_of(kind: str) -> tuple[str, ...]:
    """The answers to one kind of question, as slugs in their order. Raises KeyError for an unknown kind."""
    return KINDS[kind].actions
