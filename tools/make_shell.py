"""Make templates/docx/letter.docx, the look of letters in Word, anew: our styles, the page, three slots.

    .venv/bin/python tools/make_shell.py

Whoever wants letters to look otherwise edits the file in Word (docs/reference/letter.md); this is where it began.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document

from formwright.writers.docx.furniture import begin_section
from formwright.writers.docx.package import trim
from formwright.writers.docx.shell import SLOTS
from formwright.writers.docx.styles import add_styles

PLACE = Path(__file__).resolve().parents[1] / "templates" / "docx" / "letter.docx"
STYLES = {"letterhead": "FW Masthead", "body": "FW Letter", "signature": "FW Letter Block"}


def shell() -> bytes:
    """Return the shell, the same bytes every time."""
    document = docx.Document()
    trim(document)
    add_styles(document, "en")
    begin_section(document, None, "", first=True)  # type: ignore[arg-type]  # page 1 has no head of ours
    for slot in SLOTS:
        document.add_paragraph(f"{{{{p {slot} }}}}", style=STYLES[slot])
    document.core_properties.title, document.core_properties.author = "Letter", "Formwright"
    return same_every_time(document)


def same_every_time(document: Document) -> bytes:
    """Return a document's zip with fixed dates, its parts in the order of their names."""
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


if __name__ == "__main__":
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    PLACE.write_bytes(shell())
