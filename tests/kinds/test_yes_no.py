"""Yes or no.

1. One OneOf, two ticks.
2. `explain_on` brings a follow block "If no, explain." with an Area that is asked only after that answer.
3. Several codes, and words of the definition's own, in place of "If no, explain."
4. The words of the form's languages are read; nothing else.
5. In a grid the explanation stands in the same cell, with its words as label.
6. A code that is no answer is a fault; so are true and false without quotes.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from formwright import layout
from formwright.layout import Run
from kind_support import Lowered, attempt, make, only, parse, refusal, there_and_back


def test_two_ticks() -> None:  # 1
    one = only(Lowered(make("yes_no")))
    assert isinstance(one, layout.OneOf)
    assert [(option.code, option.label) for option in one.options] == [("yes", "Yes"), ("no", "No")]
    assert (one.style, one.stacked, one.required) == ("ticks", False, True)


def test_explanation() -> None:  # 2
    lowered = Lowered(make("yes_no", explain_on="no"))
    follow = lowered.blocks[1]
    assert isinstance(follow, layout.Group)
    assert (follow.role, follow.runs) == ("follow", (Run("If no,", "strong"), Run(" explain.")))
    area = lowered.controls["q_explain"]
    assert isinstance(area, layout.Area)
    assert (area.name, area.lines, area.required) == ("A.1, If no, explain.", 3, False)
    place = lowered.cells["q_explain"]
    assert (place.role, place.follows, place.on, place.required) == ("explain", "q", ("no",), True)


def test_both_answers_explained() -> None:  # 3
    group = Lowered(make("yes_no", explain_on=["yes", "no"])).blocks[1]
    assert isinstance(group, layout.Group)
    assert group.runs[0] == Run("If yes or no,", "strong")
    own = Lowered(make("yes_no", explain_on=["yes", "no"], explain="Please explain.")).blocks[1]
    assert isinstance(own, layout.Group)
    assert own.runs == (Run("Please explain."),)


@pytest.mark.parametrize("word", ["yes", "Yes", "YES ", "y", "true", "Sí", "si", "ｙｅｓ"])
def test_yes(word: str) -> None:  # 4
    assert parse(make("yes_no"), (word,)) == "yes"


@pytest.mark.parametrize("word", ["no", "No", "n", "FALSE"])
def test_no(word: str) -> None:  # 4
    assert parse(make("yes_no"), (word,)) == "no"


@pytest.mark.parametrize("word", ["x", "maybe", "ja", "yes and no", "n/a", "1"])
def test_anything_else(word: str) -> None:  # 4
    assert refusal(make("yes_no"), (word,)) == f"“{word}” is not one of the answers. Choose one of: Yes, No."


def test_in_a_grid() -> None:  # 5
    lowered = Lowered(make("yes_no", explain_on="yes"), in_grid=True)
    assert lowered.controls["q_explain"].label == "If yes, explain."
    assert [type(block).__name__ for block in lowered.blocks] == ["Field", "Field"]


def test_faults() -> None:  # 6
    (fault,) = make("yes_no", explain_on="maybe").faults()
    assert "'maybe', which is not one of yes, no" in fault
    with pytest.raises(ValidationError, match="Put it in quotes"):
        make("yes_no", explain_on=False)
    assert list(make("yes_no").prefill_faults("na")) == ["'na' is not one of yes, no"]


@given(st.text() | st.booleans() | st.tuples(st.text(), st.text()))
def test_never_fails_otherwise(raw: str | bool | tuple[str, ...]) -> None:
    answer = attempt(make("yes_no"), raw)
    assert answer is None or answer.value in ("yes", "no")


@pytest.mark.parametrize("code", ["yes", "no"])
def test_there_and_back(code: str) -> None:
    assert there_and_back(make("yes_no"), code) == code
