"""The bridge: everything arrives on the window's thread, in order, and nothing after the end."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, QThread
from shiboken6 import delete

from app.events import ExecutionStarted, QuestionsCounted
from app.state import State
from ui.bridge import Bridge


@pytest.fixture
def bridge(qapp):
    made = Bridge()
    made.start()
    yield made
    made.stop(2)


def test_replies_come_on_the_window_thread(bridge: Bridge, qtbot) -> None:
    """Questions run elsewhere, answers on the thread that paints."""
    heard: list[tuple[int, bool]] = []
    bridge.begin(State(), SimpleNamespace(number=41))
    main = QThread.currentThread()
    bridge.read(
        lambda program: (program.number + 1, threading.current_thread().name),
        lambda answer: heard.append((answer[0], QThread.currentThread() is main and "window" in answer[1])),
    )
    qtbot.waitUntil(lambda: heard == [(42, True)])


def test_questions_wait_for_the_program(bridge: Bridge, qtbot) -> None:
    """What is asked before the program is open is answered after it."""
    heard: list[str] = []
    bridge.read(lambda program: program.name, heard.append)
    qtbot.wait(50)
    assert heard == []
    bridge.begin(State(), SimpleNamespace(name="ready"))
    qtbot.waitUntil(lambda: heard == ["ready"])


def test_an_overtaken_answer_is_dropped(bridge: Bridge, qtbot) -> None:
    """While somebody types, only the last question of a topic is answered."""
    gate, heard = threading.Event(), []
    bridge.begin(State(), None)
    bridge.read(lambda program: gate.wait(5) and "first", heard.append, topic="search")
    bridge.read(lambda program: "second", heard.append, topic="search")
    bridge.read(lambda program: "third", heard.append, topic="search")
    gate.set()
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.wait(50)
    assert heard == ["third"]


def test_a_long_job_holds_nobody_up(bridge: Bridge, qtbot) -> None:
    """Sync now, short jobs and reads go on beside a long one."""
    gate, heard = threading.Event(), []
    bridge.begin(State(), None)
    bridge.work(lambda program: gate.wait(10), is_long=True)
    bridge.work(lambda program: "short", heard.append)
    bridge.read(lambda program: "read", heard.append)
    bridge.act(lambda program: heard.append("act"))
    qtbot.waitUntil(lambda: sorted(heard) == ["act", "read", "short"])
    gate.set()


def test_troubles_reach_the_one_who_asked_or_the_window(bridge: Bridge, qtbot) -> None:
    """I11: no failure is silent."""
    heard: list[str] = []
    bridge.begin(State(), None)
    bridge.failed.connect(lambda error: heard.append(f"window {type(error).__name__}"))
    bridge.read(lambda program: 1 / 0, heard.append, lambda error: heard.append(type(error).__name__))
    bridge.work(lambda program: 1 / 0)
    qtbot.waitUntil(lambda: sorted(heard) == ["ZeroDivisionError", "window ZeroDivisionError"])


def test_events_fold_into_one_state(bridge: Bridge, qtbot) -> None:
    """Events of any thread become the one state; equal states are told once."""
    states: list[State] = []
    bridge.state_changed.connect(states.append)
    bridge.begin(State(), None)

    def speak() -> None:
        bridge.emit_event(ExecutionStarted(3, False, ("patients",)))
        bridge.emit_event(QuestionsCounted(2, 1))
        bridge.emit_event(QuestionsCounted(2, 1))

    thread = threading.Thread(target=speak)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(states) and states[-1].blocking_questions == 1)
    assert [state.is_syncing for state in states] == [False, True, True]


def test_nothing_reaches_a_page_that_is_gone(bridge: Bridge, qtbot) -> None:
    """A late answer to a deleted page is dropped."""

    class Page(QObject):
        def on_answer(self, answer: str) -> None:
            raise AssertionError("gone")

    page, gate, heard = Page(), threading.Event(), []
    bridge.begin(State(), None)
    bridge.read(lambda program: gate.wait(5), page.on_answer)
    delete(page)
    gate.set()
    bridge.read(lambda program: "later", heard.append)
    qtbot.waitUntil(lambda: heard == ["later"])


def test_stopping_is_quick_and_final(qtbot) -> None:
    """After the end nothing is emitted any more, even by a job that is still at work."""
    bridge, gate, heard = Bridge(), threading.Event(), []
    bridge.start()
    bridge.begin(State(), None)
    bridge.work(lambda program: gate.wait(5), heard.append)
    bridge.stop(0.05)
    gate.set()
    bridge.emit_event(QuestionsCounted(1, 1))
    qtbot.wait(80)
    assert heard == []
    assert bridge.state == State()
