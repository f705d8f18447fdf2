"""A plan's file: what it takes, and what is told of it that is no plan at all."""

from __future__ import annotations

from datetime import date

import pytest

from formwright.errors import Faults
from formwright.plan import model
from plans import GOOD, changed


def faults(text: str) -> list[str]:
    """Return each fault of a plan's file as it is told."""
    with pytest.raises(Faults) as caught:
        model.load(text, "p.yaml")
    return [str(fault) for fault in caught.value.faults]


def test_yes_and_no_are_words_and_a_year_is_a_text() -> None:
    plan = model.load(GOOD, "p.yaml")
    assert plan.checklist["classification"].answer == "yes"
    assert plan.checklist["valuation"].answer == "no"
    assert plan.background is not None
    assert plan.background.facts["established"] == "1961"
    assert plan.period is not None
    assert plan.period.first == date(2027, 2, 1)


def test_what_is_not_decided_may_stand_empty() -> None:
    plan = model.load("account: a\nperiod:\ndate:\nchecklist:\n  oga:\nprojects:\n  - id: b\n    steps:\n", "p.yaml")
    assert (plan.period, plan.date, plan.checklist["oga"].answer) == (None, None, None)
    assert plan.projects[0].steps == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("priority: high", "priority: hihg", '"priority" is "hihg", which is not one of high, medium, low.'),
        ("due: 2028-01-21", "due: 2028-13-21", '"2028-13-21" is not a date. Write it as year-month-day'),
        ("due: 2028-01-21", "due: 20280121", '"20280121" is not a date.'),
        ("kind: update", "kind: review", '"kind" is "review", which is not one of self_test, evaluation, update.'),
        ("responsible: customs, who", "responsible: broker, who", '"broker", which is not one of customs, account.'),
        ("classification: yes", "classification: maybe", '"maybe", which is not one of yes, no, na.'),
        ("    goal: All", "    gaol: All", 'the key "gaol" is not known here. Did you mean "goal"?'),
        ("id: lamps", "id: payment # again", 'the id "payment" stands twice in projects.'),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_line(old: str, new: str, told: str) -> None:
    text = changed(old, new)
    (found,) = faults(text)
    assert told in found
    assert found.startswith(f"p.yaml:{text[: text.index(new)].count(chr(10)) + 1}:")
