"""What is ours in a return, and is neither an answer nor a fact: the hidden code, and the continuation sheets.

They repeat what has a place of its own, so they make no cell. What was typed over them is kept as a stray, and told as
a problem of the question that stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from formwright.issue import Issue, Issued, IssuedFile
from formwright.layout import Value
from formwright.raw import RawCell, RawProblem, RawReturn, Stray
from formwright.returns.problems import quoted
from formwright.returns.slots import as_text, same_words
from formwright.text import clean

SHEET: Final = "continuation sheet"
CODE: Final = "code"
KINDS: Final = frozenset((SHEET, CODE))
"""Kinds of strays that stood in fields of ours: a problem of their own tells of them."""

_SHEET: Final = re.compile(r"form\.sheet(?P<number>\d+)\.(?P<part>title|text)\Z")
_NAME_LIMIT: Final = 80
_NAMED: Final = 3
"""So many questions of one sheet are named."""
_WORD: Final = 20
"""Characters by which a difference is widened at each end, to end with a word."""


@dataclass(frozen=True, slots=True)
class _Places:
    """The fields of ours by key, and the issue's keys by the names that are printed over their texts."""

    ours: Mapping[str, Issued]
    keys: Mapping[str, str]
    issue: str


def set_aside(raw: RawReturn, issue: Issue, file: IssuedFile) -> RawReturn:
    """Return a raw return without the cells of our own fields; what was changed there is a stray and a problem."""
    places = {cell.key: " ".join(cell.name.split()) for cell in issue.cells}
    keys = {name: key for key, name in reversed(places.items())}
    known = _Places({field.key: field for field in file.fields if field.key not in places}, keys, issue.id)
    changed = [cell for cell in raw.cells if cell.key in known.ours and _changed(cell, known)]
    return replace(
        raw,
        cells=tuple(cell for cell in raw.cells if cell.key not in known.ours),
        strays=(*raw.strays, *(stray for cell in changed for stray in _strays(cell, known))),
        problems=(*raw.problems, *(_problem(cell, known) for cell in changed)),
    )


def _changed(cell: RawCell, known: _Places) -> bool:
    """Tell whether a field of ours came back with something else in it; one that is gone says nothing."""
    return cell.state != "missing" and (
        cell.state != "read" or not same_words(_text(cell.value), _issued(cell.key, known))
    )


def _issued(key: str, known: _Places) -> str:
    return _text(known.ours[key].value)


def _text(value: Value | None) -> str:
    return as_text(value) if isinstance(value, str | tuple) else ""


def _typed(cell: RawCell, known: _Places) -> tuple[str, ...]:
    """Return the texts that stand in a changed field and are not what we put there; none for an emptied one."""
    texts = [_text(value) for value in cell.values] if cell.state == "conflict" else [_text(cell.value)]
    found = [text for text in texts if text] or [clean(cell.raw)]
    return tuple(text for text in dict.fromkeys(found) if text and text != _issued(cell.key, known))


def _strays(cell: RawCell, known: _Places) -> Iterator[Stray]:
    sheet = _SHEET.match(cell.key)
    name = f"continuation sheet {sheet['number']}" if sheet else "the form's code"
    page = cell.page or known.ours[cell.key].page
    for text in _typed(cell, known):
        yield Stray(name=name, value=text, page=page, kind=SHEET if sheet else CODE)


def _problem(cell: RawCell, known: _Places) -> RawProblem:
    """Return the problem of a changed field; its key is that of the place which alone is continued there."""
    sheet = _SHEET.match(cell.key)
    names = list(_continued(cell, known)) if sheet else []
    keys = [known.keys[name] for name in names if name in known.keys]
    key = keys[0] if len(names) == len(keys) == 1 else ""
    page = cell.page or known.ours[cell.key].page
    if sheet:
        what = f"continuation sheet {sheet['number']} (page {page}){_told_of(names)}"
        fix = f"If it is an answer, enter it: formwright answer {known.issue} {key or 'KEY'} VALUE --by NAME --why TEXT"
    else:
        what = "the form's own code, a field that no page shows"
        fix = "The issue is known by the codes that are left. Ask the sender how the form was filled in."
    message = f"{what[:1].upper()}{what[1:]}: {_difference(cell, known)}. Ours stands."
    return RawProblem(code="altered_fixed", key=key, message=message, fix=fix, severity="error")


def _told_of(names: list[str]) -> str:
    cut = [name if len(name) <= _NAME_LIMIT else f"{name[:_NAME_LIMIT].rstrip()}…" for name in names[:_NAMED]]
    more = f", and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f", which continues {'; '.join(cut)}{more}" if cut else ""


def _difference(cell: RawCell, known: _Places) -> str:
    """Return in words what stands where we put our text."""
    typed = _typed(cell, known)
    if not typed and cell.state == "read":
        return "our text was taken out"
    if not typed:
        return "there is something here that can't be read by a machine"
    issued = _issued(cell.key, known)
    if len(typed) > 1:
        return f"several texts stand where we printed {quoted(issued)}: {' and '.join(map(quoted, typed))}"
    start, end, there = _apart(issued, typed[0])
    return f"{quoted(there)} stands where we printed {quoted(issued[start:end])}"


def _apart(issued: str, typed: str) -> tuple[int, int, str]:
    """Return where two texts differ: from and to in the issued one, and what stands there in the other."""
    start = _alike(issued, typed)
    same = _alike(issued[start:][::-1], typed[start:][::-1])
    for _ in range(_WORD):
        start -= bool(start and not issued[start - 1].isspace())
        same -= bool(same and not issued[len(issued) - same].isspace())
    return start, len(issued) - same, typed[start : len(typed) - same]


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _continued(cell: RawCell, known: _Places) -> Iterator[str]:
    """Yield the names of the questions whose texts were changed on a sheet: each text stands below its name, the first
    one below the sheet's title."""
    title = _SHEET.sub(r"form.sheet\g<number>.title", cell.key)
    heads = [(0, " ".join(_issued(title, known).split()))] if title in known.ours else []
    if cell.key == title:
        yield from (name for _, name in heads)
        return
    issued = _issued(cell.key, known)
    typed = _typed(cell, known)
    start, end, _ = _apart(issued, typed[0]) if len(typed) == 1 else (0, len(issued), "")
    heads += _heads(issued, known)
    for (at, name), (until, _) in zip(heads, [*heads[1:], (len(issued) + 1, "")], strict=True):
        if at < max(end, start + 1) and until > start:
            yield name


def _heads(text: str, known: _Places) -> Iterator[tuple[int, str]]:
    """Yield where names of places stand in a sheet's text: on a line of their own, after an empty one."""
    at, before = 0, "-"
    for line in text.split("\n"):
        name = " ".join(line.split())
        if not before and name in known.keys:
            yield at, name
        at, before = at + len(line) + 1, name
