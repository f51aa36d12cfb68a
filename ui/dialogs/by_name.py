"""Choosing by name what a setting keeps by id: one, several, or a word or a person for each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.service.by_name import Choices, Named
from ui.language import tr
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.parts import SPACE, WIDE, button, label, quiet_label, scrolled

_CONTEXT = "ByName"
ID = Qt.ItemDataRole.UserRole
LINE = 28


class ByNameDialog(QDialog):
    """The frame: a title, what there is to choose from, Choose and Cancel. `value` is what was chosen."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("by_name")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(460, 480)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        self.column.setSpacing(SPACE)
        self.column.addWidget(label(title, "by_name_title", bold=True))

    def finish(self, is_empty: bool) -> None:
        """Add the buttons under what was put in, and say so where that was nothing."""
        if is_empty:
            words = tr(_CONTEXT, "Nothing was found to choose from. Perhaps the key may not read it.")
            self.column.addWidget(quiet_label(words, "by_name_nothing"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(tr(_CONTEXT, "Cancel"), "by_name_cancel", self.reject))
        choose = button(tr(_CONTEXT, "Choose"), "by_name_choose", self.accept)
        choose.setDefault(True)
        choose.setProperty("main", True)
        row.addWidget(choose)
        self.column.addLayout(row)

    def value(self) -> Any:
        """What was chosen, as the setting keeps it."""
        raise AssertionError("each kind says what it chose")


class ListDialog(ByNameDialog):
    """Several of a list, by ticks, or just one."""

    def __init__(
        self,
        title: str,
        ids: tuple[Named, ...],
        chosen: tuple[str, ...],
        is_single: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.is_single = is_single
        self.search = QLineEdit()
        self.search.setObjectName("by_name_filter")
        self.search.setAccessibleName(tr(_CONTEXT, "Filter"))
        self.search.setPlaceholderText(tr(_CONTEXT, "Filter"))
        self.search.textChanged.connect(self._narrow)
        self.list = QListWidget()
        self.list.setObjectName("by_name_list")
        self.list.setAccessibleName(title)
        self.list.itemActivated.connect(self._on_activated)
        known = {one.id for one in ids}
        gone = tuple(Named(one, one) for one in chosen if one not in known)
        nobody = (Named("", tr(_CONTEXT, "Nobody")),) if is_single else ()
        for one in (*nobody, *ids, *gone):
            self._add(one, one.id in chosen)
        if is_single and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.column.addWidget(self.search)
        self.column.addWidget(self.list, 1)
        if not is_single:
            self.column.addWidget(quiet_label(tr(_CONTEXT, "Nothing ticked means all."), "by_name_hint"))
        self.finish(not ids)

    def _add(self, one: Named, is_chosen: bool) -> None:
        item = QListWidgetItem(one.name, self.list)
        item.setData(ID, one.id)
        item.setSizeHint(QSize(0, LINE))
        if self.is_single:
            if is_chosen:
                self.list.setCurrentItem(item)
            return
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)

    def _narrow(self, text: str) -> None:
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(text.casefold().strip() not in item.text().casefold())

    def _on_activated(self, item: QListWidgetItem) -> None:
        if self.is_single:
            self.accept()

    def value(self) -> Any:
        """The ids of those ticked, or the one id (None for nobody)."""
        if self.is_single:
            item = self.list.currentItem()
            return (item.data(ID) or None) if item is not None else None
        items = [self.list.item(place) for place in range(self.list.count())]
        return [item.data(ID) for item in items if item.checkState() == Qt.CheckState.Checked]


class TableDialog(ByNameDialog):
    """A line for each: what it is called, and beside it a text or somebody to choose."""

    def __init__(
        self, title: str, choices: Choices, kept: dict[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self.resize(560, 520)
        self._kept = dict(kept)
        self.parts: dict[str, QLineEdit | ChoiceBox] = {}
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, SPACE, 0)
        grid.setColumnStretch(1, 1)
        for row, one in enumerate(choices.ids):
            name = QLabel(one.name)
            name.setObjectName(f"by_name_{one.id}_label")
            part = self._part(one, choices.values, kept.get(one.id, ""))
            name.setBuddy(part)
            grid.addWidget(name, row, 0)
            grid.addWidget(part, row, 1)
            self.parts[one.id] = part
        grid.setRowStretch(len(choices.ids), 1)
        self.column.addWidget(scrolled(content), 1)
        self.finish(not choices.ids)

    def _part(self, one: Named, values: tuple[Named, ...], kept: str) -> QLineEdit | ChoiceBox:
        if not values:
            line = QLineEdit(kept)
            line.setObjectName(f"by_name_{one.id}")
            line.setAccessibleName(one.name)
            return line
        box = ChoiceBox(f"by_name_{one.id}", one.name)
        box.addItem(tr(_CONTEXT, "By e-mail address, as usual"), "")
        for value in values:
            box.addItem(value.name, value.id)
        if kept and box.findData(kept) < 0:
            box.addItem(kept, kept)
        box.setCurrentIndex(max(0, box.findData(kept)))
        return box

    def value(self) -> Any:
        """Id to what stands beside it; lines that are empty are left out, what is not listed any more stays."""
        found = {key: one for key, one in self._kept.items() if key not in self.parts}
        for key, part in self.parts.items():
            text = part.currentData() if isinstance(part, ChoiceBox) else part.text().strip()
            if text:
                found[key] = text
        return found


def dialog_for(
    kind: str, title: str, choices: Choices, kept: Any, parent: QWidget | None = None
) -> ByNameDialog:
    """The dialog for a setting of this type ("list", "table", else one id), showing what is kept."""
    if kind == "table":
        return TableDialog(title, choices, kept if isinstance(kept, dict) else {}, parent)
    chosen = tuple(kept) if isinstance(kept, list) else (str(kept),) if kept else ()
    return ListDialog(title, choices.ids, chosen, kind != "list", parent)
