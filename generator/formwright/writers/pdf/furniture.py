"""What belongs to the page and the file rather than to a question: marks, code, foot, properties, attachment.

Every page draws, first of all and as an artifact, four registration squares, its code and the second line of the foot.
They are placeholders here: the stamp rewrites the form XObjects `QR1..n` and `FwFoot`, the embedded file and the XMP.
All pages share one /Resources, so every name is unique in the file. Positions match `document.css`.
"""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from formwright.layout import Layout

MM: Final = 72 / 25.4
MARK: Final = 4.2 * MM
MARK_EDGE: Final = 10 * MM
"""Registration squares: 4.2 mm wide, 10 mm from the edges of the paper (PDF.md 8)."""
CODE: Final = 18 * MM
"""The code with its quiet zone of 4 modules of 33; with less, scans at 100 dpi are not read (PDF.md 8)."""
CODE_RIGHT: Final = 558 + CODE * 4 / 33
CODE_BOTTOM: Final = 37.0
"""The code's last module stands at the right margin; its quiet zone stays clear of the mark below it."""
FOOT_AT: Final = (54.0, 47.0)
FOOT_BOX: Final = (0.0, 0.0, 386.0, 24.0)
"""Room for two lines of 12, right below the first line of the foot."""
PRODUCER: Final = "Formwright"
ATTACHMENT: Final = "issue.txt"
EMPTY: Final = b"q Q"
"""A stream of no bytes makes mupdf warn of premature end of data."""

_XMP_HEAD: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>{producer}</pdf:Producer></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:fw="urn:formwright:issue"><fw:token>"""
_XMP_TAIL: Final = """</fw:token></rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def xmp(layout: Layout) -> tuple[bytes, bytes]:
    """Return the XMP packet before and after the token (ISO 14289-1 5 wants its pdfuaid:part)."""
    words = {
        "producer": PRODUCER,
        "title": layout.title,
        "author": layout.author or PRODUCER,
        "language": layout.language,
    }
    head = _XMP_HEAD.format_map({key: escape(text) for key, text in words.items()})
    return head.encode(), _XMP_TAIL.encode()


def form_xobject(pdf: Pdf, content: bytes, box: tuple[float, ...], resources: Dictionary | None = None) -> Stream:
    """Return a new indirect form XObject."""
    stream = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([round(x, 3) for x in box]))
    if resources is not None:
        stream.Resources = resources
    return stream


def _furniture(number: int, width: float, height: float, marked: bool) -> bytes:
    """Return the first content stream of a page: marks, its code, the foot."""
    far_x, far_y = width - MARK_EDGE - MARK, height - MARK_EDGE - MARK
    corners = [(x, y) for y in (MARK_EDGE, far_y) for x in (MARK_EDGE, far_x)]
    marks = " ".join(f"{x:.3f} {y:.3f} {MARK:.3f} {MARK:.3f} re" for x, y in corners)
    scale = CODE / 33
    drawn = f"q 0 g {marks} f Q\n" if marked else ""
    return (
        f"/Artifact <</Type /Layout>> BDC\n{drawn}"
        f"q {scale:.5f} 0 0 {scale:.5f} {CODE_RIGHT - CODE:.3f} {CODE_BOTTOM:.3f} cm /QR{number} Do Q\nEMC\n"
        f"/Artifact <</Type /Pagination>> BDC\n"
        f"q 1 0 0 1 {FOOT_AT[0]:g} {FOOT_AT[1]:g} cm /FwFoot Do Q\nEMC\n"
    ).encode()


def add_furniture(pdf: Pdf, marked: bool = True) -> None:
    """Put marks (where there is something to read back), code and foot on every page, in front of WeasyPrint's
    content, which begins with an open matrix."""
    foot = form_xobject(pdf, EMPTY, FOOT_BOX, Dictionary())
    for number, page in enumerate(pdf.pages, start=1):
        width, height = (float(page.MediaBox[2]), float(page.MediaBox[3]))
        xobjects = page.Resources.XObject
        xobjects.FwFoot = foot
        xobjects[f"/QR{number}"] = form_xobject(pdf, EMPTY, (0, 0, 33, 33))
        page.contents_add(pdf.make_stream(_furniture(number, width, height, marked)), prepend=True)
        page.contents_coalesce()  # one stream a page: a reader asks for each of them


def add_properties(pdf: Pdf, layout: Layout) -> None:
    """Write the document's properties: no dates, our name, and room for the token in XMP and attachment."""
    info = Dictionary(Title=String(layout.title), Producer=String(PRODUCER))
    if layout.author:
        info.Author = String(layout.author)
    pdf.trailer.Info = pdf.make_indirect(info)
    root = pdf.Root
    head, tail = xmp(layout)
    root.Metadata = pdf.make_stream(head + tail, Type=Name.Metadata, Subtype=Name.XML)
    root.Lang = String(layout.language)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    for page in pdf.pages:
        page.Tabs = Name.S


def add_attachment(pdf: Pdf, words: str) -> None:
    """Embed a small text file that the stamp fills with the token: it outlives flattening by most programs."""
    content = pdf.make_stream(b"\n", Type=Name.EmbeddedFile, Subtype=Name("/text/plain"))
    file = Dictionary(
        Type=Name.Filespec,
        F=String(ATTACHMENT),
        UF=String(ATTACHMENT),
        EF=Dictionary(F=content, UF=content),
        AFRelationship=Name.Data,
        Desc=String(words),
    )
    reference = pdf.make_indirect(file)
    names = pdf.Root.get("/Names", Dictionary())
    names.EmbeddedFiles = Dictionary(Names=Array([String(ATTACHMENT), reference]))
    pdf.Root.Names = names
    pdf.Root.AF = Array([reference])
