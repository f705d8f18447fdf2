"""Reading a returned Word file: by names where they are left, by bookmarks, order and words where they are not.

Bytes; parts, with bounds (`_docx_zip`, `_docx_xml`); tokens (`_docx_carriers`). Then the quick look (`_docx_quick`)
where nothing but answers was changed, else the thorough one: what stands in the document (`_docx_walk`), where the
issued places are (`_docx_find`), cells (`_docx_fold`), what else there is (`_docx_strays`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from formwright.errors import Refused
from formwright.raw import FoundToken, Identified, RawCell, RawProblem, RawReturn, Stray
from formwright.readers import _docx_carriers as carriers
from formwright.readers import _docx_strays as strays
from formwright.readers._base import Place, Reader
from formwright.readers._docx_find import Found, find
from formwright.readers._docx_fold import Folder, quick_cells
from formwright.readers._docx_manifest import QUESTION, Manifest, last_row, manifest, row_of
from formwright.readers._docx_quick import look
from formwright.readers._docx_text import prompts
from formwright.readers._docx_walk import walk
from formwright.readers._docx_xml import Element, W, parsed, too_deep
from formwright.readers._docx_zip import Parts, unpack
from formwright.readers._seen import MAX_FIELDS, too_many

_MAIN = "word/document.xml"
_SAVE_DOCX = "Ask the sender for the Word form itself, saved as a Word document (.docx)."


@dataclass(slots=True)
class _Seen:
    """What was seen of one file before its manifest is known; `root` is that of the main part."""

    parts: Parts
    root: Element
    tokens: list[FoundToken]
    fields: int
    producer: str
    problems: list[RawProblem]


class DocxReader(Reader):
    """Reads content controls; keeps what it saw of the last file between `identify` and `extract`."""

    def __init__(self) -> None:
        self._data = b""
        self._seen: _Seen | None = None
        self._places: Sequence[Place] = ()
        self._plan: Manifest | None = None

    def identify(self, data: bytes) -> Identified:
        """Return the tokens of all carriers. Raises Refused."""
        seen = self._look(data)
        return Identified(
            tokens=tuple(seen.tokens),
            producer=seen.producer,
            fields=seen.fields,
            problems=tuple(seen.problems),
        )

    def extract(self, data: bytes, places: Sequence[Place]) -> RawReturn:
        """Return one cell for each issued key and one for each place of an added row, with strays and problems."""
        seen = self._look(data)
        if self._plan is None or places is not self._places:
            self._places, self._plan = places, manifest(places)
        try:
            return _extract(seen, self._plan)
        except RecursionError:
            raise too_deep() from None

    def _look(self, data: bytes) -> _Seen:
        if self._seen is None or (data is not self._data and data != self._data):
            self._seen = None
            self._seen = _see(data)
            self._data = data
        return self._seen


def _see(data: bytes) -> _Seen:
    parts = unpack(data)
    main = parts.get(_MAIN)
    if main is None:
        raise Refused("not_a_form", "This is no Word document: its main part is missing.", _SAVE_DOCX)
    root = parsed(main)
    marks = carriers.marked(root)
    if marks.controls > MAX_FIELDS:
        raise too_many("controls", MAX_FIELDS)
    found = carriers.tokens(parts, root, marks)
    return _Seen(parts, root, found, _fields(root, marks), carriers.producer(parts), carriers.active_content(parts))


def _fields(root: Element, marks: carriers.Marked) -> int:
    """Return how many places to answer there may be: controls and questions, tables where neither is left."""
    questions = sum(name.startswith(QUESTION) for name in marks.bookmarks)
    return marks.controls + questions or sum(1 for _ in root.iter(f"{W}tbl"))


def _extract(seen: _Seen, plan: Manifest) -> RawReturn:
    known, token = _prompts(seen.parts.get("word/glossary/document.xml")), carriers.custom_token(seen.parts)
    comments = _root(seen.parts, "word/comments.xml")
    quick = None if comments is not None else look(seen.root, plan, known)
    if quick is not None:
        cells, extra, problems = quick_cells(plan, quick, token), list[Stray](), list[RawProblem]()
    else:
        cells, extra, problems = _thorough(seen.root, plan, known, token, comments)
    for name in ("footnotes", "endnotes"):
        extra += strays.notes(_root(seen.parts, f"word/{name}.xml"), name)
    return RawReturn(
        format="docx",
        method="docx",
        producer=seen.producer,
        cells=tuple(cells),
        strays=strays.limited(extra),
        problems=(*seen.problems, *problems),
    )


def _thorough(
    root: Element, plan: Manifest, known: frozenset[str], token: str | None, comments: Element | None
) -> tuple[list[RawCell], list[Stray], list[RawProblem]]:
    """Return cells, strays and problems of a document in which something stands otherwise than it was issued."""
    body = walk(root)
    found = find(body, plan)
    folder = Folder(body, plan, found, known, token)
    cells = folder.fold()
    cells += _added(folder, found, plan)
    extra = [*strays.strays(folder), *strays.comments(comments, folder)]
    return cells, extra, [*_rows(folder, found), *_moved(found, plan), *strays.tracked(folder)]


@lru_cache(maxsize=8)
def _prompts(glossary: bytes | None) -> frozenset[str]:
    """Return what empty controls say; the glossary of a file is the same in nearly all returns of an issue."""
    if glossary is None:
        return prompts(())
    entries = parsed(glossary).iter(f"{W}docPartBody")
    return prompts("".join(entry.itertext(f"{W}t")) for entry in entries)


def _root(parts: Parts, name: str) -> Element | None:
    data = parts.get(name)
    return None if data is None else parsed(data)


# ---- rows, questions ----------------------------------------------------------------------------


def _added(folder: Folder, found: Found, plan: Manifest) -> list[RawCell]:
    """Return the cells of the rows that were added, each row with the next number of its table."""
    made: list[RawCell] = []
    last: dict[str, int] = {}
    for added in found.added:
        key = next(filter(None, (row_of(place.key) for place in added.plan.rows[added.model])), "")
        table = key.rpartition(".")[0]
        if not table:
            continue
        number = last.setdefault(table, last_row(plan.keys, table)) + 1
        if cells := folder.row(added, f"{table}.r{number}"):
            made += cells
            last[table] = number
    return made


def _rows(folder: Folder, found: Found) -> Iterator[RawProblem]:
    """Yield the problems of rows that are gone, and of tables in which nothing tells one row from another."""
    for plan, number in found.lost:
        places = plan.rows[number]
        if any(place.name in folder.named for place in places):
            continue
        key = row_of(places[0].key) or places[0].key
        message = f"{key}: this row is not in the table any more."
        yield RawProblem(code="row_deleted", message=message, fix="Ask whether it was deleted on purpose.", key=key)
    for plan in found.unsure:
        key = next(place.key for places in plan.rows.values() for place in places)
        key = row_of(key).rpartition(".")[0] or key
        message = f"{key}: the table has more or fewer rows than were issued, and the names of its places are lost."
        fix = "Compare the rows with the file: what is read may stand one row off."
        yield RawProblem(code="rows_changed", message=message, fix=fix, key=key)


def _moved(found: Found, plan: Manifest) -> Iterator[RawProblem]:
    """Yield what is to be told of questions that stand elsewhere, or twice."""
    issued = [name for name in plan.regions if name in found.regions and name.startswith(QUESTION)]
    here = [name for name in found.regions if name in plan.regions and name.startswith(QUESTION)]
    if issued != here:
        message = "The questions stand in another order than they were issued in."
        yield RawProblem(code="questions_moved", message=message, fix="Nothing is to be done.", severity="info")
    twice = sorted({region.name.removeprefix(QUESTION) for region in found.copies})
    if twice:
        message = f"These questions stand in the file more than once: {', '.join(twice)}."
        fix = "See whether both say the same; where they differ, the answers are in conflict."
        yield RawProblem(code="question_copied", message=message, fix=fix)
