"""Being asked to end from outside, and leaving nothing open behind."""

from __future__ import annotations

import os
import signal

import pytest

from ui.signals_of_system import SystemSignals


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that one process may send itself unharmed")
def test_it_hears_and_closes(qtbot) -> None:
    """The system's wish to end is heard once it is said, and the pair of sockets is given back."""
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    heard = SystemSignals()
    ends = (heard._ours, heard._theirs)
    try:
        with qtbot.waitSignal(heard.asked_to_end, timeout=5000):
            os.kill(os.getpid(), signal.SIGTERM)
    finally:
        heard.close()
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert [end.fileno() for end in ends] == [-1, -1]
    assert signal.set_wakeup_fd(-1) == -1
