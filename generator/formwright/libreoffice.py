"""LibreOffice, where it is installed: the PDF of a letter that a house writes in Word.

It runs with a profile of its own that is thrown away, so it knows neither macros nor settings of the user. Nothing here
keeps it from the network. Its PDF has the time in it: the same letter does not give the same bytes.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from formwright.errors import Unusable

SECONDS: Final = 120
_PROGRAMS: Final = ("soffice", "libreoffice")


def installed() -> str:
    """Return the path of the program, "" where there is none."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), "")


def to_pdf(data: bytes) -> bytes:
    """Return a Word file as LibreOffice prints it. Raises Unusable where it is not installed or fails."""
    program = installed()
    if not program:
        message = "The PDF of a letter that is written in Word is made by LibreOffice, which is not installed."
        raise Unusable("no_libreoffice", message, "Install LibreOffice, or issue it with --format docx.")
    with tempfile.TemporaryDirectory(prefix="formwright-") as folder:
        source, made = Path(folder) / "letter.docx", Path(folder) / "letter.pdf"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
            return made.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            message = "LibreOffice could not print the letter."
            raise Unusable("no_pdf", message, "Open the Word file in LibreOffice to see why.") from error
