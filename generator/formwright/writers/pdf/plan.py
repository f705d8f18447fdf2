"""A compiled PDF: the template's bytes and the plan by which the stamp fills it.

Everything here is made once for each distinct layout, holds no account data, and can be stored as JSON beside the
template. Boxes are PDF rectangles (x0, y0, x1, y1), points from the page's bottom left; `places()` turns them to the
layout's convention (from the top left).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formwright.layout import Place

Box = tuple[float, float, float, float]
FieldKind = Literal["line", "area", "radio", "list", "tick"]
"""radio: OneOf as ticks; list: OneOf as a combo; tick: a Tick, or one option of a ManyOf; Blank is a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """One widget annotation. `object` is its object number, `appearance` a free one for the (normal) appearance stream
    of a text or list, which the stamp writes, 0 for buttons, whose two states are drawn when compiling. `head` is the
    serialised dictionary without the entries that the stamp writes (/V and /AP for text and list; /AS, and /V for a
    tick) and without its closing `>>`."""

    object: int
    appearance: int
    page: int
    box: Box
    code: str
    head: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPlan:
    """One field. For radio, `group` is the parent's object number and `group_head` its dictionary without /V; for all
    others the only widget is the field. `key` is the control's key (a ManyOf gives one tick for each option, all with
    the same key and the option's code in the widget); `name` the fully qualified PDF name (`:` for `.`).
    `size` is the type size in points, `leading` the distance of lines."""

    key: str
    name: str
    kind: FieldKind
    widgets: tuple[Widget, ...]
    fixed: bool
    size: float
    leading: float
    max_length: int | None = None
    group: int = 0
    group_head: bytes = b""
    labels: tuple[tuple[str, str], ...] = ()
    """(code, label) of a list's options: its appearance shows the label."""
    strong: bool = False
    """Drawn heavier (the facts of page 1): the face's outline is stroked too, `2 Tr .3 w` in the colour of the ink."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlan:
    """One page: its size in points and the object number of its QR form XObject (BBox [0 0 33 33]: 25 modules and a
    quiet zone of 4; the page's content scales and places it); `print`: a hash over its content streams as they stand in
    the template, which no stamp changes."""

    width: float
    height: float
    code: int
    print: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlan:
    """One continuation sheet: the keys of its two fixed fields (`form.sheet1.title`, `form.sheet1.text`)."""

    number: int
    page: int
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A layout in PDF, ready to be stamped.

    template: a whole, valid, blank PDF (PDF/UA-1), whose placeholders (empty values, blank codes, empty foot) show
    nothing; next_object: the first free object number; startxref: offset of its last cross-reference section;
    root, info: object numbers; font: object number of the fields' Type0 font (resource name /FwField);
    foot: object number of the form XObject that every page draws for the second line of the foot, foot_box its BBox;
    the hidden field `form.token` is among the fields; attachment: object number of the embedded file stream with
    the token; metadata: object number of the XMP stream, metadata_head/_tail its text around the token.
    """

    template: bytes
    startxref: int
    next_object: int
    root: int
    info: int
    info_head: bytes
    font: int
    foot: int
    foot_box: Box
    token_field: str
    attachment: int
    metadata: int
    metadata_head: bytes
    metadata_tail: bytes
    fields: tuple[FieldPlan, ...]
    pages: tuple[PagePlan, ...]
    sheets: tuple[SheetPlan, ...]
    words: tuple[tuple[str, str], ...]
    """The layout's words that the stamp draws: continued, sample."""

    def places(self) -> tuple[Place, ...]:
        """Return where each widget stands, from the top left of its page (points)."""
        found = []
        for plan in self.fields:
            for widget in plan.widgets:
                x0, y0, x1, y1 = widget.box
                top = self.pages[widget.page - 1].height
                box = (round(x0, 2), round(top - y1, 2), round(x1, 2), round(top - y0, 2))
                found.append(Place(key=plan.key, code=widget.code, page=widget.page, box=box))
        return tuple(found)
