"""The set-up: in order, left and resumed, and nothing written before the trial."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QSettings

from app.domain.reports import Counters, Report
from app.errors import ServiceUnavailable
from app.service.connections import Connection
from app.service.setup import Check
from app.settings import Settings, parse
from ui.wizard.wizard import Wizard

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


class Services:
    """Everything the set-up asks, with a note of what was run."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.kept = Settings()
        self.sources = {"cliniko": "", "hubspot": ""}
        self.trouble: Exception | None = None
        self.connections = SimpleNamespace(all=self.all, set=self.set_key, test=self.test)
        self.setup = SimpleNamespace(settings=lambda: self.kept, set_setting=self.set_setting)
        self.trying = SimpleNamespace(
            rehearse=lambda: self.run("rehearsal", True), trial=lambda: self.run("trial", False)
        )

    def all(self) -> list[Connection]:
        return [Connection(name, source, "") for name, source in self.sources.items()]  # type: ignore[arg-type]

    def set_key(self, service: str, secret: str, for_session: bool) -> list[Check]:
        self.sources[service] = "keyring"
        return [Check(f"{service} key", True, "Accepted.")]

    def test(self, service: str) -> list[Check]:
        return [Check(f"{service} key", True, "Accepted.")]

    def set_setting(self, key: str, raw: str, yes: bool = False) -> None:
        self.kept = self.kept.replaced(key, parse(key, raw))

    def run(self, what: str, dry_run: bool) -> Report:
        self.ran.append(what)
        if self.trouble is not None:
            raise self.trouble
        report = Report(1, NOW, dry_run=dry_run, finished_at=NOW)
        report.streams["patients"] = Counters(created=10)
        return report


@pytest.fixture
def services() -> Services:
    return Services()


def wizard_on(services: Services, qtbot, at_once, kept: QSettings | None = None) -> Wizard:
    asking = at_once(connections=services.connections, setup=services.setup, trying=services.trying)
    made = Wizard(asking, kept)
    qtbot.addWidget(made)
    return made


def set_key(wizard: Wizard, service: str) -> None:
    step: Any = wizard.step
    step.connections.keys[service].field.setText("key-au1")
    step.connections.keys[service].set.click()


def test_the_whole_way(qtbot, at_once, services: Services) -> None:
    """Welcome, both keys, choices, rehearsal, trial, live; nothing is written before the trial."""
    wizard = wizard_on(services, qtbot, at_once)
    names = []
    for place in range(len(wizard.steps)):
        names.append(wizard.step.name)
        if wizard.step.name in ("cliniko", "hubspot"):
            assert not wizard.next.isEnabled()
            set_key(wizard, wizard.step.name)
        if wizard.step.name in ("rehearsal", "trial"):
            assert not wizard.next.isEnabled()
            assert services.ran == ([] if wizard.step.name == "rehearsal" else ["rehearsal"])
            wizard.step.start.click()  # type: ignore[attr-defined]
        assert wizard.next.isEnabled(), wizard.step.name
        if place == len(wizard.steps) - 1:
            assert wizard.next.accessibleName() == "Go live"
            with qtbot.waitSignal(wizard.live_wanted):
                wizard.next.click()
        else:
            wizard.next.click()
    assert names == ["welcome", "cliniko", "hubspot", "people", "deals", "rehearsal", "trial", "go_live"]
    assert services.ran == ["rehearsal", "trial"]


def test_leaving_and_resuming(qtbot, at_once, services: Services, tmp_path) -> None:
    """It can be left at any step and goes on there."""
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    wizard = wizard_on(services, qtbot, at_once, kept)
    wizard.next.click()
    set_key(wizard, "cliniko")
    wizard.next.click()
    wizard.later.click()
    again = wizard_on(services, qtbot, at_once, kept)
    again.resume()
    assert again.step.name == "hubspot"
    assert again.place.text() == "Step 3 of 8"


def test_a_key_that_is_there_is_tested_by_itself(qtbot, at_once, services: Services) -> None:
    """Coming back, a kept key needs no second pasting."""
    services.sources["cliniko"] = "keyring"
    wizard = wizard_on(services, qtbot, at_once)
    wizard.next.click()
    assert wizard.next.isEnabled()


def test_a_rehearsal_that_fails_says_what_helps(qtbot, at_once, services: Services) -> None:
    """I11: the cause and the next step stand there, and it can be started again."""
    services.trouble = ServiceUnavailable("Cliniko")
    wizard = wizard_on(services, qtbot, at_once)
    wizard._show(5)
    step: Any = wizard.step
    step.start.click()
    assert "Cliniko cannot be reached" in step.said.text()
    assert not wizard.next.isEnabled()
    assert step.start.isEnabled()


def test_results_of_a_rehearsal(qtbot, at_once, services: Services) -> None:
    """R80: numbers of what a first sync would do."""
    wizard = wizard_on(services, qtbot, at_once)
    wizard._show(5)
    step: Any = wizard.step
    step.start.click()
    model = step.numbers
    assert [model.index(0, column).data() for column in range(3)] == ["Patients", "10", "0"]


def test_choices_are_kept(qtbot, at_once, services: Services) -> None:
    """What is chosen here are the same settings as everywhere."""
    wizard = wizard_on(services, qtbot, at_once)
    wizard._show(3)
    step: Any = wizard.step
    level = step.fields["privacy.level"].control
    level.setCurrentIndex(level.findData("minimal"))
    assert services.kept.text("privacy.level") == "minimal"


def test_trying_with_a_made_up_clinic(qtbot, at_once, services: Services) -> None:
    """The demo is offered first."""
    wizard = wizard_on(services, qtbot, at_once)
    with qtbot.waitSignal(wizard.steps[0].demo_wanted):  # type: ignore[attr-defined]
        wizard.findChild(type(wizard.next), "try_demo").click()
