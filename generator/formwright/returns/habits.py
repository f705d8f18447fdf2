"""How the writer of one return puts dates and numbers: where one can only be read in another way than the printed one,
no other of that return is taken to be in the printed way.

A form asks for month / day / year and for a point before decimals, and 3/4/2027 and 1,250 are read so. Who writes
25/3/2027 or 3.250,50 elsewhere in the same return does not keep to that, and then nobody knows whether March 4 or
April 3, 1250 or 1.25 is meant: a person has to ask. Such a sign only takes a reading away and never gives one, so one
that keeps to the print (1,234.50) changes nothing, and each return is judged by itself, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from formwright.hidden import visible
from formwright.kinds._base import Cell, Invalid, Kind
from formwright.kinds._dates import day_first, either
from formwright.kinds._numbers import decimal_comma, either_number
from formwright.kinds._raw import line_of
from formwright.layout import Value
from formwright.raw import RawCell
from formwright.returns.slots import Slot


@dataclass(frozen=True, slots=True)
class _Habit:
    """asks: tells the places that it is about; shows: what in a text shows it, "" for nothing; both: the two readings
    of a text, "" where there is one; called: how what shows it is written; cure: what a person is to do."""

    asks: Callable[[Kind, Cell], bool]
    shows: Callable[[str], str]
    both: Callable[[str], str]
    called: str
    cure: str

    def here(self, slot: Slot) -> bool:
        return slot.cell.role == "answer" and slot.leaf is not None and self.asks(slot.leaf, slot.cell)


_DATES: Final = _Habit(
    lambda kind, cell: kind.dates(cell),
    day_first,
    either,
    "day first",
    "Ask which day is meant, and write its month by name.",
)
_NUMBERS: Final = _Habit(
    lambda kind, cell: kind.numbers(cell),
    decimal_comma,
    either_number,
    "with a decimal comma",
    "Ask which number is meant, and write it in plain digits with a point before decimals, such as 1250.50.",
)
_HABITS: Final = (_DATES, _NUMBERS)

Signs = tuple[str, ...]
"""For each habit what shows it in a return, "" for nothing."""
NONE: Final[Signs] = ("",) * len(_HABITS)


def signs(slots: Iterable[Slot], cells: Mapping[str, RawCell]) -> Signs:
    """Return for each habit the first text of a return, in printed order, that shows it."""
    found = dict.fromkeys(_HABITS, "")
    for slot in slots:
        cell = cells.get(slot.cell.key)
        habit = next((one for one in _HABITS if one.here(slot)), None) if cell is not None else None
        if cell is not None and habit is not None and not found[habit]:
            found[habit] = next(filter(None, map(habit.shows, _texts(cell))), "")
    return tuple(found.values())


def check(slot: Slot, value: Value, shown: Signs) -> None:
    """Raise Invalid for a date or number that can be read either way, where the same return shows the other habit.

    What was issued and stands as it was is ours, in the printed way.
    """
    if not any(shown) or not isinstance(value, str):
        return
    for habit, other in zip(_HABITS, shown, strict=True):
        if other and habit.here(slot):
            text = line_of(value)
            if isinstance(slot.issued, str) and text == line_of(slot.issued):
                return
            if both := habit.both(text):
                told = f"“{text}” can be {both}: “{other}”, also in this return, is written {habit.called}."
                raise Invalid(told, habit.cure)


def _texts(cell: RawCell) -> Iterator[str]:
    """Yield what stands in a place, each on one line; what is too long for a date or a number is none."""
    for value in (cell.value, *cell.values):
        if isinstance(value, str) and value:
            try:
                yield line_of(visible(value))
            except Invalid:
                continue
