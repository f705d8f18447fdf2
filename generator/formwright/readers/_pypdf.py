"""The second opinion: the same walk with pypdf, a reader that shares no code with the first.

Ten times slower, so it is asked only where pikepdf refuses a file or the manifest does not match. Only /AcroForm, the
pages' annotations and the document information are touched: what else pypdf can read of a foreign file has cost time
and memory without bound (THREATS.md 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from formwright.errors import Refused
from formwright.readers import _attached, _over, _seen
from formwright.readers._appearance import DEEPEST, shown
from formwright.readers._attached import Attached, Attachments, Library
from formwright.readers._beside import BESIDE, RICH, joined, squeezed, visible_of, with_rich
from formwright.readers._seen import Seen, SeenField, SeenValue, damaged, described, stray_of, too_many
from formwright.readers._streams import TEXT_LIMIT, text_of

_LIMIT: Final = 16 * 1024 * 1024
_BOUNDS: Final = Configuration().with_overwrites(
    maximum_declared_stream_length=2 * _LIMIT,  # as large as a whole file may be
    array_based_stream_maximum_output_length=_LIMIT,
    jbig2_maximum_output_length=_LIMIT,
    lzw_maximum_output_length=_LIMIT,
    run_length_maximum_output_length=_LIMIT,
    zlib_maximum_output_length=_LIMIT,
    brotli_maximum_output_length=_LIMIT,
    stream_decoding_work_maximum_length=4 * _LIMIT,
    page_tree_maximum_entries=2 * _seen.MAX_PAGES,
    jbig2dec_binary=None,  # else an outside program may be run
    disable_legacy_handling=True,
)
"""What a form needs is far below pypdf's own limits; these hold for this reader alone, not for the process."""


def read(data: bytes) -> Seen:
    """Return what stands in a PDF. Raises Refused for all that goes wrong: pypdf's errors are many."""
    try:
        with apply_configuration(_BOUNDS):
            reader = PdfReader(BytesIO(data), strict=False, root_object_recovery_limit=10_000)
            if reader.is_encrypted and not reader.decrypt(""):
                raise damaged("it is locked")
            seen = Seen(method="acroform_pypdf")
            walk = _Walk(reader, seen)
            walk.run()
            walk.attached.of_document(reader.root_object)
            seen.files += _attached.strays(_not_ours(walk.attached.found), walk.attached.more)
            _info(reader, seen)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # pypdf promises no closed set of errors for broken files
        raise damaged() from error
    return seen


class _Walk:
    """Collects fields; see `_qpdf`, whose rules these are."""

    def __init__(self, reader: PdfReader, seen: Seen) -> None:
        self.reader, self.seen = reader, seen
        self.attached = Attachments(_ASKED)
        self.drawings: list[_over.Drawing] = []
        self.placed: dict[int, tuple[int, Any]] = {}
        self.visited: set[int] = set()
        self.count = 0

    def run(self) -> None:
        """Fill `seen` with fields and marks."""
        self.seen.pages = len(self.reader.pages)
        if self.seen.pages > _seen.MAX_PAGES:
            raise too_many("pages", _seen.MAX_PAGES)
        again: dict[int, int] = {}
        for number, page in enumerate(self.reader.pages, 1):
            for annotation in _list(page.get("/Annots")):
                if not isinstance(annotation, IndirectObject):
                    continue
                if (first := self.placed.setdefault(annotation.idnum, (number, annotation))[0]) != number:
                    again.setdefault(number, first)
            if len(self.placed) > _seen.MAX_FIELDS:
                raise too_many("fields and comments", _seen.MAX_FIELDS)
        self.seen.doubled(again)
        form = _resolved(self.reader.root_object.get("/AcroForm"))
        if isinstance(form, DictionaryObject):
            for root in _list(form.get("/Fields")):
                self._node(root, "", "", 0, None, 0)
        self._others()

    def _node(self, pointer: Any, prefix: str, kind: str, flags: int, value: Any, depth: int) -> None:
        node = _resolved(pointer)
        if not isinstance(node, DictionaryObject) or self._known(pointer, depth):
            return
        name, kind, flags, value = _own(node, prefix, kind, flags, value)
        kids = _list(node.get("/Kids"))
        if not kids:
            self._field(node, name, kind, flags, value, [pointer])
            return
        widgets = []
        for kid in kids:
            inner = _resolved(kid)
            if not isinstance(inner, DictionaryObject):
                continue
            if "/T" in inner or "/Kids" in inner:
                self._node(kid, name, kind, flags, value, depth + 1)
            elif not self._known(kid, depth):
                widgets.append(kid)
        if widgets:
            self._field(node, name, kind, flags, value, widgets)

    def _known(self, pointer: Any, depth: int) -> bool:
        number = pointer.idnum if isinstance(pointer, IndirectObject) else 0
        if number and number in self.visited:
            return True
        self.visited.add(number)
        self.count += 1
        if self.count > _seen.MAX_FIELDS:
            raise too_many("fields", _seen.MAX_FIELDS)
        if depth > _seen.MAX_DEPTH:
            raise damaged("its fields are nested too deeply")
        return False

    def _field(self, node: DictionaryObject, name: str, kind: str, flags: int, value: Any, widgets: list[Any]) -> None:
        text, note = _value(value)
        field = SeenField(name, kind, flags, text, note=note)
        for pointer in widgets:
            field.widgets += 1
            number = pointer.idnum if isinstance(pointer, IndirectObject) else 0
            place = self.placed.pop(number, None)
            if place is not None:
                field.page = field.page or place[0]
            elif number:
                field.lost += 1
            widget = _resolved(pointer)
            if kind == "Btn":
                field.states.append(_name(widget["/AS"]) if "/AS" in widget else None)
                if field.value in (None, "", "Off") and len(widgets) > 1 and "/V" in widget:
                    field.kid_values.append(_name(widget["/V"]))
        kids = [widget for pointer in widgets if (widget := _resolved(pointer)) is not node]
        self._finish(field, [node, *kids], widgets)
        field.hidden = field.says and all(map(_hidden, widgets))
        self.seen.add(field)

    def _finish(self, field: SeenField, nodes: list[Any], widgets: list[Any]) -> None:
        """Note what stands in a field beside its value; `nodes`: the field and its widgets."""
        if field.type != "Btn" and not field.value:
            drawn = [one for one in map(_normal, widgets) if one is not None]
            field.shown = " ".join(dict.fromkeys(drawn)) if drawn else None
            field.options = _options(nodes[0].get("/Opt")) if field.type == "Ch" else ()
        texts: list[str] = []
        for node in nodes:
            if not isinstance(node, DictionaryObject) or (BESIDE.isdisjoint(node) and "/V" not in node):
                continue
            described(field, _text(node.get("/Contents")), _text(node.get("/TU")), self.seen)
            rich = visible_of(_words(node.get("/RV"))) if not field.says or field.flags & RICH else ""
            texts += [rich] if squeezed(rich) != squeezed(str(field.value or "")) else []
            if field.says and "/V" in node and node is not nodes[0]:
                field.differing(*_value(_resolved(node["/V"])))
            if not field.says:
                texts += [_words(node.get("/DV")), _words(node["/V"]) if "/V" in node and node is not nodes[0] else ""]
                texts += [f"option {_text(part)}" for part in _list(node.get("/I"))[:100]]
        field.beside = joined(text for text in texts if not (field.type == "Btn" and text == "Off"))

    def _others(self) -> None:
        for number, pointer in self.placed.values():
            annotation = _resolved(pointer)
            if not isinstance(annotation, DictionaryObject):
                continue
            subtype = _name(annotation.get("/Subtype"))
            if subtype == "Widget":
                self._astray(annotation, number)
            else:
                self._comment(annotation, subtype, number)
        if self.drawings:
            self.seen.covered = _over.covered(self.drawings, self._widgets({one.page for one in self.drawings}))

    def _astray(self, widget: DictionaryObject, number: int) -> None:
        name, kind, flags, value = _climb(widget)
        text, note = _value(value)
        field = SeenField(name, kind, flags, text, page=number, widgets=1, note=note)
        if kind == "Btn":
            field.states.append(_name(widget["/AS"]) if "/AS" in widget else None)
        self._finish(field, [widget], [widget])
        field.hidden = field.says and _hidden(widget)
        self.seen.add(field)

    def _comment(self, annotation: DictionaryObject, subtype: str, number: int) -> None:
        words = _comment(annotation)
        if subtype == "FileAttachment":
            self.attached.of_comment(annotation, words, number)
            return
        stray = stray_of(subtype, words, number)
        if stray is None:
            return
        mark = self.seen.mark(stray)
        if subtype in _over.DRAWING and mark >= 0:
            self.drawings.append(
                _over.Drawing(number, _over.boxes_of(subtype, annotation, _numbers), stray.value, mark)
            )

    def _widgets(self, pages: set[int]) -> Iterator[tuple[int, str, list[float]]]:
        for number in pages:
            for one in map(_resolved, _list(self.reader.pages[number - 1].get("/Annots"))):
                if isinstance(one, DictionaryObject) and _name(one.get("/Subtype")) == "Widget":
                    yield number, _climb(one)[0], _numbers(one, "/Rect")[0]


def _not_ours(files: list[Attached]) -> list[Attached]:
    """Return the attached files without the first of the name that ours has."""
    names = [one.name for one in files]
    ours = names.index(_seen.ATTACHMENT) if _seen.ATTACHMENT in names else len(files)
    return [*files[:ours], *files[ours + 1 :]]


def _climb(node: DictionaryObject) -> tuple[str, str, int, Any]:
    """Return name, type, flags and value of a widget by its /Parent chain."""
    chain = [node]
    while len(chain) <= _seen.MAX_DEPTH:
        parent = _resolved(chain[-1].get("/Parent"))
        if not isinstance(parent, DictionaryObject):
            break
        chain.append(parent)
    name, kind, flags, value = "", "", 0, None
    for step in reversed(chain):
        name, kind, flags, value = _own(step, name, kind, flags, value)
    return name, kind, flags, value


def _comment(annotation: DictionaryObject) -> str:
    text = with_rich(_text(annotation.get("/Contents")), _words(annotation.get("/RC")))
    others = ((_resolved(annotation.get("/Parent")), "/Contents"), (_resolved(annotation.get("/A")), "/URI"))
    return "" if text in [_text(one.get(entry)) for one, entry in others if isinstance(one, DictionaryObject)] else text


def _options(value: Any) -> tuple[str, ...]:
    found = []
    for one in _list(value)[: _seen.MAX_OPTIONS]:
        pair = _resolved(one)
        found += [_text(text) for text in pair[:2]] if isinstance(pair, ArrayObject) else [_text(pair)]
    return tuple(found)


def _own(node: DictionaryObject, name: str, kind: str, flags: int, value: Any) -> tuple[str, str, int, Any]:
    if "/T" in node:
        partial = _text(node["/T"])
        name = f"{name}.{partial}" if name else partial
    if "/FT" in node:
        kind = _name(node["/FT"])
    own = _resolved(node.get("/Ff"))
    if isinstance(own, int):
        flags = own
    if "/V" in node:
        value = _resolved(node["/V"])
    return name, kind, flags, value


def _hidden(pointer: Any) -> bool:
    widget = _resolved(pointer)
    flags = _resolved(widget.get("/F")) if isinstance(widget, DictionaryObject) else None
    return isinstance(flags, int) and bool(flags & _seen.UNSEEN)


def _info(reader: PdfReader, seen: Seen) -> None:
    for field in seen.fields.get(_seen.TOKEN_FIELD, ()):
        if isinstance(field.value, str):
            seen.found("field", field.value)
    information = _resolved(reader.trailer.get("/Info"))
    if isinstance(information, DictionaryObject):
        seen.producer = _text(information.get("/Producer"))[:200]
        seen.found("info", _text(information.get(_seen.INFO_KEY)))


def _value(value: Any) -> tuple[SeenValue, str]:
    """Return a /V in plain form, and a note where it could not be taken as it stands."""
    if value is None:
        return None, ""
    if isinstance(value, ArrayObject):
        parts = [_resolved(part) for part in value[:100]]
        texts = tuple(_name(part) if isinstance(part, NameObject) else _text(part) for part in parts)
        return texts, "" if len(value) <= 100 else "too_long"
    if isinstance(value, NameObject):
        return _name(value), ""
    if isinstance(value, StreamObject):
        data = value.get_data()
        return ("", "too_long") if len(data) > 4 * TEXT_LIMIT else (text_of(data), "")
    return ("", "odd_value") if isinstance(value, DictionaryObject) else (_text(value), "")


def _normal(pointer: Any) -> str | None:
    """Return the words that the appearance of an empty widget shows, None where it shows none."""
    widget = _resolved(pointer)
    appearance = _resolved(widget.get("/AP")) if isinstance(widget, DictionaryObject) else None
    return _drawn(appearance.get("/N"), 0) if isinstance(appearance, DictionaryObject) else None


def _drawn(pointer: Any, depth: int) -> str | None:
    stream = _resolved(pointer)
    if not isinstance(stream, StreamObject):
        return None
    if _name(stream.get("/Subtype")) == "Image" or depth > DEEPEST:
        return ""
    content = stream.get_data()
    resources = _resolved(stream.get("/Resources"))
    objects = _resolved(resources.get("/XObject")) if isinstance(resources, DictionaryObject) else None
    known = objects if isinstance(objects, DictionaryObject) else DictionaryObject()
    if len(content) > TEXT_LIMIT:
        return ""
    return shown(content, lambda name: _drawn(known.get(name), depth + 1))


def _numbers(holder: Any, entry: str) -> list[list[float]]:
    parts = [_resolved(part) for part in _list(holder.get(entry))[: _seen.MAX_FIELDS]]
    nested = [[_resolved(one) for one in part] for part in parts if isinstance(part, ArrayObject)] or [parts]
    return [[float(one) for one in part if isinstance(one, (int, float, Decimal))] for part in nested]


def _words(value: Any) -> str:
    text, _ = _value(_resolved(value))
    return ", ".join(text) if isinstance(text, tuple) else text or ""


def _text(value: Any) -> str:
    value = _resolved(value)
    if isinstance(value, ByteStringObject):
        return text_of(bytes(value))
    return "" if value is None or isinstance(value, (ArrayObject, DictionaryObject)) else str(value)


def _name(value: Any) -> str:
    return _text(value).removeprefix("/")


def _list(value: Any) -> list[Any]:
    value = _resolved(value)
    return list(value) if isinstance(value, ArrayObject) else []


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _entry(holder: Any, entry: str) -> Any:
    """Return an entry as it stands, a reference as such: it tells two objects apart."""
    holder = _resolved(holder)
    return holder.raw_get(entry) if isinstance(holder, DictionaryObject) and entry in holder else None


_ASKED: Final = Library(
    entry=_entry,
    listed=_list,
    text=lambda value: "" if isinstance(_resolved(value), NameObject) else _text(value),
    identity=lambda value: value.idnum if isinstance(value, IndirectObject) else None,
)
