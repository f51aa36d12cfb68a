"""Signing a release file, and building with the address where copies ask."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.clients.releases import signed_text
from app.domain.releases import read_release
from app.service.updates import packaged_source

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "sign_release.py"
PAGE = "https://clinicbridge.example.test/news"


def sign(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *words],
        capture_output=True,
        text=True,
        env={**os.environ, "CLINICBRIDGE_RELEASE_KEY": "", **variables},
        timeout=60,
        check=False,
    )


def test_a_key_an_address_and_a_signed_file(tmp_path: Path) -> None:
    """What the script signs is what a copy built with its public half takes; the key is this user's alone."""
    key, built, out = tmp_path / "release.key", tmp_path / "release.json", tmp_path / "clinicbridge.json"
    made = sign("new-key", str(key))
    public_key = made.stdout.strip()
    assert made.returncode == 0
    if sys.platform != "win32":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    address = "https://clinicbridge.example.test/clinicbridge.json"
    assert sign("build-with", address, public_key, "--file", str(built)).returncode == 0
    source = packaged_source(built)
    assert (source.address, source.public_key) == (address, public_key)
    for more in ({}, {"CLINICBRIDGE_RELEASE_KEY": key.read_text()}):
        named = [] if more else ["--key", str(key)]
        done = sign("sign", "1.2.0", PAGE, "--notes", "Größer.", "--out", str(out), *named, **more)
        assert done.returncode == 0, done.stderr
        release = read_release(signed_text(out.read_bytes(), public_key))
        assert (release.version, release.page, release.notes) == ("1.2.0", PAGE, "Größer.")
        out.unlink()


@pytest.mark.parametrize(
    "words",
    [
        ("sign", "1.2.0", PAGE),
        ("sign", "1.2.0", "http://clinicbridge.example.test", "--key", "KEY"),
        ("sign", "new", PAGE, "--key", "KEY"),
        ("sign", "1.2.0", PAGE, "--key", "NONE"),
        ("build-with", "http://clinicbridge.example.test/x.json", "A" * 43 + "=", "--file", "OUT"),
        ("build-with", "https://clinicbridge.example.test/x.json", "AAAA", "--file", "OUT"),
        ("new-key", "KEY"),
    ],
)
def test_what_no_copy_would_take_is_not_made(words: tuple[str, ...], tmp_path: Path) -> None:
    """Exit code 2 and plain words, no file; a key is never written over."""
    key = tmp_path / "release.key"
    key.write_text("A" * 43 + "=\n")
    places = {"KEY": str(key), "NONE": str(tmp_path / "none"), "OUT": str(tmp_path / "out.json")}
    done = sign(*(places.get(word, word) for word in words))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and done.stderr.strip()
    assert not (tmp_path / "out.json").exists()
    assert key.read_text() == "A" * 43 + "=\n"
