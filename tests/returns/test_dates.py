"""Dates of one return beside each other.

1. Where one date can only be day first, each that can be read either way is invalid, whatever its kind, and says why.
2. What is clear stays as it is; what we issued and nobody touched is ours.
3. Each return is judged by itself; what a person enters is read in the printed order.
4. A day far from that of issue (2027-01-11) is read with a doubt: nearer for a signature than for anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formwright.record import Record
from record_cases import record_of

ITEMS: list[dict[str, Any]] = [
    {"kind": "date", "id": "began", "text": "When did it begin?"},
    {"kind": "date_range", "id": "audit", "text": "What did the audit cover?"},
    {"kind": "fiscal_year", "id": "year", "text": "When is your fiscal year?"},
    {
        "kind": "table", "id": "sites", "text": "Which sites?",
        "columns": [{"kind": "date", "id": "since", "text": "Since"}],
    },
    {
        "kind": "matrix", "id": "papers", "text": "Which papers?", "rows": [{"id": "po", "text": "Orders"}],
        "columns": [{"kind": "date", "id": "seen", "text": "Seen on"}],
    },
    {
        "kind": "composite", "id": "move", "text": "About the move.",
        "parts": [{"kind": "date", "id": "day", "text": "When?"}, {"kind": "text", "id": "why", "text": "Why?"}],
    },
    {"kind": "certification", "id": "signed", "text": "All of this is true."},
]  # fmt: skip
OTHER = {"kind": "date", "id": "q", "text": "When did it end?"}
PLACES = ["began", "audit.from", "audit.to", "sites.r1.since", "papers.po.seen", "move.day", "signed.date"]


def read(*returns: Mapping[str, Any], **more: Any) -> Record:
    return record_of({"also": ITEMS, "question": OTHER, "returns": list(returns), **more})


def told(record: Record, key: str) -> tuple[str, Any]:
    """Return the state and value of a place."""
    cells = {name: cell for item in record.answers.values() for name, cell in item.cells.items()}
    return cells[key].state, cells[key].seen.value


@pytest.mark.parametrize("key", PLACES)
def test_either_way_is_invalid_beside_day_first(key: str) -> None:  # 1
    assert told(read({key: "3/4/2027"}), key) == ("answered", "2027-03-04")
    record = read({key: "3/4/2027", "q": "25/3/2027"})
    assert told(record, key) == ("invalid", None)
    assert told(record, "q") == ("answered", "2027-03-25")
    assert record.review


@pytest.mark.parametrize("key", PLACES)
def test_each_kind_shows_the_habit(key: str) -> None:  # 1
    assert told(read({"q": "3/4/2027", key: "25-3-2027"}), "q") == ("invalid", None)


def test_fiscal_year() -> None:  # 1
    record = read({"year.from": "1/10", "year.to": "30/9"})
    assert told(record, "year.from") == ("invalid", None)
    assert told(record, "year.to") == ("answered", "09-30")
    assert told(read({"year.from": "10/1", "year.to": "9/30"}), "year.from") == ("answered", "10-01")


def test_it_is_said_which_date_shows_it() -> None:  # 1
    (problem,) = [one for one in read({"began": "3/4/2027", "q": "25/3/2027"}).problems if one.code == "invalid"]
    assert (problem.item, problem.key) == ("began", "began")
    assert problem.message == (
        "A.1: “3/4/2027” can be March 4 or April 3, 2027: “25/3/2027”, also in this return, is written day first."
    )
    assert problem.fix == "Ask which day is meant, and write its month by name."


@pytest.mark.parametrize(
    "shown",
    [
        "25/3/27",
        "since 25/3/2027",
        {"is": "conflict", "values": ["25/3/2027", "3/25/2027"]},
        {"is": "read", "value": "25/3/2027", "note": "off_pages"},
        {"is": "read", "value": "25/3/\u200b2027", "note": "hidden_characters"},
    ],
)
def test_what_is_not_read_shows_the_habit_too(shown: Any) -> None:  # 1
    assert told(read({"began": "3/4/2027", "q": shown}), "began") == ("invalid", None)


@pytest.mark.parametrize("shown", ["3/25/2027", "25 March 2027", "2027-03-25", "x" * 200, "25/13/2027"])
def test_what_shows_no_habit(shown: str) -> None:  # 2
    assert told(read({"began": "3/4/2027", "q": shown}), "began") == ("answered", "2027-03-04")


def test_words_are_no_dates() -> None:  # 2
    assert told(read({"began": "3/4/2027", "move.why": "25/3/2027"}), "began") == ("answered", "2027-03-04")
    assert told(read({"q": "25/3/2027", "move.why": "3/4/2027"}), "move.why") == ("answered", "3/4/2027")


@pytest.mark.parametrize(
    ("typed", "state"),
    [("03/04/2027", "unchanged"), (" 03/04/2027 ", "unchanged"), ("3/4/2027", "invalid"), ("4/3/2027", "invalid")],
)
def test_what_we_issued_is_ours(typed: str, state: str) -> None:  # 2
    known = {"prefills": {"began": "2027-03-04"}}
    assert told(read({"began": typed, "q": "25/3/2027"}, **known), "began")[0] == state


def test_a_tick_confirms_no_doubtful_date() -> None:  # 2
    known = {"prefills": {"began": "2027-03-04"}}
    assert told(read({"began_confirm": True, "q": "25/3/2027"}, **known), "began") == ("confirmed", "2027-03-04")
    record = read({"began": "3/4/2027", "began_confirm": True, "q": "25/3/2027"}, **known)
    assert told(record, "began") == ("invalid", None)


def test_each_return_is_judged_by_itself() -> None:  # 3
    first, second = {"began": "3/4/2027"}, {"q": "25/3/2027"}
    for record in (read(first, second), read(second, first)):
        assert told(record, "began") == ("answered", "2027-03-04")
        assert told(record, "q") == ("answered", "2027-03-25")


def test_two_returns_that_may_mean_different_days_are_a_conflict() -> None:  # 3
    plain, abroad = {"began": "3/4/2027"}, {"began": "3/4/2027", "q": "25/3/2027"}
    assert told(read(plain, abroad), "began") == told(read(abroad, plain), "began") == ("conflict", None)


def test_a_decision_is_read_in_the_printed_order() -> None:  # 3
    decided = {"decisions": [{"key": "began", "value": "3/4/2027"}]}
    assert told(read({"began": "3/4/2027", "q": "25/3/2027"}, **decided), "began") == ("answered", "2027-03-04")


FAR = "A.1: This is more than 50 years after the day of issue, 2027-01-11."
OLD = "A.1: This is before 1776."
SIGNED = "Certification, Date (month / day / year): This is more than 2 years from the day of issue, 2027-01-11."


@pytest.mark.parametrize(
    ("key", "text", "value", "said"),
    [
        ("signed.date", "3/2/1027", "1027-03-02", SIGNED), ("signed.date", "2/3/2127", "2127-02-03", SIGNED),
        ("signed.date", "1/12/2029", "2029-01-12", SIGNED), ("signed.date", "1/10/2025", "2025-01-10", SIGNED),
        ("signed.date", "March 2, 1899", "1899-03-02", SIGNED), ("began", "3/2/1027", "1027-03-02", OLD),
        ("began", "12/31/1775", "1775-12-31", OLD), ("began", "1/12/2077", "2077-01-12", FAR),
        ("began", "2/3/9127", "9127-02-03", FAR),
    ],
)  # fmt: skip
def test_a_day_far_away_is_read_with_a_doubt(key: str, text: str, value: str, said: str) -> None:  # 4
    record = read({key: text})
    assert told(record, key) == ("answered", value)
    (problem,) = [one for one in record.problems if one.key == key]
    assert (problem.code, problem.severity, problem.message) == ("doubtful", "warning", f"{said} It says “{text}”.")
    assert "review" in record.answers[key.split(".")[0]].needs


@pytest.mark.parametrize("key", [key for key in PLACES if key != "signed.date"])
def test_far_away_is_the_same_for_all_kinds(key: str) -> None:  # 4
    assert [one.code for one in read({key: "3/2/1027"}).problems if one.key == key] == ["doubtful"]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("signed.date", "1/11/2029"), ("signed.date", "1/11/2025"), ("began", "1/1/1776"), ("began", "1/11/2077"),
        ("year.from", "10/1"), ("move.why", "1027-03-02"),
    ],
)  # fmt: skip
def test_a_day_that_may_be_meant_has_no_doubt(key: str, text: str) -> None:  # 4
    record = read({key: text})
    assert told(record, key)[0] == "answered"
    assert [one.code for one in record.problems if one.key == key] == []


def test_a_day_that_we_knew_has_no_doubt() -> None:  # 4
    known = {"prefills": {"began": "1650-03-04"}}
    for typed in ("03/04/1650", "March 4, 1650"):
        record = read({"began": typed}, **known)
        assert told(record, "began") == ("unchanged", "1650-03-04")
        assert [one.code for one in record.problems if one.key == "began"] == []
    record = read({"began": "26/4/1650"}, **known)
    (problem,) = [one for one in record.problems if one.key == "began"]
    assert problem.message == ("A.1: The day stands before the month. This is before 1776. It says “26/4/1650”.")


DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 12, 31))
DAY_FIRST = st.builds("{:%d/%m/%Y}".format, DAYS.filter(lambda day: day.day > 12))
CLEAR = st.one_of(
    DAYS.map(date.isoformat),
    st.builds("{:%B %d, %Y}".format, DAYS),
    st.builds("{:%m/%d/%Y}".format, DAYS.filter(lambda day: day.day > 12 or day.day == day.month)),
    DAY_FIRST,
)
EITHER = st.builds(
    lambda day, mark: f"{day:%m}{mark}{day:%d}{mark}{day:%Y}",
    DAYS.filter(lambda day: day.day <= 12 and day.day != day.month),
    st.sampled_from("/-."),
)


@given(CLEAR, DAY_FIRST)
def test_day_first_changes_nothing_clear(text: str, other: str) -> None:  # 2
    alone = told(read({"began": text}), "began")
    assert alone[0] == "answered"
    assert told(read({"began": text, "q": other}), "began") == alone


@given(EITHER, DAY_FIRST)
def test_day_first_leaves_no_value_that_is_not_clear(text: str, other: str) -> None:  # 1
    assert told(read({"began": text, "q": other}), "began") == ("invalid", None)
