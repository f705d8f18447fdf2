"""A timeline as Word's shapes: the same marks at the same places."""

from __future__ import annotations

from typing import Any

from lxml import etree

import layouts
from formwright.layout import Figure, Group
from formwright.plan.lower import lower
from formwright.writers.docx import shapes
from plans import case
from writers.docx.opened import W, made

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="672" height="96" viewBox="0 0 504 72" {more}fill="#1b1b1b">'


def drawn(inside: str, more: str = 'font-size="8" ') -> shapes.Drawn | None:
    return shapes.group(f"{HEAD.format(more=more)}{inside}</svg>", 2)


def shape(inside: str) -> Any:
    found = drawn(inside)
    assert found
    spaces = f'{shapes.SPACES} xmlns:a="{A[1:-1]}" xmlns:w="{W[1:-1]}"'
    (one,) = etree.fromstring(f"<x {spaces}>{found.xml}</x>").iter(f"{WPS}wsp")
    return one


def place(one: Any) -> tuple[float, ...]:
    """Return left, top, width, height in points."""
    (off,), (ext,) = one.iter(f"{A}off"), one.iter(f"{A}ext")
    return tuple(round(int(value) / 12700, 2) for value in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy")))


def test_a_ring_stands_round_its_middle() -> None:
    ring = shape('<circle fill="#fff" stroke="#1b1b1b" cx="200.5" cy="36" r="3"/>')
    assert place(ring) == (197.5, 33, 6, 6)
    assert [one.get("prst") for one in ring.iter(f"{A}prstGeom")] == ["ellipse"]
    assert [one.get("val") for one in ring.iter(f"{A}srgbClr")] == ["FFFFFF", "1B1B1B"]


def test_a_line_and_a_diamond() -> None:
    line = shape('<path fill="none" stroke="#6f777d" stroke-width=".8" d="M160.0 36H480.5"/>')
    assert place(line) == (160, 36, 320.5, 0)
    assert [one.get("w") for one in line.iter(f"{A}ln")] == ["10160"]
    diamond = shape('<path fill="#0b4a6f" d="M300.0 31.6l4.4 4.4l-4.4 4.4l-4.4 -4.4z"/>')
    assert place(diamond) == (295.6, 31.6, 8.8, 8.8)
    points = [(int(one.get("x")), int(one.get("y"))) for one in diamond.iter(f"{A}pt")]
    assert points == [(55880, 0), (111760, 55880), (55880, 111760), (0, 55880)]
    assert len(list(diamond.iter(f"{A}close"))) == 1


def test_lines_of_one_path_are_one_shape() -> None:
    lines = shape('<path fill="none" stroke="#c9ced2" stroke-width=".4" d="M150.0 12V60.0M504.0 12V60.0"/>')
    assert place(lines) == (150, 12, 354, 48)
    assert len(list(lines.iter(f"{A}moveTo"))) == 2


def test_words_stay_text() -> None:
    words = shape('<text x="36" y="39">Lamps &amp; {id} 灯</text>')
    assert "".join(one.text for one in words.iter(f"{W}t")) == "Lamps & {id} 灯"
    assert place(words)[:2] == (36, 28.8)


def test_what_is_not_known_makes_a_picture() -> None:
    assert drawn('<rect width="9" height="9"/>') is None
    assert drawn('<path d="M0 0C1 1 2 2 3 3"/>') is None
    assert drawn('<circle fill="url(#x)" cx="1" cy="1" r="1"/>') is None
    assert drawn('<text x="1" y="1" fill="red">a</text>') is None
    assert drawn("", more="") is None


def test_a_plan_has_its_timeline_as_shapes_with_the_alternative() -> None:
    (figure,) = (
        block
        for part in lower(case()).blocks
        if isinstance(part, Group)
        for block in part.blocks
        if isinstance(block, Figure)
    )
    word = made(layouts.layout(figure))
    assert not [name for name in word.names if "figure" in name or name.endswith("image2.png")]
    said = [one.get("descr") for one in word.xml().iter() if str(one.tag).endswith("}docPr")]
    assert said == [figure.alternative]
    svg = etree.fromstring(figure.svg)
    texts = [one.text for one in svg.iter("{http://www.w3.org/2000/svg}text")]
    boxes = word.xml().iter(f"{W}txbxContent")
    assert ["".join(t.text for t in box.iter(f"{W}t")) for box in boxes] == texts
    assert len(list(word.xml().iter(f"{WPS}wsp"))) == len(svg)
