"""A text of several lines.

1. One Area of the lines that the definition says: 3 if it says none, 2 in a grid.
2. Lines end in LF, whatever the program wrote; nothing else is changed.
3. More than `max_length` characters: invalid.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formwright import layout
from formwright.text import clean
from kind_support import Lowered, make, only, parse, refusal, there_and_back


@pytest.mark.parametrize(("fields", "at", "lines"), [({}, {}, 3), ({"lines": 9}, {}, 9), ({}, {"in_grid": True}, 2)])
def test_one_area(fields: dict[str, int], at: dict[str, bool], lines: int) -> None:  # 1
    area = only(Lowered(make("paragraph", **fields), **at))
    assert isinstance(area, layout.Area)
    assert area.lines == lines


def test_lines() -> None:  # 2
    assert parse(make("paragraph"), "88 Sample Road\r\nNingbo\rChina ") == "88 Sample Road\nNingbo\nChina"


def test_too_long() -> None:  # 3
    assert "This has 6 characters; 5 are allowed" in refusal(make("paragraph", max_length=5), "123456")


@given(st.text(min_size=1).map(clean).filter(bool))
def test_there_and_back(text: str) -> None:
    assert there_and_back(make("paragraph"), text) == text
