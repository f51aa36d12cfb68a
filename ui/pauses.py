"""How long a pause may last, and how it outlasts the program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QSettings

from ui.language import tr

_CONTEXT = "Home"
KEPT = "pause/until"
ENDLESS = "resumed"


def pauses() -> list[tuple[str, str, Callable[[], datetime | None]]]:
    """Each choice: words, objectName, and until when (aware UTC; None: until resumed)."""
    return [
        (tr(_CONTEXT, "1 hour"), "pause_hour", lambda: datetime.now(UTC) + timedelta(hours=1)),
        (tr(_CONTEXT, "Today"), "pause_today", end_of_today),
        (tr(_CONTEXT, "Until resumed"), "pause_until_resumed", lambda: None),
    ]


def end_of_today() -> datetime:
    """Midnight of this computer, as aware UTC."""
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def keep_pause(kept: QSettings | None, until: datetime | None) -> None:
    """Remember on this computer that it pauses: until then (aware UTC), or until somebody resumes."""
    if kept is not None:
        kept.setValue(KEPT, until.isoformat() if until else ENDLESS)


def forget_pause(kept: QSettings | None) -> None:
    """Somebody resumed."""
    if kept is not None:
        kept.remove(KEPT)


def kept_pause(kept: QSettings | None, now: datetime) -> tuple[bool, datetime | None]:
    """Whether the pause chosen before the program ended still lasts, and until when (None: until resumed)."""
    text = str(kept.value(KEPT) or "") if kept is not None else ""
    if not text or text == ENDLESS:
        return bool(text), None
    try:
        until = datetime.fromisoformat(text)
    except ValueError:
        return False, None
    return until > now, until
