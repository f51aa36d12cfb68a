"""Patients of one execution that want one contact: the better rule takes it, equal ones are asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from app.matching.decisions import Ask, Create, Decision, Link


def settle_rivals(decisions: Mapping[str, Decision]) -> dict[str, Decision]:
    """The decisions by Cliniko id with no contact taken twice (principle 1).

    Of several that would link to one contact, the one with the lower rule number does; the others get a
    contact of their own and may not count on an address that the taken contact carries. Where the lowest
    number is shared nobody can tell, so all of them become `several_candidates`.
    """
    settled = dict(decisions)
    wanted: defaultdict[str, dict[str, Link]] = defaultdict(dict)
    for cliniko_id, decision in decisions.items():
        if isinstance(decision, Link):
            wanted[decision.hubspot_id][cliniko_id] = decision
    for hubspot_id, rivals in wanted.items():
        if len(rivals) > 1:
            settled |= _settle(hubspot_id, rivals)
    return settled


def _settle(hubspot_id: str, rivals: Mapping[str, Link]) -> dict[str, Decision]:
    """What becomes of those who want this one contact."""
    best = min(link.rule_number for link in rivals.values())
    first = [cliniko_id for cliniko_id, link in rivals.items() if link.rule_number == best]
    if len(first) > 1:
        return {
            cliniko_id: Ask("several_candidates", (hubspot_id,), link.rule_number)
            for cliniko_id, link in rivals.items()
        }
    return {
        cliniko_id: link if cliniko_id == first[0] else _outdone(link) for cliniko_id, link in rivals.items()
    }


def _outdone(link: Link) -> Create:
    """A contact of its own for the one who lost; an address found on the taken contact is noted as there."""
    by_email = (link.hubspot_id,) if link.link_rule == "email_name" else ()
    address_on = tuple(dict.fromkeys((*by_email, *link.address_on)))
    return Create(4, without_email=link.without_email, address_on=address_on, ask=link.ask)
