"""Is the end of the file there?

Programs save a filled form by appending to it. If the end is lost, the file still opens, as the revision before: with
blank or issued values. So a file is read only where its last `%%EOF` closes it (PDF.md 4).
"""

from __future__ import annotations

import re

from formwright.errors import Refused
from formwright.readers._seen import damaged

_CLOSING = re.compile(rb"startxref\s+\d+\s+(?:%[^\r\n]*\s+)*\Z")
"""What stands right before the last `%%EOF`; comment lines may come between."""
_BEGUN = re.compile(rb"\d\s+\d+\s+obj\b|\bxref\s|startxref")
"""What a further revision is made of (ISO 32000 7.5.6)."""
_BEGINNING = re.compile(rb"\s*\d+(?:\s+\d*(?:\s+o?b?j?)?)?\s*\Z")
"""A first object that was cut within its first words: `12 0 o`."""


def check(data: bytes) -> None:
    """Raise Refused where the end of a PDF is missing. Blanks, line ends or foreign text after the end are allowed."""
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise damaged("only its beginning is there")
    after = data[end + 5 :]
    if _BEGUN.search(after) or (after.strip() and _BEGINNING.match(after)):
        raise _truncated()
    if not _CLOSING.search(data, max(0, end - 300), end):
        raise _truncated()


def _truncated() -> Refused:
    return Refused(
        "truncated",
        "The end of the file is missing: what was typed last may be lost, so nothing is read from it.",
        "Ask the sender for the whole file again, best as an attachment or a zip; an upload or mail cut it off.",
    )
