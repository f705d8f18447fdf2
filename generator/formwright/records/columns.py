"""Many objects of one dataclass as JSON by columns, and back: an issue has hundreds of cells and of fields.

    {"key": ["officers.r1.name", ...],                      a list with one value for each object
     "item": {"of": ["officers", ...], "at": [0, 0, ...]},  few values for many objects: each of them once
     ...}                                                   a column in which all have the default is left out

Read at the first return of every issue, so it is made to be read quickly: a fourth of the time of one object after
the other, and the same tuple serves all that are equal.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields
from typing import Any, Final, TypeVar

T = TypeVar("T")
_FEW: Final = 2
"""A column is shared where each value serves so many objects or more."""


def dump(kind: type[T], objects: Sequence[T]) -> dict[str, Any]:
    """Return the columns of `objects`, which are all of the frozen, slotted dataclass `kind`."""
    found: dict[str, Any] = {}
    for field in _fields(kind):
        values = [getattr(one, field.name) for one in objects]
        default = field.default
        if default is MISSING or any(value != default or type(value) is not type(default) for value in values):
            found[field.name] = _column(values)
    return found


def restore(kind: type[T], columns: Mapping[str, Any]) -> tuple[T, ...]:
    """Return the objects of their columns. Raises ValueError, TypeError or LookupError for what `dump` did not make."""
    wanted = _fields(kind)
    known = {field.name for field in wanted}
    if not columns.keys() <= known:
        raise ValueError(f"unknown columns: {', '.join(columns.keys() - known)}")
    read = {name: _values(column) for name, column in columns.items()}
    sizes = {len(values) for values in read.values()}
    if len(sizes) > 1:
        raise ValueError("its columns differ in length")
    objects = tuple(object.__new__(kind) for _ in range(max(sizes, default=0)))
    for field in wanted:
        values = read.get(field.name)
        if values is None:
            if field.default is MISSING:
                raise ValueError(f"the column {field.name} is missing")
            values = [field.default] * len(objects)
        # What a frozen class's own __init__ does, without the call for each object: they have no __post_init__.
        deque(map(getattr(kind, field.name).__set__, objects, values), maxlen=0)
    return objects


def _fields(kind: Any) -> tuple[Field[Any], ...]:
    return fields(kind)


def _column(values: Sequence[Any]) -> Any:
    places: dict[tuple[type, Any], int] = {}
    at = [places.setdefault((type(value), value), len(places)) for value in values]
    if len(places) * _FEW > len(values):
        return values
    return {"of": [value for _, value in places], "at": at}


def _values(column: Any) -> Sequence[Any]:
    if isinstance(column, Mapping):
        return list(map(_tuples(column["of"]).__getitem__, column["at"]))
    return _tuples(column)


def _tuples(values: Sequence[Any]) -> Sequence[Any]:
    """Return the values with every list in them as the tuple that it was."""
    if list not in set(map(type, values)):
        return values
    return [tuple(_tuples(value)) if type(value) is list else value for value in values]
