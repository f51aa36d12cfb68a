"""How long a pause may last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from ui.language import tr

_CONTEXT = "Home"


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
