"""HubSpot set-up: what ClinicBridge owns there, what is missing or changed, and putting it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QTabWidget, QWidget

from app.service.property_list import owned_rows, property_csv
from ui.bridge import Asking
from ui.dialogs.confirm import is_confirmed
from ui.language import number, retold, say_error, tr, word
from ui.pages.page import Page
from ui.tables.rows import Column
from ui.tables.table import RowsTable
from ui.widgets.parts import button, label, quiet_label

_CONTEXT = "HubSpotSetup"
Row = Mapping[str, Any]
Limits = Sequence[tuple[str, int | None, int | None]]
"""Kind of object, how many properties of one's own the plan allows, and how many there are."""

LEVEL_TONES = {"breaking": "bad", "tolerable": "warn", "harmless": ""}


def level_words(level: str) -> str:
    """How much a difference matters."""
    return {
        "breaking": tr(_CONTEXT, "Holds something up"),
        "tolerable": tr(_CONTEXT, "Noted"),
        "harmless": tr(_CONTEXT, "Harmless"),
    }.get(level, level)


def finding_words(row: Row) -> str:
    """What sort of difference it is."""
    words = word(str(row["kind"]).replace("_", " "))
    return words[:1].upper() + words[1:]


def finding_columns() -> tuple[Column, ...]:
    """The columns of the differences."""
    return (
        Column(tr(_CONTEXT, "What"), finding_words, width=18),
        Column(tr(_CONTEXT, "Name"), lambda row: str(row["name"]), width=34, least=18),
        Column(
            tr(_CONTEXT, "Weight"),
            lambda row: level_words(str(row["level"])),
            width=20,
            tone=lambda row: LEVEL_TONES.get(str(row["level"]), ""),
        ),
        Column(tr(_CONTEXT, "Finding"), lambda row: retold(str(row["message"])), width=0),
    )


def meaning_words(row: Row) -> str:
    """What a property is for."""
    return tr("Meanings", str(row["meaning"])) if row["meaning"] else ""


def kind_words(kind: str) -> str:
    """What a thing in HubSpot is."""
    return {
        "group": tr(_CONTEXT, "Group"),
        "pipeline": tr(_CONTEXT, "Pipeline"),
        "stage": tr(_CONTEXT, "Stage"),
        "property": tr(_CONTEXT, "Property"),
    }.get(kind, kind)


def state_words(state: str) -> str:
    """Whether it is there, as of the last check."""
    return {
        "fine": tr(_CONTEXT, "As it should be"),
        "missing": tr(_CONTEXT, "Missing"),
        "changed": tr(_CONTEXT, "Changed"),
    }.get(state, tr(_CONTEXT, "Not checked"))


STATE_TONES = {"fine": "good", "missing": "bad", "changed": "warn"}


def owned_columns() -> tuple[Column, ...]:
    """The columns of everything owned."""
    return (
        Column(tr(_CONTEXT, "What"), lambda row: kind_words(str(row["kind"])), width=10),
        Column(
            tr(_CONTEXT, "State"),
            lambda row: state_words(str(row.get("state") or "")),
            width=16,
            tone=lambda row: STATE_TONES.get(str(row.get("state") or ""), "quiet"),
        ),
        Column(tr(_CONTEXT, "Label"), lambda row: str(row["label"]), width=28, least=18),
        Column(tr(_CONTEXT, "Name"), lambda row: str(row["name"]), width=32, least=18),
        Column(tr(_CONTEXT, "On"), lambda row: object_words(str(row["object"])), width=10),
        Column(
            tr(_CONTEXT, "Level"),
            lambda row: tr("Settings", str(row["level"]).capitalize()) if row["level"] else "",
            width=10,
        ),
        Column(
            tr(_CONTEXT, "Filled in"),
            lambda row: number(row["filled"]) if row.get("filled") is not None else "",
            width=10,
        ),
        Column(tr(_CONTEXT, "Meaning"), meaning_words, width=0),
    )


def object_words(kind: str) -> str:
    """What a property stands on."""
    return {"contacts": tr(_CONTEXT, "Contact"), "deals": tr(_CONTEXT, "Deal")}.get(kind, kind)


class HubSpotSetupPage(Page):
    """See the module."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__("hubspot_setup", tr(_CONTEXT, "HubSpot set-up"), asking, parent)
        self._is_listed = False
        self._owned: Sequence[Row] = owned_rows()
        self.words = label(
            tr(_CONTEXT, "Press Check to compare HubSpot with what ClinicBridge needs."), "setup_words"
        )
        self.check = button(tr(_CONTEXT, "Check"), "check", self._on_check, main=True)
        self.repair = button(tr(_CONTEXT, "Repair"), "repair", self._on_repair)
        self.save = button(tr(_CONTEXT, "Save the property list…"), "save_properties", self._on_save, "save")
        self.findings = RowsTable(
            "findings",
            tr(_CONTEXT, "Differences"),
            tr(_CONTEXT, "What is missing or changed in HubSpot, and how much it matters."),
            finding_columns(),
            (
                tr(_CONTEXT, "No differences known"),
                tr(_CONTEXT, "What is missing or was changed is listed here."),
            ),
        )
        self.properties = RowsTable(
            "properties",
            tr(_CONTEXT, "Everything"),
            tr(_CONTEXT, "Everything that ClinicBridge owns in HubSpot, with its meaning and privacy level."),
            owned_columns(),
            (tr(_CONTEXT, "Everything"), tr(_CONTEXT, "All that ClinicBridge owns is listed here.")),
        )
        self.tabs = QTabWidget()
        self.tabs.setObjectName("setup_parts")
        self.tabs.setAccessibleName(tr(_CONTEXT, "Parts"))
        self.tabs.tabBar().setAccessibleName(self.tabs.accessibleName())
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.findings, tr(_CONTEXT, "Differences"))
        self.tabs.addTab(self.properties, tr(_CONTEXT, "Everything"))
        self.limits = quiet_label("", "plan_limits")
        self.limits.hide()
        row = QHBoxLayout()
        row.addWidget(self.check)
        row.addWidget(self.repair)
        row.addWidget(self.save)
        row.addStretch(1)
        self.body.addWidget(self.words)
        self.body.addLayout(row)
        self.body.addWidget(self.limits)
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(
            quiet_label(
                tr(
                    _CONTEXT,
                    "Your own groups, properties and pipelines are never touched. Put stages of your own into a "
                    "pipeline of your own.",
                ),
                "setup_hint",
            )
        )
        self.repair.setEnabled(False)

    def look(self) -> None:
        """List the properties, which needs neither keys nor network."""
        if not self._is_listed:
            self._is_listed = True
            self.asking.read(read_owned, self.on_owned, self.on_trouble)

    def on_owned(self, rows: Sequence[Row]) -> None:
        """Show everything that is owned."""
        self._owned = rows
        self.properties.show_rows(rows)

    @Slot()
    def _on_check(self) -> None:
        self._set_busy(True)
        self.words.setText(tr(_CONTEXT, "Comparing…"))
        self.asking.read(
            lambda program: program.setup.schema_check(), self.on_findings, self.on_trouble, is_remote=True
        )

    def on_findings(self, findings: Sequence[Row]) -> None:
        """Show what differs."""
        self._set_busy(False)
        self.findings.show_rows(findings)
        self.properties.show_rows(with_states(self._owned, findings))
        self.tabs.setCurrentWidget(self.findings if findings else self.properties)
        self.asking.read(
            read_limits,
            self.on_limits,
            lambda error: None,
            topic="limits",
            is_remote=True,
        )
        breaking = sum(row["level"] == "breaking" for row in findings)
        self.repair.setEnabled(any(row["level"] != "harmless" for row in findings))
        if not findings:
            self.words.setText(tr(_CONTEXT, "Everything is there and as it should be."))
        elif breaking:
            words = tr(
                _CONTEXT, "Missing or broken: {count}. Repair puts it back; nothing is lost.", count=breaking
            )
            self.words.setText(words)
        else:
            self.words.setText(tr(_CONTEXT, "Some things differ, but nothing is held up by it."))

    def on_limits(self, limits: Limits) -> None:
        """Show what the HubSpot plan has room for."""
        self.limits.setText(plan_words(limits))
        self.limits.setVisible(bool(self.limits.text()))

    @Slot()
    def _on_repair(self) -> None:
        if is_confirmed(
            self,
            tr(_CONTEXT, "Put back what is missing?"),
            tr(_CONTEXT, "Repair"),
            tr(
                _CONTEXT,
                "Missing groups, properties, pipelines and stages are created in HubSpot. Nothing is deleted and "
                "nothing of yours is changed. What was created stays.",
            ),
        ):
            self._set_busy(True)
            self.words.setText(tr(_CONTEXT, "Repairing…"))
            self.asking.work(
                lambda program: program.setup.schema_repair(), self.on_findings, self.on_trouble, is_long=True
            )

    def _set_busy(self, busy: bool) -> None:
        self.check.setEnabled(not busy)
        if busy:
            self.repair.setEnabled(False)

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self._set_busy(False)
        self.words.setText(" ".join(say_error(error)))

    @Slot()
    def _on_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr(_CONTEXT, "Save the property list…"), "clinicbridge-properties.csv", "CSV (*.csv)"
        )
        if name:
            self.asking.read(
                lambda program: save_list(program, Path(name)),
                lambda file: self.words.setText(tr(_CONTEXT, "Saved as {name}", name=file)),
                self.on_trouble,
            )


def with_states(rows: Sequence[Row], findings: Sequence[Row]) -> list[Row]:
    """Everything owned with its state as the check found it."""
    found = {(str(one["object"]), str(one["name"])): one for one in findings}
    states: list[Row] = []
    for row in rows:
        one = found.get((str(row["object"]), str(row["name"])))
        is_missing = one is not None and str(one["kind"]).endswith("missing")
        states.append({**row, "state": "missing" if is_missing else "changed" if one else "fine"})
    return states


def read_owned(program: Any) -> Sequence[Row]:
    """Everything owned, with what is filled in; runs on the reader's thread."""
    return owned_rows(program.setup.owned_properties())


def save_list(program: Any, file: Path) -> str:
    """Save the list of properties as CSV; returns the file's name. Runs on the reader's thread."""
    file.write_text(property_csv(program.setup.owned_properties()), encoding="utf-8-sig", newline="")
    return file.name


def read_limits(program: Any) -> Limits:
    """What the HubSpot plan has room for; runs on the reader's thread."""
    found: Limits = program.connections.limits()
    return found


def plan_words(limits: Limits) -> str:
    """The plan's limits in a line, "" where they are not known."""
    parts = [
        tr(_CONTEXT, "{what}: {used} of {limit}", what=object_words(kind), used=used, limit=limit)
        for kind, limit, used in limits
        if limit is not None and used is not None
    ]
    return tr(_CONTEXT, "Custom properties used: {parts}", parts=", ".join(parts)) if parts else ""
