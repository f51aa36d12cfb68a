"""HubSpot's own client against the simulated HubSpot: addresses, bodies and answers are those it was made for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hubspot_sdk import AuthenticationError, BadRequestError, ConflictError, HubSpot, NotFoundError

from app.sandbox.hubspot import HubSpot as Simulated
from app.sandbox.hubspot import Switches
from app.sandbox.server import serve

NOW = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
KEY = "clinic_key"


@dataclass
class Portal:
    """The client, which checks every answer against its models, and the account behind it."""

    client: HubSpot
    account: Simulated

    @property
    def contacts(self) -> Any:
        """The client's contacts."""
        return self.client.crm.objects.contacts

    @property
    def deals(self) -> Any:
        """The client's deals."""
        return self.client.crm.objects.deals


@pytest.fixture
def portal() -> Iterator[Portal]:
    """An account over real HTTP and the official client, without retries and strict about models."""
    account = Simulated(lambda: NOW, switches=Switches(burst=None, search_per_s=None))
    account.add_property("contacts", KEY, unique=True)
    with serve(account) as server:
        client = HubSpot(
            access_token=account.token,
            base_url=server.base_url,
            max_retries=0,
            timeout=10,
            _strict_response_validation=True,
        )
        with client:
            yield Portal(client, account)
        assert server.failures == []


def person(name: str, **more: str) -> dict[str, str]:
    """Properties with no gaps among those that reads tell by default, since the models know no null."""
    return {"firstname": name, "lastname": "Lim", "email": f"{name.lower()}@example.test", **more}


def test_account_and_limits(portal: Portal) -> None:
    """Details and three limits parse; a wrong key is an authentication error."""
    assert portal.client.account.get().portal_id == 7_654_321
    custom = portal.client.crm.limits.get_custom_property_limits()
    assert [row.usage for row in custom.by_object_type] == [1, 0]
    assert portal.client.crm.limits.get_record_limits().hubspot_defined_object_types[0].usage == 0
    pipelines = portal.client.crm.limits.get_pipeline_limits().hubspot_defined_object_types
    assert (pipelines[0].object_type_id, pipelines[0].limit) == ("0-3", 15)
    portal.account.revoke_key()
    with pytest.raises(AuthenticationError):
        portal.client.account.get()


def test_one_contact_through_its_life(portal: Portal) -> None:
    """Create, read by id and address, change, conflict, archive, read archived."""
    made = portal.contacts.create(properties=person("Ana"), associations=[])
    assert made.properties["lifecyclestage"] == "lead" and made.created_at == NOW
    read = portal.contacts.get("ana@example.test", id_property="email", properties_with_history=["firstname"])
    assert read.id == made.id
    assert read.properties_with_history["firstname"][0].source_type == "INTEGRATION"
    assert portal.contacts.update(made.id, properties={"firstname": "Ann"}).properties["firstname"] == "Ann"
    with pytest.raises(ConflictError, match="Existing ID"):
        portal.contacts.create(properties=person("Ana"), associations=[])
    with pytest.raises(BadRequestError, match="PROPERTY_DOESNT_EXIST"):
        portal.contacts.update(made.id, properties={"nonsense": "1"})
    portal.contacts.delete(made.id)
    with pytest.raises(NotFoundError):
        portal.contacts.get(made.id)
    assert portal.contacts.get(made.id, archived=True).archived is True


def test_batches_of_contacts(portal: Portal) -> None:
    """Create, upsert, update, read and archive in batches; a 207 parses as well."""
    made = portal.contacts.batch.create(
        inputs=[
            {"properties": person(name), "associations": [], "object_write_trace_id": name}
            for name in ("Ana", "Bo")
        ]
    )
    assert made.status == "COMPLETE" and {row.object_write_trace_id for row in made.results} == {"Ana", "Bo"}
    upserted = portal.contacts.batch.upsert(
        inputs=[
            {
                "id": key,
                "id_property": KEY,
                "object_write_trace_id": key,
                "properties": person(name, **{KEY: key}),
            }
            for key, name in (("7", "Cy"), ("8", "Ana"))
        ]
    )
    (row,) = upserted.results
    assert row.new is True and row.properties[KEY] == "7"
    assert upserted.model_extra["numErrors"] == 1
    assert upserted.model_extra["errors"][0]["category"] == "CONFLICT"
    portal.contacts.batch.update(inputs=[{"id": row.id, "properties": {"phone": "1"}}])
    read = portal.contacts.batch.get(
        inputs=[{"id": "7"}], id_property=KEY, properties=["phone"], properties_with_history=[]
    )
    assert read.results[0].properties["phone"] == "1"
    portal.contacts.batch.delete(inputs=[{"id": row.id}])
    assert len(portal.account.contacts()) == 2


def test_lists_and_pages(portal: Portal) -> None:
    """The client follows `paging.next.after` by itself to the end."""
    names = [f"P{number:02d}" for number in range(25)]
    for name in names:
        portal.account.add_contact(**person(name))
    assert [row.properties["firstname"] for row in portal.contacts.list(limit=10)] == names


def test_search(portal: Portal) -> None:
    """Filters, one sort and pages by offset."""
    for name in ("Ana", "Bo", "Cy"):
        portal.account.add_contact(**person(name))
    group: dict[str, Any] = {
        "filters": [{"property_name": "firstname", "operator": "IN", "values": ["ana", "cy"]}]
    }
    found = portal.contacts.search(
        filter_groups=[group], sorts=["-firstname"], properties=["firstname"], limit=1, after="0"
    )
    assert (found.total, found.results[0].properties["firstname"]) == (2, "Cy")
    assert found.paging.next.after == "1"


def test_merges(portal: Portal) -> None:
    """The answer is the survivor, to which both old ids lead."""
    one, other = (portal.account.add_contact(**person(name)) for name in ("Ana", "Bo"))
    survivor = portal.contacts.merge(primary_object_id=one, object_id_to_merge=other)
    assert portal.contacts.get(other).id == portal.contacts.get(one).id == survivor.id
    portal.contacts.gdpr_delete(object_id=survivor.id)
    assert portal.account.contacts() == {}


def test_properties_and_groups(portal: Portal) -> None:
    """Groups and properties are made, listed, changed, archived and revived."""
    schema = portal.client.crm.properties
    schema.groups.create("contacts", name="clinic", label="Clinic", display_order=-1)
    assert "clinic" in {row.name for row in schema.groups.list("contacts").results}
    options: Any = [{"label": "A", "value": "a", "display_order": 0, "hidden": False, "description": ""}]
    made = schema.create(
        "contacts",
        name="clinic_colour",
        label="Colour",
        type="enumeration",
        field_type="select",
        group_name="clinic",
        options=options,
    )
    assert made.options[0].value == "a" and made.archived is False
    assert schema.update("clinic_colour", object_type="contacts", label="Shade").label == "Shade"
    schema.delete("clinic_colour", object_type="contacts")
    with pytest.raises(NotFoundError):
        schema.get("clinic_colour", object_type="contacts")
    batch = schema.batch.create(
        "contacts",
        inputs=[
            {"name": name, "label": name, "type": "string", "field_type": "text", "group_name": "clinic"}
            for name in ("clinic_colour", KEY)
        ],
    )
    assert [row.name for row in batch.results] == ["clinic_colour"]
    read = schema.batch.get(
        "contacts", inputs=[{"name": KEY}], archived=False, data_sensitivity="non_sensitive"
    )
    assert read.results[0].has_unique_value is True
    assert len(schema.list("deals").results) > 20


def test_pipelines_and_stages(portal: Portal) -> None:
    """Ids of one's own choice, stages added and changed, a purge."""
    pipelines = portal.client.crm.pipelines
    stage: Any = {
        "stage_id": "visit_booked",
        "label": "Booked",
        "display_order": 0,
        "metadata": {"probability": "0.5"},
    }
    made = pipelines.create("deals", label="Visits", display_order=5, stages=[stage], pipeline_id="visits")
    assert (made.id, made.stages[0].write_permissions) == ("visits", "CRM_PERMISSIONS_ENFORCEMENT")
    added = pipelines.create_stage(
        "visits",
        object_type="deals",
        stage_id="visit_done",
        label="Done",
        display_order=1,
        metadata={"probability": "1"},
    )
    assert added.id == "visit_done"
    read = pipelines.get_stage("visit_done", object_type="deals", pipeline_id="visits")
    assert read.metadata == {"probability": "1.0", "isClosed": "true"}
    pipelines.update_stage("visit_done", object_type="deals", pipeline_id="visits", metadata={}, label="Came")
    assert [row.id for row in pipelines.list("deals").results] == ["default", "visits"]
    assert len(pipelines.list_audit("visits", object_type="deals").results) == 3
    pipelines.delete("visits", object_type="deals")
    assert list(portal.account.pipelines.known) == ["default"]


def test_deals_and_associations(portal: Portal) -> None:
    """Links at creation, by default, in batches, read and removed."""
    ana, bo = (portal.account.add_contact(**person(name)) for name in ("Ana", "Bo"))
    deal = {
        "dealname": "Visit",
        "pipeline": "default",
        "dealstage": "contractsent",
        "amount": "90",
        "closedate": "2026-11-20T01:02:03.000Z",
    }
    types: Any = [{"association_category": "HUBSPOT_DEFINED", "association_type_id": 3}]
    made = portal.deals.batch.create(
        inputs=[{"properties": deal, "associations": [{"to": {"id": ana}, "types": types}]}]
    )
    deal_id = made.results[0].id
    links = portal.client.crm.associations
    one = links.create(bo, from_object_type="deals", from_object_id=deal_id, to_object_type="contacts")
    assert {row.association_spec.association_type_id for row in one.results} == {3, 4}
    many = links.batch.create_default(
        "contacts", from_object_type="deals", inputs=[{"from": {"id": deal_id}, "to": {"id": ana}}]
    )
    assert len(many.results) == 2
    read = links.batch.get("contacts", from_object_type="deals", inputs=[{"id": deal_id}])
    assert [row.to_object_id for row in read.results[0].to] == [ana, bo]
    assert read.results[0].to[0].association_types[0].type_id == 3
    far = list(links.list("deals", object_type="contacts", object_id=bo))
    assert [row.to_object_id for row in far] == [deal_id]
    links.batch.delete(
        "contacts", from_object_type="deals", inputs=[{"from": {"id": deal_id}, "to": [{"id": bo}]}]
    )
    assert portal.account.contacts_of(deal_id) == [ana]
    assert portal.deals.get(deal_id, associations=["contacts"]).associations["contacts"].results[0].id == ana


def test_owners(portal: Portal) -> None:
    """Active ones by page, by address and by user id; deactivated ones apart."""
    owners = [portal.account.add_owner(f"o{number}@example.test", "O", "Ng") for number in range(3)]
    assert [row.id for row in portal.client.crm.owners.list(limit=2)] == owners
    (found,) = portal.client.crm.owners.list(email="o1@example.test")
    assert portal.client.crm.owners.get(found.user_id or 0, id_property="userId").id == owners[1]
    portal.account.deactivate_owner(owners[1])
    (gone,) = portal.client.crm.owners.list(archived=True)
    assert (gone.id, gone.user_id) == (owners[1], None)
