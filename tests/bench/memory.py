"""Does memory stay flat over 2,000 stamps, and over 2,000 reads? `./run bench memory-stamp`, `./run bench memory-read`

What this process holds is looked at every 200 turns. The first 200 fill what is kept on purpose (stampers, issues,
compiled patterns); after them it may grow by a few megabytes at most. Reading is in this process: the worker that
reads files from outside is replaced after 200 of them.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import ground
from ground import RECEIVED, Ground
from ratios import Targets, held_memory

from formwright import account, definition, issuing, lower, reading, token
from formwright.cli._shared import cache_folder, fonts_folder
from formwright.intake.worker import InProcess
from formwright.layout import Stamp
from formwright.writers.pdf.press import Press

TURNS, LOOK, WARM = 2000, 200, 200
LIMIT = 4.0
"""Megabytes that may be held more after 2,000 turns than after the first 200: two kilobytes a turn would show."""


def reads(made: Ground) -> Callable[[], None]:
    """Return a job that reads one of four files: two copies of each of two returns, one blank, one filled in."""
    (issue,) = made.issue(ground.SMALL)
    typed = list(made.samples())[-1]
    files = [made.pair("blank", made.sent(issue)), made.pair("typed", typed.read_bytes())]
    paths: cycle[Path] = cycle([path for copies in zip(*files, strict=True) for path in copies])
    reader = InProcess()

    def read() -> None:
        (outcome,) = reading.read(made.workspace, [next(paths)], reader, at=RECEIVED, alone=True)
        if isinstance(outcome, reading.Rejected):
            raise SystemExit(f"{outcome.name}: {outcome.error}")

    return read


def stamps(made: Ground) -> Callable[[], None]:
    """Return a job that stamps and describes the file of one account."""
    workspace = made.workspace
    source, about = workspace.definition(ground.DEFINITION), workspace.account(ground.SMALL)
    asked = definition.load(source.data, source.name)
    form = issuing.look(workspace, asked, account.load(about.data, about.name), on=ground.ISSUED_ON).form
    lowered = lower.lower(form, lower.Facts(prepared_for="Sample", return_by="April 1, 2027", contact="555-0142"))
    ready = Press(cache_folder(), fonts_folder()).ready(lowered.layout, lowered.values)
    titles = {cell.key: cell.name for cell in lowered.cells}
    numbers = cycle(range(1, 9999))

    def stamp() -> None:
        id = f"Q-2027-{next(numbers):04}"
        tokens = token.mint_all(b"fictional" * 4, "K1", "bench", id, "sample", form.fingerprint, len(ready.pages))
        data = ready.stamp(Stamp(values=lowered.values, tokens=tokens, foot=id, sample=True), titles)
        ready.fields(lowered.values, tokens[0], data)

    return stamp


def grown(job: Callable[[], None]) -> float:
    """Run a job 2,000 times; print what is held on the way; return by how many megabytes it grew."""
    held = []
    for turn in range(TURNS + 1):
        if turn >= WARM and turn % LOOK == 0:
            gc.collect()
            held.append(held_memory())
        job()
    print(f"held after {WARM} turns, then every {LOOK} (MB): {' '.join(f'{one / 1024:.1f}' for one in held)}")
    return (held[-1] - held[0]) / 1024


def main() -> int:
    """Print what is held; return 1 where it grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["stamp", "read"])
    parser.add_argument("--profile", action="store_true", help="accepted; growth has no profile of time")
    asked = parser.parse_args()
    targets = Targets()
    with ground.opened() as made:
        job = stamps(made) if asked.what == "stamp" else reads(made)
        targets.at_most(f"memory over {TURNS} {asked.what}s", grown(job), LIMIT, "MB more")
    return targets.exit_code


if __name__ == "__main__":
    sys.exit(main())
