"""Streams of foreign files, decoded with a bound: a few bytes may stand for gigabytes."""

from __future__ import annotations

import zlib
from typing import Final

import pikepdf

TEXT_LIMIT: Final = 1_000_000
"""Bytes of a text that we read from a stream."""


def bounded(stream: pikepdf.Object, limit: int = TEXT_LIMIT, *, encrypted: bool = False) -> bytes | None:
    """Return the decoded bytes of a stream that is plain or deflated once; None for any other, or a longer one.

    An encrypted file's streams are decoded by the library, whose only bound is the worker's memory.
    """
    if encrypted:
        data = stream.read_bytes()
        return data if len(data) <= limit else None
    filters = stream.get("/Filter")
    names = [] if filters is None else [str(name) for name in _each(filters)]
    raw = stream.read_raw_bytes()
    if not names:
        return raw if len(raw) <= limit else None
    if names != ["/FlateDecode"] or stream.get("/DecodeParms") is not None:
        return None
    machine = zlib.decompressobj()
    try:
        data = machine.decompress(raw, limit + 1)
    except zlib.error:
        return None
    return data if len(data) <= limit else None


def text_of(data: bytes) -> str:
    """Return a PDF text string's characters: UTF-16 or UTF-8 with a byte order mark, else PDFDocEncoding.

    ISO 32000 7.9.2.2. What can't be decoded becomes U+FFFD, never an error.
    """
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return data.decode("utf-16", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    return str(pikepdf.String(data)) if data else ""


def _each(value: pikepdf.Object) -> list[pikepdf.Object]:
    return list(value) if isinstance(value, pikepdf.Array) else [value]
