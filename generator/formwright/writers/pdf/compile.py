"""Layout -> Compiled: a blank, tagged, fillable PDF and the plan by which the stamp fills it.

    layout -> HTML (html) -> WeasyPrint -> fields (retype), tags, furniture -> saved -> read again for the plan

Made once for each layout and number of sheets; no account data, no clock, no network: same input, same bytes.
The template is saved with object streams and a cross-reference stream, at half the size without them. The stamp
replaces objects of such a stream by objects of their own, listed in a cross-reference stream of its own; every program
that we try reads and saves that (tests/readers).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import count
from typing import Final

import pikepdf
from pikepdf import Dictionary, Object, Pdf

from formwright import resources
from formwright.errors import Unusable
from formwright.fingerprint import of_parts
from formwright.layout import Layout, controls
from formwright.writers.pdf import faces, furniture, html, retype, tags
from formwright.writers.pdf.fonts import Fonts
from formwright.writers.pdf.plan import Compiled, FieldPlan, PagePlan, SheetPlan, Widget
from formwright.writers.pdf.retype import Made

STYLES: Final = ("templates/html/document.css", "templates/html/letter.css", "templates/html/plan.css")
_STARTXREF: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_WORDS: Final = ("continued", "sample")


def compile(layout: Layout, sheets: int = 0, fonts: Fonts | None = None) -> Compiled:  # the stage's verb (DESIGN.md)
    """Return the compiled PDF of a layout with `sheets` continuation sheets at its end.

    fonts: with the faces for wording that the packaged ones lack; None for the packaged ones alone. Raises Faults for
    characters that no face has, Unusable where WeasyPrint's system libraries are missing, ValueError for a layout that
    names a key twice.
    """
    found = faces.extras(layout, fonts or Fonts.packaged(None))
    extra = html.sheets(layout, sheets)
    asked = (*controls(layout.blocks), *(control for sheet in extra for control in (sheet.title, sheet.text)))
    with Pdf.open(io.BytesIO(_print(html.render(layout, extra, faces.families(found)), faces.style(found)))) as pdf:
        tags.mend(pdf, html.languages_of(layout))
        made = retype.retype(pdf, asked)
        furniture.add_furniture(pdf, marked=bool(asked))
        furniture.add_properties(pdf, layout)
        furniture.add_attachment(pdf, layout.words["code"])
        template = _saved(pdf)
    return _plan(layout, template, made, extra)


def _print(text: str, more: str) -> bytes:
    """Return WeasyPrint's PDF/UA-1 of our HTML, uncompressed; `more` are rules behind those of the style sheet."""
    try:
        fonts = faces.packaged_only()
        from weasyprint import CSS, HTML
        from weasyprint.urls import FatalURLFetchingError
    except OSError as error:  # pango is a system library, loaded when weasyprint is imported
        raise Unusable(
            "no_pango", f"The PDF writer lacks a system library: {error}.", "Run `./run setup`, which installs it."
        ) from error
    fetcher = resources.url_fetcher()
    try:
        rules = "".join(map(resources.read_text, STYLES)) + more
        style = CSS(string=rules, url_fetcher=fetcher, font_config=fonts)
        page = HTML(string=text, url_fetcher=fetcher, base_url=None)
        made: bytes = page.write_pdf(
            stylesheets=[style], font_config=fonts, pdf_forms=True, pdf_variant="pdf/ua-1", uncompressed_pdf=True
        )
    except FatalURLFetchingError as error:
        raise Unusable("no_asset", str(error), "Install the package again.") from error
    return made


def _saved(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        min_version="1.7",
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return out.getvalue()


# ---- the plan -----------------------------------------------------------------------------------


def _plan(layout: Layout, template: bytes, made: tuple[Made, ...], extra: tuple[html.Sheet, ...]) -> Compiled:
    """Read the saved file again: only now are the numbers of its objects known."""
    startxref = _startxref(template)
    head, tail = furniture.xmp(layout)
    with Pdf.open(io.BytesIO(template)) as pdf:
        root, free = pdf.Root, count(_size(template, startxref))
        fields = _fields(pdf, made, free)
        return Compiled(
            template=template,
            startxref=startxref,
            next_object=next(free),
            root=root.objgen[0],
            info=pdf.trailer.Info.objgen[0],
            info_head=_head(pdf.trailer.Info),
            font=root.AcroForm.DR.Font[f"/{retype.FONT}"].objgen[0],
            foot=pdf.pages[0].Resources.XObject.FwFoot.objgen[0],
            foot_box=furniture.FOOT_BOX,
            attachment=root.AF[0].EF.F.objgen[0],
            metadata=root.Metadata.objgen[0],
            metadata_head=head,
            metadata_tail=tail,
            token_field=retype.TOKEN_KEY,
            fields=fields,
            pages=tuple(_pages(pdf)),
            sheets=tuple(_sheets(extra, fields)),
            words=tuple((name, layout.words[name]) for name in _WORDS if name in layout.words),
        )


def _startxref(template: bytes) -> int:
    """Return where the cross-reference stream starts."""
    found = _STARTXREF.search(template[-64:])
    if found is None:
        raise ValueError("the saved template has no startxref at its end")
    return int(found[1])


def _fields(pdf: Pdf, made: tuple[Made, ...], free: Iterator[int]) -> tuple[FieldPlan, ...]:
    """Return the plans of all fields; `free` gives the numbers of the appearances that the stamp adds."""
    numbers = {page.obj.objgen: place for place, page in enumerate(pdf.pages, start=1)}
    by_name = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
    return tuple(_field(one, by_name[one.name], numbers, free) for one in made)


def _size(template: bytes, startxref: int) -> int:
    """Return the first free object number: that after the cross-reference stream itself, which pikepdf leaves out."""
    return int(template[startxref:].split(b" ", 1)[0]) + 1


def _pages(pdf: Pdf) -> Iterator[PagePlan]:
    for number, page in enumerate(pdf.pages, start=1):
        code = page.Resources.XObject[f"/QR{number}"].objgen[0]
        contents = page.obj.Contents
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        drawn = of_parts(stream.read_raw_bytes() for stream in streams)
        yield PagePlan(width=float(page.MediaBox[2]), height=float(page.MediaBox[3]), code=code, print=drawn)


def _sheets(extra: tuple[html.Sheet, ...], fields: tuple[FieldPlan, ...]) -> Iterator[SheetPlan]:
    pages = {field.key: field.widgets[0].page for field in fields}
    for sheet in extra:
        yield SheetPlan(number=sheet.number, page=pages[sheet.title.key], title=sheet.title.key, text=sheet.text.key)


def _field(made: Made, field: Object, numbers: dict[tuple[int, int], int], free: Iterator[int]) -> FieldPlan:
    """Return the plan of one field from what was made and where it was saved."""
    radio = made.kind == "radio"
    left_out = {"tick": ("/V", "/AS"), "radio": ("/AS",)}.get(made.kind, ("/V", "/AP"))
    kids = tuple(field.Kids) if radio else (field,)
    widgets = tuple(_widget(kid, code, left_out, numbers, free) for kid, code in zip(kids, made.codes, strict=True))
    return FieldPlan(
        key=made.key,
        name=made.name,
        kind=made.kind,
        widgets=widgets,
        fixed=made.fixed,
        size=made.size,
        leading=0.0 if not made.size else 14.0 if made.size >= 10 else 12.0,
        max_length=made.max_length,
        group=field.objgen[0] if radio else 0,
        group_head=_head(field, "/V") if radio else b"",
        labels=made.labels,
        strong=made.strong,
    )


def _widget(
    kid: Object, code: str, left_out: tuple[str, ...], numbers: dict[tuple[int, int], int], free: Iterator[int]
) -> Widget:
    x0, y0, x1, y1 = (float(edge) for edge in kid.Rect)
    return Widget(
        object=kid.objgen[0],
        appearance=next(free) if "/AP" in left_out and "/AP" in kid else 0,
        page=numbers[kid.P.objgen],
        box=(x0, y0, x1, y1),
        code=code,
        head=_head(kid, *left_out),
    )


def _head(source: Object, *left_out: str) -> bytes:
    """Return a dictionary as it stands in the file, without some entries and without its closing `>>`."""
    rest = {key: source.get(key) for key in source.keys() if key not in left_out}  # noqa: SIM118
    return Dictionary(rest).unparse().removesuffix(b">>").rstrip()
