"""Help: a plain page for each task, the keyboard, the bundle for support, version and licences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ui.bridge import Asking
from ui.dialogs.diagnostics import DiagnosticsDialog
from ui.language import language_code, retold, say_error, tr
from ui.pages.page import Page
from ui.resources import resource
from ui.widgets.guide_text import give_room
from ui.widgets.parts import button, quiet_label
from ui.widgets.split import Split
from ui.widgets.update_notice import UpdateNotice

_CONTEXT = "Help"
FILE = Qt.ItemDataRole.UserRole


class HelpPage(Page):
    """See the module."""

    wizard_wanted = Signal()

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__("help", tr(_CONTEXT, "Help"), asking, parent)
        self.list = QListWidget()
        self.list.setObjectName("guides")
        self.list.setAccessibleName(tr(_CONTEXT, "Guides"))
        self.list.setAccessibleDescription(tr(_CONTEXT, "One guide for each task; choose one to read it."))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        for file in guide_files():
            item = QListWidgetItem(title_of(file))
            item.setData(FILE, str(file))
            self.list.addItem(item)
        self.text = QTextBrowser()
        self.text.setObjectName("guide_text")
        self.text.setAccessibleName(tr(_CONTEXT, "Guide"))
        self.text.setOpenExternalLinks(True)
        self.text.document().setDocumentMargin(14)
        self.text.document().setIndentWidth(22)
        self.text.setSearchPaths([str(resource("guide"))])
        self.bundle = button(tr(_CONTEXT, "Diagnostics bundle…"), "diagnostics", self._on_bundle, "save")
        self.checks = button(tr(_CONTEXT, "Check this computer"), "doctor", self._on_checks, "check")
        self.setup = button(tr(_CONTEXT, "Set up again…"), "set_up_again", self.wizard_wanted.emit)
        self.said = quiet_label("", "help_said")
        version = QCoreApplication.applicationVersion()
        self.version = quiet_label(tr(_CONTEXT, "ClinicBridge {version}", version=version), "version")
        self.version.setWordWrap(False)
        self.update_notice = UpdateNotice("help_update", asking)
        self._lay_out()
        self.list.currentItemChanged.connect(self._on_guide)
        self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.list, 1)
        for part in (self.checks, self.bundle, self.setup):
            column.addWidget(part)
        split = Split("help_split", left, self.text, (2, 5))
        self.body.addWidget(split, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.version)
        self.body.addWidget(self.update_notice)
        self.body.addLayout(foot)

    def look(self) -> None:
        """See whether a newer version is known."""
        self.update_notice.look()

    @Slot()
    def _on_guide(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            file = Path(str(item.data(FILE)))
            self.text.document().setBaseUrl(QUrl.fromLocalFile(str(file.parent) + "/"))
            self.text.setMarkdown(file.read_text(encoding="utf-8"))
            give_room(self.text.document())

    @Slot()
    def _on_checks(self) -> None:
        self.said.setText(tr(_CONTEXT, "Checking…"))
        self.asking.read(
            lambda program: program.care.doctor(), self.on_checks, self.on_trouble, is_remote=True
        )

    def on_checks(self, checks: Sequence[Any]) -> None:
        """Show what was found."""
        lines = [f"{'✓' if one.ok else '×'} {retold(one.message)}" for one in checks]
        self.said.setText("\n".join(lines))

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self.said.setText(" ".join(say_error(error)))

    @Slot()
    def _on_bundle(self) -> None:
        dialog = DiagnosticsDialog(self.asking, self)
        dialog.saved.connect(self._on_saved)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.look()

    @Slot(str, object)
    def _on_saved(self, name: str, parts: Sequence[str]) -> None:
        self.said.setText(tr(_CONTEXT, "Saved as {name}: {parts}", name=name, parts=", ".join(parts)))


def guide_files() -> list[Path]:
    """The guides in their order, each in the person's language where there is one."""
    folder = resource("guide")
    own = {file.name: file for file in (folder / language_code()).glob("*.md")}
    return [own.get(file.name, file) for file in sorted(folder.glob("*.md"))]


def title_of(file: Path) -> str:
    """The first line of a guide."""
    with file.open(encoding="utf-8") as lines:
        return lines.readline().lstrip("# ").strip()
