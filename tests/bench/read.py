"""What does reading a return cost, against pikepdf opening and walking the same file? `./run bench read`

open + walk          pikepdf opens the bytes and asks each field of /Fields, with its kids, for name, type and value
... from the disk    the same, pikepdf reading the file itself, without a copy in memory
read, all checks     in this process: file from the disk, sniffed, tokens of every carrier verified, matched with its
                     issue, cells, record; the issue is in memory, as for every return of it but the first
first of its issue   the same, the issue loaded from the store and made ready; of the questionnaire's items, those are
                     ready that another account's return before it had too
first of all         the same, nothing at all being ready: the first file of a run
read by the worker   as "read, all checks", the file being read in the child process
pypdf get_fields     the peer: names, types and values, no checks at all

The bytes of two turns differ, so that no turn is answered from the one before.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import ground
import pypdf
from ground import RECEIVED, Ground, walk, walk_path
from ratios import Targets, medians, table

from formwright import reading, record, stored
from formwright.intake.worker import InProcess, Reading, Worker
from formwright.raw import Identified

TURNS, SLOW_TURNS = 16, 1
LIMIT = 3.0
"""Times pikepdf opening and walking the same file: issue 2, "Shown by" 4."""


def forget(made: Ground) -> None:
    """Drop all that is kept from one return to the next."""
    record._kept.cache_clear()
    stored._kind.cache_clear()
    made.workspace.store._restored.clear()  # type: ignore[attr-defined] # no part of the interface


def read(made: Ground, reader: Reading, path: Path) -> None:
    """Read one file through the whole pipeline, storing nothing."""
    (outcome,) = reading.read(made.workspace, [path], reader, at=RECEIVED, alone=True)
    if isinstance(outcome, reading.Rejected):
        raise SystemExit(f"{path.name}: {outcome.error}")


def compare(made: Ground, worker: Worker, name: str, data: bytes, other: Path, targets: Targets) -> None:
    """Measure one return and print its table and its target; `other` is a return of another account."""
    paths = made.pair(name, data)
    contents = [path.read_bytes() for path in paths]
    readers = tuple(InProcess() for _ in range(4))  # each keeps the file that it read last

    def known(turn: int) -> None:
        read(made, readers[0], paths[turn % 2])

    def first(turn: int) -> None:
        read(made, readers[1], paths[turn % 2])

    def first_of_all(turn: int) -> None:
        read(made, readers[2], paths[turn % 2])

    def other_before(turn: int) -> None:
        forget(made)
        read(made, readers[3], other)

    quick: dict[str, Callable[[int], object]] = {
        "open + walk": lambda turn: walk(contents[turn % 2]),
        "  ... from the disk": lambda turn: walk_path(paths[turn % 2]),
        "first of all": first_of_all,
        "first of its issue": first,
        "read, all checks": known,
        "read by the worker": lambda turn: read(made, worker, paths[turn % 2]),
    }
    times = medians(quick, TURNS, {"first of its issue": other_before, "first of all": lambda _: forget(made)})
    times |= medians({"pypdf get_fields": lambda turn: fields_by_pypdf(contents[turn % 2])}, SLOW_TURNS)
    print(f"\n{name}: {len(data) // 1000} kB, {walk(data)} fields and kids")
    print(table(times, "open + walk"))
    for about in ("read, all checks", "first of its issue", "first of all"):
        job = known if about == "read, all checks" else None  # the others need what is done before them
        targets.at_most(about, times[about] / times["open + walk"], LIMIT, "times open + walk", job)


def fields_by_pypdf(data: bytes) -> int:
    """Return how many fields pypdf finds."""
    return len(pypdf.PdfReader(BytesIO(data)).get_fields() or {})


def codes_alone(data: bytes) -> None:
    """Print what the page codes cost where no other carrier is left; they are not drawn in any other file."""
    bare = ground.page_codes_alone(data)
    found: list[Identified] = []
    times = medians(
        {
            "open + walk": lambda turn: walk(bare),
            "identify by page codes alone": lambda turn: found.append(InProcess().identify("pdf", bare)),
        },
        1,
    )
    carriers = sorted({token.carrier for token in found[0].tokens})
    print(f"\nevery carrier taken out but what is drawn on the pages; found: {', '.join(carriers)}")
    print(table(times, "open + walk"))


def main() -> int:
    """Print the tables; return 1 where a target is missed."""
    targets = ground.targets(__doc__ or "")
    with ground.opened() as made, Worker() as worker:
        issues = {issue.account: issue for issue in made.issue(ground.LATIN, ground.CHINESE, ground.SMALL)}
        other = made.pair("other", made.sent(issues[ground.SMALL]))[0]
        blank = made.sent(issues[ground.LATIN])
        compare(made, worker, "blank return", blank, other, targets)
        typed = ground.filled(made, issues[ground.LATIN])
        if typed is None:
            print("\nno filled return: pdftk is not installed")
        else:
            compare(made, worker, "return with every field filled in by pdftk", typed, other, targets)
        if ground.CHINESE in issues:
            compare(made, worker, "blank Chinese return", made.sent(issues[ground.CHINESE]), other, targets)
        for path in list(made.samples())[::2]:  # one by pdf-lib, one by pdftk
            compare(made, worker, f"samples {path.name}", path.read_bytes(), other, targets)
        codes_alone(blank)
    return targets.exit_code


if __name__ == "__main__":
    sys.exit(main())
