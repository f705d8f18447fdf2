"""Fields and ticks: a field is a cell under its label, and grows with its answer; fields side by side share an edge.

Widths and heights are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from formwright.layout import Area, Blank, Control, Line, ManyOf, OneOf, Option, Tick
from formwright.writers._wording import head
from formwright.writers.docx.controls import Controls, is_list
from formwright.writers.docx.styles import COLUMN, GUTTER, HAIR, INK, TINT
from formwright.writers.docx.wml import ACCENT, LINE, Edges, Element, Look, accented, cell, paragraph, row, run, table

_LINE: Final = (6, LINE)
BOX: Final = Edges(top=_LINE, left=_LINE, bottom=_LINE, right=_LINE)
UNDER: Final = Edges(bottom=_LINE)
NONE: Final = Edges()
RULE: Final = Edges(bottom=(8, INK))
HAIRLINE: Final = Edges(bottom=(4, HAIR))
ACCENT_EDGE: Final = (18, ACCENT)
_ROW: Final = 23.0
_SIGNATURE: Final = 42.0
_LEADING: Final = 14.0
_PAD: Final = 9.0
"""Above and below the text of a field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """Where the next block stands: its left edge and its room, whether it follows an answer, and the words above."""

    left: float = GUTTER
    room: float = COLUMN
    edge: bool = False
    words: str = ""
    first: bool = False
    """Right under a heading that leaves room itself."""

    def inset(self, by: float) -> At:
        """Return the place of what follows an answer."""
        return replace(self, left=self.left + by, room=self.room - by, edge=True)

    def under(self, words: str) -> At:
        """Return the same place under other words."""
        return replace(self, words=words) if words else self


def height(control: Control) -> float:
    """Return the least height of a field."""
    if isinstance(control, Blank):
        return _SIGNATURE
    return _LEADING * control.lines + _PAD if isinstance(control, Area) else _ROW


def fields(controls: Controls, group: Sequence[Control], at: At) -> Element:
    """Return controls side by side, under their labels; they share their edges."""
    group = [_narrowed(control) for control in group]
    total = sum(control.width for control in group)
    unit = at.room / max(12, total)
    widths = [round(unit * max(1, min(control.width, 12)), 2) for control in group]
    rows = []
    if any(_labelled(control) for control in group):
        labels = [_label(control, width) for control, width in zip(group, widths, strict=True)]
        rows.append(row(edged(labels, at), head=True))
    cells = [_field(controls, control, width, at) for control, width in zip(group, widths, strict=True)]
    rows.append(row(edged(cells, at), max(map(height, group))))
    name = group[0].name if len(group) == 1 else at.words or group[0].name
    return table("FWFields", widths, rows, left=at.left, name=name, head=len(rows) > 1, heads=False)


def _narrowed(control: Control) -> Control:
    """Return a choice that is a list only because its options are many, half as wide."""
    many = isinstance(control, OneOf) and control.style == "ticks" and is_list(control)
    return replace(control, width=min(control.width, 6)) if many else control


def _labelled(control: Control) -> bool:
    return bool(control.label) and not isinstance(control, Tick)


def _label(control: Control, width: float) -> Element:
    words = control.label if _labelled(control) else ""
    boxed = not isinstance(control, (Tick, ManyOf)) and not _is_ticks(control) and not control.fixed
    return cell(width, paragraph("FWLabel", run(head(words))), edges=UNDER if boxed else NONE, low=True)


def _is_ticks(control: Control) -> bool:
    return isinstance(control, OneOf) and not is_list(control)


def _field(controls: Controls, control: Control, width: float, at: At) -> Element:
    """Return the cell of one field; ticks have no edge, nor has what is ours to state."""
    words = control.label or at.words
    if isinstance(control, (Tick, ManyOf)) or _is_ticks(control):
        return cell(width, *choices(controls, control, replace(at, left=0, edge=False)), edges=NONE)
    content = paragraph("FWField", boxed(controls, control, words))
    if control.fixed:
        return cell(width, content, edges=NONE)
    return cell(width, content, edges=BOX, shade=TINT if control.known else "")


def boxed(controls: Controls, control: Control, words: str) -> Element:
    """Return the Word control of a text or a list."""
    if isinstance(control, (Line, Area, Blank)):
        return controls.text(control, words)
    if isinstance(control, OneOf):
        return controls.choice(control, words)
    raise TypeError(f"the Word writer knows no {type(control).__name__}")


def edged(cells: list[Element], at: At) -> list[Element]:
    """Give the first cell of a row the accent edge of what follows an answer."""
    if at.edge and cells:
        accented(cells[0], ACCENT_EDGE)
    return cells


# ---- ticks --------------------------------------------------------------------------------------


def choices(controls: Controls, control: Control, at: At, look: Look | None = None) -> list[Element]:
    """Return the ticks of a control with their words, in one paragraph or in one for each."""
    look = look or Look(left=at.left)
    if isinstance(control, Tick):
        words = [run(f" {control.label}", "FWSmall")] if control.label else []
        quiet = [run(f"     {control.quiet}", "FWQuiet")] if control.quiet else []
        return [paragraph("FWChoice", controls.tick(control, control.label or at.words), *words, *quiet, look=look)]
    if not isinstance(control, (OneOf, ManyOf)):
        raise TypeError(f"the Word writer knows no {type(control).__name__}")
    if control.stacked:
        looks = [replace(look, before=1, after=1)] * (len(control.options) - 1) + [replace(look, before=1, after=6)]
        ticks = (_option(controls, control, option) for option in control.options)
        return [paragraph("FWChoice", *tick, look=each) for tick, each in zip(ticks, looks, strict=True)]
    parts: list[Element] = []
    for option in control.options:
        parts += [*([run(" " * 8)] if parts else []), *_option(controls, control, option)]
    return [paragraph("FWChoice", *parts, look=look)]


def _option(controls: Controls, control: OneOf | ManyOf, option: Option) -> list[Element]:
    return [controls.option(control, option), run(f" {option.label}")]
