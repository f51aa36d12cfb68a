"""Where things are, and that they are this user's own (command line, environment; I6)."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app import paths
from app.paths import DataFolder, data_folder, resource, resources_folder

ROOT = Path(__file__).resolve().parents[2]
posix_only = pytest.mark.skipif(os.name != "posix", reason="rights are POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_variable_wins(tmp_path: Path) -> None:
    """CLINICBRIDGE_DATA_DIR is used instead of the platform's own place."""
    assert data_folder({"CLINICBRIDGE_DATA_DIR": str(tmp_path / "x")}).root == tmp_path / "x"


def test_a_relative_folder_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A later change of the working folder moves no data."""
    monkeypatch.chdir(tmp_path)
    assert data_folder({"CLINICBRIDGE_DATA_DIR": "x/y"}).root == tmp_path / "x" / "y"
    assert data_folder({"CLINICBRIDGE_DATA_DIR": "~/x"}).root == Path.home() / "x"


@pytest.mark.parametrize("environ", [{}, {"CLINICBRIDGE_DATA_DIR": "  "}])
def test_the_platform_s_own_place(environ: dict[str, str]) -> None:
    """Without the variable (or with an empty one) it is this user's own folder for ClinicBridge."""
    root = data_folder(environ).root
    assert root.name == "ClinicBridge"
    assert root.is_absolute()


def test_all_that_is_kept_is_in_the_folder(tmp_path: Path) -> None:
    """One folder holds everything of one clinic, and knowing the places makes none of them."""
    folder = DataFolder(tmp_path / "x")
    for place in (folder.database, folder.backups, folder.logs, folder.lock):
        assert place.is_relative_to(folder.root)
    assert folder.database_url == f"sqlite:///{tmp_path}/x/clinicbridge.db"
    assert not folder.root.exists()


@posix_only
def test_made_for_this_user_only(tmp_path: Path) -> None:
    """I6: a new folder is closed to others whatever the umask; an open one of ours is narrowed."""
    before = os.umask(0)
    try:
        DataFolder(tmp_path / "new" / "data").prepare()
        (tmp_path / "old").mkdir(mode=0o755)
        DataFolder(tmp_path / "old").prepare()
    finally:
        os.umask(before)
    assert mode(tmp_path / "new" / "data") == 0o700
    assert mode(tmp_path / "old") == 0o700


@posix_only
def test_shared_places_stay_as_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder like /tmp, or a home, named by mistake is not closed to everybody else."""
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    DataFolder(shared).prepare()
    assert mode(shared) == 0o777 | stat.S_ISVTX
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o755)
    monkeypatch.setenv("HOME", str(home))
    DataFolder(home).prepare()
    assert mode(home) == 0o755


def test_a_place_that_cannot_be(tmp_path: Path) -> None:
    """Whoever opens a file there says what is wrong; preparing does not fail before."""
    (tmp_path / "file").touch()
    DataFolder(tmp_path / "file" / "x").prepare()
    DataFolder(tmp_path / "file").prepare()


def test_what_comes_with_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Icons and tables are found beside the program, and inside it when it was frozen."""
    assert resources_folder() == ROOT / "resources"
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("icons", "app.svg") == tmp_path / "resources" / "icons" / "app.svg"


def test_knowing_the_places_costs_no_qt() -> None:
    """House plan §6: the command line runs without Qt."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {paths.__name__}; sys.exit('PySide6' in sys.modules)"],
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0
