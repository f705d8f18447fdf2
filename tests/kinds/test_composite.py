"""One question made of several parts.

1. Parts stand one below the other, each a Group with its words; without words of the whole they are strong questions,
   but for those whose source is ours.
2. Consecutive labelled yes/no parts without explanation are ONE Grid of lines; one alone, or with help, is not.
3. Side by side: one row of labelled fields, one tick to confirm them all.
4. A part asked after another part's answer: set in where it is a label; "Answer only if ..." unless "If yes," says it.
5. Names: number and part; a long question is not said again for each of its pieces, its place is.
6. Value, findings and prefill by part.
7. Faults; what a part cannot be.
8. An info part is words.
"""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from formwright import layout
from formwright.kinds._base import Lowering
from kind_support import Lowered, findings, make

NAME = {"id": "name", "kind": "text", "text": "Full name", "width": 8}
NUMBER = {"id": "number", "kind": "text", "text": "Number", "width": 4}
LONG = "Does the account, or any of its affiliates, pay or receive anything beyond the invoice?"


def yes_no(id: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "kind": "yes_no", "text": f"{id}?", **fields}


def composite(*parts: dict[str, Any], **fields: Any) -> Any:
    return make("composite", parts=list(parts), **fields)


def groups(lowered: Lowered) -> list[layout.Group]:
    return [block for block in lowered.blocks if isinstance(block, layout.Group)]


def test_stacked() -> None:  # 1
    lowered = Lowered(composite(NAME, {**NUMBER, "label": "a", "help": "Nine digits"}))
    first, second = groups(lowered)
    assert (first.role, first.number, first.strong, first.runs[0].text) == ("part", "", False, "Full name")
    assert (second.number, second.help[0].text) == ("a", "Nine digits")
    assert list(lowered.controls) == ["q.name", "q.number"]
    assert lowered.cells["q.number"].path == ("number",)


def test_strong_questions() -> None:  # 1
    parts = groups(Lowered(composite(NAME, {**NUMBER, "source": "ours"}, text="")))
    assert [part.strong for part in parts] == [True, False]


def test_stacked_parts_confirm_each() -> None:
    lowered = Lowered(composite(NAME, NUMBER), prefill={"number": "7"})
    assert list(lowered.controls) == ["q.name", "q.number", "q.number_confirm"]
    assert lowered.controls["q.number_confirm"].name == "A.1, Number: correct as shown"


def test_lines() -> None:  # 2
    parts = [yes_no(name, label=name) for name in ("a", "b", "c", "e")]
    lowered = Lowered(composite(*parts, {"id": "tail", "kind": "paragraph", "text": "Which?"}))
    grid, tail = lowered.blocks
    assert isinstance(grid, layout.Grid)
    assert isinstance(tail, layout.Group)
    assert (grid.role, len(grid.columns), grid.columns[0].title) == ("lines", 1, "")
    assert [(row.id, row.number, row.head) for row in grid.rows] == [
        ("a", "a", "a?"), ("b", "b", "b?"), ("c", "c", "c?"), ("e", "e", "e?"),
    ]  # fmt: skip
    assert lowered.names()["q.e"] == "A.1 e, e?"
    assert lowered.controls["q.a"].required
    assert lowered.cells["q.a"].row == ""


def test_known_lines() -> None:  # 2
    lowered = Lowered(composite(yes_no("a", label="a"), yes_no("b", label="b")), prefill={"b": "no"})
    (grid,) = lowered.blocks
    assert isinstance(grid, layout.Grid)
    assert [len(row.cells[1]) for row in grid.rows] == [0, 1]
    assert lowered.cells["q.b"].confirm == "q.b_confirm"


@pytest.mark.parametrize(
    "second", [yes_no("b"), yes_no("b", label="b", explain_on="yes"), yes_no("b", label="b", help="h"), NAME]
)
def test_no_lines(second: dict[str, Any]) -> None:  # 2
    lowered = Lowered(composite(yes_no("a", label="a"), second))
    assert [type(block).__name__ for block in lowered.blocks] == ["Group", "Group"]


def test_side_by_side() -> None:  # 3
    lowered = Lowered(composite(NAME, NUMBER, arrange="row"), prefill={"name": "Lantern & Loom"})
    row, confirm = lowered.blocks
    assert isinstance(row, layout.Group)
    assert isinstance(confirm, layout.Field)
    assert row.role == "row"
    assert [(field.label, field.width) for field in (lowered.controls["q.name"], lowered.controls["q.number"])] == [
        ("Full name", 8), ("Number", 4),
    ]  # fmt: skip
    assert confirm.control.key == "q_confirm"
    assert lowered.cells["q.name"].confirm == "q_confirm"


def test_follows_and_says_so() -> None:  # 4
    parts = [
        yes_no("formal"),
        {**NAME, "text": "**If yes,** which?", "show_when": 'q.formal == "yes"'},
        {**NUMBER, "text": "**If no,** why?", "show_when": 'q.formal == "no"'},
    ]
    lowered = Lowered(composite(*parts))
    assert [group.role for group in groups(lowered)] == ["part", "follow", "follow"]
    assert groups(lowered)[2].runs[0] == layout.Run("If no,", "strong")
    assert not any(isinstance(block, layout.Para) for group in groups(lowered) for block in group.blocks)
    assert lowered.cells["q.number"].when == ('q.formal == "no"',)
    assert lowered.cells["q.number"].required
    assert not lowered.controls["q.number"].required


def test_follows_without_saying_so() -> None:  # 4
    out = Lowering(language="en", only_if=lambda text: {'q.formal == "yes"': "A.1 is Yes"}[text])
    parts = [yes_no("formal"), {**NAME, "show_when": 'q.formal == "yes"'}]
    label = groups(Lowered(composite(*parts), out=out))[1]
    help_ = label.blocks[0]
    assert isinstance(help_, layout.Para)
    assert (label.role, help_.role, help_.runs[0].text) == ("follow", "help", "Answer only if A.1 is Yes.")
    strong = groups(Lowered(composite(*parts, text=""), out=out))[1]
    assert (strong.role, strong.strong, strong.help[0].text) == ("part", True, "Answer only if A.1 is Yes.")


def test_if_yes_far_from_its_question() -> None:  # 4
    parts = [yes_no("formal"), NAME, {**NUMBER, "text": "**If yes,** which?", "show_when": 'q.formal == "yes"'}]
    help_ = groups(Lowered(composite(*parts)))[2].blocks[0]
    assert isinstance(help_, layout.Para)
    assert help_.runs[0].text.startswith("Answer only if")


def test_asked_by_another_item() -> None:  # 4
    part = {**NAME, "text": "**If yes,** which?", "show_when": 'other == "yes"'}
    group = groups(Lowered(composite(yes_no("formal"), part)))[1]
    assert (group.role, group.help[0].text) == ("part", 'Answer only if other == "yes".')


def test_names() -> None:  # 5
    parts = [yes_no("beyond", text=LONG, explain_on="yes"), yes_no("title", explain_on="no")]
    names = Lowered(composite(*parts)).names()
    assert names == {
        "q.beyond": f"A.1, {LONG}",
        "q.beyond_explain": "A.1, part 1, If yes, explain.",
        "q.title": "A.1, title?",
        "q.title_explain": "A.1, title?, If no, explain.",
    }


def test_same_words_twice() -> None:  # 5
    names = Lowered(composite(NAME, {**NAME, "id": "again"})).names()
    assert names == {"q.name": "A.1, Full name", "q.again": "A.1, Full name (2)"}


def test_value_and_findings() -> None:  # 6
    kind = composite(NAME, {"id": "period", "kind": "date_range", "text": "Period"})
    answers = {"q.name": "x", "q.period.from": "2027-02-01", "q.period.to": "2027-01-01"}
    assert kind.value("q", answers) == {"name": "x", "period": {"from": "2027-02-01", "to": "2027-01-01"}}
    assert kind.value("q", {"q_confirm": True}) is None
    assert findings(kind, answers) == [("from_after_to", "q.period.to")]
    assert kind.leaf(("period",)).kind == "date_range"


def test_optional_whole() -> None:  # 6
    assert not any(cell.required for cell in Lowered(composite(NAME, NUMBER, required=False)).cells.values())


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("x", "a mapping, part: value"),
        ({"nmae": "x"}, "there is no part 'nmae'"),
        ({"name": 7}, "name: 7 is not a text"),
    ],
)
def test_prefill_faults(value: Any, said: str) -> None:  # 6
    assert list(composite(NAME, NUMBER).prefill_faults({"name": "x", "number": None})) == []
    (fault,) = composite(NAME, NUMBER).prefill_faults(value)
    assert said in fault


@pytest.mark.parametrize(
    ("parts", "fields", "said"),
    [
        ([], {}, "at least one part"),
        ([NAME, NAME], {}, "the part 'name' occurs twice"),
        ([{"id": "name", "kind": "text"}], {}, "the part 'name' needs a `text`"),
        ([{"id": "who", "kind": "contact", "text": "Who"}], {"arrange": "row"}, "the part 'who' is not one field"),
        ([yes_no("a", explain_on="no")], {"arrange": "row"}, "the part 'a' is not one field"),
        ([{**NAME, "show_when": 'x == "y"'}], {"arrange": "row"}, "the part 'name' has show_when"),
        ([{**NAME, "id": "b" * 32, "kind": "contact", "fields": ["address"]}], {"id": "a" * 32}, "64 are allowed"),
    ],
)
def test_faults(parts: list[dict[str, Any]], fields: dict[str, Any], said: str) -> None:  # 7
    assert any(said in fault for fault in composite(*parts, **fields).faults())


@pytest.mark.parametrize("kind", ["composite", "certification"])
def test_what_a_part_cannot_be(kind: str) -> None:  # 7
    with pytest.raises(ValidationError, match=f"a part cannot be of kind {kind}\nMake it an item of its own"):
        composite({"id": "x", "kind": kind, "text": "X", **({"parts": []} if kind == "composite" else {})})


def test_info_part() -> None:  # 8
    para, part = Lowered(composite({"id": "hint", "kind": "info", "text": "Of **all** ports"}, NAME)).blocks
    assert isinstance(para, layout.Para)
    assert isinstance(part, layout.Group)
    assert para.runs[1] == layout.Run("all", "strong")
