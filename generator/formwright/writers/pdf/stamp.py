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
from typing import Final

from formwright.errors import Fault, Faults
from formwright.layout import Stamp, Value
from formwright.writers.pdf import measure, qr
from formwright.writers.pdf.appearance import FOOT, TITLE, AreaRoom, Pen, number
from formwright.writers.pdf.fields import Choice, MismatchError, Text, writers
from formwright.writers.pdf.fonts import RESOURCE, Fonts, UndrawableError, normal
from formwright.writers.pdf.plan import Compiled
from formwright.writers.pdf.syntax import FORM, Job, drawn, head_of, name, stream, text_string

TOKEN_PROPERTY: Final = "FormwrightToken"
"""Key of the token in the document information dictionary."""

_FOOT_SIZE: Final = 8.0
_FOOT_LEADING: Final = 12.0
_NO_TITLES: Final[Mapping[str, str]] = MappingProxyType({})


class Stamper:
    """Stamps one compiled layout, thousands of times."""

    def __init__(self, compiled: Compiled, fonts: Fonts) -> None:
        self.compiled, self.fonts = compiled, fonts
        self._words = dict(compiled.words)
        self._sheet_room = measure.sheet_room(compiled, fonts) if compiled.sheets else None
        plans = {plan.key: plan for plan in compiled.fields}
        self._token = plans.get(compiled.token_field)
        self._sheets = [
            (Text(plans[s.title], fonts, TITLE), Text(plans[s.text], fonts), s.number) for s in compiled.sheets
        ]
        self._fields = writers(compiled, fonts, measure.own_keys(compiled) | {compiled.token_field})
        self._lists = {key: field for key, field in self._fields.items() if isinstance(field, Choice)}
        x0, y0, x1, y1 = compiled.foot_box
        self._foot_room = AreaRoom(fonts, x1 - x0, y1 - y0, _FOOT_SIZE, _FOOT_LEADING, FOOT)
        self._foot_head = FORM % (compiled.foot, number(x1 - x0), number(y1 - y0))
        self._code_heads = [FORM % (page.code, b"33", b"33") + b"/Resources<<>>/Length " for page in compiled.pages]

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
        job = Job(self.compiled.next_object)
        pen = self._pen(stamp, titles, job)
        faults = [
            fault("unknown_value", key, "the form has no field of this key to fill.", "Take the value out.")
            for key in sorted(stamp.values.keys() - self._fields.keys())
        ]
        long = self._write_fields(stamp.values, pen, job, faults)
        self._write_sheets(long, titles, pen, job, faults)
        self._write_foot(stamp, pen, job, faults)
        if faults:
            raise Faults(faults)
        self._write_identity(stamp, job)
        return self._closed(job, stamp.tokens)

    def _pen(self, stamp: Stamp, titles: Mapping[str, str], job: Job) -> Pen:
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
        self, values: Mapping[str, Value], pen: Pen, job: Job, faults: list[Fault]
    ) -> list[tuple[Text, str]]:
        """Write every field that has a value; return those whose text is too long, with the text."""
        long: list[tuple[Text, str]] = []
        for key, field in self._fields.items():
            value = values.get(key)
            if not value:
                continue
            try:
                rest = field.write(value, pen, job)
            except (UndrawableError, MismatchError) as error:
                faults.append(fault(error.code, key, error.message, error.fix))
            else:
                if rest is not None:
                    long.append(rest)
        return long

    def _write_sheets(
        self, long: Sequence[tuple[Text, str]], titles: Mapping[str, str], pen: Pen, job: Job, faults: list[Fault]
    ) -> None:
        """Write the fields whose text is too long, and the sheets that hold their texts."""
        if not long:
            return
        texts = [(field.key, text) for field, text in long]
        room = self._sheet_room
        shares = measure.share(texts, room, titles) if room else []
        if room is None or len(shares) > len(self._sheets):
            raise ValueError(f"{len(self._sheets)} continuation sheets are too few for {', '.join(dict(texts))}")
        first: dict[str, int] = {}
        for place, share in enumerate(shares):
            for key, _ in share.entries:
                first.setdefault(key, place)
        for field, text in long:
            field.write_part(text, self._continued(first[field.key]), pen, job)
        for place, share in enumerate(shares):
            try:
                self._write_sheet(place, share, room, titles, pen, job)
            except UndrawableError as error:  # only a title is new here
                faults.append(fault(error.code, share.entries[0][0], error.message, error.fix))

    def _write_sheet(
        self, place: int, share: measure.Sheet, room: AreaRoom, titles: Mapping[str, str], pen: Pen, job: Job
    ) -> None:
        """Write one sheet: the first text under its title, each other one below, under a line with its own."""
        title, body, _ = self._sheets[place]
        (key, text), *others = share.entries
        title.write_cut(measure.heading(key, titles), pen, job)
        heads = []
        for key, more in others:
            head = measure.heading(key, titles)
            heads.append(range(len(text) + 2, len(text) + 2 + len(head)))
            text += f"\n\n{head}\n{more}"
        if share.more:
            content = room.draw_part(text, pen, self._continued(place + 1), room.size)
        else:
            content = room.draw(text, pen, heads) or b""
        body.write_drawn(text, content, pen, job)

    def _continued(self, sheet: int) -> str:
        return self._words["continued"].format(n=self._sheets[sheet][2])

    # ---- identity -------------------------------------------------------------------------------

    def _write_foot(self, stamp: Stamp, pen: Pen, job: Job, faults: list[Fault]) -> None:
        """Write the second line of the foot, which every page draws; an issue with a fictional key says so first."""
        text = normal(f"{self._words['sample']} · {stamp.foot}" if stamp.sample else stamp.foot)
        try:
            content = self._foot_room.draw(text, pen) or self._foot_room.draw_part(text, pen, "")
        except UndrawableError as error:
            faults.append(fault(error.code, "foot", error.message, error.fix))
            return
        job.add(self.compiled.foot, drawn(self._foot_head, content, pen))

    def _write_identity(self, stamp: Stamp, job: Job) -> None:
        """Write the token into every carrier but the trailer."""
        plan, token = self.compiled, stamp.tokens[0]
        for page, head, text in zip(plan.pages, self._code_heads, stamp.tokens[1:], strict=True):
            content = qr.content(text)
            job.add(page.code, b"%b%d>>stream\n%b\nendstream\nendobj\n" % (head, len(content), content))
        if self._token is not None:
            widget = self._token.widgets[0]
            job.add(widget.object, b"%b/V%b>>\nendobj\n" % (head_of(widget), text_string(token)))
        entries = name(TOKEN_PROPERTY) + text_string(token)
        job.add(plan.info, b"%d 0 obj\n%b%b>>\nendobj\n" % (plan.info, plan.info_head, entries))
        data = token.encode()
        attached = b"/Type/EmbeddedFile/Subtype/text#2Fplain/Params<</Size %d>>" % len(data)
        job.add(plan.attachment, stream(plan.attachment, attached, data))
        data = plan.metadata_head + data + plan.metadata_tail
        job.add(plan.metadata, stream(plan.metadata, b"/Type/Metadata/Subtype/XML", data))

    def _closed(self, job: Job, tokens: tuple[str, ...]) -> bytes:
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


def fault(code: str, key: str, message: str, fix: str) -> Fault:
    return Fault(code, f"{key}: {message}", fix, item=key.split(".", 1)[0])
