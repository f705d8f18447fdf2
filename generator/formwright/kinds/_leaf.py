"""A kind whose controls answer one thing: how its controls are placed, named, prefilled and confirmed.

`_base` says what every kind is; a `Leaf` adds what kinds of one or a few controls share.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar

from pydantic import Field

from formwright import ids, layout
from formwright.kinds._base import At, C, Json, Kind, Lowering, Role
from formwright.layout import Block, Control, Value
from formwright.text import pick, plain


class Leaf(Kind):
    """A kind whose controls answer one thing, alone or in a cell of a grid."""

    twelfths: ClassVar[int] = 12
    """Width of its control where the definition gives none, in twelfths of the column."""
    weight: ClassVar[int] = 4
    """Its weight as a column of a grid where the definition gives none ("Correct as shown" weighs 2)."""

    width: Annotated[int, Field(ge=1, le=12)] | None = None
    """In twelfths of the column, or the weight of a column in a grid."""

    @abstractmethod
    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        """Return the controls, each noted by `out.add`; in a grid the only control has no label, the pieces of a
        compound keep their short ones."""

    @abstractmethod
    def show(self, value: Json) -> dict[str, Value]:
        """Return piece -> control value ("" for the only piece) of a prefilled value in the record's shape.

        Raises ValueError, in words, for a value that does not fit this kind.
        """

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        return answers.get(key)

    def unit_words(self, language: str) -> str:
        """Return what is said of its single field beside its words (a unit, the format of a date), or ""."""
        return ""

    def lower(self, at: At, out: Lowering) -> tuple[Block, ...]:
        """Return the controls as fields, side by side where there are several, with their tick to confirm."""
        own = bool(self.shown(at)) and not at.confirm and not at.in_grid
        key = f"{at.key}_confirm" if own else at.confirm
        blocks = rows(self.controls(replace(at, confirm=key), out))
        if own:
            blocks += (layout.Field(control=out.confirm(at, key, self.short(at, out))),)
        return blocks

    def shown(self, at: At) -> dict[str, Value]:
        """Return what stands in the pieces already, from the prefill of this place; empty pieces are left out."""
        if at.prefill is None or at.prefill == "":
            return {}
        return {piece: value for piece, value in self.show(at.prefill).items() if value not in ("", ())}

    def place(
        self,
        shape: type[C],
        at: At,
        out: Lowering,
        *,
        piece: str = "",
        label: str = "",
        width: int | None = None,
        needed: bool = True,
        role: Role = "answer",
        **more: Any,
    ) -> C:
        """Return one control of this leaf, noted with its cell.

        `piece` is empty for the only one; `label`: what a piece of a compound is; `needed`: required if the leaf is.
        """
        value = self.shown(at).get(piece)
        needed = needed and at.required and self.required
        control = shape(
            key=ids.join(at.key, piece),
            name=self._name(at, out, piece, label),
            label=label if piece else self._label(at, out),
            description=plain(pick(self.help, out.language)) if at.labelled else "",
            required=needed and not _only_if(at),
            known=value is not None,
            width=width or self.width or self.twelfths,
            **more,
        )
        return out.add(control, at, role, piece=piece, value=value, required=needed)

    def _name(self, at: At, out: Lowering, piece: str, label: str) -> str:
        name, more = (self.short(at, out), label) if piece else (self.spoken(at, out), self.unit_words(out.language))
        return ", ".join(part for part in (name, more) if part)

    def _label(self, at: At, out: Lowering) -> str:
        unit = self.unit_words(out.language)
        if at.labelled:
            return self.head(out.language)
        return "" if at.in_grid else unit[:1].upper() + unit[1:]

    def head(self, language: str) -> str:
        """Return its words with the unit: the head of a column, the label over one of several fields."""
        words, unit = self.words(language), self.unit_words(language)
        return f"{words} ({unit})" if unit else words

    def prefill_faults(self, value: Json) -> Iterator[str]:
        try:
            self.show(value)
        except ValueError as error:
            yield str(error)


def _only_if(at: At) -> bool:
    """Tell whether a place is asked only under a condition, or only in a row that is begun: no viewer enforces it."""
    return bool(at.when or at.follows) or (ids.row_number(at.row) is not None and not at.begun)


def rows(controls: Iterable[Control]) -> tuple[Block, ...]:
    """Return controls as fields, those side by side that fit into the twelve parts of the column."""
    lines: list[list[layout.Field]] = []
    room = 0
    for control in controls:
        if not lines or control.width > room:
            lines.append([])
            room = 12
        lines[-1].append(layout.Field(control=control))
        room -= control.width
    return tuple(line[0] if len(line) == 1 else layout.Group(role="row", blocks=tuple(line)) for line in lines)
