"""Whether a window can open: screens, libraries, and the one line that installs what is missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app import display


def all_but(*files: str) -> Callable[[str], bool]:
    return lambda file: file not in files


X11_SCREEN = {"DISPLAY": ":0"}


def ask(environ: dict[str, str], *lacking: str, needs_screen: bool = False) -> display.NoWindow | None:
    return display.window_problem(needs_screen, environ, "linux", all_but(*lacking), lambda _: True)


def test_a_whole_system_opens_the_window() -> None:
    """X11 or Wayland with every library: no problem."""
    assert ask(X11_SCREEN) is None
    assert ask({"WAYLAND_DISPLAY": "wayland-0"}) is None


def test_windows_and_mac_are_never_in_doubt() -> None:
    """There Qt brings all it needs and a screen is always there."""
    for system in ("win32", "darwin"):
        assert display.window_problem(True, {}, system, lambda _: False) is None
        assert display.offscreen_problem(lambda _: False, system) is None


def test_without_a_screen_it_is_said() -> None:
    """Neither DISPLAY nor WAYLAND_DISPLAY: the words name both, and there is nothing to install."""
    problem = ask({})
    assert problem == display.NO_SCREEN
    assert "DISPLAY" in str(problem)


def test_drawing_without_a_screen_is_a_choice() -> None:
    """QT_QPA_PLATFORM=offscreen opens a window for a tool, but a demo for a person becomes text."""
    chosen = {"QT_QPA_PLATFORM": "offscreen"}
    assert ask(chosen) is None
    assert ask(chosen, needs_screen=True) == display.NO_SCREEN


def test_the_missing_library_is_named_with_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt would abort naming one library whichever is missing; the line here names exactly what is."""
    monkeypatch.setattr(display, "package_tool", lambda: "apt-get")
    monkeypatch.setattr(display, "is_root", lambda: False)
    words = str(ask(X11_SCREEN, "libxcb-icccm.so.4", "libxcb-keysyms.so.1"))
    assert "libxcb-icccm.so.4" in words
    assert "    sudo apt-get install -y --no-install-recommends libxcb-icccm4 libxcb-keysyms1\n" in words


def test_a_bare_debian_gets_the_line_that_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes along by itself is left out; the rest is the line known to work on Debian 12 and 13."""
    monkeypatch.setattr(display, "is_root", lambda: True)
    line = display.install_line(display.ANY_PLATFORM + display.X11, tool="apt-get")
    assert line == (
        "apt-get install -y --no-install-recommends libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 "
        "libglib2.0-0 libgssapi-krb5-2 libbrotli1 libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 "
        "libxcb-keysyms1 libxcb-shape0"
    )


def test_fedora_and_unknown_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    """dnf has other names; where neither tool is known the files are named instead of a line."""
    monkeypatch.setattr(display, "is_root", lambda: False)
    assert display.install_line(display.X11[:1], tool="dnf") == "sudo dnf install -y xcb-util-cursor"
    monkeypatch.setattr(display, "package_tool", lambda: "")
    problem = ask(X11_SCREEN, "libxcb-cursor.so.0")
    assert problem is not None
    assert problem.install_line == ""
    assert "libxcb-cursor.so.0" in str(problem)


def test_one_way_to_the_screen_is_enough() -> None:
    """On a Wayland desktop with an X11 screen beside it, either set of libraries will do."""
    both = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    assert ask(both, "libxcb-cursor.so.0") is None
    assert ask(both, "libwayland-egl.so.1") is None
    assert ask(both, "libwayland-egl.so.1", "libxcb-cursor.so.0") is not None
    assert ask({"WAYLAND_DISPLAY": "wayland-0"}, "libwayland-egl.so.1") is not None
    assert ask(both | {"QT_QPA_PLATFORM": "xcb"}, "libxcb-cursor.so.0") is not None


def test_a_screen_that_does_not_answer_is_no_screen() -> None:
    """A DISPLAY left over from another login would make Qt abort."""
    problem = display.window_problem(False, X11_SCREEN, "linux", lambda _: True, lambda _: False)
    assert "does not answer" in str(problem)


def test_the_real_library_is_asked() -> None:
    """No X server has this number; where the X11 library is missing the question stays open."""
    assert display.x_server_answers(":4999") is not display.can_load("libxcb.so.1")
