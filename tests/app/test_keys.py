"""The two keys: whose word counts, what is kept where, and what happens with stores that are absent or stuck."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from app.errors import BadInput, KeyringUnusable
from app.keys import Keys, cleaned
from tests.app import secret_service


class MemoryStore(KeyringBackend):
    """A password store in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not there")
        del self.kept[service, username]


class BrokenStore(MemoryStore):
    """Fails as a locked one does, with text that must not get out."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringError("secret text")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"cannot store {password}")


class AskingStore(MemoryStore):
    """Asks a person who never answers."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.answered.wait(20)
        return super().get_password(service, username)


class ForgetfulStore(MemoryStore):
    """Takes everything and keeps nothing, as the null backend does."""

    def set_password(self, service: str, username: str, password: str) -> None:
        return


def test_kept_under_our_name() -> None:
    """Service ClinicBridge, users cliniko and hubspot."""
    store = MemoryStore()
    keys = Keys({}, backend=store)
    assert keys.get("cliniko") is None and keys.source("cliniko") == ""
    keys.set("cliniko", "abc-au1")
    keys.set("hubspot", "pat-au1-x")
    assert store.kept == {("ClinicBridge", "cliniko"): "abc-au1", ("ClinicBridge", "hubspot"): "pat-au1-x"}
    assert (keys.get("cliniko"), keys.source("cliniko")) == ("abc-au1", "keyring")
    keys.forget("cliniko")
    keys.forget()
    keys.forget()
    assert store.kept == {}


def test_the_environment_wins() -> None:
    """Unattended use: the environment before session and store, and no store is needed for it."""
    environment = {"CLINIKO_API_KEY": " abc-au1\n", "HUBSPOT_ACCESS_TOKEN": "  "}
    keys = Keys(environment, backend=BrokenStore())
    keys.keep_for_session("cliniko", "other")
    assert (keys.get("cliniko"), keys.source("cliniko")) == ("abc-au1", "environment")
    with pytest.raises(KeyringUnusable):
        keys.get("hubspot")


def test_for_this_session_only() -> None:
    """Without a store keys may be held in memory for one run; nothing is written."""
    store = BrokenStore()
    keys = Keys({}, backend=store)
    keys.keep_for_session("hubspot", "pat-au1-x")
    assert (keys.get("hubspot"), keys.source("hubspot")) == ("pat-au1-x", "session")
    assert store.kept == {}
    with pytest.raises(KeyringUnusable):
        keys.forget("hubspot")
    with pytest.raises(KeyringUnusable):
        keys.get("hubspot")


@pytest.mark.parametrize(
    ("pasted", "key"),
    [
        ("  abc-au1\r\n", "abc-au1"),
        ("abc\n-au1", "abc-au1"),
        ("\ufeffabc\u200b-\u00a0au1", "abc-au1"),
        ("\x00 ", ""),
    ],
)
def test_pasted_keys_are_cleaned(pasted: str, key: str) -> None:
    """Blanks, line breaks and invisible characters that come along when copying are dropped."""
    assert cleaned(pasted) == key


@pytest.mark.parametrize("value", ["", " \n", "schlüssel", "x" * 3000])
def test_what_cannot_be_a_key(value: str) -> None:
    """Exit 2: refused in words, without repeating it."""
    keys = Keys({}, backend=MemoryStore())
    for act in (keys.set, keys.keep_for_session):
        with pytest.raises(BadInput) as refusal:
            act("cliniko", value)
        assert not value.strip() or value not in str(refusal.value)
    with pytest.raises(BadInput):
        keys.get("other")


@pytest.mark.parametrize("store", [BrokenStore(), ForgetfulStore()])
def test_a_store_that_does_not_keep(store: MemoryStore) -> None:
    """Exit 3: a store that fails, or only pretends, is named; its own text and the key stay inside."""
    with pytest.raises(KeyringUnusable) as failure:
        Keys({}, backend=store).set("cliniko", "abc-au1")
    assert "abc-au1" not in str(failure.value) and "secret text" not in str(failure.value)
    assert "password store" in failure.value.sentence


def test_a_store_that_asks_for_ever() -> None:
    """R: nobody waits longer than the limit, and no second caller queues behind a stuck store."""
    store = AskingStore()
    keys = Keys({}, limit_s=0.2, backend=store)
    began = time.monotonic()
    for _ in range(3):
        with pytest.raises(KeyringUnusable):
            keys.get("cliniko")
    assert time.monotonic() - began < 8
    assert store.asked == 1
    store.kept["ClinicBridge", "cliniko"] = "abc-au1"
    store.answered.set()
    until = time.monotonic() + 5
    while keys._stuck is not None and keys._stuck.is_alive() and time.monotonic() < until:
        time.sleep(0.01)
    assert keys.get("cliniko") == "abc-au1", "once the person has answered it works again"


def test_keys_are_never_shown() -> None:
    """I6: neither repr nor str tells a key."""
    keys = Keys({"CLINIKO_API_KEY": "abc-au1"}, backend=MemoryStore())
    keys.keep_for_session("hubspot", "pat-au1-x")
    assert "abc" not in f"{keys} {keys!r}" and "pat" not in f"{keys} {keys!r}"


def test_plain_files_are_no_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys only in the operating system's store: one that writes plain files is used only when chosen by name."""

    class Plain(MemoryStore):
        pass

    Plain.__module__ = "keyrings.alt.file"
    store = Plain()
    monkeypatch.setattr("keyring.get_keyring", lambda: store)
    with pytest.raises(KeyringUnusable, match="plain"):
        Keys({}).set("cliniko", "abc-au1")
    Keys({"PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring"}).set("cliniko", "abc-au1")
    assert store.kept


def test_keyring_is_read_late() -> None:
    """Performance: importing the keys does not import keyring."""
    import subprocess

    code = "import sys, app.keys; app.keys.Keys({}); sys.exit('keyring' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=secret_service.ROOT, check=False).returncode == 0


needs_secret_service = pytest.mark.skipif(
    not secret_service.is_available(), reason="dbus or gnome-keyring is not installed"
)

ROUND = """
import os
from app.keys import Keys
keys = Keys({})
assert keys.get("cliniko") is None
keys.set("cliniko", "MS0x-au1")
keys.set("hubspot", "pat-au1-" + "x" * 200)
again = Keys({})
assert again.get("cliniko") == "MS0x-au1" and again.source("hubspot") == "keyring"
again.forget()
assert keys.get("cliniko") is None and keys.get("hubspot") is None
print("store:", keys.store_name())
"""

UNUSABLE = """
from app.errors import KeyringUnusable
from app.keys import Keys
keys = Keys({}, limit_s=5)
try:
    keys.set("cliniko", "MS0x-au1")
except KeyringUnusable as failure:
    assert "MS0x" not in str(failure)
    print("unusable:", failure)
keys.keep_for_session("cliniko", "MS0x-au1")
assert keys.get("cliniko") == "MS0x-au1"
"""


@needs_secret_service
def test_a_real_secret_service(tmp_path: Path) -> None:
    """Linux: set, get and forget with GNOME Keyring, across two instances."""
    ran = secret_service.run_inside(tmp_path, ROUND, "unlocked")
    assert ran.returncode == 0, ran.stderr
    assert "store: " in ran.stdout


@needs_secret_service
def test_a_locked_secret_service(tmp_path: Path) -> None:
    """Linux: a store nobody can unlock is named as unusable, and session keys still work."""
    ran = secret_service.run_inside(tmp_path, UNUSABLE, "locked")
    assert ran.returncode == 0, ran.stderr
    assert "unusable: " in ran.stdout


@needs_secret_service
def test_no_secret_service(tmp_path: Path) -> None:
    """Linux: without a session bus there is no store; said in words at once."""
    began = time.monotonic()
    ran = secret_service.run_inside(tmp_path, UNUSABLE, "absent")
    assert ran.returncode == 0, ran.stderr
    assert "unusable: there is no password store" in ran.stdout
    assert time.monotonic() - began < 20
