"""What each word of bootstrap.py does. Standard library only, and nothing of Qt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import own_environment
from own_environment import SetUpFailed

from app import display

ROOT = Path(__file__).resolve().parent.parent
NOT_SET_UP = 3
# Handed to what is started next, so that a set-up which cannot be completed ends in words, not in a loop.
ATTEMPT = "CLINICBRIDGE_SET_UP_ATTEMPT"

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", ("ruff", "format", "--check", "--output-format", "concise", ".")),
    ("lint", ("ruff", "check", "--output-format", "concise", ".")),
    ("types", ("mypy", "--strict", "app")),
    ("tests", ("pytest",)),
)
LOCKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("requirements.lock", ()),
    ("requirements-dev.lock", ("--group", "dev")),
    ("requirements-build.lock", ("--group", "build")),
)


def obey(word: str, rest: Sequence[str]) -> int:
    """Run one word; returns the exit code. A set-up that cannot be made is said on stderr."""
    try:
        if own_environment.is_inside(ROOT):
            return start_over(word, rest)
        if word == "run":
            return run(rest)
        if word == "test":
            return test(rest)
        return lock()
    except SetUpFailed as problem:
        print(problem, file=sys.stderr)
        return NOT_SET_UP
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def run(words: Sequence[str]) -> int:
    """Make the program's own environment ready and start main.py in it with these words."""
    python = own_environment.make_ready(ROOT, with_checks=False)
    return become([str(python), str(ROOT / "main.py"), *words])


def start_over(word: str, rest: Sequence[str]) -> int:
    """Begin again with the Python that environments are made from: none can replace itself on Windows.

    main.py asks for "run" inside the environment only if a library is missing there. Coming back with
    that wish means that the stamp was wrong: the environment is made anew, once.
    """
    attempt = int(os.environ.get(ATTEMPT, "0"))
    if attempt >= 2:
        raise SetUpFailed(f"Libraries are missing in {ROOT / '.venv'}. Delete that folder, then start again.")
    if attempt == 1:
        own_environment.spoil(ROOT)
    os.environ[ATTEMPT] = str(attempt + 1)
    return become([own_environment.base_python(), str(ROOT / "packaging" / "bootstrap.py"), word, *rest])


def become(command: Sequence[str]) -> int:
    """Go on as another program. Does not return on Unix; on Windows its exit code comes back."""
    sys.stdout.flush()
    sys.stderr.flush()
    # macOS hands the first interpreter's place down in this variable, which hides the environment's own.
    os.environ.pop("__PYVENV_LAUNCHER__", None)
    if os.name != "nt":
        os.execv(command[0], list(command))
    # On Windows exec returns to the shell at once, so a child runs and Ctrl-C is left to it.
    child = subprocess.Popen(command)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


def test(pytest_words: Sequence[str]) -> int:
    """Run every check, pytest last so that its closing line is the last line; 0 only if all passed."""
    problem = display.offscreen_problem()
    if problem is not None:
        # All that is missing stands in one line, so that nobody has to come back for a second.
        raise SetUpFailed(str(problem) if own_environment.can_install() else own_environment.no_installer())
    python = own_environment.make_ready(ROOT, with_checks=True)
    environment = dict(os.environ)
    if sys.platform.startswith("linux"):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    failed: list[str] = []
    for name, command in CHECKS:
        words = list(pytest_words) if name == "tests" else []
        if name == "tests" and failed:
            print(f"== {', '.join(failed)}: FAILED, see above; the tests run all the same", flush=True)
        print(f"== {name}", flush=True)
        if subprocess.call([str(python), "-m", *command, *words], cwd=ROOT, env=environment):
            failed.append(name)
    return 1 if failed else 0


def lock() -> int:
    """Resolve pyproject.toml into requirements with hashes and without addresses, for every system."""
    if not own_environment.uv_works():
        raise SetUpFailed("Writing the locks needs uv. Install it with: pip install uv")
    for name, group in LOCKS:
        command = ["uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"]
        command += ["--no-header", "--no-annotate", "--quiet", *group, "pyproject.toml"]
        code = subprocess.call([*command, "-o", f"packaging/{name}"], cwd=ROOT)
        if code:
            return code
        print(f"packaging/{name} is written.")
    if shutil.which("git"):
        return subprocess.call(["git", "diff", "--stat", "--", "packaging"], cwd=ROOT)
    return 0
