"""What does the cache of compiled layouts save? `./run bench compile`

A compile is done once for each distinct layout; every further account, in this process or a later one, takes it from
the folder. Here the folder is empty before each compile.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import ground
from ratios import medians, table

from formwright import account, definition, issuing, lower
from formwright.cli._shared import fonts_folder
from formwright.writers.pdf.press import Press

TURNS = 2
LIMIT = 5.0
"""Times that taking a layout from the folder is quicker than compiling it. Ours."""


def main() -> int:
    """Print the table; return 1 where the target is missed."""
    targets = ground.targets(__doc__ or "")
    with ground.opened() as made, tempfile.TemporaryDirectory() as temporary:
        workspace, folder = made.workspace, Path(temporary)
        source, about = workspace.definition(ground.DEFINITION), workspace.account(ground.LATIN)
        asked = definition.load(source.data, source.name)
        form = issuing.look(workspace, asked, account.load(about.data, about.name), on=ground.ISSUED_ON).form
        lowered = lower.lower(form, lower.Facts(prepared_for="Sample", return_by="April 1, 2027", contact="555-0142"))
        kept = Press(folder / "kept", fonts_folder())
        kept.ready(lowered.layout, lowered.values)

        def hit(_: int) -> None:
            Press(folder / "kept", fonts_folder()).ready(lowered.layout, lowered.values)

        def miss(turn: int) -> None:
            Press(folder / f"empty {turn}", fonts_folder()).ready(lowered.layout, lowered.values)

        times = medians(
            {"in this process": lambda _: kept.ready(lowered.layout, lowered.values), "from the folder": hit,
             "compiled": miss}, TURNS
        )  # fmt: skip
        print(table(times, "from the folder"))
        targets.at_least("the folder against compiling", times["compiled"] / times["from the folder"], LIMIT, job=hit)
    return targets.exit_code


if __name__ == "__main__":
    sys.exit(main())
