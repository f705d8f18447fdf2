"""What stands in a returned PDF, in plain values: the same whichever library has read it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from formwright.errors import Refused
from formwright.hidden import hidden, spaced, trimmed
from formwright.raw import FoundToken, RawProblem, Stray
from formwright.readers._over import Covered

MAX_FIELDS: Final = 20_000
MAX_DEPTH: Final = 32
"""Levels of a field tree; ours have two."""
MAX_PAGES: Final = 2_000
MAX_MARKS: Final = 1_000
"""Comments and drawings that are reported; more are counted only."""
MAX_OPTIONS: Final = 1_000
MAX_COMMENT: Final = 10_000
"""Characters of a comment that are kept; it says where it was cut."""
TOKEN_FIELD: Final = "form:token"
INFO_KEY: Final = "/FormwrightToken"
ATTACHMENT: Final = "issue.txt"

UNSEEN: Final = 1 << 1 | 1 << 5
"""Bits of /F: hidden, or shown in no view (ISO 32000 12.5.3, table 167)."""
RADIO: Final = 1 << 15
PUSHBUTTON: Final = 1 << 16
"""Bits of /Ff (ISO 32000 12.7.5.2.1, table 229)."""

TOKEN: Final = re.compile(r"[0-9A-Z./+$%*-]{1,20}:[0-9A-Z./+$%*-]{1,12}:[0-9]{3}:[A-Z2-7]{16}(?![0-9A-Z])")
"""What looks like a token in running text (the grammar itself is in `formwright.token`)."""

SeenValue = str | tuple[str, ...] | None
"""A text, or a name without its slash; several of them; None where there is no /V."""


@dataclass(slots=True)
class SeenField:
    """A terminal field, with what it inherits.

    type: Tx, Btn, Ch, Sig, or what else it says; flags: /Ff; states: /AS of each widget, without slash, None where it
    has none; kid_values: /V of the widgets, read only where the field itself has none; options: export values of /Opt;
    page: of its first widget, 0 if unknown; lost: how many of its widgets stand on no page; drawn: False where no
    viewer shows the value; hidden: it holds something, and none of its widgets is to be seen; beside: words that stand
    in it elsewhere than in its value (`_beside`); others: values of its widgets that differ from its own; shown: words
    that only the appearance shows, "" for such as can't be told, None for none; rectangles: state and /Rect, as it is
    written, of each widget that says something; worded: the words that a list shows for its value, None where it has
    none; note: a code for what is odd about the value itself.
    """

    name: str
    type: str
    flags: int
    value: SeenValue
    states: list[str | None] = field(default_factory=list)
    kid_values: list[str] = field(default_factory=list)
    options: tuple[str, ...] = ()
    page: int = 0
    lost: int = 0
    widgets: int = 0
    drawn: bool = True
    hidden: bool = False
    beside: str = ""
    others: list[SeenValue] = field(default_factory=list)
    shown: str | None = None
    rectangles: list[tuple[str, bytes]] = field(default_factory=list)
    worded: str | None = None
    note: str = ""

    @property
    def says(self) -> bool:
        """Tell whether there is something in it: a text, or a tick that is on."""
        on = self.value not in (None, "", "Off") if self.type == "Btn" else bool(self.value)
        return on or any(state not in (None, "Off") for state in self.states) or bool(self.kid_values)

    def differing(self, value: SeenValue, note: str) -> None:
        """Note the value of a widget where it says something else than the field; `note`: what is odd about it."""
        said = isinstance(value, str) and isinstance(self.value, str) and tidy(value)[0] == tidy(self.value)[0]
        nothing = not value or (self.type == "Btn" and value == "Off")
        if not (said or nothing or value == self.value or value in self.others):
            self.others.append(value)
        self.note = self.note or note


@dataclass(slots=True)
class Seen:
    """A whole file. `fields` by qualified name: several under one name are a collision; `prints`: one for each page
    (`_pages.prints_of`), none where they were not taken; files: what is attached; covered: fields under comments."""

    method: str
    producer: str = ""
    pages: int = 0
    prints: list[str] = field(default_factory=list)
    fields: dict[str, list[SeenField]] = field(default_factory=dict)
    marks: list[Stray] = field(default_factory=list)
    files: list[Stray] = field(default_factory=list)
    covered: list[Covered] = field(default_factory=list)
    tokens: list[FoundToken] = field(default_factory=list)
    problems: list[RawProblem] = field(default_factory=list)

    def add(self, seen: SeenField) -> None:
        """Note a field under its name."""
        self.fields.setdefault(seen.name, []).append(seen)

    def mark(self, stray: Stray) -> int:
        """Note a comment or drawing; beyond MAX_MARKS only that there are more. Returns its place in `marks`, or -1."""
        if len(self.marks) < MAX_MARKS:
            self.marks.append(stray)
            return len(self.marks) - 1
        if len(self.marks) == MAX_MARKS:
            self.marks.append(Stray(name="", value="", kind="more"))
        return -1

    def doubled(self, pages: dict[int, int]) -> None:
        """Note pages that hold widgets of an earlier page: page -> that page."""
        if pages:
            told = ", ".join(f"page {page} is page {first} again" for page, first in list(pages.items())[:10])
            message = f"The file has pages more than once: {told}."
            fix = "See that the pages say the same, or ask for the file as it was sent."
            self.problems.append(RawProblem(code="pages_added", message=message, fix=fix))

    def found(self, carrier: str, text: str, page: int = 0) -> None:
        """Note a token text."""
        if text.strip():
            self.tokens.append(FoundToken(carrier=carrier, text=text.strip()[:200], page=page))

    def flattened(self) -> bool:
        """Return whether no widget of any field stands on a page any more, though the fields are there."""
        return all(seen.lost and seen.lost == seen.widgets for group in self.fields.values() for seen in group)


def too_many(what: str, limit: int) -> Refused:
    """Return the refusal of a file with more than `limit` of something."""
    return Refused(
        "too_large",
        f"The file has more than {limit:,} {what}, which no form of ours has.",
        "Ask the sender for the form itself, saved as PDF by the program that it was filled in with.",
    )


def damaged(detail: str = "") -> Refused:
    """Return the refusal of a file that no reader can make sense of."""
    return Refused(
        "damaged",
        f"The file is damaged and can't be read{f' ({detail})' if detail else ''}.",
        "Ask the sender to save the form again and send it once more, best as an attachment.",
    )


STRAY_KINDS: Final = {
    "Text": "comment",
    "Popup": "",
    "Link": "",
    "FreeText": "text",
    "Stamp": "stamp",
    "Ink": "drawing",
    "Line": "drawing",
    "Square": "drawing",
    "Circle": "drawing",
    "Polygon": "drawing",
    "PolyLine": "drawing",
    "FileAttachment": "",  # told with the attached files
    "PrinterMark": "",
    "TrapNet": "",
}
"""Kind of stray of each annotation subtype; "" for what says nothing; every other one is a comment."""


def stray_of(subtype: str, contents: str, page: int) -> Stray | None:
    """Return what an annotation that is no field is reported as, None for links and pop-up windows without words."""
    kind = STRAY_KINDS.get(subtype, "comment") or ("comment" if contents.strip() else "")
    if not kind:
        return None
    return Stray(name=subtype[:80], value=told(contents), page=page, kind=kind)


def described(field: SeenField, contents: str, spoken: str, seen: Seen) -> None:
    """Note the text of a field's own comment, unless it only repeats the field's spoken name."""
    if contents.strip() and contents != spoken:
        seen.mark(Stray(name=field.name[:200], value=told(contents), page=field.page, kind="comment"))


def told(text: str) -> str:
    """Return a foreign text as it is reported; it says where it was cut."""
    words = tidy(text[: MAX_COMMENT + 1])[0]
    if len(words) > MAX_COMMENT:
        words = f"{words[:MAX_COMMENT]} [... cut here: {len(text):,} characters]"
    return words


_LANGUAGE = re.compile("\x1b[a-zA-Z]{2}(?:[a-zA-Z]{2})?\x1b")
"""A language mark inside a text string (ISO 32000 7.9.2.2.1)."""
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def tidy(text: str) -> tuple[str, str]:
    """Return a text with LF line ends and without language marks, and a note if there was more in it than is seen.

    A control character, or what could not be decoded, becomes a space: words that it parted stay apart. Hidden
    characters are taken from the ends; inside they stay, since only what was issued tells whether they change a word.
    """
    if text.isascii() and text.isprintable():
        return text, ""
    text = _LINE_ENDS.sub("\n", text)
    if "\x1b" in text:
        text = _LANGUAGE.sub("", text)
    clean = spaced(text)
    if hidden(clean):
        return trimmed(clean), "hidden_characters"
    return clean, "" if clean == text else "control_characters"
