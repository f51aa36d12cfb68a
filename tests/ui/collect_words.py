"""Gathers every sentence that the window shows into resources/translations/*.ts and compiles them; run by hand:

    python3 tests/ui/collect_words.py

Sentences stand in calls of `tr(context, text)`, in the core's wording and phrases, and in the declarations of
settings, questions, errors and properties. A translation that is there already stays; one whose sentence is gone
is dropped.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "translations"
Source = tuple[str, str]


def in_calls(file: Path) -> Iterator[Source]:
    """(context, text) of each `tr(...)` and `QT_TRANSLATE_NOOP(...)` with literal text, joined strings included."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        if called not in ("tr", "QT_TRANSLATE_NOOP") or len(node.args) < 2:
            continue
        context, text = node.args[0], node.args[1]
        where = names.get(context.id) if isinstance(context, ast.Name) else getattr(context, "value", None)
        if isinstance(where, str) and isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield where, text.value


def in_declarations() -> Iterator[Source]:
    """Sentences that stand in data: settings, questions, errors, choices, page titles."""
    from app import errors, phrases, terms
    from app.review.kinds import KINDS
    from app.service.property_list import every_choice, every_label, owned_rows
    from app.settings import SETTINGS
    from ui import late
    from ui.widgets.setting_field import CHOICES, HELP, choice_words

    for setting in SETTINGS.values():
        yield "Settings", setting.label
        yield "Settings", HELP.get(setting.key, setting.help)
        for choice in setting.choices:
            if setting.key == "write_back.fields":
                yield "Settings", choice_words(setting.key, choice)
    for words in CHOICES.values():
        yield "Settings", words
    for kind in KINDS.values():
        yield from (("Review", kind.title), ("Review", kind.question), ("Review", kind.why))
        for answer in kind.answers:
            yield "Review", answer.label
    for text in (*phrases.PHRASES, *terms.TERMS):
        yield phrases.CONTEXT, text
    for label in every_label():
        yield "Labels", label
    for choice in every_choice():
        yield "Choices", choice.replace("_", " ")
    for row in owned_rows():
        if row["meaning"]:
            yield "Meanings", str(row["meaning"])
    for _, context, title in late.PAGE_TITLES:
        yield context, title
    for error in vars(errors).values():
        if isinstance(error, type) and issubclass(error, errors.ClinicBridgeError):
            yield from (("Errors", error.sentence), ("Errors", error.next_step))


def sources() -> list[Source]:
    """Every sentence once, in a stable order."""
    files = sorted((ROOT / "ui").rglob("*.py")) + [ROOT / "app" / "wording.py"]
    found = [one for file in files for one in in_calls(file)] + list(in_declarations())
    return sorted(set(found))


def translations(file: Path) -> dict[Source, str]:
    """The translations in a .ts file."""
    if not file.exists():
        return {}
    found = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            found[name, message.findtext("source") or ""] = message.findtext("translation") or ""
    return found


def write(file: Path, language: str, known: dict[Source, str]) -> int:
    """Write a .ts file with all sentences; returns how many have no translation yet."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    missing = 0
    contexts: dict[str, ElementTree.Element] = {}
    for name, text in sources():
        if name not in contexts:
            contexts[name] = ElementTree.SubElement(root, "context")
            ElementTree.SubElement(contexts[name], "name").text = name
        message = ElementTree.SubElement(contexts[name], "message")
        ElementTree.SubElement(message, "source").text = text
        done = known.get((name, text), "")
        attributes = {} if done else {"type": "unfinished"}
        ElementTree.SubElement(message, "translation", attributes).text = done
        missing += not done
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")
    return missing


def compile_words(file: Path) -> None:
    """Make the .qm file that Qt loads."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run(
        [str(tool), str(file), "-qm", str(file.with_suffix(".qm"))], check=True, capture_output=True
    )


def main() -> int:
    """Bring every language up to date; returns the exit code."""
    files = sorted(FOLDER.glob("clinicbridge_*.ts")) or [FOLDER / "clinicbridge_de.ts"]
    for file in files:
        missing = write(file, file.stem.removeprefix("clinicbridge_"), translations(file))
        compile_words(file)
        sys.stdout.write(f"{file.name}: {missing} without a translation\n")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
