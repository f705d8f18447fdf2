"""Papers to be sent.

1. Without a list: one tick "Attached, marked A.1"; with `wants`, its words, the mark in help colour.
2. For each entry of a list parameter a row: given texts (fixed, role given), what was sent, a tick `rN_enclosed`.
3. Columns as the parameter declares them, else by the entries' keys.
4. No account data in the layout: the entries are values; names say the entry's number.
5. The record asks for the tick where the item is required; no viewer does.
6. The value has every row once something is ticked or noted.
7. They cannot be prefilled.
"""

from __future__ import annotations

from typing import Any

import pytest

from formwright import layout
from formwright.kinds._base import Lowering
from kind_support import Lowered, make, parse, refusal

ENTRIES = [{"invoice": "YL-26-00417", "entry": "000-0000417-2"}, {"invoice": "TE/1189/26", "entry": "000-0000611-3"}]
HEADS = {"invoices": (("invoice", "Invoice number", 4), ("entry", "Entry number", 3))}


def listed(entries: Any = ENTRIES, heads: Any = HEADS, **fields: Any) -> Lowered:
    kind = make("attachments", for_each="invoices", wants="Proof of payment", **fields)
    return Lowered(kind, out=Lowering(language="en", parameters={"invoices": entries}, heads=heads))


def grid(lowered: Lowered) -> layout.Grid:
    (found,) = lowered.blocks
    assert isinstance(found, layout.Grid)
    return found


def test_one_tick() -> None:  # 1
    tick = Lowered(make("attachments")).controls["q_enclosed"]
    assert (tick.label, tick.quiet, tick.name) == ("Attached, marked A.1", "", "A.1, Attached")
    lowered = Lowered(make("attachments", wants="Organization charts", note_line=True))
    tick = lowered.controls["q_enclosed"]
    assert (tick.label, tick.quiet) == ("Organization charts", "Attached, marked A.1")
    assert lowered.names() == {
        "q_enclosed": "A.1, Organization charts, Attached",
        "q.note": "A.1, Organization charts, What was sent (kind, date)",
    }


def test_rows() -> None:  # 2, 3
    lowered = listed(note_line=True)
    made = grid(lowered)
    assert (made.role, made.repeating) == ("write", False)
    assert [column.title for column in made.columns] == [
        "Invoice number", "Entry number", "What was sent (kind, date)", "Attached",
    ]  # fmt: skip
    assert [cell.key for row in made.rows for group in row.cells for cell in group] == [  # type: ignore[union-attr]
        "q.r1.invoice", "q.r1.entry", "q.r1.note", "q.r1_enclosed",
        "q.r2.invoice", "q.r2.entry", "q.r2.note", "q.r2_enclosed",
    ]  # fmt: skip
    assert lowered.controls["q.r1.invoice"].fixed
    assert lowered.cells["q.r1.invoice"].role == "given"
    assert lowered.cells["q.r1_enclosed"].role == "enclosed"
    assert lowered.values["q.r2.invoice"] == "TE/1189/26"


def test_heads_without_declaration() -> None:  # 3
    assert [column.title for column in grid(listed(heads={})).columns] == ["Invoice", "Entry", "Attached"]
    assert [column.title for column in grid(listed(["A 1", "A 2"], {})).columns] == ["For", "Attached"]
    assert grid(listed(["A 1"])).columns[0].title == "Invoice number"


def test_no_account_data() -> None:  # 4
    lowered = listed(note_line=True)
    assert "YL-26" not in repr(lowered.blocks)
    assert lowered.names()["q.r2_enclosed"] == "A.1, Proof of payment, entry 2, Attached"
    assert lowered.names()["q.r1.invoice"] == "A.1, Proof of payment, entry 1, Invoice number"


@pytest.mark.parametrize("required", [True, False])
def test_required(required: bool) -> None:  # 5
    lowered = listed(required=required)
    assert lowered.cells["q.r1_enclosed"].required is required
    assert not any(control.required for control in lowered.controls.values())


def test_value_of_rows() -> None:  # 6
    kind = make("attachments", for_each="invoices")
    given = {"q.r1.invoice": "YL-26-00417", "q.r1.entry": "000-0000417-2", "q.r2.invoice": "TE/1189/26"}
    assert kind.value("q", given) is None
    assert kind.value("q", {**given, "q.r2_enclosed": True, "q.r1.note": "wire"}) == [
        {"for": "YL-26-00417", "enclosed": False, "note": "wire"},
        {"for": "TE/1189/26", "enclosed": True, "note": None},
    ]


def test_value_of_one() -> None:  # 6
    kind = make("attachments", wants="Organization charts")
    assert kind.value("q", {"q_enclosed": True}) == [{"for": "Organization charts", "enclosed": True, "note": None}]
    assert kind.value("q", {"q_enclosed": False}) is None


def test_is_read() -> None:
    assert parse(make("attachments"), "wire, January 4", "note") == "wire, January 4"
    assert parse(make("attachments"), True) is True
    assert "where a tick is asked" in refusal(make("attachments"), "see below")


def test_cannot_be_prefilled() -> None:  # 7
    assert list(make("attachments", prefill="invoices").faults()) == [
        "attachments cannot be prefilled\nTake it out; what is to be sent is a list parameter (`for_each`)."
    ]
