"""Fields that stand elsewhere than where they were issued: what the page prints beside an answer is then not what was
asked, though nothing in the answer shows it.

A page as a whole may be moved, cropped, turned or put elsewhere in the file: its fields go with it, and their distances
from where they were issued are all the same. What differs from most of the others was moved by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from formwright.layout import Value
from formwright.readers._base import Place
from formwright.readers._beside import squeezed
from formwright.readers._seen import Seen

_NEAR: Final = 3.0
"""Points by which an edge may be off: programs round, and some put a field's edge around its border."""
_FEW: Final = 3
"""Fewer fields than these do not tell how their page was moved as a whole."""
_Off = tuple[float, float, float, float]


class _Stands(NamedTuple):
    """A widget that says something. off: how far its left, lower, right and upper edge are from where they were
    issued, those of height counted from the issued page's top (so that all of them are off by its height); empty for a
    rectangle that is none."""

    page: int
    place: Place
    off: _Off | tuple[()]


def moved(seen: Seen, places: Sequence[Place]) -> frozenset[str]:
    """Return the names of the fields that say something and do not stand where they were issued."""
    standing = [
        _Stands(one.page, place, _off(rectangle, place.box))
        for place in places
        for one in seen.fields.get(place.name, ())
        for state, rectangle in one.rectangles
        if state == place.code or place.kind != "radio"
    ]
    first = standing[0].off if standing else ()
    away = [one for one in standing if not _near(one.off, first)]
    if away:  # else all are off by the same, as in nearly all returns
        usual = _usual(one.off for one in standing)
        away = [one for one in standing if not _near(one.off, usual)]
        on = {page: [one.off for one in standing if one.page == page] for page in {one.page for one in away}}
        whole = {page: _usual(offs) for page, offs in on.items() if len(offs) >= _FEW}
        away = [one for one in away if not _near(one.off, whole.get(one.page, ()))]
    return frozenset(one.place.name for one in (*away, *_elsewhere(standing, seen, places)))


def _off(rectangle: bytes, box: tuple[float, float, float, float]) -> _Off | tuple[()]:
    try:
        x0, y0, x1, y1 = map(float, rectangle[1:-1].split())
    except ValueError:
        return ()
    if x0 > x1 or y0 > y1:  # any two opposite corners will do (ISO 32000 7.9.5)
        x0, y0, x1, y1 = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return x0 - box[0], y0 + box[3], x1 - box[2], y1 + box[1]


def _usual(offs: Iterable[_Off | tuple[()]]) -> _Off | tuple[()]:
    """Return how far most of them are off; nothing where there are no most."""
    counted = Counter((round(off[0]), round(off[1])) for off in offs if off)
    if not counted:
        return ()
    (across, up), most = counted.most_common(1)[0]
    return (across, up, across, up) if 2 * most > counted.total() else ()


def _near(off: _Off | tuple[()], usual: _Off | tuple[()]) -> bool:
    if not off or not usual:
        return False
    return (
        abs(off[0] - usual[0]) <= _NEAR
        and abs(off[1] - usual[1]) <= _NEAR
        and abs(off[2] - usual[2]) <= _NEAR
        and abs(off[3] - usual[3]) <= _NEAR
    )


def _elsewhere(standing: Sequence[_Stands], seen: Seen, places: Sequence[Place]) -> list[_Stands]:
    """Return those that stand on another page than most that were issued on theirs."""
    suspect = [one for one in standing if one.page and one.page != one.place.page]
    if not suspect:
        return []
    issued_on = {place.name: place.page for place in places}
    votes: dict[int, Counter[int]] = {}
    for name, group in seen.fields.items():
        for one in group:
            if name in issued_on:
                votes.setdefault(one.page, Counter())[issued_on[name]] += 1
    return [one for one in suspect if votes[one.page][issued_on[one.place.name]] < max(votes[one.page].values())]


def worded_otherwise(worded: str | None, values: Sequence[Value], labels: Iterable[tuple[str, str]]) -> bool:
    """Tell whether a list shows other words for the code in it than those that were issued for it.

    worded: the words that it shows, None where it shows the code; values: the code as it was read, if there is one;
    labels: the issued codes and their words.
    """
    ours = [(code, label) for code, label in labels if (code,) in values]
    return worded is not None and bool(ours) and squeezed(worded) not in map(squeezed, ours[0])
