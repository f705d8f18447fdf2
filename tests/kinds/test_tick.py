"""One tick.

1. One Tick with words beside it: its own, "Check here if so", or none in a grid; never required by default.
2. A tick is read as it is, words for it too; other words are invalid.
3. It is never confirmed: a tick beside a tick would say nothing.
"""

from __future__ import annotations

import pytest

from formwright import layout
from kind_support import Lowered, attempt, make, only, parse, refusal, there_and_back


@pytest.mark.parametrize(
    ("fields", "at", "label"),
    [
        ({}, {}, "Check here if so"),
        ({"says": "We have none"}, {}, "We have none"),
        ({}, {"labelled": True}, "What is asked?"),
        ({"says": "We have none"}, {"in_grid": True}, ""),
    ],
)
def test_one_tick(fields: dict[str, str], at: dict[str, bool], label: str) -> None:  # 1
    tick = only(Lowered(make("tick", **fields), **at))
    assert isinstance(tick, layout.Tick)
    assert (tick.label, tick.required) == (label, False)


@pytest.mark.parametrize(
    ("raw", "value"),
    [(True, True), (False, False), ("X", True), ("1", True), ("☒", True), ("☐", False), ("No", False), ("0", False)],
)
def test_is_read(raw: str | bool, value: bool) -> None:  # 2
    assert parse(make("tick"), raw) is value


def test_other_words() -> None:  # 2
    assert refusal(make("tick"), "see list") == "There are words where a tick is asked. Tick it, or leave it empty."
    assert attempt(make("tick"), "x" * 10**6) is None


def test_is_not_confirmed() -> None:  # 3
    assert list(Lowered(make("tick"), prefill=True).controls) == ["q"]
    assert list(make("tick").prefill_faults("yes")) == ["'yes' is not true or false"]


@pytest.mark.parametrize("value", [True, False])
def test_there_and_back(value: bool) -> None:
    assert there_and_back(make("tick"), value) is value
