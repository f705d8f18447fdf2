"""Print every case of wrong input with what Formwright says to it: place, problem, cure.

    .venv/bin/python tools/errors.py [WORD ...]      only those whose name holds each WORD

Exit code 1 where something else is said than `tests/errors/cases.yaml` has.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "generator"), str(ROOT / "tests"), str(ROOT / "tests" / "errors")]

from running import cases, run  # noqa: E402  # found through the path set above


def main() -> int:
    """Run the cases; return the exit code."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    wrong = 0
    chosen = [case for case in cases() if all(word in case.name for word in words)]
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(chosen):
            code, said = run(case, Path(folder) / str(number))
            print(f"{case.name}\n  $ formwright {' '.join(case.command)}   (exit code {code})")
            print("\n".join(f"  {line}" for line in said.splitlines()))
            if (code, said) != (case.code, case.says):
                wrong += 1
                print(f"  NOT AS EXPECTED (exit code {case.code}):")
                print("\n".join(f"  {line}" for line in case.says.splitlines()))
            print()
    print(f"{len(chosen)} cases, {wrong} not as expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
