"""Tests that other programs take part in: skipped and named where a program is not installed.

`@pytest.mark.program("pdftk")` names what a test needs. With FORMWRIGHT_ALL_PROGRAMS=1 (`./run test --all`) a missing
program is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

_NODE_PACKAGES = Path(__file__).parents[1] / "tools" / "programs" / "node" / "node_modules"
_LACKING = "not installed: "


@cache
def _lacking(program: str) -> str:
    """Return what has to be installed for a program, "" if nothing."""
    if shutil.which(program) is None:
        return program
    if program == "node" and not _NODE_PACKAGES.is_dir():
        return "the packages of tools/programs/node"
    return ""


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("program"):
        for program in marker.args:
            if lacks := _lacking(program):
                told = f"{_LACKING}{lacks}"
                if os.environ.get("FORMWRIGHT_ALL_PROGRAMS"):
                    pytest.fail(f"{told} (FORMWRIGHT_ALL_PROGRAMS is set)", pytrace=False)
                pytest.skip(told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the programs that tests were skipped for, without -rs."""
    lacking: Counter[str] = Counter()
    for report in terminalreporter.getreports("skipped"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        if _LACKING in reason:
            lacking[reason.partition(_LACKING)[2]] += 1
    for program, tests in sorted(lacking.items()):
        terminalreporter.write_line(f"{_LACKING}{program} ({tests} test{'s' if tests > 1 else ''} skipped)")
