"""Every row of the ladder, every veto, and what holds whatever the candidates (matching §2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.decisions import Ask, Candidate, Create, Decision, Link, Remembered, candidate_of
from app.matching.ladder import decide, patient_and_referrer, why_not_created
from app.matching.signs import Signs
from tests.app.matching.people import BORN, MOBILE, contact, signs

ME, OTHER = "100", "200"
MAIL = "bob@example.test"
BOB = signs("Robert Smith", email=MAIL, born=BORN, mobile=MOBILE, home="03 5200 0000")
NO_DOB = signs("Robert Smith", email=MAIL, mobile=MOBILE, home="03 5200 0000")
TWIN_DAY = date(1981, 3, 3)


def link(hubspot_id: str, number: int, rule: str) -> tuple[str, str, int, str]:
    return ("link", hubspot_id, number, rule)


def ask(kind: str, *ids: str) -> tuple[str, ...]:
    return ("ask", kind, *ids)


def create(number: int, without_email: bool = False) -> tuple[str, int, bool]:
    return ("create", number, without_email)


def short(decision: Decision) -> tuple[object, ...]:
    """A decision in the words of the table below."""
    match decision:
        case Link():
            return link(decision.hubspot_id, decision.rule_number, decision.link_rule)
        case Ask():
            return ask(decision.kind, *decision.candidates)
        case Create():
            return create(decision.rule_number, decision.without_email)


ROWS: list[tuple[str, Signs, Sequence[Candidate], dict[str, Any], tuple[object, ...]]] = [
    # 1: our key, or another tool's id
    ("our key", BOB, [contact("1", "Zed Zorn", patient_key=ME)], {}, link("1", 1, "id")),
    ("our key beats an e-mail hit", BOB,
     [contact("1", patient_key=ME), contact("2", "Robert Smith", email=MAIL)], {}, link("1", 1, "id")),
    ("our key, birthday contradicts", BOB,
     [contact("1", "Robert Smith", born=TWIN_DAY, patient_key=ME)], {}, ask("id_mismatch", "1")),
    ("our key on a contact linked to another", BOB,
     [contact("1", "Robert Smith", patient_key=ME, linked_to=OTHER)], {}, ask("contact_taken", "1")),
    ("our key, yet separated", BOB,
     [contact("1", "Robert Smith", patient_key=ME)], {"separated": frozenset({"1"})}, ask("id_mismatch", "1")),
    ("another tool's id, last name agrees", BOB,
     [contact("1", "Bo Smith", foreign_patient_id=ME)], {}, link("1", 1, "adopted")),
    ("another tool's id, birthday agrees", BOB,
     [contact("1", "Rob Jones", born=BORN, foreign_patient_id=ME)], {}, link("1", 1, "adopted")),
    ("another tool's id alone", BOB,
     [contact("1", "Zed Zorn", foreign_patient_id=ME)], {}, ask("id_mismatch", "1")),
    ("another tool's id, birthday contradicts", BOB,
     [contact("1", "Robert Smith", born=TWIN_DAY, foreign_patient_id=ME)], {}, ask("id_mismatch", "1")),
    ("another tool's id on two contacts", BOB,
     [contact("1", "Robert Smith", foreign_patient_id=ME), contact("2", "Robert Smith", foreign_patient_id=ME)],
     {}, ask("several_candidates", "1", "2")),
    ("our key beats another tool's id", BOB,
     [contact("1", "Robert Smith", foreign_patient_id=ME), contact("2", patient_key=ME)],
     {}, link("2", 1, "id")),
    # 1x: an id that Cliniko does not know
    ("unknown id, e-mail and name agree", BOB,
     [contact("1", "Robert Smith", email=MAIL, foreign_patient_id="999")],
     {"known": lambda i: i == ME}, ask("id_mismatch", "1")),
    ("unknown id, name and birthday agree", BOB,
     [contact("1", "Robert Smith", born=BORN, patient_key="999")],
     {"known": lambda i: i == ME}, ask("id_mismatch", "1")),
    ("unknown id on somebody else", BOB,
     [contact("1", "Zed Zorn", foreign_patient_id="999")], {"known": lambda i: i == ME}, create(8)),
    ("known id of another patient", BOB,
     [contact("1", "Robert Smith", email=MAIL, foreign_patient_id=OTHER)],
     {"known": lambda i: True}, create(4)),
    # 2: e-mail and name
    ("e-mail and name", BOB, [contact("1", "Robert Smith", email=MAIL)], {}, link("1", 2, "email_name")),
    ("secondary e-mail and name", BOB,
     [contact("1", "Robert Smith", email="x@example.test", secondary=MAIL)], {}, link("1", 2, "email_name")),
    ("e-mail, name and birthday", BOB,
     [contact("1", "Robert Smith", email=MAIL, born=BORN)], {}, link("1", 2, "email_name")),
    ("e-mail and name, linked elsewhere", BOB,
     [contact("1", "Robert Smith", email=MAIL, linked_to=OTHER)], {}, create(4)),
    ("e-mail and name, birthday contradicts", BOB,
     [contact("1", "Robert Smith", email=MAIL, born=TWIN_DAY)], {}, create(4, True)),
    ("e-mail alone never pairs", BOB, [contact("1", "Mia Lee", email=MAIL)], {}, create(4, True)),
    # 3: nickname
    ("nickname with birthday", BOB,
     [contact("1", "Bob Smith", email=MAIL, born=BORN)], {}, link("1", 3, "email_name")),
    ("nickname, others on the inbox", BOB,
     [contact("1", "Bob Smith", email=MAIL, born=BORN)], {"others_on_inbox": 1}, ask("same_person", "1")),
    ("nickname, a twin", BOB,
     [contact("1", "Bob Smith", email=MAIL, born=BORN)], {"others_same_last_dob": 1}, ask("same_person", "1")),
    ("nickname, birthday unknown", BOB,
     [contact("1", "Bob Smith", email=MAIL)], {}, ask("same_person", "1")),
    ("nickname, birthday contradicts", BOB,
     [contact("1", "Bob Smith", email=MAIL, born=TWIN_DAY)], {}, create(4, True)),
    # 3x: similar or silent
    ("typo", BOB, [contact("1", "Robert Smyth", email=MAIL, born=BORN)], {}, ask("same_person", "1")),
    ("initial", BOB, [contact("1", "R Smith", email=MAIL)], {}, ask("same_person", "1")),
    ("no name", BOB, [contact("1", email=MAIL)], {}, ask("same_person", "1")),
    ("no name, birthday contradicts", BOB, [contact("1", email=MAIL, born=TWIN_DAY)], {}, create(4, True)),
    ("no name, linked elsewhere", BOB, [contact("1", email=MAIL, linked_to=OTHER)], {}, create(4)),
    # 4: family
    ("same last name, other first name", BOB, [contact("1", "Mia Smith", email=MAIL)], {}, create(4, True)),
    ("family of a linked patient", BOB,
     [contact("1", "Mia Smith", email=MAIL, linked_to=OTHER)], {}, create(4)),
    ("the address with the mother, an own contact without one", BOB,
     [contact("1", "Mia Smith", email=MAIL, linked_to=OTHER), contact("2", "Robert Smith", born=BORN)],
     {}, link("2", 5, "dob_name")),
    # 5: name and birthday
    ("name and birthday", BOB, [contact("1", "Robert Smith", born=BORN)], {}, link("1", 5, "dob_name")),
    ("name and birthday, another e-mail", BOB,
     [contact("1", "Robert Smith", born=BORN, email="x@example.test")], {}, ask("same_person", "1")),
    ("name and birthday twice", BOB,
     [contact("1", "Robert Smith", born=BORN), contact("2", "Robert Smith", born=BORN, email="x@example.test")],
     {}, ask("several_candidates", "1", "2")),
    ("name and birthday, linked elsewhere", BOB,
     [contact("1", "Robert Smith", born=BORN, linked_to=OTHER)], {}, create(7)),
    ("nickname and birthday without e-mail", BOB, [contact("1", "Bob Smith", born=BORN)], {}, create(8)),
    # 6: name and phone
    ("name and mobile", BOB, [contact("1", "Robert Smith", mobile=MOBILE)], {}, ask("weak_match", "1")),
    ("name and mobile, allowed", BOB,
     [contact("1", "Robert Smith", mobile=MOBILE)], {"weak_auto": True}, link("1", 6, "phone_name")),
    ("name and mobile, allowed, other addresses", BOB,
     [contact("1", "Robert Smith", mobile=MOBILE, email="x@example.test")],
     {"weak_auto": True}, ask("weak_match", "1")),
    ("name and land line, allowed", BOB,
     [contact("1", "Robert Smith", home="03 5200 0000")], {"weak_auto": True}, ask("weak_match", "1")),
    ("name and mobile, birthday agrees", BOB,
     [contact("1", "Robert Smith", mobile=MOBILE, born=BORN)], {}, link("1", 5, "dob_name")),
    ("name and mobile, birthday contradicts", BOB,
     [contact("1", "Robert Smith", mobile=MOBILE, born=TWIN_DAY)], {"weak_auto": True}, create(8)),
    ("name and mobile twice", NO_DOB,
     [contact("1", "Robert Smith", mobile=MOBILE), contact("2", "Robert Smith", mobile=MOBILE)],
     {"weak_auto": True}, ask("several_candidates", "1", "2")),
    ("mobile alone", BOB, [contact("1", "Mia Smith", mobile=MOBILE)], {}, create(8)),
    # 7 and 8
    ("name alone", BOB, [contact("1", "Robert Smith")], {}, create(7)),
    ("nobody", BOB, [], {}, create(8)),
    # 9
    ("two by e-mail and name", BOB,
     [contact("1", "Robert Smith", email=MAIL), contact("2", "Robert Smith", secondary=MAIL)],
     {}, ask("several_candidates", "1", "2")),
    ("two by e-mail, the better rule wins", BOB,
     [contact("1", "Bob Smith", email=MAIL), contact("2", "Robert Smith", secondary=MAIL)],
     {}, link("2", 2, "email_name")),
    # what a person said
    ("separated", BOB,
     [contact("1", "Robert Smith", email=MAIL)], {"separated": frozenset({"1"})}, create(4, True)),
    ("separated by the contact's own note", BOB,
     [contact("1", "Robert Smith", email=MAIL, not_patient_ids=frozenset({ME}))], {}, create(4, True)),
    ("separated, address with another patient", BOB,
     [contact("1", "Robert Smith", email=MAIL, linked_to=OTHER)],
     {"separated": frozenset({"1"})}, create(4, True)),
    ("answered: separate", BOB, [contact("1", "Bob Smith", email=MAIL)],
     {"remembered": Remembered(separate_from=frozenset({"1"}))}, create(4, True)),
    ("answered: none of the two", BOB,
     [contact("1", "Robert Smith", born=BORN), contact("2", "Robert Smith", born=BORN)],
     {"remembered": Remembered(separate_from=frozenset({"1", "2"}))}, create(8)),
    ("answered: link", BOB, [contact("1", "Bob Smith", email=MAIL)],
     {"remembered": Remembered(link_to="1")}, link("1", 0, "manual")),
    ("answered: link, against the birthday", BOB, [contact("1", "Bob Smith", born=TWIN_DAY)],
     {"remembered": Remembered(link_to="1")}, link("1", 0, "manual")),
    ("answered: link, meanwhile another's", BOB, [contact("1", "Bob Smith", linked_to=OTHER)],
     {"remembered": Remembered(link_to="1")}, ask("contact_taken", "1")),
    ("answered: link, later separated", BOB, [contact("1", "Robert Smith", born=BORN)],
     {"remembered": Remembered(link_to="1"), "separated": frozenset({"1"})}, create(8)),
    # a third party's contact
    ("patient and referrer", BOB,
     [contact("1", "Robert Smith", email=MAIL, contact_key="77")], {}, create(4, True)),
    ("answered: one contact for both", BOB,
     [contact("1", "Robert Smith", email=MAIL, contact_key="77")],
     {"remembered": Remembered(one_contact=True)}, link("1", 2, "email_name")),
    ("referrer with the same name and birthday", BOB,
     [contact("1", "Robert Smith", born=BORN, contact_key="77")], {}, ask("same_person", "1")),
    ("both already", BOB,
     [contact("1", "Robert Smith", email=MAIL, contact_key="77", patient_key=ME)], {}, link("1", 1, "id")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("person", "candidates", "around", "expected"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS]
)
def test_ladder(
    person: Signs, candidates: Sequence[Candidate], around: dict[str, Any], expected: tuple[object, ...]
) -> None:
    """Matching §2: one line for each row of the ladder and each veto."""
    assert short(decide(person, ME, candidates, **around)) == expected


def test_why_says_that_a_secondary_address_agreed() -> None:
    """Matching §2: contacts found by a secondary e-mail link by the same rules; Why says so."""
    primary = decide(BOB, ME, [contact("1", "Robert Smith", email=MAIL)])
    secondary = decide(BOB, ME, [contact("1", "Robert Smith", email="x@example.test", secondary=MAIL)])
    assert isinstance(primary, Link) and primary.found_by == "e-mail and name"
    assert isinstance(secondary, Link) and secondary.found_by == "secondary e-mail and name"


def test_namesakes_are_noted() -> None:
    """Rule 7: first and last name alone is no match, but Why names the namesake."""
    decision = decide(BOB, ME, [contact("2", "Robert Smith"), contact("1", "Robert Smith", born=TWIN_DAY)])
    assert decision == Create(7, note_namesakes=("2",))


def test_question_beside_a_new_contact() -> None:
    """Matching §2: equal e-mail and name on a Cliniko contact opens patient_and_referrer, once answered not."""
    referrer = contact("1", "Robert Smith", email=MAIL, contact_key="77")
    decision = decide(BOB, ME, [referrer])
    assert isinstance(decision, Create) and decision.ask == "patient_and_referrer"
    two = decide(BOB, ME, [referrer], remembered=Remembered(two_contacts=True))
    assert isinstance(two, Create) and not two.ask and two.without_email
    assert patient_and_referrer(BOB, [referrer]) == ("1",)
    assert patient_and_referrer(BOB, [contact("2", "Robert Smith", email=MAIL)]) == ()


def test_suggestions_are_answers_of_their_kind() -> None:
    """Matching §3: agreeing birthdays suggest linking, else to wait."""
    with_birthday = decide(BOB, ME, [contact("1", "Robert Smyth", email=MAIL, born=BORN)])
    without = decide(BOB, ME, [contact("1", "Robert Smyth", email=MAIL)])
    assert isinstance(with_birthday, Ask) and with_birthday.suggested == "link"
    assert isinstance(without, Ask) and without.suggested == "later"


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (signs("Mia Lee", email=MAIL), ""),
        (signs("Mia Lee", mobile=MOBILE), ""),
        (signs("Mia Lee", born=BORN), ""),
        (signs("Mia Lee"), "too_little_known"),
        (signs(email=MAIL), "no_name"),
    ],
)
def test_too_little_to_create(person: Signs, reason: str) -> None:
    """Matching §2, missing e-mail: name and a phone or birthday are needed; no name at all is left out."""
    assert why_not_created(person) == reason


def test_candidate_from_properties() -> None:
    """R64, R51: keys, another tool's id and separations are told apart."""
    made = candidate_of(
        "5",
        {
            "email": "Bob@example.test",
            "hs_additional_emails": "b@example.test",
            "cliniko_patient_id": "12",
            "cliniko_contact_key": "77",
            "cliniko_not_patient_ids": "3;4",
        },
        "AU",
        linked_to="9",
    )
    assert (made.primary_email, made.has_email) == ("bob@example.test", True)
    assert (made.patient_key, made.foreign_patient_id, made.linked_to) == ("", "12", "9")
    assert (made.contact_key, made.foreign_contact_id) == ("77", "")
    assert made.not_patient_ids == {"3", "4"} and made.is_patient and made.is_third_party


_names = st.sampled_from(["", "Robert Smith", "Bob Smith", "Rob Smyth", "Mia Smith", "Smith Robert"])
_days = st.sampled_from([None, BORN, TWIN_DAY])
_mails = st.sampled_from(["", MAIL, "x@example.test"])
_mobiles = st.sampled_from(["", MOBILE])
_ids = st.sampled_from(["", ME, OTHER, "999"])


@st.composite
def _candidates(draw: st.DrawFn) -> list[Candidate]:
    ids = draw(st.lists(st.sampled_from("12345"), max_size=4, unique=True))
    return [
        contact(
            hubspot_id,
            draw(_names),
            email=draw(_mails),
            born=draw(_days),
            mobile=draw(_mobiles),
            patient_key=draw(_ids),
            foreign_patient_id=draw(_ids),
            linked_to=draw(_ids) or None,
            contact_key=draw(st.sampled_from(["", "77"])),
        )
        for hubspot_id in ids
    ]


_people = st.builds(lambda n, e, b, m: signs(n, email=e, born=b, mobile=m), _names, _mails, _days, _mobiles)
_around = st.fixed_dictionaries(
    {
        "others_on_inbox": st.integers(0, 1),
        "others_same_last_dob": st.integers(0, 1),
        "separated": st.sets(st.sampled_from("12345"), max_size=2).map(frozenset),
        "known": st.sampled_from([None, lambda i: i in (ME, OTHER)]),
        "weak_auto": st.booleans(),
    }
)


@given(_people, _candidates(), _around)
def test_no_link_against_birthday_separation_or_another_link(
    person: Signs, candidates: list[Candidate], around: dict[str, Any]
) -> None:
    """Principles 1, 3, 4 and 5; I2."""
    decision = decide(person, ME, candidates, **around)
    if not isinstance(decision, Link):
        return
    chosen = next(c for c in candidates if c.hubspot_id == decision.hubspot_id)
    born = chosen.signs.birth_date
    assert born is None or person.birth_date is None or born == person.birth_date
    assert chosen.hubspot_id not in around["separated"]
    assert chosen.linked_to in (None, ME)
    assert chosen.patient_key in ("", ME)


@given(_people, _candidates(), _around, st.randoms(use_true_random=False))
def test_order_of_candidates_is_nothing(
    person: Signs, candidates: list[Candidate], around: dict[str, Any], dice: Any
) -> None:
    """Matching §2: best hit wins, wherever it stands."""
    shuffled = list(candidates)
    dice.shuffle(shuffled)
    assert decide(person, ME, candidates, **around) == decide(person, ME, shuffled, **around)


@given(_people, _candidates(), _around)
def test_only_candidates_are_named(
    person: Signs, candidates: list[Candidate], around: dict[str, Any]
) -> None:
    """I2: a decision never speaks of a contact that was not looked at."""
    decision = decide(person, ME, candidates, **around)
    named: set[str] = set()
    match decision:
        case Link():
            named = {decision.hubspot_id, *decision.address_on}
        case Ask():
            named = set(decision.candidates)
            assert decision.candidates
        case Create():
            named = {*decision.note_namesakes, *decision.address_on}
    assert named <= {candidate.hubspot_id for candidate in candidates}
