"""Where Cliniko contacts find their HubSpot contact (matching §2, last paragraphs)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.matching.decisions import Ask, Candidate, Create, Decision, Link, Remembered
from app.matching.ladder import decide_contact
from app.matching.signs import Signs
from tests.app.matching.people import contact, signs

ME = "77"
MAIL = "kim@practice.test"
KIM = signs("Kim Novak", email=MAIL, company="Hill Practice", provider="123456ab")
INSURER = signs("Insurance", company="Insurance", email="claims@insurance.test")


@pytest.mark.parametrize(
    ("third_party", "candidates", "expected"),
    [
        (KIM, [contact("1", "Zed Zorn", contact_key=ME)], Link("1", 1, "id", "the Cliniko contact key on the contact")),
        (KIM, [contact("1", "K Novak", foreign_contact_id=ME)], "1 adopted"),
        (KIM, [contact("1", "Zed Zorn", foreign_contact_id=ME)], "new"),
        (KIM, [contact("1", "Kim Novak", email=MAIL)], Link("1", 2, "email_name", "e-mail and name")),
        (KIM, [contact("1", "Ann Other", email=MAIL)], "new without address"),
        (KIM, [contact("1", "Kim Novak", email=MAIL, contact_linked_to="78")], "new without address"),
        (KIM, [contact("1", "Kim Novak", email=MAIL, contact_key="78")], "new without address"),
        (KIM, [contact("1", "Kim Novak", provider="123456ab")], Link("1", 3, "adopted", "provider number")),
        (KIM, [contact("1", provider="123456ab")], Link("1", 3, "adopted", "provider number")),
        (KIM, [contact("1", "Ann Other", provider="123456ab")], "new"),
        (KIM, [contact("1", "Kim Novak", company="hill practice")], Link("1", 4, "adopted", "name and company")),
        (KIM, [contact("1", "Kim Novak", company="Other")], "new"),
        (KIM, [contact("1", "Kim Novak", company="Hill Practice", linked_to="100")], "new"),
        (KIM, [contact("2", "Kim Novak", email=MAIL), contact("1", "Kim Novak", secondary=MAIL)], "ask"),
        (INSURER, [contact("1", "Insurance", email="claims@insurance.test")], "1 email_name"),
        (INSURER, [contact("1", "Insurance", company="Insurance")], "new"),
        (KIM, [], "new"),
    ],
)  # fmt: skip
def test_rows(third_party: Signs, candidates: Sequence[Candidate], expected: Decision | str) -> None:
    """Key, then e-mail and name, provider number, name and company; otherwise a contact of its own."""
    decision = decide_contact(third_party, ME, candidates)
    match expected:
        case "ask":
            assert decision == Ask("several_candidates", ("1", "2"), 2)
        case "new":
            assert decision == Create(8)
        case "new without address":
            assert decision == Create(4, without_email=True, address_on=("1",))
        case str():
            assert isinstance(decision, Link)
            assert f"{decision.hubspot_id} {decision.link_rule}" == expected
        case _:
            assert decision == expected


def test_patient_with_the_same_address_and_name() -> None:
    """Two contacts until a person says one; the question holds nothing back."""
    patient = contact("1", "Kim Novak", email=MAIL, patient_key="100")
    decision = decide_contact(KIM, ME, [patient])
    assert decision == Create(4, without_email=True, address_on=("1",), ask="patient_and_referrer")
    two = decide_contact(KIM, ME, [patient], remembered=Remembered(two_contacts=True))
    assert isinstance(two, Create) and not two.ask
    one = decide_contact(KIM, ME, [patient], remembered=Remembered(one_contact=True))
    assert isinstance(one, Link) and one.hubspot_id == "1"


def test_what_a_person_said() -> None:
    """Principle 4: links, separations and what became of them."""
    found = contact("1", "Kim Novak", email=MAIL)
    assert decide_contact(KIM, ME, [found], separated=frozenset({"1"})) == Create(
        4, without_email=True, address_on=("1",)
    )
    chosen = decide_contact(KIM, ME, [contact("2", "Ann Other")], remembered=Remembered(link_to="2"))
    assert isinstance(chosen, Link) and (chosen.hubspot_id, chosen.link_rule) == ("2", "manual")
    taken = contact("2", "Ann Other", contact_linked_to="78")
    answer = decide_contact(KIM, ME, [taken], remembered=Remembered(link_to="2"))
    assert answer == Ask("contact_taken", ("2",), 0, "keep")


def test_id_that_cliniko_does_not_know_is_no_obstacle() -> None:
    """A stale id of another tool does not take the contact."""
    found = contact("1", "Kim Novak", email=MAIL, foreign_contact_id="9")
    assert isinstance(decide_contact(KIM, ME, [found], known=lambda _: False), Link)
    assert isinstance(decide_contact(KIM, ME, [found]), Create)
