"""The one door between the window and everything else: events come in, questions and jobs go out.

Events arrive from the worker's thread through one queued signal. Whatever only reads goes to a single reader
thread and comes back by the same way; whatever writes becomes a job of the worker. The window's own thread
only paints.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from ui import late

if TYPE_CHECKING:
    from app.state import State

T = TypeVar("T")
Trouble = Callable[[BaseException], None]


class Asking(Protocol):
    """What a page is handed to reach the services with: it never holds a service itself."""

    def read(
        self,
        question: Callable[[Any], T],
        answer: Callable[[T], None],
        trouble: Trouble | None = None,
        topic: str = "",
        is_remote: bool = False,
    ) -> None:
        """Ask the services something on the reader's thread; `answer` gets the result on the window's.

        With a `topic`, an answer that a later question of the same topic has overtaken is dropped. What asks
        Cliniko or HubSpot goes its own way, so that the pages' own reading need not wait for the network.
        """
        ...

    def work(
        self,
        job: Callable[[Any], T],
        answer: Callable[[T], None] | None = None,
        trouble: Trouble | None = None,
        is_long: bool = False,
    ) -> None:
        """Let the services change something, off the window's thread. What may take minutes goes its own way, so
        that short jobs need not wait behind it."""
        ...


@dataclass(frozen=True)
class _Reply:
    answer: Callable[[Any], None] | None
    trouble: Trouble | None
    result: Any
    error: BaseException | None
    topic: str
    number: int


class Bridge(QObject):
    """Carries events, replies and troubles to the window's thread."""

    arrived = Signal(object)
    """Everything that comes from another thread, as one immutable value."""
    reported = Signal(object)
    """Each event, for whoever wants more than the state."""
    state_changed = Signal(object)
    failed = Signal(object)
    """An error that nobody else showed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state: State | None = None
        self._program: Any = None
        self._ready = threading.Event()
        self._stopped = False
        self._newest: dict[str, int] = {}
        self._count = 0
        self._lanes = {name: queue.SimpleQueue[Any]() for name in ("read", "remote", "work", "act", "long")}
        self._threads = [
            threading.Thread(target=self._serve, args=(lane,), name=f"window-{name}", daemon=True)
            for name, lane in self._lanes.items()
        ]
        self.arrived.connect(self._on_arrived)

    # from any thread

    def emit_event(self, event: object) -> None:
        """Report an event; safe from every thread, silent once the window is gone."""
        if not self._stopped:
            self.arrived.emit(event)

    # on the window's thread

    def begin(self, state: State, program: Any) -> None:
        """Give the threads their services; questions asked before wait until now."""
        self._program = program
        self.set_state(state)
        self._ready.set()

    def serve(self, program: Any) -> None:
        """Give the threads services alone, where there is no state to be shown."""
        self._program = program
        self._ready.set()

    def start(self) -> None:
        """Start the threads; they idle until `begin`."""
        for thread in self._threads:
            thread.start()

    def read(
        self,
        question: Callable[[Any], T],
        answer: Callable[[T], None],
        trouble: Trouble | None = None,
        topic: str = "",
        is_remote: bool = False,
    ) -> None:
        """See `Asking.read`."""
        self._put("remote" if is_remote else "read", question, answer, trouble, topic)

    def work(
        self,
        job: Callable[[Any], T],
        answer: Callable[[T], None] | None = None,
        trouble: Trouble | None = None,
        is_long: bool = False,
    ) -> None:
        """See `Asking.work`."""
        self._put("long" if is_long else "work", job, answer, trouble, "")

    def act(self, job: Callable[[Any], object]) -> None:
        """Tell the services something that must not wait behind other jobs: sync now, pause, resume."""
        self._put("act", job, None, None, "")

    def set_state(self, state: State) -> None:
        """Show another state, if it is another."""
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def stop(self, seconds: float = 1.0) -> None:
        """Let the threads end. What they still send is dropped."""
        self._stopped = True
        self._ready.set()
        for lane in self._lanes.values():
            lane.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(seconds)

    def _put(
        self,
        lane: str,
        question: Callable[[Any], Any],
        answer: Callable[[Any], None] | None,
        trouble: Trouble | None,
        topic: str,
    ) -> None:
        self._count += 1
        if topic:
            self._newest[topic] = self._count
        self._lanes[lane].put((question, answer, trouble, topic, self._count))

    def _serve(self, lane: queue.SimpleQueue[Any]) -> None:
        while (asked := lane.get()) is not None:
            self._ready.wait()
            if self._stopped:
                return
            question, answer, trouble, topic, number = asked
            if topic and self._newest.get(topic) != number:
                continue
            result, error = None, None
            try:
                result = question(self._program)
            except Exception as caught:  # shown on the page that asked; the thread must go on
                late.log(__name__).warning("a question of the window failed: %s", type(caught).__name__)
                error = caught
            if not self._stopped:
                self.arrived.emit(_Reply(answer, trouble, result, error, topic, number))

    @Slot(object)
    def _on_arrived(self, value: object) -> None:
        if self._stopped:
            return
        if isinstance(value, _Reply):
            self._deliver(value)
            return
        self.reported.emit(value)
        if self.state is not None:
            self.set_state(late.advance(self.state, value))

    def _deliver(self, reply: _Reply) -> None:
        if reply.topic and self._newest.get(reply.topic) != reply.number:
            return
        receiver = reply.trouble if reply.error is not None else reply.answer
        owner = getattr(receiver, "__self__", None)
        if isinstance(owner, QObject) and not isValid(owner):
            return
        if reply.error is None:
            if receiver is not None:
                receiver(reply.result)
        elif receiver is not None:
            receiver(reply.error)
        else:
            self.failed.emit(reply.error)
