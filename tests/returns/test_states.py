"""Every kind is tried in every state, or it is said why that can't be (the issue: "the kind x state table is full").

docs/reference/states.md shows the table. To write it anew after adding a case:
    PYTHONPATH=generator:tests python tests/returns/test_states.py
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from formwright.kinds import kinds, read_kind
from formwright.returns.states import STATES
from record_cases import CASES, cases, load, record_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "states.md"
START, END = "<!-- table: kinds and states -->", "<!-- end of table -->"


def tried() -> dict[tuple[str, str], int]:
    """Return how many cases try each kind in each state: as the kind of the cell, or of the question around it."""
    found: dict[tuple[str, str], int] = {}
    for case in cases():
        item = record_of(case.data).answers[case.asked]
        pairs = set()
        for cell in item.cells.values():
            if cell.slot.folds and cell.slot.item is not None and cell.slot.leaf is not None:
                pairs |= {(cell.slot.leaf.kind, cell.state), (cell.slot.item.kind, cell.state)}
        for pair in pairs:
            found[pair] = found.get(pair, 0) + 1
    return found


def impossible() -> dict[tuple[str, str], str]:
    """Return kind and state -> why it can't be."""
    told: Mapping[str, Mapping[str, str]] = load(CASES / "impossible.yaml")
    return {
        (kind, state): reason
        for kind, states in told.items()
        for name, reason in states.items()
        for state in (STATES if name == "*" else (name,))
    }


def table() -> str:
    """Return the table in Markdown: the number of cases, or a dash and a note."""
    counted, never = tried(), impossible()
    notes = list(dict.fromkeys(never.values()))
    lines = [f"| kind | {' | '.join(STATES)} |", f"|---|{'---|' * len(STATES)}"]
    for kind in kinds():
        row = [
            str(counted[kind, state])
            if (kind, state) in counted
            else f"– ({notes.index(never[kind, state]) + 1})"
            if (kind, state) in never
            else "**not tried**"
            for state in STATES
        ]
        lines.append(f"| {kind} | {' | '.join(row)} |")
    told = "\n".join(f"({n}) {note}  " for n, note in enumerate(notes, 1))
    return "\n".join([*lines, "", told])


def test_every_kind_is_tried_in_every_state_or_marked_impossible() -> None:
    counted, never = tried(), impossible()
    everything = {(kind, state) for kind in kinds() for state in STATES}
    assert everything - counted.keys() - never.keys() == set()


def test_nothing_that_is_tried_is_marked_impossible() -> None:
    assert tried().keys() & impossible().keys() == set()


@pytest.mark.parametrize("kind", ["attachments", "certification"])
@pytest.mark.parametrize("value", [True, "x", [], [{"enclosed": True}], {"name": "Ann Sample"}, {}])
def test_what_is_said_never_to_be_prefilled_refuses_it(kind: str, value: object) -> None:
    """An overlay's `prefill` is checked by this too (tests/test_overlay.py)."""
    told = {state for name, state in impossible() if name == kind}
    assert told == {"unchanged", "confirmed", "corrected", "cleared"}
    asked = {"kind": kind, "id": "q", "text": "So."}
    assert list(read_kind(dict(asked)).prefill_faults(value))
    if kind == "attachments":
        other = {"kind": "text", "id": "t", "text": "T"}
        around = {"kind": "composite", "id": "c", "text": "Both", "parts": [asked, other]}
        assert list(read_kind(around).prefill_faults({"q": value}))


def test_the_table_of_the_docs_is_this_one() -> None:
    page = PAGE.read_text("utf-8")
    assert page.partition(START)[2].partition(END)[0].strip() == table().strip()


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(START)
    PAGE.write_text(f"{head}{START}\n\n{table()}\n\n{END}{rest.partition(END)[2]}", "utf-8")
