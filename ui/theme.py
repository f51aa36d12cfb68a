"""How everything looks: palette, tones, style sheet and icons, in light and dark.

The platform's own palette is used wherever there is one. On a bare Linux screen (and offscreen) there is none,
so the window brings its own, calm one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from ui.resources import resource


@dataclass(frozen=True)
class Tones:
    """The colours that carry a meaning. Each is readable (4.5:1) on the card of its scheme."""

    good: str
    busy: str
    warn: str
    bad: str
    quiet: str
    border: str
    card: str
    changed: str
    """Behind a value that differs between two records."""


LIGHT: Final = Tones("#1a7f45", "#0d6f78", "#955800", "#b3261e", "#5b6570", "#d9dde2", "#ffffff", "#fff1cf")
DARK: Final = Tones("#5fce8b", "#5cc8d0", "#f0b45a", "#ff8a80", "#a6b0ba", "#3c434a", "#272c31", "#4d4020")

_own = {"style": False}
"""Whether the style is Qt's own, so that the looks are ours to give."""

SHAPE_ICON: Final = {
    "tick": "tick",
    "arrows": "arrows",
    "bars": "bars",
    "dots": "dots",
    "!": "exclamation",
    "×": "cross",
}


def is_dark() -> bool:
    """Whether the palette in use is a dark one."""
    palette = QApplication.palette()
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def tones() -> Tones:
    """The colours with a meaning for the scheme in use."""
    return DARK if is_dark() else LIGHT


def apply(app: QApplication) -> None:
    """Give the application its style, and a palette where the platform has none of its own."""
    if app.platformName() not in ("windows", "cocoa") and app.style().objectName() != "fusion":
        app.setStyle(QStyleFactory.create("fusion"))
    # Asked once: an application's style sheet wraps its style, which then has no name any more.
    _own["style"] = app.style().objectName() == "fusion"
    app.setWindowIcon(app_icon())
    refresh(app)


def refresh(app: QApplication) -> None:
    """Follow the colour scheme of the platform; called at start and whenever it changes."""
    if _own["style"] and app.palette().resolveMask() in (0, _own_mask()):
        wants_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        app.setPalette(_palette(dark=wants_dark))
    app.setStyleSheet(_sheet(tones(), _own["style"]))


def set_scheme(app: QApplication, dark: bool | None) -> None:
    """Light, dark or (None) as the platform has it."""
    schemes = {None: Qt.ColorScheme.Unknown, False: Qt.ColorScheme.Light, True: Qt.ColorScheme.Dark}
    app.styleHints().setColorScheme(schemes[dark])
    if _own["style"]:
        app.setPalette(_palette(dark=bool(dark)))
    app.setStyleSheet(_sheet(tones(), _own["style"]))


@lru_cache(maxsize=1)
def _own_mask() -> int:
    return int(_palette(dark=False).resolveMask())


def _palette(dark: bool) -> QPalette:
    window, base, text, button, mid, accent = (
        ("#1f2327", "#272c31", "#e8ebee", "#30363c", "#4a525a", "#1f7780")
        if dark
        else ("#f4f6f8", "#ffffff", "#1c2228", "#fdfdfe", "#b9c0c8", "#0d6f78")
    )
    palette = QPalette(QColor(button), QColor(window))
    role = QPalette.ColorRole
    tone = DARK if dark else LIGHT
    for where, colour in {
        role.Window: window,
        role.Base: base,
        role.AlternateBase: "#2b3036" if dark else "#f7f9fa",
        role.WindowText: text,
        role.Text: text,
        role.ButtonText: text,
        role.Button: button,
        role.Mid: mid,
        role.Highlight: accent,
        role.Accent: accent,
        role.HighlightedText: "#ffffff",
        role.Link: tone.busy,
        role.ToolTipBase: base,
        role.ToolTipText: text,
        role.PlaceholderText: tone.quiet,
    }.items():
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor("#747d86" if dark else "#8c959e"))
    return palette


def _fields(tone: Tones) -> str:
    icons = resource("icons").as_posix()
    edge = "#717c87" if tone is DARK else "#8b949e"
    handle = "#717c87" if tone is DARK else "#858e98"
    return _FIELDS.format(border=tone.border, quiet=tone.quiet, edge=edge, handle=handle, icons=icons)


def _sheet(tone: Tones, is_own: bool) -> str:
    """The few things the platform's style has no word for: cards, quiet text, the navigation list. Where the
    style is Qt's own (`is_own`), fields and buttons get a little more room and rounder corners too."""
    return (
        (_fields(tone) if is_own else "")
        + f"""
    QFrame[card="true"] {{ background: {tone.card}; border: 1px solid {tone.border}; border-radius: 8px; }}
    QLabel[quiet="true"] {{ color: {tone.quiet}; }}
    QLabel[strong="true"] {{ font-weight: 600; }}
    QLabel[tone="good"] {{ color: {tone.good}; }}
    QLabel[tone="warn"] {{ color: {tone.warn}; }}
    QLabel[tone="bad"] {{ color: {tone.bad}; }}
    QListView#navigation {{ border: none; padding: 0; background: transparent; outline: none; }}
    QListView#navigation::item {{ padding: 9px 10px; border-radius: 6px; margin: 1px 0; }}
    QListView#navigation[low="true"]::item {{ padding: 4px 10px; }}
    QListView#navigation::item:hover {{ background: {tone.border}; }}
    QListView#navigation::item:selected {{ background: palette(highlight); color: palette(highlighted-text); }}
    QListWidget#guides::item, QListWidget#alike_questions::item {{ padding: 6px 8px; border-radius: 6px; }}
    QListWidget#guides::item:hover {{ background: {tone.border}; }}
    QListWidget#guides::item:selected {{ background: palette(highlight); color: palette(highlighted-text); }}
    QBalloonTip QLabel {{ color: #1c2228; }}
    QBalloonTip QPushButton {{ border: none; background: transparent; padding: 0; min-height: 0; }}
    QMessageBox QLabel#qt_msgbox_informativelabel {{ min-width: 380px; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollArea > QWidget > QWidget[page="true"] {{ background: transparent; }}
    QTableView {{ border: 1px solid {tone.border}; border-radius: 6px; }}
    QTableView::item {{ padding: 0 6px; }}
    QTableView[flat="true"] {{ border: none; background: transparent; }}
    QHeaderView::section {{ padding: 6px 8px; border: none; border-bottom: 1px solid {tone.border};
        background: transparent; color: {tone.quiet}; }}
    QPushButton[main="true"] {{ background: palette(highlight); color: palette(highlighted-text);
        border: 1px solid palette(highlight); border-radius: 5px; font-weight: 600; }}
    QPushButton[main="true"]:hover {{ border-color: {tone.quiet}; }}
    QPushButton[main="true"]:focus {{ border: 2px solid palette(text); }}
    QPushButton[main="true"]:disabled {{ background: {tone.border}; color: {tone.quiet};
        border-color: {tone.border}; }}
    QProgressBar {{ border: none; border-radius: 4px; background: {tone.border}; text-align: center;
        max-height: 8px; }}
    QProgressBar::chunk {{ border-radius: 4px; background: {tone.busy}; }}
    """
    )


_FIELDS: Final = """
    QLineEdit, QPlainTextEdit, QTextBrowser, QListWidget, QComboBox, QAbstractSpinBox {{
        border: 1px solid {edge}; border-radius: 6px; padding: 4px 7px; background: palette(base);
        color: palette(text); }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
        border-color: palette(highlight); }}
    QLineEdit:disabled, QComboBox:disabled {{ background: palette(window); color: {quiet}; }}
    QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ border: none; padding: 0 6px; background: transparent; }}
    QComboBox {{ min-height: 18px; padding-right: 24px; }}
    QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 24px; }}
    QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url({icons}/chevron_down.svg); width: 14px; height: 14px; }}
    QAbstractSpinBox {{ min-height: 18px; padding-right: 22px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: 20px;
        background: transparent; }}
    QAbstractSpinBox::up-arrow {{ image: url({icons}/chevron_up.svg); width: 12px; height: 12px; }}
    QAbstractSpinBox::down-arrow {{ image: url({icons}/chevron_down.svg); width: 12px; height: 12px; }}
    QCheckBox {{ spacing: 8px; }}
    QCheckBox::indicator, QListWidget::indicator {{ width: 16px; height: 16px; border: 1px solid {quiet};
        border-radius: 4px; background: palette(base); }}
    QCheckBox::indicator:checked, QListWidget::indicator:checked {{ background: palette(highlight);
        border-color: palette(highlight); image: url({icons}/ticked.svg); }}
    QCheckBox::indicator:focus {{ border: 2px solid palette(highlight); }}
    QScrollBar:vertical {{ width: 14px; margin: 0; background: transparent; }}
    QScrollBar:horizontal {{ height: 14px; margin: 0; background: transparent; }}
    QScrollBar::handle {{ background: {handle}; border-radius: 4px; margin: 3px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {quiet}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QTabBar {{ qproperty-drawBase: 0; }}
    QTabBar::tab {{ padding: 7px 14px; border: none; border-bottom: 2px solid transparent; color: {quiet};
        background: transparent; }}
    QTabBar::tab:hover {{ color: palette(text); }}
    QTabBar::tab:selected {{ border-bottom-color: palette(highlight); color: palette(text); }}
    QTabBar::tab:focus {{ background: {border}; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {border}; }}
    QPushButton {{ border: 1px solid {edge}; border-radius: 6px; background: palette(button);
        padding: 6px 14px; min-height: 16px; }}
    QPushButton:hover {{ border-color: {quiet}; }}
    QPushButton:pressed {{ background: {border}; }}
    QPushButton:focus {{ border-color: palette(highlight); }}
    QPushButton:disabled {{ color: {quiet}; background: palette(window); border-color: {border}; }}
    QPushButton::menu-indicator {{ image: url({icons}/chevron_down.svg); width: 14px; height: 14px;
        subcontrol-origin: padding; subcontrol-position: right center; right: 8px; }}
"""


class LineIcon(QIconEngine):
    """An icon drawn from one of our SVG lines in the colour of the text around it, sharp at every scale."""

    def __init__(self, name: str, colour: str = "") -> None:
        super().__init__()
        self._name, self._colour = name, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon for the mode."""
        palette = QApplication.palette()
        role = QPalette.ColorRole
        if self._colour:
            colour = QColor(self._colour)
        elif mode == QIcon.Mode.Selected:
            colour = palette.color(role.HighlightedText)
        elif mode == QIcon.Mode.Disabled:
            colour = palette.color(QPalette.ColorGroup.Disabled, role.ButtonText)
        else:
            colour = palette.color(role.WindowText)
        draw_lines(painter, self._name, QRectF(rect), colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon alone, on nothing."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        """A copy, as Qt asks for."""
        return LineIcon(self._name, self._colour)


@lru_cache(maxsize=64)
def _svg(name: str, colour: str) -> QSvgRenderer:
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace('stroke="#000"', f'stroke="{colour}"').encode()))


def draw_lines(painter: QPainter, name: str, area: QRectF, colour: QColor) -> None:
    """Paint one of the line icons into a square area."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _svg(name, colour.name()).render(painter, area)


@lru_cache(maxsize=64)
def icon(name: str) -> QIcon:
    """An icon that follows the text colour."""
    return QIcon(LineIcon(name))


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """The program's own icon."""
    renderer = QSvgRenderer(str(resource("icons", "app.svg")))
    found = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        found.addPixmap(pixmap)
    return found


def mood_colour(mood: str) -> str:
    """The colour of a mood; its shape and words say the same."""
    tone = tones()
    return {
        "up_to_date": tone.good,
        "syncing": tone.busy,
        "catching_up": tone.busy,
        "paused": tone.quiet,
        "stopping": tone.quiet,
        "not_run_yet": tone.quiet,
        "offline": tone.quiet,
        "keys_refused": tone.bad,
        "failed": tone.bad,
    }.get(mood, tone.warn)


def badge(shape: str, colour: str, side: int) -> QPixmap:
    """A coloured disc with the sign of a state, for the state line and the tray. `side` in device pixels."""
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QRectF(side * 0.02, side * 0.02, side * 0.96, side * 0.96))
    sign = QColor("#16191c" if QColor(colour).lightness() > 150 else "#ffffff")
    draw_lines(painter, SHAPE_ICON[shape], QRectF(0, 0, side, side), sign)
    painter.end()
    return pixmap


def mark(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet looks at, and let it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
