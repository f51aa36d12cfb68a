"""One question in full: why it is asked, both records, and a button for each answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.domain.conflicts import Conflict
from app.review.kinds import KINDS, Answer
from ui.bridge import Asking
from ui.dialogs.contact_choice import ContactDialog
from ui.language import retold, tr
from ui.record_words import question_words
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.mnemonics import give_anew
from ui.widgets.parts import SPACE, button, heading, label, quiet_label, scrolled
from ui.widgets.side_by_side import Side, SideBySide, SidesArea

_CONTEXT = "Question"


class QuestionView(QFrame):
    """Shows one question and tells what was pressed."""

    answered = Signal(object, object, object)
    """The question, the answer, and what was named with it (contact, patient or owner: an id)."""
    alike_wanted = Signal(object, object)

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asking = asking
        self.setObjectName("question")
        self.setProperty("card", True)
        self.setMinimumWidth(360)
        self.conflict: Conflict | None = None
        self._alike: tuple[Conflict, ...] = ()
        self._urls: dict[str, str] = {}
        self.title = heading("", "question_title")
        self.message = label("", "question_message", 1.05)
        self.why = quiet_label("", "question_why")
        self.sides = SideBySide()
        self.sides_area = SidesArea(self.sides)
        self.suggestion = label("", "question_suggestion")
        self.which = ChoiceBox("answer_which", tr(_CONTEXT, "Which one"))
        self.which_label = label("", "answer_which_label")
        self.which_label.setBuddy(self.which)
        self.search = button(tr(_CONTEXT, "Search HubSpot…"), "answer_search", self._on_search, "search")
        self.answers = QVBoxLayout()
        self.answers.setSpacing(6)
        self.in_cliniko = button(
            tr(_CONTEXT, "Open in Cliniko"), "open_in_cliniko", self._open_cliniko, "open"
        )
        self.in_hubspot = button(
            tr(_CONTEXT, "Open in HubSpot"), "open_in_hubspot", self._open_hubspot, "open"
        )
        self.alike = button(tr(_CONTEXT, "Answer all of this kind…"), "answer_alike", self._on_alike)
        self._lay_out()
        self.show_question(None, ())

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(SPACE)
        for part in (self.title, self.message, self.why, self.sides_area):
            column.addWidget(part)
        opens = QHBoxLayout()
        opens.addWidget(self.in_cliniko)
        opens.addWidget(self.in_hubspot)
        opens.addStretch(1)
        column.addLayout(opens)
        column.addWidget(self.suggestion)
        which = QHBoxLayout()
        which.addWidget(self.which_label)
        which.addWidget(self.which, 1)
        which.addWidget(self.search)
        column.addLayout(which)
        column.addLayout(self.answers)
        column.addWidget(self.alike)
        column.addStretch(1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(
            EmptyState(
                tr(_CONTEXT, "No question chosen"),
                tr(_CONTEXT, "Choose one on the left to see both records."),
            )
        )
        self._stack.addWidget(scrolled(inner))

    def show_question(self, conflict: Conflict | None, alike: Sequence[Conflict]) -> None:
        """Show a question, or that none is chosen."""
        self.conflict, self._alike = conflict, tuple(alike)
        self._stack.setCurrentIndex(0 if conflict is None else 1)
        if conflict is None:
            return
        kind = KINDS[conflict.kind]
        self.title.setText(tr("Review", kind.title))
        self.message.setText(question_words(conflict))
        self.why.setText(tr("Review", kind.why))
        self.sides.show_sides(sides_of(conflict))
        QTimer.singleShot(0, self.sides_area, self.sides_area.fit)
        suggested = kind.answer(conflict.suggested)
        if suggested is None or suggested.slug == "later":
            self.suggestion.setText(tr(_CONTEXT, "No suggestion: only somebody who knows them can tell."))
        else:
            self.suggestion.setText(tr(_CONTEXT, "Suggested: {answer}", answer=tr("Review", suggested.label)))
        self._show_choices(conflict)
        self._show_answers(conflict)
        bulk = [answer for answer in kind.answers if answer.bulk_safe]
        self.alike.setVisible(bool(bulk) and len(self._alike) > 1)
        self._urls = {}
        self._show_opens()
        self.asking.read(
            lambda program: program.pages.addresses_of(conflict),
            self._on_urls,
            lambda error: None,
            topic="addresses",
        )

    def _show_choices(self, conflict: Conflict) -> None:
        needs = next((answer.needs for answer in KINDS[conflict.kind].answers if answer.needs), "")
        self.which.clear()
        for known, words in choices_of(conflict, needs):
            self.which.addItem(words, known)
        is_asked = bool(needs) and conflict.kind != "mass_change"
        for part in (self.which, self.which_label):
            part.setVisible(is_asked)
        self.search.setVisible(is_asked and needs == "contact")
        titles = {
            "contact": tr(_CONTEXT, "Which contact:"),
            "patient": tr(_CONTEXT, "Which patient:"),
            "owner": tr(_CONTEXT, "Which owner:"),
        }
        self.which_label.setText(titles.get(needs, ""))
        self.which.setAccessibleName(self.which_label.text().rstrip(":") or tr(_CONTEXT, "Which one"))
        self.which.setEditable(is_asked and self.which.count() == 0)
        if (line := self.which.lineEdit()) is not None:
            line.setPlaceholderText(tr(_CONTEXT, "ID, as the service shows it"))
        if needs == "owner":
            self.asking.read(
                lambda program: program.connections.owners(),
                self._on_owners,
                lambda error: None,
                topic="owners",
                is_remote=True,
            )

    def _on_search(self) -> None:
        conflict = self.conflict
        dialog = ContactDialog(self.asking, self)
        dialog.accepted.connect(lambda: self._on_contact(conflict, dialog.contact, dialog.words))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_contact(self, conflict: Conflict | None, contact: str, words: str) -> None:
        """Name the contact that was chosen, if its question is still the one that is shown."""
        if conflict is None or self.conflict is None or conflict.id != self.conflict.id:
            return
        if self.which.findData(contact) < 0:
            self.which.setEditable(False)
            self.which.addItem(words, contact)
        self.which.setCurrentIndex(self.which.findData(contact))
        self.which.setFocus()

    def _on_owners(self, owners: Sequence[tuple[str, str]]) -> None:
        self.which.clear()
        self.which.setEditable(not owners)
        for owner_id, name in owners:
            self.which.addItem(name, owner_id)

    def _show_answers(self, conflict: Conflict) -> None:
        while (item := self.answers.takeAt(0)) is not None:
            if isinstance(part := item.widget(), QPushButton):
                part.hide()
                part.setText("")  # One that goes uses no letter any more.
                part.deleteLater()
        for answer in KINDS[conflict.kind].answers:
            self.answers.addWidget(self._answer_button(conflict, answer))
        give_anew(self)

    def _answer_button(self, conflict: Conflict, answer: Answer) -> QPushButton:
        text = tr("Review", answer.label)
        is_main = answer.slug == conflict.suggested != "later"
        return button(text, f"answer_{answer.slug}", lambda: self._press(answer), main=is_main)

    def _press(self, answer: Answer) -> None:
        if self.conflict is None:
            return
        named = {}
        if answer.needs:
            chosen = self.which.currentData() or self.which.currentText().strip()
            named = {str(answer.needs): chosen} if chosen else {}
        self.answered.emit(self.conflict, answer, named)

    def _on_alike(self) -> None:
        if self.conflict is None:
            return
        kind = KINDS[self.conflict.kind]
        bulk = [answer for answer in kind.answers if answer.bulk_safe]
        suggested = [answer for answer in bulk if answer.slug == self.conflict.suggested]
        self.alike_wanted.emit((suggested or bulk)[0], self._alike)

    # in the browser

    def _on_urls(self, urls: dict[str, str]) -> None:
        self._urls = dict(urls)
        self._show_opens()

    def _show_opens(self) -> None:
        self.in_cliniko.setVisible(bool(self._urls.get("cliniko")))
        self.in_hubspot.setVisible(bool(self._urls.get("hubspot")))

    def _open_cliniko(self) -> None:
        QDesktopServices.openUrl(QUrl(self._urls["cliniko"]))

    def _open_hubspot(self) -> None:
        QDesktopServices.openUrl(QUrl(self._urls["hubspot"]))


def _texts(values: Any) -> dict[str, str]:
    return {str(name): str(value or "") for name, value in values.items()} if isinstance(values, dict) else {}


def sides_of(conflict: Conflict) -> list[Side]:
    """The records to be compared, as far as the question holds them."""
    details = conflict.details
    sides = []
    if isinstance(details.get("cliniko"), dict):
        sides.append(Side("Cliniko", _texts(details["cliniko"])))
    found = details.get("hubspot")
    contacts = found if isinstance(found, list) else [found] if isinstance(found, dict) else []
    for place, contact in enumerate(contacts[:4], 1):
        title = "HubSpot" if len(contacts) == 1 else f"HubSpot {place}"
        sides.append(Side(title, _texts(contact)))
    names = details.get("names")
    if not sides and isinstance(details.get("members"), list) and isinstance(names, list):
        address = str(details.get("address") or "")
        for name in names[:4]:
            sides.append(Side("Cliniko", {"name": str(name), "email": address}))
    findings = details.get("findings")
    if not sides and isinstance(findings, list):
        rows = {str(place): retold(str(text)) for place, text in enumerate(findings[:12], 1)}
        sides.append(Side("HubSpot", rows))
    return sides


def choices_of(conflict: Conflict, needs: str) -> list[tuple[str, str]]:
    """What may be named with the answer: id and words."""
    details = conflict.details
    if needs == "contact":
        found = details.get("hubspot")
        cards = {str(c.get("id")): c for c in found} if isinstance(found, list) else {}
        return [
            (
                one,
                " · ".join(filter(None, (cards.get(one, {}).get("name"), cards.get(one, {}).get("email"))))
                or one,
            )
            for one in conflict.candidates
        ]
    if needs == "patient":
        members, names = details.get("members"), details.get("names")
        if isinstance(members, list):
            words = names if isinstance(names, list) and len(names) == len(members) else members
            return [(str(member), str(word)) for member, word in zip(members, words, strict=True)]
        found = details.get("patients") or details.get("other")
        known = found if isinstance(found, list) else [found] if found else list(conflict.candidates)
        if not isinstance(names, list) or len(names) != len(known):
            names = [""] * len(known)
        return [_patient_choice(one, str(name)) for one, name in zip(known, names, strict=True)]
    return []


def _patient_choice(known: object, name: str) -> tuple[str, str]:
    """A patient who may be meant, with the id, as namesakes are common here."""
    if isinstance(known, dict):
        known, name = known.get("id"), str(known.get("name") or "")
    return str(known), " · ".join(filter(None, (name, str(known))))
