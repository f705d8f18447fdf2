"""Drawings in a document: a layout's SVG as Word's own shapes, or as a picture, with its text alternative.

Shapes stay sharp at any size, and their words are text. What `shapes` does not know is drawn once, as points, by the
programs that make the PDF.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass, field
from typing import Final

from formwright import resources
from formwright.layout import Figure, Layout
from formwright.writers.docx import shapes, wording
from formwright.writers.docx.frame import holder
from formwright.writers.docx.furniture import graphic
from formwright.writers.docx.tree import Node, el, raw, written
from formwright.writers.docx.values import UNWRITABLE

_SCALE: Final = 200 / 72
_EMU: Final = 12_700
_FIRST: Final = 2
"""Number of the first drawing: the code in the foot is 1."""
_PAGE: Final = (
    "<style>@page {{ size: {width}pt 1000pt; margin: 0 }} body {{ margin: 0 }} "
    "img {{ display: block; max-width: 100% }}</style>"
)


@dataclass(slots=True)
class Drawings:
    """Makes the drawings of one document; `pictures` are those that are parts of their own, PNG."""

    layout: Layout
    pictures: list[bytes] = field(default_factory=list)
    count: int = 0

    def drawn(self, figure: Figure, room: float) -> tuple[Node, float]:
        """Return the run of a drawing (DrawingML: wp:inline) and its width; a picture is at most `room` points wide.
        Raises Faults."""
        if UNWRITABLE.search(figure.svg):
            wording.check(self.layout)
        number = _FIRST + self.count
        self.count += 1
        made = shapes.group(figure.svg, number)
        if made:
            name, width, height, inside = f"Figure {number}", made.width, made.height, raw(made.xml)
        else:
            image, width, height = _points(figure.svg, room)
            reference = holder(f"picture{len(self.pictures)}")
            self.pictures.append(image)
            size = round(width * _EMU), round(height * _EMU)
            name, inside = f"Figure {number}", graphic(reference, f"figure{number}.png", *size)
        inline = el(
            "wp:inline",
            el("wp:extent", cx=round(width * _EMU), cy=round(height * _EMU)),
            el("wp:docPr", id=number, name=name, descr=figure.alternative),
            el("wp:cNvGraphicFramePr"),
            inside,
            distT=0,
            distB=0,
            distL=0,
            distR=0,
        )
        drawing = el("w:drawing", inline)
        return el("w:r", _choice(drawing) if made else drawing), width


def _choice(drawing: Node) -> Node:
    """Return shapes for the programs that know them; others show nothing (ISO 29500-3 7.5)."""
    choice = f'<mc:Choice Requires="wpg">{written((drawing,))}</mc:Choice>'
    return raw(f"<mc:AlternateContent {shapes.SPACES}>{choice}</mc:AlternateContent>")


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
