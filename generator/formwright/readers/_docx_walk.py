"""The main part of a Word file, element by element -> `Body`.

What was inserted with changes tracked counts as there, what was deleted does not (ISO 29500-1 17.13.5). Elements that
only wrap others (links, smart tags, unknown ones of a program) are walked through.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from formwright.readers._docx_seen import Bit, Body, Cell, Control, Paragraph, Row, State, Table
from formwright.readers._docx_xml import MAX_DEPTH, W14, Element, W, on, too_deep

_VAL, _NAME, _ID, _TYPE = f"{W}val", f"{W}name", f"{W}id", f"{W}type"
_P, _R, _T, _TBL, _TR, _TC, _SDT = (f"{W}{name}" for name in ("p", "r", "t", "tbl", "tr", "tc", "sdt"))
_RPR, _BR, _TAB, _CR, _SYM, _DEL_TEXT = (f"{W}{name}" for name in ("rPr", "br", "tab", "cr", "sym", "delText"))
_MARK, _COMMENT, _CONTENT = f"{W}bookmarkStart", f"{W}commentRangeStart", f"{W}sdtContent"
_COMMENT_HERE, _ALT_CHUNK = f"{W}commentReference", f"{W}altChunk"
_STYLE, _VANISH, _PROMPT = f"{W}rStyle", f"{W}vanish", "PlaceholderText"
_ADDED: Final = frozenset({f"{W}ins", f"{W}moveTo"})
_DELETED: Final = frozenset({f"{W}del", f"{W}moveFrom"})
_PASSED: Final = frozenset(
    f"{W}{name}"
    for name in (
        *("pPr", "rPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "proofErr"),
        *("bookmarkEnd", "commentRangeEnd", "instrText", "delInstrText", "lastRenderedPageBreak", "fldChar", "rt"),
        *("customXmlPr", "smartTagPr", "rubyPr", "footnoteRef", "endnoteRef", "annotationRef", "moveFromRangeStart"),
    )
)
"""What holds no text of the reader's."""
_PICTURES: Final = {f"{W}drawing": "picture", f"{W}pict": "picture", f"{W}object": "object"}
_CHARS: Final = {f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad", f"{W}ptab": "\t"}
_KINDS: Final = {f"{W}dropDownList": "list", f"{W}comboBox": "list", f"{W}date": "date"}
_WINGDINGS: Final = {
    **dict.fromkeys((0x6F, 0x70, 0x71, 0x72, 0xA8), "☐"),
    **dict.fromkeys((0x78, 0xFD, 0xFB), "☒"),
    **dict.fromkeys((0xFC, 0xFE), "☑"),
}
"""Signs of the font Wingdings that Word draws boxes and ticks with."""
_BOX: Final = f"{W}txbxContent"
_CHOICE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def walk(root: Element) -> Body:
    """Return what stands in a document part. Raises Refused where it is nested beyond all sense."""
    walker = _Walker(root)
    for body in root:
        if body.tag == f"{W}body":
            walker.blocks(body, walker.body.flow)
    return walker.body


class _Walker:
    """Where the walk is: paragraph, cell, open controls, state of the changes."""

    def __init__(self, root: Element) -> None:
        self.body = Body()
        self._hidden = {mark.getparent().getparent() for mark in root.iter(_VANISH) if on(mark.get(_VAL))}
        self._paragraph: Paragraph | None = None
        self._cell: Cell | None = None
        self._open: list[Control] = []
        self._state = State.KEPT
        self._marks: list[str] = []
        self._waiting: list[str] = []
        self._depth = 0

    # ---- blocks ---------------------------------------------------------------------------------

    def blocks(self, parent: Element, flow: list[Paragraph | Table] | None) -> None:
        """Walk through paragraphs and tables; `flow` takes those of the first level."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep()
        for child in parent:
            tag = child.tag
            if tag == _P:
                self._add(self._paragraph_of(child), flow)
            elif tag == _TBL:
                self._table(child, flow)
            elif tag == _SDT:
                self._control(child, lambda content: self.blocks(content, flow))
            elif tag == _MARK:
                self._note_mark(child)
            elif tag == _COMMENT:
                self._waiting.append(child.get(_ID, ""))
            elif tag == _ALT_CHUNK:
                self.body.extras.append(("import", "", None))
            elif tag not in _PASSED:
                self._changed(child, lambda inside: self.blocks(inside, flow))
        self._depth -= 1

    def _add(self, block: Paragraph | Table, flow: list[Paragraph | Table] | None) -> None:
        if self._cell is None:
            if flow is not None:
                flow.append(block)
        elif isinstance(block, Paragraph):
            self._cell.paragraphs.append(block)
        else:
            self._cell.tables.append(block)

    def _paragraph_of(self, element: Element) -> Paragraph:
        made = self._paragraph = Paragraph(marks=self._marks, cell=self._cell)
        self._marks = []
        if self._waiting:
            self._anchor(made)
        self._inline(element)
        for control in self._open:
            control.bits.append(Bit("\n", State.KEPT, control, False))
        self._paragraph = None
        return made

    def _anchor(self, block: Paragraph) -> None:
        for id in self._waiting:
            self.body.anchors.setdefault(id, block)
        self._waiting = []

    def _table(self, element: Element, flow: list[Paragraph | Table] | None) -> None:
        style = element.find(f"{W}tblPr/{W}tblStyle")
        made = Table(cell=self._cell, marks=self._marks, style="" if style is None else style.get(_VAL, ""))
        self._marks = []
        self._add(made, flow)
        self._rows(element, made)
        made.marks += self._marks
        self._marks = []

    def _rows(self, parent: Element, table: Table) -> None:
        for child in parent:
            tag = child.tag
            if tag == _TR:
                self._row(child, table)
            elif tag == _SDT:
                self._control(child, lambda content: self._rows(content, table))
            elif tag == _MARK:
                self._note_mark(child)
            elif tag not in _PASSED:
                self._changed(child, lambda inside: self._rows(inside, table))

    def _row(self, element: Element, table: Table) -> None:
        state, properties = self._state, element.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            self._state = State.DELETED
        elif properties is not None and properties.find(f"{W}ins") is not None:
            self._state = State.ADDED
        row = Row(table, deleted=self._state == State.DELETED)
        table.rows.append(row)
        self._cells(element, row)
        self._state = state

    def _cells(self, parent: Element, row: Row) -> None:
        for child in parent:
            tag = child.tag
            if tag == _TC:
                outer, self._cell = self._cell, Cell(row, len(row.cells))
                row.cells.append(self._cell)
                self.blocks(child, None)
                self._cell = outer
            elif tag == _SDT:
                first = len(row.cells)
                control = self._control(child, lambda content: self._cells(content, row))
                for cell in row.cells[first : first + 1]:  # it goes round this cell
                    control.cell = cell
                    cell.controls.append(control)
            elif tag not in _PASSED:
                self._changed(child, lambda inside: self._cells(inside, row))

    # ---- controls, changes ----------------------------------------------------------------------

    def _control(self, element: Element, inside: Callable[[Element], None]) -> Control:
        made = self._properties(element)
        made.cell, made.paragraph = self._cell, self._paragraph
        made.deleted = self._state == State.DELETED
        for outer in self._open:
            outer.inner.append(made)
        self.body.controls.append(made)
        if self._cell is not None:
            self._cell.controls.append(made)
        if self._paragraph is not None:
            self._paragraph.controls.append(made)
        self._open.append(made)
        content = element.find(_CONTENT)
        if content is not None:
            inside(content)
        self._open.pop()
        return made

    def _properties(self, element: Element) -> Control:
        made = Control()
        properties = element.find(f"{W}sdtPr")
        for one in properties if properties is not None else ():
            tag = one.tag
            if tag == f"{W}tag":
                made.tag = one.get(_VAL, "")
            elif tag == f"{W}alias":
                made.alias = one.get(_VAL, "")
            elif tag == f"{W}showingPlcHdr":
                made.showing = on(one.get(_VAL))
            elif tag in _KINDS:
                made.kind = _KINDS[tag]
                made.day = one.get(f"{W}fullDate", "")[:10]
            elif isinstance(tag, str) and tag.endswith("}checkbox"):
                state = one.find("{*}checked")
                made.kind, made.checked = "tick", state is not None and on(state.get(f"{W14}val") or state.get(_VAL))
            elif isinstance(tag, str) and tag.endswith(("}repeatingSection", "}repeatingSectionItem")):
                made.kind = "repeat"
        return made

    def _changed(self, element: Element, inside: Callable[[Element], None]) -> None:
        """Walk into an element that wraps others; a tracked change is remembered below it."""
        state = self._state
        if element.tag in _DELETED:
            self._state = State.DELETED
        elif element.tag in _ADDED and state == State.KEPT:
            self._state = State.ADDED
        inside(element)
        self._state = state

    def _note_mark(self, element: Element) -> None:
        name = element.get(_NAME, "")
        if not name:
            return
        target = self._paragraph.marks if self._paragraph is not None else self._marks
        target.append(name)
        for control in self._open:
            control.wide = True

    # ---- text -----------------------------------------------------------------------------------

    def _inline(self, parent: Element) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep()
        for child in parent:
            tag = child.tag
            if tag == _R:
                self._run(child)
            elif tag in _PASSED:
                continue
            elif tag == _SDT:
                self._control(child, self._inline)
            elif tag == _MARK:
                self._note_mark(child)
            elif tag == _COMMENT:
                self._waiting.append(child.get(_ID, ""))
                self._anchor(self._paragraph or Paragraph())
            elif tag == f"{W}t" or (isinstance(tag, str) and tag.endswith("/math}t")):
                self._text(child.text or "", self._state, prompt=False)
            else:
                self._changed(child, self._inline)
        self._depth -= 1

    def _run(self, element: Element) -> None:
        state, prompt = self._state, False
        if self._hidden and element in self._hidden:
            state = State.HIDDEN
        text = ""
        for child in element:
            tag = child.tag
            if tag == _T:
                text += child.text or ""
            elif tag == _RPR:
                first = child[0] if len(child) else None
                prompt = first is not None and first.tag == _STYLE and first.get(_VAL) == _PROMPT
            elif tag == _BR:
                text += "\n" if child.get(_TYPE, "textWrapping") == "textWrapping" else ""
            elif tag == _TAB:
                text += "\t"
            elif tag == _DEL_TEXT:
                text, state = text + (child.text or ""), State.DELETED
            elif tag not in _PASSED:
                text += self._other(child)
        if text:
            self._text(text, state, prompt=prompt)

    def _text(self, text: str, state: State, *, prompt: bool) -> None:
        bit = Bit(text, state, self._open[-1] if self._open else None, prompt)
        if self._paragraph is not None:
            self._paragraph.bits.append(bit)
        for control in self._open:
            control.bits.append(bit)

    def _other(self, element: Element) -> str:
        """Return the text of something rare in a run; pictures and text boxes are noted."""
        tag = element.tag
        if tag == _CR:
            return "\n"
        if tag in _CHARS:
            return _CHARS[tag]
        if tag == _SYM:
            return _sign(element)
        if tag == _COMMENT_HERE:
            self.body.anchors.setdefault(element.get(_ID, ""), self._paragraph or Paragraph())
        elif tag in _PICTURES or tag == _CHOICE:
            self._picture(element)
        elif tag == f"{W}ruby":
            for base in element.findall(f"{W}rubyBase"):
                self._inline(base)
        return ""

    def _picture(self, element: Element) -> None:
        """Note a picture, or the text of a text box: in a choice of drawings the first that has one."""
        boxes = [" ".join("".join(box.itertext(_T)).split()) for box in element.iter(_BOX)]
        words = next(filter(None, boxes), "")
        if words:
            self.body.extras.append(("text", words, self._paragraph))
            return
        names = (one.get("descr") or one.get("name") or "" for one in element.iter("{*}docPr"))
        self.body.extras.append((_PICTURES.get(element.tag, "picture"), next(names, ""), self._paragraph))


def _sign(element: Element) -> str:
    """Return the character of a w:sym; the boxes of Wingdings as what they look like."""
    try:
        number = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return "\ufffd"
    font = element.get(f"{W}font", "").lower()
    if font.startswith("wingdings"):
        return _WINGDINGS.get(number & 0xFF, "•")
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE else "\ufffd"
