"""A short text on one line."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from formwright.kinds._base import Answer, At, Cell, Datatype, Invalid, Json, Lowering
from formwright.kinds._leaf import Leaf
from formwright.kinds._raw import text_of
from formwright.layout import Control, Line, Value

_EMAIL: Final = re.compile(r"[^\s@]{1,64}@[^\s@.]{1,63}(?:\.[^\s@.]{1,63}){1,8}\Z")


class Text(Leaf):
    """A short text on one line: a name, a title, a telephone number, an e-mail address.

    Controls: one Line.
    Value: the text, without outer blanks.
    Read: as it stands. Longer than `max_length`: invalid. An e-mail address without `@` and a telephone number without
    digits are kept, with a doubt.
    """

    datatype: ClassVar[Datatype] = "text"
    summary: ClassVar[str] = "A short text on one line."
    weight: ClassVar[int] = 6

    kind: Literal["text"] = "text"
    max_length: Annotated[int, Field(ge=1)] | None = Field(None, description="most characters")
    hint: Literal["text", "email", "phone"] = Field("text", description="what sort of text")

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        width = None if self.hint == "text" else 6
        return (self.place(Line, at, out, hint=self.hint, max_length=self.max_length, width=self.width or width),)

    def parse(self, cell: Cell, raw: Value) -> Answer:
        return parse_text(raw, self.max_length, self.hint)

    def show(self, value: Json) -> dict[str, Value]:
        return {"": show_text(value, self.max_length)}


def parse_text(raw: Value, limit: int | None, hint: str = "text") -> Answer:
    """Return a text as it stands. Raises Invalid if it is longer than `limit`."""
    text = text_of(raw)
    if limit is not None and len(text) > limit:
        raise Invalid(f"This has {len(text):,} characters; {limit:,} are allowed.", "Shorten it, or attach a sheet.")
    if hint == "email" and not _EMAIL.match(text):
        return Answer(text, "This does not look like an e-mail address.")
    if hint == "phone" and not any(char.isdigit() for char in text):
        return Answer(text, "This does not look like a telephone number.")
    return Answer(text)


def show_text(value: Json, limit: int | None) -> str:
    """Return a prefilled text. Raises ValueError for what is no text, or too long."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a text")
    if limit is not None and len(value) > limit:
        raise ValueError(f"the text has {len(value)} characters, {limit} are allowed")
    return value
