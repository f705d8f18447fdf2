"""`./run demo`: read the sample returns; issue a questionnaire, letter and plan to each sample account; in out/demo.

Dates are fixed, so that every run makes the same. Exit code 1 where a record is not what its expected.json says, and
where something could not be made. The second run takes the compiled layouts from the cache.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from formwright import papers, reading, sending
from formwright.cli._print import block
from formwright.cli._shared import cache_folder, fonts_folder
from formwright.errors import FormwrightError
from formwright.intake.worker import Worker
from formwright.records.documents import restore_issue
from formwright.records.events import Happening
from formwright.returns.fold import NEEDS
from formwright.sources import shown
from formwright.workspace import Workspace

SAMPLES = Path(__file__).resolve().parent
OUT = SAMPLES.parent / "out" / "demo"
RECEIVED = "2027-02-15T10:00:00Z"
ISSUED_ON, ISSUED_AT = date(2027, 3, 1), "2027-03-01T09:00:00Z"
DEFINITIONS = ("account_management", "introduction", "account_action_plan")


def main() -> int:
    """Make out/demo anew; return the exit code."""
    start = time.perf_counter()
    shutil.rmtree(OUT, ignore_errors=True)
    folder = copied_workspace()
    with Workspace.open(folder) as workspace:
        import_issues(workspace)
        faults = read_returns(workspace)
        faults += sum(issue_fresh(workspace, definition) for definition in DEFINITIONS)
    made = sum(path.is_file() for path in OUT.rglob("*") if folder not in path.parents)
    print(f"{made} files in {shown(OUT)}, {time.perf_counter() - start:.1f} s")
    return 1 if faults else 0


def copied_workspace() -> Path:
    """Copy the sample workspace, its keys readable by their owner alone; return where it is."""
    folder = OUT / "workspace"
    shutil.copytree(SAMPLES / "workspace", folder)
    for key in (folder / "keys").iterdir():
        key.chmod(0o600)
    return folder


def import_issues(workspace: Workspace) -> None:
    """Store the issues that the sample returns belong to, with their files."""
    for path in sorted((SAMPLES / "returns" / "issues").glob("*.json")):
        issue = restore_issue(path.read_text("utf-8"))
        for file in issue.files:
            sha256 = workspace.store.put_bytes(path.with_suffix(f".{file.format}").read_bytes())
            if sha256 != file.sha256:
                raise SystemExit(
                    f"{path.with_suffix('.pdf')} is not the file of issue {issue.id}. Make the samples anew."
                )
        at = f"{issue.issued_on}T09:00:00Z"
        workspace.store.add_issue(issue, Happening(kind="issued", issue=issue.id, at=at, data={"imported": True}))


def read_returns(workspace: Workspace) -> int:
    """Read each sample return, print what became of it, compare; return how many were not as expected."""
    returns = SAMPLES / "returns"
    paths = sorted(path for path in returns.glob("*") if path.is_file() and not path.name.endswith((".json", ".md")))
    records = OUT / "records"
    records.mkdir(parents=True)
    wrong = 0
    with Worker() as worker:
        for path in paths:
            expected = expectation(returns / f"{path.stem}.expected.json")
            (outcome,) = reading.read(workspace, [path], worker, at=RECEIVED, by=expected.get("by", ""))
            target = records / f"{path.stem}.json"
            found = outcome.as_json()
            target.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
            print(block(outcome))
            print(f"  {shown(path)} -> {shown(target)}")
            for line in differences(expected, found):
                print(f"  NOT AS EXPECTED: {line}")
                wrong += 1
            print()
    return wrong


def expectation(path: Path) -> dict[str, Any]:
    """Return what a record must say; the demo ends where nobody wrote that down."""
    if not path.is_file():
        raise SystemExit(f"{shown(path)} is missing: write what was typed (samples/README.md).")
    return dict(json.loads(path.read_text("utf-8")))


def differences(expected: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    """Yield in words where a record (or a refusal) is not what was expected; times and versions are not compared."""
    if "refused" in expected or "refused" in found:
        codes = [side.get("refused", {}).get("code", "a record") for side in (expected, found)]
        if codes[0] != codes[1]:
            yield f"expected {codes[0]}, found {codes[1]}"
        return
    yield from unequal("issue", expected["issue"], found["issue"]["id"])
    yield from unequal("status", expected["status"], found["status"])
    yield from unequal("review", expected["review"], found["review"])
    yield from of_answers(expected, found)
    yield from unlike("problems", ("code", "item", "key"), expected, found)
    yield from unlike("strays", ("name", "value"), expected, found)
    yield from unlike("attachments", ("key", "for", "enclosed", "note"), expected, found)


def of_answers(expected: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    """Yield in words where items differ in state, value or needs; an item without a need is not listed under it."""
    wanted = expected["answers"]
    for item in wanted.keys() - found["answers"].keys():
        yield f"answers.{item}: expected, not in the record"
    for item, answer in found["answers"].items():
        rest = {"state": expected.get("unlisted", "(to be listed)"), "value": None}
        want = wanted.get(item, rest)
        yield from unequal(f"answers.{item}.state", want["state"], answer["state"])
        yield from unequal(f"answers.{item}.value", want["value"], answer["value"])
    for need in NEEDS:
        those = {item for item, answer in found["answers"].items() if need in answer["needs"]}
        named = set(expected["needs"].get(need, ()))
        yield from (f"needs {need}: expected {item}" for item in sorted(named - those))
        yield from (f"needs {need}: not expected {item}" for item in sorted(those - named))


def unlike(name: str, keys: tuple[str, ...], expected: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    """Yield a line for each entry of a list that is in one record alone; `keys` are compared, the order is not."""
    want_all, found_all = (
        Counter(tuple(_said(one, key) for key in keys) for one in side[name]) for side in (expected, found)
    )
    yield from (f"{name}: expected {' '.join(one)}" for one in (want_all - found_all).elements())
    yield from (f"{name}: not expected {' '.join(one)}" for one in (found_all - want_all).elements())


def _said(entry: dict[str, Any], key: str) -> str:
    return "-" if entry.get(key) is None else str(entry[key])


def unequal(place: str, expected: object, found: object) -> Iterator[str]:
    """Yield one line where two values differ."""
    if expected != found:
        yield f"{place}: expected {json.dumps(expected)}, found {json.dumps(found)}"


def issue_fresh(workspace: Workspace, definition: str) -> int:
    """Issue a questionnaire, letter or plan to each sample account; return how many failed."""
    order = sending.Order(
        definition=definition,
        accounts=workspace.account_ids(),
        on=ISSUED_ON,
        at=ISSUED_AT,
        out=OUT / "issued",
        cache=cache_folder(),
        fonts=fonts_folder(),
        by="demo",
    )
    failed = 0
    for outcome in papers.issue(workspace, order):
        if isinstance(outcome, sending.Failed):
            print(outcome.error)
            failed += 1
        else:
            print(f"{outcome.issue.id} {outcome.issue.account_name}: issued · {' '.join(map(shown, outcome.paths))}")
    return failed


if __name__ == "__main__":
    try:
        sys.exit(main())
    except FormwrightError as error:
        sys.exit(str(error))
