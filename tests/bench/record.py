"""How long a record takes, for the 46-item questionnaire with 25 suppliers: untouched, and a third of it changed.

PYTHONPATH=generator:tests python tests/bench/record.py
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from formwright import form, record
from formwright.returns.slots import lay_out
from real_issue import issue
from record_cases import received

ROUNDS = 20


def median(work: Callable[[], object]) -> float:
    """Return the median time of one call in milliseconds, the first one left out."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[ROUNDS // 2]


def main() -> None:
    """Print the times."""
    sent = issue("lantern_loom")
    restore = median(lambda: form.restore(dict(sent.form)))
    questions = [(one.number, one.kind) for one in form.restore(dict(sent.form)).questions()]
    places = median(lambda: lay_out(sent, questions))
    slots = lay_out(sent, questions)
    lines = [cell.key for cell in sent.cells if cell.control in ("line", "area") and cell.role == "answer"]
    cases = {
        "untouched": [{}],
        "a third changed": [{key: f"{n}" for n, key in enumerate(lines) if n % 3 == 0}],
        "three returns": [{}, {lines[0]: "A"}, {lines[0]: "B", lines[1]: "C"}],
    }
    print(f"{len(sent.cells)} places, {len(questions)} items")
    print(f"once for an issue: form restored {restore:.1f} ms, places {places:.1f} ms")
    for name, told in cases.items():
        returns = received(slots, told, ["Ana Ruiz"] * len(told))
        took = median(lambda returns=returns: record.build(sent, returns, (), revision=1))
        built = record.build(sent, returns, (), revision=1)
        dumped = median(lambda built=built: json.dumps(built.as_json()))
        print(f"{name}: build {took:.1f} ms ({1000 * took / len(sent.cells):.0f} us a place), as JSON {dumped:.1f} ms")
        print(f"    {record.summary(built)}")


if __name__ == "__main__":
    main()
