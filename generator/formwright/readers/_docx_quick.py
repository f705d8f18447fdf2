"""The quick look at a Word return in which nothing was changed but the answers, as in nearly all that Word saved.

It goes once over the document and takes what stands in each control. If every control has its name, once and in the
order of the manifest, if every line between them is ours, word by word, and nothing rare is met, then there is nothing
else to look for, and the answer is that of the thorough way (`_docx_walk`, `_docx_find`, `_docx_fold`). In any doubt it
says nothing, and that way is gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from formwright.readers._docx_manifest import PLACES, QUESTION, Manifest
from formwright.readers._docx_ticks import OFF, ON, without_signs
from formwright.readers._docx_xml import W14, Element, W, on
from formwright.readers._seen import TOKEN

_T, _R, _SDT, _CONTENT = f"{W}t", f"{W}r", f"{W}sdt", f"{W}sdtContent"
_TAG, _BR, _TAB, _MARK, _CHECKED = f"{W}tag", f"{W}br", f"{W}tab", f"{W}bookmarkStart", f"{W14}checked"
_VAL: Final = f"{W}val"
_RARE: Final = frozenset(
    f"{W}{name}"
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "delText", "sym", "cr", "noBreakHyphen", "softHyphen", "ptab", "rt"),
        *("drawing", "pict", "object", "txbxContent", "altChunk", "commentRangeStart", "commentReference"),
    )
)
_SHOWING, _VANISH = f"{W}showingPlcHdr", f"{W}vanish"


class _RareError(Exception):
    """Something takes a thorough look."""


@dataclass(slots=True)
class Quick:
    """What was taken: tag -> text, or whether the tick is on."""

    texts: dict[str, str] = field(default_factory=dict)
    ticks: dict[str, bool] = field(default_factory=dict)


def look(root: Element, plan: Manifest, prompts: frozenset[str]) -> Quick | None:
    """Return what stands in every place, None where it takes a thorough look to say."""
    if not plan.complete:
        return None
    taken = _Taken()
    handlers = taken.handlers()
    try:
        for element in root.iter(*handlers):
            handlers[element.tag](element)
    except _RareError:
        return None
    taken.end_line()
    names = [name for name in taken.order if name in plan.names]
    marks = [mark for mark in taken.marks if mark in plan.names]
    lines = [line for line in taken.lines if not TOKEN.fullmatch(line)]
    if names != plan.order or lines != plan.lines or marks != plan.marks:
        return None
    return _judged(taken, plan, prompts)


class _Taken:
    """What was met so far. name: of the open control; line: the paragraph of the words outside controls that came last;
    words: these."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.texts: dict[str, str] = {}
        self.checked: dict[str, bool] = {}
        self.lines: list[str] = []
        self.marks: list[str] = []
        self.showing: set[str] = set()
        self._name = ""
        self._words: list[str] = []
        self._line: Element = None

    def handlers(self) -> dict[str, Callable[[Element], None]]:
        """Return what is called for each name of an element; all others say nothing."""
        return {
            _T: self._t,
            _SDT: self._sdt,
            _TAG: self._tag,
            _SHOWING: self._showing,
            _CHECKED: self._is_checked,
            _MARK: self._bookmark,
            _BR: self._br,
            _TAB: self._tab,
            _VANISH: self._vanish,
            **dict.fromkeys(_RARE, self._rare),
        }

    def _t(self, element: Element) -> None:
        self._text(element, element.text or "")

    def _sdt(self, _: Element) -> None:
        self._name = ""

    def _tag(self, element: Element) -> None:
        self._name = name = element.get(_VAL, "")
        self.order.append(name)

    def _showing(self, _: Element) -> None:
        self.showing.add(self._name)

    def _is_checked(self, element: Element) -> None:
        self.checked[self._name] = on(element.get(f"{W14}val"))

    def _bookmark(self, element: Element) -> None:
        name = element.get(f"{W}name", "")
        if name.startswith(QUESTION):
            self.marks.append(name)

    def _br(self, element: Element) -> None:
        if element.get(f"{W}type", "textWrapping") == "textWrapping":
            self._text(element, "\n")

    def _tab(self, element: Element) -> None:
        if element.getparent().tag == _R:  # else a stop of a paragraph's tabs
            self._text(element, "\t")

    def _vanish(self, element: Element) -> None:
        if not TOKEN.fullmatch("".join(element.getparent().getparent().itertext(_T))):
            raise _RareError

    def _rare(self, _: Element) -> None:
        raise _RareError

    def _text(self, element: Element, text: str) -> None:
        around = element.getparent().getparent()
        if around.tag != _CONTENT:
            if around is not self._line:
                self.end_line()
                self._line = around
            self._words.append(text)
        elif self._name:
            self.texts[self._name] = self.texts.get(self._name, "") + text
        else:
            raise _RareError

    def end_line(self) -> None:
        """Close the open line."""
        line = _line("".join(self._words)) if self._words else ""
        if line:
            self.lines.append(line)
        self._words = []


@lru_cache(maxsize=4096)
def _line(words: str) -> str:
    """Return a line as it is compared; most are the same in every return of an issue."""
    return without_signs(words)


def _judged(taken: _Taken, plan: Manifest, prompts: frozenset[str]) -> Quick | None:
    """Return the values, None where one of them is odd."""
    found, prompted = Quick(), re.compile("|".join(map(re.escape, prompts)))
    for name, place in plan.names.items():
        if place.kind not in PLACES:
            continue
        text = taken.texts.get(name, "")
        if place.kind == "tick":
            checked = taken.checked.get(name)
            if checked is None or text not in (ON if checked else OFF) or len(text) != 1:
                return None
            found.ticks[name] = checked
        elif name in taken.checked:
            return None
        elif text in prompts:
            found.texts[name] = ""
        elif prompted.search(text) or (text.strip() and name in taken.showing):
            return None
        else:
            found.texts[name] = text
    return found if taken.texts.keys() <= plan.names.keys() else None
