"""A person or office to reach.

1. A control for each piece, in order, in rows of twelve; each is required but for the optional ones.
2. E-mail and telephone are kept with a doubt where they do not look like it.
3. The value has the pieces that were given.
4. One tick "Correct as shown" for all pieces.
5. A piece that there is not is a fault of the prefill.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formwright import layout
from formwright.text import clean
from kind_support import Lowered, doubted, make, parse, there_and_back

ALL = ["name", "title", "phone", "email", "address"]


def test_controls() -> None:  # 1
    lowered = Lowered(make("contact", fields=ALL))
    assert list(lowered.controls) == [f"q.{piece}" for piece in ALL]
    assert lowered.controls["q.phone"].name == "A.1, Telephone"
    assert [cell.required for cell in lowered.cells.values()] == [True] * 5
    assert [control.required for control in lowered.controls.values()] == [True] * 5
    rows = [len(block.blocks) if isinstance(block, layout.Group) else 1 for block in lowered.blocks]
    assert rows == [2, 2, 1]
    assert isinstance(lowered.controls["q.address"], layout.Area)


def test_optional_pieces_may_stay_empty() -> None:  # 1
    lowered = Lowered(make("contact", fields=ALL, optional=["title", "email"]))
    assert [cell.required for cell in lowered.cells.values()] == [True, False, True, False, True]
    assert [control.required for control in lowered.controls.values()] == [True, False, True, False, True]
    asked = Lowered(make("contact", fields=ALL, required=False))
    assert not any(cell.required for cell in asked.cells.values())


@pytest.mark.parametrize(
    ("optional", "said"),
    [(["address"], "is not one of name, title, phone"), (["name", "title", "phone"], "every field")],
)
def test_what_is_optional_is_a_field_and_not_every_one(optional: list[str], said: str) -> None:  # 1
    (fault,) = make("contact", optional=optional).faults()
    assert said in fault


def test_doubts() -> None:  # 2
    assert doubted(make("contact"), "call the office", "phone")[0] == "call the office"
    assert doubted(make("contact"), "dana", "email")[0] == "dana"
    assert parse(make("contact"), "Dana Whitfield", "name") == "Dana Whitfield"


def test_value() -> None:  # 3
    kind = make("contact")
    assert kind.value("q", {"q.name": "Dana", "q.phone": "555-0134"}) == {"name": "Dana", "phone": "555-0134"}
    assert kind.value("q", {}) is None


def test_one_tick() -> None:  # 4
    lowered = Lowered(make("contact"), prefill={"name": "Dana Whitfield", "phone": "555-0134"})
    assert [cell.confirm for cell in lowered.cells.values() if cell.role == "answer"] == ["q_confirm", "", "q_confirm"]
    assert lowered.controls["q_confirm"].name == "A.1: correct as shown"
    assert [control.known for key, control in lowered.controls.items() if key != "q_confirm"] == [True, False, True]


@pytest.mark.parametrize("value", ["Dana", {"fax": "555-0134"}, {"name": 7}])
def test_prefill_faults(value: object) -> None:  # 5
    assert len(list(make("contact").prefill_faults(value))) == 1


def test_faults() -> None:
    assert list(make("contact", fields=["name", "name"]).faults()) == [
        "the field 'name' occurs twice\nKeep one, or change one."
    ]


@given(
    st.dictionaries(
        st.sampled_from(["name", "title", "address"]), st.text(min_size=1).map(clean).filter(bool), min_size=1
    )
)
def test_there_and_back(value: dict[str, str]) -> None:
    assert there_and_back(make("contact", fields=["name", "title", "address"]), value) == value
