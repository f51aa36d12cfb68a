"""Where icons, guide pages and translations lie: beside the program, in a checkout, a wheel and frozen alike."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a bundled file or folder."""
    frozen = getattr(sys, "_MEIPASS", "")
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[1]
    return root.joinpath("resources", *parts)
