"""The last carriers: the code and the words printed on the pages, which survive printing, flattening and scanning."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

import pypdfium2
import zxingcpp

from formwright.readers._seen import TOKEN, Seen

_PAGES: Final = 60
_RETRIED: Final = 8
"""Pages that are looked at a second time, enlarged, if no page gave a code."""
_DPI: Final = 150
_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_WIDEST: Final = 3_300
"""Pixels of a page's longer side: A4 at twice _DPI is 3,508 and is drawn a little smaller."""


def look(data: bytes, seen: Seen) -> None:
    """Note tokens in the text and in the QR codes of the pages; nothing where the pages can't be drawn."""
    with suppress(pypdfium2.PdfiumError), pypdfium2.PdfDocument(data) as document:
        pages = range(min(len(document), _PAGES))
        for number in pages:
            _words(document[number], number + 1, seen)
        for scale, some in ((1, pages), (2, pages[:_RETRIED])):
            for number in some:
                _codes(document[number], number + 1, scale, seen)
            if any(token.carrier == "qr" for token in seen.tokens):
                return


def _words(page: Any, number: int, seen: Seen) -> None:
    text = page.get_textpage().get_text_bounded()
    for match in dict.fromkeys(TOKEN.findall(text[:1_000_000])):
        seen.found("page_text", match, number)


def _codes(page: Any, number: int, scale: int, seen: Seen) -> None:
    """Draw a page and read its codes (18 mm, version 2: PDF.md 8)."""
    longest = max(page.get_size()) or 1.0
    factor = min(_DPI * scale / 72, _WIDEST / longest)
    picture = page.render(scale=factor, grayscale=True).to_pil()
    for code in zxingcpp.read_barcodes(picture, formats=_QR):
        seen.found("qr", code.text, number)
