"""The main part of a Word file -> `Body`, in one pass over the elements that matter.

lxml hands out those elements in the order of the document; where each of them stands is known from the nearest element
above it that was met before. So what only wraps others (links, smart tags, elements of programs that we do not know)
is seen through. What was inserted with changes tracked counts as there, what was deleted does not (ISO 29500-1
17.13.5).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from formwright.readers._docx_seen import NEW_LINE, Bit, Body, Cell, Control, Paragraph, Row, State, Table
from formwright.readers._docx_xml import Element, W, on, too_deep

MAX_TABLES: Final = 24
"""Tables inside one another."""
_VAL, _TYPE, _ID = f"{W}val", f"{W}type", f"{W}id"
_MICROSOFT: Final = tuple(f"http://schemas.microsoft.com/office/word/{year}/wordml" for year in (2010, 2012))
_CHARS: Final = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_STATES: Final = {"ins": State.ADDED, "moveTo": State.ADDED, "del": State.DELETED, "moveFrom": State.DELETED}
_WINGDINGS: Final = {
    **dict.fromkeys((0x6F, 0x70, 0x71, 0x72, 0xA8), "☐"),
    **dict.fromkeys((0x78, 0xFD, 0xFB), "☒"),
    **dict.fromkeys((0xFC, 0xFE), "☑"),
}
"""Signs of the font Wingdings that Word draws boxes and ticks with."""


@dataclass(slots=True, eq=False)
class _At:
    """Where an element stands. controls: those open around it, the innermost last; aside: in a text box, or above a
    line (ruby): no text of the document's own lines; tables: how many lie around it."""

    paragraph: Paragraph | None = None
    cell: Cell | None = None
    row: Row | None = None
    table: Table | None = None
    controls: tuple[Control, ...] = ()
    state: State = State.KEPT
    aside: list[str] | None = None
    tables: int = 0


def walk(root: Element) -> Body:
    """Return what stands in a document part. Raises Refused where it is nested beyond all sense."""
    walker = _Walker(root)
    handlers = walker.handlers()
    for element in root.iter(*handlers):
        handlers[element.tag](element)
    for control, element in zip(walker.body.controls, walker.elements, strict=True):
        if not control.tag:
            alias = element.find(f"{W}sdtPr/{W}alias")
            control.alias = "" if alias is None else alias.get(_VAL, "")
    return walker.body


class _Walker:
    """What is known so far; `_at`: elements -> where what is in them stands."""

    def __init__(self, root: Element) -> None:
        self.body = Body()
        self._at: dict[Element, _At] = {root: _At()}
        self.elements: list[Element] = []
        self._control = Control()
        self._marks: list[str] = []
        self._comments: list[str] = []
        self._hidden_run: Element = None

    def handlers(self) -> dict[str, Callable[[Element], Any]]:
        """Return what is called for each name of an element."""
        mine: dict[str, Callable[[Element], Any]] = {
            "p": self._p,
            "t": self._t,
            "tbl": self._tbl,
            "tr": self._tr,
            "tc": self._tc,
            "sdt": self._sdt,
            "tag": self._tag,
            "showingPlcHdr": self._showing,
            "dropDownList": self._list,
            "comboBox": self._list,
            "date": self._date,
            "vanish": self._vanish,
            "br": self._br,
            "sym": self._sym,
            "delText": self._deleted,
            "bookmarkStart": self._mark,
            "commentRangeStart": self._comment,
            "commentReference": self._comment,
            "txbxContent": self._box,
            "rt": self._above_line,
            "drawing": self._picture,
            "pict": self._picture,
            "object": self._picture,
            "altChunk": self._import,
            **dict.fromkeys(_STATES, self._change),
            **dict.fromkeys(_CHARS, self._char),
        }
        found = {f"{W}{name}": handler for name, handler in mine.items()}
        for name, handler in (
            ("checked", self._checked),
            ("repeatingSection", self._repeat),
            ("repeatingSectionItem", self._repeat),
        ):
            found |= {f"{{{space}}}{name}": handler for space in _MICROSOFT}
        found["{http://schemas.openxmlformats.org/officeDocument/2006/math}t"] = self._t
        return found

    def _above(self, element: Element) -> _At:
        """Return where an element stands."""
        at = self._at
        above = element.getparent()
        found = at.get(above)
        while found is None:
            above = above.getparent()
            found = at.get(above)
        return found

    # ---- blocks ---------------------------------------------------------------------------------

    def _p(self, element: Element) -> None:
        at = self._at.get(element.getparent())
        if at is None:
            at = self._above(element)
        cell, controls = at.cell, at.controls
        made = Paragraph([], [], [], cell)
        if at.aside is None:
            if cell is not None:
                cell.paragraphs.append(made)
            elif at.table is None:
                self.body.flow.append(made)
            if self._marks:
                made.marks, self._marks = self._marks, []
        for control in controls:
            if control.bits:
                control.bits.append(NEW_LINE)
        if self._comments:
            for id in self._comments:
                self.body.anchors.setdefault(id, made)
            self._comments = []
        self._at[element] = _At(made, cell, at.row, at.table, controls, at.state, at.aside, at.tables)

    def _tbl(self, element: Element) -> None:
        at = self._above(element)
        if at.tables >= MAX_TABLES:
            raise too_deep()
        style = element.find(f"{W}tblPr/{W}tblStyle")
        made = Table(cell=at.cell, marks=self._marks, style="" if style is None else style.get(_VAL, ""))
        self._marks = []
        if at.aside is None:
            if at.cell is not None:
                at.cell.tables.append(made)
            else:
                self.body.flow.append(made)
        self._at[element] = _At(None, at.cell, None, made, at.controls, at.state, at.aside, at.tables + 1)

    def _tr(self, element: Element) -> None:
        at = self._above(element)
        table = at.table or Table()
        made = Row(table, deleted=at.state == State.DELETED)
        table.rows.append(made)
        self._at[element] = _At(None, None, made, table, at.controls, at.state, at.aside, at.tables)

    def _tc(self, element: Element) -> None:
        at = self._at.get(element.getparent()) or self._above(element)
        row = at.row or Row(at.table or Table())
        made = Cell(row, len(row.cells))
        row.cells.append(made)
        for control in at.controls:
            if control.row is row and control.cell is None:  # it goes round this cell
                control.cell = made
                made.controls.append(control)
        self._at[element] = _At(None, made, row, row.table, at.controls, at.state, at.aside, at.tables)

    # ---- controls -------------------------------------------------------------------------------

    def _sdt(self, element: Element) -> None:
        at = self._at.get(element.getparent()) or self._above(element)
        made = self._control = Control(cell=at.cell, row=at.row, deleted=at.state == State.DELETED)
        for outer in at.controls:
            outer.inner.append(made)
        self.body.controls.append(made)
        self.elements.append(element)
        if at.cell is not None:
            at.cell.controls.append(made)
        if at.paragraph is not None:
            at.paragraph.controls.append(made)
        around = (*at.controls, made)
        self._at[element] = _At(at.paragraph, at.cell, at.row, at.table, around, at.state, at.aside, at.tables)

    def _tag(self, element: Element) -> None:
        self._control.tag = element.get(_VAL, "")

    def _showing(self, element: Element) -> None:
        self._control.showing = on(element.get(_VAL))

    def _list(self, _: Element) -> None:
        self._control.kind = "list"

    def _date(self, _: Element) -> None:
        self._control.kind = "date"

    def _checked(self, element: Element) -> None:
        self._control.kind = "tick"
        self._control.checked = on(element.get(element.tag.replace("checked", "val")))

    def _repeat(self, _: Element) -> None:
        self._control.kind = "repeat"

    # ---- changes, marks -------------------------------------------------------------------------

    def _change(self, element: Element) -> None:
        at = self._above(element)
        state = _STATES[element.tag[len(W) :]]
        if element.getparent().tag == f"{W}trPr":  # the whole row
            at.state = state
            if at.row is not None:
                at.row.deleted = at.row.deleted or state == State.DELETED
        if at.state != State.DELETED:
            at = _At(at.paragraph, at.cell, at.row, at.table, at.controls, state, at.aside, at.tables)
        self._at[element] = at

    def _mark(self, element: Element) -> None:
        at = self._above(element)
        name = element.get(f"{W}name", "")
        if at.aside is not None or not name:
            return
        (self._marks if at.paragraph is None else at.paragraph.marks).append(name)
        for control in at.controls:
            control.wide = True

    def _comment(self, element: Element) -> None:
        at = self._above(element)
        id = element.get(_ID, "")
        if at.paragraph is None:
            self._comments.append(id)
        else:
            self.body.anchors.setdefault(id, at.paragraph)

    # ---- text -----------------------------------------------------------------------------------

    def _t(self, element: Element) -> None:
        if text := element.text:
            self._text(element, text)

    def _br(self, element: Element) -> None:
        if element.get(_TYPE, "textWrapping") == "textWrapping":
            self._text(element, "\n")

    def _char(self, element: Element) -> None:
        if element.getparent().tag == f"{W}r":  # w:tab is also a stop of a paragraph's tabs
            self._text(element, _CHARS[element.tag[len(W) :]])

    def _sym(self, element: Element) -> None:
        self._text(element, _sign(element))

    def _deleted(self, element: Element) -> None:
        self._text(element, element.text or "", State.DELETED)

    def _text(self, element: Element, text: str, state: State | None = None) -> None:
        run = element.getparent()
        at = self._at.get(run.getparent()) or self._above(run)
        if at.aside is not None:
            at.aside.append(text)
            return
        if state is None:
            state = at.state if run is not self._hidden_run else State.HIDDEN
        if state:
            self._note_state(state, at.paragraph)
        controls = at.controls
        bit = Bit(text, state, controls[-1] if controls else None)
        if at.paragraph is not None:
            at.paragraph.bits.append(bit)
        if not controls:
            if at.cell is not None:
                at.cell.loose = True
            return
        for control in controls:
            control.bits.append(bit)

    def _note_state(self, state: State, paragraph: Paragraph | None) -> None:
        if state != State.HIDDEN:
            self.body.changed = True
        elif paragraph is not None:
            self.body.hidden.append(paragraph)

    def _vanish(self, element: Element) -> None:
        if on(element.get(_VAL)):
            self._hidden_run = element.getparent().getparent()

    # ---- what is no text ------------------------------------------------------------------------

    def _box(self, element: Element) -> None:
        at = self._above(element)
        words: list[str] = []
        self._at[element] = _At(aside=words, tables=at.tables)
        self.body.boxes.append((words, at.paragraph))

    def _above_line(self, element: Element) -> None:
        self._at[element] = _At(aside=[])

    def _picture(self, element: Element) -> None:
        at = self._above(element)
        if at.aside is not None or next(element.iter(f"{W}txbxContent"), None) is not None:
            return
        names = (one.get("descr") or one.get("name") or "" for one in element.iter("{*}docPr"))
        kind = "object" if element.tag == f"{W}object" else "picture"
        self.body.extras.append((kind, next(names, ""), at.paragraph))

    def _import(self, _: Element) -> None:
        self.body.extras.append(("import", "", None))


def _sign(element: Element) -> str:
    """Return the character of a w:sym; the boxes of Wingdings as what they look like."""
    try:
        number = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return "\ufffd"
    if element.get(f"{W}font", "").lower().startswith("wingdings"):
        return _WINGDINGS.get(number & 0xFF, "•")
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE else "\ufffd"
