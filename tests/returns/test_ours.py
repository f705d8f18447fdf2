"""Our own fields in a return: what was typed over them is kept, and told with the question that stands there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from formwright.issue import Issue, Issued, IssuedFile
from formwright.kinds._base import Cell
from formwright.layout import Value
from formwright.raw import RawCell, RawReturn
from formwright.returns.ours import KINDS, set_aside
from record_cases import issue_of

TITLE = "A.4, What does your company do?"
BELOW = "B.1, supplier 2, Address"
TEXT = f"We import lamps and glass.\n\n{BELOW}\n12 Fanli Road, Taichung"
TOKEN = "Q-2027-0001:K1:000:AAAAAAAAAAAAAAAA"


def issued() -> tuple[Issue, IssuedFile]:
    """An issue of two questions, both of which go on over one sheet."""
    names = {"business": TITLE, "suppliers.r2.address": BELOW, "employees": "A.5, How many people?"}
    cells = tuple(
        Cell(key=key, item=key.split(".")[0], role="answer", control="area", name=name) for key, name in names.items()
    )
    texts = {"form.sheet1.title": TITLE, "form.sheet1.text": TEXT, "form.token": TOKEN}
    fields = [
        Issued(key=key, name=key.replace(".", ":"), kind="area", page=page, box=(0, 0, 1, 1), fixed=True, value=value)
        for (key, value), page in zip(texts.items(), (9, 9, 1), strict=True)
    ]
    file = IssuedFile(
        name="a.pdf", format="pdf", sha256="", size=1, layout_fingerprint="", pages=(), fields=tuple(fields)
    )
    return issue_of(cells), file


def came_back(**told: Any) -> RawReturn:
    """A return with an answer, in which our fields are as issued but for `told` (text, title, token)."""
    issue, file = issued()
    named = {"form.sheet1.text": "text", "form.sheet1.title": "title", "form.token": "token"}
    cells = [RawCell(key="employees", state="read", value="7")]
    for field in file.fields:
        cell = RawCell(key=field.key, state="read", value=field.value, page=field.page)
        cells.append(replace(cell, **told.get(named[field.key], {})))
    raw = RawReturn(format="pdf", method="acroform", producer="", cells=tuple(cells))
    return set_aside(raw, issue, file)


def value(text: Value) -> dict[str, Value]:
    return {"value": text}


def test_our_fields_make_no_cells_and_untouched_say_nothing() -> None:
    raw = came_back(text=value(TEXT.replace("\n", "\r\n") + "\r"))
    assert [cell.key for cell in raw.cells] == ["employees"]
    assert (raw.strays, raw.problems) == ((), ())


def test_a_changed_sheet_keeps_all_that_stands_there_and_names_the_question_that_was_changed() -> None:
    there = TEXT.replace("lamps", "lamps, rugs")
    raw = came_back(text=value(there))
    assert [(one.name, one.value, one.page, one.kind) for one in raw.strays] == [
        ("continuation sheet 1", there, 9, "continuation sheet")
    ]
    (problem,) = raw.problems
    assert (problem.code, problem.severity, problem.key) == ("altered_fixed", "error", "business")
    assert problem.message == (
        f"Continuation sheet 1 (page 9), which continues {TITLE}: “lamps, rugs” stands where we printed “lamps”. "
        "Ours stands."
    )
    assert problem.fix == (
        "If it is an answer, enter it: formwright answer Q-2027-0001 business VALUE --by NAME --why TEXT"
    )


def test_what_is_added_at_the_end_belongs_to_the_last_question_of_a_sheet() -> None:
    (problem,) = came_back(text=value(TEXT + "\nand 3 Shifan Road")).problems
    assert problem.key == "suppliers.r2.address"
    assert "“Taichung and 3 Shifan Road” stands where we printed “Taichung”" in problem.message


def test_a_change_across_two_questions_names_both_and_no_key() -> None:
    (problem,) = came_back(text=value("All new")).problems
    assert (problem.key, f"continues {TITLE}; {BELOW}:" in problem.message) == ("", True)
    assert "formwright answer Q-2027-0001 KEY VALUE" in problem.fix


def test_an_emptied_sheet_is_told_and_holds_nothing() -> None:
    raw = came_back(text=value(""))
    assert raw.strays == ()
    assert raw.problems[0].message.endswith(": our text was taken out. Ours stands.")


def test_a_sheet_that_is_not_in_the_return_says_nothing() -> None:
    raw = came_back(text={"state": "missing", "value": None})
    assert (raw.strays, raw.problems) == ((), ())


def test_what_cannot_be_read_on_a_sheet_is_told() -> None:
    raw = came_back(title={"state": "unread", "value": None})
    assert raw.strays == ()
    assert "there is something here that can't be read by a machine" in raw.problems[0].message
    assert raw.problems[0].key == "business"


def test_each_of_several_texts_of_one_sheet_is_kept() -> None:
    raw = came_back(text={"state": "conflict", "value": None, "values": (TEXT, "One", "Two")})
    assert [stray.value for stray in raw.strays] == ["One", "Two"]
    assert "“One” and “Two”" in raw.problems[0].message


def test_what_was_typed_into_the_field_of_the_code_is_kept() -> None:
    raw = came_back(token={"state": "conflict", "value": None, "values": (TOKEN, "Call me")})
    assert [(one.name, one.value, one.kind) for one in raw.strays] == [("the form's code", "Call me", "code")]
    (problem,) = raw.problems
    assert (problem.code, problem.key) == ("altered_fixed", "")
    assert problem.message.startswith("The form's own code, a field that no page shows: “Call me” stands where")
    assert {stray.kind for stray in raw.strays} < KINDS
