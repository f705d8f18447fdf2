"""What does not fit: the keys whose text goes on over continuation sheets, and how many sheets that takes.

A caller compiles with no sheets, asks `sheets_needed`, and compiles again with that many until it is enough (at most
three times). The stamp shares out the sheets by the same rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from formwright.errors import Fault, Faults
from formwright.layout import Values
from formwright.writers.pdf.appearance import FIELD, STRONG, AreaRoom, LineRoom, Look, Room
from formwright.writers.pdf.fonts import Fonts, UndrawableError, normal
from formwright.writers.pdf.plan import Compiled, FieldPlan

Titles = Mapping[str, str]
_NO_TITLES: Final[Titles] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one continuation sheet: keys with their texts, or pieces of them. `more` is true where the last
    one goes on over the next sheet."""

    entries: tuple[tuple[str, str], ...]
    more: bool = False


def room_of(plan: FieldPlan, fonts: Fonts, look: Look | None = None) -> Room:
    """Return the room of a text field or a list, whose only widget is the field; `look`: another than its own."""
    x0, y0, x1, y1 = plan.widgets[0].box
    kind = AreaRoom if plan.kind == "area" else LineRoom
    return kind(fonts, x1 - x0, y1 - y0, plan.size, plan.leading, look or (STRONG if plan.strong else FIELD))


def own_keys(compiled: Compiled) -> frozenset[str]:
    """Return the keys that the stamp itself fills: those of the sheets."""
    return frozenset(key for sheet in compiled.sheets for key in (sheet.title, sheet.text))


def overflow(compiled: Compiled, values: Values, fonts: Fonts) -> tuple[str, ...]:
    """Return the keys whose text does not fit into its field at 8 points, in the order of the fields.

    Raises Faults for characters that cannot be drawn.
    """
    found, faults = [], []
    own = own_keys(compiled)
    for plan in compiled.fields:
        text = values.get(plan.key)
        if plan.kind not in {"line", "area"} or not isinstance(text, str) or plan.key in own:
            continue
        try:
            if not room_of(plan, fonts).fits(normal(text)):
                found.append(plan.key)
        except UndrawableError as error:
            faults.append(fault_of(plan.key, error))
    if faults:
        raise Faults(faults)
    return tuple(found)


def sheets_needed(compiled: Compiled, values: Values, fonts: Fonts, titles: Titles = _NO_TITLES) -> int:
    """Return how many continuation sheets the values take; `titles` by key head the texts on them.

    Exact where `compiled` has a sheet; else 1 for any number of texts that do not fit, and the caller asks again.
    Raises Faults as `overflow` does.
    """
    keys = overflow(compiled, values, fonts)
    if not keys or not compiled.sheets:
        return min(len(keys), 1)
    room = sheet_room(compiled, fonts)
    return len(share([(key, normal(str(values[key]))) for key in keys], room, titles))


def sheet_room(compiled: Compiled, fonts: Fonts) -> AreaRoom:
    """Return the room of a sheet's text; all sheets have the same."""
    plan = next(plan for plan in compiled.fields if plan.key == compiled.sheets[0].text)
    room = room_of(plan, fonts)
    if not isinstance(room, AreaRoom):
        raise ValueError(f"the field {plan.key} of a continuation sheet has one line")
    return room


def heading(key: str, titles: Titles) -> str:
    """Return what heads a text on a sheet: its title as one paragraph, or its key where it has none."""
    return normal(titles.get(key, key)).replace("\n", " ")


def share(texts: Sequence[tuple[str, str]], room: AreaRoom, titles: Titles = _NO_TITLES) -> list[Sheet]:
    """Return what stands on which sheet.

    A text that has room below the one before, with an empty line and its title, stands there; else it begins a sheet,
    and goes on over as many as it needs, cut between lines.
    """
    full = max(room.lines_at(room.size), 2)
    sheets: list[Sheet] = []
    free = 0
    for key, text in texts:
        lines = len(room.wrap(f"\n{heading(key, titles)}\n{text}", room.size))
        if lines <= free:
            sheets[-1] = Sheet((*sheets[-1].entries, (key, text)))
            free -= lines
        else:
            new, free = _spread(key, text, room, full)
            sheets += new
    return sheets


def _spread(key: str, text: str, room: AreaRoom, full: int) -> tuple[list[Sheet], int]:
    """Return the sheets of one text, and the lines left on the last. The last line of one that goes on is for our
    words."""
    lines = room.wrap(text, room.size)
    sheets, first = [], 0
    while len(lines) - first > full:
        piece = text[lines[first].start : lines[first + full - 2].end]
        sheets.append(Sheet(((key, piece),), more=True))
        first += full - 1
    sheets.append(Sheet(((key, text[lines[first].start :]),)))
    return sheets, full - (len(lines) - first)


def fault_of(key: str, error: UndrawableError) -> Fault:
    """Return a character's fault with its place: key and item."""
    return Fault(error.code, f"{key}: {error.message}", error.fix, item=key.split(".", 1)[0])
