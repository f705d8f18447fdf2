"""A table with rows that the account adds to.

1. Known rows first (known, tinted, each with a tick in the last column), then spare rows whose last cell is empty.
2. Without known rows there is no column "Correct as shown", and no word of shaded rows.
3. Names say number, row and column: "A.1, officer 1, Name".
4. A viewer enforces the required columns of a known row, and no cell of a spare one; the record asks for them once
   something stands in the row.
5. The value has the rows with something in them; an empty tick alone is nothing; added rows are taken too.
6. `max_rows` and `min_rows` bound the rows that are printed; fewer than `min_rows` filled in: `too_few_rows`.
7. Below the threshold: `below_threshold`, for information.
8. Faults of columns, threshold and bounds; faults of a prefill.
"""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from formwright import layout
from formwright.layout import Column
from kind_support import Lowered, findings, make

COLUMNS = [{"id": "name", "kind": "text", "text": "Name"}, {"id": "title", "kind": "text", "text": "Title"}]
KNOWN = [
    {"_id": "p1", "name": "Rosalind Achterberg", "title": "President"},
    {"_id": "p2", "name": "Tomasz Okonkwo-Lindqvist", "title": None},
]
LONG = {
    "id": "a" * 32, "kind": "choice", "text": "A",
    "options": [{"code": "c" * 25, "text": "C"}, {"code": "d", "text": "D"}],
}  # fmt: skip
SHARE = {"id": "share", "kind": "percent", "text": "% of value"}


def table(**fields: Any) -> Any:
    return make("table", **{"columns": COLUMNS, "row_name": "officer", **fields})


def grid(lowered: Lowered) -> layout.Grid:
    found = lowered.blocks[0]
    assert isinstance(found, layout.Grid)
    return found


def test_known_rows_first() -> None:  # 1
    lowered = Lowered(table(), prefill=KNOWN)
    made = grid(lowered)
    assert (made.role, made.repeating, made.known_rows, made.number) == ("write", True, 2, "A.1")
    assert made.columns == (
        Column(title="Name", width=6),
        Column(title="Title", width=6),
        Column(title="Correct as shown", width=2, tick=True),
    )
    assert [(row.id, row.number, row.known) for row in made.rows] == [
        ("r1", "1", True), ("r2", "2", True), ("r3", "3", False), ("r4", "4", False), ("r5", "5", False),
    ]  # fmt: skip
    assert [len(row.cells[2]) for row in made.rows] == [1, 1, 0, 0, 0]
    assert lowered.values == {
        "q.r1.name": "Rosalind Achterberg",
        "q.r1.title": "President",
        "q.r2.name": "Tomasz Okonkwo-Lindqvist",
    }
    assert lowered.cells["q.r1.name"].confirm == "q.r1_confirm"
    assert lowered.cells["q.r2.title"].confirm == ""


def test_help() -> None:  # 1, 2
    def said(lowered: Lowered) -> str:
        para = lowered.blocks[1]
        assert isinstance(para, layout.Para)
        assert para.role == "help"
        return "".join(run.text for run in para.runs)

    shaded = "Shaded rows: as we know it on the date of issue. "
    assert said(Lowered(table(), prefill=KNOWN)) == shaded + "More rows? Attach a list and mark it A.1."
    assert said(Lowered(table(rows_name="officers"))) == "More officers? Attach a list and mark it A.1."


def test_nothing_known() -> None:  # 2
    made = grid(Lowered(table()))
    assert [column.title for column in made.columns] == ["Name", "Title"]
    assert [len(row.cells) for row in made.rows] == [2, 2, 2]


def test_names() -> None:  # 3
    lowered = Lowered(table(), prefill=KNOWN)
    names = lowered.names()
    assert (names["q.r1.name"], names["q.r5.title"]) == ("A.1, officer 1, Name", "A.1, officer 5, Title")
    assert names["q.r2_confirm"] == "A.1, officer 2: correct as shown"
    assert grid(lowered).name == "A.1, What is asked?"
    assert Lowered(table(row_name="")).names()["q.r1.name"] == "A.1, row 1, Name"


def test_required() -> None:  # 4
    optional = [COLUMNS[0], {**COLUMNS[1], "required": False}]
    lowered = Lowered(table(columns=optional, required=False), required=False)
    assert not any(control.required for control in lowered.controls.values())
    assert [cell.required for cell in lowered.cells.values()] == [True, False] * 3
    known = Lowered(table(columns=optional, required=False, spare=1), KNOWN, required=False)
    enforced = {key: control.required for key, control in known.controls.items()}
    assert [key for key, required in enforced.items() if required] == ["q.r1.name", "q.r2.name"]
    asked = Lowered(table(columns=optional), KNOWN, when=('gate == "yes"',))
    assert not any(control.required for control in asked.controls.values())
    assert lowered.cells["q.r2.name"].row == "r2"
    assert lowered.cells["q.r2.name"].path == ("name",)


def test_value() -> None:  # 5
    kind = table(columns=[*COLUMNS, {"id": "copy", "kind": "tick", "text": "Copy"}])
    answers = {
        "q.r2.name": "Tomasz", "q.r1.copy": False, "q.r10.title": "Clerk", "q.r9.copy": True, "q.r3_confirm": True,
        "other.r1.name": "x",
    }  # fmt: skip
    assert kind.value("q", answers) == [
        {"_row": "r2", "name": "Tomasz"},
        {"_row": "r9", "copy": True},
        {"_row": "r10", "title": "Clerk"},
    ]
    assert kind.value("q", {"q.r1.copy": False}) is None


@pytest.mark.parametrize(
    ("fields", "known", "rows"),
    [
        ({"spare": 3, "max_rows": 3}, 2, 3),
        ({"max_rows": 2}, 2, 2),
        ({"spare": 1, "min_rows": 5}, 0, 5),
        ({"spare": 0}, 2, 2),
    ],
)
def test_rows(fields: dict[str, int], known: int, rows: int) -> None:  # 6
    lowered = Lowered(table(**fields), prefill=KNOWN[:known])
    assert len(grid(lowered).rows) == rows
    full = rows == fields.get("max_rows")
    assert any("More rows?" in run.text for block in lowered.blocks[1:] for run in block.runs) is not full  # type: ignore[union-attr]


def test_too_few_rows() -> None:  # 6
    assert findings(table(), {}) == [("too_few_rows", "q")]
    assert findings(table(required=False), {}) == []
    assert findings(table(min_rows=2), {"q.r1.name": "x"}) == [("too_few_rows", "q")]
    assert findings(table(min_rows=2), {"q.r1.name": "x", "q.r4.name": "y"}) == []


def test_below_threshold() -> None:  # 7
    threshold = {"column": "share", "least": 10, "text": "percent of total entered value"}
    kind = table(columns=[COLUMNS[0], SHARE], threshold=threshold)
    answers = {"q.r1.share": "34", "q.r2.share": "9.99", "q.r3.share": "10", "q.r4.name": "no share"}
    (finding,) = kind.findings("q", answers)
    assert (finding.code, finding.key) == ("below_threshold", "q.r2.share")
    assert finding.message == "9.99 is below the 10 percent of total entered value from which rows are asked for."


def test_findings_of_columns() -> None:
    kind = table(columns=[{"id": "period", "kind": "date_range", "text": "Period"}])
    answers = {"q.r2.period.from": "2027-02-01", "q.r2.period.to": "2027-01-01"}
    assert findings(kind, answers) == [("from_after_to", "q.r2.period.to")]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"columns": []}, "at least one column"),
        ({"columns": [COLUMNS[0], COLUMNS[0]]}, "the column 'name' occurs twice"),
        ({"columns": [{"id": "name", "kind": "text"}]}, "needs a `text`"),
        ({"columns": [{**COLUMNS[0], "show_when": 'a == "b"'}]}, "cannot have show_when"),
        ({"columns": [{**COLUMNS[0], "prefill": "name"}]}, "cannot be prefilled alone"),
        ({"threshold": {"column": "share", "least": "10"}}, "'share' is not one of name, title"),
        ({"threshold": {"column": "name", "least": "10"}}, "is no number: its kind is text"),
        ({"columns": [SHARE], "threshold": {"column": "share", "least": "ten"}}, "least 'ten' is no number"),
        ({"min_rows": 5, "max_rows": 4}, "max_rows 4 is less than min_rows 5"),
        ({"spare": 0}, "there are no rows"),
        ({"columns": [LONG]}, "has 65 characters, 64 are allowed"),
    ],
)  # fmt: skip
def test_faults(fields: dict[str, Any], said: str) -> None:  # 8
    assert any(said in fault for fault in table(**fields).faults())


def test_no_faults() -> None:  # 8
    kind = table(columns=[SHARE], threshold={"column": "share", "least": "{param:share}"})
    assert list(kind.faults()) == []
    assert list(table().faults()) == []


def test_a_column_is_a_leaf() -> None:  # 8
    with pytest.raises(ValidationError, match="a column cannot be of kind table\nA column's kind is one of: choice"):
        table(columns=[{"id": "x", "kind": "table", "text": "X", "columns": COLUMNS}])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"name": "x"}, "a list of mappings"),
        (["x"], "a list of mappings"),
        ([{"nmae": "x"}], "row 1: there is no column 'nmae'; there are name, title"),
        ([{}, {"name": 7}], "row 2, name: 7 is not a text"),
        ([{"name": "x"}] * 7, "there are 7 rows, 6 are allowed"),
    ],
)
def test_prefill_faults(value: Any, said: str) -> None:  # 8
    assert any(said in fault for fault in table(max_rows=6).prefill_faults(value))
    assert list(table().prefill_faults(KNOWN)) == []
