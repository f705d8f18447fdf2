"""A number with decimals.

1. Read like an integer, with a point before decimals; kept as text without outer zeros and without exponent.
2. A decimal comma after groups of thousands is read with a doubt.
3. More decimals than `places` are invalid.
4. A known number with three decimals is shown so that it cannot be taken for thousands.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kind_support import Lowered, attempt, doubted, make, parse, refusal, there_and_back


@pytest.mark.parametrize(
    ("text", "number"),
    [("1250.50", "1250.5"), ("1,250.5", "1250.5"), (".5", "0.5"), ("5.", "5"), ("0.125", "0.125"),
     ("1250.125", "1250.125"), ("00.10", "0.1"), ("(0.00)", "0"), ("1 000.25", "1000.25"), ("0.0000001", "0.0000001")],
)  # fmt: skip
def test_is_read(text: str, number: str) -> None:  # 1
    assert parse(make("decimal"), text) == number


@pytest.mark.parametrize("text", ["1.000", "12.345", "1,5", "1.5.5", "1,000.5.5", "nan", "inf", "1_000"])
def test_is_invalid(text: str) -> None:  # 1
    assert refusal(make("decimal"), text).endswith("such as 1250.50.")


@pytest.mark.parametrize("text", ["1.234,56", "1 234,56", "1'234,56"])
def test_decimal_comma(text: str) -> None:  # 2
    assert doubted(make("decimal"), text)[0] == "1234.56"


def test_places() -> None:  # 3
    kind = make("decimal", places=2)
    assert parse(kind, "1.50") == "1.5"
    assert parse(kind, "1.5000") == "1.5"
    assert refusal(kind, "1.2345") == "This has more than 2 decimals. Write it with 2 decimals at most."
    told = refusal(make("decimal", places=1), "1.25")
    assert told == "This has more than 1 decimal. Write it with 1 decimal at most."
    assert refusal(make("decimal", places=0), "1.5") == "This is not a whole number. Write it without decimals."


@pytest.mark.parametrize(
    ("value", "shown"), [("1.125", "1.1250"), ("1250.125", "1,250.125"), ("-0.5", "-0.5"), (7, "7")]
)
def test_is_shown(value: str | int, shown: str) -> None:  # 4
    assert Lowered(make("decimal"), prefill=value).values["q"] == shown


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_there_and_back(number: Decimal) -> None:
    found = there_and_back(make("decimal"), f"{number:f}")
    assert Decimal(found) == number
    assert "E" not in found
    assert there_and_back(make("decimal"), found) == found


@given(st.text() | st.text("0123456789.,' ()-+"))
def test_never_fails_otherwise(text: str) -> None:
    answer = attempt(make("decimal"), text)
    assert answer is None or Decimal(answer.value).is_finite()
