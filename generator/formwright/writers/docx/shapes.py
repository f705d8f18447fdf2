"""A small SVG (paths of straight lines, circles, texts of 8 points) as a group of Word's shapes.

DrawingML 20.1.2.2.20 (a:xfrm, a:custGeom ...); [MS-ODRAWXML] 2.20 and 2.21 (wpg:wgp, wps:wsp). Lengths come in points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from xml.etree import ElementTree

from formwright.writers.docx.tree import raw, written
from formwright.writers.docx.values import runs
from formwright.writers.docx.wml import paragraph

SPACES: Final = (
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_URI: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_SVG: Final = "{http://www.w3.org/2000/svg}"
_EMU: Final = 12_700
_STYLE: Final = "FWHeader"
"""The paragraphs' style: 8 points, lines of 12."""
_SIZE: Final = "8"
_INKS: Final = {"#1b1b1b": "FWInk", "#4d555c": "", "#0b4a6f": "FWNumber"}
"""Colour of a text -> its character style."""
_BASELINE: Final = 10.2
"""From the top of a line of 12 points to the foot of its letters."""
_LINE: Final = 12.0
_LINE_OF: Final = written((paragraph(_STYLE, raw("{}")),))
_START: Final = re.compile("M([-0-9.]+) ([-0-9.]+)([lhvz0-9. -]+)")
"""A path whose steps do not depend on where it begins."""
_KEPT: Final = 200
"""Paths that are kept: most are alike."""
_STEP: Final = re.compile(r"([A-Za-z])|(-?[0-9]*\.?[0-9]+)")
_BOX: Final = '<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>'

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing: width and height in points, its a:graphic."""

    width: float
    height: float
    xml: str


class _UnknownError(Exception):
    """Something in an SVG that is not known here."""


def group(svg: str, number: int) -> Drawn | None:
    """Return an SVG as shapes, or None for one that needs more than is known here; `number` is the drawing's."""
    root = ElementTree.fromstring(svg)
    try:
        width, height = _size(root)
        made = (_shape(node, root.attrib) for node in root)
        shapes = [shape.replace("{id}", str(number * 1000 + place), 2) for place, shape in enumerate(made, start=1)]
    except (_UnknownError, ValueError, KeyError):
        return None
    box = f'<a:off x="0" y="0"/>{_extent("a:ext", width, height)}<a:chOff x="0" y="0"/>'
    frame = f"<wpg:grpSpPr><a:xfrm>{box}{_extent('a:chExt', width, height)}</a:xfrm></wpg:grpSpPr>"
    inside = f"<wpg:wgp><wpg:cNvGrpSpPr/>{frame}{''.join(shapes)}</wpg:wgp>"
    return Drawn(width, height, f'<a:graphic><a:graphicData uri="{_URI}">{inside}</a:graphicData></a:graphic>')


def _size(root: ElementTree.Element) -> Point:
    """Return width and height of a drawing whose unit is the point."""
    left, top, width, height = map(float, root.get("viewBox", "1 1 0 0").split())
    shown = float(root.get("width", "0").removesuffix("px") or 0) * 3 / 4
    if left or top or root.get("font-size") != _SIZE or abs(shown - width) > 0.01:
        raise _UnknownError
    return width, height


def _shape(node: ElementTree.Element, inherited: Mapping[str, str]) -> str:
    if node.tag not in _MAKERS or len(node):
        raise _UnknownError
    return _MAKERS[node.tag](node, {"fill": inherited.get("fill", "#000000"), **node.attrib})


def _circle(node: ElementTree.Element, given: Mapping[str, str]) -> str:
    x, y, radius = (float(given[key]) for key in ("cx", "cy", "r"))
    size = 2 * radius
    return _solid(x - radius, y - radius, size, size, '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>', given)


def _path(node: ElementTree.Element, given: Mapping[str, str]) -> str:
    """Return lines, all the steps of a path that begins with one."""
    if start := _START.fullmatch(given["d"]):
        x, y = float(start[1]), float(start[2])
        left, top, width, height, geometry = _geometry(f"M0 0{start[3]}")
        return _solid(x + left, y + top, width, height, geometry, given)
    return _solid(*_geometry(given["d"]), given)


@lru_cache(_KEPT)
def _geometry(path: str) -> tuple[float, float, float, float, str]:
    """Return left, top, width and height of a path, and its geometry: one line as such, more as one of their own."""
    lines = list(_lines(path))
    points = [point for line, _ in lines for point in line]
    left, top = (min(point[axis] for point in points) for axis in (0, 1))
    width, height = (max(point[axis] for point in points) - low for axis, low in ((0, left), (1, top)))
    if len(points) == 2:
        return left, top, width, height, '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
    steps = "".join(_steps([(x - left, y - top) for x, y in line], closed) for line, closed in lines)
    room = f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{_emu(width)}" h="{_emu(height)}">'
    lists = "<a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
    return left, top, width, height, f"<a:custGeom>{lists}{room}{steps}</a:path></a:pathLst></a:custGeom>"


def _lines(path: str) -> Iterator[tuple[list[Point], bool]]:
    """Yield the lines of a path, and whether each is closed (SVG 1.1, 8.3: M L H V l h v z)."""
    words = [letter or float(number) for letter, number in _STEP.findall(path)]
    line: list[Point] = []
    place = 0
    while place < len(words):
        command = words[place]
        taken = {"M": 2, "L": 2, "l": 2, "H": 1, "h": 1, "V": 1, "v": 1, "z": 0}.get(str(command))
        if taken is None or (command != "M" and not line):
            raise _UnknownError
        numbers = [word for word in words[place + 1 : place + 1 + taken] if isinstance(word, float)]
        if len(numbers) < taken:
            raise _UnknownError
        place += 1 + taken
        if command in ("M", "z"):
            if line:
                yield line, command == "z"
            line = []
        if command != "z":
            line.append(_reached(str(command), numbers, line[-1] if line else (0.0, 0.0)))
    if line:
        yield line, False


def _reached(command: str, numbers: list[float], at: Point) -> Point:
    """Return where a step leads."""
    x, y = at if command.islower() else (0.0, 0.0)
    if command in "Hh":
        return x + numbers[0], at[1]
    if command in "Vv":
        return at[0], y + numbers[0]
    return x + numbers[0], y + numbers[1]


def _steps(line: list[Point], closed: bool) -> str:
    first, *others = (f'<a:pt x="{_emu(x)}" y="{_emu(y)}"/>' for x, y in line)
    more = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in others)
    return f"<a:moveTo>{first}</a:moveTo>{more}{'<a:close/>' if closed else ''}"


def _solid(x: float, y: float, width: float, height: float, geometry: str, given: Mapping[str, str]) -> str:
    """Return a shape with its fill and its line, without words."""
    look = _look(given["fill"], given.get("stroke", "none"), given.get("stroke-width", "1"))
    return _wsp(f"{_place(x, y, width, height)}{geometry}{look}", "", "<wps:bodyPr/>")


@lru_cache(_KEPT)
def _look(fill: str, stroke: str, width: str) -> str:
    return f'{_fill(fill)}<a:ln w="{_emu(float(width))}">{_fill(stroke)}</a:ln>'


def _fill(colour: str) -> str:
    """Return the fill of an SVG's colour: "none", #rgb or #rrggbb. Raises _UnknownError for another."""
    if colour == "none":
        return "<a:noFill/>"
    digits = colour.removeprefix("#")
    if not re.fullmatch("[0-9a-fA-F]{3}|[0-9a-fA-F]{6}", digits) or digits == colour:
        raise _UnknownError
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return f'<a:solidFill><a:srgbClr val="{digits.upper()}"/></a:solidFill>'


def _text(node: ElementTree.Element, given: Mapping[str, str]) -> str:
    """Return a line of text, from its left end."""
    words, fill = node.text or "", given["fill"]
    if fill not in _INKS or "text-anchor" in given:
        raise _UnknownError
    x, y = float(given["x"]), float(given["y"])
    width = 5 * len(words) + 3 * sum(unicodedata.east_asian_width(char) in "WF" for char in words) + 4
    line = _LINE_OF.format(runs(words, _INKS[fill]))
    box = f"{_place(x, y - _BASELINE, width, _LINE)}{_RECTANGLE}<a:noFill/><a:ln><a:noFill/></a:ln>"
    return _wsp(box, f"<wps:txbx><w:txbxContent>{line}</w:txbxContent></wps:txbx>", _BOX)


_MAKERS: Final = {f"{_SVG}path": _path, f"{_SVG}circle": _circle, f"{_SVG}text": _text}
_RECTANGLE: Final = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def _wsp(properties: str, words: str, body: str) -> str:
    sort = '<wps:cNvSpPr txBox="1"/>' if words else "<wps:cNvSpPr/>"
    named = '<wps:cNvPr id="{id}" name="Shape {id}"/>'
    return f"<wps:wsp>{named}{sort}<wps:spPr>{properties}</wps:spPr>{words}{body}</wps:wsp>"


def _place(x: float, y: float, width: float, height: float) -> str:
    at = f'<a:off x="{round(x * _EMU)}" y="{round(y * _EMU)}"/>'
    return f'<a:xfrm>{at}<a:ext cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"/></a:xfrm>'


def _extent(tag: str, width: float, height: float) -> str:
    return f'<{tag} cx="{_emu(width)}" cy="{_emu(height)}"/>'


def _emu(points: float) -> int:
    return round(points * _EMU)
