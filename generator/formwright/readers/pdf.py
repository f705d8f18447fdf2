"""Reading a returned PDF: pikepdf first, pypdf as second opinion where something does not fit.

Bytes; is the end there (`_tail`); what stands in them (`_qpdf`): tokens; cells (`_fold`), and where these do not match
what was issued, the same by the second reader (`_pypdf`): the raw return.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from formwright.errors import Refused
from formwright.raw import Compared, Identified, RawCell, RawProblem, RawReturn
from formwright.readers import _actions, _pages, _qpdf, _tail
from formwright.readers._base import Place, Reader
from formwright.readers._fold import fold
from formwright.readers._seen import Seen, damaged

_DOUBTFUL: Final = ("doubled_field", "type_changed", "odd_value", "off_pages")
_Said = tuple[str, object, frozenset[object]]


class PdfReader(Reader):
    """Reads AcroForm fields; keeps what it saw of the last file between `identify` and `extract`."""

    def __init__(self) -> None:
        self._data = b""
        self._seen: Seen | None = None

    def identify(self, data: bytes) -> Identified:
        """Return the tokens of all carriers; pages are drawn for their codes only where no other carrier is left."""
        seen = self._look(data)
        if not seen.tokens:
            from formwright.readers import _page_codes  # starts quickly without

            _page_codes.look(data, seen)
        return Identified(
            tokens=tuple(seen.tokens),
            producer=seen.producer,
            pages=seen.pages,
            fields=sum(map(len, seen.fields.values())),
            problems=tuple(seen.problems),
            prints=tuple(seen.prints),
        )

    def extract(self, data: bytes, places: Sequence[Place]) -> RawReturn:
        """Return one cell for each issued key, with strays and problems."""
        seen = self._look(data)
        cells, strays, problems = fold(seen, places)
        if seen.method == "acroform" and seen.fields and (_repaired(seen) or any(_odd(cell) for cell in cells)):
            cells, problems = _second(data, places, cells, problems)
        return RawReturn(
            format="pdf",
            method=seen.method,
            producer=seen.producer,
            cells=cells,
            strays=strays,
            problems=problems,
        )

    def compare(self, data: bytes, issued: bytes, places: Sequence[Place]) -> Compared:
        """Return what was drawn onto the pages themselves, and what of ours is not there any more."""
        return _pages.compare(data, issued, self._look(data), places)

    def _look(self, data: bytes) -> Seen:
        if self._seen is None or (data is not self._data and data != self._data):
            self._seen = None
            self._seen = _see(data)
            self._data = data
        return self._seen


def _see(data: bytes) -> Seen:
    """Return what stands in a file, by the first reader that can read it."""
    _tail.check(data)
    try:
        return _qpdf.read(data)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # malformed objects show up as any error of the binding
        first = error
    from formwright.readers import _pypdf  # slow to import, seldom needed

    try:
        seen = _pypdf.read(data)
    except Refused:
        raise damaged() from first
    if not seen.fields:
        raise damaged() from first
    seen.problems += [_ONE_READER, *_actions.words_in(data)]
    return seen


def _repaired(seen: Seen) -> bool:
    return any(problem.code == "repaired" for problem in seen.problems)


def _odd(cell: RawCell) -> bool:
    """Return whether a cell does not match the manifest."""
    return cell.state == "missing" or cell.note in _DOUBTFUL


def _second(
    data: bytes, places: Sequence[Place], cells: tuple[RawCell, ...], problems: tuple[RawProblem, ...]
) -> tuple[tuple[RawCell, ...], tuple[RawProblem, ...]]:
    """Return cells and problems after a second reader has looked: where the two differ, nobody is believed."""
    from formwright.readers import _pypdf  # slow to import, seldom needed

    try:
        others, _, _ = fold(_pypdf.read(data), places)
    except Refused:
        return cells, (*problems, _NO_SECOND)
    compared = tuple(a if _said(a) == _said(b) else _differ(a, b) for a, b in zip(cells, others, strict=True))
    differing = [cell.key for cell in compared if cell.note == "readers_differ"]
    return compared, (*problems, *(_differing(key) for key in differing))


def _said(cell: RawCell) -> _Said:
    return cell.state, cell.value, frozenset(cell.values)


def _differ(a: RawCell, b: RawCell) -> RawCell:
    """Return a cell on which two readers differ: a conflict of all that they read, or `unread` where one of them finds
    something that it can't read, with what the other reads."""
    values = [*a.values, *b.values, *(cell.value for cell in (a, b) if cell.value is not None)]
    differing = replace(a, state="conflict", value=None, values=tuple(dict.fromkeys(values)), note="readers_differ")
    if "unread" not in (a.state, b.state):
        return differing
    return replace(differing, state="unread", raw=" | ".join(dict.fromkeys(one.raw for one in (a, b) if one.raw)))


def _differing(key: str) -> RawProblem:
    return RawProblem(
        code="readers_differ",
        key=key,
        message="Two programs read different answers here: the file is not well made.",
        fix="Open the file, see what it shows, and enter that with `formwright answer`.",
    )


_ONE_READER: Final = RawProblem(
    code="second_reader",
    message="The file is damaged: the usual reader refused it, and only the second one could read it.",
    fix="Compare the answers with the file on screen, or ask for it again.",
)
_NO_SECOND: Final = RawProblem(
    code="no_second_opinion",
    message="Something in the file does not match what was issued, and the second reader could not read it to compare.",
    fix="Compare the answers with the file on screen.",
)
