"""From one date to another.

1. Two Lines side by side, each with the format of a date in its label.
2. Each is read like a date.
3. A range that ends before it begins is a finding; half a range is kept.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formwright import layout
from kind_support import Lowered, findings, make, parse, refusal, there_and_back

KIND = make("date_range")


def test_controls() -> None:  # 1
    lowered = Lowered(KIND)
    (row,) = lowered.blocks
    assert isinstance(row, layout.Group)
    assert row.role == "row"
    assert lowered.names() == {"q.from": "A.1, From (month / day / year)", "q.to": "A.1, To (month / day / year)"}


def test_is_read() -> None:  # 2
    assert parse(KIND, "1/31/2027", "from") == "2027-01-31"
    assert "no February 30" in refusal(KIND, "2/30/2027", "to")


def test_order() -> None:  # 3
    assert findings(KIND, {"q.from": "2027-02-01", "q.to": "2027-01-31"}) == [("from_after_to", "q.to")]
    assert findings(KIND, {"q.from": "2027-01-31", "q.to": "2027-01-31"}) == []
    assert findings(KIND, {"q.from": "2027-01-31"}) == []
    assert KIND.value("q", {"q.from": "2027-01-31"}) == {"from": "2027-01-31", "to": None}
    assert KIND.value("q", {}) is None


@pytest.mark.parametrize("value", ["2027", {"from": "2027-01-31"}, {"from": "1/31/2027", "to": "2027-02-01"}])
def test_prefill_faults(value: object) -> None:
    assert len(list(KIND.prefill_faults(value))) == 1


@given(st.dates(min_value=date(1000, 1, 1)), st.dates(min_value=date(1000, 1, 1)))
def test_there_and_back(start: date, end: date) -> None:
    value = {"from": start.isoformat(), "to": end.isoformat()}
    assert there_and_back(KIND, value) == value
