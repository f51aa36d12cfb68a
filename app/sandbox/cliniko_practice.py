"""The practice itself: who works there, where, what can be booked, and the account's settings."""

from __future__ import annotations

from app.sandbox.cliniko_checks import COLOUR, country, decimal, id_list, one_of, text, whole, yes_no
from app.sandbox.cliniko_filters import FieldType, Filter, Row
from app.sandbox.cliniko_people import NUMBER, TEXT, TIME, full_name, shown_phones
from app.sandbox.cliniko_phones import country_name
from app.sandbox.cliniko_resource import Json, Resource, View

_BOOLEAN, _ARRAY = Filter(FieldType.BOOLEAN), Filter(FieldType.ARRAY)

_TEMPLATE_LISTS = (
    "appointment_confirmation_template_ids",
    "appointment_follow_up_template_ids",
    "appointment_reminder_template_ids",
)

APPOINTMENT_TYPES = Resource(
    name="appointment_types",
    verbs=frozenset({"list", "read", "create", "update", "delete", "archive"}),
    plain={
        "name": "",
        "category": None,
        "description": None,
        "color": "#3366FF",
        "duration_in_minutes": 30,
        "max_attendees": 1,
        "show_in_online_bookings": True,
        "telehealth_enabled": False,
        "online_payments_enabled": False,
        "online_payments_mode": None,
        "online_bookings_lead_time_hours": None,
        "deposit_price": None,
        "add_deposit_to_account_credit": None,
    },
    times=("archived_at",),
    one={"billable_item": ("billable_item_id", "billable_items")},
    many={
        "practitioners": "appointment_types/{id}/practitioners",
        "appointment_type_billable_items": (
            "appointment_type_billable_items?q%5B%5D=appointment_type_id%3A%3D{id}"
        ),
        "appointment_type_products": "appointment_type_products?q%5B%5D=appointment_type_id%3A%3D{id}",
    },
    id_lists=_TEMPLATE_LISTS,
    filters={
        **dict.fromkeys(_TEMPLATE_LISTS, _ARRAY),
        "archived_at": TIME,
        "category": TEXT,
        "online_payments_mode": TEXT,
        "show_in_online_bookings": _BOOLEAN,
    },
    hidden=("archived_at",),
    writes={
        **dict.fromkeys(_TEMPLATE_LISTS, id_list),
        "practitioner_ids": id_list,
        "business_ids": id_list,
        "name": text(255, needed=True),
        "category": text(),
        "description": text(),
        "color": text(pattern=COLOUR),
        "duration_in_minutes": whole(1, 1439, needed=True),
        "max_attendees": whole(1, 99, needed=True),
        "show_in_online_bookings": yes_no,
        "telehealth_enabled": yes_no,
        "online_payments_mode": one_of("deposit_required", "optional", "required"),
        "online_bookings_lead_time_hours": one_of(0, 1, 2, 4, 12, 18, 24, 48, 72, 168, 336, 504, 672),
        "deposit_price": decimal(),
        "add_deposit_to_account_credit": yes_no,
    },
    required=("name", "duration_in_minutes", "max_attendees"),
)


def _finish_practitioner(row: Row, shown: Json, view: View) -> None:
    shown["label"] = row.get("display_name") or full_name(row)


PRACTITIONERS = Resource(
    name="practitioners",
    verbs=frozenset({"list", "read"}),
    plain={
        "first_name": None,
        "last_name": None,
        "title": None,
        "designation": None,
        "display_name": None,
        "label": None,
        "description": None,
        "active": True,
        "show_in_online_bookings": True,
    },
    one={
        "user": ("user_id", "users"),
        "default_appointment_type": ("default_appointment_type_id", "appointment_types"),
    },
    many={
        "appointment_types": "practitioners/{id}/appointment_types",
        "appointments": "practitioners/{id}/appointments",
        "invoices": "practitioners/{id}/invoices",
        "practitioner_reference_numbers": "practitioners/{id}/practitioner_reference_numbers",
    },
    filters={"active": _BOOLEAN, "show_in_online_bookings": _BOOLEAN, "user_id": NUMBER},
    finish=_finish_practitioner,
)


def _finish_user(row: Row, shown: Json, view: View) -> None:
    shown["user_active"] = row.get("active", True)
    shown["phone_numbers"] = shown_phones(row.get("phone_numbers"), view.data.country_code)


USERS = Resource(
    name="users",
    verbs=frozenset({"list", "read"}),
    plain={
        "first_name": "",
        "last_name": "",
        "title": None,
        "email": "",
        "role": "administrator",
        "active": True,
        "user_active": True,
        "time_zone": "Melbourne",
        "time_zone_identifier": "Australia/Melbourne",
        "phone_numbers": None,
    },
    finish=_finish_user,
)

_BUSINESS_TEXTS = (
    "business_name",
    "display_name",
    "address_1",
    "address_2",
    "city",
    "state",
    "post_code",
    "contact_information",
    "email_reply_to",
    "website_address",
    "business_registration_name",
    "business_registration_value",
    "additional_information",
    "additional_invoice_information",
)


def _finish_business(row: Row, shown: Json, view: View) -> None:
    shown["label"] = row.get("display_name") or row.get("business_name")
    shown["country"] = country_name(row.get("country_code"))


BUSINESSES = Resource(
    name="businesses",
    verbs=frozenset({"list", "read", "create", "update", "delete", "archive", "unarchive"}),
    plain={
        **dict.fromkeys(_BUSINESS_TEXTS),
        "label": None,
        "country": None,
        "country_code": None,
        "time_zone": "Melbourne",
        "time_zone_identifier": "Australia/Melbourne",
        "show_in_online_bookings": True,
        "appointment_reminders_enabled": True,
    },
    times=("archived_at", "deleted_at"),
    many={"appointments": "businesses/{id}/appointments", "practitioners": "businesses/{id}/practitioners"},
    id_lists=("appointment_type_ids",),
    filters={
        "appointment_type_ids": _ARRAY,
        "archived_at": TIME,
        "deleted_at": TIME,
        "show_in_online_bookings": _BOOLEAN,
    },
    hidden=("archived_at", "deleted_at"),
    writes={
        **{name: text(5000) for name in _BUSINESS_TEXTS},
        "country_code": country,
        "time_zone": text(),
        "time_zone_identifier": text(),
        "show_in_online_bookings": yes_no,
        "appointment_reminders_enabled": yes_no,
        "appointment_type_ids": id_list,
    },
    finish=_finish_business,
)
