"""The words that run executions: sync and watch."""

from __future__ import annotations

import argparse
import logging
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from typing import Any, Final

from app.cli.words import Desk, Parser, Word
from app.domain.ids import STREAM_ORDER
from app.domain.reports import Counters, Problem, Report, stamp
from app.errors import BadInput, ClinicBridgeError
from app.events import ExecutionFinished, Progress, Trouble
from app.settings import nearest
from app.wording import error_words, event_words, report_lines

GRACE_S: Final = 5.0

log = logging.getLogger(__name__)


def sync(desk: Desk) -> int:
    """One execution, or as many as have something to do (R2)."""
    arguments, program = desk.arguments, desk.program
    only = _streams(arguments.only)
    program.live.listen(_teller(desk))
    with first_signal(program.stop.set):
        report = program.syncing.run(only, arguments.dry_run, arguments.until_caught_up)
    if not arguments.dry_run:
        _back_up(desk)
    data = report.as_json()
    if arguments.until_caught_up:
        data["executions"] = report.executions
    desk.output.answer(data, report_lines(report))
    return report.exit_code


def _back_up(desk: Desk) -> None:
    """The daily copy of the local data; where it fails that is said, and the sync itself was no worse for it."""
    try:
        desk.program.care.back_up_if_due()
    except ClinicBridgeError as error:
        log.warning("no backup: %s", error)
        desk.output.remark(f"The daily copy of the local data could not be made. {error_words(error)}")


def watch(desk: Desk) -> int:
    """Executions and looks for requests until interrupted; the batch in flight is finished first."""
    program = desk.program
    program.syncing.check_ready()
    program.live.listen(_teller(desk))
    ended = threading.Event()
    desk.output.line("Watching both services. Ctrl-C ends after the batch in flight.")
    with first_signal(ended.set):
        program.syncing.start()
        # With a time limit, so that Ctrl-C is heard on Windows too.
        while not ended.wait(0.5):
            if program.syncing.worker.join(0.0):
                break
        if not program.syncing.stop(GRACE_S):
            desk.output.line("A call was still under way; the next start settles it.")
            program.end_now(0)
    desk.output.answer({"status": "stopped"}, ["Stopped."])
    return 0


@contextmanager
def first_signal(act: Callable[[], None]) -> Iterator[None]:
    """Let the first Ctrl-C or SIGTERM only call `act`; a second one ends the process at once.

    `act` is called on a thread of its own: a handler interrupts the main thread anywhere, also where it holds the
    very lock that an event needs to be set, and would then wait for itself for ever.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    heard: queue.SimpleQueue[bool] = queue.SimpleQueue()  # the one queue that a handler may put into

    def on_signal(number: int, frame: FrameType | None) -> None:
        if asked:
            os._exit(128 + number)
        asked.append(number)
        heard.put(True)

    def obey() -> None:
        if heard.get():
            act()

    obeying = threading.Thread(target=obey, name="signals", daemon=True)
    obeying.start()
    kinds = [signal.SIGINT, signal.SIGTERM, *([signal.SIGBREAK] if hasattr(signal, "SIGBREAK") else [])]
    before = {kind: signal.signal(kind, on_signal) for kind in kinds}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
        heard.put(False)
        obeying.join()


def failed_sync(error: ClinicBridgeError, arguments: argparse.Namespace) -> dict[str, Any]:
    """The whole object of `sync --json` for an execution that failed, or never began."""
    report = getattr(error, "report", None)
    if not isinstance(report, Report):
        now = datetime.now(UTC)
        problem = Problem(error.code, f"{error.sentence} {error.next_step}".strip())
        data: dict[str, Any] = {
            "run_id": None,
            "status": "failed",
            "dry_run": bool(getattr(arguments, "dry_run", False)),
            "started_at": stamp(now),
            "finished_at": stamp(now),
            "streams": {name: Counters().as_json() for name in STREAM_ORDER},
            "api_calls": {"cliniko": 0, "hubspot": 0},
            "problems": [problem.as_json()],
        }
        executions = 0
    else:
        data, executions = report.as_json() | {"status": "failed"}, report.executions
    if getattr(arguments, "until_caught_up", False):
        data["executions"] = executions
    return data


def _streams(named: list[str] | None) -> frozenset[str] | None:
    if not named:
        return None
    names = [name for entry in named for name in entry.split(",") if name]
    for name in names:
        if name not in STREAM_ORDER:
            raise BadInput(
                "unknown stream",
                sentence=f"There is no stream {name[:60]}.",
                next_step=nearest(name, STREAM_ORDER) or f"Streams are: {', '.join(STREAM_ORDER)}.",
            )
    return frozenset(names)


def _teller(desk: Desk) -> Callable[[object], None]:
    """Tells a person at the terminal what happens; for JSON nothing. What `sync` says at its end, be it the
    report or an error, is not said twice (I11)."""
    is_watch = desk.arguments.is_watch

    def tell(event: object) -> None:
        if desk.output.is_json or isinstance(event, Progress):
            return
        if isinstance(event, ExecutionFinished):
            for line in report_lines(event.report) if is_watch else ():
                desk.output.line(line)
        elif (words := event_words(event)) and (is_watch or not isinstance(event, Trouble)):
            desk.output.remark(str(words))

    return tell


def _sync_options(parser: Parser) -> None:
    parser.add_argument("--until-caught-up", action="store_true", help="go on until nothing waits")
    parser.add_argument("--dry-run", action="store_true", help="write to neither service")
    parser.add_argument("--only", nargs="+", action="extend", metavar="STREAM", help="only these streams")
    parser.set_defaults(is_watch=False)


def _watch_options(parser: Parser) -> None:
    parser.set_defaults(is_watch=True)


WORDS: Final = (
    Word("sync", "one execution, or until nothing waits", sync, _sync_options, failed_sync),
    Word("watch", "sync again and again until interrupted", watch, _watch_options),
)
