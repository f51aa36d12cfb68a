"""What to sync: streams and privacy with the live picture, then appointments, money and owners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.settings import SETTINGS, Settings, needs_yes
from ui.bridge import Asking
from ui.dialogs.confirm import is_confirmed
from ui.language import retold, say_error, tr
from ui.pages.choosing import NameChooser
from ui.pages.privacy_picture import PrivacyPicture
from ui.pages.settings import keep_setting, read_settings
from ui.widgets.parts import card
from ui.widgets.setting_field import SettingField
from ui.wizard.step import Step

_CONTEXT = "ChoicesStep"


class ChoicesStep(Step):
    """Settings that are kept at once."""

    def __init__(
        self, name: str, title: str, asking: Asking, groups: Sequence[tuple[str, Sequence[str]]]
    ) -> None:
        super().__init__(name, title, asking)
        self.kept = Settings()
        self.fields: dict[str, SettingField] = {}
        self.names = NameChooser(asking, self)
        self.cards = []
        for place, (heading, keys) in enumerate(groups):
            fields = [self._field(key) for key in keys]
            self.cards.append(card(f"{name}_card_{place}", *fields, title=heading))
            self.body.addWidget(self.cards[-1])

    def _field(self, key: str) -> SettingField:
        field = SettingField(SETTINGS[key])
        field.changed.connect(self._on_changed)
        self.names.attach(field)
        self.fields[key] = field
        return field

    def begin(self) -> None:
        """Show what is kept."""
        self.asking.read(read_settings, self.on_settings, lambda error: None, topic=self.name)

    def on_settings(self, kept: Settings) -> None:
        """Show what is kept."""
        self.kept = kept
        for key, field in self.fields.items():
            field.show_value(kept.value(key))
        self.names.look()

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
        self.asking.work(
            lambda program: keep_setting(program, key, value, bool(warning)),
            self.on_settings,
            lambda error: self.fields[key].refuse(" ".join(say_error(error))),
        )


class PeopleStep(ChoicesStep):
    """What is synced, and how much HubSpot is told about a patient."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(
            "people",
            tr(_CONTEXT, "What to sync, and how much HubSpot may know"),
            asking,
            (
                (
                    tr(_CONTEXT, "What is synced"),
                    ("streams.patients", "streams.contacts", "streams.appointments"),
                ),
                (tr(_CONTEXT, "Privacy"), ("privacy.level",)),
            ),
        )
        self.picture = PrivacyPicture(asking)
        if (layout := self.cards[1].layout()) is not None:
            layout.addWidget(self.picture)
        self.body.addStretch(1)

    def on_settings(self, kept: Settings) -> None:
        """Show what is kept, and the picture of it."""
        super().on_settings(kept)
        self.picture.show_level(kept.text("privacy.level"))


class DealsStep(ChoicesStep):
    """How far ahead, where the money comes from, and who owns the deals."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(
            "deals",
            tr(_CONTEXT, "Appointments, amounts and owners"),
            asking,
            (
                (tr(_CONTEXT, "Appointments"), ("appointments.days_forward",)),
                (
                    tr(_CONTEXT, "Amounts: from appointments or from invoices"),
                    ("appointments.add_amount", "streams.invoices"),
                ),
                (tr(_CONTEXT, "Owners"), ("deals.owner", "deals.fixed_owner")),
                (tr(_CONTEXT, "About you"), ("contact.email",)),
            ),
        )
        self.body.addStretch(1)
