"""What is drawn in the HTML of a document: figures and marks, as images that can reach nothing outside themselves."""

from __future__ import annotations

import base64
from typing import Final

from markupsafe import Markup, escape

from formwright.layout import Mark

_BOX: Final = '<path fill="none" stroke="#6f777d" stroke-width=".8" d="M.5.5h9v9h-9z"/>'
_TICK: Final = '<path fill="none" stroke="#1b1b1b" stroke-width="1.7" d="M2.2 5.2l2 2.2l3.8-5"/>'
_SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="12" height="12" viewBox="0 0 10 10">{}</svg>'


def image(svg: str) -> str:
    """Return a drawing as a data URI."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def mark(node: Mark) -> Markup:
    """Return a box of 9 points, ticked or not."""
    svg = _SVG.format(_BOX + _TICK if node.checked else _BOX)
    return Markup('<img src="{}" alt="{}">').format(image(svg), escape(node.alternative))
