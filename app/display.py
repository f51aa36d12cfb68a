"""Whether a window can open on this computer, and the one line that installs what it lacks.

Qt names one library whichever is missing and then aborts the whole process, so Linux is asked here
before Qt is loaded. Standard library only: the set-up asks too, before anything is installed.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

INSTALL_COMMANDS = {
    "apt-get": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
}

SHOWN = 3


@dataclass(frozen=True)
class Library:
    """One file that Qt loads, and the package that holds it under each package tool."""

    file: str
    apt: str
    dnf: str


# What the pinned Qt links to (objdump over its wheel) and does not bring along.
ANY_PLATFORM = (
    Library("libGL.so.1", "libgl1", "libglvnd-glx"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs"),
    Library("libbrotlidec.so.1", "libbrotli1", "libbrotli"),
    Library("libX11.so.6", "libx11-6", "libX11"),
    Library("libfreetype.so.6", "libfreetype6", "freetype"),
)
X11 = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Library("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
)
WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
    Library("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl"),
)
# What the X11 libraries pull in by themselves; naming it would only lengthen the line people copy.
COMES_ALONG = {
    "libx11-6": "libgl1",
    "libfreetype6": "libfontconfig1",
    "libxcb-image0": "libxcb-cursor0",
    "libxcb-render-util0": "libxcb-cursor0",
    "libxcb-render0": "libxcb-cursor0",
    "libxcb-util1": "libxcb-cursor0",
    "libxcb-shm0": "libxcb-cursor0",
    "libxcb-xkb1": "libxkbcommon-x11-0",
    "libx11-xcb1": "libgl1",
    "libxcb-randr0": "libgl1",
    "libxcb-sync1": "libgl1",
    "libxcb-xfixes0": "libgl1",
}


@dataclass(frozen=True)
class NoWindow:
    """Why no window can open: plain words, and the line that helps ("" where none does)."""

    reason: str
    install_line: str = ""

    def __str__(self) -> str:
        if not self.install_line:
            return self.reason
        return f"{self.reason} This line installs what is missing:\n\n    {self.install_line}\n"


NO_SCREEN = NoWindow("There is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set.")


def can_load(file: str) -> bool:
    """True if the system's loader finds and loads this shared library."""
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def missing_libraries(
    wanted: Iterable[Library], loads: Callable[[str], bool] = can_load
) -> tuple[Library, ...]:
    """Those of `wanted` that are not on this system, in the given order."""
    return tuple(library for library in wanted if not loads(library.file))


def install_line(missing: Iterable[Library], also: Iterable[str] = (), tool: str | None = None) -> str:
    """The exact command that installs `missing` and the packages `also`; "" where the tool is unknown.

    `tool` is "apt-get" or "dnf"; left out, the one on this system is taken. Starts with sudo unless
    this process is root already.
    """
    tool = package_tool() if tool is None else tool
    if tool not in INSTALL_COMMANDS:
        return ""
    named = [*also, *(library.apt if tool == "apt-get" else library.dnf for library in missing)]
    packages = [name for name in dict.fromkeys(named) if COMES_ALONG.get(name) not in named]
    sudo = "" if is_root() else "sudo "
    return f"{sudo}{INSTALL_COMMANDS[tool]} {' '.join(packages)}" if packages else ""


def package_tool() -> str:
    """ "apt-get" or "dnf", whichever this system has; "" for neither."""
    return next((name for name in INSTALL_COMMANDS if shutil.which(name)), "")


def is_root() -> bool:
    """True on Unix for the superuser; False on Windows, where the question has no meaning."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_display(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """False only on Linux, where neither an X11 nor a Wayland screen is named in the environment."""
    return not platform.startswith("linux") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def offscreen_problem(
    loads: Callable[[str], bool] = can_load, platform: str = sys.platform
) -> NoWindow | None:
    """What keeps Qt from loading at all, even without a screen; None if nothing does."""
    if not platform.startswith("linux"):
        return None
    return _problem_with(missing_libraries(ANY_PLATFORM, loads))


def window_problem(
    needs_screen: bool = False,
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    loads: Callable[[str], bool] = can_load,
    answers: Callable[[str], bool] | None = None,
) -> NoWindow | None:
    """Why no window can open here, or None if one can. Only Linux is ever in doubt.

    With `needs_screen`, a window that Qt would draw without one (QT_QPA_PLATFORM=offscreen) is none.
    `answers` tells whether the X server of that DISPLAY takes connections; left out, it is asked.
    """
    if not platform.startswith("linux"):
        return None
    chosen = environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if needs_screen and not has_display(environ, platform):
        return NO_SCREEN
    if chosen and not chosen.startswith(("xcb", "wayland")):
        return _problem_with(missing_libraries(ANY_PLATFORM, loads))
    if not has_display(environ, platform):
        return NO_SCREEN
    basic = missing_libraries(ANY_PLATFORM, loads)
    if environ.get("WAYLAND_DISPLAY") and not chosen.startswith("xcb"):
        wayland = missing_libraries(WAYLAND, loads)
        if not wayland or not environ.get("DISPLAY") or chosen.startswith("wayland"):
            return _problem_with(basic + wayland)
    missing = basic + missing_libraries(X11, loads)
    if missing:
        return _problem_with(missing)
    display = environ.get("DISPLAY", "")
    if not (answers or x_server_answers)(display):
        return NoWindow(f"The screen {display} named by DISPLAY does not answer.")
    return None


def x_server_answers(display: str) -> bool:
    """True if an X server takes a connection for `display`. Needs libxcb; True if that cannot be asked."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode() or None, None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


def _problem_with(missing: tuple[Library, ...]) -> NoWindow | None:
    if not missing:
        return None
    line = install_line(missing)
    # Where no line can be given, the whole list is what a person has to go by.
    shown = missing[:SHOWN] if line else missing
    files = ", ".join(library.file for library in shown)
    more = f" and {len(missing) - len(shown)} more" if len(missing) > len(shown) else ""
    return NoWindow(f"The window needs system libraries that are not installed ({files}{more}).", line)
