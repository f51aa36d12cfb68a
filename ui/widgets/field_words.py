"""The names of what a column of a file can be taken for, as somebody at the desk says them."""

from __future__ import annotations

from ui.language import tr

_CONTEXT = "Columns"


def field_words(kind: str) -> dict[str, str]:
    """Field → words, for a file of patients or of appointments, in the order in which they are offered."""
    return _patient_words() if kind == "patients" else _appointment_words()


def _patient_words() -> dict[str, str]:
    return {
        "id": tr(_CONTEXT, "Patient ID"),
        "first_name": tr(_CONTEXT, "First name"),
        "last_name": tr(_CONTEXT, "Last name"),
        "full_name": tr(_CONTEXT, "Full name"),
        "preferred_first_name": tr(_CONTEXT, "Preferred first name"),
        "title": tr(_CONTEXT, "Title"),
        "date_of_birth": tr(_CONTEXT, "Date of birth"),
        "sex": tr(_CONTEXT, "Sex"),
        "gender_identity": tr(_CONTEXT, "Gender identity"),
        "pronouns": tr(_CONTEXT, "Pronouns"),
        "email": tr(_CONTEXT, "E-mail"),
        "mobile_phone": tr(_CONTEXT, "Mobile phone"),
        "home_phone": tr(_CONTEXT, "Home phone"),
        "work_phone": tr(_CONTEXT, "Work phone"),
        "other_phone": tr(_CONTEXT, "Other phone"),
        "fax": tr(_CONTEXT, "Fax"),
        "phone": tr(_CONTEXT, "Phone numbers of any kind"),
        "address_1": tr(_CONTEXT, "Address, line 1"),
        "address_2": tr(_CONTEXT, "Address, line 2"),
        "address_3": tr(_CONTEXT, "Address, line 3"),
        "city": tr(_CONTEXT, "City or suburb"),
        "state": tr(_CONTEXT, "State"),
        "post_code": tr(_CONTEXT, "Post code"),
        "country": tr(_CONTEXT, "Country"),
        "country_code": tr(_CONTEXT, "Country code"),
        "time_zone": tr(_CONTEXT, "Time zone"),
        "occupation": tr(_CONTEXT, "Occupation"),
        "old_reference_id": tr(_CONTEXT, "Reference number"),
        "reminder_type": tr(_CONTEXT, "Reminder type"),
        "receives_confirmation_emails": tr(_CONTEXT, "Receives confirmation e-mails"),
        "accepted_privacy_policy": tr(_CONTEXT, "Accepted the privacy policy"),
        "accepted_email_marketing": tr(_CONTEXT, "Accepts e-mail marketing"),
        "accepted_sms_marketing": tr(_CONTEXT, "Accepts SMS marketing"),
        "unsubscribed_email_marketing": tr(_CONTEXT, "Unsubscribed from e-mail marketing"),
        "unsubscribed_sms_marketing": tr(_CONTEXT, "Unsubscribed from SMS marketing"),
        "referral_source": tr(_CONTEXT, "Referral source"),
        "referring_doctor": tr(_CONTEXT, "Referring doctor"),
        "concession_type": tr(_CONTEXT, "Concession type"),
        "created_at": tr(_CONTEXT, "Created"),
        "updated_at": tr(_CONTEXT, "Last updated"),
        "archived_at": tr(_CONTEXT, "Archived"),
        "deleted_at": tr(_CONTEXT, "Deleted"),
        "last_appointment": tr(_CONTEXT, "Last appointment (not used)"),
        "next_appointment": tr(_CONTEXT, "Next appointment (not used)"),
        "account_credit": tr(_CONTEXT, "Account credit (not used)"),
    }


def _appointment_words() -> dict[str, str]:
    return {
        "id": tr(_CONTEXT, "Appointment ID"),
        "patient_ids": tr(_CONTEXT, "Patient ID, one or several"),
        "patient_name": tr(_CONTEXT, "Patient's name"),
        "patient_first_name": tr(_CONTEXT, "Patient's first name"),
        "patient_last_name": tr(_CONTEXT, "Patient's last name"),
        "patient_email": tr(_CONTEXT, "Patient's e-mail"),
        "starts_at": tr(_CONTEXT, "Start"),
        "date": tr(_CONTEXT, "Day alone"),
        "ends_at": tr(_CONTEXT, "End"),
        "duration": tr(_CONTEXT, "Length in minutes"),
        "practitioner_id": tr(_CONTEXT, "Practitioner ID"),
        "practitioner": tr(_CONTEXT, "Practitioner"),
        "business_id": tr(_CONTEXT, "Location ID"),
        "business": tr(_CONTEXT, "Location"),
        "appointment_type_id": tr(_CONTEXT, "Appointment type ID"),
        "appointment_type": tr(_CONTEXT, "Appointment type"),
        "appointment_category": tr(_CONTEXT, "Category"),
        "patient_arrived": tr(_CONTEXT, "Arrived"),
        "did_not_arrive": tr(_CONTEXT, "Did not arrive"),
        "cancelled_at": tr(_CONTEXT, "Cancelled"),
        "cancellation_reason": tr(_CONTEXT, "Reason of the cancellation"),
        "cancellation_note": tr(_CONTEXT, "Note on the cancellation (never sent)"),
        "attendance": tr(_CONTEXT, "Attendance"),
        "notes": tr(_CONTEXT, "Notes (never sent)"),
        "treatment_notes": tr(_CONTEXT, "State of treatment notes (never sent)"),
        "number_of_patients": tr(_CONTEXT, "Number of patients (not used)"),
        "most_patients": tr(_CONTEXT, "Most patients"),
        "number_of_cancellations": tr(_CONTEXT, "Number of cancellations (not used)"),
        "invoice_id": tr(_CONTEXT, "Invoice ID (not used)"),
        "email_reminder_sent": tr(_CONTEXT, "E-mail reminder sent"),
        "sms_reminder_sent": tr(_CONTEXT, "SMS reminder sent"),
        "created_at": tr(_CONTEXT, "Created"),
        "updated_at": tr(_CONTEXT, "Last updated"),
        "archived_at": tr(_CONTEXT, "Archived"),
        "deleted_at": tr(_CONTEXT, "Deleted"),
    }
