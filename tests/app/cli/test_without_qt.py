"""Every word runs where PySide6 is not even installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

SCRIPT = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6", "ui"):
            raise SystemExit(f"a word imports {name}")

sys.meta_path.insert(0, NoQt())
from app import cli

calls = [name.split() for name in cli.WORDS if name not in ("watch", "sandbox", "keys set", "demo")]
calls += [["settings", "get", "privacy.level"], ["settings", "set", "privacy.level", "minimal"]]
calls += [["why", "patient", "5"], ["sync", "--json"], ["--demo", "--help"]]
for words in calls:
    code = cli.main(words)
    print(" ".join(words), code)
    assert code != 70, words
"""


def test_no_word_needs_qt(tmp_path: Path) -> None:
    """The command line is for machines without a display: every word, in a process where Qt cannot be found."""
    environ = {
        "CLINICBRIDGE_DATA_DIR": str(tmp_path / "data"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PATH": "",
        "HOME": str(tmp_path),
        "SYSTEMROOT": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
