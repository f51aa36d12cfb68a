"""What a word of the command line is, and how the words typed are read. Refuses what it does not know."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from app.cli.output import Output, error_json
from app.errors import BadInput, ClinicBridgeError
from app.service import Program
from app.settings import nearest

PROGRAM = "clinicbridge"


@dataclass
class Desk:
    """What a word works with: its arguments, where to write, and the program, built when first asked for."""

    arguments: argparse.Namespace
    output: Output
    build: Callable[[], Program]
    _built: Program | None = None

    @property
    def program(self) -> Program:
        """The program. Raises DatabaseUnusable, BadInput."""
        if self._built is None:
            self._built = self.build()
        return self._built

    def close(self) -> None:
        """Close what was opened."""
        if self._built is not None:
            self._built.close()


class Parser(argparse.ArgumentParser):
    """Options of one word. Errors are raised as BadInput instead of ending the process."""

    def __init__(self, word: str, help: str) -> None:
        super().__init__(prog=f"{PROGRAM} {word}", description=help, allow_abbrev=False)
        self.word = word

    def error(self, message: str) -> NoReturn:
        """Raise BadInput with what is wrong."""
        raise BadInput(f"words of {self.word}: {message}", sentence=f"{self.prog}: {message}.", next_step="")

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """The options typed. Raises BadInput naming the near miss of one it does not know."""
        found, unknown = self.parse_known_args(list(words))
        if unknown:
            options = [option for action in self._actions for option in action.option_strings]
            first = unknown[0].partition("=")[0]
            raise BadInput(
                f"unknown option of {self.word}",
                sentence=f"{self.prog} does not know {first[:60]}.",
                next_step=nearest(first, options) or f"See {self.prog} --help.",
            )
        return found


def no_options(parser: Parser) -> None:
    """A word with no options of its own."""


@dataclass(frozen=True)
class Word:
    """One word (or two, such as `settings set`): its options, what it does, and its JSON when it fails.

    `act` returns the exit code and raises ClinicBridgeError. Every word takes `--json`.
    """

    name: str
    help: str
    act: Callable[[Desk], int]
    options: Callable[[Parser], None] = no_options
    failed: Callable[[ClinicBridgeError, argparse.Namespace], Any] = field(
        default=lambda error, arguments: error_json(error)
    )

    def parser(self) -> Parser:
        """The parser of its options."""
        parser = Parser(self.name, self.help)
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
        self.options(parser)
        return parser


def find_word(words: Mapping[str, Word], typed: Sequence[str]) -> tuple[Word, list[str]]:
    """The word meant by what was typed, and the rest of it. Raises BadInput naming the near miss.

    The word is the first thing typed that is no option; a second one may belong to it.
    """
    places = [place for place, text in enumerate(typed) if not text.startswith("-")][:2]
    if not places:
        raise BadInput("no word", sentence="Say what to do.", next_step=f"See {PROGRAM} --help.")
    first = typed[places[0]]
    pair = f"{first} {typed[places[1]]}" if len(places) > 1 else ""
    if pair in words:
        return words[pair], [text for place, text in enumerate(typed) if place not in places]
    if first in words:
        return words[first], [text for place, text in enumerate(typed) if place != places[0]]
    seconds = [name.split()[1] for name in words if name.startswith(f"{first} ")]
    if seconds:
        second = typed[places[1]] if len(places) > 1 else ""
        near = nearest(second, seconds)
        raise BadInput(
            f"unknown word after {first}",
            sentence=f"{first} is followed by one of: {', '.join(seconds)}.",
            next_step=near or f"See {PROGRAM} --help.",
        )
    raise BadInput(
        "unknown word",
        sentence=f"There is no word {first[:60]}.",
        next_step=nearest(first, dict.fromkeys(name.split()[0] for name in words))
        or f"See {PROGRAM} --help.",
    )
