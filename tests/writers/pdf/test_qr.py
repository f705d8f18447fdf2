"""QR001 the symbol is segno's · QR002 a rendered page is read · QR003 what no symbol can hold is an error."""

from __future__ import annotations

import random

import pypdfium2
import pytest
import segno
import zxingcpp

from formwright.writers.pdf import qr

TOKEN = "Q-2027-0042:K1:007:ZYLEPOK5Q3VK7TMC"


def drawn(content: bytes) -> list[list[int]]:
    """Return the 33 x 33 modules that a content stream fills, from the top; each may be filled once."""
    first, *rows, last = content.decode().split("\n")
    assert (first, last) == ("0 g", "f")
    modules = [[0] * 33 for _ in range(33)]
    for row in rows:
        x, y, width, height, operator = row.split()
        assert operator == "re"
        for down in range(int(height)):
            for right in range(int(width)):
                modules[32 - int(y) - down][int(x) + right] += 1
    return modules


def expected(text: str) -> list[list[int]]:
    """Return segno's symbol with the quiet zone of four modules."""
    made = segno.make(text.ljust(38), mode="alphanumeric", version=2, error="m", mask=3, boost_error=False)
    return [[int(module) for module in row] for row in made.matrix_iter(border=4)]


def test_two_hundred_random_texts_are_drawn_as_segno_makes_them() -> None:
    chance = random.Random(7)
    for _ in range(200):
        text = "".join(chance.choices("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", k=chance.randint(1, 38)))
        assert drawn(qr.content(text)) == expected(text), text


def page(content: bytes) -> bytes:
    """Return a PDF of one page of 51 points (18 mm) with a code and white around it."""
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 91 91]/Contents 5 0 R/Resources<</XObject<</Q 4 0 R>>>>>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 33 33]/Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Length 47>>stream\nq 1.54545 0 0 1.54545 20.000 20.00 cm /Q Do Q \nendstream",
    )
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%btrailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        (rows, len(out))
    )


@pytest.mark.parametrize("dots", [150, 300])
def test_a_rendered_code_is_read(dots: int) -> None:
    with pypdfium2.PdfDocument(page(qr.content(TOKEN))) as document:
        picture = document[0].render(scale=dots / 72).to_pil()
    found = zxingcpp.read_barcodes(picture)
    assert [code.text.strip() for code in found] == [TOKEN]


def test_a_code_is_small() -> None:
    assert len(qr.content(TOKEN)) < 2500


def test_a_token_that_is_too_long_is_an_error() -> None:
    with pytest.raises(ValueError, match="has 39 characters, 38 are allowed"):
        qr.content("A" * 39)


@pytest.mark.parametrize("text", ["abc", "Ä", "A_B", "A\n"])
def test_other_characters_are_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="characters that are not allowed"):
        qr.content(text)
