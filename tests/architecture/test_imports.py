"""Who may import whom, and which library stands behind which door: the table, and a look at every file."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Room -> rooms of app/ it may use besides itself. A room is a folder or a file directly under app/.
LEAVES = {"domain", "errors"}
ENGINE = LEAVES | {
    "events",
    "clock",
    "settings",
    "streams",
    "matching",
    "review",
    "imports",
    "schema",
    "sync",
}
MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "display": set(),
    "memory": set(),
    "errors": {"domain"},
    "events": {"domain"},
    "clock": {"domain"},
    "paths": {"domain"},
    "settings": {"domain", "errors", "paths"},
    "logs": {"domain", "errors", "paths"},
    "instance_lock": {"domain", "errors", "paths"},
    "lease": {"domain", "errors", "clock", "instance_lock"},
    "this_pc": {"domain", "errors"},
    "state": {"domain", "errors", "events"},
    "wording": {"domain", "errors", "events"},
    "phrases": set(),
    "terms": set(),
    "keys": {"errors"},
    "streams": LEAVES,
    "matching": LEAVES,
    "review": LEAVES,
    "imports": LEAVES,
    "schema": LEAVES | {"streams"},
    "sync": LEAVES | {"events", "clock", "matching", "schema", "settings", "streams", "review"},
    "clients": {"errors", "clock"},
    "store": LEAVES,
    "scheduler": {"clock"},
    "worker": {"scheduler", "events", "errors", "clock", "memory"},
    "service": ENGINE
    | {
        "display",
        "paths",
        "logs",
        "instance_lock",
        "lease",
        "this_pc",
        "state",
        "wording",
        "keys",
        "scheduler",
        "worker",
    },
    "sandbox": set(),
    "cli": LEAVES | {"assembly", "service", "events", "state", "settings", "wording"},
}
UI_MAY_IMPORT = LEAVES | {"service", "events", "state", "settings", "streams", "review"}
UI_MAY_IMPORT |= {"wording", "phrases", "terms"}
# Only these build a program, in one place for the window.
UI_MAY_ASSEMBLE = {"ui/application.py"}

# Library -> the files or folders in which it may be imported.
DOORS: dict[str, tuple[str, ...]] = {
    "requests": ("app/clients/transport.py",),
    "urllib3": ("app/clients/transport.py",),
    "peewee": ("app/store/",),
    "psycopg": ("app/store/postgres.py",),
    "playhouse": ("app/store/",),
    "keyring": ("app/keys.py",),
    "schedule": ("app/scheduler.py",),
    "phonenumbers": ("app/domain/normalise.py",),
    "cryptography": ("app/clients/releases.py",),
    "PySide6": ("ui/",),
}
# The one other import that may stand in a function: a heavy library at its door.
HEAVY = {"requests", "urllib3", "keyring", "peewee", "playhouse", "psycopg", "phonenumbers", "cryptography"}
LATE = {"store", "sync", "clients", "sandbox", "service"}
RUNTIME_LIBRARIES = set(DOORS) | {"platformdirs", "tzdata", "rapidfuzz", "charset_normalizer"}


class Import:
    """One import as written: the file, its line, the dotted module, and whether a function holds it."""

    def __init__(self, file: str, line: int, module: str, inside: bool) -> None:
        self.file, self.line, self.module, self.inside = file, line, module, inside

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.module}"

    @property
    def top(self) -> str:
        return self.module.split(".")[0]

    @property
    def room(self) -> str:
        """The room of app/ that is reached for; "" for the version in app itself."""
        return (self.module.split(".") + [""])[1]


def imports_of(file: Path) -> Iterator[Import]:
    """Every import in a file, `from app import x` told as app.x, relative ones made absolute."""
    name = file.relative_to(ROOT).as_posix()
    tree = ast.parse(file.read_text(encoding="utf-8"), filename=name)
    inside = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(name, node.lineno, alias.name, id(node) in inside)
        elif isinstance(node, ast.ImportFrom):
            package = list(file.relative_to(ROOT).parent.parts)
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            if module in ("app", "ui"):
                for alias in node.names:
                    is_module = (ROOT / module / alias.name).is_dir() or (
                        ROOT / module / f"{alias.name}.py"
                    ).is_file()
                    full = f"{module}.{alias.name}" if is_module else module
                    yield Import(name, node.lineno, full, id(node) in inside)
            else:
                yield Import(name, node.lineno, module, id(node) in inside)


def all_imports(*folders: str) -> list[Import]:
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    return [found for file in files for found in imports_of(file)]


def room_of(file: str) -> str:
    return file.split("/")[1].removesuffix(".py")


APP = all_imports("app")
UI = all_imports("ui")


def test_every_room_has_a_row() -> None:
    """A new folder or file under app/ is given its place in the table before it is used."""
    rooms = {room_of(file.relative_to(ROOT).as_posix()) for file in (ROOT / "app").rglob("*.py")}
    assert rooms - set(MAY_IMPORT) - {"__init__", "assembly"} == set()


def test_rooms_import_only_what_the_table_allows() -> None:
    """The core knows its neighbours by the table, and nothing of the window."""
    wrong = []
    for found in APP:
        if found.top == "ui":
            wrong.append(str(found))
        if found.top != "app" or not found.room:
            continue
        here = room_of(found.file)
        allowed = set(MAY_IMPORT) - {"cli"} if here == "assembly" else MAY_IMPORT.get(here, set()) | {here}
        # The clients fulfil the engine's protocols with its plain values; of the engine they know nothing else.
        if here == "clients" and found.module == "app.sync.ports":
            continue
        if found.room not in allowed:
            wrong.append(str(found))
    assert wrong == []


def test_the_window_asks_only_the_services() -> None:
    """Pages show and ask; they never reach past app/service into the engine, the store or the clients."""
    wrong = [
        str(found)
        for found in UI
        if found.top == "app"
        and found.room
        and found.room not in UI_MAY_IMPORT
        and not (
            found.file in UI_MAY_ASSEMBLE and found.room in ("assembly", "paths", "instance_lock", "memory")
        )
    ]
    assert wrong == []


def test_each_library_has_one_door() -> None:
    """requests, peewee, keyring, schedule and PySide6 are each imported in one place only."""
    wrong = [
        str(found) for found in APP + UI if found.top in DOORS and not found.file.startswith(DOORS[found.top])
    ]
    assert wrong == []


def test_nothing_else_is_imported() -> None:
    """Only the standard library, this project and the declared run-time libraries are used."""
    known = set(sys.stdlib_module_names) | {"app", "ui", "shiboken6"} | RUNTIME_LIBRARIES
    assert [str(found) for found in APP + UI if found.top not in known] == []


def test_no_import_hides_in_a_function() -> None:
    """Only a heavy library, or the store made of one, may be imported late; the rest stays visible."""
    wrong = [
        str(found)
        for found in APP + UI
        if found.inside
        and (found.top in ("app", "ui", *RUNTIME_LIBRARIES))
        and not (found.top in HEAVY and found.file.startswith(DOORS[found.top]))
        # Database, engine, network and simulators are what the window's first paint must not wait for: the one
        # place that puts a program together imports them when they are first needed.
        and not (found.file == "app/assembly.py" and found.room in LATE)
    ]
    assert wrong == []


@pytest.mark.parametrize("library", ["requests", "keyring"])
def test_slow_libraries_are_imported_late(library: str) -> None:
    """The first paint comes before requests and keyring are read: they are imported inside functions."""
    assert [str(found) for found in APP if found.top == library and not found.inside] == []


def test_packaging_never_becomes_a_package() -> None:
    """An __init__.py there would hide the PyPI package of the same name from pytest and others."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_no_drawer_for_odds_and_ends() -> None:
    """A file is named for its subject: no utils, helpers, common, base, manager, core, misc."""
    vague = {"utils", "util", "helpers", "helper", "common", "base", "manager", "core", "misc"}
    names = [file for folder in ("app", "ui", "tests") for file in (ROOT / folder).rglob("*.py")]
    assert [file.name for file in names if file.stem in vague] == []


def test_files_stay_readable() -> None:
    """No file of the product has more than 400 lines: then a second subject hides in it."""
    files = [file for folder in ("app", "ui") for file in (ROOT / folder).rglob("*.py")]
    lengths = {
        file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in files
    }
    assert {name: length for name, length in lengths.items() if length > 400} == {}
    assert len((ROOT / "main.py").read_text(encoding="utf-8").splitlines()) < 40
