"""What a person enters, beside what came back and what was entered before.

1. A choice is found by its code or its words, in any case; words may hold a comma; a refusal quotes what was typed.
2. Whoever decided before stands in the history, with who, why and when.
3. An odd value is doubted until it is said again, or where a return said it too.
4. Who sent the returns is the primary point of contact only if nobody else, and nobody unknown, sent one.
5. What was entered before, and is no answer any more, is invalid; it bars neither the record nor the next entry.
"""

from __future__ import annotations

from typing import Any

import pytest

from formwright.errors import FormwrightError
from formwright.record import compute
from formwright.returns.received import Decision
from formwright.returns.slots import lay_out
from record_cases import lower, received, record_of

OPTIONS = [
    {"code": "wire", "text": "Wire transfer"},
    {"code": "check", "text": "Check"},
    {"code": "cash", "text": "Cash, or a money order"},
]
MANY = {"kind": "choices", "id": "q", "text": "How do you pay?", "options": OPTIONS}
ONE = {**MANY, "kind": "choice"}


def decided(question: dict[str, Any], *values: str, told: dict[str, Any] | None = None) -> Any:
    decisions = [{"key": "q", "value": value, "at": f"2027-03-0{n}T12:00:00Z"} for n, value in enumerate(values, 1)]
    return record_of({"question": question, "return": told or {}, "decisions": decisions})


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("wire, Check", ["wire", "check"]), ("WIRE; CHECK", ["wire", "check"]), ("wire transfer", ["wire"]),
        ("Cash, or a money order", ["cash"]), ("Check, cash, or a money order, wire", ["wire", "check", "cash"]),
        ("wire; Cash, or a money order", ["wire", "cash"]), ("check,", ["check"]),
    ],
)  # fmt: skip
def test_several_are_found_by_code_or_words(typed: str, codes: list[str]) -> None:  # 1
    assert decided(MANY, typed).answers["q"].value == {"codes": codes, "other": None}


@pytest.mark.parametrize("typed", ["Cash, or a money order", "CASH", "cash, or a  money order"])
def test_one_is_found_by_code_or_words(typed: str) -> None:  # 1
    assert decided(ONE, typed).answers["q"].value == "cash"


@pytest.mark.parametrize(("question", "typed"), [(ONE, "Gamma"), (MANY, "Gamma"), (MANY, "Check, Gamma")])
def test_a_refusal_quotes_what_was_typed(question: dict[str, Any], typed: str) -> None:  # 1
    with pytest.raises(FormwrightError, match=r"A.1 \(q\): “Gamma” is not one of the answers"):
        decided(question, typed)


def test_every_earlier_decision_stands_in_the_history() -> None:  # 2
    issue, kinds = lower([{"kind": "integer", "id": "q", "text": "How many?"}], {}, {})
    slots = lay_out(issue, kinds)
    decisions = [
        Decision(key="q", value="5", by="Ann Poe", why="her letter", at="2027-03-01T00:00:00Z"),
        Decision(key="q", value="7", by="Bo Lind", why="his call", at="2027-03-02T00:00:00Z"),
        Decision(key="q", value="7", by="Cy Roe", why="checked", at="2027-03-03T00:00:00Z"),
    ]
    record = compute(issue, slots, received(slots, [{"q": "3"}], [""]), decisions, revision=1)
    cell = record.answers["q"].cells["q"].as_json()
    assert (cell["value"], cell["decided"]["by"]) == (7, "Cy Roe")
    assert [(one["value"], one.get("decided")) for one in cell["history"]] == [
        (3, None),
        (5, {"by": "Ann Poe", "why": "her letter", "at": "2027-03-01T00:00:00Z"}),
        (7, {"by": "Bo Lind", "why": "his call", "at": "2027-03-02T00:00:00Z"}),
    ]


def doubts(record: Any) -> list[str]:
    return [one.message for one in record.problems if one.code == "doubtful"]


def test_an_odd_value_is_doubted_until_it_is_said_again() -> None:  # 3
    question = {"kind": "date", "id": "q", "text": "When?"}
    said = "A.1: This is more than 50 years after the day of issue, 2027-01-11. It says “12/31/9999”."
    first = decided(question, "12/31/9999")
    assert doubts(first) == [said]
    assert first.answers["q"].needs == ("review",)
    assert first.answers["q"].value == "9999-12-31"
    assert doubts(decided(question, "12/31/9999", "12/31/9999")) == []
    assert doubts(decided(question, "12/31/9999", told={"q": "12/31/9999"})) == []
    assert doubts(decided(question, "12/31/9999", told={"q": "12/31/1999"})) == [said]


@pytest.mark.parametrize(
    ("senders", "names", "primary"),
    [
        (["Ana Ruiz", ""], ["Ana Ruiz"], False),
        (["", "Ana Ruiz"], ["Ana Ruiz"], False),
        (["Ana Ruiz", "RUIZ, Ana"], ["Ana Ruiz"], True),
        (["Ana Ruiz", "Lee Park"], ["Ana Ruiz", "Lee Park"], False),
    ],
)
def test_the_contact_sent_it_only_if_all_of_it(senders: list[str], names: list[str], primary: bool) -> None:  # 4
    question = {"kind": "text", "id": "q", "text": "What?"}
    record = record_of({"question": question, "returns": [{"q": "Tea"}, {}], "sent_by": senders})
    assert record.submitted_by == {"names": names, "primary_contact": primary}
    assert record_of({"question": question, "returns": [{}, {}], "sent_by": ""}).submitted_by is None


def test_a_kept_decision_that_is_no_answer_any_more_bars_nothing() -> None:  # 5
    issue, kinds = lower([ONE], {}, {})
    slots = lay_out(issue, kinds)
    old = Decision(key="q", value="Gamma", by="DW", why="telephone", at="2027-03-01T12:00:00Z", sequence=1, kept=True)
    cell = compute(issue, slots, [], [old], revision=1).answers["q"].cells["q"].as_json()
    assert (cell["state"], cell["value"], cell["raw"]) == ("invalid", None, "Gamma")
    assert cell["decided"] == {"by": "DW", "why": "telephone", "at": "2027-03-01T12:00:00Z"}
    new = Decision(key="q", value="check", by="DW", why="telephone", at="2027-03-02T12:00:00Z", sequence=2)
    assert compute(issue, slots, [], [old, new], revision=2).answers["q"].value == "check"
