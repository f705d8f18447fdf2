"""The stamp: one issue's values, codes and identity, appended to a compiled PDF as one incremental update.

    compiled, stamp -> compiled.template + changed objects + cross-reference stream    (ISO 32000 7.5.6)

Nothing is parsed: a `Stamper` prepares, once for each layout, the bytes that stand around every value, and a stamp
joins them. Only fields that have a value are written anew. Same input, same bytes.

The identity (PDF.md 6) goes into every carrier that survives somewhere: the code and the foot of every page, the
hidden field `form.token`, the document information (`FormwrightToken`), XMP, the attachment, the trailer's first /ID.
"""

from __future__ import annotations

import hashlib
import struct
from binascii import hexlify
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, repeat
from types import MappingProxyType
from typing import Final, Protocol

from formwright.errors import Fault, Faults
from formwright.layout import Stamp, Value
from formwright.writers.pdf import measure, qr
from formwright.writers.pdf.appearance import FOOT, AreaRoom, Pen, number
from formwright.writers.pdf.fonts import RESOURCE, Fonts, UndrawableError, normal
from formwright.writers.pdf.plan import Compiled, FieldPlan, Widget

TOKEN_PROPERTY: Final = "FormwrightToken"
"""Key of the token in the document information dictionary."""
ON: Final = "on"
"""Appearance state of a tick that is on, where its widget has no code."""

_FOOT_SIZE: Final = 8.0
_FOOT_LEADING: Final = 12.0
_FORM: Final = b"%d 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 %b %b]"
_NO_TITLES: Final[Mapping[str, str]] = MappingProxyType({})


def stamp(compiled: Compiled, stamp: Stamp, fonts: Fonts, titles: Mapping[str, str] = _NO_TITLES) -> bytes:
    """Return the stamped PDF of one issue; `Stamper`, which is for many, says more."""
    return Stamper(compiled, fonts).stamp(stamp, titles)


class Stamper:
    """Stamps one compiled layout, thousands of times."""

    def __init__(self, compiled: Compiled, fonts: Fonts) -> None:
        self.compiled, self.fonts = compiled, fonts
        self._words = dict(compiled.words)
        self._sheet_room = measure.sheet_room(compiled, fonts) if compiled.sheets else None
        plans = {plan.key: plan for plan in compiled.fields}
        self._token = plans.get(compiled.token_field)
        self._sheets = [(_Text(plans[s.title], fonts), _Text(plans[s.text], fonts), s.number) for s in compiled.sheets]
        self._fields = _writers(compiled, fonts, measure.own_keys(compiled) | {compiled.token_field})
        self._lists = {key: field for key, field in self._fields.items() if isinstance(field, _List)}
        x0, y0, x1, y1 = compiled.foot_box
        self._foot_room = AreaRoom(fonts, x1 - x0, y1 - y0, _FOOT_SIZE, _FOOT_LEADING, FOOT)
        self._foot_head = _FORM % (compiled.foot, number(x1 - x0), number(y1 - y0))
        self._code_heads = [_FORM % (page.code, b"33", b"33") + b"/Resources<<>>/Length " for page in compiled.pages]

    def stamp(self, stamp: Stamp, titles: Mapping[str, str] = _NO_TITLES) -> bytes:
        """Return the whole PDF of one issue.

        `titles` gives by key what heads the continuation sheets of a text that does not fit (number and words).
        Raises Faults for values that don't match the form and characters that cannot be drawn, all at once; ValueError
        where the layout was compiled with other pages or too few sheets.
        """
        return b"".join((self.compiled.template, self.update(stamp, titles)))

    def update(self, stamp: Stamp, titles: Mapping[str, str] = _NO_TITLES) -> bytes:
        """Return only what follows the template's bytes; raises as `stamp`."""
        if len(stamp.tokens) != len(self.compiled.pages) + 1:
            raise ValueError(f"{len(stamp.tokens)} tokens for {len(self.compiled.pages)} pages and the whole")
        job = _Job(self.compiled.next_object)
        pen = self._pen(stamp, titles, job)
        faults = [
            _fault("unknown_value", key, "the form has no field of this key to fill.", "Take the value out.")
            for key in sorted(stamp.values.keys() - self._fields.keys())
        ]
        long = self._write_fields(stamp.values, pen, job, faults)
        self._write_sheets(long, titles, pen, job, faults)
        self._write_foot(stamp, pen, job, faults)
        if faults:
            raise Faults(faults)
        self._write_identity(stamp, job)
        return self._closed(job, stamp.tokens)

    def _pen(self, stamp: Stamp, titles: Mapping[str, str], job: _Job) -> Pen:
        """Return the pen for all texts of this issue; glyphs that the field face lacks are embedded."""
        resources = b"/%b %d 0 R" % (RESOURCE, self.compiled.font)
        values = stamp.values
        texts = [value for value in values.values() if isinstance(value, str) and not value.isascii()]
        labels = [field.label(values.get(key)) for key, field in self._lists.items()]
        heads = titles.values() if self._sheets else ()
        drawn = "\n".join((*texts, *labels, *heads, *self._words.values(), stamp.foot))
        missing = set(normal(drawn)) - self.fonts.codes.keys() - {"\n"}
        if not missing:
            return Pen(self.fonts, resources)
        extra: dict[str, tuple[bytes, bytes]] = {}
        for place, subset in enumerate(self.fonts.subset(missing, job.next)):
            name = b"%b%d" % (RESOURCE, place + 1)
            resources += b"/%b %d 0 R" % (name, job.next)
            extra.update((char, (name, code)) for char, code in subset.codes.items())
            for body in subset.objects:
                job.add_new(body)
        return Pen(self.fonts, resources, extra)

    def _write_fields(
        self, values: Mapping[str, Value], pen: Pen, job: _Job, faults: list[Fault]
    ) -> list[tuple[_Text, str]]:
        """Write every field that has a value; return those whose text is too long, with the text."""
        long: list[tuple[_Text, str]] = []
        for key, field in self._fields.items():
            value = values.get(key)
            if not value:
                continue
            try:
                rest = field.write(value, pen, job)
            except (UndrawableError, _MismatchError) as error:
                faults.append(_fault(error.code, key, error.message, error.fix))
            else:
                if rest is not None:
                    long.append(rest)
        return long

    def _write_sheets(
        self, long: Sequence[tuple[_Text, str]], titles: Mapping[str, str], pen: Pen, job: _Job, faults: list[Fault]
    ) -> None:
        """Write the fields whose text is too long, and the sheets that hold their texts."""
        if not long:
            return
        texts = [(field.key, text) for field, text in long]
        shares = measure.share(texts, self._sheet_room, titles) if self._sheet_room else []
        if not 0 < len(shares) <= len(self._sheets):
            raise ValueError(f"{len(self._sheets)} continuation sheets are too few for {', '.join(dict(texts))}")
        first: dict[str, int] = {}
        for place, share in enumerate(shares):
            for key, _ in share.entries:
                first.setdefault(key, place)
        for field, text in long:
            field.write_part(text, self._continued(first[field.key]), pen, job)
        for place, share in enumerate(shares):
            try:
                self._write_sheet(place, share, titles, pen, job)
            except UndrawableError as error:  # only a title is new here
                faults.append(_fault(error.code, share.entries[0][0], error.message, error.fix))

    def _write_sheet(self, place: int, share: measure.Sheet, titles: Mapping[str, str], pen: Pen, job: _Job) -> None:
        """Write one sheet: the first text under its title, each other one below, under a line with its own."""
        title, body, _ = self._sheets[place]
        (key, text), *others = share.entries
        title.write_cut(measure.heading(key, titles), pen, job)
        for key, more in others:
            text += f"\n\n{measure.heading(key, titles)}\n{more}"
        body.write_piece(text, self._continued(place + 1) if share.more else "", pen, job)

    def _continued(self, sheet: int) -> str:
        return self._words["continued"].format(n=self._sheets[sheet][2])

    # ---- identity -------------------------------------------------------------------------------

    def _write_foot(self, stamp: Stamp, pen: Pen, job: _Job, faults: list[Fault]) -> None:
        """Write the second line of the foot, which every page draws; an issue with a fictional key says so first."""
        text = normal(f"{self._words['sample']} · {stamp.foot}" if stamp.sample else stamp.foot)
        try:
            content = self._foot_room.draw(text, pen) or self._foot_room.draw_part(text, pen, "")
        except UndrawableError as error:
            faults.append(_fault(error.code, "foot", error.message, error.fix))
            return
        job.add(self.compiled.foot, _drawn(self._foot_head, content, pen))

    def _write_identity(self, stamp: Stamp, job: _Job) -> None:
        """Write the token into every carrier but the trailer."""
        plan, token = self.compiled, stamp.tokens[0]
        for page, head, text in zip(plan.pages, self._code_heads, stamp.tokens[1:], strict=True):
            content = qr.content(text)
            job.add(page.code, b"%b%d>>stream\n%b\nendstream\nendobj\n" % (head, len(content), content))
        if self._token is not None:
            widget = self._token.widgets[0]
            job.add(widget.object, b"%b/V%b>>\nendobj\n" % (_head(widget), text_string(token)))
        properties = {TOKEN_PROPERTY: token, **stamp.properties}
        entries = b"".join(name(key) + text_string(properties[key]) for key in sorted(properties))
        job.add(plan.info, b"%d 0 obj\n%b%b>>\nendobj\n" % (plan.info, plan.info_head, entries))
        data = token.encode()
        attached = b"/Type/EmbeddedFile/Subtype/text#2Fplain/Params<</Size %d>>" % len(data)
        job.add(plan.attachment, _stream(plan.attachment, attached, data))
        data = plan.metadata_head + data + plan.metadata_tail
        job.add(plan.metadata, _stream(plan.metadata, b"/Type/Metadata/Subtype/XML", data))

    def _closed(self, job: _Job, tokens: tuple[str, ...]) -> bytes:
        """Return the update with its cross-reference stream, which lists itself, too (ISO 32000 7.5.8)."""
        number, plan = job.next, self.compiled
        job.numbers.append(number)
        offsets = list(accumulate(map(len, job.parts), initial=len(plan.template)))
        rows = struct.pack(">" + "BIB" * len(offsets), *chain.from_iterable(zip(repeat(1), offsets, repeat(0))))
        index = b"%d 1 " * len(offsets) % tuple(job.numbers)
        second = hashlib.sha256("\n".join(tokens).encode()).digest()[:16]
        named = b"/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (
            (plan.root, plan.info, hexlify(tokens[0].encode()), hexlify(second))
        )
        job.parts.append(
            b"%d 0 obj\n<</Type/XRef/Size %d%b/Prev %d/W[1 4 1]/Index[%b]/Length %d>>stream\n%b\nendstream\nendobj\n"
            b"startxref\n%d\n%%%%EOF\n"
            % (number, number + 1, named, plan.startxref, index.rstrip(), len(rows), rows, offsets[-1])
        )
        return b"".join(job.parts)


class _Job:
    """The objects of one update in the order of writing: their bytes and numbers, and the next free number."""

    __slots__ = ("next", "numbers", "parts")

    def __init__(self, first_free: int) -> None:
        self.parts: list[bytes] = []
        self.numbers: list[int] = []
        self.next = first_free

    def add(self, number: int, body: bytes) -> None:
        self.parts.append(body)
        self.numbers.append(number)

    def add_new(self, body: bytes) -> None:
        self.add(self.next, body)
        self.next += 1


# ---- fields -------------------------------------------------------------------------------------


class _MismatchError(Exception):
    """A value that its field cannot take: code, why, cure."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


class _Writer(Protocol):
    """Writes one key's value; returns itself and the text where that is too long for the field."""

    def write(self, value: Value, pen: Pen, job: _Job) -> tuple[_Text, str] | None: ...


class _Text:
    """A field of text, one line or several."""

    def __init__(self, plan: FieldPlan, fonts: Fonts) -> None:
        widget = plan.widgets[0]
        self.key = plan.key
        self.room = measure.room_of(plan, fonts)
        self._limit = plan.max_length
        self._one_line = plan.kind == "line"
        self._numbers = (widget.object, widget.appearance)
        self._head = _head(widget) + b"/V"
        self._appearance_head = _FORM % (widget.appearance, number(self.room.width), number(self.room.height))

    def write(self, value: Value, pen: Pen, job: _Job) -> tuple[_Text, str] | None:
        if not isinstance(value, str):
            raise _MismatchError("wrong_value", f"a text is wanted, not {value!r}.", "Give a text.")
        text = normal(value)
        if self._limit is not None and len(text) > self._limit:
            message = f"the text has {len(text)} characters, {self._limit} are allowed."
            raise _MismatchError("too_long", message, "Shorten it.")
        if self._one_line and "\n" in text:
            raise _MismatchError(
                "line_break", "the text has a line break, its field one line.", "Write it in one line."
            )
        content = self.room.draw(text, pen)
        if content is None:
            return self, text
        self._add(text, content, pen, job)
        return None

    def write_part(self, text: str, note: str, pen: Pen, job: _Job) -> None:
        """Write the full text as value, and show what fits, ended by a note."""
        self._add(text, self.room.draw_part(text, pen, note), pen, job)

    def write_piece(self, text: str, note: str, pen: Pen, job: _Job) -> None:
        """Write a sheet's piece at its full size, ended by a note if there is one."""
        content = self.room.draw_part(text, pen, note, self.room.size) if note else self.room.draw(text, pen)
        self._add(text, content or b"", pen, job)

    def write_cut(self, text: str, pen: Pen, job: _Job) -> None:
        """Write a title of ours, which may end in an ellipsis where it does not fit."""
        self._add(text, self.room.draw(text, pen) or self.room.draw_part(text, pen, ""), pen, job)

    def _add(self, text: str, content: bytes, pen: Pen, job: _Job) -> None:
        value = b"%b%b>>\nendobj\n" % (self._head, text_string(text))
        job.parts += (value, _drawn(self._appearance_head, content, pen))
        job.numbers += self._numbers


class _List(_Text):
    """A list to choose from: the code is its value, the label what it shows."""

    def __init__(self, plan: FieldPlan, fonts: Fonts) -> None:
        super().__init__(plan, fonts)
        self._labels = dict(plan.labels)

    def label(self, value: Value | None) -> str:
        """Return the words of a code, or "" for what is none."""
        return self._labels.get(value, "") if isinstance(value, str) else ""

    def write(self, value: Value, pen: Pen, job: _Job) -> tuple[_Text, str] | None:
        code = _code(value, self._labels)
        label = normal(self._labels[code])
        content = self.room.draw(label, pen) or self.room.draw_part(label, pen, "")
        self._add(code, content, pen, job)
        return None


class _Radio:
    """A OneOf as ticks: the group has the value, the kid that is on its state."""

    def __init__(self, plan: FieldPlan) -> None:
        self._group = plan.group
        self._kids = {
            widget.code: (
                b"%d 0 obj\n%b/V%b>>\nendobj\n" % (plan.group, plan.group_head, name(widget.code)),
                widget.object,
                b"%b/AS%b>>\nendobj\n" % (_head(widget), name(widget.code)),
            )
            for widget in plan.widgets
        }

    def write(self, value: Value, pen: Pen, job: _Job) -> None:
        group, kid, body = self._kids[_code(value, self._kids)]
        job.add(self._group, group)
        job.add(kid, body)


class _Ticks:
    """A Tick, or all options of a ManyOf."""

    def __init__(self, plans: Sequence[FieldPlan]) -> None:
        self._bodies: dict[str, tuple[int, bytes]] = {}
        for plan in plans:
            (widget,) = plan.widgets
            state = name(widget.code or ON)
            self._bodies[widget.code] = (widget.object, b"%b/V%b/AS%b>>\nendobj\n" % (_head(widget), state, state))

    def write(self, value: Value, pen: Pen, job: _Job) -> None:
        if value is True and len(self._bodies) == 1:
            codes = tuple(self._bodies)
        elif isinstance(value, tuple):
            codes = value
        else:
            wanted = "yes or no (a tick)" if len(self._bodies) == 1 else "a list of codes"
            raise _MismatchError("wrong_value", f"{wanted} is wanted, not {value!r}.", "Give that.")
        chosen = {_code(code, self._bodies) for code in codes}
        for code, (place, body) in self._bodies.items():
            if code in chosen:
                job.add(place, body)


def _writers(compiled: Compiled, fonts: Fonts, own: frozenset[str]) -> dict[str, _Writer]:
    """Return the writer of each key that values may have."""
    plans: dict[str, list[FieldPlan]] = {}
    for plan in compiled.fields:
        if plan.key not in own:
            plans.setdefault(plan.key, []).append(plan)
    return {key: _writer(same, fonts) for key, same in plans.items()}


def _writer(plans: Sequence[FieldPlan], fonts: Fonts) -> _Writer:
    first = plans[0]
    if first.kind == "tick":
        return _Ticks(plans)
    if len(plans) > 1:
        raise ValueError(f"the key {first.key} has several fields")
    if first.kind == "radio":
        return _Radio(first)
    return _List(first, fonts) if first.kind == "list" else _Text(first, fonts)


def _code(value: Value, known: Mapping[str, object]) -> str:
    """Return a value that is one of the known codes."""
    if isinstance(value, str) and value in known:
        return value
    raise _MismatchError("wrong_value", f"{value!r} is not one of {', '.join(known)}.", "Give one of these codes.")


def _fault(code: str, key: str, message: str, fix: str) -> Fault:
    return Fault(code, f"{key}: {message}", fix, item=key.split(".", 1)[0])


# ---- how PDF writes things ----------------------------------------------------------------------


def text_string(text: str) -> bytes:
    """Return a text string: ASCII as it is, all else in UTF-16 with its mark (ISO 32000 7.9.2.2)."""
    if not text.isascii():
        return b"<feff%b>" % hexlify(text.encode("utf-16-be"))
    data = text.encode()
    if b"(" in data or b")" in data or b"\\" in data:
        data = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(%b)" % data


def name(text: str) -> bytes:
    """Return a name, with every byte that is not a letter, digit, - or _ as # and two digits (ISO 32000 7.3.5)."""
    plain = b"-_"
    return b"/" + b"".join(
        byte if byte.isalnum() or byte in plain else b"#%02X" % byte[0]
        for byte in (bytes((value,)) for value in text.encode())
    )


def _head(widget: Widget) -> bytes:
    return b"%d 0 obj\n%b" % (widget.object, widget.head)


def _drawn(head: bytes, content: bytes, pen: Pen) -> bytes:
    """Return an appearance stream or other form XObject whose content has text."""
    return b"%b/Resources<</Font<<%b>>>>/Length %d>>stream\n%b\nendstream\nendobj\n" % (
        (head, pen.resources, len(content), content)
    )


def _stream(number: int, entries: bytes, data: bytes) -> bytes:
    return b"%d 0 obj\n<<%b/Length %d>>stream\n%b\nendstream\nendobj\n" % (number, entries, len(data), data)
