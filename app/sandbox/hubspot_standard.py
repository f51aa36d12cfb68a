"""The properties, groups, pipeline and stages that every new HubSpot account has, as data."""

from __future__ import annotations

from app.sandbox.hubspot_definitions import Definition, Definitions, Group, Option

LIFECYCLE = (
    ("subscriber", "Subscriber"),
    ("lead", "Lead"),
    ("marketingqualifiedlead", "Marketing Qualified Lead"),
    ("salesqualifiedlead", "Sales Qualified Lead"),
    ("opportunity", "Opportunity"),
    ("customer", "Customer"),
    ("evangelist", "Evangelist"),
    ("other", "Other"),
)
_LEAD_STATUS = (
    ("NEW", "New"),
    ("OPEN", "Open"),
    ("IN_PROGRESS", "In Progress"),
    ("OPEN_DEAL", "Open Deal"),
    ("UNQUALIFIED", "Unqualified"),
    ("ATTEMPTED_TO_CONTACT", "Attempted to Contact"),
    ("CONNECTED", "Connected"),
    ("BAD_TIMING", "Bad Timing"),
)
_ZONES = (
    ("australia_slash_sydney", "UTC +10:00 Australia Sydney"),
    ("australia_slash_perth", "UTC +08:00 Australia Perth"),
    ("pacific_slash_auckland", "UTC +12:00 Pacific Auckland"),
    ("europe_slash_london", "UTC +00:00 Europe London"),
)
_BOOL = (("true", "True"), ("false", "False"))

# name, label, type, fieldType; a star marks what only HubSpot writes.
_CONTACTS = """
firstname|First Name|string|text
lastname|Last Name|string|text
email|Email|string|text
phone|Phone Number|string|phonenumber
mobilephone|Mobile Phone Number|string|phonenumber
fax|Fax Number|string|text
address|Street Address|string|text
city|City|string|text
state|State/Region|string|text
zip|Postal Code|string|text
country|Country/Region|string|text
company|Company Name|string|text
jobtitle|Job Title|string|text
website|Website URL|string|text
salutation|Salutation|string|text
message|Message|string|textarea
date_of_birth|Date of birth|string|text
gender|Gender|string|text
lifecyclestage|Lifecycle Stage|enumeration|radio
hs_lead_status|Lead Status|enumeration|radio
hs_timezone|Time Zone|enumeration|select
hs_language|Preferred language|string|text
hs_marketable_status*|Marketing contact status|enumeration|select
hubspot_owner_id|Contact owner|enumeration|select
hs_additional_emails|Additional email addresses|enumeration|checkbox
hs_object_id*|Record ID|number|number
createdate*|Create Date|datetime|date
lastmodifieddate*|Last Modified Date|datetime|date
hs_lastmodifieddate*|Object last modified date/time|datetime|date
hs_createdate*|Object create date/time|datetime|date
hs_merged_object_ids*|Merged record IDs|enumeration|checkbox
hs_calculated_merged_vids*|Merged vids with timestamps|enumeration|checkbox
hs_all_contact_vids*|All vids for a contact|enumeration|checkbox
hs_email_domain*|Email Domain|string|text
hs_is_contact*|Is a contact|bool|booleancheckbox
hs_object_source*|Record creation source|string|text
hs_object_source_label*|Record source|string|text
hs_object_source_id*|Record creation source ID|string|text
hs_email_optout*|Unsubscribed from all email|bool|booleancheckbox
num_associated_deals*|Number of Associated Deals|number|number
hs_full_name_or_email*|Full name or email|string|text
"""
_DEALS = """
dealname|Deal Name|string|text
amount|Amount|number|number
pipeline|Pipeline|enumeration|select
dealstage|Deal Stage|enumeration|radio
closedate|Close Date|datetime|date
dealtype|Deal Type|enumeration|radio
description|Deal Description|string|textarea
hs_priority|Priority|enumeration|select
hubspot_owner_id|Deal owner|enumeration|select
closed_lost_reason|Closed Lost Reason|string|textarea
closed_won_reason|Closed Won Reason|string|textarea
hs_next_step|Next step|string|text
hs_object_id*|Record ID|number|number
createdate*|Create Date|datetime|date
hs_createdate*|Object create date/time|datetime|date
hs_lastmodifieddate*|Last Modified Date|datetime|date
hs_merged_object_ids*|Merged record IDs|enumeration|checkbox
hs_is_closed*|Is Deal Closed?|bool|booleancheckbox
hs_is_closed_won*|Is Closed Won|bool|booleancheckbox
hs_is_closed_lost*|Is closed lost|bool|booleancheckbox
hs_deal_stage_probability*|Deal probability|number|number
amount_in_home_currency*|Amount in company currency|number|number
hs_closed_amount*|Closed Deal Amount|number|number
hs_projected_amount*|Weighted amount|number|number
days_to_close*|Days to close|number|number
num_associated_contacts*|Number of Associated Contacts|number|number
hs_object_source*|Record creation source|string|text
hs_object_source_label*|Record source|string|text
hs_object_source_id*|Record creation source ID|string|text
"""
_OPTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "lifecyclestage": LIFECYCLE,
    "hs_lead_status": _LEAD_STATUS,
    "hs_timezone": _ZONES,
    "hs_marketable_status": _BOOL,
    "dealtype": (("newbusiness", "New Business"), ("existingbusiness", "Existing Business")),
    "hs_priority": (("low", "Low"), ("medium", "Medium"), ("high", "High")),
}
# Choices that are kept elsewhere: owners, pipelines, stages, or whatever was typed.
EXTERNAL = frozenset(
    {
        "hubspot_owner_id",
        "pipeline",
        "dealstage",
        "hs_additional_emails",
        "hs_merged_object_ids",
        "hs_calculated_merged_vids",
        "hs_all_contact_vids",
    }
)
_GROUPS = {
    "contacts": (("contactinformation", "Contact information"), ("emailinformation", "Email information")),
    "deals": (("dealinformation", "Deal information"),),
}

DEFAULT_STAGES = (
    ("appointmentscheduled", "Appointment Scheduled", "0.2"),
    ("qualifiedtobuy", "Qualified To Buy", "0.4"),
    ("presentationscheduled", "Presentation Scheduled", "0.6"),
    ("decisionmakerboughtin", "Decision Maker Bought-In", "0.8"),
    ("contractsent", "Contract Sent", "0.9"),
    ("closedwon", "Closed Won", "1.0"),
    ("closedlost", "Closed Lost", "0.0"),
)


def standard_definitions(kind: str, at_ms: int) -> Definitions:
    """What a new account knows about contacts or deals."""
    definitions = Definitions()
    groups = _GROUPS[kind]
    for place, (name, label) in enumerate(groups):
        definitions.groups[name] = Group(name, label, place)
    for line in (_CONTACTS if kind == "contacts" else _DEALS).strip().splitlines():
        definition = _standard(line, groups[0][0], at_ms)
        definitions.active[definition.name] = definition
    return definitions


def _standard(line: str, group: str, at_ms: int) -> Definition:
    starred, label, kind, field_type = line.split("|")
    name = starred.rstrip("*")
    calculated = starred.endswith("*")
    pairs = _BOOL if kind == "bool" else _OPTIONS.get(name, ())
    return Definition(
        name=name,
        label=label,
        type=kind,
        field_type=field_type,
        group=group,
        description=f"{label}.",
        options=tuple(Option(text, value, place) for place, (value, text) in enumerate(pairs)),
        form_field=not calculated,
        standard=True,
        read_only=calculated,
        fixed=True,
        calculated=calculated,
        external=name in EXTERNAL,
        created_ms=at_ms,
        updated_ms=at_ms,
    )
