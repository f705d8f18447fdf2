"""A hundred returns of a hundred issues, as `formwright read FOLDER` takes them in: `./run bench many`

Each file goes through the worker, its issue comes from the store, its bytes and its event go to the disk (one
transaction and one fsync each), and its record is computed from the events.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

import ground
from ground import RECEIVED, Ground, walk

from formwright import reading
from formwright.intake.worker import Worker
from formwright.records.events import Happening

RETURNS = 100
LIMIT = 12.0
"""Times open + walk, for a file. Ours: a hundred returns in seconds, though each is on the disk before the next."""


def sent(made: Ground, folder: Path) -> list[Path]:
    """Issue the questionnaire to a hundred accounts; return the files, as if all had come back untouched."""
    names = [f"{ground.SMALL}_{number}" for number in range(RETURNS)]
    for part in ("accounts", "overlays"):
        text = (made.workspace.folder / part / f"{ground.SMALL}.yaml").read_text("utf-8")
        for name in names:
            (made.workspace.folder / part / f"{name}.yaml").write_text(text.replace(ground.SMALL, name), "utf-8")
    issues = list(made.issue(*names))
    if len(issues) != RETURNS:
        raise SystemExit(f"{len(issues)} of {RETURNS} were issued")
    folder.mkdir()
    paths = [folder / f"{issue.id}.pdf" for issue in issues]
    for path, issue in zip(paths, issues, strict=True):
        path.write_bytes(made.sent(issue))
    return paths


def taken_in(made: Ground, paths: list[Path]) -> float:
    """Read the files as the command does; return the median seconds of one."""
    with Worker() as worker:
        ticks = [time.perf_counter()]
        for outcome in reading.read(made.workspace, paths, worker, at=RECEIVED):
            if isinstance(outcome, reading.Rejected):
                raise SystemExit(f"{outcome.name}: {outcome.error}")
            ticks.append(time.perf_counter())
    return median(after - before for before, after in pairwise(ticks))


def stored(made: Ground, path: Path) -> float:
    """Return the median seconds of storing one event, with the raw return of a file in it."""
    issue = path.stem
    data = next(event.data for event in made.workspace.store.events(issue) if event.kind == "received")
    times = []
    for number in range(RETURNS):
        start = time.perf_counter()
        made.workspace.store.append_event(
            Happening(kind="received", issue=issue, at=RECEIVED, once=f"bench {number}", data=data)
        )
        times.append(time.perf_counter() - start)
    return median(times)


def main() -> int:
    """Print the throughput; return 1 where the target is missed."""
    targets = ground.targets(__doc__ or "")
    with ground.opened() as made:
        start = time.perf_counter()
        paths = sent(made, made.folder / "back")
        print(f"{RETURNS} issued in {time.perf_counter() - start:.1f} s, files and store on the disk")
        walks, data = [], paths[0].read_bytes()
        for _ in range(20):
            start = time.perf_counter()
            walk(data)
            walks.append(time.perf_counter() - start)
        start = time.perf_counter()
        each = taken_in(made, paths)
        whole, base, event = time.perf_counter() - start, median(walks), stored(made, paths[0])
        print(f"{RETURNS} read and stored in {whole:.1f} s: {RETURNS / whole:.0f} files a second")
        print(f"one file {1000 * each:.1f} ms, of it the event {1000 * event:.1f} ms; open + walk {1000 * base:.1f} ms")
        targets.at_most("a file read and stored", each / base, LIMIT, "times open + walk")
    return targets.exit_code


if __name__ == "__main__":
    sys.exit(main())
