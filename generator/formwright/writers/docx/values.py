"""How a value stands in WordprocessingML, as text: used when compiling (for nothing) and when stamping.

Line breaks become w:br and tabs w:tab. What XML 1.0 cannot hold (controls, halves of a pair, U+FFFE) is an error that
names the character; nothing is dropped. Runs of other scripts say so: font, direction and spelling follow from it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Final

from formwright.errors import Fault
from formwright.layout import Value
from formwright.writers.docx.plan import FieldPlan

UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What is no Char of XML 1.0 (fifth edition, 2.2)."""
_CONTROLS: Final = bytes(byte for byte in range(32) if byte not in (9, 10, 13))
_ODD: Final = re.compile('[\x00-\x1f&<>"\ud800-\udfff\ufffe\uffff]')
"""What a text may have that is not written as it is."""
_DATE: Final = re.compile(r"(?:([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}))\Z")
PROMPT: Final = "PlaceholderText"
TICK_STYLE: Final = "FWTick"
BOXES: Final = ("☐", "☒")
DATE_SHOWN: Final = "MM/dd/yyyy"
"""How a chosen date is shown: as the form asks for it, and as it can be read one way only."""
_DATE_INSIDE: Final = (
    f'<w:dateFormat w:val="{DATE_SHOWN}"/><w:lid w:val="en-US"/>'
    '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/>'
)


@dataclass(frozen=True, slots=True)
class UnwritableError(Exception):
    """A character that XML cannot hold."""

    char: str

    @property
    def message(self) -> str:
        """Return what is wrong, in words."""
        return f"a Word file cannot hold the character U+{ord(self.char):04X}."

    @property
    def fix(self) -> str:
        """Return what to do."""
        return "Take it out of the text; it is not seen in most programs."

    def fault(self, key: str) -> Fault:
        """Return this as a fault of the value of `key`."""
        return Fault("unwritable_character", f"{key}: {self.message}", self.fix, item=key.split(".", 1)[0])


def normal(text: str) -> str:
    """Return a text as it goes into a field: composed (NFC), its line ends all line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def is_writable(text: str) -> bool:
    """Say whether XML can hold a text; quick for long ones."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    return len(data.translate(None, _CONTROLS)) == len(data) and "\ufffe" not in text and "\uffff" not in text


def escaped(text: str) -> str:
    """Return a text for XML content and attributes. Raises UnwritableError."""
    if not _ODD.search(text):
        return text
    if bad := UNWRITABLE.search(text):
        raise UnwritableError(bad[0])
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


# ---- runs ---------------------------------------------------------------------------------------


def runs(text: str, style: str = "") -> str:
    """Return the runs of a text, made normal. Raises UnwritableError."""
    if _USUAL.match(text):
        return f'<w:r>{_properties(style, "")}<w:t xml:space="preserve">{text}</w:t></w:r>'
    text = normal(text)
    if not _OTHER.search(text):
        return _run(text, style, "")
    return "".join(_run(part, style, script) for script, part in stretches(text))


def _run(text: str, style: str, script: str) -> str:
    return f"<w:r>{_properties(style, script)}{text_element(text)}</w:r>"


def text_element(text: str) -> str:
    """Return w:t with a text, and w:br and w:tab for its breaks and tabs. Raises UnwritableError."""
    inside = f'<w:t xml:space="preserve">{escaped(text)}</w:t>'
    return _broken(inside) if "\n" in inside or "\t" in inside else inside


def _broken(inside: str) -> str:
    """Return text elements with breaks and tabs between them; empty ones are left out."""
    for char, tag in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
        inside = inside.replace(char, f'</w:t>{tag}<w:t xml:space="preserve">')
    return inside.replace('<w:t xml:space="preserve"></w:t>', "")


_USUAL: Final = re.compile("[ !#-%'-;=?-~\u00a1-\u02ff\u0400-\u052f]*\\Z")
"""What is written as it is, in one run: most texts."""
_OTHER: Final = re.compile("[\u0590-\u08ff\u1100-\u11ff\u2e80-\ud7ff\uf900-\uffef\U0001b000-\U0003ffff]")
"""Where the scripts below are; a text without these is one stretch."""
_EAST: Final = {"han": "zh-CN", "kana": "ja-JP", "hangul": "ko-KR"}
_LEFT: Final = {"hebrew": "he-IL", "arabic": "ar-SA"}
_NAMED: Final = (
    ("kana", ("HIRAGANA", "KATAKANA")),
    ("hangul", ("HANGUL",)),
    ("han", ("CJK", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH", "BOPOMOFO")),
    ("hebrew", ("HEBREW",)),
    ("arabic", ("ARABIC", "SYRIAC", "THAANA")),
)
"""How the names of a script's characters begin."""
_BETWEEN: Final = "between"
"""A character of no script: a blank, a sign, a digit, a mark."""


@cache
def _properties(style: str, script: str) -> str:
    inside = f'<w:rStyle w:val="{style}"/>' if style else ""
    if script in _EAST:
        inside += f'<w:rFonts w:hint="eastAsia"/><w:lang w:eastAsia="{_EAST[script]}"/>'
    elif script in _LEFT:
        inside += f'<w:rtl/><w:lang w:bidi="{_LEFT[script]}"/>'
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def stretches(text: str) -> list[tuple[str, str]]:
    """Return a text as (script, stretch); "" is all that Word sets from left to right in our own font.

    Blanks and signs between two stretches of one script belong to it, so that a name stays in one run. Ideographs
    beside kana are Japanese.
    """
    found = [_script(char) for char in text]
    if "kana" in found:
        found = ["kana" if script == "han" else script for script in found]
    last, since = "", 0
    for place, script in enumerate([*found, ""]):
        if script != _BETWEEN:
            found[since:place] = [script if script == last else ""] * (place - since)
            last, since = script, place + 1
    places = groupby(range(len(text)), found.__getitem__)
    return [(script, "".join(text[at] for at in part)) for script, part in places]


@cache
def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    script = next((script for script, starts in _NAMED if name.startswith(starts)), "")
    return script if script or unicodedata.category(char)[0] == "L" else _BETWEEN


# ---- controls -----------------------------------------------------------------------------------


def prompt(words: str) -> str:
    """Return what an empty control says."""
    return _run(words, PROMPT, "")


@cache
def box(on: bool) -> str:
    """Return the box of a tick."""
    return f"<w:r>{_properties(TICK_STYLE, '')}<w:t>{BOXES[on]}</w:t></w:r>"


def checked(on: bool) -> str:
    """Return the state of a tick ([MS-DOCX] 2.6.1.3)."""
    return f'<w14:checked w14:val="{int(on)}"/>'


def showing(text: str) -> str:
    """Return the mark of a control that shows its prompt (ISO 29500-1 17.5.2.39), "" where it has a text."""
    return "" if text else "<w:showingPlcHdr/>"


def date_state(text: str) -> str:
    """Return the same with w:date; where the text is a date it says so to Word's calendar (17.5.2.7)."""
    iso = iso_date(text)
    full = f' w:fullDate="{iso}T00:00:00Z"' if iso else ""
    return f"{showing(text)}<w:date{full}>{_DATE_INSIDE}</w:date>"


def iso_date(text: str) -> str:
    """Return the ISO date of a text that is one, month before day; "" for any other."""
    match = _DATE.match(text.strip())
    if not match:
        return ""
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[4], match[5])
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


# ---- the pieces of a control --------------------------------------------------------------------


def state_of(plan: FieldPlan, value: Value | None) -> str:
    """Return the piece of a control's properties that depends on its value (None: nothing stands in it)."""
    if plan.kind == "tick":
        return checked(is_on(plan, value))
    text = value if isinstance(value, str) else ""
    if plan.kind == "date":
        return date_state(text)
    return showing(text) if plan.empty else ""


def content_of(plan: FieldPlan, value: Value | None) -> str:
    """Return the runs in a control. Raises UnwritableError."""
    kind = plan.kind
    if kind == "tick":
        return box(is_on(plan, value))
    text = value if isinstance(value, str) else ""
    if kind == "list":
        text = dict(plan.labels).get(text, text)
    if text:
        return runs(text, plan.style)
    return prompt(plan.empty) if plan.empty else "<w:r/>"


def is_on(plan: FieldPlan, value: Value | None) -> bool:
    """Say whether a tick is on: True, or its own code among those of a choice."""
    if isinstance(value, bool) or value is None:
        return bool(value)
    return plan.code == value if isinstance(value, str) else plan.code in value
