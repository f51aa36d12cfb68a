"""The words about the program's own well-being: status, history, doctor, diagnostics and the sandbox."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

from app.assembly import start_sandbox
from app.cli.output import check_lines
from app.cli.syncing import first_signal
from app.cli.words import Desk, Parser, Word
from app.service.activity import execution_json
from app.wording import STREAM_WORDS, counter_words


def status(desk: Desk) -> int:
    """The state of the last run."""
    found = desk.program.care.status()
    lines = [found["message"]]
    if found["last_run"]:
        lines.extend(_run_lines(found["last_run"]))
    if found["problem"]:
        lines.append(found["problem"])
    if found["questions"]["open"]:
        lines.append(
            f"Questions: {found['questions']['open']}, of which {found['questions']['blocking']} hold a record back."
        )
    desk.output.answer(found, lines)
    needs_person = found["questions"]["blocking"] or found["state"] in ("attention", "failed", "keys_refused")
    return 1 if needs_person else 0


def history(desk: Desk) -> int:
    """Past executions, newest first."""
    most = desk.arguments.limit or None
    runs = islice(desk.program.activity.every_execution(), most)
    rows = [execution_json(row) for row in runs]
    desk.output.answer(rows, [line for row in rows for line in _run_lines(row)] or ["No runs yet."])
    return 0


def doctor(desk: Desk) -> int:
    """Checks of keyring, display, database, settings, clock and reachability."""
    checks = desk.program.care.doctor()
    rows = [check.as_json() for check in checks]
    desk.output.answer(rows, check_lines(rows))
    return 0 if all(check.ok for check in checks) else 1


def diagnostics(desk: Desk) -> int:
    """Write the bundle for support."""
    file = Path(desk.arguments.file)
    parts = desk.program.care.write_diagnostics(file)
    desk.output.answer(
        {"file": str(file), "parts": parts}, [f"Written: {', '.join(parts)}. No keys, names or addresses."]
    )
    return 0


def sandbox(desk: Desk) -> int:
    """Serve both simulators until interrupted."""
    arguments = desk.arguments
    ended = threading.Event()
    with (
        first_signal(ended.set),
        start_sandbox(
            cliniko_port=arguments.cliniko_port,
            hubspot_port=arguments.hubspot_port,
            seed=arguments.seed,
            patients=arguments.patients,
            contacts=arguments.contacts,
        ) as running,
    ):
        found = running.environ()
        desk.output.answer(
            found, [*(f"{name}={value}" for name, value in found.items()), "Ctrl-C ends both services."]
        )
        while not ended.wait(0.5):
            pass
    return 0


def _run_lines(row: Mapping[str, Any]) -> list[str]:
    kind = "rehearsal" if row["dry_run"] else "run"
    head = f"{kind} {row['run_id']}  {row['started_at']}  {row['status']}"
    lines = [head]
    for stream, numbers in row["streams"].items():
        counted = counter_words(numbers)
        if counted:
            lines.append(f"    {STREAM_WORDS.get(stream, stream)}: {', '.join(map(str, counted))}")
    return lines


def _history_options(parser: Parser) -> None:
    parser.add_argument("--limit", type=int, default=1000, metavar="N", help="at most so many; 0 for all")


def _diagnostics_options(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE.zip")


def _sandbox_options(parser: Parser) -> None:
    parser.add_argument("--cliniko-port", type=int, default=0, metavar="P", help="0: any free one")
    parser.add_argument("--hubspot-port", type=int, default=0, metavar="P", help="0: any free one")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed, the same clinic")
    parser.add_argument("--patients", type=int, default=200, metavar="N", help="how large a clinic")
    parser.add_argument(
        "--contacts",
        type=int,
        default=60,
        metavar="N",
        help="contacts the HubSpot account has; 0: an empty one",
    )


WORDS: Final = (
    Word("status", "the state of the last run", status),
    Word("history", "past runs and what each did", history, _history_options),
    Word("doctor", "check this computer and both services", doctor),
    Word("diagnostics", "a bundle for support, without personal data", diagnostics, _diagnostics_options),
    Word("sandbox", "serve both services simulated, until interrupted", sandbox, _sandbox_options),
)
