"""A small form made by hand with pikepdf, two pages, one control of each kind; tests damage it and read it.

page 1   name (line)  notes (area)  agree (tick)
page 2   branch (radio: yes, no, na)  port (list)  media (ticks paper, disk)  given (fixed line)
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from formwright import token
from formwright.intake.wire import SentPlace
from formwright.raw import RawCell, RawReturn
from formwright.readers.pdf import PdfReader

SECRET = bytes(range(32))
WORKSPACE, ISSUE, ACCOUNT, FINGERPRINT = "w1", "Q-2027-0001", "acme", "f" * 16
LABELS = (("sea", "Sea port"), ("air", "Airport"), ("rail", "Terminal"), ("bus", "Terminal"), ("own", "sea"))

_XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:f="http://formwright.example/ns/"><f:token>{}</f:token></rdf:Description>'
    "</rdf:RDF></x:xmpmeta>"
)


def minted(page: int = 0, issue: str = ISSUE, secret: bytes = SECRET) -> str:
    """Return a genuine token."""
    return token.mint(secret, "K1", WORKSPACE, issue, ACCOUNT, FINGERPRINT, page)


def _place(key: str, kind: str, page: int, y: float, code: str = "", name: str = "") -> SentPlace:
    labels = LABELS if kind == "list" else ()
    box = (72.0, y, 200.0, y + 18.0)
    return SentPlace(key=key, name=name or key, kind=kind, page=page, box=box, code=code, labels=labels)


PLACES = (
    _place("name", "line", 1, 80),
    _place("notes", "area", 1, 120),
    _place("agree", "tick", 1, 160),
    _place("branch", "radio", 2, 80, "yes"),
    _place("branch", "radio", 2, 100, "no"),
    _place("branch", "radio", 2, 120, "na"),
    _place("port", "list", 2, 160),
    _place("media", "tick", 2, 200, "paper", "media#paper"),
    _place("media", "tick", 2, 220, "disk", "media#disk"),
    _place("given", "line", 2, 260),
)


def form(stamped: str | None = None) -> Pdf:
    """Return the form, blank but for the fixed line; `stamped` is the token in its carriers ("" for none)."""
    text = minted() if stamped is None else stamped
    pdf = pikepdf.new()
    for _ in range(2):
        pdf.add_blank_page(page_size=(612, 792))
    drawn = pdf.make_stream(b"q Q", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    fields = Array()
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=fields, DA=String("/Helv 9 Tf 0 g")))
    groups: dict[str, Any] = {}
    for place in PLACES:
        states = Dictionary({f"/{place.code or 'on'}": drawn, "/Off": drawn})
        y = 792 - place.box[1]
        widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, F=4, Rect=[72, y - 18, 200, y])
        if place.kind == "radio":
            if place.name not in groups:
                group = Dictionary(FT=Name.Btn, Ff=49152, T=String(place.name), V=Name.Off, Kids=Array())
                groups[place.name] = pdf.make_indirect(group)
                fields.append(groups[place.name])
            add(widget, Parent=groups[place.name], AS=Name.Off, AP=Dictionary(N=states))
        elif place.kind == "tick":
            add(widget, FT=Name.Btn, T=String(place.name), V=Name.Off, AS=Name.Off, AP=Dictionary(N=states))
        else:
            add(widget, FT=Name.Tx, T=String(place.name), AP=Dictionary(N=drawn))
            if place.kind == "list":
                options = Array([Array([String(code), String(label)]) for code, label in LABELS])
                add(widget, FT=Name.Ch, Ff=1 << 17, Opt=options)
        made = pdf.make_indirect(widget)
        if place.kind == "radio":
            groups[place.name].Kids.append(made)
        else:
            fields.append(made)
        put(pdf, place.page, made)
    field(pdf, "given").V = String("Ours to state")
    if text:
        carry(pdf, text, drawn)
    return pdf


def carry(pdf: Pdf, text: str, drawn: Any) -> None:
    """Put a token into every carrier but the pages."""
    hidden = Dictionary(Type=Name.Annot, Subtype=Name.Widget, F=2, Rect=[0, 0, 0, 0], FT=Name.Tx, Ff=1)
    add(hidden, T=String("form:token"), V=String(text))
    made = pdf.make_indirect(hidden)
    pdf.Root.AcroForm.Fields.append(made)
    put(pdf, 1, made)
    info = Dictionary(Producer=String("Handmade 1.0"), FormwrightToken=String(text))
    pdf.trailer.Info = pdf.make_indirect(info)
    pdf.Root.Metadata = pdf.make_stream(_XMP.format(text).encode(), Type=Name.Metadata, Subtype=Name.XML)
    content = pdf.make_stream(text.encode() + b"\n")
    file = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("issue.txt"), EF=Dictionary(F=content)))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("issue.txt"), file])))
    pdf.trailer.ID = Array([String(text), String(text)])


def add(target: Any, **entries: Any) -> None:
    """Put entries into a dictionary object."""
    for name, value in entries.items():
        target[f"/{name}"] = value


def put(pdf: Pdf, page: int, annotation: Any) -> None:
    """Put an annotation on a page (from 1)."""
    home = pdf.pages[page - 1].obj
    if "/Annots" not in home:
        home.Annots = Array()
    home.Annots.append(annotation)


def field(pdf: Pdf, name: str) -> Any:
    """Return the field object of a name."""
    return next(one for one in pdf.Root.AcroForm.Fields if str(one.get("/T")) == name)


def saved(pdf: Pdf, **options: Any) -> bytes:
    """Return the file's bytes; the first ID is kept."""
    target = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pikepdf warns of the very faults that tests make
        _save(pdf, target, options)
    return target.getvalue()


def _save(pdf: Pdf, target: BytesIO, options: dict[str, Any]) -> None:
    pdf.save(target, static_id="/ID" not in pdf.trailer, **options)


def appended(data: bytes, change: Callable[[Pdf], tuple[int, bytes]]) -> bytes:
    """Return `data` with one object rewritten in an appended revision, as most programs save a filled form."""
    with pikepdf.open(BytesIO(data)) as pdf:
        number, body = change(pdf)
        root, size = pdf.Root.objgen[0], int(pdf.trailer.Size)
    before = int(data[data.rfind(b"startxref") + 9 : data.rfind(b"%%EOF")])
    head = data if data.endswith(b"\n") else data + b"\n"
    entry = b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"xref\n0 1\n0000000000 65535 f \n%d 1\n%010d 00000 n \n" % (number, len(head))
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (size, root, before)
    return b"".join([head, entry, table, trailer, b"startxref\n%d\n%%%%EOF\n" % (len(head) + len(entry))])


def read(source: Pdf | bytes) -> RawReturn:
    """Return the raw return of a form or of its bytes."""
    return PdfReader().extract(saved(source) if isinstance(source, Pdf) else source, PLACES)


def cell(raw: RawReturn, key: str) -> RawCell:
    """Return the one cell of a key."""
    [found] = [one for one in raw.cells if one.key == key]
    return found


def codes(raw: RawReturn) -> set[str]:
    """Return the codes of a return's problems."""
    return {problem.code for problem in raw.problems}
