"""A table with fixed rows, as C.3 of the questionnaire: six areas, what is done, who accounts for it, a flowchart.

1. Rows have heads; the first column's head is `row_title`.
2. An optional row has a tick "Does not apply" under its head; its cells are asked while that tick is off.
3. Known rows are tinted and have a tick to confirm in the last column.
4. The value has the rows with something in them, and `na` where it is ticked.
5. A row that does not apply and has answers is a finding.
6. Faults: no rows, doubled rows, a column called `na` beside optional rows; of a prefill.
"""

from __future__ import annotations

from typing import Any

import pytest

from formwright import layout
from kind_support import Lowered, findings, make, parse, refusal

ROWS = [{"id": "purchase", "text": "Purchase"}, {"id": "export", "text": "Export, if any", "optional": True}]
COLUMNS = [
    {"id": "activities", "kind": "paragraph", "text": "Activities", "lines": 4},
    {"id": "chart", "kind": "tick", "text": "Flowchart attached"},
]


def matrix(**fields: Any) -> Any:
    return make("matrix", **{"rows": ROWS, "columns": COLUMNS, "row_title": "Area", **fields})


def grid(lowered: Lowered) -> layout.Grid:
    (found,) = lowered.blocks
    assert isinstance(found, layout.Grid)
    return found


def test_rows() -> None:  # 1
    lowered = Lowered(matrix())
    made = grid(lowered)
    assert (made.role, made.row_title, made.repeating) == ("matrix", "Area", False)
    assert [(row.id, row.head) for row in made.rows] == [("purchase", "Purchase"), ("export", "Export, if any")]
    assert [column.tick for column in made.columns] == [False, True]
    assert lowered.names()["q.purchase.activities"] == "A.1, Purchase, Activities"
    assert lowered.controls["q.purchase.activities"].required
    assert lowered.controls["q.purchase.activities"].lines == 4
    assert lowered.cells["q.purchase.activities"].path == ("activities",)


def test_optional_row() -> None:  # 2
    lowered = Lowered(matrix())
    purchase, export = grid(lowered).rows
    assert purchase.under == ()
    (tick,) = export.under
    assert (tick.key, tick.label, tick.name) == ("q.export.na", "Does not apply", "A.1, Export, if any, Does not apply")
    cell = lowered.cells["q.export.activities"]
    assert (cell.follows, cell.on, cell.required) == ("q.export.na", ("off",), True)
    assert not lowered.controls["q.export.activities"].required
    na = lowered.cells["q.export.na"]
    assert (na.role, na.path, na.field, na.row, na.required, na.follows) == ("answer", (), "na", "export", False, "")


def test_tick_is_read() -> None:  # 2
    assert parse(matrix(), True, "na") is True
    assert "where a tick is asked" in refusal(matrix(), "not us", "na")


def test_known_rows() -> None:  # 3
    lowered = Lowered(matrix(), prefill={"purchase": {"activities": "By order"}})
    made = grid(lowered)
    assert [row.known for row in made.rows] == [True, False]
    assert [len(row.cells[-1]) for row in made.rows] == [1, 0]
    assert lowered.cells["q.purchase.activities"].confirm == "q.purchase_confirm"
    assert made.columns[-1].title == "Correct as shown"


def test_value() -> None:  # 4
    kind = matrix()
    answers = {"q.purchase.activities": "x", "q.purchase.chart": False, "q.export.na": True}
    assert kind.value("q", answers) == {"purchase": {"activities": "x", "chart": False}, "export": {"na": True}}
    assert kind.value("q", {"q.export.na": False, "q.purchase.chart": False}) is None


def test_na_but_answered() -> None:  # 5
    assert findings(matrix(), {"q.export.na": True, "q.export.activities": "x"}) == [("na_but_answered", "q.export.na")]
    assert findings(matrix(), {"q.export.na": True, "q.export.chart": False}) == []
    assert findings(matrix(), {"q.export.activities": "x"}) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"rows": []}, "at least one row"),
        ({"rows": [ROWS[0], ROWS[0]]}, "the row 'purchase' occurs twice"),
        ({"columns": [{"id": "na", "kind": "text", "text": "N"}]}, "taken by the tick of optional rows"),
    ],
)
def test_faults(fields: dict[str, Any], said: str) -> None:  # 6
    assert any(said in fault for fault in matrix(**fields).faults())
    assert list(matrix().faults()) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([{"purchase": "x"}], "a mapping, row: {column: value}"),
        ({"sale": {}}, "there is no row 'sale'"),
        ({"purchase": {"chart": "x"}}, "row purchase, chart: 'x' is not true or false"),
        ({"purchase": {"acts": "x"}}, "row purchase: there is no column 'acts'"),
    ],
)
def test_prefill_faults(value: Any, said: str) -> None:  # 6
    assert any(said in fault for fault in matrix().prefill_faults(value))
