"""What passes between parent and worker, and into the store: frames of JSON and bytes, never pickled objects.

A worker that read a hostile file is foreign itself: what it says is checked field by field, with bounds, before a
value is made of it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, TypeVar, get_args

from formwright.layout import Value
from formwright.raw import Compared, Drawn, FoundToken, Identified, RawCell, RawProblem, RawReturn, RawState, Stray
from formwright.readers._base import Place

Json = Any
T = TypeVar("T")
MAX_JSON: Final = 64 * 1024 * 1024
"""Bytes of one message."""
_SHORT: Final = 1_000
_LONG: Final = 4_000_000
"""Characters of a name and of a value."""
_MANY: Final = 50_000
_HEAD: Final = struct.Struct(">II")
_STATES: Final = get_args(RawState)
_SEVERITIES: Final = ("error", "warning", "info")


class MalformedError(Exception):
    """What came over the wire is not what was agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPlace:
    """A widget of the manifest, as far as a reader needs it."""

    key: str
    name: str
    kind: str
    page: int
    box: tuple[float, float, float, float]
    code: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    alias: str = ""
    region: str = ""
    words: str = ""
    at: tuple[int, ...] = ()


# ---- frames -------------------------------------------------------------------------------------


def send(stream: BinaryIO, message: Json, data: bytes = b"") -> None:
    """Write one frame: two lengths, the message as JSON, raw bytes."""
    text = json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode()
    stream.write(_HEAD.pack(len(text), len(data)))
    stream.write(text)
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[Json, bytes] | None:
    """Read one frame, None at the end of the stream. Raises MalformedError."""
    head = stream.read(_HEAD.size)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise MalformedError("cut off")
    size, extra = _HEAD.unpack(head)
    if size > MAX_JSON or extra > MAX_JSON:
        raise MalformedError("too long")
    text, data = stream.read(size), stream.read(extra)
    if len(text) < size or len(data) < extra:
        raise MalformedError("cut off")
    try:
        return json.loads(text), data
    except (ValueError, RecursionError):
        raise MalformedError("no JSON") from None


# ---- values to JSON -----------------------------------------------------------------------------


def dump_places(places: Sequence[Place]) -> Json:
    """Return the manifest as JSON, without what was issued in it."""
    return [[*_dump_place(place), place.alias, place.region, place.words, list(place.at)] for place in places]


def _dump_place(place: Place) -> list[Json]:
    labels = [list(pair) for pair in place.labels]
    return [place.key, place.name, place.kind, place.page, list(place.box), place.code, labels]


def dump_identified(identified: Identified) -> Json:
    """Return what a file says it is, as JSON."""
    return {
        "tokens": [[token.carrier, token.text, token.page] for token in identified.tokens],
        "producer": identified.producer,
        "pages": identified.pages,
        "fields": identified.fields,
        "problems": [_dump_problem(problem) for problem in identified.problems],
        "prints": list(identified.prints),
    }


def dump_compared(compared: Compared) -> Json:
    """Return how pages differ, as JSON."""
    return {
        "strays": [_dump_stray(stray) for stray in compared.strays],
        "drawn": [[drawn.key, drawn.text, drawn.code] for drawn in compared.drawn],
        "problems": [_dump_problem(problem) for problem in compared.problems],
    }


def dump_return(raw: RawReturn) -> Json:
    """Return a raw return as JSON; what is empty is left out of a cell."""
    return {
        "format": raw.format,
        "method": raw.method,
        "producer": raw.producer,
        "cells": [_dump_cell(cell) for cell in raw.cells],
        "strays": [_dump_stray(stray) for stray in raw.strays],
        "problems": [_dump_problem(problem) for problem in raw.problems],
    }


def _dump_cell(cell: RawCell) -> Json:
    made: dict[str, Json] = {"key": cell.key, "state": cell.state, "method": cell.method}
    for name in ("value", "raw", "values", "page", "box", "note"):
        value = getattr(cell, name)
        if value or value is False or (name == "value" and value is not None):
            made[name] = value
    if cell.confidence != 1.0:
        made["confidence"] = cell.confidence
    return made


def _dump_stray(stray: Stray) -> Json:
    return [stray.name, stray.value, stray.page, stray.kind]


def _dump_problem(problem: RawProblem) -> Json:
    return [problem.code, problem.message, problem.fix, problem.key, problem.severity]


# ---- JSON to values -----------------------------------------------------------------------------


def load_places(json: Json) -> tuple[SentPlace, ...]:
    """Return the manifest that `dump_places` made: the parent's own words, in which the child believes. Raises
    MalformedError for what has another shape."""
    return _checked(lambda: tuple(_place(one) for one in _rows(json, 11)))


def load_identified(json: Json) -> Identified:
    """Return what `dump_identified` made. Raises MalformedError."""
    return _checked(
        lambda: Identified(
            tokens=tuple(
                FoundToken(carrier=_text(carrier), text=_text(text), page=_number(page))
                for carrier, text, page in _rows(json["tokens"], 3)
            ),
            producer=_text(json["producer"]),
            pages=_number(json["pages"]),
            fields=_number(json["fields"]),
            problems=tuple(_problem(*one) for one in _rows(json["problems"], 5)),
            prints=tuple(_text(one) for one in _list(json["prints"])),
        )
    )


def load_compared(json: Json) -> Compared:
    """Return what `dump_compared` made. Raises MalformedError."""
    return _checked(
        lambda: Compared(
            strays=tuple(_stray(*one) for one in _rows(json["strays"], 4)),
            drawn=tuple(
                Drawn(key=_text(key), text=_text(text, _LONG), code=_text(code))
                for key, text, code in _rows(json["drawn"], 3)
            ),
            problems=tuple(_problem(*one) for one in _rows(json["problems"], 5)),
        )
    )


def load_return(json: Json) -> RawReturn:
    """Return what `dump_return` made. Raises MalformedError."""
    return _checked(
        lambda: RawReturn(
            format=_text(json["format"]),
            method=_text(json["method"]),
            producer=_text(json["producer"]),
            cells=tuple(_cell(one) for one in _list(json["cells"])),
            strays=tuple(_stray(*one) for one in _rows(json["strays"], 4)),
            problems=tuple(_problem(*one) for one in _rows(json["problems"], 5)),
        )
    )


def _checked(make: Callable[[], T]) -> T:
    try:
        return make()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MalformedError(str(error)) from None


def _place(row: Sequence[Json]) -> SentPlace:
    key, name, kind, page, (x0, y0, x1, y1), code, labels, alias, region, words, at = row
    return SentPlace(
        key=key,
        name=name,
        kind=kind,
        page=page,
        box=(x0, y0, x1, y1),
        code=code,
        labels=tuple((told, said) for told, said in labels),
        alias=alias,
        region=region,
        words=words,
        at=tuple(at),
    )


def _cell(json: Mapping[str, Json]) -> RawCell:
    state = json["state"]
    if state not in _STATES:
        raise MalformedError("state")
    get = json.get
    value = get("value")
    if (value is None) == (state == "read"):
        raise MalformedError("value")
    return RawCell(
        key=_text(json["key"]),
        state=state,
        value=None if value is None else _value(value),
        raw=_text(get("raw", ""), _LONG),
        values=tuple(_value(one) for one in _list(get("values", []))),
        page=_number(get("page", 0)),
        box=_box(json["box"]) if "box" in json else None,
        method=_text(json["method"]),
        confidence=_confidence(get("confidence", 1.0)),
        note=_text(get("note", "")),
    )


def _stray(name: Json, value: Json, page: Json, kind: Json) -> Stray:
    return Stray(name=_text(name), value=_text(value, _LONG), page=_number(page), kind=_text(kind))


def _problem(code: Json, message: Json, fix: Json, key: Json, severity: Json) -> RawProblem:
    if severity not in _SEVERITIES:
        raise MalformedError("severity")
    return RawProblem(code=_text(code), message=_text(message), fix=_text(fix), key=_text(key), severity=severity)


def _value(value: Json) -> Value:
    if isinstance(value, bool):
        return value
    return _text(value, _LONG) if isinstance(value, str) else tuple(_text(one, _LONG) for one in _list(value))


def _text(value: Json, limit: int = _SHORT) -> str:
    if not isinstance(value, str) or len(value) > limit:
        raise MalformedError("text")
    return value


def _number(value: Json) -> int:
    if type(value) is not int or not 0 <= value < 1_000_000:
        raise MalformedError("number")
    return value


def _confidence(value: Json) -> float:
    if not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise MalformedError("confidence")
    return float(value)


def _box(value: Json) -> tuple[float, float, float, float]:
    a, b, c, d = (float(number) for number in _list(value))
    return a, b, c, d


def _list(value: Json) -> Sequence[Json]:
    if not isinstance(value, (list, tuple)) or len(value) > _MANY:
        raise MalformedError("list")
    return value


def _rows(value: Json, length: int) -> Sequence[Sequence[Json]]:
    rows = _list(value)
    if any(not isinstance(row, (list, tuple)) or len(row) != length for row in rows):
        raise MalformedError("row")
    return rows
