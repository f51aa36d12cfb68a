"""A terminal, and a sandbox for it to talk to."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.assembly import Sandbox, start_sandbox
from app.logs import stop_logging
from tests.app.cli.terminal import Terminal, terminal_in


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Terminal]:
    """Without keys: nothing is set up."""
    level = logging.getLogger().level
    yield terminal_in(tmp_path, capsys, {})
    stop_logging()
    logging.getLogger().setLevel(level)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Both services simulated, with a clinic of ten."""
    with start_sandbox(patients=10) as running:
        yield running


@pytest.fixture
def connected(terminal: Terminal, sandbox: Sandbox) -> Terminal:
    """A terminal whose environment leads to the sandbox."""
    terminal.environ.update(sandbox.environ())
    return terminal
