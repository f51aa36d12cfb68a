"""The project needs nothing outside its own folder and does not speak of how it was made."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {".py", ".md", ".toml", ".lock", ".spec", ".json", ".qss", ".svg", ".html", ".txt", ".csv", ".ts", ""}
TOP_LEVEL = {
    "main.py",
    "app",
    "ui",
    "resources",
    "tests",
    "packaging",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "ARCHITECTURE.md",
}
# Each word is broken up, so that this file does not hold what it looks for.
OUTSIDE = re.compile(r"\.\./" + "shared" + r"|(?<![\w.])/" + "work/" + r"|/tmp/" + "venv")
MAKING = re.compile(
    r"\bC"
    + r"EO\b|language "
    + r"model|\bA"
    + r"I assistant\b|\bLL"
    + r"M\b|\bchat"
    + r"gpt\b|\bcla"
    + r"ude\b",
    re.IGNORECASE,
)
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b|NotImplemented" + r"Error")


def tracked_files() -> list[Path]:
    """The files that belong to the project: git's list, or all but caches where there is no git."""
    try:
        done = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        made = {"__pycache__", "build", "dist"}
        return [
            file
            for file in ROOT.rglob("*")
            if file.is_file()
            and not made & set(file.parts)
            and not any(part.startswith(".") for part in file.relative_to(ROOT).parts[:-1])
        ]
    names = done.stdout.decode("utf-8").split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


FILES = tracked_files()


@pytest.mark.parametrize("pattern", [OUTSIDE, MAKING], ids=["paths", "words"])
def test_nothing_points_outside(pattern: re.Pattern[str]) -> None:
    """A fresh clone in any folder is whole, and its words are about the product."""
    found = []
    for file in FILES:
        if file.suffix not in TEXT:
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_nothing_is_left_unfinished() -> None:
    """The product holds no placeholder."""
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in FILES
        if file.suffix == ".py" and file.relative_to(ROOT).parts[0] in ("app", "ui", "main.py", "packaging")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_the_top_level_is_as_agreed() -> None:
    """A visitor finds the same few names at the top of the project, and dot files."""
    names = {file.relative_to(ROOT).parts[0] for file in FILES}
    assert {name for name in names if not name.startswith(".")} - TOP_LEVEL == set()


def test_locks_hold_hashes_and_no_addresses() -> None:
    """The locks serve every index and mirror: no registry address, a hash for each file."""
    for lock in (ROOT / "packaging").glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        entries = re.split(r"\n(?=\S)", text.strip())
        assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert not (ROOT / "uv.lock").exists() or "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8")
