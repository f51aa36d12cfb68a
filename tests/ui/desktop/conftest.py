"""A real screen and a made-up clinic for the tests from outside."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.sandbox.demo import Demo, start_demo


@pytest.fixture
def screen() -> Iterator[str]:
    """A screen with a window manager."""
    number, out = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(out), "-screen", "0", "1366x768x24"],
        pass_fds=(out,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(out)
    with os.fdopen(number) as told:
        display = f":{told.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"],
        env={**os.environ, "DISPLAY": display},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield display
    for process in (manager, server):
        process.terminate()
        process.wait(10)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    with start_demo(tmp_path, patients=20, contacts=0) as made:
        made.a_nickname_comes_in()
        yield made
