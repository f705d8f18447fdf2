"""What of a layout a Word file cannot hold: told before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from formwright.errors import Fault, Faults
from formwright.layout import Layout
from formwright.writers.docx.values import UNWRITABLE, UnwritableError, escaped

_SHOWN = 60
"""Characters of a wording that are told."""


def check(layout: Layout) -> None:
    """Raise Faults for wording that XML cannot hold, each wording once."""
    texts = list(_texts(layout))
    if not UNWRITABLE.search("".join(texts)):
        return
    faults = {}
    for text in texts:
        try:
            escaped(text)
        except UnwritableError as error:
            message = f"the wording {UNWRITABLE.sub('?', text)[:_SHOWN]!r}: {error.message}"
            faults[message] = Fault("unwritable_character", message, error.fix)
    if faults:
        raise Faults(faults.values())


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from _texts(part)
    elif isinstance(node, Mapping):
        for part in node.values():
            yield from _texts(part)
    elif is_dataclass(node):
        kind: Any = type(node)
        for name in _names(kind):
            yield from _texts(getattr(node, name))


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(part.name for part in fields(kind))
