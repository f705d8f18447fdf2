"""Stored JSON of issues and raw returns: dataclass <-> JSON, exact both ways, versioned.

A field that has its default is left out. In JSON there are no tuples, and in these classes no lists: so every list
becomes a tuple again, but for `Issue.form`, which is JSON already and stays as it is. The version is that of the
document, not of the program: an older program says so instead of guessing what a newer one meant.

An issue's first line is all but the items of its form, each of which has a line of its own (`stored`); hundreds of
cells and fields stand by columns (`records.columns`). In version 1 it was one line, with each of them by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from formwright import issue as issues
from formwright.errors import Unusable
from formwright.issue import Issue, Issued, IssuedFile
from formwright.kinds._base import Cell
from formwright.raw import RawCell, RawProblem, RawReturn, Stray
from formwright.records import columns
from formwright.stored import StoredForm, split

RAW_VERSION = 1
T = TypeVar("T")

_DEFAULTS = {
    kind: tuple((field.name, field.default) for field in fields(kind))
    for kind in (Issue, IssuedFile, Issued, Cell, RawReturn, RawCell, Stray, RawProblem)
}


def dump_issue(issue: Issue) -> str:
    """Return the JSON text of an issue."""
    document = _dump(issue, skip=("form", "cells", "files"))
    document["form"], items = split(issue.form)
    document["cells"] = columns.dump(Cell, issue.cells)
    document["files"] = [_dump(file, skip=("fields",)) | _placed(file) for file in issue.files]
    document["version"] = issues.VERSION
    return "\n".join((json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False), *items))


def restore_issue(text: str) -> Issue:
    """Return the issue of a JSON text; raises Unusable for one that this program does not know or that is damaged."""
    head, *items = text.rstrip("\n").split("\n")
    document = _document(head, issues.VERSION, "issue")
    try:
        form = document.pop("form")
        form = StoredForm(form, items) if items else form
        cells = _all(Cell, document.pop("cells"))
        files = tuple(_file(file) for file in document.pop("files"))
        rows = document.pop("rows")
        return Issue(form=form, cells=cells, files=files, rows=rows, **document)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise _damaged("issue", error) from error


def dump_raw(raw: RawReturn) -> dict[str, Any]:
    """Return a raw return as JSON."""
    return {"version": RAW_VERSION, **_dump(raw)}


def restore_raw(document: Mapping[str, Any]) -> RawReturn:
    """Return the raw return of its JSON; raises Unusable as `restore_issue` does."""
    rest = dict(document)
    _known_version(rest.pop("version", None), RAW_VERSION, "return")
    try:
        return RawReturn(
            cells=tuple(_restore(RawCell, cell) for cell in rest.pop("cells", ())),
            strays=tuple(_restore(Stray, stray) for stray in rest.pop("strays", ())),
            problems=tuple(_restore(RawProblem, problem) for problem in rest.pop("problems", ())),
            **rest,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged("return", error) from error


def _dump(thing: Any, skip: tuple[str, ...] = ()) -> dict[str, Any]:
    found = {}
    for name, default in _DEFAULTS[type(thing)]:
        value = getattr(thing, name)
        if name not in skip and (default is MISSING or value != default or type(value) is not type(default)):
            found[name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return _dump(value)


def _tuples(value: Any) -> Any:
    if list in map(type, value):
        return tuple(_tuples(part) if type(part) is list else part for part in value)
    return tuple(value)


def _restore(kind: type[T], document: Mapping[str, Any]) -> T:
    lists = {name: _tuples(value) for name, value in document.items() if type(value) is list}
    return kind(**{**document, **lists} if lists else document)


def _all(kind: type[T], told: Any) -> tuple[T, ...]:
    """Return the objects of a table of columns, or of the list of a document of version 1."""
    if isinstance(told, list):
        return tuple(_restore(kind, one) for one in told)
    return columns.restore(kind, told)


def _placed(file: IssuedFile) -> dict[str, Any]:
    return {"fields": columns.dump(Issued, file.fields)}


def _file(document: dict[str, Any]) -> IssuedFile:
    placed = _all(Issued, document.pop("fields"))
    return _restore(IssuedFile, {**document, "fields": placed})


def _document(text: str, known: int, noun: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
        version = document["version"]
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(noun, error) from error
    _known_version(version, known, noun)
    return {name: value for name, value in document.items() if name != "version"}


def _known_version(version: object, known: int, noun: str) -> None:
    if not isinstance(version, int):
        raise _damaged(noun, "it has no version")
    if version > known:
        raise Unusable(
            f"newer_{noun}",
            f"This {noun} was stored by a newer Formwright (form {version} of its data; this one knows up to {known}).",
            "Use the newer Formwright to read it.",
        )


def _damaged(noun: str, why: object) -> Unusable:
    return Unusable(
        f"damaged_{noun}", f"The stored {noun} is damaged: {why}.", "Restore the workspace from its backup."
    )
