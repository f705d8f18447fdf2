"""Where a PDF carries its token (PDF.md 6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from formwright.readers._seen import ATTACHMENT, INFO_KEY, TOKEN, TOKEN_FIELD, Seen
from formwright.readers._streams import bounded, text_of

_ATTACHMENTS: Final = 200


def tokens(pdf: pikepdf.Pdf, seen: Seen) -> None:
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
    for name, file in _attachments(pdf):
        if name == ATTACHMENT:
            data = _embedded(file, encrypted=pdf.is_encrypted)
            match = TOKEN.search(text_of(data)) if data else None
            seen.found("attachment", match[0] if match else "")
    identifier = pdf.trailer.get("/ID")
    if isinstance(identifier, pikepdf.Array) and len(identifier):
        first = identifier[0]
        match = TOKEN.search(bytes(first).decode("latin-1")) if isinstance(first, pikepdf.String) else None
        seen.found("id", match[0] if match else "")


def others_attached(pdf: pikepdf.Pdf) -> list[str]:
    """Return the names of the attached files that are not ours."""
    return [name for name, _ in _attachments(pdf) if name != ATTACHMENT]


def _attachments(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Yield name and file specification of embedded files, within bounds (ISO 32000 7.9.6)."""
    tree = _named(pdf.Root, "/EmbeddedFiles")
    queue = [tree]
    count = 0
    while queue:
        node = queue.pop()
        count += 1
        if count > _ATTACHMENTS:
            return
        if not isinstance(node, pikepdf.Dictionary):
            continue
        kids = node.get("/Kids")
        if isinstance(kids, pikepdf.Array):
            queue += list(kids)[:_ATTACHMENTS]
        names = node.get("/Names")
        pairs = list(names)[: 2 * _ATTACHMENTS] if isinstance(names, pikepdf.Array) else []
        for name, file in zip(pairs[::2], pairs[1::2], strict=False):
            count += 1
            if count > _ATTACHMENTS:
                return
            yield _string(name), file


def _embedded(file: Any, *, encrypted: bool) -> bytes | None:
    streams = file.get("/EF") if isinstance(file, pikepdf.Dictionary) else None
    stream = streams.get("/F") if isinstance(streams, pikepdf.Dictionary) else None
    return bounded(stream, encrypted=encrypted) if isinstance(stream, pikepdf.Stream) else None


def _named(root: Any, key: str) -> Any:
    names = root.get("/Names")
    return names.get(key) if isinstance(names, pikepdf.Dictionary) else None


def _string(value: Any) -> str:
    """Return a string's text, also where its encoding is broken; "" for anything else."""
    if not isinstance(value, pikepdf.String):
        return ""
    try:
        return str(value)
    except UnicodeDecodeError:
        return text_of(bytes(value))
