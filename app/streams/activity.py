"""Roll-ups of visits and invoices on the patient's contact (R16): the rows; their sums are made elsewhere."""

from __future__ import annotations

from app.domain.stream import Group, Property
from app.streams.rows import Rows

ACTIVITY_GROUP = Group("cliniko_activity", "Cliniko activity", "contacts")

LAPSE_BANDS = (
    "0-6d",
    "7-13d",
    "14-29d",
    "30-59d",
    "60-89d",
    "90-179d",
    "180-364d",
    "1-2y",
    "2y+",
    "never",
)
PATIENT_STAGES = ("enquiry", "first_booked", "new", "active", "lapsed", "inactive")

# fmt: off
# A table: as few lines a row as fit.
_A: Rows[None] = Rows(ACTIVITY_GROUP.name)
ACTIVITY_PROPERTIES: tuple[Property, ...] = (
    _A.row("datetime", "cliniko_first_appointment", "S*", "visits", "Earliest attended visit"),
    _A.row("datetime", "cliniko_last_appointment", "M*", "visits", "Latest attended visit"),
    _A.row("datetime", "cliniko_next_appointment", "M*", "visits", "Earliest coming visit, not cancelled"),
    _A.row("bool", "cliniko_has_upcoming", "M*", "visits", "Whether a visit is booked", label="Has upcoming"),
    _A.row("string", "cliniko_last_practitioner", "S*", "visits", "Who saw the patient last"),
    _A.row("string", "cliniko_next_practitioner", "S*", "visits", "Who sees the patient next"),
    _A.row("string", "cliniko_last_appointment_type", "D", "visits, alias of the type",
        "What the last visit was", label="Last type"),
    _A.row("string", "cliniko_next_appointment_type", "D", "visits, alias of the type",
        "What the next visit will be", label="Next type"),
    _A.row("string", "cliniko_last_location", "S", "visits", "Where the last visit was"),
    _A.row("string", "cliniko_next_location", "S", "visits", "Where the next visit will be"),
    _A.row("string", "cliniko_main_practitioner", "S", "visits",
        "Most visits attended within 24 months, the latest on a tie"),
    _A.row("number", "cliniko_visits_total", "S*", "visits", "Attended visits", label="Visits"),
    _A.row("number", "cliniko_visits_12m", "S*", "visits", "Attended visits of the last 12 months",
        label="Visits in 12 months"),
    _A.row("number", "cliniko_no_shows", "S*", "visits", "Visits the patient did not come to",
        label="No-shows"),
    _A.row("number", "cliniko_cancellations", "S", "visits", "Cancelled visits"),
    _A.row("number", "cliniko_late_cancellations", "S", "visits",
        "Visits cancelled shortly before they began"),
    _A.row("datetime", "cliniko_last_no_show", "S", "visits", "Latest visit not come to",
        label="Last no-show"),
    _A.row("datetime", "cliniko_last_cancellation", "S", "visits", "Latest cancelled visit"),
    _A.row("enumeration", "cliniko_lapse_band", "S*", "visits",
        "Days since the last attended visit, worked out each day", label="Time since last visit",
        options=LAPSE_BANDS),
    _A.row("enumeration", "cliniko_patient_stage", "S", "visits", "How far the patient has come",
        options=PATIENT_STAGES),
    _A.row("bool", "cliniko_rebooked", "S", "visits", "Whether a visit is booked after the last one"),
    _A.row("number", "cliniko_invoiced_total", "S*", "invoices", "All invoices less credits",
        label="Lifetime invoiced"),
    _A.row("number", "cliniko_paid_total", "S", "invoices", "All paid invoices", label="Lifetime paid"),
    _A.row("date", "cliniko_last_invoice_date", "S", "invoices", "Day of the latest invoice"),
    _A.row("number", "cliniko_last_invoice_amount", "S", "invoices", "Amount of the latest invoice"),
    _A.row("number", "cliniko_open_invoices", "S", "invoices", "Invoices not yet paid"),
    _A.row("number", "cliniko_open_cases", "D", "cases", "Cases neither closed nor archived"),
)
# fmt: on
