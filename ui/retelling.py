"""Finished English sentences of the core, told again in the person's language.

The core's words are a contract with scripts, and it keeps them: in reports, in the history, in open questions. So
the window reads them back: each sentence is one of the known templates with something in its fields. A sentence
that is not known, such as the words of a service, stays as it is.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import Formatter

from PySide6.QtCore import QCoreApplication, QLocale

from app import errors, phrases, terms, wording
from app.review.kinds import KINDS
from app.service.property_list import every_label
from app.settings import SETTINGS
from ui.widgets.setting_field import HELP

_AS_IT_IS = frozenset({"property", "group", "pipeline", "stage", "choices", "name", "person", "contact"})
"""Fields with names: people's, and those by which something is found in HubSpot."""
_END = re.compile(r"(?<=[.!?…]) +")
"""Where one sentence may end and another begin."""
_BETWEEN = ("; ", ", ", " and ")
"""How several words stand in one field."""


@dataclass(frozen=True)
class Template:
    """One sentence as it may come, with its fields. `says` is what the window says instead, translated under
    `context`."""

    context: str
    text: str
    says: str = ""

    @property
    def literal(self) -> int:
        """How many signs of it are always the same."""
        return sum(len(part) for part, _, _, _ in Formatter().parse(self.text))


@dataclass(frozen=True)
class Heard:
    """A template that was recognised, with what stands in its fields."""

    template: Template
    values: dict[str, str]


def retold(sentence: str) -> str:
    """The sentence or sentences in the person's language; what is not known stays English."""
    told = [_told(one) if isinstance(one, Heard) else one for one in heard(sentence)]
    return " ".join(told)


def is_known(sentence: str) -> bool:
    """Whether each part of it is a sentence that can be translated."""
    return all(isinstance(one, Heard) for one in heard(sentence))


def heard(sentence: str) -> list[Heard | str]:
    """The sentences in a text: recognised ones, and the others as they are."""
    text = sentence.strip()
    if not text:
        return []
    whole = _recognised(text, is_single=True)
    if whole is not None:
        return [whole]
    ends = [found.start() for found in _END.finditer(text)]
    for end in reversed(ends):
        first = _recognised(text[:end], is_single=True)
        if first is not None:
            return [first, *heard(text[end:])]
    long = _recognised(text, is_single=False)
    if long is not None:
        return [long]
    return [text[: ends[0]], *heard(text[ends[0] :])] if ends else [text]


def _recognised(text: str, is_single: bool) -> Heard | None:
    """`is_single`: nothing in a field may look like the end of a sentence, so that two are not taken for one."""
    plain = _plain().get(text)
    if plain is not None:
        return Heard(plain, {})
    for template, start, end in _with_fields():
        if not (text.startswith(start) and text.endswith(end)):
            continue
        found = _pattern(template.text).fullmatch(text)
        if found is None:
            continue
        values = found.groupdict()
        if not is_single or not any(_END.search(value) for value in values.values()):
            return Heard(template, values)
    return None


def _told(one: Heard) -> str:
    template = one.template
    translated = QCoreApplication.translate(template.context, template.says or template.text)
    values = {name: value if name in _AS_IT_IS else field(value) for name, value in one.values.items()}
    return translated.format(**values)


def field(text: str) -> str:
    """What stands in a field: a sentence, a word we know, several of them, a setting's name, or just a name."""
    if is_known(text):
        return retold(text)
    if is_known(f"{text}."):
        return retold(f"{text}.").removesuffix(".")
    word = _word(text)
    if word is not None:
        return word
    for between in _BETWEEN:
        parts = text.split(between)
        words = [_word(part) or (retold(part) if is_known(part) else None) for part in parts]
        if len(parts) > 1 and any(words):
            told = [word or part for word, part in zip(words, parts, strict=True)]
            return QLocale().createSeparatedList(told) if between == " and " else between.join(told)
    return text


def word(english: str) -> str:
    """One of our words, also with a capital; the same where it is none."""
    told = field(english)
    if told == english and english[:1].isupper():
        small = field(english[:1].lower() + english[1:])
        return small[:1].upper() + small[1:]
    return told


def _word(text: str) -> str | None:
    if text in SETTINGS:
        return QLocale().quoteString(QCoreApplication.translate("Settings", SETTINGS[text].label))
    kind = KINDS.get(text.replace(" ", "_"))
    if kind is not None:
        return QCoreApplication.translate("Review", kind.title)
    if text in _labels():
        return QCoreApplication.translate("Labels", text)
    return QCoreApplication.translate(phrases.CONTEXT, text) if text in _terms() else None


@cache
def _labels() -> frozenset[str]:
    return frozenset(every_label())


@cache
def _terms() -> frozenset[str]:
    return frozenset(terms.TERMS)


@cache
def _plain() -> dict[str, Template]:
    return {one.text: one for one in _all() if "{" not in one.text}


@cache
def _with_fields() -> tuple[tuple[Template, str, str], ...]:
    """Those with fields, each with how it begins and ends; the longest words first, as they say most."""
    found = [one for one in _all() if "{" in one.text]
    found.sort(key=lambda one: -one.literal)
    return tuple((one, one.text.partition("{")[0], one.text.rpartition("}")[2]) for one in found)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts: list[str] = []
    seen: set[str] = set()
    for literal, name, _, _ in Formatter().parse(template):
        parts.append(re.escape(literal))
        if name:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)


def _all() -> Iterator[Template]:
    """Every sentence the core may say."""
    for error in vars(errors).values():
        if inspect.isclass(error) and issubclass(error, errors.ClinicBridgeError):
            yield from (Template("Errors", error.sentence), Template("Errors", error.next_step))
    for text in phrases.PHRASES:
        yield Template(phrases.CONTEXT, text)
    for table in (wording.REASON_WORDS, wording.NOTE_WORDS, wording.UNDO_WORDS):
        for text in table.values():
            yield Template(wording.CONTEXT, text)
    for text in (wording.HELD_FOR, wording.NOT_SYNCED):
        yield Template(wording.CONTEXT, text)
    for kind in KINDS.values():
        yield Template("Review", kind.question)
    for setting in SETTINGS.values():
        yield Template("Settings", setting.help, HELP.get(setting.key, ""))
