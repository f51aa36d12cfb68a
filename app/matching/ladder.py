"""The rules by which a patient finds its HubSpot contact, as one table read from the top: best hit wins.

Rule 0, the link we remember, is used before anything here is asked. Who holds a shared inbox is for
`families` to say, two patients that want one contact for `rivals`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.domain.ids import id_order
from app.domain.records import LinkRule
from app.matching import likeness
from app.matching.comparison import Beside, set_beside
from app.matching.decisions import (
    NOTHING_SAID,
    Ask,
    Candidate,
    Create,
    Decision,
    Known,
    Link,
    Remembered,
    candidate_of,
)
from app.matching.likeness import Names, Sign
from app.matching.signs import Signs
from app.matching.third_parties import decide_contact

__all__ = [
    "NOTHING_SAID",
    "Ask",
    "Candidate",
    "Create",
    "Decision",
    "Known",
    "Link",
    "Remembered",
    "candidate_of",
    "decide",
    "decide_contact",
    "patient_and_referrer",
    "why_not_created",
]


@dataclass(frozen=True)
class Rung:
    """One row of the ladder.

    Rows of one `rule` are of equal strength: two candidates on them are several candidates. `does`: link, ask
    `kind`, family (the address is on somebody else's contact) or namesake. A link that must not be made
    without asking becomes the question `kind`.
    """

    rule: str
    test: Callable[[Beside], bool]
    does: Literal["link", "ask", "family", "namesake"]
    link_rule: LinkRule = "id"
    words: str = ""
    kind: str = "same_person"
    suggested: str = "later"

    @property
    def number(self) -> int:
        """The rule's number, by which rivals are settled."""
        return int(self.rule[0])


LADDER: Final[tuple[Rung, ...]] = (
    # Our own unique key makes it this patient, unless a birthday, a person or another link says no.
    Rung("1", lambda c: c.own_key and c.possible, "link", "id", "the Cliniko key on the contact"),
    Rung("1 taken", lambda c: c.own_key and c.taken, "ask", kind="contact_taken", suggested="keep"),
    # An id written by another tool counts where the last name or the birthday agrees with it (R64).
    Rung(
        "1 adopted",
        lambda c: (
            (c.own_id and c.possible and not c.stray_id)
            and (c.last_names is Names.SAME or c.birthday is Sign.AGREE)
        ),
        "link",
        "adopted",
        "the patient ID that another program wrote",
    ),
    Rung(
        "1x",
        lambda c: c.own_key or (c.own_id and not c.taken and not c.apart),
        "ask",
        kind="id_mismatch",
        suggested="unlink",
    ),
    # A referrer's contact with the patient's own address and name: they stay two until a person says one.
    Rung("2 referrer", lambda c: _is_referrer(c) and not c.one_contact, "family"),
    Rung(
        "2",
        lambda c: c.email and c.possible and c.names is Names.SAME,
        "link",
        "email_name",
        "{email} and name",
    ),
    Rung(
        "3",
        lambda c: (
            (c.email and c.possible and c.alone)
            and (c.last_names is Names.SAME and c.nickname and c.birthday is Sign.AGREE)
        ),
        "link",
        "email_name",
        "{email}, last name, nickname and date of birth",
        suggested="link",
    ),
    Rung("3x", lambda c: c.email and c.possible and c.names is not Names.DIFFERENT, "ask"),
    Rung("4", lambda c: c.email, "family"),
    Rung(
        "5",
        lambda c: _same_name_and_birthday(c) and not c.candidate.has_email,
        "link",
        "dob_name",
        "name and date of birth",
        suggested="link",
    ),
    Rung("5", lambda c: _same_name_and_birthday(c), "ask", suggested="link"),
    Rung(
        "6",
        lambda c: (
            (c.possible and c.names is Names.SAME and c.mobile is Sign.AGREE)
            and (c.weak_auto and not c.emails_differ)
        ),
        "link",
        "phone_name",
        "name and mobile number",
        kind="weak_match",
    ),
    Rung(
        "6",
        lambda c: c.possible and c.names is Names.SAME and c.phone is Sign.AGREE,
        "ask",
        kind="weak_match",
    ),
    Rung("7", lambda c: _is_namesake(c), "namesake"),
)


def decide(
    signs: Signs,
    cliniko_id: str,
    candidates: Sequence[Candidate],
    *,
    others_on_inbox: int = 0,
    others_same_last_dob: int = 0,
    separated: frozenset[str] = frozenset(),
    known: Known | None = None,
    weak_auto: bool = False,
    remembered: Remembered = NOTHING_SAID,
) -> Decision:
    """Where this patient belongs: an existing contact, a new one, or a question for a person (R12).

    `others_on_inbox` and `others_same_last_dob` count other patients with the address, or with last name and
    birthday; `separated` are contacts never to match again (R51). `known` tells whether an id is one of
    Cliniko's patients; without it every id found on a contact counts as another patient's. The order of
    `candidates` does not matter.
    """
    apart = separated | remembered.separate_from
    unique = {candidate.hubspot_id: candidate for candidate in candidates}
    besides = [
        set_beside(
            signs,
            cliniko_id,
            unique[hubspot_id],
            apart=apart,
            known=known,
            alone=not others_on_inbox and not others_same_last_dob,
            weak_auto=weak_auto,
            one_contact=remembered.one_contact,
        )
        for hubspot_id in sorted(unique, key=id_order)
    ]
    return _as_answered(besides, remembered.link_to, apart) or _by_table(besides, remembered)


def why_not_created(signs: Signs) -> str:
    """The reason slug for leaving a patient out that would make an empty contact, "" when there is enough.

    Without an address a name alone is too little: a phone or a birthday has to stand beside it.
    """
    if not signs.first_names and not signs.last_names:
        return "no_name"
    return "" if signs.emails or signs.phones or signs.birth_date else "too_little_known"


def patient_and_referrer(signs: Signs, candidates: Iterable[Candidate]) -> tuple[str, ...]:
    """The contacts of third parties that have this patient's address and name and nothing against it."""
    found = (
        candidate.hubspot_id
        for candidate in candidates
        if candidate.is_third_party
        and set(signs.emails) & set(candidate.signs.emails)
        and likeness.names(signs, candidate.signs) is Names.SAME
        and likeness.birthdays(signs.birth_date, candidate.signs.birth_date) is not Sign.DISAGREE
    )
    return tuple(sorted(found, key=id_order))


def _is_referrer(beside: Beside) -> bool:
    """Same address and name, but a Cliniko contact sits on it."""
    third_party = beside.candidate.is_third_party
    return third_party and beside.email and beside.possible and beside.names is Names.SAME


def _same_name_and_birthday(beside: Beside) -> bool:
    return beside.possible and beside.names is Names.SAME and beside.birthday is Sign.AGREE


def _is_namesake(beside: Beside) -> bool:
    return beside.names is Names.SAME and beside.birthday is not Sign.DISAGREE and not beside.apart


def _as_answered(besides: Sequence[Beside], hubspot_id: str, apart: frozenset[str]) -> Decision | None:
    """A person's own pairing; it stands above every rule but a separation and another patient's link."""
    if not hubspot_id or hubspot_id in apart:
        return None
    answered = next((b for b in besides if b.candidate.hubspot_id == hubspot_id), None)
    if answered and answered.apart:
        return None
    if answered and answered.taken:
        return Ask("contact_taken", (hubspot_id,), 0, "keep")
    without_email, address_on = _address(besides, hubspot_id)
    return Link(hubspot_id, 0, "manual", "a person's answer", without_email, address_on)


def _by_table(besides: Sequence[Beside], remembered: Remembered) -> Decision:
    """The best row that any candidate stands on decides; more than one candidate there is a question."""
    stands = [(rung, beside) for beside in besides if (rung := _rung_of(beside))]
    deciding = {rung.rule for rung, _ in stands if rung.does in ("link", "ask")}
    best = next((rung.rule for rung in LADDER if rung.rule in deciding), None)
    hits = [(rung, beside) for rung, beside in stands if rung.rule == best]
    if len(hits) > 1:
        rung = hits[0][0]
        kind = "id_mismatch" if rung.rule == "1x" else "several_candidates"
        ids = tuple(beside.candidate.hubspot_id for _, beside in hits)
        return Ask(kind, ids, rung.number, "unlink" if kind == "id_mismatch" else "later")
    referrer = any(rung.rule == "2 referrer" for rung, _ in stands) and not remembered.two_contacts
    ask = "patient_and_referrer" if referrer else ""
    if hits:
        return _outcome(*hits[0], besides, ask)
    without_email, address_on = _address(besides, "")
    namesakes = tuple(beside.candidate.hubspot_id for rung, beside in stands if rung.does == "namesake")
    number = 4 if address_on else 7 if namesakes else 8
    return Create(number, namesakes, without_email, address_on, ask)


def _rung_of(beside: Beside) -> Rung | None:
    """The first row whose test this candidate passes."""
    return next((rung for rung in LADDER if rung.test(beside)), None)


def _outcome(rung: Rung, beside: Beside, besides: Sequence[Beside], ask: str) -> Decision:
    """What one candidate alone on the best row leads to."""
    hubspot_id = beside.candidate.hubspot_id
    if beside.stray_id and rung.number > 1:
        return Ask("id_mismatch", (hubspot_id,), 1, "unlink")
    # Rows below the key never join a patient with a third party's contact by themselves.
    joins_referrer = beside.candidate.is_third_party and rung.number > 1 and not beside.one_contact
    if rung.does == "ask" or joins_referrer:
        suggested = "link" if beside.birthday is Sign.AGREE and rung.kind == "same_person" else rung.suggested
        return Ask(rung.kind, (hubspot_id,), rung.number, suggested)
    words = rung.words.format(email="secondary e-mail" if beside.secondary_email else "e-mail")
    without_email, address_on = _address(besides, hubspot_id)
    return Link(hubspot_id, rung.number, rung.link_rule, words, without_email, address_on, ask)


def _address(besides: Iterable[Beside], but: str) -> tuple[bool, tuple[str, ...]]:
    """Whether the address must stay where it is, and the other contacts that carry it."""
    holders = [beside for beside in besides if beside.email and beside.candidate.hubspot_id != but]
    outside = any(beside.apart or not beside.taken for beside in holders)
    return outside, tuple(beside.candidate.hubspot_id for beside in holders)
