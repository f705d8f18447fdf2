"""Objects by columns: exact both ways, and nothing else is taken for them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from formwright.issue import Issued
from formwright.kinds._base import Cell
from formwright.records import columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    key: str
    value: str | bool | int | tuple[str, ...] | None = None
    box: tuple[float, ...] = ()


def test_it_leaves_out_what_is_default_and_says_the_same_once() -> None:
    things = [Thing(key=f"k{n}", value="yes" if n else ("a", "b")) for n in range(5)]
    assert columns.dump(Thing, things) == {
        "key": ["k0", "k1", "k2", "k3", "k4"],
        "value": {"of": [("a", "b"), "yes"], "at": [0, 1, 1, 1, 1]},
    }


values = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(0, 2),
    some.text(max_size=3),
    some.lists(some.text(max_size=2)).map(tuple),
)
things = some.builds(Thing, key=some.text(max_size=3), value=values, box=some.lists(some.floats(0, 9)).map(tuple))


@given(some.lists(things, max_size=12))
def test_they_come_back_exactly(given: list[Thing]) -> None:
    restored = columns.restore(Thing, json.loads(json.dumps(columns.dump(Thing, given))))
    assert restored == tuple(given)
    assert [type(one.value) for one in restored] == [type(one.value) for one in given]  # True is not 1


@pytest.mark.parametrize("kind", [Cell, Issued])
def test_none_are_none(kind: type[Any]) -> None:
    assert columns.restore(kind, columns.dump(kind, [])) == ()


@pytest.mark.parametrize(
    "told",
    [
        {"value": ["x"]},
        {"key": ["a"], "colour": ["red"]},
        {"key": ["a", "b"], "value": ["x"]},
        {"key": {"of": ["a"], "at": [1]}},
        {"key": {"of": ["a"], "at": ["0"]}},
        {"key": {"at": [0]}},
        {"key": 1},
    ],
)
def test_anything_else_is_refused(told: Any) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        columns.restore(Thing, told)
