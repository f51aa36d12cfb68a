"""Two patients of one execution that want one contact (matching §2)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.matching.decisions import Ask, Create, Decision, Link
from app.matching.rivals import settle_rivals


def test_lower_rule_takes_the_contact() -> None:
    """Matching §2: the one satisfying the lower rule number wins, the other gets a contact of its own."""
    by_email, by_birthday = Link("1", 2, "email_name", "e-mail and name"), Link("1", 5, "dob_name", "x")
    settled = settle_rivals({"100": by_birthday, "200": by_email})
    assert settled == {"100": Create(4), "200": by_email}


def test_address_found_on_the_taken_contact_is_noted_there() -> None:
    """Matching §2, rule 4: the loser's address sits on the winner's contact; the holder rules decide."""
    settled = settle_rivals(
        {"100": Link("1", 3, "email_name", "x"), "200": Link("1", 1, "id", "x"), "300": Create(8)}
    )
    assert settled["100"] == Create(4, address_on=("1",))
    assert settled["300"] == Create(8)


def test_equal_rules_are_asked_about() -> None:
    """Matching §2: equal, then neither; also one who came behind them waits for the answer."""
    email = Link("1", 2, "email_name", "x")
    settled = settle_rivals({"100": email, "200": email, "300": Link("1", 5, "dob_name", "x")})
    assert settled["100"] == settled["200"] == Ask("several_candidates", ("1",), 2)
    assert settled["300"] == Ask("several_candidates", ("1",), 5)


_decisions = st.one_of(
    st.builds(Link, st.sampled_from("12"), st.integers(0, 6), st.just("id"), st.just("x")),
    st.just(Create(8)),
    st.just(Ask("same_person", ("1",), 3)),
)


@given(st.dictionaries(st.text("0123456789", min_size=1, max_size=3), _decisions))
def test_no_contact_goes_to_two(decisions: dict[str, Decision]) -> None:
    """Principle 1, I1: one contact, one patient; nobody is forgotten and nobody gains a link."""
    settled = settle_rivals(decisions)
    taken = [decision.hubspot_id for decision in settled.values() if isinstance(decision, Link)]
    assert len(taken) == len(set(taken))
    assert settled.keys() == decisions.keys()
    for cliniko_id, decision in settled.items():
        assert not isinstance(decision, Link) or decision == decisions[cliniko_id]
