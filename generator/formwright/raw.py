"""What a reader takes out of a returned file: plain JSON, keyed by the issue's keys, judged by nobody yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formwright.layout import Value

RawState = Literal["read", "missing", "unread", "conflict"]
"""read: its place was seen (an empty value was seen empty); missing: its place is not in the file;
unread: there, but not readable (its type was changed); conflict: several values under one key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """One key of a return. value: str for a Line, Area, Blank; a tuple of codes (or of unknown texts) for OneOf and
    ManyOf; bool for a Tick; None unless `read`. raw: the text as it stood in the file; values: all of them when in
    conflict; box as in Issued; method: acroform, acroform_pypdf ...; confidence 0..1; note: a code for what is odd
    (`kid_and_group_differ`, `readers_differ`, `type_changed`, `doubled_field`)."""

    key: str
    state: RawState
    value: Value | None = None
    raw: str = ""
    values: tuple[Value, ...] = ()
    page: int = 0
    box: tuple[float, float, float, float] | None = None
    method: str = ""
    confidence: float = 1.0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """Something in the return that was not issued (an extra field, a comment, text laid over a page): no answer."""

    name: str
    value: str
    page: int = 0
    kind: str = "field"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawProblem:
    """A problem of the file as a whole, or of one key: stable code, words, cure."""

    code: str
    message: str
    fix: str = ""
    key: str = ""
    severity: Literal["error", "warning", "info"] = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundToken:
    """A token text and where it was found (field, info, xmp, attachment, id, page_text, qr); page 0: the file."""

    carrier: str
    text: str
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """What a file says it is, before anything in it is believed: every token found, the program that saved it, its
    number of pages and of fields (0 fields: it was printed or flattened), what was odd, and a hash over what each page
    draws itself (as `issue.IssuedFile.prints`; none where it could not be taken)."""

    tokens: tuple[FoundToken, ...]
    producer: str = ""
    pages: int = 0
    fields: int = 0
    problems: tuple[RawProblem, ...] = ()
    prints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Words that were drawn onto a page itself, in the place of a key (and of an option's code)."""

    key: str
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How the pages of a return differ from those that were issued, fields left out."""

    strays: tuple[Stray, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    problems: tuple[RawProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawReturn:
    """A return as read: cells by key (every issued key once), strays, problems; producer: the program that saved it."""

    format: str
    method: str
    producer: str
    cells: tuple[RawCell, ...]
    strays: tuple[Stray, ...] = ()
    problems: tuple[RawProblem, ...] = ()
