"""The dates of one return beside each other: where one is written day first, no other is taken to be month first.

A form asks for month / day / year, and 3/4/2027 is read so. Who writes 25/3/2027 elsewhere in the same return does not
keep to that, and then nobody knows whether March 4 or April 3 is meant: a person has to ask. Such a sign only takes a
reading away and never gives one, and each return is judged by itself, so the order of returns changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from formwright.hidden import visible
from formwright.kinds._base import Invalid
from formwright.kinds._dates import day_first, either
from formwright.kinds._raw import line_of
from formwright.layout import Value
from formwright.raw import RawCell
from formwright.returns.slots import Slot

_ASK: Final = "Ask which day is meant, and write its month by name."


def sign(slots: Iterable[Slot], cells: Mapping[str, RawCell]) -> str:
    """Return the first date of a return, in printed order, that can only be day first; "" if there is none."""
    texts = (text for slot in slots if slot.cell.key in cells and _dated(slot) for text in _texts(cells[slot.cell.key]))
    return next(filter(None, map(day_first, texts)), "")


def check(slot: Slot, value: Value, other: str) -> None:
    """Raise Invalid for a date that can be read either way, where the date `other` of the same return is day first.

    What was issued and stands as it was is ours, month first.
    """
    if not other or not isinstance(value, str) or not _dated(slot):
        return
    text = line_of(value)
    if isinstance(slot.issued, str) and text == line_of(slot.issued):
        return
    if both := either(text):
        raise Invalid(f"“{text}” can be {both}: “{other}”, also in this return, is written day first.", _ASK)


def _dated(slot: Slot) -> bool:
    return slot.cell.role == "answer" and slot.leaf is not None and slot.leaf.dates(slot.cell)


def _texts(cell: RawCell) -> Iterator[str]:
    """Yield what stands in a place, each on one line; what is too long for a date is none."""
    for value in (cell.value, *cell.values):
        if isinstance(value, str) and value:
            try:
                yield line_of(visible(value))
            except Invalid:
                continue
