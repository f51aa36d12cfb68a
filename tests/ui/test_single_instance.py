"""A second start raises the first window."""

from __future__ import annotations

import threading

from ui.single_instance import Doorbell, bell_name, ring


def test_ringing_is_heard(qtbot, tmp_path) -> None:
    """The second start rings, the first one hears."""
    bell = Doorbell(tmp_path)
    heard: list[bool] = []
    with qtbot.waitSignal(bell.rang, timeout=5000):
        thread = threading.Thread(target=lambda: heard.append(ring(tmp_path)))
        thread.start()
    thread.join(5)
    assert heard == [True]
    bell.close()


def test_nobody_there(tmp_path, qapp) -> None:
    """Without a first window nobody hears."""
    assert ring(tmp_path) is False


def test_what_a_killed_window_left_is_cleared(qtbot, tmp_path) -> None:
    """After a kill the next start answers again."""
    first = Doorbell(tmp_path)
    second = Doorbell(tmp_path)
    with qtbot.waitSignal(second.rang, timeout=5000):
        threading.Thread(target=ring, args=(tmp_path,)).start()
    for bell in (first, second):
        bell.close()


def test_each_data_folder_has_its_own(tmp_path) -> None:
    """Two clinics on one computer do not raise each other's window."""
    assert bell_name(tmp_path / "one") != bell_name(tmp_path / "two")
