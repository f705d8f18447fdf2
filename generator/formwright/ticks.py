"""The words that say whether a tick is on: what programs write into one, and what people write where one is asked."""

from __future__ import annotations

from typing import Final

_ON: Final = frozenset(
    {"yes", "y", "x", "true", "on", "1", "checked", "ticked", "sí", "si", "☒", "☑", "✓", "✔", "✗", "✘"}
)
_OFF: Final = frozenset({"no", "n", "false", "off", "0", "unchecked", "not ticked", "☐"})


def ticked(text: str) -> bool | None:
    """Return whether a text says that a tick is on, in any case; None where it says neither.

    A name may have kept its slash: `/Yes`.
    """
    word = " ".join(text.split()).removeprefix("/").casefold()
    return True if word in _ON else False if word in _OFF else None
