"""How long does the second `./run demo` take? `./run bench demo`

The first one may still compile; the second finds every compiled layout in the cache, and set-up done.
"""

from __future__ import annotations

import subprocess
import sys
import time

import ground
from ground import ROOT

LIMIT = 10.0
"""Seconds: issue 2, "Shown by" 4."""


def seconds() -> float:
    """Run the demo once; return the seconds. Exits with what it said where it failed."""
    start = time.perf_counter()
    done = subprocess.run([ROOT / "run", "demo"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"./run demo failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    taken = time.perf_counter() - start
    print(f"{taken:.1f} s; its last line: {done.stdout.splitlines()[-1]}")
    return taken


def main() -> int:
    """Print the seconds of both runs; return 1 where the second is too slow."""
    targets = ground.targets(__doc__ or "")
    seconds()
    targets.at_most("the second ./run demo", seconds(), LIMIT, "s")
    return targets.exit_code


if __name__ == "__main__":
    sys.exit(main())
