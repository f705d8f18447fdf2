"""WeasyPrint's text inputs -> the fields that they stand for (ISO 32000-1, 12.7).

WeasyPrint writes every input as a text field in the right place, tagged and in reading order; that alone is kept.
Each becomes a text field, a list, a tick or the kid of a radio group, with its flags, spoken name and appearance.
The field's face is embedded here as a font of its own, so that the running text stays searchable.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from formwright import ids, resources
from formwright.layout import Area, Control, Line, ManyOf, OneOf, Option, Tick
from formwright.writers.pdf.furniture import EMPTY, form_xobject
from formwright.writers.pdf.plan import FieldKind

FIELD_FACE: Final = "templates/assets/fonts/NotoSansField-Regular.ttf"
FONT: Final = "FwField"
TOKEN_KEY: Final = ids.join(ids.FORM, "token")

READ_ONLY: Final = 1
REQUIRED: Final = 1 << 1
MULTILINE: Final = 1 << 12
RADIO: Final = (1 << 14) | (1 << 15)
"""Radio, and no way back to none (ISO 32000-1, table 226): readers that know no NoToggleToOff ignore it."""
COMBO: Final = 1 << 17
PRINT, HIDDEN = 4, 2
INK: Final = 0.106
TALL: Final = 28.0
"""A fixed line of at least this height (points) has room for two lines of text."""

_TYPE_SIZE: Final = re.compile(r"/(\S+) ([\d.]+) Tf")
_TICK: Final = "q {w:.2f} w 1 J 1 j {ink} G {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l {x2:.2f} {y2:.2f} l S Q"


@dataclass(frozen=True, slots=True)
class Entry:
    """One input as we put it into the HTML: its control, and the option that it stands for."""

    control: Control
    option: Option | None = None

    @property
    def name(self) -> str:
        """Return the name of the input: the key, or key#code."""
        return ids.option_key(self.control.key, self.option.code) if self.option else self.control.key

    @property
    def spoken(self) -> str:
        """Return what a screen reader says of this widget."""
        return f"{self.control.name}: {self.option.label}" if self.option else self.control.name


@dataclass(frozen=True, slots=True)
class Made:
    """A field as it was made: name, kind, and all that the plan needs but cannot read back from the file."""

    key: str
    name: str
    kind: FieldKind
    codes: tuple[str, ...]
    fixed: bool
    size: float = 0
    strong: bool = False
    max_length: int | None = None
    labels: tuple[tuple[str, str], ...] = ()


def entries(control: Control) -> tuple[Entry, ...]:
    """Return the inputs of a control: one, or one for each option that is a tick."""
    if isinstance(control, ManyOf) or (isinstance(control, OneOf) and control.style == "ticks"):
        return tuple(Entry(control, option) for option in control.options)
    return (Entry(control),)


def retype(pdf: Pdf, controls: Iterable[Control]) -> tuple[Made, ...]:
    """Turn all inputs into the fields of `controls`, in their order; raises ValueError where the two do not match."""
    # An object of its own: else pdf.js can't note in it that an answer (in Chinese, say) is left to the viewer to draw.
    form = pdf.Root.AcroForm = pdf.make_indirect(pdf.Root.get("/AcroForm", Dictionary(Fields=Array())))
    found = _inputs(form)
    _drop_faces(pdf, found.values())
    maker = _Maker(pdf, add_face(pdf))
    made = tuple(field for control in controls for field in maker.fields(control, found))
    if found:
        raise ValueError(f"inputs without a control: {', '.join(found)}")
    maker.token(pdf.pages[0].obj)
    plain = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
    form.DR = Dictionary(Font=Dictionary({f"/{FONT}": maker.face, "/ZaDb": pdf.make_indirect(plain)}))
    form.DA = String(f"/{FONT} 10 Tf {INK} g")
    form.Fields = Array(maker.top)
    form.NeedAppearances = False
    return (*made, Made(TOKEN_KEY, ids.field_name(TOKEN_KEY), "line", ("",), True, 10))


def _inputs(form: Object) -> dict[str, Object]:
    """Return the widgets by the name of their input; two of one name would be two fields of one name."""
    found: dict[str, Object] = {}
    for widget in form.Fields:
        name = str(widget.T)
        if name in found:
            raise ValueError(f"the key {name!r} stands twice in the layout")
        found[name] = widget
    return found


def _drop_faces(pdf: Pdf, widgets: Iterable[Object]) -> None:
    """Take the whole faces that WeasyPrint embedded for the inputs out of the pages' resources."""
    names = {match[1] for widget in widgets if (match := _TYPE_SIZE.search(str(widget.DA)))}
    fonts = pdf.pages[0].Resources.get("/Font", Dictionary())
    for name in names:
        if f"/{name}" in fonts:
            del fonts[f"/{name}"]


class _Maker:
    """Makes the fields of one document; streams of ticks are shared by all of one size."""

    def __init__(self, pdf: Pdf, face: Object) -> None:
        self.pdf, self.face = pdf, face
        self.top: list[Object] = []
        self._drawn: dict[tuple[str, float, float], Object] = {}

    def fields(self, control: Control, found: dict[str, Object]) -> Iterator[Made]:
        """Make the field of a control (several for a ManyOf) from its inputs, which are taken out of `found`."""
        placed = []
        for entry in entries(control):
            if entry.name not in found:
                raise ValueError(f"the control {entry.name!r} has no place on the page")
            placed.append((entry, found.pop(entry.name)))
        if isinstance(control, OneOf) and control.style == "ticks":
            yield self._radio(control, placed)
            return
        for entry, widget in placed:
            yield self._tick(entry, widget) if isinstance(control, (Tick, ManyOf)) else self._text(entry, widget)

    def token(self, page: Object) -> None:
        """Add the hidden, read-only field of the token to a page: a field without widget breaks pdf-lib."""
        widget = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, Rect=Array([0, 0, 0, 0]), P=page, F=HIDDEN, FT=Name.Tx, Ff=READ_ONLY
        )
        widget.T, widget.TU = String(ids.field_name(TOKEN_KEY)), String(TOKEN_KEY)
        widget.DA = String(f"/{FONT} 10 Tf {INK} g")
        reference = self.pdf.make_indirect(widget)
        page.Annots = Array([*page.get("/Annots", []), reference])
        self.top.append(reference)

    def _text(self, entry: Entry, widget: Object) -> Made:
        """Make a text field or a list, with an empty appearance of its own: there are programs that draw what is typed
        into the stream that is there, and one shared by all empty fields would then show it in each of them."""
        control = entry.control
        size = _type_size(widget)
        width, height = _bare(widget)
        kind = _text_kind(control, height)
        flags = {"area": MULTILINE, "list": COMBO}.get(kind, 0) | _flags(control)
        self._named(widget, Name.Ch if kind == "list" else Name.Tx, entry, flags)
        widget.DA = String(f"/{FONT} {size:g} Tf {INK} g")
        limit = control.max_length if isinstance(control, (Line, Area)) else None
        labels: tuple[tuple[str, str], ...] = ()
        if limit is not None:
            widget.MaxLen = limit
        if isinstance(control, OneOf):
            labels = tuple((option.code, option.label) for option in control.options)
            widget.Opt = Array([Array([String(code), String(label)]) for code, label in labels])
        face = Dictionary(Font=Dictionary({f"/{FONT}": self.face}))
        widget.AP = Dictionary(N=form_xobject(self.pdf, b"/Tx BMC EMC", (0, 0, width, height), face))
        strong = isinstance(control, Line) and control.strong
        return Made(control.key, str(widget.T), kind, ("",), control.fixed, size, strong, limit, labels)

    def _tick(self, entry: Entry, widget: Object) -> Made:
        """Make a check box: on-state `on`, or the code of the option that it stands for."""
        code = entry.option.code if entry.option else ""
        box = _bare(widget)
        self._named(widget, Name.Btn, entry, _flags(entry.control))
        widget.V = Name.Off
        self._button(widget, code or "on", "tick", box)
        return Made(entry.control.key, str(widget.T), "tick", (code,), entry.control.fixed)

    def _radio(self, control: OneOf, placed: list[tuple[Entry, Object]]) -> Made:
        """Make one group of all kids, also over a page break; the group speaks the question, a kid its option too."""
        flags = RADIO | _flags(control)
        group = Dictionary(FT=Name.Btn, Ff=flags, T=String(ids.field_name(control.key)), TU=String(control.name))
        group.V = Name.Off
        reference = self.pdf.make_indirect(group)
        for entry, widget in placed:
            box = _bare(widget)
            assert entry.option is not None  # a radio's entries always have one
            widget.Parent, widget.TU = reference, String(entry.spoken)
            self._button(widget, entry.option.code, "radio", box)
        reference.Kids = Array([widget for _, widget in placed])
        self.top.append(reference)
        codes = tuple(option.code for option in control.options)
        return Made(control.key, ids.field_name(control.key), "radio", codes, control.fixed)

    def _named(self, widget: Object, sort: Name, entry: Entry, flags: int) -> None:
        widget.FT = sort
        widget.T, widget.TU = String(ids.field_name(entry.name)), String(entry.spoken)
        if flags:
            widget.Ff = flags
        self.top.append(widget)

    def _button(self, widget: Object, state: str, shape: str, box: tuple[float, float]) -> None:
        """Give a tick its two states. The edge is drawn on the page; /MK is for programs that draw anew."""
        widget.AS = Name.Off
        widget.MK = Dictionary(CA=String("4" if shape == "tick" else "l"))
        widget.DA = String(f"/ZaDb 0 Tf {INK} g")
        widget.AP = Dictionary(N=Dictionary({f"/{state}": self._stream(shape, box), "/Off": self._stream("off", box)}))

    def _stream(self, shape: str, box: tuple[float, float]) -> Object:
        key = (shape, *box)
        if key not in self._drawn:
            self._drawn[key] = form_xobject(self.pdf, _drawing(shape, *box), (0, 0, *box), Dictionary())
        return self._drawn[key]


def _flags(control: Control) -> int:
    return (READ_ONLY if control.fixed else 0) | (REQUIRED if control.required else 0)


def _text_kind(control: Control, height: float) -> FieldKind:
    if isinstance(control, OneOf):
        return "list"
    tall = isinstance(control, Line) and control.fixed and height >= TALL
    return "area" if tall or isinstance(control, Area) else "line"


def _type_size(widget: Object) -> float:
    match = _TYPE_SIZE.search(str(widget.DA))
    if match is None:
        raise ValueError(f"the input {widget.T} has no type size")
    return round(float(match[2]), 2)


def _bare(widget: Object) -> tuple[float, float]:
    """Take everything of WeasyPrint's field off the widget but place, page and tag; return its width and height."""
    x0, y0, x1, y1 = (float(edge) for edge in widget.Rect)
    kept = {"/Type", "/Subtype", "/P", "/StructParent"}
    for key in [key for key in widget.keys() if key not in kept]:  # noqa: SIM118  # a pikepdf Dictionary
        del widget[key]
    rect = [round(edge, 2) for edge in (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))]
    widget.Rect, widget.F = Array(rect), PRINT
    widget.BS = Dictionary(W=0)
    return round(rect[2] - rect[0], 2), round(rect[3] - rect[1], 2)


def _drawing(shape: str, width: float, height: float) -> bytes:
    """Return the content of one state: a tick in two strokes, a dot, or nothing.

    Both are drawn heavy: a printed form is read by how dark a box is, on from 0.15 (PDF.md 3).
    """
    if shape == "off":
        return EMPTY
    if shape == "tick":
        points = {"x0": 0.14, "y0": 0.5, "x1": 0.4, "y1": 0.22, "x2": 0.88, "y2": 0.84}
        scaled = {name: part * (width if name[0] == "x" else height) for name, part in points.items()}
        return _TICK.format(w=0.2 * width, ink=INK, **scaled).encode()
    x, y, radius = width / 2, height / 2, min(width, height) * 0.38
    bend = radius * 0.5523
    arcs = " ".join(
        f"{x + a * radius + c * bend:.2f} {y + b * radius + d * bend:.2f} "
        f"{x + e * radius + g * bend:.2f} {y + f * radius + h * bend:.2f} {x + e * radius:.2f} {y + f * radius:.2f} c"
        for a, b, c, d, e, f, g, h in (
            (1, 0, 0, 1, 0, 1, 1, 0),
            (0, 1, -1, 0, -1, 0, 0, 1),
            (-1, 0, 0, -1, 0, -1, -1, 0),
            (0, -1, 1, 0, 1, 0, 0, -1),
        )
    )
    return f"q {INK} g {x + radius:.2f} {y:.2f} m {arcs} f Q".encode()


# ---- the field's face ---------------------------------------------------------------------------


def add_face(pdf: Pdf) -> Object:
    """Embed the field face whole as Type0, Identity-H: the glyph's number is its code (ISO 32000-1, 9.7)."""
    from fontTools.ttLib import TTFont

    data = resources.read_bytes(FIELD_FACE)
    face = TTFont(io.BytesIO(data), lazy=True)
    glyphs, scale = face.getGlyphOrder(), 1000 / face["head"].unitsPerEm
    name = f"/{face['name'].getDebugName(6) or 'FormwrightField'}"
    widths = Array([round(face["hmtx"][glyph][0] * scale) for glyph in glyphs])
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(name),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        CIDToGIDMap=Name.Identity,
        FontDescriptor=pdf.make_indirect(_descriptor(pdf, face, data, name, scale)),
        W=Array([0, widths]),
        DW=0,
    )
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(name), Encoding=Name("/Identity-H"))
    font.DescendantFonts = Array([pdf.make_indirect(descendant)])
    font.ToUnicode = pdf.make_stream(_to_unicode(face.getBestCmap(), {glyph: n for n, glyph in enumerate(glyphs)}))
    return pdf.make_indirect(font)


def _descriptor(pdf: Pdf, face: Any, data: bytes, name: str, scale: float) -> Dictionary:
    head, hhea = face["head"], face["hhea"]
    box = [round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(name),
        Flags=4,
        FontBBox=Array(box),
        ItalicAngle=0,
        Ascent=round(hhea.ascent * scale),
        Descent=round(hhea.descent * scale),
        CapHeight=round((getattr(face["OS/2"], "sCapHeight", 0) or hhea.ascent) * scale),
        StemV=80,
        FontFile2=pdf.make_stream(data, Length1=len(data)),
    )


def _to_unicode(cmap: dict[int, str], numbers: dict[str, int]) -> bytes:
    """Return the map from glyph to character, never from or to zero (ISO 14289-1, 7.21.7)."""
    pairs: dict[int, int] = {}
    for character, glyph in sorted(cmap.items()):
        if character and numbers[glyph]:
            pairs.setdefault(numbers[glyph], character)
    rows = [f"<{glyph:04x}> <{chr(character).encode('utf-16-be').hex()}>" for glyph, character in sorted(pairs.items())]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def",
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange",
        *("\n".join((f"{len(block)} beginbfchar", *block, "endbfchar")) for block in blocks),
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend",
    ]
    return "\n".join(lines).encode()
