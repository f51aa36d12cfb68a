"""The words that import a file of patients or of appointments."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from app.cli.syncing import failed_sync, first_signal
from app.cli.words import Desk, Parser, Word
from app.domain.imported import FileKind, RowResult
from app.errors import BadInput, ClinicBridgeError
from app.events import Progress
from app.service.imports import Imported
from app.wording import report_lines

LINES: Final = 20
"""Rows that are told as text; the report file has them all."""
TOLD_EVERY: Final = 1_000


def _import(kind: FileKind) -> Callable[[Desk], int]:
    def act(desk: Desk) -> int:
        arguments, program = desk.arguments, desk.program
        wishes = _mapping(arguments.mapping)
        program.live.listen(_teller(desk))
        with first_signal(program.stop.set):
            done = program.imports.run(Path(arguments.file), kind, wishes, arguments.dry_run)
        desk.output.answer(done.as_json(), _lines(done))
        return done.report.exit_code

    return act


def _mapping(typed: str | None) -> dict[str, Any]:
    """The mapping as typed. Raises BadInput where it is no JSON object."""
    if not typed:
        return {}
    try:
        found = json.loads(typed)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BadInput(
            "the mapping is no JSON object",
            sentence="--mapping takes a JSON object.",
            next_step='For example: {"Client No": "id", "date_order": "day_first"}.',
        )
    return found


def _teller(desk: Desk) -> Callable[[object], None]:
    told = [0]

    def tell(event: object) -> None:
        if isinstance(event, Progress) and not desk.output.is_json and event.done - told[0] >= TOLD_EVERY:
            told[0] = event.done
            of = f" of {event.total}" if event.total else ""
            desk.output.remark(f"{event.done}{of} rows")

    return tell


def _lines(done: Imported) -> list[str]:
    rows = done.rows
    verb = "would be" if done.report.dry_run else "were"
    numbers = ", ".join(
        f"{rows[name]} {name}" for name in ("done", "unchanged", "held", "refused", "waiting") if rows[name]
    )
    lines = [f"{rows['total']} rows in {done.encoding}; {numbers or 'none'} {verb} worked."]
    if done.went_on_after:
        lines.append(f"Went on after row {done.went_on_after}, where the last import of this file stood.")
    if done.is_cancelled:
        lines.append("Stopped as asked. Import the file again to go on.")
    lines += [_row_line(line) for line in done.table[:LINES]]
    if len(done.table) > LINES:
        lines.append("  …")
    if done.columns.unused:
        lines.append(f"Columns not used: {', '.join(done.columns.unused)}.")
    return [*lines, f"Report: {done.report_path}", *report_lines(done.report)]


def _row_line(line: RowResult) -> str:
    what = line.what or line.outcome
    return f"  row {line.number}: {what}{f' – {line.reason}' if line.reason else ''}"


def failed_import(error: ClinicBridgeError, arguments: argparse.Namespace) -> dict[str, Any]:
    """The object of `import --json` for an import that failed, or never began."""
    rows = dict.fromkeys(("total", "done", "unchanged", "held", "refused", "waiting"), 0)
    return failed_sync(error, arguments) | {"rows": rows, "table": [], "report": None}


def _options(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="a CSV file as exported from Cliniko")
    parser.add_argument(
        "--mapping",
        metavar="JSON",
        help='heading to field, and if need be {"date_order": "day_first", "time_zone": "Australia/Melbourne"}',
    )
    parser.add_argument("--dry-run", action="store_true", help="say what each row would do, and do nothing")


WORDS: Final = (
    Word(
        "import patients", "patients from a CSV file of Cliniko", _import("patients"), _options, failed_import
    ),
    Word(
        "import appointments",
        "past appointments from a CSV file of Cliniko",
        _import("appointments"),
        _options,
        failed_import,
    ),
)
