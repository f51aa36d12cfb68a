"""Settings: drawn from their declarations, kept at once, and refused in plain words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit

from app.errors import KeyringUnusable
from app.service.connections import Connection
from app.service.setup import Check
from app.settings import SETTINGS, Settings, Value, needs_yes, parse
from app.wording import Words
from ui.pages import connections as connections_module
from ui.pages import settings as settings_module
from ui.pages.connections import Connections
from ui.pages.settings import APART, SECTIONS, SettingsPage, section_of
from ui.widgets.setting_field import SettingField, field_name


class Setup:
    """The setup service, small, on the real declarations."""

    def __init__(self) -> None:
        self.kept = Settings()
        self.yes: list[bool] = []

    def settings(self) -> Settings:
        return self.kept

    def set_setting(self, key: str, raw: str, yes: bool = False) -> Value:
        value = parse(key, raw)
        assert not needs_yes(key, value, self.kept) or yes
        self.yes.append(yes)
        self.kept = self.kept.replaced(key, value)
        return value


def open_page(qtbot, at_once) -> tuple[SettingsPage, Setup]:
    setup = Setup()
    pages = SimpleNamespace(left_out_counts=lambda kind: [("no_email", Words("Has no e-mail address."), 7)])
    connections = SimpleNamespace(all=lambda: [Connection("cliniko", "keyring", "Harbour Physio")])
    local = SimpleNamespace(facts=lambda: SimpleNamespace(folder="/data", backed_up_at=None, version="1.0"))
    page = SettingsPage(at_once(setup=setup, pages=pages, connections=connections, local=local))
    qtbot.addWidget(page)
    page.look()
    return page, setup


def test_every_setting_has_its_field(qtbot, at_once) -> None:
    """The same settings as on the command line, each in a section, each shown as it is kept."""
    page, setup = open_page(qtbot, at_once)
    assert set(page.fields) == set(SETTINGS) - APART
    assert page.findChild(QLineEdit, "pc_database") is not None
    assert {section_of(setting) for setting in SETTINGS.values()} <= set(SECTIONS)
    for key, field in page.fields.items():
        assert field.value() == setup.kept.value(key), key
        assert field.control.objectName() == field_name(key)


def test_a_switch_is_kept_at_once(qtbot, at_once) -> None:
    """Turning a switch keeps it, and says so."""
    page, setup = open_page(qtbot, at_once)
    tick = page.findChild(QCheckBox, "patients_only_with_email")
    tick.click()
    assert setup.kept.flag("patients.only_with_email") is True
    assert page.said.text() == "Saved: Only with e-mail"


def test_a_number_is_kept_after_a_moment(qtbot, at_once) -> None:
    """While somebody types, nothing is kept; then the last value is."""
    page, setup = open_page(qtbot, at_once)
    spin: Any = page.fields["appointments.days_forward"].control
    spin.setValue(9)
    spin.setValue(90)
    assert setup.kept.number("appointments.days_forward") == 45
    qtbot.waitUntil(lambda: setup.kept.number("appointments.days_forward") == 90)
    assert len(setup.yes) == 1


def test_what_does_not_fit_is_said_at_the_field(qtbot, at_once) -> None:
    """A wrong value is refused beside its field; what was kept stays."""
    page, setup = open_page(qtbot, at_once)
    field = page.fields["contact.email"]
    line = page.findChild(QLineEdit, "contact_email")
    line.setText("not an address")
    line.editingFinished.emit()
    assert not field.error.isHidden()
    assert setup.kept.text("contact.email") == ""


@pytest.mark.parametrize("is_wanted", [True, False])
def test_both_amounts_need_a_second_yes(is_wanted: bool, qtbot, at_once, monkeypatch) -> None:
    """R24: amounts on appointments beside invoices warn that revenue counts twice; no leaves all as it was."""
    page, setup = open_page(qtbot, at_once)
    asked: list[str] = []
    monkeypatch.setattr(
        settings_module, "is_confirmed", lambda *words: asked.append(words[3]) is None and is_wanted
    )
    page.fields["streams.invoices"].control.click()
    assert asked == []
    page.fields["appointments.add_amount"].control.click()
    assert "twice" in asked[0]
    assert setup.kept.flag("appointments.add_amount") is is_wanted
    assert page.fields["appointments.add_amount"].value() is is_wanted


@pytest.mark.parametrize("is_wanted", [True, False])
def test_taking_amounts_off_is_asked(is_wanted: bool, qtbot, at_once, monkeypatch) -> None:
    """R24: turning amounts off clears what was written, after asking."""
    page, setup = open_page(qtbot, at_once)
    page.fields["appointments.add_amount"].control.click()
    asked: list[str] = []
    monkeypatch.setattr(
        settings_module, "is_confirmed", lambda *words: asked.append(words[3]) is None and is_wanted
    )
    page.fields["appointments.add_amount"].control.click()
    assert "cleared" in asked[0]
    assert setup.kept.flag("appointments.add_amount") is not is_wanted


def test_a_lower_level_says_what_it_takes_back(qtbot, at_once) -> None:
    """R84: what was sent before is taken out of HubSpot; a higher level only sends more."""
    page, setup = open_page(qtbot, at_once)
    level = page.fields["privacy.level"].control
    level.setCurrentIndex(level.findData("detailed"))
    assert "takes out" not in page.said.text()
    level.setCurrentIndex(level.findData("minimal"))
    assert "takes out of HubSpot" in page.said.text()
    assert setup.kept.text("privacy.level") == "minimal"


def test_filters_tell_whom_they_leave_out(qtbot, at_once) -> None:
    """R17: a live count of who is left out and why."""
    page, _ = open_page(qtbot, at_once)
    assert "7: Has no e-mail address." in page.left_out.text()


def test_the_picture_follows_the_level(qtbot, at_once) -> None:
    """R84: what HubSpot will know changes with the privacy level."""
    page, _ = open_page(qtbot, at_once)
    words = {part.text() for part in page.picture.findChildren(type(page.picture.title))}
    assert {"Josephine", "not sent"} <= words


@pytest.mark.parametrize("key", sorted(SETTINGS))
def test_showing_a_value_is_no_change(key: str, qtbot) -> None:
    """Showing what is kept never keeps it again."""
    field = SettingField(SETTINGS[key])
    qtbot.addWidget(field)
    heard: list[Any] = []
    field.changed.connect(lambda name, value: heard.append(value))
    field.show_value(Settings().value(key))
    field._tell()
    assert heard == []


class KeyService:
    """The connections service, small."""

    def __init__(self, refuses: bool = False) -> None:
        self.refuses, self.calls = refuses, []

    def all(self) -> list[Connection]:
        return [Connection("cliniko", "keyring" if self.calls else "", "Harbour Physio")]

    def set(self, service: str, secret: str, for_session: bool = False) -> list[Check]:
        if self.refuses and not for_session:
            raise KeyringUnusable
        self.calls.append((service, secret, for_session))
        return [
            Check("cliniko key", True, "Accepted: Harbour Physio."),
            Check("cliniko right invoices", False, "The key may not read invoices."),
        ]


def test_setting_a_key_tests_it(qtbot, at_once) -> None:
    """A pasted key is handed over once, tested at once, and never shown again."""
    service = KeyService()
    keys = Connections(at_once(connections=service), ("cliniko",))
    qtbot.addWidget(keys)
    keys.look()
    one = keys.keys["cliniko"]
    assert one.status.text() == "No key yet."
    one.field.setText("  secret-au1 ")
    one.set.click()
    assert service.calls == [("cliniko", "secret-au1", False)]
    assert one.field.text() == ""
    assert "× The key may not read invoices." in one.results.text()
    assert keys.is_good["cliniko"] is False
    assert "Harbour Physio" in one.account.text()


def test_no_password_store(qtbot, at_once, monkeypatch) -> None:
    """Without a store it is explained what to do; the key may be kept in memory, never in a file."""
    service = KeyService(refuses=True)
    keys = Connections(at_once(connections=service), ("cliniko",))
    qtbot.addWidget(keys)
    asked: list[str] = []
    monkeypatch.setattr(connections_module, "is_confirmed", lambda *words: asked.append(words[3]) is None)
    keys.keys["cliniko"].field.setText("secret-au1")
    keys.keys["cliniko"].set.click()
    assert "never written to a file" in asked[0]
    assert service.calls == [("cliniko", "secret-au1", True)]
