"""What the window's tests share: no screen, no thread, and services that are ten-line fakes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class AtOnce:
    """Asks the services on the spot, where the window would go through its threads."""

    def __init__(self, **services: Any) -> None:
        self.program = SimpleNamespace(**services)
        self.troubles: list[BaseException] = []

    def read(
        self,
        question: Callable[[Any], Any],
        answer: Callable[[Any], None],
        trouble: Callable[[BaseException], None] | None = None,
        topic: str = "",
        is_remote: bool = False,
    ) -> None:
        self.work(question, answer, trouble)

    def work(
        self,
        job: Callable[[Any], Any],
        answer: Callable[[Any], None] | None = None,
        trouble: Callable[[BaseException], None] | None = None,
        is_long: bool = False,
    ) -> None:
        try:
            result = job(self.program)
        except Exception as error:
            self.troubles.append(error)
            if trouble is not None:
                trouble(error)
            return
        if answer is not None:
            answer(result)


@pytest.fixture
def at_once() -> type[AtOnce]:
    """The class, to be made with the services that a test needs."""
    return AtOnce


@pytest.fixture(autouse=True)
def _own_looks(qapp: Any) -> Iterator[None]:
    """Each test sees the window's own palette and style sheet, as on a bare screen."""
    from PySide6.QtCore import QLocale

    from ui import theme

    QLocale.setDefault(QLocale("en_AU"))
    qapp.setApplicationName("ClinicBridge")
    if not qapp.styleSheet():
        theme.apply(qapp)
    yield
