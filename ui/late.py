"""What the first paint need not wait for: pages, tray, set-up and the program itself are read after it.

They are named here, once, so that what comes late is seen at a glance; everything else is imported as usual.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

PAGE_TITLES = (
    ("home", "Home", "Home"),
    ("needs_you", "NeedsYou", "Needs you"),
    ("activity", "Activity", "Activity"),
    ("people", "People", "People"),
    ("left_out", "LeftOut", "Left out"),
    ("import", "Import", "Import"),
    ("hubspot_setup", "HubSpotSetup", "HubSpot set-up"),
    ("settings", "Settings", "Settings"),
    ("help", "Help", "Help"),
)
"""The nine pages in the order of the navigation: name, translation context and title."""

PAGES = {
    "needs_you": ("ui.pages.needs_you", "NeedsYouPage"),
    "activity": ("ui.pages.activity", "ActivityPage"),
    "people": ("ui.pages.people", "PeoplePage"),
    "left_out": ("ui.pages.left_out", "LeftOutPage"),
    "import": ("ui.pages.imports", "ImportPage"),
    "hubspot_setup": ("ui.pages.hubspot_setup", "HubSpotSetupPage"),
    "settings": ("ui.pages.settings", "SettingsPage"),
    "help": ("ui.pages.help", "HelpPage"),
}


def page_class(name: str) -> Any:
    """The class of a page."""
    module, kind = PAGES[name]
    return getattr(import_module(module), kind)


def log(name: str) -> Any:
    """The log of a module."""
    return import_module("logging").getLogger(name)


def system_signals() -> Any:
    """What hears that the system asks the program to end."""
    return import_module("ui.signals_of_system").SystemSignals


def assembly() -> ModuleType:
    """What builds the program; read on the thread that opens it."""
    return import_module("app.assembly")


def memory() -> ModuleType:
    """What keeps the program small."""
    return import_module("app.memory")


def numbers_view_class() -> Any:
    """The lower part of Home."""
    return import_module("ui.pages.home_numbers").NumbersView


def update_notice_class() -> Any:
    """The line that a newer version is there."""
    return import_module("ui.widgets.update_notice").UpdateNotice


def advance(state: Any, event: object) -> Any:
    """The state after an event."""
    return import_module("app.state").advance(state, event)


def wording() -> Any:
    """The core's sentences."""
    return import_module("app.wording")


def retelling() -> Any:
    """What tells finished sentences of the core in another language; the core's own needs it not."""
    return import_module("ui.retelling")


def settings() -> Any:
    """The declarations of all settings."""
    return import_module("app.settings")


def tray_class() -> Any:
    """The tray's sign."""
    return import_module("ui.tray").Tray


def give_letters(page: Any) -> None:
    """Give the controls of a page letters to press with Alt."""
    import_module("ui.widgets.mnemonics").give_letters(page)


def database_dialog_class() -> Any:
    """What lets somebody say where the data is while it cannot be opened."""
    return import_module("ui.dialogs.shared_database").SharedDatabaseDialog


def wizard_class() -> Any:
    """The set-up."""
    return import_module("ui.wizard.wizard").Wizard


def doorbell_class() -> Any:
    """What hears of a second start."""
    return import_module("ui.single_instance").Doorbell


def ring(folder: Any) -> bool:
    """Ask the window that is there to come up; whether it heard."""
    return bool(import_module("ui.single_instance").ring(folder))
