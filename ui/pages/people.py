"""People: find a patient or a Cliniko contact, see where they are and why, and put it right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.service.pages import JournalLine, PersonLine
from ui.bridge import Asking
from ui.dialogs.confirm import is_confirmed
from ui.dialogs.unlink_repair import RepairDialog
from ui.dialogs.why import WhyDialog
from ui.language import long_day, long_moment, moment, moment_or_day, say, say_error, tr
from ui.pages.page import Page
from ui.record_words import changed_words, field_words, kind_words, rule_words, state_words
from ui.tables.flat_table import FlatTable
from ui.tables.rows import Column, RowsModel
from ui.tables.table import PAGE, RowsTable
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.mnemonics import relabel
from ui.widgets.parts import SPACE, button, card, heading, label, quiet_label, scrolled
from ui.widgets.split import Split

_CONTEXT = "People"
TYPING_MS = 250
MOST_WRITTEN = 400


STATE_TONES = {"linked": "good", "held": "warn", "failed": "bad"}


def people_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(tr(_CONTEXT, "Name"), lambda line: line.name, width=0),
        Column(tr(_CONTEXT, "What"), lambda line: kind_words(line.kind), width=17),
        Column(
            tr(_CONTEXT, "State"),
            lambda line: state_words(line.state),
            width=16,
            tone=lambda line: STATE_TONES.get(line.state, ""),
        ),
        Column(
            tr(_CONTEXT, "Last change"),
            lambda line: moment(line.changed_at),
            lambda line: line.changed_at,
            14,
            sample=long_moment(),
        ),
    )


class PeoplePage(Page):
    """See the module."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__("people", tr(_CONTEXT, "People"), asking, parent)
        self.line: PersonLine | None = None
        self._urls: dict[str, str] = {}
        self.table = RowsTable(
            "people",
            tr(_CONTEXT, "People"),
            tr(_CONTEXT, "Patients and Cliniko contacts. Choose one to see the link and what can be done."),
            people_columns(),
            (
                tr(_CONTEXT, "Nobody here yet"),
                tr(
                    _CONTEXT,
                    "Patients and Cliniko contacts appear after the first run. Search by name or ID.",
                ),
            ),
            filters_here=False,
        )
        self.table.filter.setObjectName("people_search")
        self.table.filter.setPlaceholderText(tr(_CONTEXT, "Search any name or ID"))
        self.table.filter.setAccessibleName(tr(_CONTEXT, "Search any name or ID"))
        self.kind = ChoiceBox("people_kind", tr(_CONTEXT, "Kind"))
        for words, kind in (
            (tr(_CONTEXT, "Everybody"), None),
            (tr(_CONTEXT, "Patients"), "patient"),
            (tr(_CONTEXT, "Cliniko contacts"), "contact"),
        ):
            self.kind.addItem(words, kind)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self.look)
        self.said = label("", "people_said")
        self.said.hide()
        self.detail = self._detail()
        self._lay_out()
        self.table.filter_changed.connect(lambda text: self._timer.start())
        self.kind.currentIndexChanged.connect(self.look)
        self.table.more_wanted.connect(self._on_more)
        self.table.chosen.connect(self.show_person)
        self.show_person(None)

    def _detail(self) -> QWidget:
        self.name = heading("", "person_name")
        self.hint = quiet_label(
            tr(_CONTEXT, "Choose somebody in the list to see both sides and what can be done."), "person_hint"
        )
        self.facts_box = QWidget()
        self.facts = QGridLayout(self.facts_box)
        self.facts.setContentsMargins(0, 0, 0, 0)
        self.facts.setColumnStretch(1, 1)
        self.facts.setVerticalSpacing(6)
        self.values: dict[str, Any] = {}
        rows = {
            "state": tr(_CONTEXT, "State"),
            "rule": tr(_CONTEXT, "Linked by"),
            "reason": tr(_CONTEXT, "Reason"),
            "cliniko": tr(_CONTEXT, "Cliniko ID"),
            "hubspot": tr(_CONTEXT, "HubSpot ID"),
            "changed": tr(_CONTEXT, "Last change"),
        }
        for place, (name, title) in enumerate(rows.items()):
            value = label("", f"person_{name}")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.values[name] = value
            self.facts.addWidget(
                quiet_label(title, f"person_{name}_title"), place, 0, Qt.AlignmentFlag.AlignTop
            )
            self.facts.addWidget(value, place, 1)
        self.why = button(tr(_CONTEXT, "Why"), "why", self._on_why)
        self.sync_one = button(
            tr(_CONTEXT, "Sync this record now"), "sync_this_record_now", self._on_sync, main=True
        )
        self.repair = button(
            tr(_CONTEXT, "Unlink and repair…"), "unlink_and_repair", lambda: self._on_repair(False)
        )
        self.relink = button(
            tr(_CONTEXT, "Link to another contact…"), "link_to_another", lambda: self._on_repair(True)
        )
        self.hold = button(tr(_CONTEXT, "Do not sync"), "do_not_sync", self._on_hold)
        self.forget = button(tr(_CONTEXT, "Forget…"), "forget", self._on_forget)
        self.in_cliniko = button(
            tr(_CONTEXT, "Open in Cliniko"), "person_in_cliniko", lambda: self._open("cliniko"), "open"
        )
        self.in_hubspot = button(
            tr(_CONTEXT, "Open in HubSpot"), "person_in_hubspot", lambda: self._open("hubspot"), "open"
        )
        column = QVBoxLayout()
        column.setSpacing(6)
        for part in (
            self.sync_one,
            self.why,
            self.in_cliniko,
            self.in_hubspot,
            self.repair,
            self.relink,
            self.hold,
            self.forget,
        ):
            column.addWidget(part)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        facts = QVBoxLayout()
        facts.addWidget(self.name)
        facts.addWidget(self.hint)
        facts.addWidget(self.facts_box)
        layout.addWidget(card("person_card", facts))
        self.written = RowsModel(written_columns(), self)
        self.written_table = FlatTable(
            self.written,
            "person_written",
            tr(_CONTEXT, "Written to HubSpot"),
            tr(_CONTEXT, "Each value that ClinicBridge last wrote for this person, with when."),
        )
        self.written_card = card(
            "person_written_card", self.written_table, title=tr(_CONTEXT, "Written to HubSpot")
        )
        layout.addWidget(card("person_actions", column, title=tr(_CONTEXT, "What can be done")))
        layout.addWidget(self.written_card)
        layout.addStretch(1)
        return scrolled(content)

    def _lay_out(self) -> None:
        self.table.tools.addWidget(self.kind)
        split = Split("people_split", self.table, self.detail, (3, 2))
        self.detail.setMinimumWidth(300)
        self.body.addWidget(self.said)
        self.body.addWidget(split, 1)

    # the list

    @Slot()
    def look(self) -> None:
        """Read the first page for what is typed."""
        text, kind = self.table.filter.text(), self.kind.currentData()
        self.asking.read(
            lambda program: read_people(program, text, kind, 0),
            self.on_people,
            self.on_trouble,
            topic="people",
        )

    def on_people(self, found: Sequence[PersonLine]) -> None:
        """Show the first page."""
        chosen = self.line
        self.said.hide()
        self.table.show_rows(found, ended=len(found) < PAGE)
        if chosen is None or not self.table.select(lambda one: one.cliniko_id == chosen.cliniko_id):
            self.show_person(None)

    @Slot(int)
    def _on_more(self, offset: int) -> None:
        text, kind = self.table.filter.text(), self.kind.currentData()
        self.asking.read(
            lambda program: read_people(program, text, kind, offset),
            lambda found: self.table.add_page(found, ended=len(found) < PAGE),
            self.on_trouble,
            topic="people",
        )

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self._say(" ".join(say_error(error)))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()

    # one person

    @Slot(object)
    def show_person(self, line: PersonLine | None) -> None:
        """Show one of them, or that nobody is chosen."""
        self.line = line
        self._urls = {}
        buttons = (self.why, self.sync_one, self.hold, self.forget)
        for part in buttons:
            part.setEnabled(line is not None)
        for part in (self.in_cliniko, self.in_hubspot):
            part.setEnabled(False)
        self.repair.setEnabled(line is not None and bool(line.hubspot_id))
        self.relink.setEnabled(line is not None)
        self.name.setText(line.name if line else tr(_CONTEXT, "Nobody chosen"))
        self.hint.setVisible(line is None)
        self.facts_box.setVisible(line is not None)
        self.written.replace(())
        self.written_card.setVisible(False)
        if line is None:
            for value in self.values.values():
                value.setText("–")
            return
        self.values["state"].setText(state_words(line.state))
        self.values["rule"].setText(rule_words(line.rule) or "–")
        self.values["reason"].setText(say(line.reason) or "–")
        self.values["cliniko"].setText(line.cliniko_id)
        self.values["hubspot"].setText(line.hubspot_id or "–")
        self.values["changed"].setText(moment(line.changed_at))
        relabel(self.hold, tr(_CONTEXT, "Sync again") if line.on_hold else tr(_CONTEXT, "Do not sync"))
        self.asking.read(
            lambda program: program.pages.addresses(line.kind, line.cliniko_id, line.hubspot_id),
            self._on_urls,
            lambda error: None,
            topic="person addresses",
        )

        self.asking.read(
            lambda program: read_written(program, line), self.on_written, lambda error: None, topic="written"
        )

    def on_written(self, lines: Sequence[JournalLine]) -> None:
        """Show what was written last for each field."""
        self.written.replace(lines)
        self.written_card.setVisible(bool(lines))

    def _on_urls(self, urls: dict[str, str]) -> None:
        self._urls = urls
        self.in_cliniko.setEnabled("cliniko" in urls)
        self.in_hubspot.setEnabled("hubspot" in urls)

    def _open(self, side: str) -> None:
        if side in self._urls:
            QDesktopServices.openUrl(QUrl(self._urls[side]))

    @Slot()
    def _on_why(self) -> None:
        if self.line is not None:
            line = self.line
            self.asking.read(
                lambda program: program.people.why(line.kind, line.cliniko_id),
                lambda found: WhyDialog(line.name, found, self).open(),
                self.on_trouble,
                is_remote=True,
            )

    @Slot()
    def _on_sync(self) -> None:
        if self.line is not None:
            line = self.line
            self.asking.work(
                lambda program: program.syncing.sync_record_now(line.kind, line.cliniko_id),
                lambda done: self._say(tr(_CONTEXT, "This record is read afresh in a moment.")),
                self.on_trouble,
            )

    def _on_repair(self, asks_target: bool) -> None:
        if self.line is not None:
            dialog = RepairDialog(self.asking, self.line, asks_target, self)
            dialog.finished.connect(lambda result: self.look())
            dialog.open()

    @Slot()
    def _on_hold(self) -> None:
        if self.line is None:
            return
        line, act = self.line, "release" if self.line.on_hold else "hold"
        self.asking.work(
            lambda program: getattr(program.people, act)(line.kind, line.cliniko_id),
            lambda done: self.look(),
            self.on_trouble,
        )

    @Slot()
    def _on_forget(self) -> None:
        if self.line is None:
            return
        line = self.line
        if is_confirmed(
            self,
            tr(_CONTEXT, "Forget this person?"),
            tr(_CONTEXT, "Forget"),
            tr(
                _CONTEXT,
                "Everything that ClinicBridge wrote is removed from the HubSpot contact, and the name and all values "
                "from this computer. The person is not synced again until released. This cannot be undone.",
            ),
        ):
            self.asking.work(
                lambda program: program.people.forget(line.kind, line.cliniko_id),
                lambda done: self.look(),
                self.on_trouble,
            )


def written_columns() -> tuple[Column, ...]:
    """The columns of what was written."""
    return (
        Column(tr(_CONTEXT, "Field"), lambda line: field_words(line.entry.field), width=18, least=12),
        Column(tr(_CONTEXT, "Value"), lambda line: changed_words(line.entry.field, line.entry.new), width=0),
        Column(tr(_CONTEXT, "At"), lambda line: moment_or_day(line.entry.at), width=6, sample=long_day()),
    )


def read_written(program: Any, line: PersonLine) -> list[JournalLine]:
    """The last written value of each field, by name; runs on the reader's thread."""
    lines: list[JournalLine] = program.pages.journal(record=(line.kind, line.cliniko_id), limit=MOST_WRITTEN)
    newest: dict[str, JournalLine] = {}
    for one in lines:
        if one.entry.service == "hubspot":
            newest.setdefault(one.entry.field, one)
    return sorted(
        (one for one in newest.values() if one.entry.new), key=lambda one: field_words(one.entry.field)
    )


def read_people(program: Any, text: str, kind: str | None, offset: int) -> list[PersonLine]:
    """One page; runs on the reader's thread."""
    found: list[PersonLine] = program.pages.people(text, PAGE, offset, kind)
    return found
