"""Fields that stand elsewhere than where they were issued: what the page prints beside an answer is then not what was
asked, though nothing in the answer shows it.

A page as a whole may be moved, cropped, turned or put elsewhere in the file: its fields go with it, and their distances
from where they were issued are all the same. What differs from most of the others was moved by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from formwright.layout import Value
from formwright.readers._base import Place
from formwright.readers._beside import squeezed
from formwright.readers._seen import Seen

_NEAR: Final = 3.0
"""Points by which an edge may be off: programs round, and some put a field's edge around its border."""
_FAR: Final = 1e6
"""Points beyond which nothing stands on any page."""
_FEW: Final = 3
"""Fewer fields than these do not tell how their page was moved as a whole."""
_Off = tuple[float, float, float, float] | tuple[()]
"""How far the left, lower, right and upper edge of a widget are from where they were issued, those of height counted
from the issued page's top (so that all of them are off by its height); empty for a rectangle that is none."""
_Standing = tuple[int, Place, _Off]
"""A widget that says something, with the page on which it stands."""


def moved(seen: Seen, places: Sequence[Place]) -> frozenset[str]:
    """Return the names of the fields that say something and do not stand where they were issued."""
    standing: list[_Standing] = [
        (one.page, place, _off(rectangle, place.box))
        for place in places
        for one in seen.fields.get(place.name, ())
        for state, rectangle in one.rectangles
        if state == place.code or place.kind != "radio"
    ]
    first = standing[0][2] if standing else ()
    away = [one for one in standing if not _near(one[2], first)]
    if away:  # else all are off by the same, as in nearly all returns
        usual = _usual(off for _, _, off in standing)
        away = [one for one in standing if not _near(one[2], usual)]
        on = {page: [off for here, _, off in standing if here == page] for page, _, _ in away}
        whole = {page: _usual(offs) for page, offs in on.items() if len(offs) >= _FEW}
        away = [one for one in away if not _near(one[2], whole.get(one[0], ()))]
    return frozenset(place.name for _, place, _ in (*away, *_elsewhere(standing, seen, places)))


def _off(rectangle: bytes, box: tuple[float, float, float, float]) -> _Off:
    try:
        x0, y0, x1, y1 = map(float, rectangle[1:-1].split())
    except ValueError:
        return ()
    if x0 > x1 or y0 > y1:  # any two opposite corners will do (ISO 32000 7.9.5)
        x0, y0, x1, y1 = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return x0 - box[0], y0 + box[3], x1 - box[2], y1 + box[1]


def _usual(offs: Iterable[_Off]) -> _Off:
    """Return how far most of them are off; nothing where there are no most."""
    counted = Counter((round(off[0]), round(off[1])) for off in offs if off and max(map(abs, off)) < _FAR)
    if not counted:
        return ()
    (across, up), most = counted.most_common(1)[0]
    return (across, up, across, up) if 2 * most > counted.total() else ()


def _near(off: _Off, usual: _Off) -> bool:
    if not off or not usual:
        return False
    return (
        abs(off[0] - usual[0]) <= _NEAR
        and abs(off[1] - usual[1]) <= _NEAR
        and abs(off[2] - usual[2]) <= _NEAR
        and abs(off[3] - usual[3]) <= _NEAR
    )


def _elsewhere(standing: Sequence[_Standing], seen: Seen, places: Sequence[Place]) -> list[_Standing]:
    """Return those that stand on another page than most that were issued on theirs."""
    suspect = [one for one in standing if one[0] and one[0] != one[1].page]
    if not suspect:
        return []
    issued_on = {place.name: place.page for place in places}
    votes: dict[int, Counter[int]] = {}
    for name, group in seen.fields.items():
        for one in group:
            if name in issued_on:
                votes.setdefault(one.page, Counter())[issued_on[name]] += 1
    return [one for one in suspect if votes[one[0]][issued_on[one[1].name]] < max(votes[one[0]].values())]


def worded_otherwise(worded: str | None, values: Sequence[Value], labels: Iterable[tuple[str, str]]) -> bool:
    """Tell whether a list shows other words for the code in it than those that were issued for it.

    worded: the words that it shows, None where it shows the code; values: the code as it was read, if there is one;
    labels: the issued codes and their words.
    """
    ours = [(code, label) for code, label in labels if (code,) in values]
    return worded is not None and bool(ours) and squeezed(worded) not in map(squeezed, ours[0])
