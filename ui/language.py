"""Words, dates and numbers as the person at the screen writes them.

Sentences of the core arrive as templates with values and are translated here; pages translate their own.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

# QLocale is looked up only when it is used: its long lists of languages and countries take 15 ms to build, which
# the first paint in English need not wait for.
from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from app.errors import ClinicBridgeError
from ui import late
from ui.resources import resource

if TYPE_CHECKING:
    from app.wording import Words

CONTEXT = "Wording"
"""Under which the core's sentences are translated."""
_SAMPLE = "Up to date"

_terms: dict[str, str] = {}
_spoken: dict[str, str] = {}
"""Which language was found for each part that is translated."""


def install(app: QGuiApplication, locale: QtCore.QLocale | None = None) -> list[QtCore.QTranslator]:
    """Translate the program and Qt's own buttons into the locale's language, where there is a translation.

    Returns the translators, which the caller keeps alive.
    """
    kept: list[QtCore.QTranslator] = []
    if locale is None and speaks_english(os.environ, sys.platform):
        return kept
    locale = locale or QtCore.QLocale()
    for name, folder in (
        ("qtbase", QtCore.QLibraryInfo.path(QtCore.QLibraryInfo.LibraryPath.TranslationsPath)),
        ("clinicbridge", str(resource("translations"))),
    ):
        translator = QtCore.QTranslator(app)
        if translator.load(locale, name, "_", folder):
            app.installTranslator(translator)
            kept.append(translator)
            _spoken[name] = translator.language()
    if locale.textDirection() == QtCore.Qt.LayoutDirection.RightToLeft:
        app.setLayoutDirection(QtCore.Qt.LayoutDirection.RightToLeft)
    return kept


def settle_locale() -> None:
    """Where the surroundings name no country, dates and numbers are written as the words are: in English. Called
    after the first paint, which the list of countries would hold up."""
    if QtCore.QLocale().language() == QtCore.QLocale.Language.C:
        QtCore.QLocale.setDefault(QtCore.QLocale("en_GB"))


def speaks_english(environ: Mapping[str, str], platform: str) -> bool:
    """Whether the surroundings alone tell that nothing is to be translated; elsewhere the locale is asked."""
    if not platform.startswith("linux"):
        return False
    named = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "C")
    languages = environ.get("LANGUAGE", "")
    return named.startswith(("en", "C", "POSIX")) and not languages.strip("en_AUSGBC:")


def tr(context: str, text: str, /, **values: object) -> str:
    """A sentence in the person's language with its values put in."""
    translated = QCoreApplication.translate(context, text)
    return clinic_words(fill(translated, values))


def say(words: Words) -> str:
    """A sentence of the core in the person's language."""
    if not words:
        return ""
    values = {name: _word(value) for name, value in words.values.items()}
    return clinic_words(_named_settings(fill(QCoreApplication.translate(CONTEXT, words.template), values)))


def _named_settings(sentence: str) -> str:
    """Keys of settings in brackets become the names under which the settings page has them."""

    def named(found: re.Match[str]) -> str:
        setting = late.settings().SETTINGS.get(found[1])
        return f"({QCoreApplication.translate('Settings', setting.label)})" if setting else found[0]

    return re.sub(r"\(([a-z_]+\.[a-z_]+)\)", named, sentence)


def say_error(error: BaseException) -> tuple[str, str]:
    """What happened, and what helps. An error that is not one of ours is our mistake and tells no details."""
    known = error if isinstance(error, ClinicBridgeError) else ClinicBridgeError(type(error).__name__)
    return retold(known.sentence), retold(known.next_step)


def retold(sentence: str) -> str:
    """A finished English sentence of the core in the person's language, as far as it is known."""
    told = late.retelling().retold(sentence) if is_translated() else sentence
    return clinic_words(_named_settings(told))


def word(english: str) -> str:
    """A word of the core (what a property holds, a field, a kind of difference) in the person's language; the same
    where it is no word of ours."""
    return str(late.retelling().word(english)) if english and is_translated() else english


def is_translated() -> bool:
    """Whether the window speaks another language than the core."""
    return QCoreApplication.translate(CONTEXT, _SAMPLE) != _SAMPLE


def fill(template: str, values: Mapping[str, object]) -> str:
    """Put values into the fields of a template; numbers with the locale's separators."""
    return template.format(**{name: shown(value) for name, value in values.items()}) if values else template


def shown(value: object) -> str:
    """One value as text: moments as local time, numbers by locale."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, int):
        return number(value)
    if isinstance(value, datetime):
        return time_of_day(value)
    return str(value)


def _word(value: object) -> object:
    if not isinstance(value, str) or not value:
        return value
    word = QCoreApplication.translate(CONTEXT, value)
    return late.retelling().field(value) if word == value and is_translated() else word


def number(value: int) -> str:
    """A whole number with the locale's separators."""
    return QtCore.QLocale().toString(value)


def listed(words: Sequence[str]) -> str:
    """Several words as one reads them aloud ("Anna, Ben and Mia")."""
    return QtCore.QLocale().createSeparatedList(list(words))


def _local(moment: datetime) -> QtCore.QDateTime:
    return QtCore.QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))


def time_of_day(moment: datetime) -> str:
    """An aware moment as local time of day ("14:15")."""
    return QtCore.QLocale().toString(_local(moment).time(), QtCore.QLocale.FormatType.ShortFormat)


def day(value: date) -> str:
    """A day in the locale's short form, with its whole year: a birthday may lie in either century."""
    locale = QtCore.QLocale()
    form = locale.dateFormat(QtCore.QLocale.FormatType.ShortFormat)
    whole = form if "yyyy" in form else form.replace("yy", "yyyy")
    return locale.toString(QtCore.QDate(value.year, value.month, value.day), whole)


def moment(value: datetime | None, now: datetime | None = None) -> str:
    """An aware moment in few words: time today, else day and time; "–" for never."""
    if value is None:
        return "–"
    local = _local(value)
    today = _local(now).date() if now else QtCore.QDateTime.currentDateTime().date()
    if local.date() == today:
        return time_of_day(value)
    return QtCore.QLocale().toString(local, QtCore.QLocale.FormatType.ShortFormat)


def moment_or_day(value: datetime | None) -> str:
    """As short as a narrow column needs it: the time today, else the day alone."""
    if value is None:
        return "–"
    local = _local(value).date()
    if local == QtCore.QDate.currentDate():
        return time_of_day(value)
    return QtCore.QLocale().toString(local, QtCore.QLocale.FormatType.ShortFormat)


def long_moment() -> str:
    """A moment about as long as any, for the width of a column."""
    return moment(datetime(2028, 12, 28, 12, 58))


def long_day() -> str:
    """Of a day and a time of day the longer one, for the width of a column."""
    value = datetime(2028, 12, 28, 12, 58)
    return max(moment_or_day(value), time_of_day(value), key=len)


def seconds_left(seconds: float) -> str:
    """A span in plain words, rounded so that it does not flicker."""
    if seconds < 60:
        return tr("Language", "less than a minute left")
    minutes = round(seconds / 60)
    if minutes == 1:
        return tr("Language", "about a minute left")
    if minutes < 90:
        return tr("Language", "about {minutes} minutes left", minutes=minutes)
    return tr("Language", "about {hours} hours left", hours=round(minutes / 60))


def use_terms(terms: Mapping[str, str]) -> None:
    """Take over the clinic's own word for a `patient`, as Cliniko's settings have it; the plural may be left out."""
    terms = {"patients": f"{terms.get('patient', 'patient')}s", **terms}
    _terms.clear()
    _terms.update({name: word for name, word in terms.items() if word and word.lower() != name})


def clinic_words(sentence: str) -> str:
    """A sentence with the clinic's own word for "patient"; only in English, where no endings change."""
    if not _terms or QtCore.QLocale().language() != QtCore.QLocale.Language.English:
        return sentence
    plural, single = _terms.get("patients", ""), _terms.get("patient", "")
    for found, word in (("patients", plural), ("patient", single)):
        if word:
            sentence = sentence.replace(found, word.lower()).replace(found.capitalize(), word.capitalize())
    return sentence


def language_code() -> str:
    """The two letters of the language that the window speaks: English unless it is translated."""
    return _spoken.get("clinicbridge", "")[:2] if is_translated() else "en"
