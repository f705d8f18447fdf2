"""A share in percent.

1. One short Line that says "Percent", unless its words have the sign.
2. Read with or without sign; from 0 to 100 unless the definition says else.
3. A fraction without sign is read as it is, with a doubt: 0.34 may be meant for 34 percent.
4. Three decimals are a share, never thousands.
5. What we know is shown with its sign, so that a fraction reads one way only.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formwright import layout
from kind_support import Lowered, attempt, doubted, make, only, parse, refusal, there_and_back


def test_line() -> None:  # 1
    line = only(Lowered(make("percent")))
    assert isinstance(line, layout.Line)
    assert (line.hint, line.label, line.width) == ("percent", "Percent", 2)
    assert make("percent", text="% of value").head("en") == "% of value"
    assert make("percent", text="Share").head("en") == "Share (percent)"


@pytest.mark.parametrize("text", ["34", "34 %", "34%", "34 percent", "34 per cent", "34.0", "３４％"])
def test_is_read(text: str) -> None:  # 2
    assert parse(make("percent"), text) == "34"


def test_bounds() -> None:  # 2
    assert refusal(make("percent"), "101") == "This is more than 100. Write a number from 0 to 100."
    assert refusal(make("percent"), "-1") == "This is less than 0. Write a number from 0 to 100."
    assert parse(make("percent", max=None), "250%") == "250"
    assert refusal(make("percent", max=None), "-1") == "This is less than 0. Write at least 0."
    assert refusal(make("percent", min=None), "101") == "This is more than 100. Write at most 100."


def test_fraction() -> None:  # 3
    assert doubted(make("percent"), "0.34") == ("0.34", "Is 0.34 percent meant, or 34 percent?")
    assert parse(make("percent"), "0.34 %") == "0.34"
    assert parse(make("percent"), "0") == "0"


def test_three_decimals() -> None:  # 4
    assert parse(make("percent"), "33.333") == "33.333"


def test_is_shown() -> None:  # 5
    assert Lowered(make("percent"), prefill="0.5").values["q"] == "0.5%"
    assert Lowered(make("percent"), prefill=34).values["q"] == "34%"


@given(st.decimals(min_value=0, max_value=100, places=4))
def test_there_and_back(number: Decimal) -> None:
    assert Decimal(there_and_back(make("percent"), f"{number:f}")) == number


@given(st.text() | st.text("0123456789.,% "))
def test_never_fails_otherwise(text: str) -> None:
    answer = attempt(make("percent"), text)
    assert answer is None or 0 <= Decimal(answer.value) <= 100
