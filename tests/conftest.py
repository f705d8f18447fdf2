"""Tests that need more than Python: skipped and named where it is not there.

`@pytest.mark.program("pdftk")` names a program that a test needs. With FORMWRIGHT_ALL_PROGRAMS=1 (`./run test --all`) a
missing one is a failure. `@pytest.mark.root`: a test that becomes another user, as only root may.
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
_ROOT = "not run by root"


@cache
def _lacking(program: str) -> str:
    """Return what has to be installed for a program, "" if nothing."""
    found = shutil.which(program)
    if found is None:
        return program
    if program == "soffice" and not (Path(found).resolve().parent / "libswlo.so").exists():
        return "LibreOffice's Writer"
    if program == "node" and not _NODE_PACKAGES.is_dir():
        return "the packages of tools/programs/node"
    return ""


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("root") and os.geteuid() != 0:
        pytest.skip(_ROOT)
    for marker in item.iter_markers("program"):
        for program in marker.args:
            if lacks := _lacking(program):
                told = f"{_LACKING}{lacks}"
                if os.environ.get("FORMWRIGHT_ALL_PROGRAMS"):
                    pytest.fail(f"{told} (FORMWRIGHT_ALL_PROGRAMS is set)", pytrace=False)
                pytest.skip(told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what tests were skipped for, without -rs."""
    lacking: Counter[str] = Counter()
    for report in terminalreporter.getreports("skipped"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        for told in (_LACKING, _ROOT):
            if told in reason:
                lacking[told + reason.partition(told)[2]] += 1
    for told, tests in sorted(lacking.items()):
        terminalreporter.write_line(f"{told} ({tests} test{'s' if tests > 1 else ''} skipped)")
