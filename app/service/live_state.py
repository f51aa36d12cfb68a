"""The state as it is right now: events go in from any thread, whoever wants to follow is told."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.state import State, advance

Listener = Callable[[object], None]


class LiveState:
    """Folds every event into the one State and passes it on. Being called is being told."""

    def __init__(self, state: State | None = None) -> None:
        self._state = state or State()
        self._listeners: tuple[Listener, ...] = ()
        self._lock = threading.Lock()

    def __call__(self, event: object) -> None:
        """Take one event; listeners hear of it on the caller's thread, after the state has changed."""
        with self._lock:
            self._state = advance(self._state, event)
            listeners = self._listeners
        for listener in listeners:
            listener(event)

    @property
    def state(self) -> State:
        """The state now, a value that never changes."""
        return self._state

    def start_from(self, state: State) -> None:
        """Begin anew, with what the history tells."""
        with self._lock:
            self._state = state

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell `listener` of each event from now on; returns what ends that."""
        with self._lock:
            self._listeners += (listener,)

        def stop() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return stop
