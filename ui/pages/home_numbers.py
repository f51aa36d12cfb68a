"""The lower part of Home: what each stream did, the last two weeks, the next run, and the use of both services."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.service.pages import HomeNumbers
from app.state import State
from app.wording import STREAM_WORDS
from ui.language import long_day, moment, moment_or_day, number, tr
from ui.tables.flat_table import FlatTable
from ui.tables.rows import Column, RowsModel
from ui.widgets.bars import Bar, Bars
from ui.widgets.history_chart import HistoryChart
from ui.widgets.parts import SPACE, card, label, quiet_label

_CONTEXT = "Home"
NEARLY = 0.9
"""From this share of the day's calls on, little is left."""
SHOWN = ("patients", "contacts", "appointments", "invoices", "write_back", "unlink")
"""The streams in the order in which somebody at the desk looks for them."""


def _count(name: str, title: str, tone: str = "") -> Column:
    return Column(
        title,
        lambda line: number(line.numbers.get(name, 0)) if line.is_on else "–",
        lambda line: line.numbers.get(name, 0),
        12,
        is_number=True,
        least=5,
        sample=number(9999),
        tone=lambda line: tone if line.numbers.get(name, 0) else "quiet",
    )


def stream_columns() -> tuple[Column, ...]:
    """The columns of the streams' table."""
    return (
        Column(tr(_CONTEXT, "Stream"), lambda line: stream_name(line.stream), width=0, least=20),
        Column(
            tr(_CONTEXT, "Last run"),
            lambda line: moment_or_day(line.last_run) if line.is_on else tr(_CONTEXT, "off"),
            width=12,
            least=4,
            sample=long_day(),
        ),
        _count("created", tr(_CONTEXT, "Created")),
        _count("updated", tr(_CONTEXT, "Updated")),
        _count("waiting", tr(_CONTEXT, "Waiting"), "busy"),
        _count("held", tr(_CONTEXT, "Held"), "warn"),
        _count("failed", tr(_CONTEXT, "Failed"), "bad"),
    )


def stream_name(stream: str) -> str:
    """A stream's name at the beginning of a line."""
    words = tr("Wording", STREAM_WORDS.get(stream, stream))
    return words[:1].upper() + words[1:]


class NumbersView(QWidget):
    """Shows what was read, and when the next run is due."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("home_numbers")
        self.next_run = label("–", "next_run")
        self.api_use = label("–", "api_use")
        self.api_chart = Bars("api_chart", tr(_CONTEXT, "API use against the limits"))
        self.chart = HistoryChart()
        self.chart_words = quiet_label("", "chart_words")
        self.streams = RowsModel(stream_columns(), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + 2)
        table = FlatTable(
            self.streams,
            "streams",
            tr(_CONTEXT, "Streams"),
            tr(_CONTEXT, "What each stream did in its last run: created, updated, waiting, held and failed."),
        )
        column.addWidget(card("streams_card", table, title=tr(_CONTEXT, "Streams")))
        below = QHBoxLayout()
        below.setSpacing(SPACE + 2)
        chart = card("chart_card", self.chart, self.chart_words, title=tr(_CONTEXT, "The last 14 days"))
        below.addWidget(chart, 3)
        below.addWidget(card("next_card", self._facts(), title=tr(_CONTEXT, "Next run and use")), 2)
        column.addLayout(below)

    def _facts(self) -> QVBoxLayout:
        facts = QVBoxLayout()
        facts.setSpacing(3)
        for title, part in (
            (tr(_CONTEXT, "Next run"), self.next_run),
            (tr(_CONTEXT, "API calls today"), self.api_use),
        ):
            facts.addWidget(quiet_label(title, f"{part.objectName()}_title"))
            facts.addWidget(part)
            facts.addSpacing(SPACE)
        facts.addWidget(self.api_chart)
        facts.addStretch(1)
        return facts

    def show_numbers(self, numbers: HomeNumbers) -> None:
        """Show what was read."""
        self.streams.replace(sorted(numbers.streams, key=lambda line: SHOWN.index(line.stream)))
        self.chart.show_days(numbers.days)
        self.chart_words.setText(self.chart.in_words())
        self.api_use.setText(api_words(numbers.calls, numbers.hubspot_a_day, numbers.cliniko_a_minute))
        self.api_chart.show_bars(api_bars(numbers))

    def show_unknown(self) -> None:
        """The numbers cannot be read: what stood there is old, so say nothing."""
        self.api_use.setText("–")
        self.api_chart.show_bars(())

    def show_state(self, state: State) -> None:
        """Say when the next run is due."""
        self.next_run.setText(next_words(state))


def next_words(state: State) -> str:
    """When the next run is due."""
    if state.is_paused:
        return tr(_CONTEXT, "When the pause is over")
    if state.is_syncing:
        return tr(_CONTEXT, "A run is under way")
    return moment(state.next_run_at)


def api_words(calls: Mapping[str, int], a_day: int, a_minute: int) -> str:
    """Today's calls to each service against what it allows."""
    hubspot = tr(_CONTEXT, "HubSpot: {used} of {limit} a day", used=calls.get("hubspot", 0), limit=a_day)
    cliniko = tr(
        _CONTEXT, "Cliniko: {used}, at most {limit} a minute", used=calls.get("cliniko", 0), limit=a_minute
    )
    return f"{cliniko}\n{hubspot}"


def api_bars(numbers: HomeNumbers) -> tuple[Bar, ...]:
    """How much of what each service allows was used; coloured where little is left of a day."""
    minute = numbers.busiest_minute / numbers.cliniko_a_minute
    day = numbers.calls.get("hubspot", 0) / numbers.hubspot_a_day
    return (
        Bar(tr(_CONTEXT, "Cliniko, busiest minute"), percent(minute), minute),
        Bar(tr(_CONTEXT, "HubSpot, today"), percent(day), day, "warn" if day > NEARLY else "busy"),
    )


def percent(share: float) -> str:
    """A share in whole percents."""
    if 0 < share < 0.01:
        return tr(_CONTEXT, "less than 1 %")
    return tr(_CONTEXT, "{share} %", share=round(share * 100))
