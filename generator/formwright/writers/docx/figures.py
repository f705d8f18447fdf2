"""Drawings in a document: a layout's SVG as a picture with its text alternative.

Word shows SVG only beside a picture of points, so it is drawn once, when compiling, by the programs that make the PDF.
"""

from __future__ import annotations

import base64
import io
from typing import Final

from docx.document import Document

from formwright import resources
from formwright.layout import Figure
from formwright.writers.docx.furniture import graphic
from formwright.writers.docx.wml import Element, el

_SCALE: Final = 200 / 72
_EMU: Final = 12_700
_PAGE: Final = (
    "<style>@page {{ size: {width}pt 1000pt; margin: 0 }} body {{ margin: 0 }} "
    "img {{ display: block; max-width: 100% }}</style>"
)


def drawn(document: Document, figure: Figure, room: float) -> Element:
    """Return the run of a drawing, at most `room` points wide (DrawingML: wp:inline)."""
    image, width, height = _points(figure.svg, room)
    reference, _ = document.part.get_or_add_image(io.BytesIO(image))
    size = {"cx": round(width * _EMU), "cy": round(height * _EMU)}
    number = len(document.part.rels)
    inline = el(
        "wp:inline",
        el("wp:extent", **size),
        el("wp:docPr", id=number, name=f"Figure {number}", descr=figure.alternative),
        el("wp:cNvGraphicFramePr"),
        graphic(reference, f"figure{number}.png", size["cx"], size["cy"]),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return el("w:r", el("w:drawing", inline))


def _points(svg: str, room: float) -> tuple[bytes, float, float]:
    """Return an SVG as PNG, 200 points an inch, with its width and height in points."""
    import pypdfium2  # heavy, and most documents have no drawing
    from weasyprint import HTML

    source = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    html = f'{_PAGE.format(width=room)}<img src="{source}">'
    pdf = HTML(string=html, url_fetcher=resources.url_fetcher()).write_pdf()
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=_SCALE).to_pil()
    ink = picture.convert("L").point(lambda value: 255 if value < 255 else 0).getbbox() or (0, 0, 1, 1)
    picture = picture.crop((0, 0, ink[2], ink[3]))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue(), picture.width / _SCALE, picture.height / _SCALE
