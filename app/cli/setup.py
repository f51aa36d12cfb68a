"""The words that set things up: settings, keys, and what the program owns in HubSpot."""

from __future__ import annotations

import getpass
import json
import sys
from typing import Any, Final

from app.cli.output import check_lines
from app.cli.words import Desk, Parser, Word
from app.errors import BadInput
from app.service.property_list import property_csv
from app.service.setup import NAME, SERVICES, Service, exit_code_of
from app.service.shared import KEY as DATABASE_SETTING
from app.service.shared import SECRET as DATABASE
from app.settings import find, nearest

MOST_KEY_SIZE: Final = 10_000
SIGN: Final = {"harmless": "  ", "tolerable": "· ", "breaking": "!!"}


# settings


def list_settings(desk: Desk) -> int:
    """Every setting with its value."""
    rows = desk.program.setup.settings().list_json()
    width = max(len(row["key"]) for row in rows) + 2
    desk.output.answer(
        rows, [f"{row['key']:<{width}}{shown(row['value']):<16} {row['help']}" for row in rows]
    )
    return 0


def get_setting(desk: Desk) -> int:
    """One setting; as text the value alone."""
    key = find(desk.arguments.key).key
    row = next(row for row in desk.program.setup.settings(only=key).list_json() if row["key"] == key)
    desk.output.answer(row, [shown(row["value"])])
    return 0


def set_setting(desk: Desk) -> int:
    """Check and keep one setting. Works beside an open window, which takes it up at its next run."""
    key = desk.arguments.key
    value = desk.program.setup.set_setting(key, desk.arguments.value, desk.arguments.yes)
    lines = [f"{key} is now {shown(value) or 'empty'}."]
    if key == DATABASE_SETTING:
        lines.append(
            "It holds from the next start on; close ClinicBridge on this computer and open it again."
        )
    desk.output.answer({"key": key, "value": value}, lines)
    return 0


def shown(value: Any) -> str:
    """A setting's value as it may be typed in again."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# keys


def set_key(desk: Desk) -> int:
    """Keep a key in the system's password store. It is read from standard input, never from the words."""
    if desk.arguments.service == DATABASE:
        desk.program.shared.set_password(_secret("Database password"))
        desk.output.answer(
            {"service": DATABASE, "stored": True}, ["The password of the shared database is kept."]
        )
        return 0
    service = _service(desk.arguments.service)
    desk.program.setup.set_key(service, _secret(f"{NAME[service]} key"))
    desk.output.answer(
        {"service": service, "stored": True}, [f"The {NAME[service]} key is kept. Try it with: keys test"]
    )
    return 0


def forget_keys(desk: Desk) -> int:
    """Remove both keys from the password store; the local data stays."""
    desk.program.setup.forget_keys()
    desk.output.answer({"forgotten": list(SERVICES)}, ["Both keys are forgotten. The local data stays."])
    return 0


def test_keys(desk: Desk) -> int:
    """Whether both keys are accepted, and each right that is missing."""
    checks = desk.program.setup.test_keys()
    rows = [check.as_json() for check in checks]
    desk.output.answer(rows, check_lines(rows))
    return exit_code_of(checks)


def _service(typed: str) -> Service:
    for service in SERVICES:
        if typed == service:
            return service
    raise BadInput(
        "unknown service",
        sentence=f"There is no service {typed[:60]}.",
        next_step=nearest(typed, SERVICES) or f"It is one of: {', '.join(SERVICES)}.",
    )


def _secret(name: str) -> str:
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        return getpass.getpass(f"{name} (not shown): ")
    return sys.stdin.read(MOST_KEY_SIZE)


# what is owned in HubSpot


def check_schema(desk: Desk) -> int:
    """Every difference between HubSpot and what is expected there."""
    return _show_findings(desk, desk.program.setup.schema_check())


def repair_schema(desk: Desk) -> int:
    """Put back what is missing, and show what still differs."""
    return _show_findings(desk, desk.program.setup.schema_repair())


def list_schema(desk: Desk) -> int:
    """Every property the program owns. Needs neither keys nor data."""
    rows = desk.program.setup.owned_properties()
    if desk.arguments.csv:
        desk.output.raw(property_csv(rows))
        return 0
    lines = [
        f"{row['object']:<9} {row['name']:<40} {row['type']:<12} {row['level']:<9} "
        f"{'–' if row['filled'] is None else row['filled']:>7}  {row['label']}"
        for row in rows
    ]
    desk.output.answer(rows, lines)
    return 0


def _show_findings(desk: Desk, findings: list[dict[str, Any]]) -> int:
    lines = [
        f"{SIGN.get(row['level'], '  ')} {row['object']} {row['name']}: {row['message']}" for row in findings
    ]
    desk.output.answer(findings, lines or ["Everything in HubSpot is as expected."])
    return 1 if any(row["level"] == "breaking" for row in findings) else 0


def _set_options(parser: Parser) -> None:
    parser.add_argument("key", metavar="KEY")
    parser.add_argument("value", metavar="VALUE", help="lists and tables as JSON; – empties")
    parser.add_argument("--yes", action="store_true", help="confirm what would count revenue twice")


def _get_options(parser: Parser) -> None:
    parser.add_argument("key", metavar="KEY")


def _key_options(parser: Parser) -> None:
    parser.add_argument("service", metavar="cliniko|hubspot|database")


def _list_options(parser: Parser) -> None:
    parser.add_argument("--csv", action="store_true", help="print a CSV for a spreadsheet")


WORDS: Final = (
    Word("settings list", "every setting with its value", list_settings),
    Word("settings get", "one setting", get_setting, _get_options),
    Word("settings set", "change one setting", set_setting, _set_options),
    Word("keys set", "keep a key, read from standard input", set_key, _key_options),
    Word("keys forget", "remove both keys from this computer", forget_keys),
    Word("keys test", "try both keys and name every missing right", test_keys),
    Word("schema check", "compare HubSpot with what is expected", check_schema),
    Word("schema repair", "put back what is missing in HubSpot", repair_schema),
    Word("schema list", "every property owned in HubSpot", list_schema, _list_options),
)
