"""People and Left out: found page by page, with the reason, and put right."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.domain.records import JournalEntry
from app.errors import BadInput
from app.service.contact_search import FoundContact, FoundContacts, contact_id
from app.service.pages import JournalLine, LeftOutLine, PersonLine
from app.wording import Words
from ui.dialogs.contact_choice import ContactDialog
from ui.dialogs.unlink_repair import RepairDialog
from ui.pages import people as people_module
from ui.pages.left_out import LeftOutPage
from ui.pages.people import PeoplePage
from ui.tables.table import PAGE

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def person(number: int, **more: Any) -> PersonLine:
    values: dict[str, Any] = {
        "kind": "patient",
        "cliniko_id": str(number),
        "name": f"Ann Lee {number}",
        "status": "active",
        "state": "linked",
        "rule": "email_name",
        "hubspot_id": "51",
        "reason": Words(""),
        "changed_at": NOW,
        "on_hold": False,
    }
    return PersonLine(**{**values, **more})


class Pages:
    """Two full pages of people, and a little of everything else."""

    def __init__(self, count: int = PAGE + 5) -> None:
        self.all = [person(number) for number in range(count)]
        self.asked: list[tuple[str, int, Any]] = []

    def people(self, text: str, limit: int, offset: int, kind: Any) -> list[PersonLine]:
        self.asked.append((text, offset, kind))
        found = [one for one in self.all if text.lower() in one.name.lower()]
        return found[offset : offset + limit]

    def addresses(self, kind: str, cliniko_id: str, hubspot_id: str) -> dict[str, str]:
        return {"cliniko": f"https://clinic.example.test/patients/{cliniko_id}"}

    def journal(self, **asked: Any) -> list[JournalLine]:
        def line(number: int, field: str, new: str) -> JournalLine:
            entry = JournalEntry(7, "patient", "1", "hubspot", "51", field, None, new, "sync", NOW, number)
            return JournalLine(entry, "Ann Lee")

        return [line(3, "city", "Perth"), line(2, "city", "Sydney"), line(1, "firstname", "Ann")]

    def left_out(self, reason: str | None, limit: int, offset: int) -> list[LeftOutLine]:
        lines = [LeftOutLine("patient", "9", "Bo Ray", Words("Has no e-mail address."), "no_email")]
        return [line for line in lines if reason in (None, line.slug)]

    def left_out_counts(self) -> list[tuple[str, Words, int]]:
        return [("no_email", Words("Has no e-mail address."), 1), ("archived", Words("Was archived."), 4)]


class People:
    def __init__(self) -> None:
        self.did: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        def act(*words: Any) -> dict[str, Any]:
            self.did.append((name, *words))
            return {"changes": [], "hubspot_id": "77"}

        return act


def open_page(qtbot, at_once, pages: Pages | None = None) -> tuple[PeoplePage, Pages, People]:
    pages, people = pages or Pages(), People()
    syncing = SimpleNamespace(sync_record_now=lambda *words: people.did.append(("sync", *words)))
    page = PeoplePage(at_once(pages=pages, people=people, syncing=syncing))
    qtbot.addWidget(page)
    page.look()
    return page, pages, people


def test_pages_are_read_one_by_one(qtbot, at_once) -> None:
    """No page loads everything."""
    page, pages, _ = open_page(qtbot, at_once)
    assert page.table.model.size == PAGE
    page.table.more_wanted.emit(PAGE)
    assert page.table.model.size == PAGE + 5
    assert [offset for _, offset, _ in pages.asked] == [0, PAGE]


def test_searching_asks_the_database(qtbot, at_once) -> None:
    """Names are looked for where they are kept, once the typing rests."""
    page, pages, _ = open_page(qtbot, at_once)
    page.table.filter.setText("lee 7")
    qtbot.waitUntil(lambda: pages.asked[-1][0] == "lee 7")
    assert len([text for text, _, _ in pages.asked if text]) == 1


def test_one_person_in_full(qtbot, at_once) -> None:
    """Link, rule and what was written last, field by field."""
    page, _, _ = open_page(qtbot, at_once)
    page.table.view.selectRow(1)
    assert page.values["rule"].text() == "same e-mail and name"
    assert page.values["hubspot"].text() == "51"
    assert page.in_cliniko.isEnabled() and not page.in_hubspot.isEnabled()
    assert [line.entry.new for line in page.written.rows] == ["Perth", "Ann"]


def test_sync_hold_and_release(qtbot, at_once) -> None:
    """R4, R84: one record now; do not sync, and sync again."""
    page, _, people = open_page(qtbot, at_once)
    page.table.view.selectRow(1)
    page.sync_one.click()
    page.hold.click()
    page.show_person(person(2, on_hold=True))
    assert page.hold.text() == "Sync again"
    page.hold.click()
    assert people.did == [("sync", "patient", "1"), ("hold", "patient", "1"), ("release", "patient", "2")]


@pytest.mark.parametrize("is_wanted", [True, False])
def test_forgetting_is_asked(is_wanted: bool, qtbot, at_once, monkeypatch) -> None:
    """R84: what cannot be undone says so first."""
    page, _, people = open_page(qtbot, at_once)
    asked: list[str] = []
    monkeypatch.setattr(
        people_module, "is_confirmed", lambda *words: asked.append(words[3]) is None and is_wanted
    )
    page.show_person(person(3))
    page.forget.click()
    assert "cannot be undone" in asked[0]
    assert people.did == ([("forget", "patient", "3")] if is_wanted else [])


def test_repair_previews_before_it_does(qtbot, at_once) -> None:
    """R52: what would be done is shown; nothing happens before the button."""
    people = People()
    dialog = RepairDialog(at_once(people=people), person(4))
    qtbot.addWidget(dialog)
    assert people.did == [("unlink", "patient", "4", True, True)]
    dialog.move_deals.click()
    dialog.do.click()
    assert people.did[1:] == [
        ("unlink", "patient", "4", False, True),
        ("unlink", "patient", "4", False, False),
    ]
    assert "77" in dialog.said.text()


def test_linking_another_contact(qtbot, at_once) -> None:
    """R52: the contact is named by id or web address; without one nothing is asked."""
    people = People()
    dialog = RepairDialog(at_once(people=people), person(4), asks_target=True)
    qtbot.addWidget(dialog)
    assert people.did == [] and not dialog.do.isEnabled()
    dialog.choice.field.setText("https://app.hubspot.com/contacts/7654321/record/0-1/901")
    qtbot.waitUntil(lambda: people.did == [("relink", "patient", "4", "901", True)])
    dialog.do.click()
    assert people.did[-1] == ("relink", "patient", "4", "901", False)


def test_a_contact_that_cannot_be_linked_says_why(qtbot, at_once) -> None:
    """I11: the cause stands in the dialog."""

    def relink(*words: Any) -> None:
        raise BadInput("x", sentence="This contact belongs to another patient.")

    dialog = RepairDialog(at_once(people=SimpleNamespace(relink=relink)), person(4), asks_target=True)
    qtbot.addWidget(dialog)
    dialog.choice.field.setText("901")
    qtbot.waitUntil(lambda: "belongs to another" in dialog.said.text())
    assert not dialog.do.isEnabled()


ANNS = (
    FoundContact("901", "Ann Lee", "ann@example.test", "0412 345 678"),
    FoundContact("902", "Ann Lee", "", "", "Ann Leigh"),
)


class Searching(People):
    """People with a search that finds two, or what it is told."""

    def __init__(self, found: FoundContacts = FoundContacts(ANNS, 2)) -> None:  # noqa: B008
        super().__init__()
        self.found = found

    def find_contacts(self, text: str) -> FoundContacts:
        self.did.append(("find", text))
        return self.found


def test_searching_the_contact_to_link(qtbot, at_once) -> None:
    """R52: by name; typing alone asks nothing, Enter asks once; the chosen row is previewed, then linked."""
    people = Searching()
    dialog = RepairDialog(at_once(people=people), person(4), asks_target=True)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.choice.field, "ann lee")
    assert people.did == []
    qtbot.keyClick(dialog.choice.field, Qt.Key.Key_Return)
    assert people.did == [("find", "ann lee")]
    model = dialog.choice.table.model
    rows = [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]
    assert rows[0] == ["Ann Lee", "ann@example.test", "0412 345 678", "nobody", "901"]
    assert rows[1][3] == "Ann Leigh"
    assert not dialog.do.isEnabled()
    dialog.choice.table.choose(1)
    assert people.did[-1] == ("relink", "patient", "4", "902", True)
    dialog.do.click()
    assert people.did[-1] == ("relink", "patient", "4", "902", False)


def test_typing_anew_takes_the_choice_back(qtbot, at_once) -> None:
    """What is done is what was shown: after another word nothing can be pressed, and nobody is unlinked."""
    people = Searching()
    dialog = RepairDialog(at_once(people=people), person(4), asks_target=True)
    qtbot.addWidget(dialog)
    dialog.choice.field.setText("ann")
    dialog.choice.search.click()
    dialog.choice.table.choose(0)
    assert dialog.do.isEnabled()
    dialog.choice.field.setText("bo")
    assert not dialog.do.isEnabled() and dialog.choice.current() == ""
    dialog._on_do()
    assert [one[0] for one in people.did] == ["find", "relink"]


def test_a_late_preview_of_another_contact_is_not_shown(qtbot, at_once) -> None:
    """An answer that was overtaken enables nothing."""
    dialog = RepairDialog(at_once(people=Searching()), person(4), asks_target=True)
    qtbot.addWidget(dialog)
    dialog.choice.field.setText("ann")
    dialog._asked = ("901", True)
    dialog.on_preview({"changes": []})
    assert not dialog.do.isEnabled()


def test_nobody_found_and_too_many(qtbot, at_once) -> None:
    """An empty list says so; a long one says that there are more."""
    people = Searching(FoundContacts((), 0))
    dialog = ContactDialog(at_once(people=people))
    qtbot.addWidget(dialog)
    dialog.choice.field.setText("zoe")
    dialog.choice.search.click()
    assert not dialog.choice.table.isHidden() and not dialog.choose.isEnabled()
    people.found = FoundContacts(ANNS, 40)
    dialog.choice.search.click()
    assert "2 of 40" in dialog.choice.said.text()


def test_a_failed_search_says_why(qtbot, at_once) -> None:
    """I11: too little to search by, no key, offline: in words, and Search works again."""

    def find_contacts(text: str) -> None:
        raise BadInput("x", sentence="That is too little to search by.")

    dialog = ContactDialog(at_once(people=SimpleNamespace(find_contacts=find_contacts)))
    qtbot.addWidget(dialog)
    dialog.choice.field.setText("z")
    dialog.choice.search.click()
    assert "too little" in dialog.choice.said.text()
    assert dialog.choice.search.isEnabled()


def test_choosing_a_contact_for_an_answer(qtbot, at_once) -> None:
    """Opening a row is enough; a typed id does as well. The words say who was chosen."""
    dialog = ContactDialog(at_once(people=Searching()))
    qtbot.addWidget(dialog)
    dialog.choice.field.setText("ann")
    dialog.choice.search.click()
    dialog.choice.table.choose(0)
    dialog.choice.table.activated.emit(ANNS[0])
    assert (dialog.result(), dialog.contact, dialog.words) == (1, "901", "Ann Lee · ann@example.test")
    typed = ContactDialog(at_once(people=Searching()))
    qtbot.addWidget(typed)
    typed.choice.field.setText("905")
    qtbot.waitUntil(typed.choose.isEnabled)
    typed.choose.click()
    assert (typed.contact, typed.words) == ("905", "905")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("901", "901"),
        (" 901 ", "901"),
        ("https://app-eu1.hubspot.com/contacts/12/record/0-1/345?x=1", "345"),
        ("https://app.hubspot.com/contacts/12/contact/678/", "678"),
        ("https://app.hubspot.com/contacts/12/record/0-3/345", ""),
        ("Ann", ""),
    ],
)
def test_the_id_in_what_was_typed(typed: str, expected: str) -> None:
    """An id or a contact's web address; a deal's is none."""
    assert contact_id(typed) == expected


def test_left_out_by_reason(qtbot, at_once) -> None:
    """R17: everybody who is not in HubSpot, with the one reason and its number."""
    page = LeftOutPage(at_once(pages=Pages()))
    qtbot.addWidget(page)
    page.look()
    assert [page.reason.itemText(n) for n in (1, 2)] == ["Has no e-mail address. (1)", "Was archived. (4)"]
    assert page.table.model.index(0, 0).data() == "Bo Ray"
    page.reason.setCurrentIndex(2)
    assert page.table.model.size == 0
