"""What is seen: the stamped forms look alike in poppler, pdfium and MuPDF, field by field, and no box is empty.

A Latin account and one with Chinese, Cyrillic and Greek names. For each field the darkness inside its box is summed
up at 150 dpi; two viewers agree within 15 %, or 2 % of the box's area where that is more.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Name
from PIL import Image

import filling
from formwright.issue import Issued
from formwright.sending import Made
from programs.office import Office

DPI = 150
SHARE, OF_AREA = 0.15, 0.02
Pages = list[Image.Image]


def poppler(path: Path, folder: Path) -> Pages:
    filling.run("pdftoppm", "-gray", "-r", str(DPI), path, folder / "poppler")
    return [Image.open(page) for page in sorted(folder.glob("poppler*.pgm"))]


def mupdf(path: Path, folder: Path) -> Pages:
    filling.run("mutool", "draw", "-q", "-c", "gray", "-r", str(DPI), "-o", folder / "mupdf%03d.pgm", path)
    return [Image.open(page) for page in sorted(folder.glob("mupdf*.pgm"))]


def pdfium(path: Path) -> Pages:
    document = pypdfium2.PdfDocument(path)
    document.init_forms()  # draws the fields as a viewer does in which they can be filled in
    pages = [page.render(scale=DPI / 72, grayscale=True).to_pil().copy() for page in document]
    document.close()
    return pages


VIEWERS: dict[str, Callable[[Path, Path], Pages]] = {"poppler": poppler, "mupdf": mupdf}


@pytest.fixture(scope="module", params=["harborlight", "lantern_loom"])
def seen(request: pytest.FixtureRequest, office: Office) -> tuple[Made, Pages]:
    """An issued form as pdfium shows it."""
    made = office.issue(request.param)
    return made, pdfium(made.paths[0])


def darkness(pages: Pages, place: Issued) -> tuple[float, int]:
    """Return how many black pixels the box of a place comes to, and its area in pixels."""
    x0, y0, x1, y1 = (round(edge * DPI / 72) for edge in place.box)
    inside = pages[place.page - 1].crop((x0, y0, x1, y1))
    shades = inside.histogram()
    dark = sum(count * (255 - shade) for shade, count in enumerate(shades)) / 255
    return dark, inside.width * inside.height


def differing(ours: Pages, theirs: Pages, places: tuple[Issued, ...]) -> Iterator[str]:
    """Yield the fields that two viewers show differently."""
    for place in places:
        (one, area), (other, _) = darkness(ours, place), darkness(theirs, place)
        if abs(one - other) > max(SHARE * max(one, other), OF_AREA * area):
            yield f"{place.name} {place.code} on page {place.page}: {one:.0f} and {other:.0f} of {area}"


@pytest.mark.parametrize(
    "viewer",
    [
        pytest.param("poppler", marks=pytest.mark.program("pdftoppm")),
        pytest.param("mupdf", marks=pytest.mark.program("mutool")),
    ],
)
def test_two_viewers_show_each_field_alike(seen: tuple[Made, Pages], viewer: str, tmp_path: Path) -> None:
    made, pages = seen
    places = tuple(place for place in made.issue.files[0].fields if place.key != "form.token")
    assert {place.page for place in places} <= set(range(1, len(pages) + 1))
    assert list(differing(pages, VIEWERS[viewer](made.paths[0], tmp_path), places)) == []


def test_what_holds_a_value_is_dark(seen: tuple[Made, Pages]) -> None:
    """The measure itself: no field that holds a text is as pale as an empty one."""
    made, pages = seen
    texts = [place for place in made.issue.files[0].fields if isinstance(place.value, str) and place.value]
    pale = [place.name for place in texts if place.key != "form.token" and darkness(pages, place)[0] < 20]
    assert pale == []


# ---- no empty boxes -----------------------------------------------------------------------------


@pytest.mark.parametrize("account", ["harborlight", "lantern_loom", "tidewater_brokers"])
def test_every_character_drawn_is_a_glyph_of_its_font(account: str, office: Office) -> None:
    made = office.issue(account)
    drawn = {}
    with pikepdf.open(made.paths[0]) as pdf:
        faces: dict[tuple[int, int], Face] = {}
        for name, content in appearances(pdf):
            drawn[name] = "".join(text(content, faces))
    for place in made.issue.files[0].fields:
        if not isinstance(place.value, str) or place.kind == "radio" or place.key == "form.token":
            continue
        words = dict(place.labels).get(place.value, place.value)
        shown = squeezed(drawn[place.name])
        whole, part = squeezed(words), shown.rpartition("continuedonsheet")[0].rstrip("…")
        assert shown == whole or (part and whole.startswith(part)), (place.name, drawn[place.name], words)


def squeezed(words: str) -> str:
    return "".join(words.split())


def appearances(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """Yield (field name, normal appearance) of each text and list."""
    for field in pdf.Root.AcroForm.Fields:
        if field.get("/FT") in (Name.Tx, Name.Ch) and "/AP" in field:
            yield str(field.T), field.AP.N


class Face:
    """An embedded font of two-byte glyph codes: its outlines, and what each code stands for."""

    def __init__(self, font: pikepdf.Object) -> None:
        assert font.Encoding == Name("/Identity-H")
        descendant = font.DescendantFonts[0]
        assert descendant.CIDToGIDMap == Name("/Identity")
        self.font = TTFont(io.BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
        self.glyphs = self.font["glyf"]
        self.order = self.font.getGlyphOrder()
        self.words = to_unicode(font.ToUnicode.read_bytes())

    def char(self, code: int) -> str:
        """Return the character of a code. Fails for .notdef, for an empty outline, for a code without a character."""
        assert 0 < code < len(self.order), f"code {code} is .notdef, or beyond the font"
        char = self.words[code]
        assert char.isspace() or self.glyphs[self.order[code]].numberOfContours, f"{char!r} has no outline"
        return char


def text(content: pikepdf.Object, faces: dict[tuple[int, int], Face]) -> Iterator[str]:
    """Yield the characters that a stream draws, by the fonts that it draws them with."""
    face, again = None, False
    for instruction in pikepdf.parse_content_stream(content):
        operator = str(instruction.operator)
        operands = instruction.operands
        if operator == "Td":  # heavy text is shown again a little to the right
            again = operands[1] == 0 and 0 < operands[0] < 0.5
        if operator == "Tf":
            font = content.Resources.Font[str(operands[0])]
            face = faces.setdefault(font.objgen, Face(font)) if font.objgen not in faces else faces[font.objgen]
        elif operator == "Tj" and again:
            continue
        elif operator == "Tj":
            assert face is not None
            codes = bytes(operands[0])
            for start in range(0, len(codes), 2):
                yield face.char(int.from_bytes(codes[start : start + 2], "big"))
        else:
            assert operator not in ("TJ", "'", '"'), "text that this test does not see"


def to_unicode(cmap: bytes) -> dict[int, str]:
    """Return code -> character of a ToUnicode map (ISO 32000 9.10.3): single characters and ranges."""
    found: dict[int, str] = {}
    sort = ""
    for line in cmap.decode("ascii").splitlines():
        words = line.replace("><", "> <").split()
        if words and words[-1] in ("beginbfchar", "beginbfrange"):
            sort = words[-1]
        elif words and words[-1] in ("endbfchar", "endbfrange"):
            sort = ""
        elif sort and words and words[0].startswith("<"):
            codes = [word.strip("<>[]") for word in words]
            if sort == "beginbfchar":
                found |= {
                    int(code, 16): bytes.fromhex(char).decode("utf-16-be")
                    for code, char in zip(codes[::2], codes[1::2], strict=True)
                }
            else:
                first, last = int(codes[0], 16), int(codes[1], 16)
                for code in range(first, last + 1):
                    at = codes[2 + code - first] if "[" in line else f"{int(codes[2], 16) + code - first:04x}"
                    found[code] = bytes.fromhex(at).decode("utf-16-be")
    return found


def test_an_empty_box_would_be_seen(office: Office) -> None:
    """The check itself: .notdef, a code beyond the font, and a glyph without an outline do not pass it."""
    with pikepdf.open(office.issue("harborlight").paths[0]) as pdf:
        face = Face(pdf.Root.AcroForm.DR.Font.FwField)
    blank = next(code for code, char in face.words.items() if char == " ")
    for code in (0, len(face.order)):
        with pytest.raises(AssertionError, match=r"is \.notdef, or beyond"):
            face.char(code)
    face.words[blank] = "A"
    with pytest.raises(AssertionError, match="'A' has no outline"):
        face.char(blank)
