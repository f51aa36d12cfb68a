"""Executions that follow each other at once: their threads, when to stop, and their numbers as one."""

from __future__ import annotations

from app.domain.reports import Counters, Report
from app.sync.fetch import shared_executor, stop_executor
from app.sync.record import MOST_SAMPLES
from app.sync.run import Chain


class open_chain:
    """A chain whose threads end with it."""

    def __init__(self, is_chained: bool) -> None:
        self._chain = Chain(shared_executor(), is_chained)

    def __enter__(self) -> Chain:
        return self._chain

    def __exit__(self, *exc: object) -> None:
        stop_executor(self._chain.executor)


def made_progress(report: Report, chain: Chain) -> bool:
    """Whether another execution can be expected to bring the numbers down."""
    done = sum(c.created + c.updated + c.unchanged for c in report.streams.values())
    left = report.waiting
    before, chain.left_before = chain.left_before, left
    return bool(done) or before is None or left < before


def summed_up(total: Report, report: Report) -> Report:
    """Counters summed; waiting, run and status of the last, unless an earlier one met what still needs a person."""
    for name, counters in report.streams.items():
        kept = total.streams[name]
        summed = Counters(
            created=kept.created + counters.created,
            updated=kept.updated + counters.updated,
            unchanged=kept.unchanged + counters.unchanged,
            held=kept.held + counters.held,
            failed=kept.failed + counters.failed,
            waiting=counters.waiting,
        )
        total.streams[name] = summed
    total.samples = (total.samples + report.samples)[:MOST_SAMPLES]
    total.calls = {name: total.calls[name] + count for name, count in report.calls.items()}
    total.problems.extend(problem for problem in report.problems if problem not in total.problems)
    total.run_id, total.status, total.exit_code = report.run_id, report.status, report.exit_code
    if total.exit_code == 0 and any(counters.failed for counters in total.streams.values()):
        # What failed is tried again by the next chain, not by a later execution of this one.
        total.status, total.exit_code = "attention", 1
    total.finished_at = report.finished_at
    total.executions += 1
    return total
