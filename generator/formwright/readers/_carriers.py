"""Where a PDF carries its token (PDF.md 6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pikepdf

from formwright.readers._attached import Attached
from formwright.readers._seen import ATTACHMENT, INFO_KEY, TOKEN, TOKEN_FIELD, Seen
from formwright.readers._streams import bounded, text_of

_SMALL: Final = 500
"""Bytes of our own attached file, however it is packed; it has 50."""


def tokens(pdf: pikepdf.Pdf, seen: Seen, files: Iterable[Attached]) -> None:
    """Note producer and tokens: hidden field, document information, XMP, attachment, file identifier."""
    for field in seen.fields.get(TOKEN_FIELD, ()):
        if isinstance(field.value, str):
            seen.found("field", field.value)
    info = pdf.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        seen.producer = _string(info.get("/Producer"))[:200]
        seen.found("info", _string(info.get(INFO_KEY)))
    metadata = pdf.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        text = (bounded(metadata, encrypted=pdf.is_encrypted) or b"").decode("utf-8", "replace")
        for match in dict.fromkeys(TOKEN.findall(text)):
            seen.found("xmp", match)
    for file in files:
        if file.name == ATTACHMENT:
            data = _embedded(file.specification, encrypted=pdf.is_encrypted)
            match = TOKEN.search(text_of(data)) if data else None
            seen.found("attachment", match[0] if match else "")
    identifier = pdf.trailer.get("/ID")
    if isinstance(identifier, pikepdf.Array) and len(identifier):
        first = identifier[0]
        match = TOKEN.search(bytes(first).decode("latin-1")) if isinstance(first, pikepdf.String) else None
        seen.found("id", match[0] if match else "")


def others_attached(files: Iterable[Attached], *, encrypted: bool) -> list[Attached]:
    """Return the attached files that are not ours: ours holds a token and nothing else, if it can be read at all."""
    return [one for one in files if one.name != ATTACHMENT or not _is_ours(one, encrypted=encrypted)]


def _is_ours(file: Attached, *, encrypted: bool) -> bool:
    stream = _stream(file.specification)
    data = bounded(stream, encrypted=encrypted) if stream is not None else b""
    if data is None:  # packed in a way that is not read
        return stream is not None and len(stream.read_raw_bytes()) <= _SMALL
    return not data.strip() or TOKEN.fullmatch(text_of(data).strip()) is not None


def _embedded(file: Any, *, encrypted: bool) -> bytes | None:
    stream = _stream(file)
    return bounded(stream, encrypted=encrypted) if stream is not None else None


def _stream(file: Any) -> Any | None:
    streams = file.get("/EF") if isinstance(file, pikepdf.Dictionary) else None
    stream = streams.get("/F") if isinstance(streams, pikepdf.Dictionary) else None
    return stream if isinstance(stream, pikepdf.Stream) else None


def _string(value: Any) -> str:
    """Return a string's text, also where its encoding is broken; "" for anything else."""
    if not isinstance(value, pikepdf.String):
        return ""
    try:
        return str(value)
    except UnicodeDecodeError:
        return text_of(bytes(value))
