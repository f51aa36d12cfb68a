"""The one window: navigation on the left, pages on the right, each built when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import late, theme
from ui.language import tr
from ui.pages.home import HomePage
from ui.pages.page import Page
from ui.widgets.navigation import NAME, Navigation
from ui.widgets.notice import Notice
from ui.widgets.parts import scrolled

if TYPE_CHECKING:
    from app.state import State

_CONTEXT = "MainWindow"
NARROW = 820
LOW = 440


class MainWindow(QMainWindow):
    """Shows pages by name. Building pages and ending the program are left to whoever made it."""

    close_wanted = Signal()
    quit_wanted = Signal()
    sync_wanted = Signal()

    def __init__(
        self,
        home: HomePage,
        titles: Mapping[str, str],
        build: Callable[[str], Page],
        kept: QSettings | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("ClinicBridge")
        self.setWindowIcon(theme.app_icon())
        self.home = home
        self.pages: dict[str, Page] = {"home": home}
        self._build = build
        self._kept = kept
        self._state: State | None = None
        self._is_open = False
        self.stays_open = False
        self.navigation = Navigation(list(titles.items()))
        self.notice = Notice()
        self.stack = QStackedWidget()
        self.areas = {"home": scrolled(home, sideways=True)}
        self.stack.addWidget(self.areas["home"])
        self._lay_out()
        self._keys(list(titles))
        self.navigation.choose("home")
        # A screen reader or another tool selects an entry without making it the current one.
        self.navigation.itemSelectionChanged.connect(self._on_chosen)
        self._restore()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        holder = QHBoxLayout()
        holder.setContentsMargins(24, 0, 24, 0)
        holder.addWidget(self.notice)
        right.addLayout(holder)
        right.addWidget(self.stack, 1)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(10, 12, 10, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addLayout(right, 1)
        self.setCentralWidget(middle)
        self.setMinimumSize(QSize(480, 320))

    def _keys(self, names: list[str]) -> None:
        for place, name in enumerate(names, 1):
            QShortcut(QKeySequence(f"Ctrl+{place}"), self, lambda name=name: self.open_page(name))
        QShortcut(QKeySequence(Qt.Key.Key_F5), self, self.sync_wanted.emit)
        QShortcut(QKeySequence(Qt.Key.Key_F1), self, lambda: self.open_page("help"))
        QShortcut(QKeySequence.StandardKey.Find, self, self._find)
        QShortcut(QKeySequence.StandardKey.Close, self, self.close)
        # Ctrl+Q everywhere: Windows has no standard key for it.
        QShortcut(QKeySequence("Ctrl+Q"), self, self.quit_wanted.emit)

    # pages

    def open(self) -> None:
        """The program is ready: pages may be opened."""
        self._is_open = True
        self.home.open()
        self.home.look()
        QTimer.singleShot(0, self.home, lambda: late.give_letters(self.home))
        name = self.navigation.chosen()
        if name != "home":
            self.open_page(name)

    def open_page(self, name: str) -> None:
        """Bring a page up, building it the first time."""
        self.navigation.choose(name)
        self._show(name)

    def page(self, name: str) -> Page:
        """A page, built if it was not yet."""
        if name not in self.pages:
            page = self._build(name)
            self.pages[name] = page
            self.areas[name] = scrolled(page, sideways=True)
            self.stack.addWidget(self.areas[name])
            if self._state is not None:
                page.on_state(self._state)
        return self.pages[name]

    @property
    def current(self) -> Page:
        """The page that is up."""
        area = self.stack.currentWidget()
        assert isinstance(area, QScrollArea)
        page = area.widget()
        assert isinstance(page, Page)
        return page

    def _show(self, name: str) -> None:
        if not self._is_open and name != "home":
            return
        page = self.page(name)
        if self.current is not page:
            self.stack.setCurrentWidget(self.areas[name])
            page.look()
            QTimer.singleShot(0, page, lambda: late.give_letters(page))

    @Slot()
    def _on_chosen(self) -> None:
        chosen = self.navigation.selectedItems()
        if chosen:
            self._show(chosen[0].data(NAME))

    def _find(self) -> None:
        fields = [field for field in self.current.findChildren(QLineEdit) if field.isVisible()]
        if fields:
            fields[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # state

    @Slot(object)
    def on_state(self, state: State) -> None:
        """Pass the state on to the pages; one that is up looks anew once a run has ended."""
        before = self._state or state
        ended = before.is_syncing and not state.is_syncing
        # Another computer that shares the database may have ended one as well (R86).
        ended |= before.last_finished_at != state.last_finished_at and not state.is_syncing
        asked = state.open_questions != before.open_questions
        self._state = state
        words = tr(_CONTEXT, "{count} open questions", count=state.open_questions)
        self.navigation.set_count("needs_you", state.open_questions, words)
        for page in self.pages.values():
            page.on_state(state)
        if (ended or asked) and self._is_open:
            QTimer.singleShot(0, self.current, self.current.look)

    # the window itself

    def _restore(self) -> None:
        shape = self._kept.value("window/geometry") if self._kept else None
        if isinstance(shape, QByteArray) and self.restoreGeometry(shape):
            return
        room = self.screen().availableGeometry()
        self.resize(min(1180, room.width() - 40), min(720, room.height() - 60))

    def remember(self) -> None:
        """Keep where the window stands for the next start."""
        if self._kept:
            self._kept.setValue("window/geometry", self.saveGeometry())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Closing hides the window, or ends the program, as whoever made it decides."""
        self.remember()
        if self.stays_open and not is_ending_session():
            event.ignore()
            self.close_wanted.emit()
        else:
            event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where the window is narrow, the navigation shows its signs alone."""
        self.navigation.show_words(event.size().width() >= NARROW)
        self.navigation.make_low(event.size().height() < LOW)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """A new palette needs new colours."""
        if event.type() == QEvent.Type.PaletteChange:
            self.navigation.viewport().update()
        super().changeEvent(event)

    def come_up(self) -> None:
        """Show the window in front, wherever it was."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()


def is_ending_session() -> bool:
    """Whether the system logs off right now: then closing must not be declined."""
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()
