"""The set-up scripts as modules: they live beside the product and are found by path, not installed."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Imports one script of the packaging folder by its name."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    return importlib.import_module
