"""The notice of a newer version, on Home, under Settings and in Help."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.domain.releases import Release
from app.errors import ReleaseRefused
from app.service.pages import HomeNumbers
from app.service.updates import UpdateFacts
from ui.pages.help import HelpPage
from ui.pages.home import HomePage
from ui.pages.updates import UpdatesCard

NEW = Release("2.0.0", date(2026, 11, 20), "https://clinicbridge.example.test/news", "Faster.")
ASKED = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
NOTHING = UpdateFacts("1.9.0", True, True, ASKED, None, False)


class Updates:
    """The service, small: it finds what the test lays there."""

    def __init__(self, known: UpdateFacts, found: UpdateFacts | Exception | None = None) -> None:
        self.known, self.found = known, found or known
        self.asked: list[str] = []

    def facts(self) -> UpdateFacts:
        return self.known

    def check_if_due(self) -> UpdateFacts:
        self.asked.append("due")
        return self.check()

    def check_now(self) -> UpdateFacts:
        self.asked.append("now")
        return self.check()

    def check(self) -> UpdateFacts:
        if isinstance(self.found, Exception):
            raise self.found
        self.known = self.found
        return self.known

    def hide(self, version: str) -> None:
        self.known = replace(self.known, is_hidden=version == NEW.version)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    pages: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pages.append(url.toString()))
    return pages


def is_told(root: QWidget, name: str) -> bool:
    notice = root.findChild(QWidget, name)
    return notice is not None and not notice.isHidden()


def text(root: QWidget, name: str) -> str:
    found = root.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def press(root: QWidget, name: str) -> None:
    found = root.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    found.click()


def home(qtbot: Any, at_once: Any, updates: Updates) -> HomePage:
    page = HomePage(at_once(pages=SimpleNamespace(home=lambda: HomeNumbers((), (), {})), updates=updates))
    qtbot.addWidget(page)
    page.open()
    return page


def test_home_asks_long_after_the_first_look(qtbot: Any, at_once: Any) -> None:
    """Opening asks nothing and builds nothing; the notice comes with the first news."""
    updates = Updates(NOTHING, replace(NOTHING, newer=NEW))
    page = home(qtbot, at_once, updates)
    page.look()
    assert updates.asked == [] and page.update_notice is None
    page.look_for_updates()
    assert updates.asked == ["due"] and is_told(page, "home_update")
    words = text(page, "home_update_words")
    assert "2.0.0" in words and "1.9.0" in words and "Faster." in words


def test_the_page_is_opened_and_nothing_fetched(qtbot: Any, at_once: Any, opened: list[str]) -> None:
    """The one act is a browser on the signed page."""
    page = home(qtbot, at_once, Updates(NOTHING, replace(NOTHING, newer=NEW)))
    page.look_for_updates()
    press(page, "home_update_open")
    assert opened == [NEW.page]


def test_home_lets_it_be_put_aside(qtbot: Any, at_once: Any) -> None:
    """Not now: gone from Home for this version, still told under Help."""
    updates = Updates(NOTHING, replace(NOTHING, newer=NEW))
    page = home(qtbot, at_once, updates)
    page.look_for_updates()
    press(page, "home_update_later")
    page.look()
    assert not is_told(page, "home_update")
    guide = HelpPage(at_once(updates=updates))
    qtbot.addWidget(guide)
    guide.look()
    assert is_told(guide, "help_update")
    assert guide.findChild(QPushButton, "help_update_later").isHidden()


@pytest.mark.parametrize("change", [{"newer": None}, {"is_on": False}, {"is_hidden": True}])
def test_home_stays_silent(change: dict[str, Any], qtbot: Any, at_once: Any) -> None:
    """Nothing newer, switched off, or put aside."""
    page = home(qtbot, at_once, Updates(replace(NOTHING, **{"newer": NEW} | change)))
    page.look_for_updates()
    assert not is_told(page, "home_update")


def test_a_failure_by_itself_is_silent(qtbot: Any, at_once: Any) -> None:
    """Whatever goes wrong on the way, Home says nothing."""
    page = home(qtbot, at_once, Updates(NOTHING, RuntimeError()))
    page.look_for_updates()
    assert not is_told(page, "home_update")


def card_of(qtbot: Any, at_once: Any, updates: Updates) -> UpdatesCard:
    card = UpdatesCard(at_once(updates=updates))
    qtbot.addWidget(card)
    card.look()
    return card


def test_without_an_address_it_says_so(qtbot: Any, at_once: Any) -> None:
    """A copy that was given no address says that it never asks, and offers no button that could."""
    updates = Updates(UpdateFacts("1.9.0", False, True, None, None, False))
    card = card_of(qtbot, at_once, updates)
    assert "not given an address" in card.words.text()
    assert not card.check.isEnabled()
    assert updates.asked == []


def test_check_now(qtbot: Any, at_once: Any, opened: list[str]) -> None:
    """The button asks at once and shows what was found."""
    updates = Updates(replace(NOTHING, asked_at=None), replace(NOTHING, newer=NEW))
    card = card_of(qtbot, at_once, updates)
    assert card.words.text() == "Not asked yet."
    card.check.click()
    assert updates.asked == ["now"] and is_told(card, "settings_update")
    press(card, "settings_update_open")
    assert opened == [NEW.page]


def test_check_now_finds_nothing(qtbot: Any, at_once: Any) -> None:
    """What is known is said, no more."""
    card = card_of(qtbot, at_once, Updates(NOTHING))
    card.check.click()
    assert "No newer version than 1.9.0 is known." in card.words.text()
    assert card.check.isEnabled()


def test_who_asks_by_hand_is_told_of_trouble(qtbot: Any, at_once: Any) -> None:
    """A wrong signature is named to the person who pressed the button, in plain words."""
    card = card_of(qtbot, at_once, Updates(NOTHING, ReleaseRefused("wrong")))
    card.check.click()
    assert "cannot be trusted" in card.words.text()
    assert card.check.isEnabled() and not is_told(card, "settings_update")


def test_switched_off_is_said(qtbot: Any, at_once: Any) -> None:
    """The card follows the switch beside it."""
    card = card_of(qtbot, at_once, Updates(replace(NOTHING, is_on=False)))
    assert "Nothing is asked by itself." in card.words.text()
