"""The faces of what the stamp draws: the field face of the template, and faces for what that one lacks.

The field face (Latin, Greek, Cyrillic) is embedded whole in every template as Identity-H, so its glyph ids are its
codes. A character that it lacks (Chinese, Japanese, Korean) comes from a face of `fallback.json`, found in one folder
alone; its glyphs that one document needs are embedded with that document.

Nothing is shaped: one character is one glyph. A character that would need shaping, and one that no face has, raises
`UndrawableError`; it is never drawn as an empty box.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import uharfbuzz as hb

from formwright import resources

FIELD_FACE: Final = "templates/assets/fonts/NotoSansField-Regular.ttf"
FALLBACKS: Final = "templates/assets/fonts/fallback.json"
RESOURCE: Final = b"FwField"
"""Resource name of the field face in every appearance stream."""

_TAB: Final = 4
"""Spaces that a tab is drawn as."""
UNSEEN: Final = "\u00ad\u200b\u2060\ufeff"
"""Characters that only say where a line may break: kept in the value, drawn as nothing."""
_TO_THE_LEFT: Final = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}
_DROPPED: Final = ("GSUB", "GPOS", "GDEF", "vhea", "vmtx", "post", "name", "OS/2", "gasp", "kern")
_FLAGS: Final = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE


class UndrawableError(Exception):
    """One character that cannot be drawn: a stable code, why, and the cure. The caller adds the place."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


@dataclass(frozen=True, kw_only=True)
class Fallback:
    """A face that may be in the folder: an entry of `fallback.json`. `ranges` are the code points it is meant for."""

    file: str
    sha256: str
    scripts: str
    cure: str
    ranges: tuple[range, ...]
    folder: Path | None

    def meant_for(self, char: str) -> bool:
        """Return whether a character is in the face's ranges (it need not have a glyph for it)."""
        return any(ord(char) in span for span in self.ranges)

    @cached_property
    def font(self) -> hb.Font | None:
        """Return the opened face, or None where it is missing, or not the file of the list."""
        if self.folder is None:
            return None
        try:
            data = (self.folder / self.file).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(data).hexdigest() != self.sha256:
            return None
        return hb.Font(hb.Face(hb.Blob(data)))

    def has(self, char: str) -> bool:
        """Return whether the face draws a character."""
        return self.meant_for(char) and self.font is not None and bool(self.font.get_nominal_glyph(ord(char)))

    def glyphs(self, chars: Iterable[str], dropped: Iterable[str] = ()) -> bytes:
        """Return a TrueType file with the glyphs of `chars` alone, without the tables `dropped`."""
        if self.font is None:
            raise ValueError(f"{self.file} is not there")
        wish = hb.SubsetInput()
        wish.sets(hb.SubsetInputSets.UNICODE).set({ord(char) for char in chars})
        wish.flags = _FLAGS
        wish.drop_table_tag_set.update({int.from_bytes(tag.ljust(4).encode(), "big") for tag in dropped})
        made: bytes = hb.subset(self.font.face, wish).blob.data
        return made


@dataclass(frozen=True, slots=True)
class Subset:
    """The glyphs of one fallback face for one document: its five objects, and the code of each character."""

    objects: tuple[bytes, ...]
    codes: dict[str, bytes]


class _Widths(dict[str, int]):
    """Widths of characters in units of the field face; what that face lacks is asked of the fallbacks once."""

    def __init__(self, known: dict[str, int], ask: Callable[[str], int]) -> None:
        super().__init__(known)
        self._ask = ask

    def __missing__(self, char: str) -> int:
        width = self[char] = self._ask(char)
        return width


@dataclass(frozen=True, eq=False)
class Fonts:
    """Metrics and codes of all faces, opened once and used for thousands of documents.

    codes: four hexadecimal digits (or none, or several times four) by character, of the field face alone;
    widths: by character, in units of the field face, raises UndrawableError for what no face has;
    em: units of the field face in 1 em; cap: height of a capital in the same; widest: width of the widest character
    of ASCII (a tab).
    """

    face: bytes
    fallbacks: tuple[Fallback, ...] = ()
    codes: dict[str, bytes] = field(init=False, repr=False)
    widths: dict[str, int] = field(init=False, repr=False)
    em: int = field(init=False)
    cap: int = field(init=False)
    widest: int = field(init=False)

    def __post_init__(self) -> None:
        font = hb.Font(hb.Face(hb.Blob(self.face)))
        glyphs = {chr(code): font.get_nominal_glyph(code) for code in font.face.unicodes if _plain(chr(code))}
        codes = {char: b"%04x" % glyph for char, glyph in glyphs.items()}
        widths = {char: font.get_glyph_h_advance(glyph) for char, glyph in glyphs.items()}
        codes["\t"], widths["\t"] = codes[" "] * _TAB, widths[" "] * _TAB
        for char in UNSEEN:
            codes[char], widths[char] = b"", 0
        object.__setattr__(self, "codes", codes)
        object.__setattr__(self, "widths", _Widths(widths, self._fallback_width))
        object.__setattr__(self, "widest", max(width for char, width in widths.items() if char.isascii()))
        object.__setattr__(self, "em", font.face.upem)
        cap = font.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT)
        object.__setattr__(self, "cap", cap or font.face.upem * 7 // 10)

    @classmethod
    def packaged(cls, folder: Path | None) -> Fonts:
        """Return the package's field face, with the fallback faces that are in `folder`."""
        listed = json.loads(resources.read_text(FALLBACKS))["fonts"]
        return cls(resources.read_bytes(FIELD_FACE), tuple(_listed(entry, folder) for entry in listed))

    def subset(self, chars: Iterable[str], first: int) -> tuple[Subset, ...]:
        """Return the subsets of the fallback faces for `chars`; their objects are numbered from `first`.

        Characters that no face has are left out. Same characters, same bytes.
        """
        wanted: dict[int, list[str]] = {}
        for char in sorted(set(chars)):
            place = next((i for i, face in enumerate(self.fallbacks) if face.has(char)), None)
            if place is not None and _plain(char):
                wanted.setdefault(place, []).append(char)
        subsets = []
        for place in sorted(wanted):
            subsets.append(_subset(self.fallbacks[place], wanted[place], first))
            first += len(subsets[-1].objects)
        return tuple(subsets)

    def _fallback_width(self, char: str) -> int:
        for face in self.fallbacks if _plain(char) else ():
            if face.font is not None and face.has(char):
                advance = face.font.get_glyph_h_advance(face.font.get_nominal_glyph(ord(char)))
                return int(advance * self.em / face.font.face.upem + 0.5)
        raise self.why_not(char)

    def why_not(self, char: str) -> UndrawableError:
        """Return the reason why a character cannot be drawn, with its cure."""
        name = f"U+{ord(char):04X} ({unicodedata.name(char, 'no name')})"
        category = unicodedata.category(char)
        if category in {"Cc", "Cf", "Cs"}:
            return UndrawableError("control_character", f"the character {name} has no shape.", "Take it out.")
        if unicodedata.bidirectional(char) in _TO_THE_LEFT:
            message = f"the character {name} is written from right to left, which we cannot draw."
            return UndrawableError("needs_shaping", message, "Write it in Latin letters.")
        if not _plain(char):
            message = f"the character {name} must be joined to the one before it, which we cannot draw."
            return UndrawableError("needs_shaping", message, "Write it without this mark, or in Latin letters.")
        for face in self.fallbacks:
            if face.meant_for(char) and face.font is None:
                message = (
                    f"the character {name} needs {face.file} ({face.scripts}): not there, or not the file we know."
                )
                return UndrawableError("no_font", message, f"Cure: {face.cure}.")
        return UndrawableError(
            "no_glyph", f"the character {name} is in none of our fonts.", "Write it in other characters."
        )


def normal(text: str) -> str:
    """Return a text as it goes into a field: composed (NFC), its line ends all line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _plain(char: str) -> bool:
    """Return whether one glyph, drawn by itself from left to right, shows the character rightly."""
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mn", "Mc", "Me"}:
        return False
    return unicodedata.bidirectional(char) not in _TO_THE_LEFT and not "\u1160" <= char <= "\u11ff"


def _listed(entry: dict[str, Any], folder: Path | None) -> Fallback:
    ends = (span.split("-") for span in entry["ranges"])
    ranges = tuple(range(int(low, 16), int(high, 16) + 1) for low, high in ends)
    words = {name: entry[name] for name in ("file", "sha256", "scripts", "cure")}
    return Fallback(**words, ranges=ranges, folder=folder)


def _subset(fallback: Fallback, chars: Sequence[str], first: int) -> Subset:
    """Return the glyphs of `chars` as a Type0 font over CIDFontType2, whose codes are the new glyph ids."""
    data = fallback.glyphs(chars, _DROPPED)
    font = hb.Font(hb.Face(hb.Blob(data)))
    glyphs = {char: font.get_nominal_glyph(ord(char)) for char in chars}
    tag = hashlib.sha256("".join(chars).encode()).digest()[:6].translate(bytes(65 + i % 26 for i in range(256)))
    name = b"%b+%b" % (tag, Path(fallback.file).stem.encode())
    objects = _font_objects(font, data, glyphs, name, first)
    return Subset(objects, {char: b"%04x" % glyph for char, glyph in glyphs.items()})


def _font_objects(font: hb.Font, data: bytes, glyphs: dict[str, int], name: bytes, first: int) -> tuple[bytes, ...]:
    """Return Type0 font, CIDFont, descriptor, font file and ToUnicode (ISO 32000 9.7), numbered from `first`.

    The font file is not deflated: the bytes then don't depend on the zlib at hand, and it is small.
    """
    em = font.face.upem
    ids = sorted(set(glyphs.values()))
    widths = b"".join(b"%d[%d]" % (glyph, round(font.get_glyph_h_advance(glyph) * 1000 / em)) for glyph in ids)
    extents = font.get_font_extents("ltr")
    up, down = round(extents.ascender * 1000 / em), round(extents.descender * 1000 / em)
    kid = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor %d 0 R/CIDToGIDMap/Identity/DW 1000/W[%b]>>" % (name, first + 2, widths)
    )
    descriptor = (
        b"<</Type/FontDescriptor/FontName/%b/Flags 4/FontBBox[0 %d 1000 %d]/ItalicAngle 0/Ascent %d/Descent %d"
        b"/CapHeight %d/StemV 80/FontFile2 %d 0 R>>" % (name, down, up, up, down, up, first + 3)
    )
    bodies = (
        b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (name, first + 1, first + 4),
        kid,
        descriptor,
        _stream(data, b"/Length1 %d" % len(data)),
        _stream(_to_unicode(glyphs)),
    )
    return tuple(b"%d 0 obj\n%b\nendobj\n" % (first + place, body) for place, body in enumerate(bodies))


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), more, data)


def _to_unicode(glyphs: dict[str, int]) -> bytes:
    """Return the CMap from codes to characters (ISO 32000 9.10.3), 100 to a block."""
    back = {glyph: char for char, glyph in sorted(glyphs.items(), reverse=True)}
    rows = [b"<%04x> <%b>\n" % (glyph, char.encode("utf-16-be").hex().encode()) for glyph, char in sorted(back.items())]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    return (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        + b"".join(b"%d beginbfchar\n%bendbfchar\n" % (len(block), b"".join(block)) for block in blocks)
        + b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )
