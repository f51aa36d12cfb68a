"""Letters to press with Alt: one for each button, switch and tab, no letter twice among those that are seen together.

Accessible names stay without them, so a tool and a screen reader find a control by its plain words.
"""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase

from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QWidget,
)

TYPED = frozenset(ascii_lowercase)
GIVEN = "letters"


def plain(text: str) -> str:
    """Words without the mark of their letter."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def with_letter(text: str, used: set[str]) -> str:
    """The words with a mark before a letter that nobody uses yet, which is used from now on: the first letters of
    words before all others. As they are where no letter is left."""
    firsts = [place for place in range(len(text)) if place == 0 or text[place - 1] in " -("]
    for place in [*firsts, *range(len(text))]:
        letter = text[place].casefold()
        if letter in TYPED and letter not in used:
            used.add(letter)
            return f"{_escaped(text[:place])}&{_escaped(text[place:])}"
    return _escaped(text)


def _escaped(text: str) -> str:
    return text.replace("&", "&&")


def give_letters(root: QWidget, used: Iterable[str] = ()) -> None:
    """Give a page or a dialog its letters, anew where words have changed."""
    root.setProperty(GIVEN, True)
    _give(root, set(used))


def relabel(part: QAbstractButton, words: str) -> None:
    """Let a control say something else, to tools as well; where it stands among letters, they are given anew."""
    if plain(part.text()) == words:
        return
    part.setText(_escaped(words))
    part.setAccessibleName(words)
    give_anew(part)


def give_anew(part: QWidget) -> None:
    """Where a part stands among letters, have them given again: it says something else, or has new controls."""
    above: QWidget | None = part
    while above is not None and not above.property(GIVEN):
        above = above.parentWidget()
    if above is not None:
        give_letters(above)


def _give(root: QWidget, used: set[str]) -> None:
    """First what stands outside of tabs and steps, then each of these with what is seen beside it."""
    stacks: list[QWidget] = []
    for part in _parts(root, stacks):
        if isinstance(part, QTabBar):
            for place in range(part.count()):
                part.setTabText(place, with_letter(plain(part.tabText(place)), used))
        elif isinstance(part, QPushButton | QCheckBox) and part.text():
            _label(part, used)
    for page in stacks:
        _give(page, set(used))


def _label(part: QAbstractButton, used: set[str]) -> None:
    words = plain(part.text())
    marked = with_letter(words, used)
    if marked != part.text():
        part.setText(marked)


def _parts(root: QWidget, stacks: list[QWidget]) -> list[QWidget]:
    """Everything below that is seen together, in the order in which it was laid out; `stacks` gets the rest."""
    found: list[QWidget] = []
    for part in root.children():
        if not isinstance(part, QWidget) or part.isWindow():
            continue
        if isinstance(part, QTabWidget):
            found.append(part.tabBar())
            stacks += [part.widget(place) for place in range(part.count())]
        elif isinstance(part, QStackedWidget):
            stacks += [part.widget(place) for place in range(part.count())]
        else:
            found += [part, *_parts(part, stacks)]
    return found
