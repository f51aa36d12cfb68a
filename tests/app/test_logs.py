"""The log keeps keys and people out, rotates, and never stops the work (I6)."""

from __future__ import annotations

import base64
import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import logs
from app.logs import LogFiles, hide, log_files, redact, start_logging, stop_logging

CLINIKO_KEY = "MS0xMzkwNzEwODYzMTAyNDgwMDAxLW1hZGUtdXAtZm9yLXRlc3Rz-au1"
OLD_KEY = "MS0xMzkwNzEwODYzMTAyNDgwMDAxLW1hZGUtdXAtZm9yLXRlc3Rz"
HUBSPOT_KEY = "pat-eu1-1a2b3c4d-5e6f-4a5b-8c9d-0e1f2a3b4c5d"


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    logger = logging.getLogger()
    level = logger.level
    yield logger
    stop_logging()
    logger.setLevel(level)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"key {CLINIKO_KEY} refused", "key [key] refused"),
        (f"key {OLD_KEY} refused", "key [key] refused"),
        ("key made-up-key-uk12, refused", "key [key], refused"),
        (f"token {HUBSPOT_KEY}", "token [key]"),
        ("token pat-na1-xyz", "token [key]"),
        ("{'Authorization': 'Basic TVMwLTEyMzQ1Njc4OTA6'}", "{'Authorization': '[key]'}"),
        ("Authorization: Bearer abc.def-ghi", "Authorization: [key]"),
        ("Bearer%20abcdefgh", "[key]"),
        ("GET /x?api_key=hunter2&page=1", "GET /x?api_key=[key]&page=1"),
        ("access_token: 'hunter2'", "access_token: '[key]'"),
        ("postgresql://clinic:hunter2@db.example.test/clinic", "postgresql://[key]@db.example.test/clinic"),
        ("mail <mia.lee+x@clinic.example.test> bounced", "mail <[e-mail]> bounced"),
        ("q[]=email:=mia%40example.test&page=2", "q[]=email:=[e-mail]&page=2"),
        ("zoë.müller@bücher.example", "[e-mail]"),
        ("mobile +61 400 000 001.", "mobile [phone]."),
        ("mobile 0400 000 001 changed", "mobile [phone] changed"),
        ("mobile 0400000001 changed", "mobile [phone] changed"),
        ("(02) 9000 0000", "[phone]"),
        ("tel:+61400000001", "tel:[phone]"),
        ("call 555-010-0199 now", "call [phone] now"),
        ("(555) 010-0199", "[phone]"),
        ("phone '00 61 400 000 001'", "phone '[phone]'"),
    ],
)
def test_what_is_struck_out(text: str, kept: str) -> None:
    """Keys in every form they travel in, addresses, and numbers written as phones are."""
    assert redact(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "patient 1390710863102480001 linked to 51234567890",
        "invoice 1390710863102480001-1390710863102480002 left out",
        "deal p1390710863102480001-20261122T010000Z-1390710863102480003",
        "contacts 5011, 5012, 5013: 3 of 120 done in 12.345678 s",
        "2026-11-22 14:15:04,123 INFO run 12 finished",
        "read since 2026-11-22T01:00:00.123456Z, next 2026-11-22",
        "between 2026-11-22T01:00:00+11:00 and 20261122T0100",
        "0.123456789 s, 127.0.0.1:8801, version 6.11.3, 00:00:04",
        "http://127.0.0.1:8801/v1/patients?page=1&per_page=100",
        "the basic set, and the bearer of it",
        "cliniko_patient_key, utf-8, py3-none-any, step-2",
        "uuid 1a2b3c4d-5e6f-4a5b-8c9d-0e1f2a3b4c5d",
        "1,500 of 20,000",
        "",
    ],
)
def test_what_stays(text: str) -> None:
    """Ids, counts, times and plain words stay readable."""
    assert redact(text) == text


@given(st.text())
def test_any_text_can_be_read_over(text: str) -> None:
    """Malformed and huge text: the filter never fails, and what is struck out once stays so."""
    assert redact(redact(text)) == redact(text)


def test_long_text_takes_no_time() -> None:
    """A body of a megabyte in an exception does not stall the worker."""
    for piece in ("a", "1", "a@", "0 ", "-", "é", "a.b@c.", "=", "pat-", "+1"):
        redact(piece * (200_000 // len(piece)))


def test_the_keys_in_use_are_known_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that looks like no key is struck out all the same, also as a header carries it."""
    monkeypatch.setattr(logs, "_hidden", set())
    hide("plainword/7")
    hide("")
    encoded = base64.b64encode(b"plainword/7:").decode()
    assert redact(f"x plainword/7 y {encoded} z plainword%2F7") == "x [key] y [key] z [key]"


def test_exceptions_are_read_over_too(tmp_path: Path, root: logging.Logger) -> None:
    """I6: no secret and no personal data in logs, whatever an exception brings along."""
    start_logging(tmp_path / "logs")
    try:
        try:
            raise ValueError(f"{CLINIKO_KEY} of mia@example.test")
        except ValueError as error:
            raise RuntimeError("call 0400 000 001") from error
    except RuntimeError:
        logging.getLogger("app.x").exception("patient %s failed for %s", "139071", "jo@example.test")
    text = (tmp_path / "logs" / "clinicbridge.log").read_text("utf-8")
    assert "patient 139071 failed for [e-mail]" in text
    assert "ValueError: [key] of [e-mail]" in text
    assert "RuntimeError: call [phone]" in text
    for secret in (CLINIKO_KEY, "mia", "jo@", "0400"):
        assert secret not in text


def test_libraries_tell_no_details(tmp_path: Path, root: logging.Logger) -> None:
    """I6: addresses and statements that libraries log at their finest level stay out."""
    start_logging(tmp_path, logging.DEBUG)
    logging.getLogger("urllib3.connectionpool").debug("GET /v1/patients?q=Lee")
    logging.getLogger("peewee").debug("INSERT INTO people VALUES ('Mia Lee')")
    logging.getLogger("app.sync").debug("page of %d", 100)
    lines = (tmp_path / "clinicbridge.log").read_text("utf-8").splitlines()
    assert [line.split(": ")[-1] for line in lines] == ["page of 100"]


def test_files_rotate_and_are_this_user_s_own(
    tmp_path: Path, root: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log never fills the disk."""
    monkeypatch.setattr(logs, "_BYTES", 2000)
    before = os.umask(0)
    try:
        start_logging(tmp_path / "logs")
        for number in range(400):
            logging.getLogger("app.x").info("line %d", number)
    finally:
        os.umask(before)
    files = log_files(tmp_path / "logs")
    assert len(files) == 6
    assert files[0].name == "clinicbridge.log"
    assert all(file.stat().st_size <= 2000 for file in files)
    assert "line 399" in files[0].read_text("utf-8")
    if os.name == "posix":
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_file_that_cannot_be_renamed(
    tmp_path: Path, root: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows: another copy has the log open; no line is lost."""
    monkeypatch.setattr(logs, "_BYTES", 300)
    start_logging(tmp_path)

    def refuse(*_: object) -> None:
        raise PermissionError("in use")

    monkeypatch.setattr(os, "rename", refuse)
    for number in range(20):
        logging.getLogger("app.x").info("line %d", number)
    text = (tmp_path / "clinicbridge.log").read_text("utf-8")
    assert [f"line {number}" in text for number in range(20)] == [True] * 20


def test_a_full_disk_stops_nothing(
    tmp_path: Path, root: logging.Logger, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reliability, disk full: the work goes on, and what was not filtered is not printed either."""
    start_logging(tmp_path)
    (handler,) = [each for each in root.handlers if isinstance(each, LogFiles)]

    def full(_: str) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(handler.stream, "write", full, raising=False)
    logging.getLogger("app.x").error("mia@example.test")
    assert capsys.readouterr() == ("", "")


def test_a_folder_that_cannot_be_written(tmp_path: Path, root: logging.Logger) -> None:
    """Without a log the program works; errors go to the terminal, read over."""
    (tmp_path / "file").touch()
    start_logging(tmp_path / "file" / "logs")
    assert not [each for each in root.handlers if isinstance(each, LogFiles)]


def test_starting_twice_is_one_log(tmp_path: Path, root: logging.Logger) -> None:
    """A second call replaces the first."""
    start_logging(tmp_path / "a")
    start_logging(tmp_path / "b")
    logging.getLogger("app.x").warning("once")
    assert (tmp_path / "a" / "clinicbridge.log").read_text("utf-8") == ""
    assert (tmp_path / "b" / "clinicbridge.log").read_text("utf-8").count("once") == 1
