"""Comments that are drawn over places: a text box, ink, a stamp or a highlight where an answer belongs.

Boxes of comments and of fields are in the same coordinates, those of their page, so it does not matter how a page was
turned, cropped or moved. A pop-up window, a note or a link beside a field is no ink.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

Box = tuple[float, float, float, float]

DRAWING: Final = frozenset(
    {"FreeText", "Stamp", "Ink", "Line", "Square", "Circle", "Polygon", "PolyLine"}
    | {"Highlight", "Underline", "StrikeOut", "Squiggly", "Caret", "Redact", "Watermark"}
)
"""Annotations that draw something over the page (ISO 32000 12.5.6)."""
_POINTS: Final = {"Ink": "/InkList", "Line": "/L", "Polygon": "/Vertices", "PolyLine": "/Vertices"}
_QUADS: Final = frozenset({"Highlight", "Underline", "StrikeOut", "Squiggly"})
_PARTS: Final = 500
"""Strokes or lines of one comment that are told apart; one with more counts as its whole box."""
_WIDE: Final = 1.0
"""Points that a stroke is wide at least, to each side of its points."""
_OF_PLACE, _OF_MARK = 0.3, 0.5
"""What of a place must be covered, or what of a mark must stand in a place, for the mark to be meant for it."""

Numbers = Callable[[Any, str], list[list[float]]]
"""The numbers of an annotation's entry: one list, or one for each array in it; nothing for what is no array."""


class Drawing(NamedTuple):
    """A comment that draws something: the page, its parts' boxes, its words, and which of `Seen.marks` it is."""

    page: int
    boxes: tuple[Box, ...]
    words: str
    mark: int


class Covered(NamedTuple):
    """A field under a comment: the field's name, the words of the comment, and which of `Seen.marks` it is."""

    name: str
    words: str
    mark: int


def boxes_of(subtype: str, annotation: Any, numbers: Numbers) -> tuple[Box, ...]:
    """Return the boxes in which an annotation draws: of each stroke or marked line where it says so, else its own."""
    parts: list[list[float]] = []
    if subtype in _POINTS:
        parts = numbers(annotation, _POINTS[subtype])
    elif subtype in _QUADS:
        parts = [part[at : at + 8] for part in numbers(annotation, "/QuadPoints") for at in range(0, len(part), 8)]
    if not 0 < len(parts) <= _PARTS or any(len(part) < 4 or len(part) % 2 for part in parts):
        parts = [part[:4] for part in numbers(annotation, "/Rect")[:1] if len(part) >= 4]
    return tuple(_around(part) for part in parts)


def covered(drawings: Iterable[Drawing], widgets: Iterable[tuple[int, str, Sequence[float]]]) -> list[Covered]:
    """Return which fields are under which comments; widgets: page, name and rectangle of each."""
    on: dict[int, list[tuple[str, Box]]] = {}
    for page, name, rectangle in widgets:
        if len(rectangle) >= 4:
            x0, x1 = sorted((rectangle[0], rectangle[2]))
            y0, y1 = sorted((rectangle[1], rectangle[3]))
            on.setdefault(page, []).append((name, (x0, y0, x1, y1)))
    found: dict[Covered, None] = {}
    for one in drawings:
        for name, box in on.get(one.page, ()):
            if any(_meant(mark, box) for mark in one.boxes):
                found[Covered(name, one.words, one.mark)] = None
    return list(found)


def _around(points: Sequence[float]) -> Box:
    across, up = points[::2], points[1::2]
    return min(across) - _WIDE, min(up) - _WIDE, max(across) + _WIDE, max(up) + _WIDE


def _meant(mark: Box, place: Box) -> bool:
    """Tell whether a mark covers enough of a place, or stands in it for the most part."""
    width = min(mark[2], place[2]) - max(mark[0], place[0])
    height = min(mark[3], place[3]) - max(mark[1], place[1])
    if width <= 0 or height <= 0 or not _area(place):
        return False
    return width * height >= min(_OF_PLACE * _area(place), _OF_MARK * _area(mark))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
