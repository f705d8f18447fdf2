"""Yes, no, or not applicable.

1. Three ticks.
2. n/a and its like are read beside yes and no.
3. An explanation may be asked after "not applicable" too.
"""

from __future__ import annotations

import pytest

from formwright import layout
from formwright.layout import Run
from kind_support import Lowered, make, only, parse, refusal, there_and_back


def test_three_ticks() -> None:  # 1
    one = only(Lowered(make("yes_no_na")))
    assert isinstance(one, layout.OneOf)
    assert [option.label for option in one.options] == ["Yes", "No", "Not applicable"]


@pytest.mark.parametrize("word", ["na", "N/A", "n.a.", "not applicable", "Does not apply", "no aplica"])
def test_not_applicable(word: str) -> None:  # 2
    assert parse(make("yes_no_na"), (word,)) == "na"


def test_anything_else() -> None:  # 2
    assert "Choose one of: Yes, No, Not applicable." in refusal(make("yes_no_na"), ("none",))


def test_explanation() -> None:  # 3
    lowered = Lowered(make("yes_no_na", explain_on=["no", "na"]))
    group = lowered.blocks[1]
    assert isinstance(group, layout.Group)
    assert group.runs[0] == Run("If no or not applicable,", "strong")
    assert lowered.cells["q_explain"].on == ("no", "na")


@pytest.mark.parametrize("code", ["yes", "no", "na"])
def test_there_and_back(code: str) -> None:
    assert there_and_back(make("yes_no_na"), code) == code
