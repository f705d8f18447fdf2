"""What the pages draw themselves, under the fields: has anything been added to it, or taken away, since it was issued?

"Fill & Sign", a print shop's merge or a drawing program write into a page's own content and leave the fields empty.

    bytes of the content as issued?  yes -> nothing to tell                 (nearly all returns: a hash for each page)
        no -> unpacked, the same?    yes -> nothing: a program packed it anew
            no -> the words that pdfium finds, one by one with their place: added ones are strays, lost ones a problem
                  the page drawn without its fields, ours and theirs: other ink is a problem

Both sides are read and drawn by the same library, so that a content only written otherwise shows no difference.
What a page draws by reference (form XObjects: our codes and foot, fonts) counts only once the content itself differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, Final

import pikepdf

from formwright.fingerprint import of_parts
from formwright.raw import Compared
from formwright.readers._base import Place
from formwright.readers._seen import Seen
from formwright.readers._streams import bounded

_BYTES: Final = 64 * 1024 * 1024
"""Bytes of content that are looked at in one file; ours have a tenth of a megabyte."""
_STREAMS: Final = 500
"""Streams of one page's content."""
_COMPARED: Final = 100
"""Pages that are compared by their words and their ink, which takes some hundredths of a second each."""


def prints_of(pages: Iterable[Any]) -> list[str]:
    """Return a hash over each page's content streams as they are packed, "" for what is more than is looked at."""
    left, found = _BYTES, []
    for page in pages:
        parts = []
        for stream in _streams(page):
            part = stream.read_raw_bytes() if left > 0 else b""
            left -= len(part)
            parts.append(part)
        found.append(of_parts(parts) if left > 0 else "")
    return found


def compare(data: bytes, issued: bytes, seen: Seen, places: Sequence[Place]) -> Compared:
    """Return what is drawn on the pages of `data` beyond those of `issued`, and what is lacking.

    seen: what stands in `data`; places: the issued widgets.
    """
    theirs, ours = _contents(data), _contents(issued)
    known = {content: number for number, content in enumerate(ours, 1) if content is not None}
    other = [n for n, content in enumerate(theirs or [None] * seen.pages, 1) if content is None or content not in known]
    if not other:
        return Compared()
    from formwright.readers import _drawn  # pdfium: seldom needed

    kept = {known[content] for content in theirs if content in known}
    pairs = _pairs(other, [n for n in range(1, len(ours) + 1) if n not in kept], seen, places)
    return _drawn.compare(data, issued, pairs[:_COMPARED], places, len(pairs) - _COMPARED)


def _pairs(other: Iterable[int], left: Sequence[int], seen: Seen, places: Sequence[Place]) -> list[tuple[int, int]]:
    """Return for each page that differs the issued page that it was: the one whose fields stand on it, else the one of
    its number; 0 where there is none."""
    issued_on = {place.name: place.page for place in places}
    votes: dict[int, Counter[int]] = {}
    for name, group in seen.fields.items():
        for one in group:
            if name in issued_on:
                votes.setdefault(one.page, Counter())[issued_on[name]] += 1
    pairs, free = [], set(left)
    for number in other:
        wanted = votes[number].most_common(1)[0][0] if number in votes else number
        pairs.append((number, wanted if wanted in free or number in votes else 0))
        free.discard(wanted)
    return pairs


def _contents(data: bytes) -> list[bytes | None]:
    """Return the unpacked content of each page, blanks made equal; None for what can't be unpacked within bounds, an
    empty list for a file that can't be opened."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return list(_unpacked(pdf))
    except MemoryError:
        raise
    except Exception:  # malformed objects show up as any error of the binding; then the pages are drawn and looked at
        return []


def _unpacked(pdf: pikepdf.Pdf) -> Iterator[bytes | None]:
    left = _BYTES
    for page in pdf.pages:
        parts = [bounded(stream, max(left, 0), encrypted=pdf.is_encrypted) for stream in _streams(page.obj)]
        whole = b" ".join(part for part in parts if part is not None)
        left -= len(whole)
        yield b" ".join(whole.split()) if None not in parts and left > 0 else None


def _streams(page: Any) -> list[Any]:
    """Return the content streams of a page; nothing else that may stand there draws anything (ISO 32000 7.8.2)."""
    contents = page.get("/Contents")
    some = list(contents)[:_STREAMS] if isinstance(contents, pikepdf.Array) else [contents]
    return [stream for stream in some if isinstance(stream, pikepdf.Stream)]
