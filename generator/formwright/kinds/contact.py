"""A person or office to reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Final, Literal

from pydantic import Field

from formwright.kinds._base import Answer, At, Cell, Datatype, Json, Lowering
from formwright.kinds._leaf import Leaf
from formwright.kinds._options import doubled
from formwright.kinds.text import parse_text, show_text
from formwright.layout import Area, Control, Line, Value

Piece = Literal["name", "title", "phone", "email", "address"]
_LABELS: Final = {"name": "name", "title": "title", "phone": "telephone", "email": "email", "address": "address"}
_WIDTHS: Final = {"name": 6, "title": 6, "phone": 4, "email": 8, "address": 12}


class Contact(Leaf):
    """A person or office: name, title, telephone, e-mail, address, as many of them as are asked.

    Controls: a Line for each of `name`, `title`, `phone`, `email`, an Area `address`.
    Value: `{name, title, phone, email, address}`, those that have a value. If the item is required, each of them is,
    but for those in `optional`.
    Read: like text; e-mail and telephone with a doubt where they do not look like it.
    """

    datatype: ClassVar[Datatype] = "contact"
    summary: ClassVar[str] = "A person or office to reach."
    weight: ClassVar[int] = 6

    kind: Literal["contact"] = "contact"
    fields: tuple[Piece, ...] = Field(("name", "title", "phone"), description="which, in order")
    optional: tuple[Piece, ...] = Field((), description="those that may stay empty")

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        return tuple(self._control(piece, at, out) for piece in self.fields)

    def _control(self, piece: Piece, at: At, out: Lowering) -> Control:
        label, needed, width = out.say(_LABELS[piece]), piece not in self.optional, _WIDTHS[piece]
        if piece == "address":
            return self.place(Area, at, out, piece=piece, label=label, width=width, needed=needed, lines=2)
        hint = piece if piece in ("phone", "email") else "text"
        return self.place(Line, at, out, piece=piece, label=label, width=width, needed=needed, hint=hint)

    def parse(self, cell: Cell, raw: Value) -> Answer:
        return parse_text(raw, None, cell.field)

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        found = {piece: answers[f"{key}.{piece}"] for piece in self.fields if f"{key}.{piece}" in answers}
        return found or None

    def show(self, value: Json) -> dict[str, Value]:
        if not isinstance(value, dict):
            raise ValueError(f"{value!r} is not a mapping of {', '.join(self.fields)}")
        unknown = sorted(value.keys() - set(_LABELS) - {"_id"})
        if unknown:
            raise ValueError(f"a contact has no {', '.join(map(repr, unknown))}; it has {', '.join(_LABELS)}")
        return {piece: show_text(value[piece], None) for piece in self.fields if value.get(piece) is not None}

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        yield from doubled("field", self.fields)
        for piece in self.optional:
            if piece not in self.fields:
                yield f"the optional {piece!r} is not one of {', '.join(self.fields)}\nAdd it to them, or take it out."
        if self.fields and set(self.fields) <= set(self.optional):
            yield "every field is optional\nWrite `required: false` at the item instead."
        if not self.fields:
            yield "a contact needs at least one field\nLeave `fields` out for name, title and telephone."
