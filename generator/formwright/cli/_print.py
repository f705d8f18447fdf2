"""What a read file looks like on a terminal: its summary, then each problem with its place and its cure."""

from __future__ import annotations

from formwright import record as records
from formwright.reading import Rejected, Taken
from formwright.record import Record


def block(outcome: Taken | Rejected) -> str:
    """Return the lines on one file."""
    if isinstance(outcome, Rejected):
        cure = f"\n  {outcome.error.fix}" if outcome.error.fix else ""
        return f"{outcome.name}: refused. {outcome.error.message}{cure}"
    again = " (read before: nothing changed)" if outcome.again else ""
    return "\n".join([f"{outcome.name}{again}", *lines(outcome.record)])


def lines(record: Record) -> list[str]:
    """Return the summary of a record and its problems, each with its key (for `answer`) and its cure below it."""
    found = [records.summary(record)]
    for problem in record.as_json()["problems"]:
        found.append(f"  {problem['message']}" + (f" [{problem['key']}]" if problem["key"] else ""))
        if problem["fix"]:
            found.append(f"    {problem['fix']}")
    return found
