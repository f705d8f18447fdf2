"""Characters of a text that nobody sees, or that no writing uses: found, named, taken out, escaped.

Hidden are the controls of direction (U+202A-202E, U+2066-2069), which show a text in another order than it has, and
what has no width: zero-width space, byte order mark, word joiner, soft hyphen, marks, tags, fillers. The joiners U+200C
and U+200D are hidden only where they join nothing: inside a word they are spelling, in an emoji part of the picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_JOINERS: Final = "\u200c\u200d"
_RUN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0001-\U000e007f]+"
)
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")
"""With what could not be decoded: halves of a pair (U+D800-DFFF), and U+FFFD, which stands for any of it."""

_BREAK: Final = re.compile("[\n\r\u2028\u2029]")
_BYTES: Final = range(0xDC80, 0xDD00)
"""What stands in the words of a command, and in names of files, for a byte that is not UTF-8 (PEP 383)."""


def hidden(text: str) -> str:
    """Return the hidden characters of a text, each once, in the order in which they come."""
    return "" if text.isascii() else "".join(dict.fromkeys("".join(run[0] for run in _runs(text))))


def named(text: str) -> str:
    """Return the hidden characters of a text by their numbers: "U+200B, U+202E"."""
    return ", ".join(f"U+{ord(one):04X}" for one in hidden(text))


def odd(text: str) -> str:
    """Return the first character of a text that nobody writes, in words ("the character U+202E, which nobody sees"),
    "" where there is none."""
    both = (_CONTROLS.search(text), next(_runs(text), None))
    first = min((run for run in both if run), key=lambda run: run.start(), default=None)
    if first is None:
        return ""
    code = ord(first[0][0])
    if code in _BYTES:
        return f"the byte 0x{code - 0xDC00:02X}, which is not UTF-8"
    return f"the character U+{code:04X}, which {'nobody sees' if first.re is _RUN else 'no writing uses'}"


def visible(text: str) -> str:
    """Return a text without its hidden characters."""
    return text if text.isascii() else _RUN.sub(lambda run: run[0] if _joins(run) else "", text)


def breaks(text: str) -> bool:
    """Tell whether a text has a line break before its end."""
    return _BREAK.search(text.strip()) is not None


def trimmed(text: str) -> str:
    """Return a text without hidden characters, and the blanks among them, at its ends."""
    start, end = 0, len(text)
    while start < end and not visible(text[start]).strip():
        start += 1
    while start < end and not visible(text[end - 1]).strip():
        end -= 1
    return text[start:end]


def spaced(text: str) -> str:
    """Return a text with a space for each control character, and for each that could not be decoded."""
    return text if text.isascii() and text.isprintable() else _CONTROLS.sub(" ", text)


def escaped(text: str) -> str:
    r"""Return a text with its control characters as \u0000, and U+FFFD for what could not be decoded."""
    return text if text.isprintable() else _CONTROLS.sub(_escape, text)


def shown(text: str) -> str:
    """Return a text fit to be printed: what would not be seen, or would turn the line round, is escaped."""
    if text.isascii() and text.isprintable():
        return text
    return _RUN.sub(lambda run: run[0] if _joins(run) else "".join(map(_code, run[0])), escaped(text))


def _runs(text: str) -> Iterator[re.Match[str]]:
    return (run for run in _RUN.finditer(text) if not _joins(run))


def _joins(run: re.Match[str]) -> bool:
    """Tell whether this is a joiner between two letters."""
    before, after = run.string[max(run.start() - 1, 0) : run.start()], run.string[run.end() : run.end() + 1]
    return run[0] in _JOINERS and bool(before.strip()) and bool(after.strip())


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "\ufffd" if code == 0xFFFD or 0xD800 <= code <= 0xDFFF else _code(found[0])


def _code(one: str) -> str:
    return f"\\u{ord(one):04x}" if ord(one) < 0x10000 else f"\\U{ord(one):08x}"
