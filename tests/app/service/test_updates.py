"""Asking for a newer version: a real server, a real signature, a real database."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.clients.releases import MOST_BYTES, SIGNED_FOR, ask_release
from app.domain.releases import Release, ReleaseSource
from app.errors import AddressRefused, ReleaseRefused, ServiceUnavailable
from app.service.updates import Updates, packaged_source
from app.store.store import Store, open_store
from tests.app.clients.small_server import Say, SmallServer, small_server

NEW = Release("2.0.0", date(2026, 11, 20), "https://clinicbridge.example.test/news", "Faster.")
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))


class SetClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return 0.0

    def sleep(self, seconds: float, stop: object = None) -> bool:
        return False


def public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def signed(text: str, key: Ed25519PrivateKey = KEY, before: bytes = SIGNED_FOR) -> bytes:
    mark = base64.b64encode(key.sign(before + text.encode())).decode()
    return json.dumps({"signed": text, "signature": mark}).encode()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def store(tmp_path: Path, clock: SetClock) -> Iterator[Store]:
    made = open_store(f"sqlite:///{tmp_path / 'clinic.db'}", clock)
    yield made
    made.close()


@pytest.fixture
def server() -> Iterator[SmallServer]:
    with small_server([Say(body=signed(NEW.as_text()))]) as found:
        yield found


def updates_of(store: Store, clock: SetClock, address: str, version: str = "1.9.0") -> Updates:
    source = ReleaseSource(address, public(KEY))
    return Updates(
        lambda: store, lambda one: ask_release(one.address, one.public_key), lambda: source, clock, version
    )


@pytest.fixture
def updates(store: Store, clock: SetClock, server: SmallServer) -> Updates:
    return updates_of(store, clock, f"{server.base_url}/files/clinicbridge.json")


def test_a_newer_version_is_told(updates: Updates, server: SmallServer) -> None:
    """Tell: version, page and a sentence. Nothing but the one small file is fetched, and nothing is told of us."""
    assert updates.facts().newer is None
    assert updates.check_if_due().newer == NEW
    assert [asked.target for asked in server.asked] == ["/files/clinicbridge.json"]
    assert server.asked[0].headers["user-agent"] == "ClinicBridge"
    assert set(server.asked[0].headers) <= {"user-agent", "accept", "host", "connection", "accept-encoding"}


def test_it_is_asked_once_a_day_at_most(updates: Updates, server: SmallServer, clock: SetClock) -> None:
    """Once a day; by hand at any time; a clock that was set back a year does not silence it."""
    updates.check_if_due()
    clock.at += timedelta(hours=23)
    updates.check_if_due()
    assert len(server.asked) == 1
    clock.at += timedelta(hours=2)
    updates.check_if_due()
    updates.check_now()
    assert len(server.asked) == 3
    clock.at -= timedelta(days=365)
    updates.check_if_due()
    assert len(server.asked) == 4


def test_switched_off_nothing_is_asked(updates: Updates, store: Store, server: SmallServer) -> None:
    """The switch is for what happens by itself; the button still asks."""
    store.set_setting("pc.check_updates", False)
    assert updates.check_if_due().is_on is False
    assert server.asked == []
    assert updates.check_now().newer == NEW


@pytest.mark.parametrize("source", [ReleaseSource(), ReleaseSource("https://a.example.test/x.json", "")])
def test_without_an_address_nothing_is_ever_asked(
    store: Store, clock: SetClock, source: ReleaseSource
) -> None:
    """A source checkout has no address: neither by itself nor by hand."""

    def never(asked: ReleaseSource) -> str:
        raise AssertionError("asked")

    updates = Updates(lambda: store, never, lambda: source, clock)
    assert not updates.check_if_due().can_ask
    assert updates.check_now().asked_at is None


def test_the_notice_ends_with_the_new_version(
    updates: Updates, store: Store, clock: SetClock, server: SmallServer
) -> None:
    """After the update nothing is newer; put aside it stays so until a still later one."""
    updates.check_if_due()
    updates.hide("2.0.0")
    assert updates.facts().is_hidden
    assert updates_of(store, clock, "", "2.0.0").facts().newer is None
    later = Release("2.1.0", NEW.published, NEW.page)
    server.answers = [Say(body=signed(later.as_text()))]
    facts = updates.check_now()
    assert facts.newer == later and not facts.is_hidden


BAD = {
    "another key": Say(body=signed(NEW.as_text(), OTHER_KEY)),
    "signed for something else": Say(body=signed(NEW.as_text(), before=b"")),
    "changed after signing": Say(body=signed(NEW.as_text()).replace(b"2.0.0", b"9.0.0")),
    "not signed": Say(body={"version": "9.0.0", "page": NEW.page}),
    "signature of another kind": Say(body={"signed": NEW.as_text(), "signature": "ü"}),
    "lone surrogate": Say(body=b'{"signed": "\\ud800", "signature": "AAAA"}'),
    "no JSON": Say(body=b"<html>captive portal</html>"),
    "empty": Say(body=b""),
    "signed nonsense": Say(body=signed("[]")),
    "signed http page": Say(body=signed(NEW.as_text().replace("https://", "http://"))),
    "far too large": Say(body=b" " * (MOST_BYTES + 1)),
    "redirect": Say(302, headers={"Location": "/elsewhere"}),
    "gone": Say(404),
    "broken": Say(503),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_trusted_is_a_line_in_the_log(
    case: str, updates: Updates, server: SmallServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Silence in the window: no notice, no error; one line in the log; not asked again today. By hand it is said."""
    server.answers = [BAD[case]]
    with caplog.at_level(logging.INFO, "app.service.updates"):
        facts = updates.check_if_due()
    assert facts.newer is None and facts.asked_at is not None
    assert len([one for one in caplog.records if one.name == "app.service.updates"]) == 1
    assert len(server.asked) == 1
    with pytest.raises((ReleaseRefused, ServiceUnavailable)):
        updates.check_now()


def test_an_older_version_is_no_news(
    updates: Updates, server: SmallServer, caplog: pytest.LogCaptureFixture
) -> None:
    """An old file, rightly signed, played again does not speak of an update."""
    server.answers = [Say(body=signed(Release("1.8.0", NEW.published, NEW.page).as_text()))]
    with caplog.at_level(logging.INFO, "app.service.updates"):
        assert updates.check_if_due().newer is None
    assert "1.8.0" in caplog.text


@pytest.mark.parametrize(
    "address",
    [
        "http://clinicbridge.example.test/release.json",
        "https://who:what@clinicbridge.example.test/release.json",
        "https://clinicbridge.example.test/",
        "https://clinicbridge.example.test/release.json?x=1",
        "ftp://clinicbridge.example.test/release.json",
        "release.json",
    ],
)
def test_only_https_is_asked(address: str, store: Store, clock: SetClock) -> None:
    """Plain http is for this computer alone; such an address is refused before anything is sent."""
    updates = updates_of(store, clock, address)
    assert updates.check_if_due().newer is None
    with pytest.raises(AddressRefused):
        updates.check_now()


def test_nobody_there(store: Store, clock: SetClock) -> None:
    """Offline: nothing is said by itself."""
    with small_server([Say()]) as gone:
        address = f"{gone.base_url}/release.json"
    assert updates_of(store, clock, address).check_if_due().newer is None


def test_where_this_copy_asks(tmp_path: Path) -> None:
    """The checkout's own file is empty; a broken one counts as empty."""
    assert packaged_source() == ReleaseSource()
    file = tmp_path / "release.json"
    assert packaged_source(file) == ReleaseSource()
    for text in ("{", "[]", '{"address": "https://a.example.test/x"}'):
        file.write_text(text)
        assert packaged_source(file) == ReleaseSource()
    file.write_text('{"address": "https://a.example.test/x", "public_key": "abc"}')
    assert packaged_source(file).is_given
