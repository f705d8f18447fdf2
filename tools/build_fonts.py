"""Make templates/assets/fonts/NotoSansField-Regular.ttf, the face that fields are filled in with, from Noto Sans.

    python tools/build_fonts.py FOLDER     (FOLDER: where the fonts of Debian's fonts-noto-core lie)

One glyph for each character and nothing else: no ligatures, no figure sets, no kerning, no hinting, so that a
character's code, its glyph and its width are one table. The same source gives the same bytes.
"""

import hashlib
import io
import sys
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parents[1] / "templates/assets/fonts"
TARGET = FOLDER / "NotoSansField-Regular.ttf"
SOURCES = {
    "NotoSans-Regular.ttf": "89c3c497f618fdaa0b2d1e98fef93582f28c71debd2c4a8cdf41f190ced2909d",
    "NotoSansMath-Regular.ttf": "8242bd1e55368b27e32455260754cf9aa58f3ad7ea80664b66c21f1b09910d6c",
    "NotoSansSymbols2-Regular.ttf": "876598db5f1e3bef2bc77c4d94c5b0d5d2c1620be4878a06f18fb5434e331688",
}

RANGES = [
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1 Supplement
    (0x0100, 0x024F),  # Latin Extended-A and -B
    (0x0259, 0x0259),  # schwa, small letter of Azerbaijani
    (0x02B0, 0x02DD),  # modifier letters: okina, apostrophes, caron, breve
    (0x0300, 0x0333),  # combining marks, for text that is not composed
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic and its supplement
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese, Welsh, capital sharp s
    (0x2000, 0x206F),  # punctuation: dashes, quotes, bullet, ellipsis, spaces
    (0x2070, 0x209C),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letterlike: numero, trade mark, care of
    (0x2150, 0x215E),  # fractions
    (0x25CC, 0x25CC),  # dotted circle
    (0xFB01, 0xFB02),  # fi and fl, where a text already has them as one character
    (0xFFFD, 0xFFFD),  # replacement character
]
BORROWED = {  # what Noto Sans itself lacks and people write all the same
    "NotoSansMath-Regular.ttf": "←↑→↓↔↕−≠≡≤≥≈∞√∑",
    "NotoSansSymbols2-Regular.ttf": "■□▪●○◦►☐☑☒✓✔✗",
}


def characters() -> set[int]:
    """Return the code points to keep: assigned ones, without controls (they have no look)."""
    every = {code for first, last in RANGES for code in range(first, last + 1)}
    return {code for code in every if unicodedata.category(chr(code)) not in ("Cc", "Cn", "Cf") or code == 0x00AD}


def rename(font: TTFont) -> None:
    """Name the subset apart from the font of the system; copyright, licence and trademark records stay."""
    names = {
        1: "Noto Sans Field",
        3: "Noto Sans Field Regular",
        4: "Noto Sans Field Regular",
        6: "NotoSansField-Regular",
    }
    table = font["name"]
    table.names = [record for record in table.names if (record.platformID, record.langID) == (3, 0x409)]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    table.names.sort()


def cut(source: Path, codes: set[int]) -> TTFont:
    """Return the source with these characters only, one glyph for each, unhinted."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern", "DSIG", "gasp", "MATH", "STAT"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.recalc_timestamp = False
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codes)
    worker.subset(font)
    return font


def borrow(font: TTFont, other: TTFont, characters: str) -> None:
    """Add the other font's glyphs for these characters; both have 1000 units to the em and plain outlines."""
    names, order = other.getBestCmap(), font.getGlyphOrder()
    added = {}
    for character in characters:
        glyph = other["glyf"][names[ord(character)]]
        if glyph.isComposite():
            raise ValueError(f"{character} is a composite glyph: its parts would have to come along")
        added[name := f"uni{ord(character):04X}"] = glyph
        font["hmtx"][name] = other["hmtx"][names[ord(character)]]
        for table in font["cmap"].tables:
            table.cmap[ord(character)] = name
    font.setGlyphOrder(order + list(added))
    font["glyf"].glyphs.update(added)
    font["glyf"].setGlyphOrder(order + list(added))


def build(folder: Path) -> bytes:
    font = cut(folder / "NotoSans-Regular.ttf", characters())
    for name, borrowed in BORROWED.items():
        borrow(font, cut(folder / name, {ord(character) for character in borrowed}), borrowed)
    rename(font)
    font["OS/2"].fsType = 0  # installable, as the licence says
    font["OS/2"].recalcUnicodeRanges(font)
    font["post"].formatType = 3.0  # no glyph names
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def main() -> int:
    folder = Path(sys.argv[1])
    for name, expected in SOURCES.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != expected:
            print(f"{name} is not the source of our list: sha256 {found}, expected {expected}")
            return 1
    data = build(folder)
    TARGET.write_bytes(data)
    print(f"{TARGET.name}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
