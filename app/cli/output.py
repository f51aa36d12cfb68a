"""What a word prints: the same facts as text or as JSON; with JSON, standard output carries nothing else."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from app.errors import ClinicBridgeError
from app.wording import error_words


class Output:
    """Where a word writes. Answers go to `stdout`, remarks on the way and errors to `stderr`."""

    def __init__(self, is_json: bool, stdout: TextIO | None = None, stderr: TextIO | None = None) -> None:
        self.is_json = is_json
        self._stdout = stdout if stdout is not None else sys.stdout
        self._stderr = stderr if stderr is not None else sys.stderr
        self._has_answered = False

    def answer(self, data: Any, lines: Iterable[str]) -> None:
        """The answer of the word: `data` where JSON was asked for, else the lines. JSON is printed once only."""
        if not self.is_json:
            for line in lines:
                self._write(self._stdout, line)
            return
        if not self._has_answered:
            self._has_answered = True
            # Plain ASCII arrives whole through any console and pipe.
            self._write(self._stdout, json.dumps(data, ensure_ascii=True, indent=2))

    def raw(self, text: str) -> None:
        """An answer in a form of its own, such as a CSV, instead of text or JSON."""
        self._has_answered = True
        self._write(self._stdout, text.rstrip("\r\n"))

    def line(self, text: str) -> None:
        """A line of an answer that comes bit by bit; only as text."""
        if not self.is_json:
            self._write(self._stdout, text)

    def remark(self, text: str) -> None:
        """Something on the way: to a person at a terminal, never among the answer."""
        self._write(self._stderr, text)

    def error(self, error: ClinicBridgeError, data: Any) -> None:
        """What went wrong, in plain words; `data` is the JSON of it."""
        self.remark(error_words(error))
        self.answer(data, ())

    def _write(self, stream: TextIO, text: str) -> None:
        encoding = getattr(stream, "encoding", None) or "utf-8"
        shown = text.encode(encoding, "replace").decode(encoding, "replace")
        try:
            print(shown, file=stream, flush=True)
        except BrokenPipeError:
            # Whoever read us has heard enough; nothing more can be said, at the end of the program either.
            devnull = os.open(os.devnull, os.O_WRONLY)
            os.dup2(devnull, stream.fileno())
            os.close(devnull)


def error_json(error: ClinicBridgeError) -> dict[str, Any]:
    """The JSON of a word that failed and has no form of its own for that."""
    return {
        "error": {"code": error.code, "message": error.sentence, "next_step": error.next_step},
        "exit_code": error.exit_code,
    }


def check_lines(checks: Iterable[dict[str, Any]]) -> list[str]:
    """Checks as text: a sign, what was looked at, and what was found."""
    return [f"{'ok ' if check['ok'] else '!! '} {check['check']}: {check['message']}" for check in checks]
