"""The keys of a form: every place that can be answered, by the name that `formwright answer` takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from formwright import lower
from formwright.form import Form
from formwright.kinds._base import Cell
from formwright.lower import Facts
from formwright.returns.asked import code_words
from formwright.returns.slots import Slot, places

WIDEST = 48
"""Characters up to which keys make a column."""


def cells_of(form: Form) -> tuple[Cell, ...]:
    """Return the cells that a form will have when it is issued."""
    return lower.lower(form, Facts(prepared_for="", return_by="")).cells


def lines(form: Form, cells: Iterable[Cell], item: str = "") -> Iterator[str]:
    """Yield each key that takes an answer, with its place in print and what it takes; of `item` (or `item.part`) alone,
    where that is named."""
    questions = ((question.number, question.kind) for question in form.questions())
    root, _, part = item.partition(".")
    found = [
        slot
        for slot in places(cells, questions, form.language)
        if slot.cell.role != "given"
        and (not root or slot.cell.item == root)
        and (not part or part in slot.cell.path[:1] or slot.cell.key.startswith(f"{item}_"))
    ]
    width = min(max((len(slot.cell.key) for slot in found), default=0), WIDEST)
    yield from (f"{slot.cell.key:{width}}  {slot.place}{_takes(slot)}" for slot in found)


def _takes(slot: Slot) -> str:
    """Return what is to be written there, where only some words will do."""
    if slot.cell.control == "tick":
        return " (yes or no)"
    words = code_words(slot, slot.language)
    told = (code if code == said.casefold() else f"{code}: {said}" for code, said in words.items())
    return f" ({', '.join(told)})" if words else ""
