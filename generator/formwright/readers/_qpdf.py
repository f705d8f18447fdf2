"""The first reader: one walk over a returned file with pikepdf.

Every access to an object costs a part of a microsecond and every object is parsed when first met, so each widget is
met once. To ask a widget for the names of all its entries costs as much as to ask for five of them one by one; but not
so the document's root: the names of entries that are null are left out, so each object behind an entry is parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from formwright.errors import Refused
from formwright.raw import RawProblem
from formwright.readers import _attached, _over, _pages, _seen
from formwright.readers._actions import ACTING, active_content
from formwright.readers._appearance import Appearances
from formwright.readers._attached import Attachments
from formwright.readers._beside import BESIDE, RICH, joined, squeezed, visible_of, with_rich
from formwright.readers._carriers import others_attached, tokens
from formwright.readers._plain import DIRECT, PIKEPDF, name_of, numbers_of, text_of, value_of, words_of
from formwright.readers._seen import Seen, SeenField, SeenValue, damaged, described, stray_of, too_many

_Key = tuple[int, int]
_Node = tuple[Any, set[str]]
"""A dictionary and the names of its entries."""
_REPAIRED = ("reconstruct", "damaged", "loop detected", "recover")


def read(data: bytes) -> Seen:
    """Return what stands in a PDF. Raises Refused, or pikepdf.PdfError where only another reader may help."""
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError:
        raise _locked() from None
    except pikepdf.PdfError as error:
        if "unsupported" in str(error) and "ncrypt" in str(error):
            raise _locked() from None
        raise
    with pdf:
        seen = Seen(method="acroform")
        walk = _Walk(pdf, seen)
        walk.run()
        walk.attached.of_document(pdf.Root)
        tokens(pdf, seen, walk.attached.found)
        others = others_attached(walk.attached.found, encrypted=pdf.is_encrypted)
        seen.files += _attached.strays(others, walk.attached.more)
        seen.problems += active_content(pdf, data, walk.acting, walk.subtypes, [one.name for one in seen.files])
        if any(word in str(warning) for warning in pdf.get_warnings() for word in _REPAIRED):
            seen.problems.append(_repaired())
        return seen


class _Walk:
    """Collects fields from /AcroForm and from the pages, which may disagree."""

    def __init__(self, pdf: pikepdf.Pdf, seen: Seen) -> None:
        self.pdf, self.seen = pdf, seen
        self.appearances = Appearances(encrypted=pdf.is_encrypted)
        self.attached = Attachments(PIKEPDF)
        self.drawings: list[_over.Drawing] = []
        self.placed: dict[_Key, tuple[int, Any]] = {}
        self.direct: list[tuple[int, Any]] = []
        self.acting: list[Any] = []
        self.subtypes: set[str] = set()
        self.visited: set[_Key] = set()
        self.count = 0
        self.drawing = True

    def run(self) -> None:
        """Fill `seen` with fields and marks."""
        self._pages()
        form = self.pdf.Root.get("/AcroForm")
        if isinstance(form, pikepdf.Dictionary):
            if form.get_bool("/NeedAppearances", False):
                self.drawing = False
                self.seen.problems.append(_undrawn())
            roots = form.get("/Fields")
            if isinstance(roots, pikepdf.Array):
                for root in roots:
                    self._node(root, "", "", 0, None, 0)
        self._others()

    def _pages(self) -> None:
        """Note what each page draws itself, and on which page each annotation stands."""
        pages = self.pdf.pages
        self.seen.pages = len(pages)
        if len(pages) > _seen.MAX_PAGES:
            raise too_many("pages", _seen.MAX_PAGES)
        again: dict[int, int] = {}
        homes = [page.obj for page in pages]
        for number, home in enumerate(homes, 1):
            if "/AA" in home:
                self.acting.append(home)
            if "/AF" in home:
                self.attached.of_page(home, number)
            annotations = home.get("/Annots")
            if not isinstance(annotations, pikepdf.Array):
                continue
            for annotation in annotations:
                if not isinstance(annotation, pikepdf.Object):
                    continue
                key = annotation.objgen
                if key == DIRECT:
                    self.direct.append((number, annotation))
                elif self.placed.setdefault(key, (number, annotation))[0] != number:
                    again.setdefault(number, self.placed[key][0])
            if len(self.placed) + len(self.direct) > _seen.MAX_FIELDS:
                raise too_many("fields and comments", _seen.MAX_FIELDS)
        self.seen.doubled(again)
        self.seen.prints = _pages.prints_of(homes)

    def _node(self, node: Any, prefix: str, kind: str, flags: int, value: Any, depth: int) -> None:
        """Walk one node of the field tree with what it inherits (ISO 32000 12.7.4.1)."""
        if not isinstance(node, pikepdf.Dictionary) or self._known(node, depth):
            return
        keys = node.keys()
        name, kind, flags, value = _own(node, keys, prefix, kind, flags, value)
        kids = node["/Kids"] if "/Kids" in keys else None
        if not isinstance(kids, pikepdf.Array) or not len(kids):
            self._field((node, keys), name, kind, flags, value, [(node, keys)])
            return
        if not keys.isdisjoint(ACTING):
            self.acting.append(node)
        widgets = []
        for kid in kids:
            if not isinstance(kid, pikepdf.Dictionary):
                continue
            own = kid.keys()
            if "/T" in own or "/Kids" in own:
                self._node(kid, name, kind, flags, value, depth + 1)
            elif not self._known(kid, depth):
                widgets.append((kid, own))
        if widgets:
            self._field((node, keys), name, kind, flags, value, widgets)

    def _known(self, node: Any, depth: int) -> bool:
        """Return whether a node was met before; it is counted against the bounds."""
        key = node.objgen
        if key != DIRECT:
            if key in self.visited:
                return True
            self.visited.add(key)
        self.count += 1
        if self.count > _seen.MAX_FIELDS:
            raise too_many("fields", _seen.MAX_FIELDS)
        if depth > _seen.MAX_DEPTH:
            raise damaged("its fields are nested too deeply")
        return False

    def _field(self, node: _Node, name: str, kind: str, flags: int, value: Any, widgets: list[_Node]) -> None:
        """Note a terminal field with its widgets."""
        text, note = value_of(value, self.pdf)
        field = SeenField(name, kind, flags, text, note=note)
        button = kind == "Btn"
        more = not node[1].isdisjoint(BESIDE)
        for widget, keys in widgets:
            field.widgets += 1
            place = self.placed.pop(widget.objgen, None)
            if place is not None:
                field.page = field.page or place[0]
            elif widget.objgen != DIRECT:
                field.lost += 1
            if button:
                state = name_of(widget["/AS"]) if "/AS" in keys else None
                field.states.append(state)
                if state is not None and state != "Off":
                    field.rectangles.append((state, _rectangle(widget)))
            elif text:
                field.rectangles.append(("", _rectangle(widget)))
                field.drawn = field.drawn and (not self.drawing or "/AP" in keys or _hidden(widget))
            if not keys.isdisjoint(ACTING):
                self.acting.append(widget)
            more = more or not keys.isdisjoint(BESIDE) or (widget is not node[0] and "/V" in keys)
        self._finish(field, node, widgets, more)

    def _finish(self, field: SeenField, node: _Node, widgets: list[_Node], more: bool) -> None:
        """Note what a field's value may hide behind, and the field; `more`: something stands beside its value."""
        if field.type == "Btn":
            _more(field, node, widgets)
        elif not field.value:
            field.shown = self.appearances.shown(widgets)
            if field.type == "Ch" and "/Opt" in node[1]:
                field.options = _options(node[0]["/Opt"])
        elif field.type == "Ch" and "/Opt" in node[1]:
            field.worded = _worded(node[0]["/Opt"], field.value)
        if more:
            _beside(field, [node, *(widget for widget in widgets if widget[0] is not node[0])], self.pdf, self.seen)
        field.hidden = field.says and all(_hidden(widget) for widget, _ in widgets)
        self.seen.add(field)

    def _others(self) -> None:
        """Look at what stands on pages without being in /Fields: comments, and widgets that lost their way."""
        for number, annotation in [*self.placed.values(), *self.direct]:
            if not isinstance(annotation, pikepdf.Dictionary):
                continue
            keys = annotation.keys()
            if not keys.isdisjoint(ACTING):
                self.acting.append(annotation)
            subtype = name_of(annotation.get("/Subtype"))
            if subtype == "Widget":
                self._astray(annotation, keys, number)
                continue
            self.subtypes.add(subtype)
            self._comment(annotation, subtype, number)
        if self.drawings:
            self.seen.covered = _over.covered(self.drawings, self._widgets({one.page for one in self.drawings}))

    def _comment(self, annotation: Any, subtype: str, number: int) -> None:
        """Note a comment, and where it draws something."""
        words = _comment(annotation, self.pdf)
        if subtype == "FileAttachment":
            self.attached.of_comment(annotation, words, number)
            return
        stray = stray_of(subtype, words, number)
        if stray is None:
            return
        mark = self.seen.mark(stray)
        if subtype in _over.DRAWING and mark >= 0:
            self.drawings.append(
                _over.Drawing(number, _over.boxes_of(subtype, annotation, numbers_of), stray.value, mark)
            )

    def _widgets(self, pages: set[int]) -> Iterator[tuple[int, str, list[float]]]:
        """Yield page, field name and rectangle of each widget of some pages."""
        for number in pages:
            for one in self.pdf.pages[number - 1].obj.Annots:
                if isinstance(one, pikepdf.Dictionary) and name_of(one.get("/Subtype")) == "Widget":
                    yield number, self._climb(one)[0], numbers_of(one, "/Rect")[0]

    def _astray(self, widget: Any, keys: set[str], number: int) -> None:
        """Note a widget that stands on a page and is in no field."""
        name, kind, flags, value = self._climb(widget)
        text, note = value_of(value, self.pdf)
        field = SeenField(name, kind, flags, text, page=number, widgets=1, note=note)
        if kind == "Btn":
            field.states.append(name_of(widget["/AS"]) if "/AS" in keys else None)
        self._finish(field, (widget, keys), [(widget, keys)], not keys.isdisjoint(BESIDE))

    def _climb(self, node: Any) -> tuple[str, str, int, Any]:
        """Return name, type, flags and value of a widget by its /Parent chain."""
        chain = [node]
        while len(chain) <= _seen.MAX_DEPTH and isinstance(parent := chain[-1].get("/Parent"), pikepdf.Dictionary):
            chain.append(parent)
        name, kind, flags, value = "", "", 0, None
        for step in reversed(chain):
            name, kind, flags, value = _own(step, step.keys(), name, kind, flags, value)
        return name, kind, flags, value


def _own(node: Any, keys: set[str], name: str, kind: str, flags: int, value: Any) -> tuple[str, str, int, Any]:
    """Return what a node says itself over what it inherits: qualified name, type, flags, value."""
    if "/T" in keys:
        partial = text_of(node["/T"])
        name = f"{name}.{partial}" if name else partial
    if "/FT" in keys:
        kind = name_of(node["/FT"])
    if "/Ff" in keys:
        found = node["/Ff"]
        flags = found if isinstance(found, int) else flags
    if "/V" in keys:
        value = node["/V"]
    return name, kind, flags, value


def _rectangle(widget: Any) -> bytes:
    """Return where a widget stands, as it is written: to take its numbers apart costs three times as much."""
    try:
        return bytes(widget["/Rect"].unparse(True))
    except (AttributeError, KeyError):  # a number, or nothing
        return b""


def _hidden(widget: Any) -> bool:
    """Return whether a widget is not meant to be seen."""
    flags = widget.get("/F")
    return isinstance(flags, int) and bool(flags & _seen.UNSEEN)


def _more(field: SeenField, node: _Node, widgets: list[_Node]) -> None:
    """Read what a button's value may hide behind: kids' own /V, and /Opt where the value is an index into it."""
    if field.value in (None, "", "Off") and not any(state not in (None, "Off") for state in field.states):
        for widget, keys in widgets:
            if widget is not node[0] and "/V" in keys:
                field.kid_values.append(name_of(widget["/V"]))
    if isinstance(field.value, str) and field.value.isdigit() and "/Opt" in node[1]:
        field.options = _options(node[0]["/Opt"])


def _options(options: Any) -> tuple[str, ...]:
    """Return what an /Opt says: texts, and both texts of its pairs (ISO 32000 12.7.5.4, table 234)."""
    if not isinstance(options, pikepdf.Array):
        return ()
    some = list(options)[: _seen.MAX_OPTIONS]
    return tuple(text_of(text) for one in some for text in (list(one)[:2] if isinstance(one, pikepdf.Array) else [one]))


def _worded(options: Any, value: SeenValue) -> str | None:
    """Return the words that a list shows for a value, None where they are not in its /Opt."""
    some = list(options)[: _seen.MAX_OPTIONS] if isinstance(options, pikepdf.Array) else []
    pairs = (list(one)[:2] for one in some if isinstance(one, pikepdf.Array) and len(one) > 1)
    meant = value if isinstance(value, str) else value[0] if value and len(value) == 1 else None
    return next((text_of(words) for export, words in pairs if text_of(export) == meant), None)


def _beside(field: SeenField, nodes: list[_Node], pdf: pikepdf.Pdf, seen: Seen) -> None:
    """Note what stands in a field beside its value; `nodes`: the field and its widgets."""
    texts: list[str] = []
    for node, keys in nodes:
        if "/Contents" in keys:
            described(field, text_of(node["/Contents"]), text_of(node.get("/TU")), seen)
        if "/RV" in keys and (not field.says or field.flags & RICH):
            rich = visible_of(words_of(node["/RV"], pdf))
            texts += [rich] if squeezed(rich) != squeezed(str(field.value or "")) else []
        if field.says:
            if "/V" in keys and node is not nodes[0][0]:
                other, note = value_of(node["/V"], pdf)
                field.differing(other, note)
            continue
        texts += [words_of(node["/DV"], pdf)] if "/DV" in keys else []
        texts += [words_of(node["/V"], pdf)] if "/V" in keys and node is not nodes[0][0] else []
        if "/I" in keys and isinstance(node["/I"], pikepdf.Array):
            texts += [f"option {part}" for part in list(node["/I"])[:100]]
    field.beside = joined(text for text in texts if not (field.type == "Btn" and text == "Off"))


def _comment(annotation: Any, pdf: pikepdf.Pdf) -> str:
    """Return what a comment says. A pop-up window may repeat the words of what it belongs to, a link its address."""
    text = with_rich(text_of(annotation.get("/Contents")), words_of(annotation.get("/RC"), pdf))
    others = ((annotation.get("/Parent"), "/Contents"), (annotation.get("/A"), "/URI"))
    repeated = [text_of(one.get(entry)) for one, entry in others if isinstance(one, pikepdf.Dictionary)]
    return "" if text in repeated else text


def _locked() -> Refused:
    return Refused(
        "needs_password",
        "The file is locked with a password, or in a way that we can't open.",
        "Ask the sender to save it without a password and to send it again; don't ask for the password by mail.",
    )


def _repaired() -> RawProblem:
    return RawProblem(
        code="repaired",
        message="The file was damaged and had to be repaired before it could be read.",
        fix="Compare the answers with the file on screen, or ask for it again.",
    )


def _undrawn() -> RawProblem:
    return RawProblem(
        code="appearance_left_open",
        message="The program that saved the file left it to the viewer to draw the answers.",
        fix="Nothing is to be done; what is seen on screen may differ between viewers.",
        severity="info",
    )
