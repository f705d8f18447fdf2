"""Text in one or several languages, inline emphasis, and our own words.

An author's text is one string or a mapping language -> string (`{en: ..., es: ...}`), from the start. Our own words
("Correct as shown") are in `messages.py`, one catalogue for every surface.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AfterValidator

from formwright.hidden import shown
from formwright.layout import Run, Runs
from formwright.messages import MESSAGES

_MARKED = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|\*(?P<emphasis>[^*]+)\*|`(?P<together>[^`]+)`")


def _languages(text: str | dict[str, str]) -> str | dict[str, str]:
    if isinstance(text, dict) and not text:
        raise ValueError("a text in several languages needs at least one\nWrite {en: ...}, or the text alone.")
    return text


LocalText = Annotated[str | dict[str, str], AfterValidator(_languages)]


def pick(text: str | Mapping[str, str] | None, language: str) -> str:
    """Return `text` in `language`, else in English, else in its first language; "" for None."""
    if text is None or isinstance(text, str):
        return text or ""
    return text.get(language) or text.get("en") or next(iter(text.values()))


def say(code: str, language: str, /, **facts: object) -> str:
    """Return our own words for `code` in `language` (English where there is no translation).

    Raises KeyError for a code that the catalogue lacks.
    """
    words = MESSAGES.get(language, {}).get(code) or MESSAGES["en"][code]
    return words.format(**facts)


def inline(text: str) -> Runs:
    """Return the runs of a text with **strong**, *emphasis* and `kept together` marks."""
    runs: list[Run] = []
    at = 0
    for match in _MARKED.finditer(text):
        if match.start() > at:
            runs.append(Run(text[at : match.start()]))
        style = match.lastgroup
        runs.append(Run(match[style], style))  # type: ignore[index,arg-type]
        at = match.end()
    if at < len(text):
        runs.append(Run(text[at:]))
    return tuple(runs)


def plain(text: str) -> str:
    """Return a text without its inline marks."""
    return "".join(run.text for run in inline(text))


NAME_LIMIT: Final = 40
"""Characters of a company's name in a line that has more to say."""


def clipped(name: str, limit: int = NAME_LIMIT) -> str:
    """Return a name for one line: without line breaks, cut with … where it has more than `limit` characters; what would
    not be seen is escaped."""
    line = shown(" ".join(name.split()))
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def clean(text: str) -> str:
    """Return what somebody typed in the form that is compared and stored: NFC, LF for line ends, no outer blanks."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()
