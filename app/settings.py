"""Each setting once: its key, type, range, default and words; and the typed, immutable snapshot of them all.

How settings are kept is not said here; a snapshot is built from the kept JSON values and never changes.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

from app.errors import BadInput

Value = bool | int | str | list[str] | dict[str, str] | None
"""What a setting holds, as JSON. None is an empty text."""

SettingType = Literal["bool", "int", "choice", "text", "list", "table"]
EMPTY: Final = ("", "–", "-", "—", "none", "null")
ALL: Final = "all"


@dataclass(frozen=True)
class Setting:
    """One setting. `least` and `most` bound a number (both included), `item` is the pattern of a text, of
    what a list holds and of a table's values, `table_key` that of a table's keys. `words` are other spellings
    that are understood, with what is kept for them."""

    key: str
    type: SettingType
    default: Value
    label: str
    help: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    item: str = ""
    table_key: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """The part of the key before the dot: where it stands in the window."""
        return self.key.partition(".")[0]


ID: Final = r"[0-9]{1,25}"
TEXT: Final = r"[^\x00-\x1f\x7f]{1,200}"
DATABASE: Final = r"postgres(ql)?://[^\s:/?#\[\]]*(\[[0-9A-Fa-f:.]+\])?(:[0-9]+)?/[^\s/?#]+(\?\S*)?"
EMAIL: Final = r"[!-?A-~]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"

WRITE_BACK_FIELDS: Final = (
    "first_name",
    "last_name",
    "home_phone",
    "mobile_phone",
    "address_1",
    "city",
    "state",
    "post_code",
    "country_code",
    "email",
    "gender_identity",
    "date_of_birth",
    "referral_source",
)
"""What a request from HubSpot may change in Cliniko, by Cliniko's own names (R41)."""

_FIELD_WORDS: Final = {
    "firstname": "first_name",
    "lastname": "last_name",
    "cliniko_home_phone": "home_phone",
    "mobilephone": "mobile_phone",
    "address_line_1": "address_1",
    "cliniko_address_line_1": "address_1",
    "postal_code": "post_code",
    "zip": "post_code",
    "country": "country_code",
    "cliniko_country_code": "country_code",
    "cliniko_gender_identity": "gender_identity",
    "cliniko_date_of_birth": "date_of_birth",
    "cliniko_referral_source": "referral_source",
}


def _flag(key: str, default: bool, label: str, help: str) -> Setting:
    return Setting(key, "bool", default, label, help)


def _number(key: str, default: int, least: int, most: int, label: str, help: str) -> Setting:
    return Setting(key, "int", default, label, f"{help} From {least} to {most}.", least=least, most=most)


def _choice(key: str, choices: str, default: str, label: str, help: str) -> Setting:
    return Setting(key, "choice", default, label, help, choices=tuple(choices.split()))


def _text(key: str, item: str, label: str, help: str) -> Setting:
    return Setting(key, "text", None, label, help, item=item)


def _ids(key: str, label: str, help: str) -> Setting:
    return Setting(key, "list", [], label, help, item=ID, words={"any": "", ALL: ""})


def _table(key: str, item: str, label: str, help: str) -> Setting:
    return Setting(key, "table", {}, label, help, item=item, table_key=ID)


# One setting after the other, as compact as a table: laid out by hand.
# fmt: off
SETTINGS: Final[Mapping[str, Setting]] = {setting.key: setting for setting in (
    _number("sync.interval_minutes", 15, 5, 240, "Minutes between runs", "How often changes are looked for."),
    _number("sync.items_per_execution", 100, 1, 1000, "Items per run",
        "Most records written per stream in one run."),
    _flag("sync.catch_up", True, "Catch up when behind", "Starts the next run at once while records wait."),
    _number("sync.limit_share_percent", 90, 1, 100, "Share of the limits",
        "Percent of each service's limit to use."),
    _flag("streams.patients", True, "Patients", "Patients become HubSpot contacts."),
    _flag("streams.contacts", True, "Cliniko contacts",
        "Doctors, payers and others become HubSpot contacts."),
    _flag("streams.appointments", True, "Appointments", "Appointments become HubSpot deals."),
    _flag("streams.invoices", False, "Invoices", "Invoices become HubSpot deals with their total."),
    _choice("patients.preferred_first_name", "off own_property first_name", "own_property",
        "Preferred first name", "Where it goes: nowhere, a property of its own, or HubSpot's first name."),
    _number("patients.only_seen_within_months", 0, 0, 600, "Only seen within (months)",
        "Leaves out patients neither seen nor booked for this long; 0 takes all."),
    _flag("patients.only_with_email", False, "Only with e-mail", "Leaves out patients without an address."),
    _choice("patients.privacy_policy", "any not_rejected accepted", "any", "Privacy policy",
        "Which answers to the clinic's privacy policy let a patient in."),
    _ids("patients.businesses", "Only of these businesses",
        "Ids of businesses as a JSON list; empty takes all."),
    _ids("patients.practitioners", "Only of these practitioners",
        "Ids of practitioners as a JSON list; empty takes all."),
    Setting("patients.custom_fields", "list", [], "Own fields",
        "The clinic's own patient fields to send at the detailed level, as a JSON list of their tokens.",
        item=TEXT),
    _number("appointments.days_forward", 45, 1, 365, "Days forward",
        "How far ahead appointments become deals."),
    _flag("appointments.add_amount", False, "Add amount to appointments",
        "Deal amount from the appointment type's price. Counts twice together with invoices."),
    _flag("appointments.groups", False, "Group appointments", "One deal for each person in a group."),
    _flag("appointments.require_arrival_tick", False, "Attended needs the arrival tick",
        "A past appointment counts as attended only where the arrival was ticked."),
    Setting("appointments.excluded_categories", "list", [], "Excluded categories",
        "Categories of appointment types that make no deal, as a JSON list.", item=TEXT),
    _table("appointments.aliases", TEXT, "Plain names",
        "Other names for appointment types in HubSpot, as a JSON table: type id to name."),
    _flag("cases.send_name", True, "Send case names", "Sends the name of a case with its appointments."),
    _flag("invoices.include_credits", True, "Include credits",
        "Credit notes become deals of less than zero."),
    _flag("invoices.deal_per_item", False, "One deal per item",
        "Splits an invoice into a deal for each item."),
    _choice("deals.owner", "practitioner fixed contact_owner none", "practitioner", "Deal owner",
        "Who owns a new deal in HubSpot."),
    _text("deals.fixed_owner", ID, "Fixed owner", "HubSpot owner id for all deals where the owner is fixed."),
    _text("deals.fallback_owner", ID, "Fallback owner", "HubSpot owner id where no other owner was found."),
    _table("deals.owner_table", ID, "Practitioners and owners",
        "Owners for practitioners without a match, as a JSON table: practitioner id to owner id."),
    _flag("contacts.owner", False, "Set contact owner", "Sets the owner of new contacts as of their deals."),
    _flag("contacts.lifecycle", False, "Set lifecycle stage",
        "Moves patients to the customer stage in HubSpot."),
    _flag("matching.weak_auto", False, "Link weak matches",
        "Links by equal name and mobile alone, without asking."),
    _number("rollups.late_hours", 24, 0, 720, "Late cancellation (hours)",
        "Cancelled later than this is late."),
    _number("rollups.lapsed_days", 180, 1, 3650, "Lapsed after (days)",
        "Without a visit for this long: lapsed."),
    _number("rollups.inactive_days", 365, 1, 3650, "Inactive after (days)",
        "Without a visit for this long: inactive."),
    _text("contact.email", EMAIL, "Contact e-mail",
        "Tells Cliniko and HubSpot whom to write to about this program."),
    _flag("write_back.enabled", True, "Write back on request", "Requests in HubSpot change Cliniko."),
    _number("write_back.poll_seconds", 60, 15, 900, "Seconds between looks",
        "How often requests are looked for."),
    _flag("write_back.create", True, "Create patients", "A request may create a patient in Cliniko."),
    _number("write_back.max_creations_per_day", 20, 0, 10000, "Most new patients a day",
        "Further ones wait a day."),
    Setting("write_back.fields", "list", ALL, "Fields written back",
        "The fields that requests may change: all, or a JSON list.", choices=WRITE_BACK_FIELDS, item=TEXT,
        words=_FIELD_WORDS),
    _choice("privacy.level", "minimal standard detailed", "standard", "Privacy level",
        "How much HubSpot is told about each patient."),
    _flag("pc.start_at_login", False, "Start at log-in",
        "Opens ClinicBridge when you log in to this computer."),
    _flag("pc.close_to_tray", True, "Keep running in the tray", "Closing the window keeps the sync going."),
    _flag("pc.notifications", True, "Notifications", "Tells on the screen when something needs you."),
    _text("pc.quiet_hours", "([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]", "Quiet hours",
        "No notifications between these times, such as 20:00-07:30."),
    _flag("pc.check_updates", True, "Look for updates", "Asks once a day at most whether a newer version is there."),
    _text("pc.database", DATABASE, "Shared database", "Only where several computers share one, such as "
        "postgresql://user@server/clinic, without password; empty keeps the data on this computer."),
)}
# fmt: on


@dataclass(frozen=True)
class Settings:
    """All settings at one moment, built from kept JSON values. One that cannot be used counts as its default
    and is named in `ignored`, so that the checks of this computer can say so."""

    stored: Mapping[str, Any] = field(default_factory=dict)
    ignored: tuple[str, ...] = field(init=False, default=())
    _values: Mapping[str, Value] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        values = {key: setting.default for key, setting in SETTINGS.items()}
        ignored = []
        for key, kept in self.stored.items():
            try:
                values[key] = checked(find(key), kept)
            except BadInput:
                ignored.append(key)
        object.__setattr__(self, "stored", MappingProxyType(dict(self.stored)))
        object.__setattr__(self, "ignored", tuple(ignored))
        object.__setattr__(self, "_values", MappingProxyType(values))

    def value(self, key: str) -> Value:
        """The value as JSON, whatever its type."""
        found = self._values[key]
        return found.copy() if isinstance(found, list | dict) else found

    def flag(self, key: str) -> bool:
        """A switch."""
        found = self._values[key]
        assert isinstance(found, bool), key
        return found

    def number(self, key: str) -> int:
        """A whole number."""
        found = self._values[key]
        assert isinstance(found, int) and not isinstance(found, bool), key
        return found

    def text(self, key: str) -> str:
        """A text or one of the choices; "" where nothing is set."""
        found = self._values[key]
        assert found is None or isinstance(found, str), key
        return found or ""

    def items(self, key: str) -> tuple[str, ...]:
        """A list; where it says "all", everything there is to choose from."""
        found = self._values[key]
        if found == ALL:
            return SETTINGS[key].choices
        assert isinstance(found, list), key
        return tuple(found)

    def table(self, key: str) -> dict[str, str]:
        """A table, as a copy."""
        found = self._values[key]
        assert isinstance(found, dict), key
        return dict(found)

    def replaced(self, key: str, value: Value) -> Settings:
        """The same settings with one changed. Raises BadInput where the value cannot be used."""
        return Settings({**self.stored, key: checked(find(key), value)})

    def list_json(self) -> list[dict[str, Any]]:
        """The list of `settings list --json`, in the order of the table."""
        return [
            {
                "key": setting.key,
                "value": self.value(setting.key),
                "default": setting.default,
                "type": setting.type,
                "choices": list(setting.choices),
                "help": setting.help,
            }
            for setting in SETTINGS.values()
        ]


def find(key: str) -> Setting:
    """The setting of this key. Raises BadInput that names the nearest one."""
    if key in SETTINGS:
        return SETTINGS[key]
    raise BadInput(
        f"unknown setting {key[:60]!r}",
        sentence=f"There is no setting called {key[:60]}.",
        next_step=nearest(key, SETTINGS) or "See the list of settings: settings list.",
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence naming the word that was probably meant; "" where none is near."""
    choices = list(known)
    near = difflib.get_close_matches(word.lower(), choices, n=1, cutoff=0.5)
    if not near and word:
        near = [name for name in choices if name.endswith(f".{word}")][:1]
    return f"Did you mean {near[0]}?" if near else ""


def parse(key: str, raw: str) -> Value:
    """The value that a person typed, checked. Raises BadInput for an unknown key, a wrong form or range."""
    setting, text = find(key), raw.strip()
    is_empty = text.lower() in EMPTY
    match setting.type:
        case "bool":
            flag = {"true": True, "yes": True, "on": True, "1": True} | {
                "false": False,
                "no": False,
                "off": False,
                "0": False,
            }
            if text.lower() not in flag:
                raise _refusal(setting, "is either true or false")
            return flag[text.lower()]
        case "int":
            if not re.fullmatch(r"[+-]?[0-9]{1,9}", text, re.ASCII):
                raise _refusal(setting, "takes a whole number")
            return checked(setting, int(text))
        case "choice":
            return checked(setting, text)
        case "text":
            return checked(setting, None if is_empty else text)
        case "list" | "table":
            if is_empty:
                return [] if setting.type == "list" else {}
            if text == setting.default or (setting.words.get(text.lower()) == "" and setting.type == "list"):
                return checked(setting, text)
            try:
                return checked(setting, json.loads(text))
            except (ValueError, RecursionError):
                raise _refusal(setting, f"takes a JSON {setting.type}") from None


def checked(setting: Setting, value: Any) -> Value:
    """The value in the form in which it is kept. Raises BadInput where it does not fit."""
    match setting.type:
        case "bool":
            if isinstance(value, bool):
                return value
        case "int":
            if isinstance(value, int) and not isinstance(value, bool):
                if setting.least <= value <= setting.most:
                    return value
                raise _refusal(setting, f"must lie between {setting.least} and {setting.most}")
        case "choice":
            if isinstance(value, str) and value in setting.choices:
                return value
            near = nearest(value, setting.choices) if isinstance(value, str) else ""
            raise _refusal(setting, f"is one of {', '.join(setting.choices)}", near)
        case "text":
            if value is None or value == "":
                return None
            if isinstance(value, str) and re.fullmatch(setting.item, value):
                return value
        case "list":
            if value == setting.default or (
                isinstance(value, str) and setting.words.get(value.lower()) == ""
            ):
                return setting.default if value == setting.default else []
            if isinstance(value, list):
                return list(dict.fromkeys(_item(setting, entry) for entry in value))
        case "table":
            if isinstance(value, dict):
                return {_table_key(setting, key): _item(setting, entry) for key, entry in value.items()}
    raise _refusal(setting, "does not take this value")


def needs_yes(key: str, value: Value, settings: Settings) -> str:
    """The warning to be confirmed before this change, "" where none is needed: appointment amounts and
    invoices together count revenue twice, whichever of the two comes second (R24)."""
    other = {
        "appointments.add_amount": "streams.invoices",
        "streams.invoices": "appointments.add_amount",
    }.get(key)
    if other is None or value is not True or not settings.flag(other):
        return ""
    return "With amounts on appointments and invoices both on, HubSpot counts the same revenue twice."


def _item(setting: Setting, entry: Any) -> str:
    text = str(entry) if isinstance(entry, int) and not isinstance(entry, bool) else entry
    if isinstance(text, str):
        text = text.strip()
        text = setting.words.get(text.lower(), text)
        is_known = text in setting.choices if setting.choices else bool(re.fullmatch(setting.item, text))
        if is_known:
            return text
        raise _refusal(setting, "holds an entry that cannot be used", nearest(text, setting.choices))
    raise _refusal(setting, "holds an entry that is not a text")


def _table_key(setting: Setting, key: str) -> str:
    if re.fullmatch(setting.table_key, key.strip()):
        return key.strip()
    raise _refusal(setting, "holds a key that is not an id")


def _refusal(setting: Setting, what: str, next_step: str = "") -> BadInput:
    return BadInput(
        f"setting {setting.key} {what}",
        sentence=f"The setting {setting.key} {what}.",
        next_step=next_step or setting.help,
    )
