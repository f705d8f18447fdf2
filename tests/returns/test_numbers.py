"""Numbers of one return beside each other.

1. Where one number can only be with a decimal comma, each that can be read either way is invalid, whatever its kind,
   and says why.
2. What can be read one way only stays as it is; what we issued and nobody touched is ours.
3. Each return is judged by itself; what a person enters is read in the printed way, and what keeps to it is no sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from formwright.kinds._numbers import decimal_comma, either_number
from formwright.record import Record
from record_cases import record_of

ITEMS: list[dict[str, Any]] = [
    {"kind": "integer", "id": "people", "text": "How many people?", "unit": "people"},
    {"kind": "decimal", "id": "weight", "text": "What does it weigh?"},
    {"kind": "money", "id": "price", "text": "What does it cost?"},
    {"kind": "money", "id": "fee", "text": "What is the fee?", "currency": "any"},
    {"kind": "duration", "id": "term", "text": "How long?"},
    {
        "kind": "table", "id": "goods", "text": "Which goods?",
        "columns": [{"kind": "money", "id": "value", "text": "Value"}],
    },
    {
        "kind": "composite", "id": "both", "text": "About both.",
        "parts": [
            {"kind": "integer", "id": "count", "text": "How many?"}, {"kind": "text", "id": "why", "text": "Why?"},
        ],
    },
]  # fmt: skip
OTHER = {"kind": "decimal", "id": "q", "text": "How much was it?"}
PLACES = ["people", "weight", "price", "fee.amount", "term.number", "goods.r1.value", "both.count"]


def read(*returns: Mapping[str, Any], **more: Any) -> Record:
    return record_of({"also": ITEMS, "question": OTHER, "returns": list(returns), **more})


def told(record: Record, key: str) -> tuple[str, Any]:
    """Return the state and value of a place."""
    cells = {name: cell for item in record.answers.values() for name, cell in item.cells.items()}
    return cells[key].state, cells[key].seen.value


def problem(record: Record, key: str) -> tuple[str, str]:
    (found,) = [one for one in record.problems if one.key == key and one.code == "invalid"]
    return found.message, found.fix


@pytest.mark.parametrize("key", PLACES)
def test_either_way_is_invalid_beside_a_decimal_comma(key: str) -> None:  # 1
    assert told(read({key: "1,250"}), key)[0] == "answered"
    record = read({key: "1,250", "q": "3.250,50"})
    assert told(record, key) == ("invalid", None)
    assert told(record, "q") == ("answered", "3250.5")
    assert record.review


@pytest.mark.parametrize("key", PLACES)
@pytest.mark.parametrize("sign", ["3.250,50", "1.234.567", "12,5"])
def test_each_kind_shows_the_habit(key: str, sign: str) -> None:  # 1
    assert told(read({"q": "1,234", key: sign}), "q") == ("invalid", None)


@pytest.mark.parametrize(
    ("key", "text", "both"),
    [
        ("weight", "1,250", "1250 or 1.25"), ("weight", "1.250", "1250 or 1.25"),
        ("weight", "-12,003", "12003 or 12.003"), ("price", "$1,250", "1250 or 1.25"),
        ("price", "1,000 USD", "1000 or 1"),
        ("people", "(1,250)", "1250 or 1.25"),
        ("people", "1,250 people", "1250 or 1.25"),
    ],
)  # fmt: skip
def test_it_says_both_and_what_shows_it(key: str, text: str, both: str) -> None:  # 1
    number = {"people": "A.1", "weight": "A.2", "price": "A.3"}[key]
    message, fix = problem(read({key: text, "q": "3.250,50"}), key)
    said = f"{number}: “{text}” can be {both}: “3.250,50”, also in this return, is written with a decimal comma."
    cure = "Ask which number is meant, and write it in plain digits with a point before decimals, such as 1250.50."
    assert (message, fix) == (said, cure)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234,567", "1234567"), ("1,250.50", "1250.5"), ("12.5", "12.5"), ("1250", "1250"), ("1 250", "1250"),
     ("4.000,5", "4000.5"), ("0.125", "0.125")],
)  # fmt: skip
def test_what_can_be_read_one_way_stays(text: str, value: str) -> None:  # 2
    assert told(read({"weight": text, "q": "3.250,50"}), "weight") == ("answered", value)


def test_what_we_issued_is_ours() -> None:  # 2
    known = {"prefills": {"people": 1250, "price": 2000}}
    record = read({"q": "3.250,50"}, **known)
    assert told(record, "people") == ("unchanged", 1250)
    assert told(read({"people": "1,251", "q": "3.250,50"}, **known), "people") == ("invalid", None)


def test_each_return_is_judged_by_itself() -> None:  # 3
    record = read({"q": "3.250,50"}, {"weight": "1,250"})
    assert told(record, "weight") == ("answered", "1250")


def test_what_keeps_to_the_print_is_no_sign() -> None:  # 3
    record = read({"weight": "1.250", "price": "1,250", "q": "1,234.50"})
    assert told(record, "weight") == ("invalid", None)
    assert told(record, "price") == ("answered", "1250.00")
    assert problem(record, "weight")[0] == "A.2: In “1.250” the dot may stand before decimals or between thousands."


def test_a_decision_is_read_in_the_printed_way() -> None:  # 3
    decided = {"decisions": [{"key": "weight", "value": "1,250"}]}
    assert told(read({"q": "3.250,50"}, **decided), "weight") == ("answered", "1250")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3.250,50", "3.250,50"), ("EUR 3.250,5", "3.250,5"), ("1.234.567", "1.234.567"), ("12,5", "12,5"),
        ("0,125", "0,125"), ("1 250,50", "1 250,50"), ("1,250", ""), ("1.250", ""), ("1,234.50", ""), ("1,25,000", ""),
        ("12.5", ""), ("", ""),
    ],
)  # fmt: skip
def test_sign_of_a_decimal_comma(text: str, found: str) -> None:
    assert decimal_comma(text) == found


@pytest.mark.parametrize("text", ["1,250.5", "1,234,567", "0,250", "1250", "12,50", "5 1,250", "1,2500", ""])
def test_one_way_only(text: str) -> None:
    assert either_number(text) == ""
