"""A terminal for tests: runs words in this process on a data folder and a password store of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from app import cli
from app.assembly import assemble
from app.clock import Clock, SystemClock
from app.keys import Keys
from app.paths import DataFolder
from app.service import Program


class PasswordStore(KeyringBackend):
    """A password store in memory; `is_locked` makes it refuse."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.secrets[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        del self.secrets[(service, username)]

    def _check(self) -> None:
        if self.is_locked:
            raise KeyringLocked("locked")


@dataclass
class Ran:
    """What a word printed and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Terminal:
    """Runs words. `change` may alter the program before it is used."""

    folder: DataFolder
    capture: pytest.CaptureFixture[str]
    environ: dict[str, str] = field(default_factory=dict)
    passwords: PasswordStore = field(default_factory=PasswordStore)
    change: Callable[[Program], Program] = lambda program: program
    clock: Clock = field(default_factory=SystemClock)

    def __call__(self, *words: str) -> Ran:
        self.capture.readouterr()
        code = cli.main(words, self.build)
        shown = self.capture.readouterr()
        return Ran(code, shown.out, shown.err)

    def build(self) -> Program:
        keys = Keys(self.environ, backend=self.passwords)
        return self.change(assemble(self.environ, folder=self.folder, keys=keys, clock=self.clock))

    def with_engine(self, engine: Any) -> None:
        """Let this engine run executions, whatever keys there are."""

        def change(program: Program) -> Program:
            syncing = program.syncing
            syncing._engine = lambda: engine
            return replace(program, syncing=syncing)

        self.change = change


def terminal_in(folder: Path, capture: pytest.CaptureFixture[str], environ: Mapping[str, str]) -> Terminal:
    """A terminal on a data folder inside `folder`."""
    return Terminal(DataFolder(folder / "data"), capture, dict(environ))
