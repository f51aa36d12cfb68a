"""Cuts connections that have outlived their call: a half-open or dripping socket, or a person who asked to stop.

A socket's own time-out only limits each single read; a service that sends one byte now and then would hold a
call for ever. Real time is used on purpose: these are real sockets, whatever clock the program is given.
"""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, field

LOOK_S = 0.1
IDLE_S = 2.0


@dataclass(eq=False)
class Watched:
    """One call in flight and the connection that carries it."""

    ends_at: float
    stop: threading.Event | None
    grace_s: float
    connection: socket.socket | None = None
    cut_for: str = ""
    """Why it was cut: "time", "stop", or "" while it was not."""
    stopping_since: float | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def carries(self, connection: socket.socket) -> None:
        """This connection now carries the call."""
        with self._lock:
            self.connection = connection
            if self.cut_for:
                _shut(connection)

    def look(self, now: float) -> None:
        """Cut the connection if its time is over."""
        if self.cut_for:
            return
        if now >= self.ends_at:
            self._cut("time")
        elif self.stop is not None and self.stop.is_set():
            if self.stopping_since is None:
                self.stopping_since = now
            elif now >= self.stopping_since + self.grace_s:
                self._cut("stop")

    def _cut(self, why: str) -> None:
        with self._lock:
            self.cut_for = why
            if self.connection is not None:
                _shut(self.connection)


def _shut(connection: socket.socket) -> None:
    # Only shut, not closed: the thread that waits on it then wakes, and closes it itself.
    try:
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    except OSError:
        return  # it has ended by itself


class Watchdog:
    """One thread that looks after all calls in flight; it ends by itself when there are none."""

    def __init__(self) -> None:
        self._watched: set[Watched] = set()
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None

    def watch(self, limit_s: float, stop: threading.Event | None, grace_s: float) -> Watched:
        """Look after a call that may take `limit_s` seconds, and `grace_s` once `stop` is set."""
        watched = Watched(time.monotonic() + limit_s, stop, grace_s)
        with self._change:
            self._watched.add(watched)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="call-watchdog", daemon=True)
                self._thread.start()
            self._change.notify()
        return watched

    def release(self, watched: Watched) -> None:
        """The call has ended."""
        with self._change:
            self._watched.discard(watched)

    def _run(self) -> None:
        while True:
            with self._change:
                if not self._watched and not self._change.wait_for(lambda: bool(self._watched), IDLE_S):
                    self._thread = None
                    return
                watched = list(self._watched)
            now = time.monotonic()
            for each in watched:
                each.look(now)
            time.sleep(LOOK_S)
