"""The guide: as whole in each language, and every name in it is what the window shows."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QLocale

from app.service.property_list import owned_rows
from ui import language
from ui.pages.help import HelpPage, guide_files, title_of

GUIDE = Path(__file__).resolve().parents[2] / "resources" / "guide"
TRANSLATIONS = GUIDE.parent / "translations"
NAMES = sorted(file.name for file in GUIDE.glob("*.md"))
LANGUAGES = ("en", *sorted(folder.name for folder in GUIDE.iterdir() if folder.is_dir()))
OUTSIDE = {
    "en": {"My Info", "Manage API keys", "Settings", "Integrations", "Yes", "No", "or"},
    "de": {"My Info", "Manage API keys", "Einstellungen", "Integrationen", "Ja", "Nein", "oder"},
}
"""Set in italics, but shown by Cliniko or HubSpot, or meant as stress."""


def text_of(name: str, code: str) -> str:
    """One guide in one language."""
    file = GUIDE / name if code == "en" else GUIDE / code / name
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shown() -> dict[str, set[str]]:
    """By language, every text that the window may show, with the labels it writes into HubSpot."""
    words = _collector()
    labels = {str(row["label"]) for row in owned_rows()}
    found = {"en": {text for _, text in words.sources()} | labels}
    for code in LANGUAGES[1:]:
        known = words.translations(TRANSLATIONS / f"clinicbridge_{code}.ts")
        found[code] = set(known.values()) | labels
    return found


def _collector() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "collect_words", Path(__file__).with_name("collect_words.py")
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _marked(text: str, mark: str) -> Iterator[str]:
    plain = re.sub(r"\s+", " ", text)
    if mark == "*":
        plain = plain.replace("**", "")
        plain = re.sub(r"(?m)^\* ", "", plain)
    for found in re.findall(re.escape(mark) + r"([^*]+)" + re.escape(mark), plain):
        yield found.strip()


def test_there_is_a_second_language() -> None:
    """The window speaks German, and so does its guide."""
    assert LANGUAGES == ("en", "de") and len(NAMES) == 13


@pytest.mark.parametrize("code", LANGUAGES[1:])
def test_each_language_has_the_same_guides(code: str) -> None:
    """No page is left in English."""
    assert sorted(file.name for file in (GUIDE / code).glob("*.md")) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", LANGUAGES[1:])
def test_guides_are_built_alike(name: str, code: str) -> None:
    """The same headings, steps, points, rows and named buttons, so that nothing is left out of a translation."""
    for pattern in (r"(?m)^#+ ", r"(?m)^\d+\. ", r"(?m)^- ", r"(?m)^\|", r"\*\*[^*]+\*\*"):
        counts = [len(re.findall(pattern, text_of(name, one))) for one in ("en", code)]
        assert counts[0] == counts[1], pattern
    assert text_of(name, code) != text_of(name, "en")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_bold_names_are_what_the_window_shows(name: str, code: str, shown: dict[str, set[str]]) -> None:
    """A button, page or question in bold is written exactly as on the screen."""
    unknown = [one for one in _marked(text_of(name, code), "**") if one not in shown[code]]
    assert unknown == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_ways_in_italics_lead_somewhere(name: str, code: str, shown: dict[str, set[str]]) -> None:
    """“Settings, People” names pages and sections as they are shown, and a guide by its title."""
    titles = {title_of(GUIDE / one if code == "en" else GUIDE / code / one) for one in NAMES}
    known = shown[code] | titles | OUTSIDE[code]
    for way in _marked(text_of(name, code), "*"):
        assert way in known or all(part.strip() in known for part in way.split(",")), way


def test_the_german_window_shows_the_german_guide(qapp: Any, qtbot: Any, at_once: Any) -> None:
    """Help is in the language of the window; English where there is no other."""
    before = QLocale()
    assert {file.parent.name for file in guide_files()} == {"guide"}
    QLocale.setDefault(QLocale("de_DE"))
    kept = language.install(qapp, QLocale("de_DE"))
    try:
        page = HelpPage(at_once())
        qtbot.addWidget(page)
        assert [page.list.item(row).text() for row in range(3)] == [
            "Wie ClinicBridge arbeitet",
            "Einrichten",
            "Fragen beantworten",
        ]
        assert "Jetzt abgleichen" in page.text.toPlainText()
        assert {file.parent.name for file in guide_files()} == {"de"}
    finally:
        for translator in kept:
            qapp.removeTranslator(translator)
        QLocale.setDefault(before)
    assert {file.parent.name for file in guide_files()} == {"guide"}


def test_a_language_without_a_guide_reads_english(qapp: Any) -> None:
    """A French system has an English window, and so its guide is English."""
    before = QLocale()
    QLocale.setDefault(QLocale("fr_FR"))
    try:
        assert {file.parent.name for file in guide_files()} == {"guide"}
    finally:
        QLocale.setDefault(before)
