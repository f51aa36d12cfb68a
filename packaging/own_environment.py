"""The project's own environment: the folder .venv, made once and known by a stamp. Standard library only.

The stamp says what was installed, by which Python and in which folder. It is written last, so that an
interrupted set-up is seen and made anew; a start that finds it right does nothing else.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import install_words

from app import display

ENVIRONMENT = ".venv"
STAMP = "clinicbridge-stamp.json"
LOCK = "clinicbridge.lock"
LOG = "clinicbridge-install.log"
LOCK_WAIT_S = 900
OLDEST_PIP_WITH_PYTHON_OPTION = (22, 3)
# Settings for the person's other projects, which would send our libraries elsewhere.
FOREIGN_SETTINGS = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
)


class SetUpFailed(Exception):
    """The environment cannot be made; the text says what happened and what helps."""


@dataclass(frozen=True)
class Stamp:
    """What is in an environment: hashes of the locks ("" if not installed), Python "3.11", its folder."""

    runtime: str
    checks: str
    python: str
    folder: str


def wanted_stamp(
    root: Path, with_checks: bool, version: tuple[int, ...] = tuple(sys.version_info[:2])
) -> Stamp:
    """The stamp that an environment of this folder must carry. Reads the lock files."""
    checks = _digest(root / "packaging" / "requirements-dev.lock") if with_checks else ""
    runtime = _digest(root / "packaging" / "requirements.lock")
    return Stamp(runtime, checks, ".".join(str(part) for part in version[:2]), str(root))


def _digest(file: Path) -> str:
    # Line ends may differ after a checkout on Windows; what is asked for does not.
    return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def what_to_do(found: Stamp | None, wanted: Stamp) -> Literal["nothing", "add", "rebuild"]:
    """Decide from two stamps: use it as it is, add the tools for the checks, or make it anew."""
    if found is None:
        return "rebuild"
    if (found.runtime, found.python, found.folder) != (wanted.runtime, wanted.python, wanted.folder):
        return "rebuild"
    if wanted.checks in ("", found.checks):
        return "nothing"
    return "add" if not found.checks else "rebuild"


def python_of(environment: Path) -> Path:
    """Where the interpreter of an environment lies on this system."""
    return environment / "Scripts" / "python.exe" if os.name == "nt" else environment / "bin" / "python"


def read_stamp(environment: Path) -> Stamp | None:
    """The stamp found there; None if there is none, it is damaged, or its Python is gone."""
    try:
        found = Stamp(**json.loads((environment / STAMP).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if python_of(environment).exists() else None


def spoil(root: Path) -> None:
    """Take the stamp away, so that the next `make_ready` makes the environment anew."""
    (root / ENVIRONMENT / STAMP).unlink(missing_ok=True)


def is_inside(root: Path) -> bool:
    """True if this very process runs in the environment of that folder."""
    return Path(sys.prefix).resolve() == (root / ENVIRONMENT).resolve()


def make_ready(root: Path, with_checks: bool) -> Path:
    """Make or complete the environment and return its Python; a right one costs some milliseconds.

    Raises SetUpFailed in words for a person: no network, no room, folder not writable, in use.
    """
    environment = root / ENVIRONMENT
    wanted = wanted_stamp(root, with_checks)
    if what_to_do(read_stamp(environment), wanted) == "nothing":
        return python_of(environment)
    try:
        with _only_one(environment):
            # Another start may have done it while this one waited.
            task = what_to_do(read_stamp(environment), wanted)
            if task != "nothing":
                _install(environment, root, wanted, anew=task == "rebuild")
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise SetUpFailed(install_words.not_writable(environment, error)) from error
        raise SetUpFailed(install_words.explain(str(error))) from error
    return python_of(environment)


@contextmanager
def _only_one(environment: Path) -> Iterator[None]:
    """Hold the environment's lock, so that two starts at once do not install into each other."""
    if environment.exists() and not ours(environment):
        raise SetUpFailed(install_words.FOREIGN_ENVIRONMENT.format(folder=environment))
    environment.mkdir(exist_ok=True)
    with (environment / LOCK).open("a+b") as handle:
        patience = time.monotonic() + LOCK_WAIT_S
        while not _try_lock(handle.fileno()):
            if time.monotonic() > patience:
                raise SetUpFailed(
                    "Another start of ClinicBridge is setting up for a long time. Close it, try again."
                )
            time.sleep(0.2)
        yield


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def ours(environment: Path) -> bool:
    """True if this folder is empty or was begun by us: anything else is never deleted."""
    return any((environment / name).exists() for name in (STAMP, LOCK)) or not any(environment.iterdir())


def _install(environment: Path, root: Path, wanted: Stamp, anew: bool) -> None:
    if not can_install():
        raise SetUpFailed(no_installer())
    _say("Setting up ClinicBridge: fetching what it needs (about 100 MB, only this once) ...")
    spoil(root)
    if anew:
        _clear(environment)
        _create(environment)
    lock = root / "packaging" / ("requirements-dev.lock" if wanted.checks else "requirements.lock")
    output = ""
    for command in installers(environment):
        code, output = _follow([*command, "-r", str(lock)], environment / LOG)
        if code == 0:
            text = json.dumps(asdict(wanted), indent=1)
            _compile_ahead(environment, root)
            (environment / STAMP).write_text(text, encoding="utf-8")
            _say("Set up.")
            return
    raise SetUpFailed(install_words.explain(output, environment / LOG))


def _compile_ahead(environment: Path, root: Path) -> None:
    """Translate the program once, here, instead of at each start of a system that keeps no such files."""
    own = [str(root / name) for name in ("app", "ui") if (root / name).is_dir()]
    if own:
        # Where it cannot be kept, every start translates for itself as before.
        _follow([str(python_of(environment)), "-m", "compileall", "-q", *own], environment / LOG)


def _clear(environment: Path) -> None:
    for entry in environment.iterdir():
        if entry.name == LOCK:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _create(environment: Path) -> None:
    # Debian ships this module without the package that brings pip; pip is looked for below.
    import venv

    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(environment)


def installers(environment: Path) -> Iterator[list[str]]:
    """Commands that install hash-locked requirements into the environment, the quickest first."""
    python = str(python_of(environment))
    if uv_works():
        yield ["uv", "pip", "install", "--python", python, "--require-hashes", "--compile-bytecode"]
    install = ["install", "--require-hashes", "--no-input", "--disable-pip-version-check", "--retries", "3"]
    if importlib.util.find_spec("ensurepip") is not None:
        code, _ = _follow([python, "-m", "ensurepip", "--default-pip"], environment / LOG)
        if code == 0:
            yield [python, "-m", "pip", *install]
            return
    if _host_pip_version() >= OLDEST_PIP_WITH_PYTHON_OPTION:
        yield [base_python(), "-m", "pip", "--python", python, *install]


def can_install() -> bool:
    """True if at least one of those commands can be had on this system."""
    return (
        importlib.util.find_spec("ensurepip") is not None
        or _host_pip_version() >= OLDEST_PIP_WITH_PYTHON_OPTION
        or uv_works()
    )


def no_installer() -> str:
    """The words for a system without uv, pip and ensurepip, with the line that brings all it lacks."""
    tool = display.package_tool()
    package = {"apt-get": "python3-venv", "dnf": "python3-pip"}.get(tool, "")
    libraries = display.missing_libraries(display.ANY_PLATFORM)
    if display.has_display():
        libraries += display.missing_libraries(display.X11)
    return install_words.no_installer(display.install_line(libraries, [package] if package else [], tool))


def base_python() -> str:
    """The interpreter that environments are made from, also when this one runs inside an environment."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def uv_works() -> bool:
    """True if uv is on the PATH and runs: a shim of a version manager may be there and refuse."""
    return shutil.which("uv") is not None and _quiet(["uv", "--version"]) is not None


def _host_pip_version() -> tuple[int, ...]:
    answer = _quiet([base_python(), "-m", "pip", "--version"]) or "pip 0 from nowhere"
    return tuple(int(part) for part in answer.split()[1].split(".")[:2] if part.isdigit())


def _quiet(command: list[str]) -> str | None:
    """What the command prints, or None if it cannot run, fails, or takes more than 20 s."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=20, env=_own_settings(), check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode(errors="replace")


def _follow(command: list[str], log: Path) -> tuple[int, str]:
    """Run an installer, keep all it says in the log and show a person the large steps; (code, output)."""
    said: list[str] = []
    with (
        log.open("a", encoding="utf-8") as book,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=_own_settings(),
            stdin=subprocess.DEVNULL,
        ) as process,
    ):
        assert process.stdout is not None
        for raw in process.stdout:
            line = raw.decode(errors="replace").rstrip()
            said.append(line)
            book.write(line + "\n")
            if line.lstrip().startswith("Downloading"):
                _say("  " + line.strip())
        code = process.wait()
    return code, "\n".join(said)


def _own_settings() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN_SETTINGS}
    return kept | {"PYTHONUTF8": "1"}


def _say(line: str) -> None:
    # Standard error: standard output belongs to the program that is started next.
    print(line, file=sys.stderr, flush=True)
