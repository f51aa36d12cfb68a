"""Why a row is not done, in the words of the window."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ui.pages.import_reasons import _known, reason_words

REASONS = {
    "its id is not a number": "Its ID is not a number.",
    "left out: no_email": "Left out: Has no e-mail address",
    "left out: its patient is not in HubSpot (on_hold)": "Somebody said not to sync this record.",
    "left out: its patient is not in HubSpot (odd)": "Left out: its patient is not in HubSpot.",
    "a question is open: shared_email": "Waits for your answer: ",
    "a question is open: odd": "Waits for your answer to a question.",
    "something new": "Something new",
    "": "",
}


@pytest.mark.parametrize(("reason", "words"), list(REASONS.items()))
def test_reasons_are_sentences(qapp, reason: str, words: str) -> None:
    """What the report says in short is said in plain words, without our own slugs."""
    said = reason_words(reason)
    assert words in said
    assert "_" not in said.replace("only_with_email", "")


def test_every_reason_of_the_program_has_its_words(qapp) -> None:
    """Whatever a row can be refused or passed over for is known to the window."""
    root = Path(__file__).resolve().parents[3] / "app"
    files = [*(root / "imports").glob("*.py"), *(root / "sync").glob("import_*.py")]
    texts = {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    known = set(_known())
    assert known <= texts
    raised = {
        node.args[0].value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Unreadable"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert raised <= known
