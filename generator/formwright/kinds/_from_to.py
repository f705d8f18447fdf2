"""What has a beginning and an end: two lines, `from` and `to`, and the value `{from, to}`."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from formwright.kinds._base import At, Cell, Json, Lowering
from formwright.kinds._leaf import Leaf
from formwright.layout import Control, Hint, Line, Value

_PIECES = ("from", "to")


class FromTo(Leaf):
    """Base of the kinds that ask for two days. `format_words`: our words for how a day is to be written; `hint`: of
    what sort its lines are."""

    weight: ClassVar[int] = 3
    format_words: ClassVar[str]
    hint: ClassVar[Hint] = "date"

    @abstractmethod
    def shown_piece(self, day: Json) -> str:
        """Return one known day as it is printed. Raises ValueError for what is none."""

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        how = out.say(self.format_words)
        return tuple(
            self.place(Line, at, out, piece=piece, label=f"{out.say(piece)} ({how})", hint=self.hint, width=4)
            for piece in _PIECES
        )

    def dates(self, cell: Cell) -> bool:
        return True

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        found = {piece: answers.get(f"{key}.{piece}") for piece in _PIECES}
        return found if any(found.values()) else None

    def show(self, value: Json) -> dict[str, Value]:
        if not isinstance(value, dict) or value.keys() != set(_PIECES):
            raise ValueError(f"{value!r} is not {{from, to}}")
        return {piece: self.shown_piece(day) for piece, day in value.items() if day is not None}
