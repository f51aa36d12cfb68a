"""A report as the rows of the streams' table."""

from __future__ import annotations

from app.domain.ids import STREAM_ORDER
from app.domain.reports import Report
from app.service.stream_numbers import StreamNumbers


def lines_of(report: Report) -> list[StreamNumbers]:
    """One row for each stream that had anything."""
    rows = [
        StreamNumbers(name, True, report.finished_at, report.streams[name].as_json()) for name in STREAM_ORDER
    ]
    return [row for row in rows if row.numbers["read"]] or rows[2:3]
