"""Letters to press with Alt: no two alike among what is seen together, and names stay plain."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.conflicts import Conflict
from app.review.kinds import KINDS
from ui import late
from ui.dialogs.confirm import is_confirmed
from ui.pages.home import HomePage
from ui.pages.question import QuestionView
from ui.widgets.mnemonics import give_letters, plain, relabel, with_letter
from ui.widgets.parts import button


def letter_of(text: str) -> str:
    """The marked letter, "" for none."""
    bare = text.replace("&&", "")
    return bare[bare.index("&") + 1].casefold() if "&" in bare else ""


@pytest.mark.parametrize(
    ("text", "used", "expected"),
    [
        ("Sync now", "", "&Sync now"),
        ("Sync now", "s", "Sync &now"),
        ("Sync now", "sn", "S&ync now"),
        ("Go & see", "g", "Go && &see"),
        ("Öffnen", "", "Ö&ffnen"),
        ("–", "", "–"),
    ],
)
def test_the_first_free_letter(text: str, used: str, expected: str) -> None:
    """First letters of words come first; a letter that cannot be typed everywhere is none."""
    assert with_letter(text, set(used)) == expected
    assert plain(expected) == text


@pytest.mark.parametrize("name", [name for name, _, _ in late.PAGE_TITLES])
def test_no_letter_twice_on_a_page(name: str, qtbot, at_once) -> None:
    """Mnemonics are unique among what is seen together, and accessible names stay plain."""
    asking = at_once()
    page = HomePage(asking) if name == "home" else late.page_class(name)(asking)
    qtbot.addWidget(page)
    give_letters(page)
    check_letters(page)
    for part in [*page.findChildren(QPushButton), *page.findChildren(QCheckBox)]:
        assert "&" not in part.accessibleName()
        assert part.accessibleName() == plain(part.text()), part.objectName()


def check_letters(page: QWidget) -> None:
    """Every way through tabs and steps has each letter once."""
    tabs = [
        letter_of(tab.tabText(place)) for tab in page.findChildren(QTabWidget) for place in range(tab.count())
    ]
    stacks = [stack for stack in page.findChildren(QStackedWidget) if stack.count() > 1]
    leaves = {stack.widget(place) for stack in stacks for place in range(stack.count())}
    groups: dict[tuple[QWidget, ...], list[str]] = {}
    for part in page.findChildren(QAbstractButton):
        above, within = part.parentWidget(), []
        while above is not None and above is not page:
            if above in leaves:
                within.append(above)
            above = above.parentWidget()
        groups.setdefault(tuple(within), []).append(letter_of(part.text()))
    outer = tabs + groups.pop((), [])
    for letters in [[], *groups.values()]:
        twice = [one for one, count in Counter(outer + letters).items() if one and count > 1]
        assert not twice


def test_other_words_get_a_letter_again(qtbot) -> None:
    """A button that says something else keeps having a letter, and its name follows."""
    root = QWidget()
    qtbot.addWidget(root)
    layout = QVBoxLayout(root)
    pause, play = button("Pause", "pause"), button("Play", "play")
    layout.addWidget(pause)
    layout.addWidget(play)
    give_letters(root)
    assert (pause.text(), play.text()) == ("&Pause", "P&lay")
    relabel(pause, "Resume")
    assert (pause.text(), pause.accessibleName()) == ("&Resume", "Resume")
    assert play.text() == "&Play"
    relabel(pause, "Resume")
    assert pause.text() == "&Resume"


def test_answers_made_anew_get_letters(qtbot, at_once) -> None:
    """Each question has other answers, and each of them its letter; those of the last question keep none."""
    root = QWidget()
    qtbot.addWidget(root)
    layout = QVBoxLayout(root)
    layout.addWidget(button("Later", "beside"))
    view = QuestionView(at_once(pages=SimpleNamespace(addresses_of=lambda conflict: {})))
    layout.addWidget(view)
    give_letters(root)
    for kind in ("several_candidates", "shared_email"):
        view.show_question(Conflict(kind, "patient", "1", suggested="later"), ())
        answers = [view.answers.itemAt(place).widget() for place in range(view.answers.count())]
        assert len(answers) == len(KINDS[kind].answers)
        assert all(letter_of(one.text()) for one in answers)
        check_letters(root)


def test_letters_in_a_question_before_a_step(qtbot) -> None:
    """Also the small question before a step that matters can be answered with Alt and a letter."""
    root = QWidget()
    qtbot.addWidget(root)
    seen: list[tuple[str, str]] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.extend((one.text(), one.accessibleName()) for one in box.buttons())
        box.reject()

    QTimer.singleShot(50, look)
    assert not is_confirmed(root, "Forget it?", "Forget", "It cannot come back.")
    assert sorted(seen) == [("&Cancel", "Cancel"), ("&Forget", "Forget")]
