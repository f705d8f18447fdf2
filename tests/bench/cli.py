"""How long does `formwright --help` take, and what does it load? `./run bench cli`

The base is Python itself, started and ended. Each start is a process of its own.
"""

from __future__ import annotations

import subprocess
import sys

import ground
from ratios import medians, table

TURNS = 5
HEAVY = (
    "alembic",
    "babel",
    "fontTools",
    "PIL",
    "pikepdf",
    "pydantic",
    "pypdf",
    "pypdfium2",
    "rich",
    "ruamel.yaml",
    "sqlalchemy",
    "uharfbuzz",
    "weasyprint",
    "zxingcpp",
)
VERBS = ("", "forms", "issue", "read", "show")
LIMIT = 12.0
"""Times the start of Python. Ours: help is there at once."""


def start(*arguments: str) -> str:
    """Run Python with arguments; return what it printed."""
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True).stdout


def loaded(verb: str) -> list[str]:
    """Return the heavy modules that the help of a verb loads."""
    words = [verb, "--help"] if verb else ["--help"]
    code = f"import sys\nfrom formwright.cli import main\nmain({words!r})\n"
    return start("-c", f"{code}print(*[name for name in {HEAVY!r} if name in sys.modules])").splitlines()[-1].split()


def main() -> int:
    """Print the times and the modules; return 1 where a target is missed."""
    targets = ground.targets(__doc__ or "")
    jobs = {
        "Python alone": lambda _: start("-c", "pass"),
        "formwright --help": lambda _: start("-m", "formwright", "--help"),
        "formwright read --help": lambda _: start("-m", "formwright", "read", "--help"),
    }
    times = medians(jobs, TURNS)
    print(table(times, "Python alone"))
    for verb in VERBS:
        print(f"formwright {verb} --help".replace("  ", " ") + f" loads of the heavy modules: {loaded(verb) or 'none'}")
    targets.at_most(
        "formwright --help", times["formwright --help"] / times["Python alone"], LIMIT, "times Python alone"
    )
    targets.at_most("heavy modules that it loads", len(loaded("")), 0, "")
    return targets.exit_code


if __name__ == "__main__":
    sys.exit(main())
