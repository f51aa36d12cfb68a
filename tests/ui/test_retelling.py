"""The window in another language: every sentence that the core hands out is told in it, with its facts in place."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QTranslator

from app import errors, phrases, terms
from app.domain.conflicts import Conflict
from app.review.kinds import KINDS
from app.schema.drift import Finding
from app.settings import SETTINGS
from app.sync.questions import ask
from app.wording import NOTE_WORDS, REASON_WORDS, UNDO_WORDS, reason_words, undo_words
from ui import language, retelling
from ui.dialogs.unlink_repair import what_words
from ui.record_words import changed_words, field_words, question_words

APP = Path(__file__).resolve().parents[2] / "app"
ELSEWHERE = ("sandbox", "cli", "streams", "domain")
"""What says nothing to the window: the play services, the command line's own words, and tables of data."""
TOLD_OTHERWISE = {
    "app/settings.py",  # the settings page has them
    "app/wording.py",  # collected by its own marks
    "app/review/kinds.py",
    "app/service/updates.py",
}
FACTS = {
    "people": ["Ann Lee", "Bo Lee"],
    "address": "lee@example.test",
    "person": "Ann Lee",
    "contact": "Bo Lee",
    "count": "1200",
    "total": "3400",
    "other": "Cy Moss",
    "reason": "Cliniko needs a first and a last name.",
    "field": "Mobile phone",
    "practitioner": "Dr. Rue",
    "what": "The property ‘Home phone’ is not in HubSpot",
    "row": "12",
    "text": "Ann Lee, 5/3/2026",
}
AGAIN = ("reason", "what", "people")
"""Facts that are sentences or lists of their own, told again as such."""
SHOWN = {
    "count": "1.200",
    "total": "3.400",
    "people": "Ann Lee und Bo Lee",
    "field": "Mobiltelefon",
}
"""Facts that are written otherwise in German."""
ENGLISH = re.compile(
    r"\b(the|this|that|is|are|has|have|not|and|of|with|who|what|which|somebody|another|same|no|from|to|it|its|"
    r"both|could|would|should|says?|did|does|cannot|there|here)\b",
    re.IGNORECASE,
)
"""Words that stand in nearly every English sentence and in no German one."""


@pytest.fixture
def german(qapp: Any) -> Iterator[list[QTranslator]]:
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    kept = language.install(qapp, QLocale("de_DE"))
    yield kept
    for translator in kept:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def english_in(text: str, *facts: str) -> list[str]:
    """English words left in a text, facts set aside."""
    for fact in facts:
        text = text.replace(fact, "")
    return ENGLISH.findall(text)


# questions


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_question_is_asked_in_german(german: list[QTranslator], kind: str) -> None:
    """Matching §3: all 23 kinds; the sentence is told anew with the facts that were kept, numbers by the locale."""
    facts = {name: FACTS[name] for name in KINDS[kind].fields}
    asked = ask(kind, "patient", "1", **facts)
    told = question_words(asked)
    names = [one for fact in facts.values() for one in ([fact] if isinstance(fact, str) else fact)]
    assert not english_in(told, *names), told
    for name, fact in facts.items():
        if name in ("reason", "what"):
            continue
        shown = SHOWN.get(name, fact)
        assert shown in told, told
    assert "…" not in told
    assert asked.message == KINDS[kind].question.format_map(
        {name: fact if isinstance(fact, str) else " and ".join(fact) for name, fact in facts.items()}
    ), "scripts get the English as before"


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_an_older_version_is_read_back(german: list[QTranslator], kind: str) -> None:
    """Rows kept without facts still show in German: their English is one of the known sentences."""
    facts = {name: FACTS[name] for name in KINDS[kind].fields}
    told = question_words(replace(ask(kind, "patient", "1", **facts), details={}))
    known = [
        SHOWN["field"] if name == "field" else str(one) for name, one in facts.items() if name not in AGAIN
    ]
    assert not english_in(told, *known, "Ann Lee and Bo Lee"), told
    assert all(one in told for one in known), told


def test_a_question_nobody_can_read_back_stays_as_it_was(german: list[QTranslator]) -> None:
    """Words of a version that is not known are better than none; a forgotten one has none."""
    strange = Conflict("same_person", "patient", "1", message="Is A the same as B?")
    assert question_words(strange) == "Is A the same as B?"
    assert question_words(replace(strange, message="")) == ""


def test_a_fact_that_is_not_known_is_three_dots(german: list[QTranslator]) -> None:
    """As in English."""
    told = question_words(ask("contact_taken", "patient", "1", person="Ann Lee"))
    assert "…" in told and "Ann Lee" in told


def test_a_row_of_a_file_shows_its_day_as_people_write_it(german: list[QTranslator]) -> None:
    """Dates by the locale, also within a question."""
    details = {"named": "Ann Lee", "day": "2026-03-05"}
    told = question_words(
        ask("import_row_unclear", "import", "1", details=details, row="7", text="Ann Lee, 5/3/2026")
    )
    assert "Ann Lee, 05.03.2026" in told


def test_what_is_broken_is_told_within_the_question(german: list[QTranslator]) -> None:
    """schema_drift: the finding is a sentence of its own, without a second full stop."""
    told = question_words(
        ask("schema_drift", "schema", "patients", what="The property ‘Home phone’ is not in HubSpot")
    )
    assert "Die Eigenschaft „Home phone“ fehlt in HubSpot. Was davon abhängt, wartet." in told


def test_in_english_a_question_is_what_was_kept(qapp: Any) -> None:
    """Nothing is read back where nothing is translated."""
    asked = ask("same_person", "patient", "1", person="Ann Lee", contact="Bo Lee")
    assert question_words(asked) == asked.message


# tables of sentences


def _filled(template: str) -> tuple[str, list[str]]:
    names = [name for _, name, _, _ in Formatter().parse(template) if name]
    values = {name: f"X{place}x" for place, name in enumerate(names)}
    return template.format(**values), list(values.values())


def _templates() -> Iterator[str]:
    yield from phrases.PHRASES
    for table in (REASON_WORDS, NOTE_WORDS, UNDO_WORDS):
        yield from table.values()
    for error in vars(errors).values():
        if inspect.isclass(error) and issubclass(error, errors.ClinicBridgeError):
            yield from (error.sentence, error.next_step)


@pytest.mark.parametrize("template", sorted(set(filter(None, _templates()))))
def test_each_sentence_of_the_core_is_told_in_german(german: list[QTranslator], template: str) -> None:
    """I11: problems, findings, differences, checks, reasons, notes and errors, each with what stands in it."""
    text, values = _filled(template)
    told = language.retold(text)
    assert told != text
    assert all(value in told for value in values), told
    assert not english_in(told, *values), told


@pytest.mark.parametrize("word", terms.TERMS)
def test_each_word_of_the_core_is_told_in_german(german: list[QTranslator], word: str) -> None:
    """The words in the fields, alone and within a sentence; a few are the same in both languages."""
    assert language.word(word) != word or word.capitalize() in ("Text",)
    assert not english_in(language.word(word))


@pytest.mark.parametrize("error", [errors.KeysRefused, errors.RightsMissing, errors.TryLater])
def test_errors_about_a_service_name_it(german: list[QTranslator], error: Any) -> None:
    """R83: what happened and what helps, for both services."""
    for service in ("Cliniko", "HubSpot"):
        told = " ".join(language.say_error(error(service)))
        assert service in told and not english_in(told), told
    told = " ".join(language.say_error(errors.RightsMissing("HubSpot", ("crm.objects.deals.read",))))
    assert "crm.objects.deals.read" in told and not english_in(told, "crm.objects.deals.read")


def test_sentences_that_follow_each_other(german: list[QTranslator]) -> None:
    """A reason with its notes, and a problem with what helps, are several sentences in one text."""
    told = language.retold(
        "Has no e-mail address, and only patients with one are wanted (patients.only_with_email). "
        "Found by e-mail and name. Left to clean up on the contact 7, which it was taken off: City, 2 deals."
    )
    assert "(Nur mit E-Mail)" in told and "Gefunden über E-Mail und Name." in told
    assert not english_in(told), told
    told = language.retold(
        "Cliniko cannot be reached at the moment. Nothing is lost. ClinicBridge tries again by itself."
    )
    assert told == (
        "Cliniko ist gerade nicht erreichbar. Nichts geht verloren. ClinicBridge versucht es von selbst wieder."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Without room in the HubSpot plan: appointments and invoices.", "Termine und Rechnungen"),
        ("The setting sync.interval_minutes must lie between 5 and 240.", "„Minuten zwischen Läufen“"),
        ("Not asked: The keys of Cliniko and HubSpot are not set yet.", "noch nicht gesetzt"),
        ("The key may not read users: deals get no owner.", "Benutzer. Die Folge: für Deals ist niemand"),
        (
            "Cliniko did not accept the change: first name can’t be blank; email is invalid.",
            "Vorname darf nicht leer",
        ),
        ("Waits for your answer to a question (weak match).", "(Schwacher Treffer)"),
    ],
)
def test_what_stands_in_a_field_is_told_too(german: list[QTranslator], text: str, expected: str) -> None:
    """Streams, settings, kinds of questions, whole sentences and Cliniko's own usual words."""
    told = language.retold(text)
    assert expected in told and not english_in(told), told


def test_strange_words_stay(german: list[QTranslator]) -> None:
    """What a service says in its own words is shown as it is, and what is known around it is told."""
    assert language.retold("Teapots brew here.") == "Teapots brew here."
    told = language.retold("HubSpot did not accept this record. Teapots brew here. Release it first.")
    assert told.endswith("Teapots brew here. Geben Sie ihn zuerst frei.") and "nicht angenommen" in told
    assert language.retold("") == ""


@pytest.mark.parametrize("state", ["held", "left_out"])
def test_a_reason_without_a_sentence(german: list[QTranslator], state: str) -> None:
    """R82: a question's kind as the reason is named by its title."""
    told = language.say(reason_words("several_candidates", "patient", state))
    assert "Mehrere kommen in Frage" in told and not english_in(told)


def test_notes_of_an_undo(german: list[QTranslator]) -> None:
    """R81: why a line stays."""
    for note in UNDO_WORDS:
        assert not english_in(language.retold(str(undo_words(note))))


def test_kinds_of_differences(german: list[QTranslator]) -> None:
    """R61: each sort of difference has words of its own, and so has its weight."""
    from ui.pages.hubspot_setup import finding_words, level_words

    source = (APP / "schema" / "drift.py").read_text(encoding="utf-8")
    kinds = set(
        re.findall(
            r"\"([a-z]+(?:_[a-z]+)*_(?:missing|changed|renamed|added|taken)|not_unique|read_only)\"", source
        )
    )
    assert len(kinds) >= 17
    for kind in kinds:
        assert not english_in(finding_words({"kind": kind}))
        assert finding_words({"kind": kind}) != kind.replace("_", " ").capitalize()
    for weight in Finding.__annotations__["level"], "breaking", "tolerable", "harmless":
        assert not english_in(level_words(str(weight)))


# fields and values


@pytest.mark.parametrize(
    ("name", "value", "field", "shown"),
    [
        ("cliniko_patient_status", "active", "Status des Patienten", "aktiv"),
        ("cliniko_is_minor", "false", "Unter 18", "Nein"),
        ("cliniko_patient_stage", "first_booked", "Stufe des Patienten", "erster Termin gebucht"),
        ("dealstage", "cliniko_appt_did_not_arrive", "Phase des Deals", "Nicht erschienen"),
        ("cliniko_date_of_birth", "1990-05-31", "Geburtsdatum", "31.05.1990"),
        ("firstname", "Link", "Vorname", "Link"),
        ("answer", "two_people", "Antwort auf eine Frage", "Es sind wirklich zwei Personen"),
        ("on_hold", "yes", "Nicht abgleichen", "Ja"),
    ],
)
def test_fields_and_their_values(
    german: list[QTranslator], name: str, value: str, field: str, shown: str
) -> None:
    """The history and every preview: fields, choices, stages and answers in words; what somebody typed as it is."""
    assert field_words(name) == field
    assert changed_words(name, value) == shown


def test_lines_of_a_preview(german: list[QTranslator]) -> None:
    """R52, R81: what goes back is told as the history tells it."""
    rows = [
        ({"field": "contact", "label": "Contact"}, "Kontakt"),
        ({"field": "on_hold", "label": "Sync"}, "Nicht abgleichen"),
        ({"field": "cliniko_home_phone", "label": "Home phone"}, "Telefon privat"),
        ({"field": "first_name", "label": "First name"}, "Vorname"),
        ({"field": "cliniko_custom_shoe", "label": "Shoe size"}, "Shoe size"),
    ]
    for row, expected in rows:
        assert what_words(row) == expected


def test_the_picture_of_a_level(german: list[QTranslator], qtbot: Any, at_once: Any) -> None:
    """R84: labels and values of the made-up patient in German."""
    from ui.pages.privacy_picture import read_picture

    settings = SimpleNamespace(settings=lambda: SimpleNamespace(text=lambda key: "own_property"))
    rows = {name: value for name, value, _ in read_picture(SimpleNamespace(setup=settings), "detailed")}
    assert rows["Unter 18"] == "Nein" and rows["Status des Patienten"] == "aktiv"
    assert rows["Geburtsdatum"] == "02.11.1984"


# nothing is forgotten


def _said() -> Iterator[tuple[str, str]]:
    """(where, text) of all in app/ that reads like a sentence; fields hold made-up values."""
    for file in sorted(APP.rglob("*.py")):
        name = file.relative_to(APP.parent).as_posix()
        if file.relative_to(APP).parts[0] in ELSEWHERE or name in TOLD_OTHERWISE:
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                skipped |= {id(part) for part in ast.walk(node) if part is not node}
            text = _text_of(node) if id(node) not in skipped else ""
            if re.match(r"[A-Z‘“]|Xx", text) and re.search(r"\w \w.*[.?]$", text):
                yield f"{name}:{getattr(node, 'lineno', 0)}", text


def _text_of(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "Xx" for part in node.values)
    return ""


NOT_SHOWN = {
    "Filled by ClinicBridge.",  # stands in HubSpot
    "The window needs system libraries that are not installed (XxXx).",  # known with its brackets
    "Xx has Xx free custom contact properties; ClinicBridge needs at least Xx.",  # with the plan's name or without
    "Xx The window cannot open; the words work without it.",  # two sentences
    "The pipeline ‘Xx’ Xx.",  # one sentence for each way in which a pipeline differs
    "The setting Xx Xx.",  # one for each way in which a value does not fit
}


def test_every_sentence_in_the_core_is_known() -> None:
    """A new sentence needs its phrase, else a window in another language shows it in English."""
    unknown = [
        (where, text)
        for where, text in _said()
        if text not in NOT_SHOWN
        and not (text.endswith("?") and "app/store/" in where)  # statements for the database
        and not retelling.is_known(text)
    ]
    assert unknown == []


def test_what_follows_a_setting_or_a_pipeline_is_known() -> None:
    """The sentences that are put together from two parts."""
    for file, opening in (("settings.py", "The setting sync.x "), ("schema/drift.py", "The pipeline ‘Xx’ ")):
        tree = ast.parse((APP / file).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_refusal", "_of")
            ):
                words = node.args[1] if node.func.id == "_refusal" else node.args[-1]
                text = _text_of(words)
                assert not text or retelling.is_known(f"{opening}{text}."), text
    assert all(retelling.is_known(setting.help) for setting in SETTINGS.values())
