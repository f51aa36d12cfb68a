"""Settings: drawn from the declarations of all settings, section by section, beside the keys and this computer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.settings import SETTINGS, Setting, Settings, needs_yes
from app.state import State
from ui.bridge import Asking
from ui.dialogs.confirm import is_confirmed
from ui.language import retold, say, say_error, tr
from ui.pages.choosing import NameChooser
from ui.pages.connections import Connections
from ui.pages.page import Page
from ui.pages.privacy_picture import PrivacyPicture
from ui.pages.this_computer import ThisComputer
from ui.widgets.parts import SPACE, card, quiet_label, scrolled
from ui.widgets.setting_field import SettingField, as_typed

_CONTEXT = "Settings"
AMOUNTS = "appointments.add_amount"
LEVEL = "privacy.level"

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "connections": ("contact",),
    "streams": ("streams", "sync"),
    "appointments": ("appointments", "cases", "invoices", "deals"),
    "people": ("privacy", "patients", "contacts", "matching", "rollups"),
    "write_back": ("write_back",),
    "this_pc": ("pc",),
}
"""Which settings stand in which section, by the part of their key before the dot, in this order."""

APART = frozenset({"pc.database"})
"""Settings that need more than a field: they have a card of their own."""


def section_titles() -> dict[str, str]:
    """The sections' names."""
    return {
        "connections": tr(_CONTEXT, "Connections"),
        "streams": tr(_CONTEXT, "Streams"),
        "appointments": tr(_CONTEXT, "Appointments"),
        "people": tr(_CONTEXT, "People"),
        "write_back": tr(_CONTEXT, "Write-back"),
        "this_pc": tr(_CONTEXT, "This PC"),
    }


def group_titles() -> dict[str, str]:
    """The headings of the cards within the sections."""
    return {
        "contact": tr(_CONTEXT, "About you"),
        "streams": tr(_CONTEXT, "What is synced"),
        "sync": tr(_CONTEXT, "How often and how much"),
        "appointments": tr(_CONTEXT, "Appointments"),
        "cases": tr(_CONTEXT, "Cases"),
        "invoices": tr(_CONTEXT, "Invoices"),
        "deals": tr(_CONTEXT, "Owners of deals"),
        "privacy": tr(_CONTEXT, "Privacy"),
        "patients": tr(_CONTEXT, "Who is synced, and under which name"),
        "contacts": tr(_CONTEXT, "Contacts in HubSpot"),
        "matching": tr(_CONTEXT, "Matching"),
        "rollups": tr(_CONTEXT, "Activity"),
        "write_back": tr(_CONTEXT, "From HubSpot to Cliniko"),
        "pc": tr(_CONTEXT, "This computer"),
    }


def section_of(setting: Setting) -> str:
    """Where a setting stands; one of a kind not listed stands with this computer."""
    return next((name for name, pages in SECTIONS.items() if setting.page in pages), "this_pc")


class SettingsPage(Page):
    """See the module."""

    kept_changed = Signal(object)
    """All settings, after one was changed."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__("settings", tr(_CONTEXT, "Settings"), asking, parent)
        self.kept = Settings()
        self.fields: dict[str, SettingField] = {}
        self.names = NameChooser(asking, self)
        self.connections = Connections(asking)
        self.picture = PrivacyPicture(asking)
        self.computer = ThisComputer(asking)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("settings_sections")
        self.tabs.setAccessibleName(tr(_CONTEXT, "Sections"))
        self.tabs.tabBar().setAccessibleName(self.tabs.accessibleName())
        self.tabs.setDocumentMode(True)
        for name, title in section_titles().items():
            self.tabs.addTab(self._section(name), title)
        self.said = quiet_label("", "settings_said")
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(self.said)

    def _section(self, name: str) -> QWidget:
        content = QWidget()
        content.setObjectName(f"settings_{name}")
        content.setAccessibleName(section_titles()[name])
        column = QVBoxLayout(content)
        column.setContentsMargins(0, SPACE, 0, SPACE)
        column.setSpacing(SPACE)
        if name == "connections":
            column.addWidget(self.connections)
        pages = dict.fromkeys(setting.page for setting in SETTINGS.values() if section_of(setting) == name)
        for page in sorted(pages, key=lambda page: _place(name, page)):
            parts: list[QWidget] = self._fields_of(page)
            if page == "privacy":
                parts.append(self.picture)
            if page == "patients":
                self.left_out = quiet_label("", "left_out_now")
                parts.append(self.left_out)
            column.addWidget(card(f"settings_{page}_card", *parts, title=group_titles().get(page, page)))
        if name == "this_pc":
            column.addWidget(self.computer)
        column.addStretch(1)
        return scrolled(content)

    def _fields_of(self, page: str) -> list[QWidget]:
        return [self._field(one) for one in SETTINGS.values() if one.page == page and one.key not in APART]

    def _field(self, setting: Setting) -> SettingField:
        field = SettingField(setting)
        field.changed.connect(self._on_changed)
        self.names.attach(field)
        self.fields[setting.key] = field
        return field

    def look(self) -> None:
        """Read what is kept, whom the filters leave out, and the state of both keys."""
        self.asking.read(read_settings, self.on_settings, self.on_trouble, topic="settings")
        self.asking.read(read_left_out, self.on_left_out, lambda error: None, topic="left out now")
        self.connections.look()
        self.computer.look()

    def on_settings(self, kept: Settings) -> None:
        """Show what is kept."""
        self.kept = kept
        for key, field in self.fields.items():
            field.show_value(kept.value(key))
        self.picture.show_level(kept.text("privacy.level"))
        self.names.look()

    def on_left_out(self, counts: Sequence[tuple[str, int]]) -> None:
        """Whom the filters leave out, and why."""
        if not counts:
            self.left_out.setText(tr(_CONTEXT, "Nobody is left out at the moment."))
            return
        lines = [tr(_CONTEXT, "{count}: {reason}", count=count, reason=reason) for reason, count in counts]
        self.left_out.setText("\n".join([tr(_CONTEXT, "Left out at the moment:"), *lines]))

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self.said.setText(" ".join(say_error(error)))

    def on_state(self, state: State) -> None:
        """A key that is refused shows where keys are set."""
        self.connections.on_state(state)

    @Slot(str, object)
    def _on_changed(self, key: str, value: Any) -> None:
        warning = needs_yes(key, value, self.kept)
        if warning and not is_confirmed(
            self,
            tr(_CONTEXT, "Both count the same revenue"),
            tr(_CONTEXT, "Switch on anyway"),
            retold(warning),
        ):
            self.fields[key].show_value(self.kept.value(key))
            return
        if key == AMOUNTS and not value and self.kept.flag(key) and not self._may_clear():
            self.fields[key].show_value(self.kept.value(key))
            return
        self.asking.work(
            lambda program: keep_setting(program, key, value, bool(warning)),
            lambda kept: self._on_kept(key, kept),
            lambda error: self._on_refused(key, error),
        )

    def _may_clear(self) -> bool:
        """Taking amounts off again is asked first (R24)."""
        return is_confirmed(
            self,
            tr(_CONTEXT, "Take the amounts off the deals?"),
            tr(_CONTEXT, "Take off"),
            tr(
                _CONTEXT,
                "From the next run on, amounts that ClinicBridge wrote are cleared. Amounts that somebody typed in "
                "HubSpot stay. Switching it on again writes them anew.",
            ),
        )

    def _on_kept(self, key: str, kept: Settings) -> None:
        before, self.kept = self.kept, kept
        self.fields[key].show_value(kept.value(key))
        self.kept_changed.emit(kept)
        self.said.setText(tr(_CONTEXT, "Saved: {name}", name=tr(_CONTEXT, SETTINGS[key].label)))
        if key == LEVEL:
            self.picture.show_level(kept.text(key))
            if is_lower(kept.text(key), before.text(key)):
                self.said.setText(
                    tr(
                        _CONTEXT,
                        "Saved. The next run also takes out of HubSpot what this level does not send, as far as "
                        "ClinicBridge wrote it; Undo under Activity brings it back.",
                    )
                )
        if key.startswith("pc."):
            self.computer.on_setting(key, kept)
        if key.startswith("patients."):
            self.asking.read(read_left_out, self.on_left_out, lambda error: None, topic="left out now")

    def _on_refused(self, key: str, error: BaseException) -> None:
        self.fields[key].refuse(" ".join(say_error(error)))


def _place(section: str, page: str) -> int:
    listed = SECTIONS[section]
    return listed.index(page) if page in listed else len(listed)


def is_lower(wanted: Any, kept: str) -> bool:
    """Whether a privacy level tells HubSpot less than the one that is kept."""
    order = SETTINGS[LEVEL].choices
    return wanted in order and kept in order and order.index(wanted) < order.index(kept)


def read_settings(program: Any) -> Settings:
    """All settings as kept; runs on the reader's thread."""
    found: Settings = program.setup.settings()
    return found


def read_left_out(program: Any) -> list[tuple[str, int]]:
    """Reasons in words with how many patients they concern; runs on the reader's thread."""
    return [(say(words), number) for _, words, number in program.pages.left_out_counts("patient")]


def keep_setting(program: Any, key: str, value: Any, yes: bool) -> Settings:
    """Keep a setting; raises BadInput for one that does not fit. Runs off the window's thread."""
    program.setup.set_setting(key, as_typed(value), yes=yes)
    kept: Settings = program.setup.settings()
    return kept
