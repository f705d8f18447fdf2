"""What a person types as an answer is refused where a return could not say it: odd characters, rows out of order.

A return is read as it is, with a problem; a person is there, and can write it right.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from formwright import hidden, ids
from formwright.errors import Unusable
from formwright.returns.slots import Slot

_ONE: Final = "Write it on one line."


def check(slot: Slot, value: str) -> None:
    """Raise Unusable for a value that nobody writes in this place."""
    place = f"{slot.place} ({slot.cell.key})"
    if found := hidden.odd(value):
        raise Unusable("odd_character", f"{place}: the value has {found}.", "Write it without.")
    if slot.cell.control != "area" and hidden.breaks(value):
        raise Unusable("line_break", f"{place}: there is room for one line, and the value has several.", _ONE)


def check_row(slot: Slot, known: Iterable[Slot]) -> None:
    """Raise Unusable for a place in an added row which its table has no room for, or which leaves rows out.

    known: the places of its item, with those of the rows that were added before.
    """
    rows = {one.row: ids.row_number(one.cell.row) or 0 for one in known if one.table == slot.table}
    last, most = max(rows.values(), default=0), _most(slot)
    if slot.row in rows:
        return
    row, key = ids.row_number(slot.cell.row) or 0, slot.cell.key
    if most is not None and row > most:
        message = f"{key} would be in row {row}; the table has at most {most}."
        raise Unusable("no_such_row", message, f"Write it in one of its rows: {slot.table}.r1 to {slot.table}.r{most}.")
    if row > last + 1:
        following = f"{slot.table}.r{last + 1}{key.removeprefix(slot.row)}"
        raise Unusable("row_left_out", f"{key} would be in row {row}; the last one is {last}.", f"Write {following}.")


def _most(slot: Slot) -> int | None:
    """Return the most rows that the table of a place may have, None for as many as one likes."""
    path = slot.cell.path
    tables = (slot.item.leaf(path[:depth]) for depth in range(len(path))) if slot.item else ()
    return next((most for table in tables if (most := getattr(table, "max_rows", None)) is not None), None)
