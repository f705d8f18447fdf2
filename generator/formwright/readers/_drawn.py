"""The words and the ink of two pages, compared by pdfium with the fields left out: what does only one of them draw?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw

from formwright.raw import Compared, Drawn, RawProblem, Stray
from formwright.readers._base import Place, not_compared
from formwright.readers._seen import MAX_MARKS, told

_CHARACTERS: Final = 50_000
"""Characters of one page; ours have a tenth of it."""
_NEAR: Final = 1.0
"""Points by which a character may stand elsewhere: programs that write a content anew round its numbers."""
_WIDEST: Final = 2_000
"""Pixels of a page's longer side when drawn; A4 at 72 dpi has 842."""
_STRONG: Final = (96, 6)
_PALE: Final = (24, 14)
"""Levels by which a pixel must differ in one of its colours to count, and how many of them make a difference: a full
stop in black has six. What is only written anew (qpdf, mutool, pdftk) differs in none; lines whose numbers are
rounded to a tenth of a point differ by 13 levels, letters by up to 95: pale ink is not looked for where ours stand."""
_EDGE: Final = 2.0
"""Points at the edges of a place that do not count as in it: its frame stands there."""
_QUOTED: Final = 60
_NAMED: Final = 3
"""So many places with something drawn in them are named for each page."""


class _Char(NamedTuple):
    """A character and its box, points from the page's bottom left; a blank has a box without area."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class _Run:
    """Added characters that stand together."""

    chars: list[_Char] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return the box around all of it."""
        inked = [char for char in self.chars if char.text.strip()]
        return (
            min(char.x0 for char in inked),
            min(char.y0 for char in inked),
            max(char.x1 for char in inked),
            max(char.y1 for char in inked),
        )


@dataclass(slots=True)
class _Told:
    """What is found out about all pages."""

    strays: list[Stray] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)


def compare(
    data: bytes, issued: bytes, pairs: Sequence[tuple[int, int]], places: Sequence[Place], more: int
) -> Compared:
    """Return the differences of pairs of pages (theirs, ours; 0 for none); `more`: pages that are not in `pairs`."""
    result = _Told()
    try:
        with pypdfium2.PdfDocument(data) as theirs, pypdfium2.PdfDocument(issued) as ours:
            for number, before in pairs:
                if number > len(theirs):
                    continue
                if not before and len(theirs) <= len(ours):  # of more pages than were issued is told already
                    result.changes.append(f"page {number} is none of ours")
                here = [place for place in places if place.page == before]
                _page(theirs[number - 1], ours[before - 1] if before else None, number, here, result)
    except (pypdfium2.PdfiumError, ValueError, OSError) as error:
        return not_compared(f"the file can't be drawn ({error})"[:200])
    if more > 0:
        result.changes.append(f"{more} more pages are not as issued, and were not looked at")
    strays = result.strays[:MAX_MARKS]
    if len(result.strays) > MAX_MARKS:
        strays.append(Stray(name="", value="", kind="more"))
    problems = (_changed(result.changes),) if result.changes else ()
    return Compared(strays=tuple(strays), drawn=tuple(result.drawn), problems=problems)


def _page(page: Any, before: Any, number: int, places: Sequence[Place], result: _Told) -> None:
    """Note how one page differs from the issued one."""
    new, old = _chars(page), _chars(before) if before is not None else []
    if new is None or old is None:
        result.changes.append(f"page {number} holds more words than are compared")
        return
    added, lacking = (set[int](), "") if _words(new) == _words(old) else _differences(new, old)
    runs = _runs(new, added)
    height = page.get_height()
    for run in runs:
        text = told("\n".join(run.lines).strip("\n"))
        place = _at(run.box, height, places)
        where = f", at {place.key}{f'#{place.code}' if place.code else ''}" if place is not None else ""
        result.strays.append(Stray(name=f"text drawn onto the page{where}", value=text, page=number, kind="page text"))
        if place is not None:
            result.drawn.append(Drawn(key=place.key, code=place.code, text=text))
    if lacking:
        result.changes.append(f"on page {number} words of ours are missing (“{lacking}”)")
    if before is not None and not lacking:
        _note_ink(page, before, [run.box for run in runs], old, number, places, result)


# ---- words --------------------------------------------------------------------------------------


def _chars(page: Any) -> list[_Char] | None:
    """Return the characters of a page's own content in their order, None where there are too many."""
    words = page.get_textpage()
    count = words.count_chars()
    if count > _CHARACTERS:
        return None
    return [_Char(chr(pdfium.FPDFText_GetUnicode(words, at) or 0xFFFD), *words.get_charbox(at)) for at in range(count)]


def _words(chars: Iterable[_Char]) -> Counter[str]:
    return Counter("".join(char.text for char in chars).split())


def _differences(new: Sequence[_Char], old: Sequence[_Char]) -> tuple[set[int], str]:
    """Return the positions in `new` of characters that `old` does not have in their place, and the words that are gone.

    Where most of a page stands elsewhere (it was scaled or moved), words are compared without their place.
    """
    left: dict[tuple[str, int, int], list[int]] = {}
    for at, char in enumerate(old):
        if char.text.strip():
            left.setdefault(_spot(char), []).append(at)
    added = {at for at, char in enumerate(new) if char.text.strip() and not _take(left, char)}
    lacking = sorted(at for some in left.values() for at in some)
    if 2 * len(lacking) > len(old):
        return _other_words(new, old)
    return _whole_words(new, added), _quoted(_joined(old, lacking))


def _spot(char: _Char) -> tuple[str, int, int]:
    return char.text, round(char.x0 / _NEAR), round(char.y0 / _NEAR)


def _take(left: dict[tuple[str, int, int], list[int]], char: _Char) -> bool:
    """Take a character out of what is left, from its spot or one beside it; return whether it was there."""
    text, x, y = _spot(char)
    for dx in (0, -1, 1):
        for dy in (0, -1, 1):
            if some := left.get((text, x + dx, y + dy)):
                some.pop()
                return True
    return False


def _other_words(new: Sequence[_Char], old: Sequence[_Char]) -> tuple[set[int], str]:
    known, added, word = _words(old), set[int](), list[int]()
    for at, char in enumerate([*new, _Char(" ", 0, 0, 0, 0)]):
        if char.text.strip():
            word.append(at)
            continue
        text = "".join(new[one].text for one in word)
        if known[text] > 0:
            known[text] -= 1
        else:
            added.update(word)
        word = []
    return added, _quoted(" ".join((+known).elements()))


def _whole_words(chars: Sequence[_Char], added: set[int]) -> set[int]:
    """Return added characters with the rest of a word that is mostly added: one may stand where ours had the same."""
    whole, word = set(added), list[int]()
    for at, char in enumerate([*chars, _Char(" ", 0, 0, 0, 0)]):
        if char.text.strip():
            word.append(at)
            continue
        if 2 * sum(one in added for one in word) > len(word):
            whole.update(word)
        word = []
    return whole


def _joined(chars: Sequence[_Char], positions: Sequence[int]) -> str:
    """Return characters as text, with a blank where others stood between."""
    parts, last = [], None
    for at in positions:
        parts.append(chars[at].text if last is None or at == last + 1 else f" {chars[at].text}")
        last = at
    return "".join(parts)


def _quoted(text: str) -> str:
    text = " ".join(told(text).split())
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


def _runs(chars: Sequence[_Char], added: set[int]) -> list[_Run]:
    """Return added characters by where they stand: lines one below the other, begun alike, are one text."""
    runs: list[_Run] = []
    line: list[_Char] = []
    for at, char in enumerate([*chars, _Char("\n", 0, 0, 0, 0)]):
        if at in added or (line and char.text == " "):
            line.append(char)
        elif line:
            _close(runs, line)
            line = []
    return runs


def _close(runs: list[_Run], line: list[_Char]) -> None:
    text = "".join(char.text for char in line).strip()
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    start = line[0]
    if runs:
        x0, y0, _, _ = runs[-1].box
        height = max(start.y1 - start.y0, 4.0)
        if abs(start.x0 - x0) < height and 0 < y0 - start.y0 < 2.5 * height:
            runs[-1].chars += line
            runs[-1].lines.append(text)
            return
    runs.append(_Run(chars=list(line), lines=[text]))


def _at(box: tuple[float, float, float, float], height: float, places: Iterable[Place]) -> Place | None:
    """Return the smallest place in which the middle of a box stands, None where it stands beside all of them."""
    x, y = (box[0] + box[2]) / 2, height - (box[1] + box[3]) / 2
    inside = [one for one in places if one.box[0] - 2 <= x <= one.box[2] + 2 and one.box[1] - 2 <= y <= one.box[3] + 2]
    return min(inside, key=lambda one: (one.box[2] - one.box[0]) * (one.box[3] - one.box[1]), default=None)


# ---- ink ----------------------------------------------------------------------------------------


def _note_ink(
    page: Any,
    before: Any,
    told_of: Iterable[tuple[float, float, float, float]],
    words: Iterable[_Char],
    number: int,
    places: Sequence[Place],
    result: _Told,
) -> None:
    """Note whether a page looks different elsewhere than at the boxes that are told of already, and in which places."""
    ours, theirs = _picture(before), _picture(page)
    if ours.size != theirs.size:
        result.changes.append(f"page {number} is of another size")
        return
    difference = _strongest(ImageChops.difference(ours, theirs))
    scale = ours.height / before.get_height()
    _leave_out(difference, told_of, scale, (3, 4))
    pale = difference.copy()
    _leave_out(pale, (char[1:] for char in words if char.text.strip()), scale, (1, 1))
    if not _differs(difference, pale):
        return
    boxes = [(place, _inside(place, scale)) for place in places]
    under = [place for place, box in boxes if _differs(difference.crop(box), pale.crop(box))]
    result.drawn += [Drawn(key=place.key, code=place.code, text="") for place in under]
    keys = list(dict.fromkeys(place.key for place in under))
    more = f" and {len(keys) - _NAMED} more" if len(keys) > _NAMED else ""
    where = f", at {', '.join(keys[:_NAMED])}{more}" if keys else ""
    result.changes.append(f"on page {number} something is drawn that is not ours{where}")


def _strongest(difference: Image.Image) -> Image.Image:
    """Return by how much each pixel differs in the colour that differs most: yellow on white is hardly grey."""
    red, green, blue = difference.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _leave_out(
    difference: Image.Image, boxes: Iterable[tuple[float, float, float, float]], scale: float, edge: tuple[int, int]
) -> None:
    """Take boxes out of a picture, with an edge in pixels."""
    draw, (wide, high) = ImageDraw.Draw(difference), edge
    for x0, y0, x1, y1 in boxes:
        top, bottom = difference.height - y1 * scale, difference.height - y0 * scale
        draw.rectangle((x0 * scale - wide, top - high, x1 * scale + wide, bottom + high), fill=0)


def _differs(difference: Image.Image, pale: Image.Image) -> bool:
    """Tell whether there is strong ink, or pale ink (`pale`: without our words, whose edges change with a shift)."""
    found = ((difference.histogram(), _STRONG), (pale.histogram(), _PALE))
    return any(sum(levels[least:]) >= pixels for levels, (least, pixels) in found)


def _inside(place: Place, scale: float) -> tuple[int, int, int, int]:
    """Return the pixels of a place without its edges."""
    x0, y0, x1, y1 = place.box
    edge = min(_EDGE, (x1 - x0) / 4, (y1 - y0) / 4)
    left, top = round((x0 + edge) * scale), round((y0 + edge) * scale)
    return left, top, max(left, round((x1 - edge) * scale)), max(top, round((y1 - edge) * scale))


def _picture(page: Any) -> Image.Image:
    width, height = page.get_size()
    scale = min(1.0, _WIDEST / max(width, height, 1.0))
    picture: Image.Image = page.render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil()
    return picture.convert("RGB")


def _changed(changes: Sequence[str]) -> RawProblem:
    some = "; ".join(changes[:10]) + ("; and more" if len(changes) > 10 else "")
    return RawProblem(
        code="page_changed",
        message=f"The pages themselves are not as issued: {some}.",
        fix="Look at these pages beside those of the form as it was issued; what answers a question can be entered.",
    )
