"""A compiled Word file: its parts, some of them in pieces, and the plan by which the stamp fills them.

Everything here is made once for each distinct layout and holds no account data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["line", "area", "date", "list", "tick", "heading"]
"""line: also Blank; list: a OneOf to choose from; tick: a Tick, or one option of a OneOf or ManyOf; heading: the words
of a question, ours to state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPlan:
    """One control of the document, or one question's heading.

    key, code: of the layout; name: the control's tag or the heading's bookmark; alias, region, words, at: as in
    `issue.Issued`; labels: (code, words) of a list; style: the character style of its text; empty: what it says where
    nothing stands in it ("" for what is fixed); state, content: the pieces of the main part that the stamp writes, -1
    for a heading; given: a heading's words.
    """

    key: str
    name: str
    kind: FieldKind
    code: str = ""
    fixed: bool = False
    alias: str = ""
    region: str = ""
    words: str = ""
    at: tuple[int, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    style: str = ""
    empty: str = ""
    state: int = -1
    content: int = -1
    given: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A piece of a part that is not a control's: `word` says what goes there (`token`, `mark:57`: see the stamp)."""

    word: str
    piece: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A part that is the same for every issue: compressed (deflate, or stored where that is no shorter), with the
    CRC-32 and the size of what it holds."""

    name: str
    data: bytes
    crc: int
    size: int
    deflated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A part that the stamp joins: XML in pieces, each slot's piece as it is while nothing stands in it."""

    name: str
    pieces: tuple[str, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A layout in Word's format, ready to be stamped. main: the part with the controls, whose pieces the fields name;
    printed: every line of ours that it shows (`places.printed`); picture: the name of the part that holds the code;
    sample: what the foot says first where the issue's key is fictional."""

    fixed: tuple[Fixed, ...]
    main: Cut
    cut: tuple[Cut, ...]
    fields: tuple[FieldPlan, ...]
    printed: str
    picture: str
    sample: str
