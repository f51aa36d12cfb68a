"""Try the built program as a person would: words, the demo, and the window where there is a screen.

Usage: python3 packaging/smoke_test.py [folder of the built program]
Standard library only; prints one line for each trial and ends with exit code 1 if any failed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOW_S = 5
LONGEST_S = 180


def main(words: list[str]) -> int:
    """Run every trial against the built program; 0 if all passed."""
    folder = Path(words[0]) if words else ROOT / "dist" / "ClinicBridge"
    program = folder / ("ClinicBridge-console.exe" if os.name == "nt" else "ClinicBridge")
    if not program.exists():
        print(f"{program} is not there: build it first, see packaging/clinicbridge.spec", file=sys.stderr)
        return 2
    trials: list[Callable[[Path, dict[str, str]], None]] = [
        says_its_words,
        lists_its_properties,
        plays_the_demo,
    ]
    if os.name == "nt" or sys.platform == "darwin" or os.environ.get("DISPLAY"):
        trials.append(opens_the_window)
    failed = 0
    for trial in trials:
        with tempfile.TemporaryDirectory() as data:
            environment = dict(os.environ, CLINICBRIDGE_DATA_DIR=data)
            started = time.monotonic()
            try:
                trial(program, environment)
                outcome = "passed"
            except (AssertionError, ValueError, subprocess.SubprocessError) as problem:
                outcome, failed = f"FAILED: {problem}", failed + 1
            print(f"{trial.__name__.replace('_', ' ')}: {outcome} ({time.monotonic() - started:.1f} s)")
    return 1 if failed else 0


def ask(program: Path, environment: dict[str, str], *words: str) -> str:
    """Standard output of one run; raises if the exit code is not 0."""
    command = [str(program), *words]
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        timeout=LONGEST_S,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{' '.join(words)} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def says_its_words(program: Path, environment: dict[str, str]) -> None:
    """The command line is in the bundle and lists its words."""
    assert "sync" in ask(program, environment, "--help")


def lists_its_properties(program: Path, environment: dict[str, str]) -> None:
    """The streams and their schema are in the bundle."""
    assert len(json.loads(ask(program, environment, "schema", "list", "--json"))) > 10


def plays_the_demo(program: Path, environment: dict[str, str]) -> None:
    """Sandbox, engine, database and HTTP work together when frozen; without a screen, as text."""
    environment = {key: value for key, value in environment.items() if "DISPLAY" not in key}
    if os.name == "nt" or sys.platform == "darwin":
        ask(program, environment, "settings", "list", "--json")
    else:
        assert len(ask(program, environment, "--demo").splitlines()) > 5


def opens_the_window(program: Path, environment: dict[str, str]) -> None:
    """The demo's window stays open and closes on request."""
    with subprocess.Popen([str(program), "--demo"], env=environment) as window:
        try:
            code = window.wait(WINDOW_S)
        except subprocess.TimeoutExpired:
            window.terminate()
            window.wait(LONGEST_S)
            return
        raise AssertionError(f"the window closed by itself with {code}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
