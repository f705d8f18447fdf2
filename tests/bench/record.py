"""What does a record cost, against pikepdf opening and walking the return that it is made of? `./run bench record`

untouched, a third changed, three returns    record.build on the places of the issue, which are in memory
... as JSON                                  the record written out
an issue made ready                          once for each issue: its form restored and its places laid out
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import ground
from ground import walk
from ratios import medians, table

from formwright import form, record
from formwright.issue import Issue
from formwright.returns.slots import Slots, lay_out
from record_cases import received

TURNS = 40
LIMIT = 1.0
"""Times open + walk: what the record may take of the three times that reading may take. Ours, not the issue's."""


def ready(issue: Issue) -> Slots:
    """Return the places of an issue, made anew."""
    return lay_out(issue, [(one.number, one.kind) for one in form.restore(dict(issue.form)).questions()])


def main() -> int:
    """Print the table; return 1 where a target is missed."""
    targets = ground.targets(__doc__ or "")
    with ground.opened() as made:
        (issue,) = made.issue(ground.LATIN)
        data = made.sent(issue)
    slots = ready(issue)
    lines = [cell.key for cell in issue.cells if cell.control in ("line", "area") and cell.role == "answer"]
    cases: dict[str, list[dict[str, str]]] = {
        "untouched": [{}],
        "a third changed": [{key: f"{n}" for n, key in enumerate(lines) if n % 3 == 0}],
        "three returns": [{}, {lines[0]: "A"}, {lines[0]: "B", lines[1]: "C"}],
    }
    jobs: dict[str, Callable[[int], object]] = {
        "open + walk": lambda _: walk(data),
        "an issue made ready": lambda _: ready(issue),
    }
    for name, told in cases.items():
        returns = received(slots, told, ["Ana Ruiz"] * len(told))
        built = record.build(issue, returns, (), revision=1)
        jobs[name] = lambda _, returns=returns: record.build(issue, returns, (), revision=1)  # type: ignore[misc]
        jobs[f"{name}, as JSON"] = lambda _, built=built: json.dumps(built.as_json())  # type: ignore[misc]
        print(f"{name}: {record.summary(built)}")
    times = medians(jobs, TURNS)
    print(f"\n{len(issue.cells)} places\n{table(times, 'open + walk')}")
    for name in ("untouched", "a third changed"):
        targets.at_most(f"record, {name}", times[name] / times["open + walk"], LIMIT, "times open + walk", jobs[name])
    return targets.exit_code


if __name__ == "__main__":
    sys.exit(main())
