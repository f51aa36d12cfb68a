"""Settings, This PC: the shared database is tried, kept and told in plain words (R86)."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import BadInput, DatabaseUnreachable
from app.service.shared import SharedFacts
from ui.pages.shared_database import SharedDatabaseCard

ADDRESS = "postgresql://clinic@server.example.test/clinic"


class Shared:
    """The service, small: one server, and what is kept."""

    def __init__(self, address: str = "") -> None:
        self.opened = self.address = address
        self.asked: list[tuple[str, str]] = []
        self.trouble: Exception | None = None
        self.is_in_use = False

    def facts(self) -> SharedFacts:
        return SharedFacts(self.address, self.address != self.opened, "RECEPTION")

    def attempt(self, typed: str, password: str = "") -> bool:
        self.asked.append((typed, password))
        if self.trouble is not None:
            raise self.trouble
        return self.is_in_use

    def set(self, typed: str, password: str = "") -> str:
        if typed:
            self.attempt(typed, password)
        self.address = typed
        return typed


def card_of(qtbot: Any, at_once: Any, shared: Shared) -> SharedDatabaseCard:
    card = SharedDatabaseCard(at_once(shared=shared))
    qtbot.addWidget(card)
    card.look()
    return card


def test_alone_at_first(qtbot: Any, at_once: Any) -> None:
    """The data is on this computer; there is nothing to test or keep."""
    card = card_of(qtbot, at_once, Shared())
    assert card.words.text() == "The data is on this computer alone."
    assert (card.test.isEnabled(), card.keep.isEnabled(), card.said.isHidden()) == (False, False, True)


def test_tried_and_kept(qtbot: Any, at_once: Any) -> None:
    """A test changes nothing; keeping says that the program has to be opened again; the password leaves the field."""
    shared = Shared()
    card = card_of(qtbot, at_once, shared)
    card.address.setText(ADDRESS)
    card.password.setText("s3cret")
    card.test.click()
    assert card.said.text().startswith("It answers and is empty")
    shared.is_in_use = True
    card.test.click()
    assert card.said.text().startswith("It answers, and ClinicBridge uses it already")
    assert shared.address == ""
    card.keep.click()
    assert shared.asked == [(ADDRESS, "s3cret")] * 3
    assert shared.address == ADDRESS
    assert card.password.text() == ""
    assert "closed and opened again" in card.said.text()
    assert "stays there" in card.said.text()
    assert card.words.text() == "Changed. Close ClinicBridge (Quit) and open it again."


@pytest.mark.parametrize("error", [DatabaseUnreachable(), BadInput("no", sentence="Not so.")])
def test_refused(qtbot: Any, at_once: Any, error: Any) -> None:
    """What is wrong is said, what was typed stays, and it can be tried again."""
    shared = Shared()
    shared.trouble = error
    card = card_of(qtbot, at_once, shared)
    card.address.setText(ADDRESS)
    for button in (card.test, card.keep):
        button.click()
        assert card.said.text().startswith(error.sentence)
        assert card.isEnabled()
    assert (card.address.text(), shared.address) == (ADDRESS, "")


def test_back_to_its_own_data(qtbot: Any, at_once: Any) -> None:
    """Emptying the address offers the way back; what is being typed is not overwritten by a look."""
    shared = Shared(ADDRESS)
    card = card_of(qtbot, at_once, shared)
    assert card.address.text() == ADDRESS
    assert "RECEPTION" in card.words.text()
    card.address.setText("")
    card.look()
    assert card.address.text() == ""
    assert card.keep.text() == "Use this computer's own data"
    card.keep.click()
    assert shared.address == ""
    assert "No other computer should sync" in card.said.text()


def test_before_a_database_is_open(qtbot: Any, at_once: Any) -> None:
    """While nothing could be opened, the card says what to do, and this computer's own data is always a way out."""
    card = SharedDatabaseCard(at_once(shared=Shared(ADDRESS)), is_open=False)
    qtbot.addWidget(card)
    card.look()
    assert card.words.text().startswith("ClinicBridge cannot open it.")
    assert card.address.text() == ADDRESS
    card.address.setText("")
    assert (card.keep.text(), card.keep.isEnabled()) == ("Use this computer's own data", True)
    with qtbot.waitSignal(card.kept, timeout=1000):
        card.keep.click()
