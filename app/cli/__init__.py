"""The command line: one table of words; what each does stands in the files beside it.

The window is never imported here: every word runs without a display.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from app import __version__
from app.assembly import assemble, start_log
from app.cli import care, demo, imports, people, repair, setup, syncing
from app.cli.output import Output
from app.cli.words import PROGRAM, Desk, Word, find_word
from app.errors import Bug, ClinicBridgeError
from app.service import Program

WORDS: Final[Mapping[str, Word]] = {
    word.name: word
    for word in (
        *syncing.WORDS,
        *imports.WORDS,
        *people.WORDS,
        *repair.WORDS,
        *setup.WORDS,
        *care.WORDS,
        *demo.WORDS,
    )
}
INTERRUPTED: Final = 130

NOWHERE: Final = logging.NullHandler()
"""Without any handler Python would print warnings among what a word says."""

log = logging.getLogger(__name__)


def run() -> None:
    """Entry of the console script."""
    sys.exit(main())


def main(argv: Sequence[str] | None = None, build: Callable[[], Program] = assemble) -> int:
    """Run one word and return its exit code. `argv` is without the program's name, `build` makes the program.

    Exit codes: 0 done, 1 something needs a person, else that of the error (`app.errors`); 70 is our own bug.
    """
    typed = list(sys.argv[1:] if argv is None else argv)
    logging.getLogger().addHandler(NOWHERE)
    output = Output("--json" in typed)
    if typed[:1] in (["--help"], ["-h"], ["help"], []):
        output.answer({"words": {name: word.help for name, word in WORDS.items()}}, _overview())
        return 0 if typed else 2
    if typed == ["--version"]:
        output.line(f"ClinicBridge {__version__}")
        return 0
    if typed[:1] == ["--demo"]:
        typed[:1] = ["demo"]
    return _act(typed, output, build)


def _act(typed: list[str], output: Output, build: Callable[[], Program]) -> int:
    word, arguments, desk = None, argparse.Namespace(), None
    try:
        word, rest = find_word(WORDS, typed)
        arguments = word.parser().read(rest)
        desk = Desk(arguments, output, build)
        return word.act(desk)
    except ClinicBridgeError as error:
        log.info("%s: %s", error.code, error)
        failed = word or WORDS.get(next((text for text in typed if not text.startswith("-")), ""))
        output.error(error, (failed or WORDS["status"]).failed(error, arguments))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:
        return int(end.code or 0)  # argparse has shown its help
    except Exception:  # noqa: BLE001 - the last fence: a calm sentence here, the traceback in the log only
        start_log()
        log.exception("a bug ended %s", word.name if word else "the command line")
        bug = Bug()
        output.error(bug, (word or WORDS["status"]).failed(bug, arguments))
        return bug.exit_code
    finally:
        if desk is not None:
            desk.close()


def _overview() -> list[str]:
    width = max(map(len, WORDS)) + 2
    return [
        f"usage: {PROGRAM} WORD [options]      without a word: opens the window; --demo: a made-up clinic",
        "",
        *(f"  {name:<{width}}{word.help}" for name, word in WORDS.items()),
        "",
        f"{PROGRAM} WORD --help tells more about a word; every word takes --json.",
    ]
