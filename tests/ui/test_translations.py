"""The second language is whole, fits its sentences, and is what Qt loads."""

from __future__ import annotations

import importlib.util
import re
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QTranslator

from app.state import State
from app.wording import Words
from ui import language

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "translations"
CORE = ("Core", "Wording", "Settings", "Review", "Errors", "Meanings")
FILES = sorted(FOLDER.glob("*.ts"))


@pytest.fixture(scope="module")
def collected() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "collect_words", Path(__file__).with_name("collect_words.py")
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def german(qapp: Any) -> Iterator[list[QTranslator]]:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    kept = language.install(qapp, QLocale("de_DE"))
    yield kept
    for translator in kept:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_every_sentence_is_translated(file: Path, collected: ModuleType) -> None:
    """Nothing the window says itself is left in another language, and hardly anything the core says. To add: run
    collect_words.py and fill in."""
    known = collected.translations(file)
    missing = [source for source in collected.sources() if not known.get(source)]
    core = [source for source in missing if source[0] in CORE]
    assert [source for source in missing if source not in core] == []
    assert len(core) <= len(known) * 0.05, core


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_fields_and_signs_fit(file: Path, collected: ModuleType) -> None:
    """A translation has the fields of its sentence, and no button ends differently."""
    for (_, source), done in collected.translations(file).items():
        if not done:
            continue
        names = [
            sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)
            for text in (source, done)
        ]
        assert names[0] == names[1], source
        keys = [re.findall(r"\([a-z_]+\.[a-z_]+\)", text) for text in (source, done)]
        assert keys[0] == keys[1], source
        assert source.endswith("…") == done.endswith("…"), source


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_what_qt_loads_is_up_to_date(file: Path, collected: ModuleType, qapp: Any) -> None:
    """The compiled file says what the readable one says."""
    translator = QTranslator()
    assert translator.load(str(file.with_suffix(".qm")))
    for (context, source), done in collected.translations(file).items():
        assert not done or translator.translate(context, source) == done, source


def test_the_window_in_german(german: list[QTranslator], qtbot: Any, at_once: Any) -> None:
    """A page, a sentence of the core and Qt's own words come in the language."""
    from ui.pages.home import HomePage

    assert len(german) >= 1
    page = HomePage(at_once())
    qtbot.addWidget(page)
    page.on_state(State())
    assert page.sync.text() == "Jetzt abgleichen"
    words = Words("Syncing {done} of {total} {stream}", {"done": 1200, "total": 3400, "stream": "patients"})
    assert language.say(words) == "Gleicht 1.200 von 3.400 ab: Patienten"


def test_the_clinics_own_word() -> None:
    """Cliniko's word for a patient is used throughout, in English, where no endings change."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_AU"))
    try:
        language.use_terms({"patient": "client", "patients": "clients"})
        assert language.tr("None", "Patients and each patient") == "Clients and each client"
    finally:
        language.use_terms({})
        QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", True),
        ({"LANG": "en_AU.UTF-8"}, "linux", True),
        ({"LANG": "de_DE.UTF-8"}, "linux", False),
        ({"LANG": "en_AU.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "linux", False),
        ({"LANG": "en_AU.UTF-8", "LANGUAGE": "de:en"}, "linux", False),
        ({}, "win32", False),
    ],
)
def test_when_the_surroundings_speak_english(environ: dict[str, str], platform: str, expected: bool) -> None:
    """Only where it is plain that nothing is translated is the locale not asked at start."""
    assert language.speaks_english(environ, platform) is expected
