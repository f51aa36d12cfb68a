"""The set-up: which Python will do, what a stamp decides, and the words for everything that goes wrong."""

from __future__ import annotations

import ast
import dataclasses
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
Script = Callable[[str], ModuleType]


# --- which Python will do


@pytest.mark.parametrize("version", [(3, 6), (3, 10)])
def test_an_old_python_is_told_so(script: Script, version: tuple[int, int]) -> None:
    """Too old: the words name the version found, the one needed and what to do."""
    words = script("bootstrap").python_problem(version, True, "win32")
    assert f"this is Python {version[0]}.{version[1]}" in words
    assert "3.11 or newer" in words
    assert "python.org" in words


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 14)])
def test_a_supported_python_is_taken(script: Script, version: tuple[int, int]) -> None:
    """3.11 to 3.14 start without a word."""
    assert script("bootstrap").python_problem(version, True, "linux") == ""


def test_a_python_without_a_window_library_is_told_so(script: Script) -> None:
    """Newer than the pinned Qt knows, or 32-bit: the words come before an installer's riddle."""
    bootstrap = script("bootstrap")
    assert "3.11 to 3.14" in bootstrap.python_problem((3, 15), True, "linux")
    assert "64-bit" in bootstrap.python_problem((3, 12), False, "win32")


@pytest.mark.parametrize("file", ["main.py", "packaging/bootstrap.py"])
def test_an_old_python_can_read_the_first_files(file: str) -> None:
    """They parse on Python 3.4's grammar: no f-string, no annotation of a variable, nothing newer."""
    source = (ROOT / file).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match)
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, newer)] == []


def test_wrong_words_are_answered_with_the_usage(script: Script, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and the three words."""
    assert script("bootstrap").main(["dance"]) == 2
    usage = capsys.readouterr().err
    assert all(word in usage for word in ("run", "test", "lock"))


# --- the stamp


def a_checkout(folder: Path) -> Path:
    (folder / "packaging").mkdir(parents=True)
    (folder / "packaging" / "requirements.lock").write_text("a==1\n", encoding="utf-8")
    (folder / "packaging" / "requirements-dev.lock").write_text("a==1\nb==2\n", encoding="utf-8")
    return folder


def test_an_unchanged_environment_is_left_alone(script: Script, tmp_path: Path) -> None:
    """Same locks, same Python, same folder: nothing to do; the checks' tools never disturb a plain start."""
    own = script("own_environment")
    plain = own.wanted_stamp(a_checkout(tmp_path), False)
    full = own.wanted_stamp(tmp_path, True)
    assert own.what_to_do(plain, plain) == "nothing"
    assert own.what_to_do(full, plain) == "nothing"
    assert own.what_to_do(full, full) == "nothing"
    assert own.what_to_do(plain, full) == "add"


@pytest.mark.parametrize("part", ["runtime", "python", "folder"])
def test_any_difference_makes_it_anew(script: Script, tmp_path: Path, part: str) -> None:
    """Another lock, another Python or a moved folder: the environment is made anew."""
    own = script("own_environment")
    wanted = own.wanted_stamp(a_checkout(tmp_path), False)
    assert own.what_to_do(dataclasses.replace(wanted, **{part: "other"}), wanted) == "rebuild"
    assert own.what_to_do(None, wanted) == "rebuild"


def test_the_stamp_ignores_line_ends(script: Script, tmp_path: Path) -> None:
    """A checkout with Windows line ends asks for the same libraries."""
    own = script("own_environment")
    before = own.wanted_stamp(a_checkout(tmp_path), True)
    for lock in (tmp_path / "packaging").glob("*.lock"):
        lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert own.wanted_stamp(tmp_path, True) == before


@pytest.mark.parametrize("content", ["", "{", '{"runtime": 1}', "[]"])
def test_a_damaged_stamp_is_none(script: Script, tmp_path: Path, content: str) -> None:
    """A stamp cut short by a crash counts as no stamp."""
    own = script("own_environment")
    (tmp_path / own.STAMP).write_text(content, encoding="utf-8")
    assert own.read_stamp(tmp_path) is None


def test_a_folder_made_by_something_else_is_never_touched(script: Script, tmp_path: Path) -> None:
    """A .venv that we did not begin is refused in words, and kept."""
    own = script("own_environment")
    a_checkout(tmp_path)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "precious").write_text("keep", encoding="utf-8")
    with pytest.raises(own.SetUpFailed, match="Rename or remove it"):
        own.make_ready(tmp_path, with_checks=False)
    assert (tmp_path / ".venv" / "precious").exists()


def test_an_interrupted_set_up_is_ours_again(script: Script, tmp_path: Path) -> None:
    """An empty folder, or one with our lock in it, is carried on with."""
    own = script("own_environment")
    assert own.ours(tmp_path)
    (tmp_path / own.LOCK).touch()
    (tmp_path / "lib").mkdir()
    assert own.ours(tmp_path)
    own._clear(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == [own.LOCK]


# --- the words for what goes wrong


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (
            "<urllib3 ...>: Failed to resolve 'index' ([Errno -3] Temporary failure in name resolution)",
            "reach",
        ),
        ("error sending request for url: dns error: failed to lookup address information", "reach"),
        ("Max retries exceeded with url\nERROR: No matching distribution found for certifi==1", "reach"),
        ("Cannot connect to proxy. Connection refused", "reach"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))\nmax retries", "trusted"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "tested with"),
        ("OSError: [Errno 28] No space left on device", "disk space"),
        ("ERROR: No matching distribution found for pyside6-essentials==6.11.3", "not made for this system"),
    ],
)
def test_a_failed_install_is_said_in_plain_words(script: Script, output: str, expected: str) -> None:
    """No network, no trust, no room, a changed file, an unsupported system: each has its own sentence."""
    words = script("install_words").explain(output)
    assert expected in words
    assert "Traceback" not in words
    assert output not in words


def test_an_unknown_failure_shows_its_last_lines(script: Script, tmp_path: Path) -> None:
    """What has no name yet is shown, short, with the place of the whole log."""
    said = "\n".join(f"line {number}" for number in range(100))
    words = script("install_words").explain(said, tmp_path / "log")
    assert "line 99" in words
    assert "line 10\n" not in words
    assert str(tmp_path / "log") in words


def test_a_python_without_pip_is_told_the_one_line(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's bare Python: python3-venv stands in the same line as the missing system libraries."""
    own = script("own_environment")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(own.display, "package_tool", lambda: "apt-get")
    monkeypatch.setattr(own.display, "missing_libraries", lambda wanted: tuple(wanted)[:1])
    line = next(line for line in own.no_installer().splitlines() if "apt-get" in line)
    assert line.strip().removeprefix("sudo ") == (
        "apt-get install -y --no-install-recommends python3-venv libgl1 libxcb-cursor0"
    )


# --- what is installed


def names_in(lock: Path) -> dict[str, str]:
    entries = [line for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line]
    return {entry.split("==")[0]: entry.split("==")[1].split(" ")[0] for entry in entries}


def test_the_locks_agree() -> None:
    """The checks run on exactly the libraries that the program runs on, and the build too."""
    runtime = names_in(ROOT / "packaging" / "requirements.lock")
    for other in ("requirements-dev.lock", "requirements-build.lock"):
        assert runtime.items() <= names_in(ROOT / "packaging" / other).items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    """Each dependency named in pyproject.toml is locked."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = names_in(ROOT / "packaging" / "requirements.lock")
    named = {re.split(r"[\[><= ;]", entry)[0].lower() for entry in project["project"]["dependencies"]}
    assert named <= set(runtime)
    tools = {re.split(r"[\[><= ;]", entry)[0].lower() for entry in project["dependency-groups"]["dev"]}
    assert tools <= set(names_in(ROOT / "packaging" / "requirements-dev.lock"))


# --- for real


@pytest.mark.slow
@pytest.mark.skipif(
    not os.environ.get("CLINICBRIDGE_TEST_SET_UP"), reason="fetches 100 MB; set CLINICBRIDGE_TEST_SET_UP=1"
)
def test_from_nothing_in_a_folder_with_spaces_and_umlauts(tmp_path: Path) -> None:
    """A fresh copy sets itself up, starts at once the second time, and again after it was moved."""
    home = tmp_path / "Praxis Müller & Söhne"
    for name in ("app", "ui", "packaging", "resources"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("main.py", "pyproject.toml"):
        shutil.copy(ROOT / name, home / name)
    base = getattr(sys, "_base_executable", sys.executable)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DISPLAY")}

    def start(folder: Path) -> subprocess.CompletedProcess[str]:
        command = [base, str(folder / "main.py"), "schema", "list", "--json"]
        return subprocess.run(
            command, capture_output=True, env=environment, timeout=600, encoding="utf-8", check=False
        )

    first = start(home)
    assert first.returncode == 0, first.stderr
    assert first.stdout.lstrip().startswith("[")
    assert "Setting up" in first.stderr
    assert "Setting up" not in start(home).stderr
    moved = tmp_path / "moved"
    home.rename(moved)
    assert "Setting up" in start(moved).stderr
