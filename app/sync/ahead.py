"""Answers asked for before they are needed, so that an execution that finds nothing waits for one round trip."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


class Ahead:
    """Reads under way, by name. Each answer is given once; what was not begun is asked for when it is taken.

    An error comes where the answer is taken, so that a right that is missing concerns only who needs it.
    """

    def __init__(self) -> None:
        self._begun: dict[Hashable, Future[Any]] = {}

    def begin(self, executor: ThreadPoolExecutor, name: Hashable, read: Callable[[], object]) -> None:
        """Start one read in the background; nothing may be written by it."""
        if name not in self._begun:
            self._begun[name] = executor.submit(read)

    def take(self, name: Hashable, read: Callable[[], T]) -> T:
        """The answer, waited for where it was begun, else read now."""
        future = self._begun.pop(name, None)
        if future is None:
            return read()
        answer: T = future.result()
        return answer
