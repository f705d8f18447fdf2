"""The faces of the page's own text: the packaged ones and, for Chinese, Japanese and Korean, those of the fonts folder.

The fonts of the machine are never looked at: the same layout gives the same file everywhere. Every text of a layout is
checked before it is set, so that no character comes out as an empty box.
"""

from __future__ import annotations

import base64
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import uharfbuzz as hb

from formwright import resources
from formwright.errors import Fault, Faults
from formwright.layout import (
    Control,
    Field,
    Figure,
    Grid,
    Group,
    Heading,
    Layout,
    List,
    ManyOf,
    Mark,
    Note,
    OneOf,
    Para,
    Run,
    Tick,
)
from formwright.writers.pdf.fonts import UNSEEN, Fallback, Fonts, UndrawableError

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

PAGE_FACES: Final = tuple(
    f"templates/assets/fonts/PublicSans-{cut}.ttf" for cut in ("Regular", "Italic", "SemiBold", "Bold")
)
FAMILIES: Final = ("Public Sans", "Formwright Field")
"""The families of document.css for running text."""
_SPACES: Final = "\t\n\r\f "
_BLANKS: Final = " \u00a0"
_TAGS: Final = re.compile(r"<[^>]*>")
_SHOWN: Final = 30
"""Characters of a text that are quoted to say where a fault is."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A face of the fonts folder that some wording needs: the family it gets, its source, its characters there."""

    family: str
    fallback: Fallback
    chars: str

    @property
    def rule(self) -> str:
        """Return the rule that brings the glyphs into the style sheet."""
        data = base64.b64encode(_with_spaces(self.fallback.glyphs(self.chars))).decode()
        return f'@font-face {{ font-family: "{self.family}"; src: url(data:font/ttf;base64,{data}) }}'


@dataclass(frozen=True, slots=True)
class Text:
    """A text that the page shows, and where: the item or heading it belongs to, its key if it has one."""

    text: str
    where: str
    item: str = ""


def extras(layout: Layout, fonts: Fonts) -> tuple[Extra, ...]:
    """Return the faces that the wording needs besides the packaged ones.

    Raises Faults, all at once, for characters that no face has: the first of its sort in each text.
    """
    wanted: dict[int, set[str]] = {}
    faults: dict[tuple[str, str, str], Fault] = {}
    for text in texts(layout):
        for char in _unknown(text.text, fonts):
            place = next((i for i, face in enumerate(fonts.fallbacks) if face.has(char)), None)
            if place is None:
                error = fonts.why_not(char)
                fault = Fault(error.code, f"{text.where}: {error.message}", error.fix, item=text.item)
                faults.setdefault((text.where, error.code, error.fix), fault)
            else:
                wanted.setdefault(place, set()).add(char)
    if faults:
        raise Faults(faults.values())
    return tuple(
        Extra(f"Formwright Other {chr(ord('A') + place)}", fonts.fallbacks[place], "".join(sorted(wanted[place])))
        for place in sorted(wanted)
    )


def _with_spaces(data: bytes) -> bytes:
    """Return a TrueType file that has spaces: Pango takes those between characters of a face from that face."""
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    face = TTFont(io.BytesIO(data), recalcTimestamp=False)
    glyph, advance = "formwright-space", face["head"].unitsPerEm // 4
    face.setGlyphOrder([*face.getGlyphOrder(), glyph])
    face["glyf"][glyph], face["hmtx"][glyph] = Glyph(), (advance, 0)
    for table in face["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(dict.fromkeys(map(ord, _BLANKS), glyph))
    out = io.BytesIO()
    face.save(out)
    return out.getvalue()


def undrawable(text: str, fonts: Fonts) -> Iterator[UndrawableError]:
    """Yield why a character of a text can't be drawn by any face, for each that can't, once."""
    for char in _unknown(text, fonts):
        if not any(face.has(char) for face in fonts.fallbacks):
            yield fonts.why_not(char)


def _unknown(text: str, fonts: Fonts) -> Iterator[str]:
    """Yield the characters of a text that the packaged faces lack, once each."""
    known = page_characters()
    yield from (char for char in dict.fromkeys(text) if char not in known and char not in fonts.codes)


def identity(found: tuple[Extra, ...]) -> tuple[str, ...]:
    """Return what of the folder's faces a compiled file depends on: their hashes."""
    return tuple(extra.fallback.sha256 for extra in found)


def style(found: tuple[Extra, ...]) -> str:
    """Return the rules that add the faces to the packaged ones; none for none."""
    if not found:
        return ""
    return "\n".join((*(extra.rule for extra in found), f"html {{ font-family: {families(found)} }}"))


def families(found: tuple[Extra, ...]) -> str:
    """Return the families of running text, in order."""
    return ", ".join(f'"{family}"' for family in (*FAMILIES, *(extra.family for extra in found)))


@cache
def page_characters() -> frozenset[str]:
    """Return the characters of running text that all packaged cuts have, and those that need no glyph."""
    cuts = (hb.Face(hb.Blob(resources.read_bytes(path))).unicodes for path in PAGE_FACES)
    return frozenset(map(chr, set.intersection(*map(set, cuts)))) | frozenset(_SPACES + UNSEEN)


def packaged_only() -> FontConfiguration:
    """Return WeasyPrint's fonts without those of the machine: a fresh, empty configuration of fontconfig.

    Raises OSError where the system libraries are missing.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"(?i)no fonts configured|fontconfig cannot load")
        from weasyprint.text.ffi import ffi, fontconfig, pangoft2
        from weasyprint.text.fonts import FontConfiguration

    class Packaged(FontConfiguration):  # type: ignore[misc]  # weasyprint ships no types
        def __init__(self) -> None:
            super().__init__()
            if not hasattr(fontconfig, "FcConfigCreate"):
                ffi.cdef("FcConfig *FcConfigCreate (void);")
            self._config = fontconfig.FcConfigCreate()
            pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
            fontconfig.FcConfigDestroy(self._config)  # the map keeps it

    return Packaged()


# ---- what a page shows --------------------------------------------------------------------------


def texts(layout: Layout) -> Iterator[Text]:
    """Yield every text that a page of the layout shows (names that are only spoken are none)."""
    for what, text in (
        ("the title", layout.title),
        ("the running head", layout.running),
        ("the foot", layout.foot),
        *(("the notices", notice) for notice in layout.notices),
        *((f'the words "{name}"', layout.words[name]) for name in sorted(layout.words)),
    ):
        yield Text(text, what)
    for block in layout.blocks:
        yield from _block(block, "page 1", "")


def _block(node: object, where: str, item: str) -> Iterator[Text]:
    """Yield the texts of a block and all that is in it."""
    if isinstance(node, Group):
        yield from _group(node, where, item)
    elif isinstance(node, Field):
        yield from _control(node.control)
    elif isinstance(node, Grid):
        yield from _grid(node, where, item)
    elif isinstance(node, Heading):
        yield Text(f"{node.number} {node.text}", _quoted("the heading", node.text), item)
    elif isinstance(node, (Para, Note)):
        title = node.title if isinstance(node, Note) else ""
        yield Text(title + _said(node.runs), where, item)
    elif isinstance(node, List):
        for entry in node.entries:
            yield Text(_said(entry), where, item)
    elif isinstance(node, Figure):
        drawn = _TAGS.sub("", node.svg)
        yield Text(node.caption + node.specimen + drawn, _quoted("the figure", node.caption or node.alternative), item)


def _group(group: Group, where: str, item: str) -> Iterator[Text]:
    if group.role == "item":
        where, item = group.number or where, group.anchor or item
    elif group.title:
        where = _quoted("the heading", group.title)
    yield Text(f"{group.number} {group.title} {group.where}{_said(group.runs)}{_said(group.help)}", where, item)
    for block in group.blocks:
        yield from _block(block, where, item)


def _grid(grid: Grid, where: str, item: str) -> Iterator[Text]:
    name = grid.name if grid.role == "projects" else ""
    for head in (name, grid.row_title, *(column.title for column in grid.columns)):
        yield Text(head, _quoted(f"{where}, the column", head), item)
    for row in grid.rows:
        yield Text(f"{row.number} {row.head} {row.quiet}", _quoted(f"{where}, the row", row.head or row.number), item)
        for part in (*row.under, *(part for cell in row.cells for part in cell)):
            if isinstance(part, Run):
                yield Text(part.text, where, item)
            elif not isinstance(part, Mark):
                yield from _control(part)


def _control(control: Control) -> Iterator[Text]:
    words = [control.label, control.description]
    if isinstance(control, (OneOf, ManyOf)):
        words += [option.label for option in control.options]
    if isinstance(control, Tick):
        words.append(control.quiet)
    yield Text(" ".join(words), control.key, control.key.split(".", 1)[0])


def _said(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def _quoted(what: str, text: str) -> str:
    return f'{what} "{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"}"'
