"""A file is what it holds, whatever its name says (THREATS.md 2, row 8)."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from formwright.errors import Refused
from formwright.intake.sniff import format_of


def zipped(**members: str) -> bytes:
    """Return a zip; `__` in a name stands for a slash."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return target.getvalue()


def office(folder: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/document.xml", "<x/>")
    return target.getvalue()


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"HTTP/1.1 200 OK\r\n\r\n", b"\0" * 1000])
def test_it_knows_a_pdf_with_junk_before_it(before: bytes) -> None:
    assert format_of(before + b"%PDF-1.7\n...") == "pdf"


def test_it_knows_a_word_file() -> None:
    assert format_of(office("word")) == "docx"


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "empty", "empty"),
        (b" \r\n\0\0", "empty", "empty"),
        (office("xl"), "not_a_form", "an Excel file"),
        (office("ppt"), "not_a_form", "a PowerPoint file"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "not_read_yet", "an OpenDocument file"),
        (zipped(form__a="%PDF-1.7 inside"), "not_read_yet", "a zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not_read_yet", "an old Word"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "needs_password", "locked with a password"),
        (b"%FDF-1.2\n1 0 obj", "not_read_yet", "(FDF)"),
        (b'<?xml version="1.0"?><xfdf xmlns="http://ns.adobe.com/xfdf/">', "not_read_yet", "(XFDF)"),
        (b"{\\rtf1\\ansi Hello}", "not_read_yet", "rich text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_read_yet", "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "not_read_yet", "a picture (JPEG)"),
        (b"II*\0\x08\0\0\0", "not_read_yet", "a picture (TIFF)"),
        (b"Return-Path: <a@b.example>\r\nFrom: A <a@b.example>\r\n\r\nHello", "not_read_yet", "an e-mail"),
        (b"<!DOCTYPE html><html><body>Log in", "not_a_form", "a web page"),
        (b"\n<HTML>\n", "not_a_form", "a web page"),
        (b"<?xml version='1.0'?><other/>", "not_a_form", "an XML file"),
        (b"MZ\x90\0", "not_a_form", "a program"),
        (b"\x1f\x8b\x08\0", "not_a_form", "an archive"),
        ("Dear Sir, see below. Größe".encode(), "not_a_form", "a text file"),
        (b"\0\1\2\3\xff" * 9, "not_a_form", "a file of unknown sort"),
        (b"x" * 1020 + b"%PDF-1.7", "not_a_form", "a text file"),
    ],
)
def test_it_says_what_else_a_file_is(data: bytes, code: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        format_of(data)
    assert caught.value.code == code
    assert words in caught.value.message
    assert caught.value.fix
