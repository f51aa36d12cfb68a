"""Calls and seconds against their floors: a first load, a hundred changes, and nothing changed.

    python -m tests.benchmarks.calls            all cases, (a) at a fifth of its size, clocks ten times faster
    python -m tests.benchmarks.calls a          only that one; b and c likewise
    python -m tests.benchmarks.calls a --full --clock 1      20,000 patients at the services' own pace

Each case runs in a fresh process, the simulators in another one. One line for each goal, as a ratio to its
floor or limit: at most 1 (for seconds of (a): 1.1) is as it should be.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.program import Measured
from tests.benchmarks.services import Pace, Services, Size

WINDOW_CALLS = 200
FREE = Pace(None, None, 0.0)


def main(words: list[str]) -> int:
    """Run the cases named, each in a process of its own; without any name all of them."""
    arguments = _parse(words)
    if arguments.case is not None:
        {"a": first_load, "b": hundred_changes, "c": nothing_changed}[arguments.case](arguments)
        return 0
    for case in ("a", "b", "c"):
        subprocess.run([sys.executable, "-m", "tests.benchmarks.calls", case, *words], check=True)
    return 0


def _parse(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("case", nargs="?", choices=("a", "b", "c"))
    parser.add_argument("--full", action="store_true", help="(a) at full size")
    parser.add_argument("--share", type=int, default=5, help="(a) at one part in so many of its size")
    parser.add_argument(
        "--clock", type=float, default=10.0, help="how many times faster the limits run in (a)"
    )
    parser.add_argument("--latency", type=float, default=0.1, help="seconds before each answer")
    parser.add_argument("--limit-share", type=int, default=100, help="percent of the limits to use")
    parser.add_argument("--profile", help="write a cProfile of the engine to this file")
    return parser.parse_args(words)


def first_load(arguments: argparse.Namespace) -> None:
    """(a): everything is new; the end is the last record of the three streams in HubSpot."""
    part = 1 if arguments.full else arguments.share
    size = Size(20_000 // part, 100_000 // part, 60_000 // part, 20_000 // part)
    pace = Pace(60.0 / arguments.clock, 10.0 / arguments.clock, arguments.latency)
    pages = (size.patients + size.appointments + size.invoices) / 100
    floor = pages / WINDOW_CALLS * (pace.cliniko_window_s or 0)
    print(
        f"(a) first load: {size.patients:,} patients, {size.appointments:,} appointments, "
        f"{size.invoices:,} invoices, {size.contacts:,} contacts; clocks {arguments.clock:g} times faster, "
        f"{arguments.latency * 1000:.0f} ms an answer",
        flush=True,
    )
    services = Services(size)
    try:
        services.pace(pace)
        with TemporaryDirectory() as folder:
            program = Measured(
                services, pace, Path(folder), **{"sync.limit_share_percent": arguments.limit_share}
            )
            before_mb = _peak_mb()
            idle = services.calls()["cpu_s"]
            begun, cpu = time.monotonic(), time.process_time()
            with _profile(arguments.profile):
                report = program.engine.run_until_caught_up()
            wall, cpu = time.monotonic() - begun, time.process_time() - cpu
            calls, counts = services.calls(), services.counts()
            program.close()
    finally:
        services.close()
    _show_calls(calls)
    print(f"    in HubSpot: {counts}; problems: {[problem.code for problem in report.problems]}")
    cpu_each = (calls["cpu_s"] - idle) / pages * 1000
    print(f"    the simulators themselves: {cpu_each:.0f} ms of processor a page of the three lists")
    print(f"    all of it, side lists included: {wall:.1f} s, {calls['all_s']:.1f} s of calls")
    _line("(a) records in HubSpot", calls["written_s"], floor, "s of the paced floor", 1.1)
    main_calls = sum(
        calls["cliniko"].get(name, 0) for name in ("patients", "individual_appointments", "invoices")
    )
    _line("(a) calls for the three lists", main_calls, pages, "calls", 1.01)
    _line("(a) refused by a limit", calls["refused"], 0, "calls")
    _line("(a) processor", cpu / pages * 1000, 300 / arguments.clock, "ms a page of the pace")
    print(f"    peak memory {_peak_mb():.0f} MB, of which {before_mb:.0f} before the first call (goal 200)")


def hundred_changes(arguments: argparse.Namespace) -> None:
    """(b): 100 linked patients, an appointment and the one item of an invoice of each changed."""
    services = Services(Size(100, 100, 100, 150, 5))
    pace = Pace(None, None, arguments.latency)
    try:
        with TemporaryDirectory() as folder:
            _load(services, Path(folder))
            time.sleep(1.1)
            services.edit(100)
            _measure_again(services, pace, Path(folder), arguments, "(b)", 20, 1.5)
    finally:
        services.close()


def nothing_changed(arguments: argparse.Namespace) -> None:
    """(c): every list is asked, nothing is new."""
    services = Services(Size(100, 100, 100, 150, 5))
    pace = Pace(None, None, arguments.latency)
    try:
        with TemporaryDirectory() as folder:
            _load(services, Path(folder))
            _measure_again(services, pace, Path(folder), arguments, "(c)", 13, 0.5)
    finally:
        services.close()


def _load(services: Services, folder: Path) -> None:
    """Bring everything over, then let a quiet execution settle what only follows (roll-ups, echoes)."""
    services.pace(FREE)
    for _ in range(3):
        program = Measured(services, FREE, folder)
        program.engine.run_until_caught_up()
        program.close()


def _measure_again(
    services: Services,
    pace: Pace,
    folder: Path,
    arguments: argparse.Namespace,
    case: str,
    most_calls: int,
    most_s: float,
) -> None:
    services.pace(pace)
    services.forget_calls()
    program = Measured(services, pace, folder)
    begun, cpu = time.monotonic(), time.process_time()
    with _profile(arguments.profile):
        report = program.engine.run()
    wall, cpu = time.monotonic() - begun, time.process_time() - cpu
    program.close()
    calls = services.calls()
    print(f"{case} {arguments.latency * 1000:.0f} ms an answer")
    _show_calls(calls)
    done = {name: f"{c.created}+{c.updated}" for name, c in report.streams.items()}
    print(f"    done: {done}; problems: {[problem.code for problem in report.problems]}")
    total = sum(calls["cliniko"].values()) + sum(calls["hubspot"].values())
    _line(f"{case} calls", total, most_calls, "calls")
    _line(f"{case} seconds", wall, most_s, "s")
    if case == "(c)":
        _line("(c) writes", calls["writes"], 0, "calls")
        _line("(c) processor", cpu, 0.15, "s")
    else:
        print(f"    {calls['writes']} calls that write; processor {cpu:.2f} s")


class _profile:
    """Profiles the block into a file, where one is named."""

    def __init__(self, file: str | None) -> None:
        import cProfile

        self._file, self._profile = file, cProfile.Profile() if file else None

    def __enter__(self) -> None:
        if self._profile is not None:
            self._profile.enable()

    def __exit__(self, *reason: object) -> None:
        if self._profile is not None:
            self._profile.disable()
            self._profile.dump_stats(str(self._file))


def _show_calls(calls: dict[str, dict[str, int]]) -> None:
    for service in ("cliniko", "hubspot"):
        print(f"    {service}: {sum(calls[service].values())} calls")
        for path, count in sorted(calls[service].items(), key=lambda pair: -pair[1]):
            print(f"        {count:6} {path}")


def _line(what: str, measured: float, floor: float, unit: str, most: float = 1.0) -> None:
    ratio = measured / floor if floor else (0.0 if not measured else float("inf"))
    verdict = "ok" if ratio <= most else "OVER"
    print(f"{verdict:4} {what}: {measured:.3g} against {floor:.3g} {unit}, ratio {ratio:.2f} (goal {most:g})")


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
