"""How PDF writes things: strings, names, and objects of an update; and the objects that a stamp gathers."""

from __future__ import annotations

from binascii import hexlify
from typing import Final

from formwright.writers.pdf.appearance import Pen
from formwright.writers.pdf.plan import Widget

FORM: Final = b"%d 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 %b %b]"
"""A form XObject, which an appearance is, up to its resources."""


class Job:
    """The objects of one update in the order of writing: their bytes and numbers, and the next free number."""

    __slots__ = ("next", "numbers", "parts")

    def __init__(self, first_free: int) -> None:
        self.parts: list[bytes] = []
        self.numbers: list[int] = []
        self.next = first_free

    def add(self, number: int, body: bytes) -> None:
        self.parts.append(body)
        self.numbers.append(number)

    def add_new(self, body: bytes) -> None:
        self.add(self.next, body)
        self.next += 1


def text_string(text: str) -> bytes:
    """Return a text string: ASCII as it is, all else in UTF-16 with its mark (ISO 32000 7.9.2.2)."""
    if not text.isascii():
        return b"<feff%b>" % hexlify(text.encode("utf-16-be"))
    data = text.encode()
    if b"(" in data or b")" in data or b"\\" in data:
        data = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(%b)" % data


def name(text: str) -> bytes:
    """Return a name, with every byte that is not a letter, digit, - or _ as # and two digits (ISO 32000 7.3.5)."""
    plain = b"-_"
    return b"/" + b"".join(
        byte if byte.isalnum() or byte in plain else b"#%02X" % byte[0]
        for byte in (bytes((value,)) for value in text.encode())
    )


def head_of(widget: Widget) -> bytes:
    """Return the beginning of a widget's object, which lacks what the stamp adds and the closing `>>`."""
    return b"%d 0 obj\n%b" % (widget.object, widget.head)


def drawn(head: bytes, content: bytes, pen: Pen) -> bytes:
    """Return an appearance stream or other form XObject whose content has text."""
    return b"%b/Resources<</Font<<%b>>>>/Length %d>>stream\n%b\nendstream\nendobj\n" % (
        (head, pen.resources, len(content), content)
    )


def stream(number: int, entries: bytes, data: bytes) -> bytes:
    """Return a stream as an object of its own."""
    return b"%d 0 obj\n<<%b/Length %d>>stream\n%b\nendstream\nendobj\n" % (number, entries, len(data), data)
