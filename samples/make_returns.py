"""Make samples/returns anew: the issues, and returns of them filled in by other programs (pdftk, Node).

    FORMWRIGHT_FONTS=.cache/fonts .venv/bin/python samples/make_returns.py

What is typed stands in returns/typed/<name>.yaml. The expected records are written by hand and stay as they are: look
at them when a questionnaire or what is typed has changed, then run samples/demo.py.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from formwright import issuing
from formwright.cli._shared import cache_folder, fonts_folder
from formwright.errors import FormwrightError
from formwright.issue import Issue
from formwright.records.documents import dump_issue
from formwright.sending import Failed, Order
from formwright.sources import shown
from formwright.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools" / "programs"))

import filling  # noqa: E402 - found through the path set above; tests fill in their forms with it, too

RETURNS = ROOT / "samples" / "returns"
ISSUES = RETURNS / "issues"
ACCOUNTS = ("lantern_loom", "harborlight", "tidewater_brokers")
CUT = 60
"""Bytes that are lost at the end of the truncated file: its last pointers, no more."""


def main() -> int:
    """Make issues and returns; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        issues = make_issues(Path(folder))
        for path in sorted((RETURNS / "typed").glob("*.yaml")):
            fill(path, issues, Path(folder))
        make_refused(issues, Path(folder))
    files = [path for path in RETURNS.rglob("*") if path.is_file()]
    print(f"{len(files)} files in {shown(RETURNS)}, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")
    return 0


def make_issues(folder: Path) -> dict[str, Issue]:
    """Issue the questionnaire to each sample account; write the issues and their files; return them by id."""
    shutil.rmtree(ISSUES, ignore_errors=True)
    ISSUES.mkdir(parents=True)
    shutil.copytree(ROOT / "samples" / "workspace", folder / "workspace")
    for key in (folder / "workspace" / "keys").iterdir():
        key.chmod(0o600)
    order = Order(
        formats=("pdf",),  # the samples hold no Word returns yet
        definition="account_management",
        accounts=ACCOUNTS,
        on=date(2027, 1, 11),
        due=date(2027, 2, 26),
        at="2027-01-11T09:00:00Z",
        out=folder / "issued",
        cache=cache_folder(),
        fonts=fonts_folder(),
    )
    issues = {}
    with Workspace.open(folder / "workspace") as workspace:
        for made in issuing.issue(workspace, order):
            if isinstance(made, Failed):
                raise made.error
            issues[made.issue.id] = made.issue
            (ISSUES / f"{made.issue.id}.json").write_text(dump_issue(made.issue) + "\n", "utf-8")
            shutil.copyfile(made.paths[0], ISSUES / f"{made.issue.id}.pdf")
    return issues


def fill(path: Path, issues: dict[str, Issue], folder: Path) -> None:
    """Make the return that a file of typed/ describes."""
    told: dict[str, Any] = YAML(typ="safe").load(path.read_text("utf-8"))
    places = issues[told["issue"]].files[0].fields
    unknown = told["typed"].keys() - filling.names_of(places)
    if unknown:
        raise SystemExit(f"{path.name}: no such fields: {', '.join(sorted(unknown))}")
    target = folder / f"{path.stem}.pdf"
    filling.PROGRAMS[told["way"]](filling.Job(ISSUES / f"{told['issue']}.pdf", places, told["typed"], target))
    shutil.copyfile(target, RETURNS / target.name)


def make_refused(issues: dict[str, Issue], folder: Path) -> None:
    """Make the files that are to be refused."""
    filled = RETURNS / "04_tidewater.pdf"
    (RETURNS / "05_cut_at_the_end.pdf").write_bytes(filled.read_bytes()[:-CUT])
    filling.run("pdftk", filled, "output", RETURNS / "06_flattened.pdf", "flatten")
    filling.run("node", filling.NODE / "make_foreign.mjs", RETURNS / "07_foreign.pdf")
    places = issues["Q-2027-0003"].files[0].fields
    code = next(place for place in places if place.key == "form.token")
    text = str(code.value)
    altered = {code.name: text[:-1] + ("B" if text.endswith("A") else "A")}
    target = folder / "08_altered_code.pdf"
    filling.pdflib(filling.Job(ISSUES / "Q-2027-0003.pdf", places, altered, target))
    shutil.copyfile(target, RETURNS / target.name)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except FormwrightError as error:
        sys.exit(str(error))
