"""All benchmarks in one run, or the named ones, each in a process of its own: `./run bench [NAME ...] [--profile]`.

Ratios count; times are those of one run on one machine, and are to be compared within it only. Each benchmark prints
its targets as `met` or `MISSED`. Exit code 1 where one is missed.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BENCHES: dict[str, tuple[str, ...]] = {
    "stamp": ("stamp.py",),
    "word": ("word.py",),
    "papers": ("papers.py",),
    "compile": ("compiling.py",),
    "read": ("read.py",),
    "read-word": ("docx_read.py",),
    "record": ("record.py",),
    "many": ("many.py",),
    "memory-stamp": ("memory.py", "stamp"),
    "memory-read": ("memory.py", "read"),
    "cli": ("cli.py",),
    "demo": ("demo.py",),
}
"""Name -> the script below this folder and its first arguments."""


def run(name: str, options: Sequence[str]) -> bool:
    """Run one benchmark; return whether it met its targets."""
    print(f"\n== {name} " + "=" * (100 - len(name)), flush=True)
    script, *arguments = BENCHES[name]
    path = os.pathsep.join((str(ROOT / "generator"), str(ROOT / "tests")))
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(HERE / script), *arguments, *options], env={**os.environ, "PYTHONPATH": path}, check=False
    )
    print(f"({time.perf_counter() - start:.0f} s)", flush=True)
    return done.returncode == 0


def main() -> int:
    """Run what is asked for; return 1 where something was missed or failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *BENCHES], help=", ".join(BENCHES))
    parser.add_argument("--profile", action="store_true", help="show where the time of a missed target went")
    asked = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    options = ["--profile"] if asked.profile else []
    missed = [name for name in asked.names or BENCHES if not run(name, options)]
    print(f"\nmissed or failed: {', '.join(missed)}" if missed else "\nall targets met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
