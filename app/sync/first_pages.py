"""What an execution asks both services first, all at once: latency is paid once, whatever comes of the answers.

Only what was read before is asked for ahead: the first reading of a list is decided where it is worked. Nothing
is decided here, and the order in which the answers are worked stays what it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from app.sync.appointment_line import HIDDEN_OF, AppointmentLine
from app.sync.appointment_line import RESOURCE as APPOINTMENTS
from app.sync.fetch import DEEP, PassReader
from app.sync.invoice_items import HIDDEN as ITEMS_HIDDEN
from app.sync.invoice_items import ITEMS
from app.sync.invoice_line import HIDDEN as INVOICES_HIDDEN
from app.sync.invoice_line import RESOURCE as INVOICES
from app.sync.invoice_line import InvoiceLine
from app.sync.lists import Lists
from app.sync.made import FACT as SET_UP
from app.sync.people_line import open_reader
from app.sync.portal import Portal, begin_search
from app.sync.ports import ClinikoPort, HubSpotPort
from app.sync.referrals import HIDDEN as REFERRALS_HIDDEN
from app.sync.referrals import RESOURCE as REFERRALS
from app.sync.run import Chain, Run
from app.sync.side_lists import ATTENDEES, CASES
from app.sync.side_lists import HIDDEN as SIDES_HIDDEN
from app.sync.sides import ContactSide, PatientSide
from app.sync.storage import Storage

LISTS: Final[Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "patients": ((PatientSide.resource, PatientSide.hidden), (REFERRALS, REFERRALS_HIDDEN)),
    "contacts": ((ContactSide.resource, ContactSide.hidden),),
    "appointments": (
        (APPOINTMENTS, HIDDEN_OF[APPOINTMENTS]),
        (CASES, SIDES_HIDDEN[CASES]),
        (ATTENDEES, SIDES_HIDDEN[ATTENDEES]),
    ),
    "invoices": ((INVOICES, INVOICES_HIDDEN), (ITEMS, ITEMS_HIDDEN)),
}
"""Per stream: its lists with the conditions that show what is hidden."""


def begin_accounts(chain: Chain, cliniko: ClinikoPort, hubspot: HubSpotPort) -> None:
    """Ask both services at once whose data this is (I10)."""
    chain.ahead.begin(chain.executor, "settings/public", cliniko.public_settings)
    chain.ahead.begin(chain.executor, "account", hubspot.account)


def begin_lists(
    chain: Chain,
    store: Storage,
    cliniko: ClinikoPort,
    hubspot: HubSpotPort,
    streams: Iterable[str],
) -> None:
    """Begin with the first page of every list that was read before, HubSpot's definitions and the search for what
    changed there. To be called at the start of a chain, not where single records are worked."""
    names = [name for name in streams if name in LISTS]
    for name in names:
        for resource, hidden in LISTS[name]:
            cursor = store.cursor(resource)
            if cursor.floor is not None:
                reader = PassReader(cliniko, resource, hidden, cursor, chain.executor)
                reader.read_ahead()
                chain.begun[resource] = reader
    if store.fact(SET_UP) is not None:
        chain.ahead.begin(chain.executor, "properties", lambda: hubspot.properties("contacts"))
        if {"appointments", "invoices"} & set(names):
            chain.ahead.begin(chain.executor, "pipelines", hubspot.pipelines)
        begin_search(chain, store, hubspot)


def begin_passes(run: Run, streams: Collection[str], portal: Portal, lists: Lists) -> None:
    """Within a first load: read its long lists at once and in depth, from its first moment on.

    To be called once settings can no longer change: answers may, so where there can be any, after them."""
    if not run.chain.is_chained or run.chain.executions:
        return

    def is_new(name: str, resource: str) -> bool:
        return name in streams and name not in run.paused and run.store.cursor(resource).floor is None

    if is_new("patients", PatientSide.resource):
        open_reader(run, PatientSide(run)).read_ahead(DEEP)
    if is_new("appointments", APPOINTMENTS):
        AppointmentLine(run, portal, lists).begin()
    if is_new("invoices", INVOICES):
        InvoiceLine(run, portal, lists).begin()
