"""What a file is, by its content; its name is never believed.

An own small table: the library that we tried calls a plain zip a Word file and fails on junk before a PDF's header.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from formwright.errors import Refused

FORMATS: Final = ("pdf", "docx")
"""What can be read; each is a module of `formwright.readers`."""
HEAD: Final = 1024
"""Bytes within which a PDF's header must begin; mail and web servers put junk before it (ISO 32000-1, annex H)."""

_PDF = re.compile(rb"%PDF-\d")
_MAIL = re.compile(rb"\A(?:From |[A-Za-z][A-Za-z-]{1,60}:[ \t])")
_MAIL_WORDS = re.compile(rb"^(?:From|To|Received|Return-Path|MIME-Version|Message-ID):", re.IGNORECASE | re.MULTILINE)
_PICTURES: Final = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
    (b"RIFF", "WebP"),
)
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
"""A stream of a compound file: Word and Excel put a file with a password into it ([MS-OFFCRYPTO] 2.3.4.4)."""
_SAVE_AS: Final = "Ask the sender for the form as it was sent: the PDF, or the Word document saved as .docx."
_SAVE_PDF: Final = "Ask the sender for the PDF form itself, saved by the program that it was filled in with."


def format_of(data: bytes) -> str:
    """Return the format of a file (one of FORMATS). Raises Refused, saying what the file is instead."""
    if not data.strip(b"\0 \t\r\n"):
        raise Refused("empty", "The file is empty.", "Ask the sender to send it again.")
    head = data[:HEAD]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if _PDF.search(head):
        return "pdf"
    raise _other(data)


def _zipped(data: bytes) -> str:
    """Return "docx" for a Word file, by the names in its directory; nothing is unpacked. Raises Refused for others."""
    if b"[Content_Types].xml" in data:
        for mark, what in ((b"word/", "Word"), (b"xl/", "Excel"), (b"ppt/", "PowerPoint")):
            if mark in data:
                if what == "Word":
                    return "docx"
                raise _office(what)
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        raise _not_yet("an OpenDocument file (LibreOffice)")
    fix = "Unpack it and give the files in it."
    raise Refused("not_read_yet", "This is a zip file; archives are not opened yet.", fix)


def _office(what: str) -> Refused:
    article = "an" if what == "Excel" else "a"
    return Refused("not_a_form", f"This is {article} {what} file, not a form of ours.", _SAVE_PDF)


def _other(data: bytes) -> Refused:
    head = data[:HEAD]
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = text.lower()
    for start, name in _PICTURES:
        if head.startswith(start):
            message = f"This is a picture ({name}); scans and photographs are not read yet."
            fix = "Ask for the PDF form itself, or enter the answers with `formwright answer`."
            return Refused("not_read_yet", message, fix)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if _LOCKED in data:
            fix = "Ask the sender to save it without a password and send it again."
            return Refused("needs_password", "This is a Word or Excel file that is locked with a password.", fix)
        return _not_yet("an old Word, Excel or Outlook file")
    if text.startswith(b"%FDF-"):
        return _not_yet("form data without its form (FDF)")
    if b"ns.adobe.com/xfdf" in head:
        return _not_yet("form data without its form (XFDF)")
    if lower.startswith((b"<!doctype html", b"<html")) or b"<html" in lower:
        fix = "The download may have failed, or asked for a login: open the link again and save the form itself."
        return Refused("not_a_form", "This is a web page, not a form of ours.", fix)
    if text.startswith(b"{\\rtf"):
        return _not_yet("a rich text file (RTF)")
    if _MAIL.match(head) and _MAIL_WORDS.search(head):
        fix = "Save the attachment and give that."
        return Refused("not_read_yet", "This is an e-mail message; mails are not opened yet.", fix)
    return Refused("not_a_form", f"This is {_guess(head)}, not a form of ours.", _SAVE_PDF)


def _guess(head: bytes) -> str:
    if head.startswith((b"MZ", b"\x7fELF")):
        return "a program"
    if head.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        return "an archive"
    if head.lstrip().startswith(b"<?xml"):
        return "an XML file"
    return "a text file" if b"\0" not in head and _is_text(head) else "a file of unknown sort"


def _is_text(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # the last character may be cut
    except UnicodeDecodeError:
        return False
    return True


def _not_yet(what: str) -> Refused:
    return Refused("not_read_yet", f"This is {what}; this version reads PDF and Word (.docx) forms only.", _SAVE_AS)
