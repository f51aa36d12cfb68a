"""Words, dates, numbers and money as the person at the screen writes them.

Sentences of the core arrive as templates with values and are translated here; pages translate their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLibraryInfo, QLocale, Qt, QTranslator

from app.errors import ClinicBridgeError
from app.settings import SETTINGS
from app.wording import CONTEXT, Words
from ui.resources import resource

_terms: dict[str, str] = {}


def install(app: QCoreApplication, locale: QLocale | None = None) -> list[QTranslator]:
    """Translate the program and Qt's own buttons into the locale's language, where there is a translation.

    Returns the translators, which the caller keeps alive.
    """
    locale = locale or QLocale()
    kept = []
    for name, folder in (
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("clinicbridge", str(resource("translations"))),
    ):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", folder):
            app.installTranslator(translator)
            kept.append(translator)
    return kept


def tr(context: str, text: str, **values: object) -> str:
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
        setting = SETTINGS.get(found[1])
        return f"({QCoreApplication.translate('Settings', setting.label)})" if setting else found[0]

    return re.sub(r"\(([a-z_]+\.[a-z_]+)\)", named, sentence)


def say_error(error: BaseException) -> tuple[str, str]:
    """What happened, and what helps. An error that is not one of ours is our mistake and tells no details."""
    known = error if isinstance(error, ClinicBridgeError) else ClinicBridgeError(type(error).__name__)
    translate = QCoreApplication.translate
    return translate("Errors", known.sentence), translate("Errors", known.next_step)


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
    return QCoreApplication.translate(CONTEXT, value) if isinstance(value, str) and value else value


def number(value: int) -> str:
    """A whole number with the locale's separators."""
    return QLocale().toString(value)


def money(amount: Decimal, currency: str = "") -> str:
    """An amount as the locale writes it; `currency` is a sign or code."""
    return QLocale().toCurrencyString(float(amount), currency or QLocale().currencySymbol())


def _local(moment: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))


def time_of_day(moment: datetime) -> str:
    """An aware moment as local time of day ("14:15")."""
    return QLocale().toString(_local(moment).time(), QLocale.FormatType.ShortFormat)


def day(value: date) -> str:
    """A day in the locale's short form."""
    return QLocale().toString(QDate(value.year, value.month, value.day), QLocale.FormatType.ShortFormat)


def moment(value: datetime | None, now: datetime | None = None) -> str:
    """An aware moment in few words: time today, else day and time; "–" for never."""
    if value is None:
        return "–"
    local = _local(value)
    today = _local(now).date() if now else QDateTime.currentDateTime().date()
    if local.date() == today:
        return time_of_day(value)
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)


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
    """Take over the clinic's own words: `patient` and `patients`, as Cliniko's settings have them."""
    _terms.clear()
    _terms.update({name: word for name, word in terms.items() if word and word.lower() != name})


def clinic_words(sentence: str) -> str:
    """A sentence with the clinic's own word for "patient"; only in English, where no endings change."""
    if not _terms or QLocale().language() != QLocale.Language.English:
        return sentence
    plural, single = _terms.get("patients", ""), _terms.get("patient", "")
    for found, word in (("patients", plural), ("patient", single)):
        if word:
            sentence = sentence.replace(found, word.lower()).replace(found.capitalize(), word.capitalize())
    return sentence


def language_code() -> str:
    """The two letters of the language in use."""
    return QLocale().name()[:2]


def right_to_left() -> Qt.LayoutDirection:
    """The direction of a language written from the right."""
    return Qt.LayoutDirection.RightToLeft


def is_right_to_left() -> bool:
    """Whether the language in use is written from the right."""
    return QLocale().textDirection() == Qt.LayoutDirection.RightToLeft
