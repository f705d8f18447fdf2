"""Timing for the benchmarks: what is compared runs in turn, in one process, so that only ratios are printed.

On a shared machine the times of two runs say nothing; the median of many turns, each next to the others, does.

A bench prints its tables, then one line for each target: `met` or `MISSED`. With `--profile` the job that missed one
is run again under cProfile. Exit code 1 where one was missed.
"""

from __future__ import annotations

import cProfile
import io
import pstats
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

Job = Callable[[int], object]
"""One turn; it is given the number of the turn, so that no two need be alike."""
_PROFILED_TURNS = 10
_PROFILE_LINES = 15


def medians(jobs: Mapping[str, Job], turns: int, before: Mapping[str, Job] | None = None) -> dict[str, float]:
    """Return the median seconds of each job, one turn of every job after the other; a first turn is not counted.

    before: what is done ahead of a job's turn, outside its time.
    """
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(turns + 1):
        for name, job in jobs.items():
            if before and name in before:
                before[name](turn)
            start = time.perf_counter()
            job(turn)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds[1:]) for name, seconds in times.items()}


def table(times: Mapping[str, float], base: str) -> str:
    """Return a line for each job: its median and how many times the base's that is."""
    width = max(map(len, times))
    rows = (f"{name:<{width}}  {1000 * taken:10.3f} ms  {taken / times[base]:8.2f}" for name, taken in times.items())
    return "\n".join((f"{'':<{width}}  {'median':>13}  {'x ' + base:>8}", *rows))


def held_memory() -> int:
    """Return the memory that this process holds now, in kilobytes (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


@dataclass(slots=True)
class Targets:
    """Prints whether targets are met; `missed` counts those that are not. profile: show where the time went."""

    profile: bool = False
    missed: int = 0

    def at_most(self, what: str, found: float, limit: float, unit: str = "times", job: Job | None = None) -> None:
        """Print whether `found` is at most `limit`; `job` is profiled where it is not."""
        self._print(f"{what}: at most {limit:g} {unit}, found {found:.2f}", found <= limit, job)

    def at_least(self, what: str, found: float, limit: float, unit: str = "times", job: Job | None = None) -> None:
        """Print whether `found` is at least `limit`; `job` is profiled where it is not."""
        self._print(f"{what}: at least {limit:g} {unit}, found {found:.2f}", found >= limit, job)

    def _print(self, told: str, met: bool, job: Job | None) -> None:
        print(f"target  {told}  {'met' if met else 'MISSED'}")
        self.missed += not met
        if not met and self.profile and job is not None:
            print(profiled(job))

    @property
    def exit_code(self) -> int:
        """0 where all targets are met, else 1."""
        return 1 if self.missed else 0


def profiled(job: Job) -> str:
    """Return where a job spends its time: the top of cProfile, by the functions' own time."""
    profile = cProfile.Profile()
    for turn in range(_PROFILED_TURNS):
        profile.runcall(job, turn)
    out = io.StringIO()
    pstats.Stats(profile, stream=out).sort_stats("tottime").print_stats(_PROFILE_LINES)
    return out.getvalue()
