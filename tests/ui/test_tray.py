"""The tray: six states by shape, colour and words, a short menu, and notifications that name nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal

from app.settings import Settings
from app.state import State
from ui.tray import Tray, is_quiet, state_icon

NOW = datetime.now(UTC)


class FakeIcon(QObject):
    """A tray sign that remembers."""

    activated = Signal(object)
    messageClicked = Signal()  # noqa: N815

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[tuple[str, str]] = []
        self.icons: list[Any] = []
        self.tip = ""

    def setIcon(self, icon: Any) -> None:  # noqa: N802
        self.icons.append(icon)

    def setToolTip(self, text: str) -> None:  # noqa: N802
        self.tip = text

    def setContextMenu(self, menu: Any) -> None:  # noqa: N802
        self.menu = menu

    def showMessage(self, title: str, text: str, icon: Any, ms: int) -> None:  # noqa: N802
        self.messages.append((title, text))

    def show(self) -> None: ...

    def hide(self) -> None: ...


@pytest.fixture
def tray(qapp) -> Tray:
    return Tray(icon=FakeIcon())


GOOD = State(is_checked=True, last_status="ok", last_finished_at=NOW, last_good_at=NOW)
STATES = {
    "tick": GOOD,
    "arrows": State(is_syncing=True),
    "bars": State(is_paused=True),
    "dots": State(code="unavailable", sentence="Cliniko cannot be reached.", last_status="failed"),
    "!": State(blocking_questions=2, last_status="attention"),
    "×": State(code="keys_refused", sentence="HubSpot does not accept the key.", last_status="failed"),
}


@pytest.mark.parametrize("shape", sorted(STATES))
def test_each_state_by_shape_and_words(shape: str, tray: Tray) -> None:
    """Shape, colour and tooltip words tell the state."""
    assert STATES[shape].shape == shape
    tray.show_state(STATES[shape])
    assert tray._drawn[0] == shape
    assert tray.icon.tip.startswith("ClinicBridge\n")
    assert len(tray.icon.tip.splitlines()) >= 2


def test_six_pictures_differ(qapp) -> None:
    """The signs can be told apart without colour."""
    pictures = {shape: state_icon(shape, "#555555").pixmap(22, 22).toImage() for shape in STATES}
    images = [bytes(picture.constBits()) for picture in pictures.values()]
    assert len(set(images)) == len(STATES)


def test_notifications_name_nobody(tray: Tray) -> None:
    """I6: no names and no ids, whoever is concerned; told once until it changes."""
    for _ in range(2):
        tray.show_state(STATES["!"])
    assert len(tray.icon.messages) == 1
    tray.show_state(STATES["×"])
    assert len(tray.icon.messages) == 2
    told = " ".join(" ".join(message) for message in tray.icon.messages)
    assert not any(character.isdigit() and character != "2" for character in told)


def test_more_questions_are_told_fewer_are_not(tray: Tray) -> None:
    """A question less is no news."""
    tray.show_state(State(blocking_questions=2, last_status="attention"))
    tray.show_state(State(blocking_questions=1, last_status="attention"))
    tray.show_state(State(blocking_questions=3, last_status="attention"))
    assert len(tray.icon.messages) == 2


def test_a_run_between_does_not_tell_again(tray: Tray) -> None:
    """Syncing comes and goes; the same question is told once."""
    for _ in range(3):
        tray.show_state(STATES["!"])
        tray.show_state(State(is_syncing=True, blocking_questions=2))
    assert len(tray.icon.messages) == 1


@pytest.mark.parametrize("between", ["bars", "dots"])
@pytest.mark.parametrize("told", ["!", "×"])
def test_a_pause_or_a_lost_connection_is_no_news(tray: Tray, told: str, between: str) -> None:
    """What was told already is not told again after a pause or when the network is back."""
    tray.show_state(STATES[told])
    tray.show_state(replace(STATES[between], blocking_questions=STATES[told].blocking_questions))
    tray.show_state(STATES[told])
    assert len(tray.icon.messages) == 1


def test_a_key_refused_again_is_news(tray: Tray) -> None:
    """After a good run the same trouble is a new one."""
    for shape in ("×", "tick", "×"):
        tray.show_state(STATES[shape])
    assert len(tray.icon.messages) == 2


def test_notifications_can_be_switched_off(tray: Tray) -> None:
    """The switch of the settings holds."""
    tray.on_settings(Settings({"pc.notifications": False}))
    tray.show_state(STATES["!"])
    assert tray.icon.messages == []


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [
        ("", "03:00", False),
        ("20:00-07:30", "23:10", True),
        ("20:00-07:30", "07:29", True),
        ("20:00-07:30", "07:30", False),
        ("12:00-13:00", "12:30", True),
        ("12:00-13:00", "13:30", False),
    ],
)
def test_quiet_hours(hours: str, at: str, expected: bool) -> None:
    """Quiet hours may go over midnight."""
    assert is_quiet(hours, datetime.fromisoformat(f"2026-11-24T{at}:00")) is expected


def test_the_menu(tray: Tray, qtbot) -> None:
    """Sync now, Pause (1 hour, today, until resumed), Needs you, Open, Quit."""
    words = [action.text() for action in tray.menu.actions() if not action.isSeparator()]
    assert words == ["Sync now", "Pause", "Resume", "Needs you", "Open", "Quit"]
    assert [action.text() for action in tray.pause.actions()] == ["1 hour", "Today", "Until resumed"]
    with qtbot.waitSignal(tray.pause_wanted) as asked:
        tray.pause.actions()[2].trigger()
    assert asked.args == [None]
    with qtbot.waitSignal(tray.page_wanted) as asked:
        tray.menu.actions()[3].trigger()
    assert asked.args == ["needs_you"]
    tray.show_state(State(is_paused=True))
    assert not tray.pause.menuAction().isVisible()
    assert tray.resume.isVisible()
