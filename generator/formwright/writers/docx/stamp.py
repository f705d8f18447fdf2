"""The stamp: one issue's values and identity joined into a compiled Word file.

    compiled, stamp -> fixed parts (compressed when compiling) + parts joined from pieces + code + directory

A `Stamper` prepares the bytes around the values once for each set of filled places, which accounts with the same layout
have in common; a stamp joins them. No XML is parsed or built. Same input, same bytes. Nothing is cut: a field grows.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from formwright.errors import Fault, Faults
from formwright.layout import Stamp, Value
from formwright.writers.docx import archive
from formwright.writers.docx.archive import Entry, Joined
from formwright.writers.docx.picture import png
from formwright.writers.docx.plan import Compiled, Cut, FieldPlan
from formwright.writers.docx.values import UnwritableError, content_of, escaped, normal, runs, state_of, text_element

_NO_TITLES: Final[Mapping[str, str]] = MappingProxyType({})
TOKEN_PROPERTY: Final = "FormwrightToken"
"""Name of the token among the custom properties."""
MARK: Final = "_T_"
"""Beginning of the bookmark that has the token for a name, `_` for what is no letter or digit."""
_INLINE: Final = "value:"
"""Beginning of the word of a slot in running text: `value:<style>:<key>`."""
_SHAPES: Final = 8
"""Sets of filled places that stay prepared; one takes about a megabyte."""


def stamp(compiled: Compiled, stamp: Stamp, titles: Mapping[str, str] = _NO_TITLES) -> bytes:
    """Return the stamped file of one issue; `Stamper`, which is for many, says more."""
    return Stamper(compiled).stamp(stamp, titles)


Written = dict[int, str]
"""What a stamp writes, by piece."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """The main part with certain places filled; `pieces` are those that each stamp writes, in order."""

    pieces: tuple[int, ...]
    joined: Joined


class Stamper:
    """Stamps one compiled layout, thousands of times; `once`: one time, so that it is compressed quickly."""

    def __init__(self, compiled: Compiled, *, once: bool = False) -> None:
        self.compiled = compiled
        self._level = archive.QUICK if once else archive.BEST
        self._places: dict[str, list[tuple[int, FieldPlan]]] = {}
        for number, plan in enumerate(compiled.fields):
            if plan.kind != "heading":
                self._places.setdefault(plan.key, []).append((number, plan))
        self._inline = [slot for slot in compiled.main.slots if slot.word.startswith(_INLINE)]
        self._texts = {slot.word.split(":", 2)[2] for slot in self._inline}
        self._shapes: OrderedDict[tuple[int, ...], _Shape] = OrderedDict()
        self._small = [(cut, self._joined(cut, cut.pieces, (slot.piece for slot in cut.slots))) for cut in compiled.cut]
        self._fixed, self._directory = _fixed(compiled)

    def stamp(self, stamp: Stamp, titles: Mapping[str, str] = _NO_TITLES) -> bytes:
        """Return the whole file of one issue; `titles` are for formats with continuation sheets.

        Raises Faults for values that don't match the form and characters that XML cannot hold, all at once.
        """
        faults: list[Fault] = []
        filled, written = self._values(stamp.values, faults)
        inline = self._in_line(stamp.values, faults)
        words = self._words(stamp, faults)
        if faults:
            raise Faults(faults)
        shape = self._shape(filled)
        written |= _slots(self.compiled.main, words) | inline
        out = [self._fixed]
        entries = [shape.joined.join([written[piece] for piece in shape.pieces], out)]
        for cut, joined in self._small:
            entries.append(joined.join(list(_slots(cut, words).values()), out))
        picture = png(stamp.tokens[0])
        entries.append(archive.stored(self.compiled.picture, picture))
        out += (archive.local(entries[-1]), picture)
        return self._closed(out, entries)

    def _values(self, values: Mapping[str, Value], faults: list[Fault]) -> tuple[tuple[int, ...], Written]:
        """Return which fields have something in them, by number, and what is written into them."""
        filled: list[int] = []
        written: Written = {}
        for key, value in values.items():
            places = self._places.get(key)
            if places is None and key in self._texts:
                continue
            if places is None:
                faults.append(_fault("unknown_value", key, "the form has no place of this key.", "Take the value out."))
            elif value:
                try:
                    _write(places, value, filled, written)
                except UnwritableError as error:
                    faults.append(error.fault(key))
                except _MismatchError as error:
                    faults.append(_fault("wrong_value", key, f"{error} is wanted, not {value!r}.", "Give that."))
        filled.sort()
        return tuple(filled), written

    def _in_line(self, values: Mapping[str, Value], faults: list[Fault]) -> Written:
        """Return the values that stand in the wording of a letter or a plan. One that is missing is a fault: nothing
        goes out with an unfilled place."""
        written: Written = {}
        for slot in self._inline:
            _, style, key = slot.word.split(":", 2)
            value = values.get(key)
            try:
                if isinstance(value, str):
                    written[slot.piece] = runs(value, style)
                else:
                    faults.append(_fault("unfilled", key, "a text is wanted here.", "Give one."))
            except UnwritableError as error:
                faults.append(error.fault(key))
        return written

    def _words(self, stamp: Stamp, faults: list[Fault]) -> dict[str, str]:
        """Return what goes into each slot, by the first part of its word."""
        foot = normal(f"{self.compiled.sample} · {stamp.foot}" if stamp.sample else stamp.foot)
        try:
            foot = text_element(foot)
        except UnwritableError as error:
            faults.append(error.fault("foot"))
        token = escaped(stamp.tokens[0])
        mark = "".join(char if char.isalnum() else "_" for char in stamp.tokens[0])
        return {
            "foot": foot,
            "token": f"<w:t>{token}</w:t>",
            "property": token,
            "identifier": f"<dc:identifier>{token}</dc:identifier>",
            "mark": f'<w:bookmarkStart w:id="{{}}" w:name="{MARK}{mark}"/>',
            "picture": f'<wp:docPr id="1" name="{{}}" descr="{token}"/>',
        }

    def _shape(self, filled: tuple[int, ...]) -> _Shape:
        """Return the main part with these fields filled; those used last are kept."""
        kept = self._shapes
        if filled not in kept:
            kept[filled] = self._shaped(filled)
            while len(kept) > _SHAPES:
                kept.popitem(last=False)
        kept.move_to_end(filled)
        return kept[filled]

    def _shaped(self, filled: tuple[int, ...]) -> _Shape:
        main = self.compiled.main
        pieces = list(main.pieces)
        open_pieces = [slot.piece for slot in main.slots]
        for number in filled:
            plan = self.compiled.fields[number]
            if plan.kind == "tick":
                pieces[plan.state], pieces[plan.content] = state_of(plan, True), content_of(plan, True)
                continue
            open_pieces.append(plan.content)
            if plan.kind == "date":
                open_pieces.append(plan.state)
            else:
                pieces[plan.state] = state_of(plan, "-")
        return _Shape(tuple(sorted(open_pieces)), self._joined(main, pieces, open_pieces))

    def _joined(self, cut: Cut, pieces: Sequence[str], open_pieces: Iterable[int]) -> Joined:
        """Return a part as the stretches between its open pieces."""
        stretches, start = [], 0
        for piece in sorted(open_pieces):
            stretches.append("".join(pieces[start:piece]))
            start = piece + 1
        return Joined(cut.name, [*stretches, "".join(pieces[start:])], self._level)

    def _closed(self, out: list[bytes], entries: Sequence[Entry]) -> bytes:
        """Add the directory and return the file."""
        offset, lines = len(self._fixed), [self._directory]
        for one in entries:
            lines.append(archive.central(one, offset))
            offset += archive.length(one)
        directory = b"".join(lines)
        count = len(self.compiled.fixed) + len(entries)
        return b"".join((*out, directory, archive.end(count, len(directory), offset)))


class _MismatchError(Exception):
    """A value that its place cannot take; says what is wanted."""


def _write(places: Sequence[tuple[int, FieldPlan]], value: Value, filled: list[int], written: Written) -> None:
    """Note what one key's value fills, and write it. Raises UnwritableError, _MismatchError."""
    number, plan = places[0]
    if plan.kind == "tick":
        filled += _on(places, value)
        return
    if not isinstance(value, str):
        raise _MismatchError("a text")
    if plan.kind == "list" and value not in dict(plan.labels):
        raise _MismatchError(f"one of {', '.join(dict(plan.labels))}")
    filled.append(number)
    written[plan.content] = content_of(plan, value)
    if plan.kind == "date":
        written[plan.state] = state_of(plan, value)


def _on(places: Sequence[tuple[int, FieldPlan]], value: Value) -> list[int]:
    """Return the numbers of the ticks that a value turns on."""
    codes = {plan.code for _, plan in places}
    if value is True and codes == {""}:
        return [places[0][0]]
    wanted = {value} if isinstance(value, str) else set(value) if isinstance(value, tuple) else {""}
    if "" in wanted | codes or not wanted <= codes:
        raise _MismatchError("yes or no (a tick)" if codes == {""} else f"one of {', '.join(sorted(codes))}")
    return [number for number, plan in places if plan.code in wanted]


def _slots(cut: Cut, words: Mapping[str, str]) -> Written:
    """Return what goes into the slots of a part; a word's second part is put into its braces."""
    found = {}
    for slot in cut.slots:
        if slot.word.startswith(_INLINE):
            continue
        word, _, more = slot.word.partition(":")
        found[slot.piece] = words[word].replace("{}", escaped(more)) if more else words[word]
    return found


def _fixed(compiled: Compiled) -> tuple[bytes, bytes]:
    """Return the parts that never change, one behind the other, and their lines of the directory."""
    parts: list[bytes] = []
    lines, offset = [], 0
    for part in compiled.fixed:
        one = archive.entry(part)
        parts += (archive.local(one), part.data)
        lines.append(archive.central(one, offset))
        offset += archive.length(one)
    return b"".join(parts), b"".join(lines)


def _fault(code: str, key: str, message: str, fix: str) -> Fault:
    return Fault(code, f"{key}: {message}", fix, item=key.split(".", 1)[0])
