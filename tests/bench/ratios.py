"""Timing for the benchmarks: what is compared runs in turn, in one process, so that only ratios are printed.

On a shared machine the times of two runs say nothing; the median of many turns, each next to the others, does.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

Job = Callable[[int], object]
"""One turn; it is given the number of the turn, so that no two need be alike."""


def medians(jobs: Mapping[str, Job], turns: int) -> dict[str, float]:
    """Return the median seconds of each job, one turn of every job after the other."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(turns):
        for name, job in jobs.items():
            start = time.perf_counter()
            job(turn)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def table(times: Mapping[str, float], base: str) -> str:
    """Return a line for each job: its median and how many times the base's that is."""
    width = max(map(len, times))
    rows = (f"{name:<{width}}  {1000 * taken:10.3f} ms  {taken / times[base]:8.2f}" for name, taken in times.items())
    return "\n".join((f"{'':<{width}}  {'median':>13}  {'x ' + base:>8}", *rows))


def held_memory() -> int:
    """Return the memory that this process holds now, in kilobytes (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024
