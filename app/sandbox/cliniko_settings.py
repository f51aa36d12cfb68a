"""The account's settings, and the part of them that any key may read."""

from __future__ import annotations

from typing import Any

from app.sandbox.cliniko_phones import country_name


def account_settings(name: str, subdomain: str, country_code: str, currency_symbol: str) -> dict[str, Any]:
    """The settings of a new account, the part for administrators included."""
    return {
        "account": {
            "id": "48213",
            "name": name,
            "subdomain": subdomain,
            "country": country_name(country_code),
            "country_code": country_code,
            "currency_symbol": currency_symbol,
            "time_zone_support": True,
            "has_time_travelers": False,
            "first_name": "Robin",
            "last_name": "Adeyemi",
            "email_from": f"front-desk@{subdomain}.example.test",
        },
        "calendar": {
            "start_hour": 7,
            "end_hour": 19,
            "multiple_appointments_gap": True,
            "show_current_time_indicator": True,
            "timeslot_height_in_pixels": 20,
            "timeslot_size_in_minutes": 15,
        },
        "documents_and_printing": {"logo_height": 80, "logo_url": None},
        "integrations": {
            "mail_chimp": {"enabled": False},
            "medipass": {"enabled": False},
            "xero": {"enabled": False},
        },
        "online_bookings": {
            "enabled": True,
            "allow_bookings_days_in_advance": 60,
            "min_hours_advance_required_to_book": 4,
            "min_hours_notice_for_patient_cancellation": 24,
            "policy": None,
            "show_prices": True,
        },
        "online_payments": {"activated": False},
        "patient_custom_fields_definition": {"sections": []},
        "patient_privacy": {
            "anonymise_appointments_on_deletion": False,
            "anonymise_invoices_and_payments_on_deletion": False,
            "browser_title_name_format": "full_name",
            "ical_patient_name_option": "full_name",
        },
        "reminders": {"default_reminder_type": "SMS & Email"},
        "sms": {"replies_supported": True, "number_of_usable_characters_per_message": 160},
        "terminology": {"patient": "patient", "titles": ["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr"]},
        "wait_list": {"default_wait_list_expiry_period": 30},
    }


_PRIVATE = {
    "account": ("first_name", "last_name", "email_from"),
    "integrations": ("medipass",),
    "patient_privacy": (
        "anonymise_appointments_on_deletion",
        "anonymise_invoices_and_payments_on_deletion",
    ),
}


def public_settings(settings: dict[str, Any]) -> dict[str, Any]:
    """The part of the settings that any key may read."""
    shown = {}
    for part, values in settings.items():
        hidden = _PRIVATE.get(part, ())
        shown[part] = {name: value for name, value in values.items() if name not in hidden}
    return shown
