"""A statement to sign.

1. The statement, then name and title, then signature and date, in the widths of the look.
2. Several signers have keys of their own.
3. The signature is a cell that does not fold; the date is read like a date.
4. It needs a statement, and cannot be prefilled.
"""

from __future__ import annotations

import pytest

from formwright import layout
from kind_support import Lowered, make, parse, refusal

KIND = make("certification", text="To the best of my knowledge, this is complete and correct.")


def test_block() -> None:  # 1
    lowered = Lowered(KIND, number="", spoken="")
    (group,) = lowered.blocks
    assert isinstance(group, layout.Group)
    assert (group.role, group.title) == ("certification", "Certification")
    assert group.runs[0].text == "To the best of my knowledge, this is complete and correct."
    assert [[(field.control.label, field.control.width) for field in row.blocks] for row in group.blocks] == [  # type: ignore[union-attr]
        [("Printed name", 6), ("Title", 6)],
        [("Signature (type your name, or sign here on paper)", 9), ("Date (month / day / year)", 3)],
    ]
    assert lowered.names()["q.name"] == "Certification, Printed name"
    assert isinstance(lowered.controls["q.signature"], layout.Blank)


def test_signers() -> None:  # 2
    lowered = Lowered(make("certification", signers=2))
    assert list(lowered.controls)[:5] == ["q.s1.name", "q.s1.title", "q.s1.signature", "q.s1.date", "q.s2.name"]
    assert lowered.names()["q.s2.date"] == "A.1, signer 2, Date (month / day / year)"
    answers = {"q.s1.name": "Dana", "q.s2.date": "2027-02-26"}
    assert make("certification", signers=2).value("q", answers) == {
        "s1": {"name": "Dana"},
        "s2": {"date": "2027-02-26"},
    }


def test_value() -> None:  # 3
    answers = {"q.name": "Dana", "q.signature": "Dana", "q.date": "2027-02-26"}
    assert KIND.value("q", answers) == {"name": "Dana", "date": "2027-02-26"}
    assert KIND.value("q", {"q.signature": "Dana"}) is None
    assert Lowered(KIND).cells["q.signature"].role == "signature"
    assert parse(KIND, "2/26/2027", "date") == "2027-02-26"
    assert "two digits" in refusal(KIND, "2/26/27", "date")
    assert parse(KIND, " Dana ", "name") == "Dana"


@pytest.mark.parametrize("required", [True, False])
def test_required(required: bool) -> None:  # 3
    cells = Lowered(make("certification", required=required)).cells.values()
    assert {cell.required for cell in cells} == {required}


def test_faults() -> None:  # 4
    assert list(make("certification", text="").faults()) == [
        "a certification needs a `text`: the statement that is signed\nWrite one."
    ]
    never = ["a certification cannot be prefilled\nTake it out; who signs writes the name."]
    assert list(KIND.prefill_faults({"name": "Dana"})) == never
    assert list(make("certification", text="T", prefill="contacts.primary").faults()) == never
