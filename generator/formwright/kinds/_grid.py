"""What table and matrix share: columns, the column "Correct as shown", faults of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, cast

from formwright import ids, layout
from formwright.kinds._base import At, Kind, Lowering
from formwright.kinds._leaf import Leaf
from formwright.kinds._options import doubled

CONFIRM_WEIGHT: Final = 2


def leaves(columns: Sequence[Kind]) -> tuple[Leaf, ...]:
    """Return the columns as the leaves that they are (the field's type lets no other kind in)."""
    return cast(tuple[Leaf, ...], tuple(columns))


def grid_columns(columns: Sequence[Leaf], out: Lowering, *, confirm: bool) -> tuple[layout.Column, ...]:
    """Return the columns of a grid; the last is "Correct as shown" if some row is known."""
    made = tuple(
        layout.Column(title=leaf.head(out.language), width=leaf.width or leaf.weight, tick=leaf.kind == "tick")
        for leaf in columns
    )
    if not confirm:
        return made
    return (*made, layout.Column(title=out.say("correct_as_shown"), width=CONFIRM_WEIGHT, tick=True))


def row_cells(columns: Sequence[Leaf], at: At, values: dict[str, object], out: Lowering) -> tuple[layout.Cell, ...]:
    """Return the cells of one row: `at` is the row's place, `values` what is known in it by column."""
    return tuple(
        leaf.controls(replace(at.down(leaf.id), prefill=values.get(leaf.id), in_grid=True), out) for leaf in columns
    )


def confirm_cell(at: At, key: str, spoken: str, out: Lowering) -> layout.Cell:
    """Return the cell "Correct as shown" of a known row."""
    return (out.confirm(at, key, spoken, label=False),)


def column_faults(columns: Sequence[Leaf]) -> Iterator[str]:
    """Yield what is wrong with columns as columns."""
    if not columns:
        yield "there must be at least one column\nGive `columns`, or make it another kind."
    yield from doubled("column", [column.id for column in columns])
    for column in columns:
        if not column.text:
            yield f"the column {column.id!r} needs a `text`: it is its head\nWrite one, a word or two."
        if column.show_when:
            yield (
                f"the column {column.id!r} cannot have show_when: a grid has all its columns or is not asked"
                "\nGive it to the whole item."
            )
        if column.prefill:
            yield f"the column {column.id!r} cannot be prefilled alone\nGive `prefill` to the whole item."


def values_fault(column: Leaf, value: object) -> Iterator[str]:
    """Yield what is wrong with one prefilled value of a column."""
    if value is not None:
        yield from (f"{column.id}: {fault}" for fault in column.prefill_faults(value))


def row_ids(key: str, names: Iterable[str]) -> list[str]:
    """Return the `rN` that occur in the keys `names` below `key`, in the order of their numbers."""
    below = (name[len(key) + 1 :].split(".", 1)[0] for name in names if name.startswith(f"{key}."))
    return sorted({row for row in below if ids.row_number(row) is not None}, key=lambda row: ids.row_number(row) or 0)


def filled(value: object) -> bool:
    """Tell whether a value says something: an empty tick alone does not begin a row."""
    return value is not None and value is not False
