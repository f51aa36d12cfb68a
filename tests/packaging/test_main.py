"""main.py: words go to the command line, no words to the window, and nothing heavy is read on the way."""

from __future__ import annotations

import ast
import importlib.util
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Face(ModuleType):
    """A stand-in for app.cli or ui.application that keeps the words it was called with."""

    def __init__(self, name: str, code: int) -> None:
        super().__init__(name)
        self.code, self.calls = code, list[list[str]]()

    def main(self, argv: Sequence[str]) -> int:
        self.calls.append(list(argv))
        return self.code

    run = main


@pytest.fixture
def faces(monkeypatch: pytest.MonkeyPatch) -> tuple[Face, Face]:
    """The command line answers 11, the window 12."""
    import app

    cli, window = Face("app.cli", 11), Face("ui.application", 12)
    monkeypatch.setitem(sys.modules, "app.cli", cli)
    monkeypatch.setattr(app, "cli", cli, raising=False)
    package = ModuleType("ui")
    package.application = window  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ui", package)
    monkeypatch.setitem(sys.modules, "ui.application", window)
    return cli, window


@pytest.fixture
def program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("clinicbridge_main", ROOT / "main.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No screen at all; a test may set one."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    return monkeypatch


def test_words_go_to_the_command_line(program: ModuleType, faces: tuple[Face, Face]) -> None:
    """Every word but --demo, with its options, and the exit code comes back."""
    cli, window = faces
    assert program.main(["sync", "--json"]) == 11
    assert cli.calls == [["sync", "--json"]]
    assert window.calls == []


def test_no_words_open_the_window(
    program: ModuleType, faces: tuple[Face, Face], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window gets the words as they are: none, or --demo."""
    monkeypatch.setattr("app.display.window_problem", lambda needs_screen: None)
    assert program.main([]) == 12
    assert program.main(["--demo"]) == 12
    assert faces[1].calls == [[], ["--demo"]]


def test_the_demo_without_a_screen_is_text(
    program: ModuleType,
    faces: tuple[Face, Face],
    screen: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No display: the same demo on the command line; what is missing is said on standard error."""
    assert program.main(["--demo"]) == 11
    assert faces[0].calls == [["--demo"]]
    said = capsys.readouterr()
    assert "no screen" in said.err
    assert said.out == ""


def test_the_window_without_a_screen_says_so(
    program: ModuleType,
    faces: tuple[Face, Face],
    screen: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit code 3, not set up, and Qt is never reached."""
    assert program.main([]) == 3
    assert "no screen" in capsys.readouterr().err
    assert faces[1].calls == []


def test_it_knows_every_library_that_the_project_asks_for(program: ModuleType) -> None:
    """A library missing from this list would be found missing in the middle of a sync."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # What is not there on every system is not needed to start, and is missed in plain words.
    everywhere = [entry for entry in project["dependencies"] if ";" not in entry]
    named = {entry.split(">")[0].lower().replace("-", "_") for entry in everywhere}
    assert {name.lower() for name in program.NEEDED.split()} == {
        "pyside6" if name == "pyside6_essentials" else name for name in named
    }


def test_it_reads_nothing_heavy_itself() -> None:
    """At the top only the standard library: the first paint and every word wait for nothing else."""
    tree = ast.parse((ROOT / "main.py").read_text(encoding="utf-8"))
    names = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)
