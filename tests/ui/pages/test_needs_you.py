"""Needs you: order, both sides, and answers that reach the review service."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from app.domain.conflicts import Conflict
from app.errors import BadInput
from app.review.kinds import KINDS
from app.service.contact_search import FoundContact, FoundContacts
from ui.dialogs.contact_choice import ContactDialog
from ui.pages.needs_you import NeedsYouPage, in_order, lasting_words
from ui.pages.question import choices_of, sides_of
from ui.widgets.side_by_side import SideBySide, differs

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CARDS = {
    "cliniko": {"name": "Bob Marsh", "email": "bob@mail.example.test", "birthday": "1980-02-02"},
    "hubspot": [
        {"id": "51", "name": "Robert Marsh", "email": "bob@mail.example.test", "birthday": ""},
        {"id": "52", "name": "Bob  MARSH", "email": "other@mail.example.test", "birthday": "1980-02-02"},
    ],
}


def question(kind: str, number: int, **more: Any) -> Conflict:
    known = KINDS[kind]
    return Conflict(
        kind,
        "patient",
        str(number),
        message=f"Question {number}",
        blocking=known.blocking,
        suggested=known.suggested,
        id=number,
        opened_at=NOW + timedelta(minutes=number),
        **more,
    )


class Review:
    """The review service, small."""

    def __init__(self, *open_now: Conflict) -> None:
        self.open_now = list(open_now)
        self.answers: list[tuple[int, str, dict[str, str]]] = []
        self.waiting: list[Conflict] = []
        self.is_applying = False

    def questions(self, kind: str | None = None, limit: int = 1000, offset: int = 0) -> list[Conflict]:
        return list(self.open_now)

    def answer(self, conflict_id: int, action: str, **named: str) -> None:
        if action == "holder" and not named:
            raise BadInput("which patient?", sentence="Choose who holds the address.")
        self.answers.append((conflict_id, action, named))
        if action != "later":
            known = [one for one in self.open_now if one.id == conflict_id]
            self.waiting = [replace(one, answer=action) for one in known] + self.waiting
            self.open_now = [one for one in self.open_now if one.id != conflict_id]

    def answered(self) -> list[Conflict]:
        return list(self.waiting)

    def take_back(self, conflict_id: int) -> None:
        if self.is_applying:
            raise BadInput("x", sentence="This answer is being carried out right now.")
        self.open_now += [one for one in self.waiting if one.id == conflict_id]
        self.waiting = [one for one in self.waiting if one.id != conflict_id]


class Pages:
    def addresses_of(self, conflict: Conflict) -> dict[str, str]:
        return {"cliniko": "https://clinic.example.test/patients/1"}


def page_with(qtbot, at_once, *questions: Conflict) -> tuple[NeedsYouPage, Review]:
    review = Review(*questions)
    page = NeedsYouPage(at_once(review=review, pages=Pages()))
    qtbot.addWidget(page)
    page.look()
    return page, review


def press(page: NeedsYouPage, name: str) -> None:
    buttons = [
        one for one in page.findChildren(QPushButton) if one.accessibleName() == name and one.isEnabled()
    ]
    buttons[-1].click()


def test_order_of_the_list() -> None:
    """Blocking first, then by how many records wait, the oldest on top."""
    rows = [
        question("shared_email", 1),
        question("same_person", 3),
        question("same_person", 2),
        question("weak_match", 4, details={"waiting": 9}),
    ]
    assert [one.id for one in in_order(rows)] == [4, 2, 3, 1]


def test_both_records_with_differences_marked(qtbot, at_once) -> None:
    """Both sides stand side by side; what differs is marked by more than colour."""
    page, _ = page_with(qtbot, at_once, question("same_person", 1, details=CARDS, candidates=("51",)))
    assert page.view.sides.different == ("name", "email")
    assert page.view.message.text() == "Question 1"
    cell = page.view.sides.findChild(type(page.view.message), "name_1")
    assert cell.text() == "Bob Marsh"
    assert cell.font().bold()
    assert cell.accessibleDescription() == "differs"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("Zoë O'Brien", "zoe obrien"), False),
        (("Bob", ""), False),
        (("Bob", "Rob"), True),
        (("0400 000 123", "0400000123"), False),
    ],
)
def test_what_counts_as_different(values: tuple[str, ...], expected: bool) -> None:
    """Case, accents and spaces make no difference, nor does a silent side."""
    assert differs(values) is expected


def test_answering(qtbot, at_once) -> None:
    """An answer goes through the service, and the next question comes up."""
    page, review = page_with(qtbot, at_once, question("same_person", 1), question("same_person", 2))
    assert page.table.current().id == 1
    press(page, "Yes, link them")
    assert review.answers == [(1, "link", {})]
    assert page.table.current().id == 2
    assert "Answered: 1" in page.said.text()


def test_taking_an_answer_back(qtbot, at_once) -> None:
    """Until a run carries it out: the answered line says what was answered; back, the question is there again."""
    page, review = page_with(qtbot, at_once, question("same_person", 1), question("same_person", 2))
    assert page.answered.isHidden()
    press(page, "Yes, link them")
    press(page, "No, keep them apart")
    assert page.answered.words.text() == "Not carried out yet: 2"
    assert page.answered.which.currentText() == "No, keep them apart – Question 2"
    page.answered.which.setCurrentIndex(1)
    press(page, "Take back")
    assert [one.id for one in review.open_now] == [1]
    assert page.table.current().id == 1 and page.view.conflict.id == 1
    assert "open again" in page.said.text()
    press(page, "Take back")
    assert page.answered.isHidden() and len(page.table.model.rows) == 2


def test_an_answer_in_the_making_is_not_taken_back(qtbot, at_once) -> None:
    """I11: a run is carrying it out; that is said, and the line stays."""
    page, review = page_with(qtbot, at_once, question("same_person", 1))
    press(page, "Yes, link them")
    review.is_applying = True
    press(page, "Take back")
    assert "right now" in page.said.text()
    assert not page.answered.isHidden() and page.answered.back.isEnabled()


def test_a_carried_out_answer_is_gone_from_the_line(qtbot, at_once) -> None:
    """Once a run has done it, nothing is left to take back."""
    page, review = page_with(qtbot, at_once, question("same_person", 1))
    press(page, "Yes, link them")
    review.waiting = []
    page.look()
    assert page.answered.isHidden()


def test_deciding_later(qtbot, at_once) -> None:
    """Later leaves the question open and goes on to the next."""
    page, review = page_with(qtbot, at_once, question("same_person", 1), question("same_person", 2))
    press(page, "Decide later")
    assert review.answers == [(1, "later", {})]
    assert len(page.table.model.rows) == 2
    assert page.table.current().id == 2


def test_naming_who_holds_the_address(qtbot, at_once) -> None:
    """What has to be named is offered by name and sent by id."""
    details = {"members": ["11", "12"], "names": ["Jo Lee", "Mia Lee"], "address": "lee@mail.example.test"}
    page, review = page_with(qtbot, at_once, question("shared_email", 1, details=details))
    assert [page.view.which.itemText(n) for n in range(2)] == ["Jo Lee", "Mia Lee"]
    page.view.which.setCurrentIndex(1)
    press(page, "Give the address to …")
    assert review.answers == [(1, "holder", {"patient": "12"})]


def test_searching_the_contact_that_an_answer_needs(qtbot, at_once, monkeypatch) -> None:
    """Where nobody is offered, a contact is searched by name; the answer sends its id."""
    found = FoundContacts((FoundContact("905", "Bob Marsh", "bob@mail.example.test", ""),), 1)
    review = Review(question("contact_vanished", 1))
    people = SimpleNamespace(find_contacts=lambda text: found)
    page = NeedsYouPage(at_once(review=review, pages=Pages(), people=people))
    qtbot.addWidget(page)
    page.look()
    assert not page.view.search.isHidden()
    page.view.search.click()
    dialog = page.findChild(ContactDialog)
    dialog.choice.field.setText("marsh")
    dialog.choice.search.click()
    dialog.choice.table.choose(0)
    dialog.choose.click()
    assert page.view.which.currentText() == "Bob Marsh · bob@mail.example.test"
    press(page, "Use another contact …")
    assert review.answers == [(1, "link", {"contact": "905"})]


def test_only_a_contact_is_searched(qtbot, at_once) -> None:
    """A patient or owner is offered otherwise."""
    page, _ = page_with(qtbot, at_once, question("shared_email", 1))
    assert page.view.search.isHidden()


def test_a_refused_answer_says_why(qtbot, at_once) -> None:
    """I11: the cause stands on the page, and the question stays."""
    page, review = page_with(qtbot, at_once, question("shared_email", 1))
    press(page, "Give the address to …")
    assert "Choose who holds the address." in page.said.text()
    assert len(page.table.model.rows) == 1
    assert page.view.isEnabled()


def test_filters(qtbot, at_once) -> None:
    """By kind, by whether it holds something up, and by any word."""
    page, _ = page_with(qtbot, at_once, question("same_person", 1), question("shared_email", 2))
    page.only_blocking.setChecked(True)
    assert [one.id for one in page.table.model.rows] == [1]
    page.only_blocking.setChecked(False)
    page.kind.setCurrentIndex(page.kind.findData("shared_email"))
    assert [one.id for one in page.table.model.rows] == [2]
    page.kind.setCurrentIndex(0)
    page.table.filter.setText("question 1")
    assert [one.id for one in page.table.model.rows] == [1]


def test_alike_only_where_it_is_safe(qtbot, at_once) -> None:
    """Bulk answers are offered for kinds that allow them, and for more than one question."""
    safe = [question("archived_in_cliniko", n) for n in (1, 2)]
    page, _ = page_with(qtbot, at_once, *safe)
    assert not page.view.alike.isHidden()
    page, _ = page_with(qtbot, at_once, question("same_person", 1), question("same_person", 2))
    assert page.view.alike.isHidden()


def test_nothing_open(qtbot, at_once) -> None:
    """An empty page says what will be here."""
    page, _ = page_with(qtbot, at_once)
    assert page.table._stack.currentIndex() == 1
    assert page.view.conflict is None


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_shown_with_every_answer(kind: str, qtbot, at_once) -> None:
    """Each kind has its words and one button an answer, however little the question holds."""
    page, _ = page_with(qtbot, at_once, question(kind, 1))
    names = {one.accessibleName() for one in page.view.findChildren(QPushButton)}
    assert {answer.label for answer in KINDS[kind].answers} <= names
    assert page.view.title.text() == KINDS[kind].title


def test_sides_and_choices_from_the_details() -> None:
    """Candidates are told apart by name and address."""
    conflict = question("several_candidates", 1, details=CARDS, candidates=("51", "52"))
    assert [side.title for side in sides_of(conflict)] == ["Cliniko", "HubSpot 1", "HubSpot 2"]
    assert choices_of(conflict, "contact")[0] == ("51", "Robert Marsh · bob@mail.example.test")


def test_patients_to_choose_from_are_named() -> None:
    """would_duplicate_patient, import_row_unclear: one chooses among names, not among bare numbers."""
    asked = question(
        "would_duplicate_patient", 1, details={"patients": ["7", "8"], "names": ["Ann Lee", "Ann Lee"]}
    )
    assert choices_of(asked, "patient") == [("7", "Ann Lee · 7"), ("8", "Ann Lee · 8")]
    row = question("import_row_unclear", 1, details={"patients": [{"id": "9", "name": "Bo Lee"}]})
    assert choices_of(row, "patient") == [("9", "Bo Lee · 9")]
    bare = question("import_row_unclear", 1, details={"patients": [{"id": "9"}]})
    assert choices_of(bare, "patient") == [("9", "9")]


def test_a_label_keeps_its_text_as_its_name(qtbot) -> None:
    """An accessible name on a label would hide its text from tools."""
    sides = SideBySide()
    qtbot.addWidget(sides)
    from PySide6.QtWidgets import QLabel

    assert all(not one.accessibleName() for one in sides.findChildren(QLabel))


def test_what_cannot_be_taken_back_is_said_truthfully() -> None:
    """Matching §3: before the answer is given; each for what it is."""
    told = {a.slug: lasting_words(a) for k in KINDS.values() for a in k.answers if not a.undoable}
    assert "recycle bin" in told["remove"] and "90 days" in told["remove"]
    assert "merge" in told["merge"] and "merge" not in told["remove"]
