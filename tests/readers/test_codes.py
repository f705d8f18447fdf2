"""Each code with which a return is refused or flagged stands in docs/reference/reading.md, with what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("generator/formwright/intake", "generator/formwright/readers", "generator/formwright/returns/match.py")


def sources() -> Iterator[Path]:
    for room in ROOMS:
        path = ROOT / room
        yield from sorted(path.glob("*.py")) if path.is_dir() else [path]


def codes() -> set[str]:
    """Return the literal codes of every Refused, Unusable and RawProblem made by these rooms."""
    found = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id in ("Refused", "Unusable") and node.args and isinstance(node.args[0], ast.Constant):
                    found.add(node.args[0].value)
                if node.func.id == "RawProblem":
                    found |= {
                        word.value.value
                        for word in node.keywords
                        if word.arg == "code" and isinstance(word.value, ast.Constant)
                    }
    return found


def test_every_code_is_explained() -> None:
    told = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs/reference/reading.md").read_text(encoding="utf-8")))
    made = codes()
    assert {"forged", "truncated", "flattened", "repaired", "no_worker"} <= made
    assert made - told == set()
