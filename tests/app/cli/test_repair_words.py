"""The words about single records and trust: why, unlink, relink, hold, release, forget, undo, audit."""

from __future__ import annotations

import pytest

from app.assembly import Sandbox
from tests.app.cli.terminal import Terminal

WHY = {
    "type",
    "cliniko_id",
    "state",
    "hubspot_id",
    "rule",
    "reason",
    "conflict_id",
    "last_changed_at",
}


@pytest.fixture
def synced(connected: Terminal, sandbox: Sandbox) -> Terminal:
    """A terminal after the first sync."""
    assert connected("sync", "--until-caught-up").code in (0, 1)
    return connected


def someone(terminal: Terminal, sandbox: Sandbox) -> tuple[str, str]:
    """A linked patient: ids on both sides."""
    for contact_id, values in sandbox.hubspot.contacts().items():
        key = values.get("cliniko_patient_key")
        if key and values.get("cliniko_link_rule") == "created":
            return key, contact_id
    raise AssertionError("nobody is linked")


def test_why(synced: Terminal, sandbox: Sandbox) -> None:
    """R82: exactly the fields of the contract; an unknown id is exit 2 and still answered."""
    patient, contact = someone(synced, sandbox)
    ran = synced("why", "patient", patient, "--json")
    assert (ran.code, set(ran.json)) == (0, WHY)
    assert (ran.json["state"], ran.json["hubspot_id"]) == ("linked", contact)
    unknown = synced("why", "appointment", "4711", "--json")
    assert (unknown.code, unknown.json["state"], set(unknown.json)) == (2, "unknown", WHY)
    assert f"is in HubSpot as {contact}" in synced("why", "patient", patient).out


def test_unlink_undo_relink(synced: Terminal, sandbox: Sandbox) -> None:
    """R52: previewed, done, taken back; the audit is content afterwards."""
    patient, contact = someone(synced, sandbox)
    preview = synced("unlink", "patient", patient, "--dry-run", "--json")
    assert (preview.code, preview.json["dry_run"]) == (0, True)
    assert sandbox.hubspot.contact(contact)["cliniko_patient_key"] == patient
    done = synced("unlink", "patient", patient, "--json")
    assert done.code == 0
    new = done.json["hubspot_id"]
    assert new not in (None, contact)
    assert synced("undo", str(done.json["run_id"]), "--dry-run").code == 0
    back = synced("undo", str(done.json["run_id"]))
    assert (back.code, "Taken back." in back.out) == (0, True)
    assert sandbox.hubspot.contact(contact)["cliniko_patient_key"] == patient
    assert synced("relink", "patient", patient, new).code == 0
    assert sandbox.hubspot.contact(new)["cliniko_patient_key"] == patient


def test_undo_tells_what_it_leaves(synced: Terminal, sandbox: Sandbox) -> None:
    """R81, R13: a contact that the run made stays, and is listed once with the reason, in text and in JSON."""
    patient, contact = someone(synced, sandbox)
    rows = synced("undo", "1", "--dry-run", "--json").json["changes"]
    (row,) = [one for one in rows if (one["type"], one["cliniko_id"]) == ("patient", patient)]
    assert (row["hubspot_id"], row["undone"], row["label"]) == (contact, False, "Whole record")
    assert "nothing is ever deleted" in row["note"]
    line = f"patient {patient}  Whole record  {row['note']}"
    assert line in synced("undo", "1", "--dry-run").out or len(rows) > 200
    ran = synced("undo", "1")
    assert (ran.code, "stay, for the reason beside each" in ran.out) == (0, True)
    assert sandbox.hubspot.contact(contact)["cliniko_patient_key"] == patient


def test_hold_release_forget(synced: Terminal, sandbox: Sandbox) -> None:
    """R84."""
    patient, contact = someone(synced, sandbox)
    assert synced("hold", "patient", patient).code == 0
    assert "Release it to go on" in synced("why", "patient", patient).out
    assert synced("unlink", "patient", patient).code == 2
    assert synced("release", "patient", patient).code == 0
    assert synced("forget", "patient", patient, "--dry-run").code == 0
    assert sandbox.hubspot.contact(contact)["cliniko_patient_key"] == patient
    assert synced("forget", "patient", patient).code == 0
    assert not sandbox.hubspot.contact(contact).get("cliniko_patient_key")
    assert synced("why", "patient", patient, "--json").json["state"] == "left_out"


def test_forgetting_leaves_no_copy_that_remembers(synced: Terminal, sandbox: Sandbox) -> None:
    """R84: of the copies of the local data only one from after it stays."""
    patient, _ = someone(synced, sandbox)
    copies = synced.folder.backups
    old = copies / "clinicbridge-20200101-000000.db"
    old.write_bytes(b"a copy of long ago")
    assert synced("forget", "patient", patient).code == 0
    assert not old.exists()
    assert len(list(copies.glob("*.db"))) == 1


def test_audit(synced: Terminal, sandbox: Sandbox) -> None:
    """R83: exit 1 with differences, each by name."""
    clean = synced("audit", "--json")
    assert (clean.code, clean.json["differences"]) == (0, [])
    patient, contact = someone(synced, sandbox)
    sandbox.hubspot.edit_contact(contact, cliniko_patient_id="1")
    ran = synced("audit", "--json")
    assert ran.code == 1
    assert ran.json["checked"] == clean.json["checked"] > 0
    assert [set(row) for row in ran.json["differences"]] == [{"type", "cliniko_id", "hubspot_id", "what"}]
    assert patient in synced("audit").out


@pytest.mark.parametrize(
    "words",
    [
        ("unlink", "patient", "4711"),
        ("relink", "patient", "4711", "1"),
        ("forget", "contact", "4711"),
        ("hold", "patient", "4711"),
        ("release", "contact", "4711"),
        ("unlink", "appointment", "4711"),
        ("undo", "4711"),
        ("undo", "x"),
    ],
)
def test_what_is_not_there_is_refused(synced: Terminal, words: tuple[str, ...]) -> None:
    """Exit 2 for unknown ids and wrong words."""
    assert synced(*words).code == 2


def test_without_keys(terminal: Terminal) -> None:
    """Exit 3 where a service is needed; what is unknown without asking stays exit 2."""
    assert terminal("audit").code == 3
    assert terminal("hold", "patient", "4711").code == 2
    assert terminal("why", "patient", "4711").code == 2
