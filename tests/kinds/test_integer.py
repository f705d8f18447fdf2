"""A whole number.

1. One Line of a quarter of the column; the unit stands above it, in a grid in the head.
2. Groups of thousands by comma, blank or apostrophe; minus as sign or in brackets.
3. What may be read two ways, words and decimals are invalid.
4. Groups by dots, twice or more, are read with a doubt.
5. Bounds.
6. Numbers of any length neither overflow nor take long.
"""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formwright import layout
from kind_support import Lowered, attempt, doubted, make, only, parse, refusal, there_and_back


def test_line() -> None:  # 1
    line = only(Lowered(make("integer", unit="employees")))
    assert isinstance(line, layout.Line)
    assert (line.hint, line.width, line.label) == ("number", 3, "Employees")
    assert line.name == "A.1, What is asked?, employees"
    assert make("integer", text="Staff", unit="employees").head("en") == "Staff (employees)"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1000", 1000), ("1,000", 1000), ("1 000", 1000), ("1'000", 1000), ("1’000", 1000), ("1\u00a0000", 1000),
        ("1,234,567", 1234567), ("007", 7), ("+4", 4), ("-5", -5), ("−5", -5), ("(1,250)", -1250), ("１２", 12),
        ("12.0", 12), ("0", 0), ("-0", 0),
    ],
)  # fmt: skip
def test_is_read(text: str, number: int) -> None:  # 2
    assert parse(make("integer"), text) == number


def test_unit_may_stand_after_it() -> None:  # 2
    assert parse(make("integer", unit="employees"), "120 Employees") == 120


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.000", "the dot may stand before decimals or between thousands"),
        ("1,5", "the comma may stand before decimals or between thousands"),
        ("12,34", "the comma may stand before decimals or between thousands"),
        ("12.5", "This is not a whole number."),
        ("about 500", "This holds more than a number."),
        ("10k", "This holds more than a number."),
        ("1e5", "This holds more than a number."),
        ("1,25,000", "The digits of “1,25,000” are not in groups of three."),
        ("5-", "This holds more than a number."),
        ("--5", "This holds more than a number."),
        ("(-5)", "This holds more than a number."),
        ("²", "This is not a number."),
        ("١٢", "This is not a number."),
        ("five", "This is not a number."),
    ],
)
def test_is_invalid(text: str, said: str) -> None:  # 3
    told = refusal(make("integer"), text)
    assert said in told
    assert told.endswith("Write a whole number in plain digits, such as 1250.")


@pytest.mark.parametrize("text", ["1.234.567", "1.234.567,0", "1 234 567,00"])
def test_dots_abroad(text: str) -> None:  # 4
    assert doubted(make("integer"), text)[0] == 1234567


def test_bounds() -> None:  # 5
    kind = make("integer", min=0, max=100)
    assert (parse(kind, "0"), parse(kind, "100")) == (0, 100)
    assert refusal(kind, "-1") == "This is less than 0. Write a number from 0 to 100."
    assert refusal(kind, "101") == "This is more than 100. Write a number from 0 to 100."
    assert list(make("integer", min=5, max=1).faults()) == ["min 5 is more than max 1\nExchange them, or take one out."]


@pytest.mark.parametrize("text", ["9" * 10**6, "1," * 500_000, "(" * 10**6, "１" * 10**6, " " * 10**6])
def test_long_texts(text: str) -> None:  # 6
    started = time.perf_counter()
    assert attempt(make("integer"), text) is None
    assert time.perf_counter() - started < 0.1
    assert parse(make("integer"), "9" * 25) == 10**25 - 1
    assert "too long for a number" in refusal(make("integer"), "9" * 26)


@pytest.mark.parametrize("value", ["many", 12.5, True, None, "1e5", -1])
def test_prefill_faults(value: Any) -> None:
    assert len(list(make("integer", min=0).prefill_faults(value))) == 1


@given(st.integers(min_value=-(10**24), max_value=10**24))
def test_there_and_back(number: int) -> None:
    assert there_and_back(make("integer"), number) == number


@given(st.text() | st.text("0123456789.,' ()-+"))
def test_never_fails_otherwise(text: str) -> None:
    answer = attempt(make("integer"), text)
    assert answer is None or isinstance(answer.value, int)
