"""Names for settings that keep ids, read from the simulated services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.assembly import assemble
from app.paths import DataFolder
from app.sandbox.demo import start_demo
from app.service import Program
from app.service.by_name import LISTED


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    folder: Path = tmp_path_factory.mktemp("clinic")
    with start_demo(folder, patients=12, contacts=0) as demo:
        demo.hubspot.add_owner("ari@clinic.example.test", "Ari", "Novak")
        made = assemble(demo.environ(), folder=DataFolder(folder / "data"))
        yield made
        made.close()


@pytest.mark.parametrize("key", sorted(set(LISTED) - {"patients.custom_fields"}))
def test_there_is_something_to_choose_from(program: Program, key: str) -> None:
    """R17, R26, R84: each by a name that people know, in the order of the names."""
    found = program.setup.choices(key)
    names = [one.name for one in found.ids]
    assert names and names == sorted(names, key=str.casefold)
    assert all(one.id and one.name != one.id for one in found.ids) or key.endswith("categories")
    assert bool(found.values) == (key == "deals.owner_table")


def test_names_are_known_after_a_run_without_asking(program: Program) -> None:
    """What was read for appointments names the ids that are kept."""
    assert program.setup.known_names("patients.businesses") == {}
    program.syncing.run(until_caught_up=True)
    ids = {one.id: one.name for one in program.setup.choices("patients.businesses").ids}
    assert ids.items() <= program.setup.known_names("patients.businesses").items()
    assert program.setup.known_names("deals.fixed_owner") == {}
