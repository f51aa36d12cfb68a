"""The nine pages: their order, their names, and how each is made."""

from __future__ import annotations

from collections.abc import Callable

from ui.bridge import Asking
from ui.language import tr
from ui.pages.activity import ActivityPage
from ui.pages.help import HelpPage
from ui.pages.home import HomePage
from ui.pages.hubspot_setup import HubSpotSetupPage
from ui.pages.imports import ImportPage
from ui.pages.left_out import LeftOutPage
from ui.pages.needs_you import NeedsYouPage
from ui.pages.page import Page
from ui.pages.people import PeoplePage
from ui.pages.settings import SettingsPage

PAGES: dict[str, Callable[[Asking], Page]] = {
    "home": HomePage,
    "needs_you": NeedsYouPage,
    "activity": ActivityPage,
    "people": PeoplePage,
    "left_out": LeftOutPage,
    "import": ImportPage,
    "hubspot_setup": HubSpotSetupPage,
    "settings": SettingsPage,
    "help": HelpPage,
}


def page_titles() -> dict[str, str]:
    """The pages' names in the order of the navigation."""
    return {
        "home": tr("Home", "Home"),
        "needs_you": tr("NeedsYou", "Needs you"),
        "activity": tr("Activity", "Activity"),
        "people": tr("People", "People"),
        "left_out": tr("LeftOut", "Left out"),
        "import": tr("Import", "Import"),
        "hubspot_setup": tr("HubSpotSetup", "HubSpot set-up"),
        "settings": tr("Settings", "Settings"),
        "help": tr("Help", "Help"),
    }


def build_page(name: str, asking: Asking) -> Page:
    """A new page of this name."""
    return PAGES[name](asking)
