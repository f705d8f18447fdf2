"""A small Word form made by hand, in the XML that Word writes; tests meddle with it and read it.

question company    name (line) irs (line) under labels, a tick "Correct as shown"
question branch     open (ticks Yes, No)  port (list) since (date) under labels  notes (area) alone
question officers   a table: known row r1, then r2 and r3, which the account can repeat
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape, quoteattr

from formwright import token
from formwright.intake.wire import SentPlace
from formwright.raw import RawCell, RawReturn
from formwright.readers.docx import DocxReader

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
TOKEN = token.mint(bytes(range(32)), "K1", "w1", "Q-2027-0001", "acme", "f" * 16, 0)
PORTS = (("sea", "Sea port"), ("air", "Airport"), ("t1", "Terminal"), ("t2", "Terminal"))
COLUMNS = {"name": "Name", "title": "Title", "share.percent": "Share"}
HEADINGS = {
    "company": "A.1 Company’s full name and number.",
    "branch": "A.2 Is there a branch, and since when?",
    "officers": "A.3 Name and title of the account’s officers.",
}


# ---- pieces of XML ------------------------------------------------------------------------------


def run(text: str, style: str = "") -> str:
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    inside = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r>{look}<w:t xml:space="preserve">{inside}</w:t></w:r>' if text else ""


def p(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


def control(tag: str, content: str, *, alias: str = "", sort: str = "", showing: bool = False) -> str:
    named = f"<w:alias w:val={quoteattr(alias)}/>" if alias else ""
    named += f"<w:tag w:val={quoteattr(tag)}/>" if tag else ""
    hint = "<w:showingPlcHdr/>" if showing else ""
    return f"<w:sdt><w:sdtPr>{named}{hint}{sort}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def typed(tag: str, text: str, *, alias: str = "", sort: str = "", prompt: str = "Type here") -> str:
    """Return a control with a text, or with its prompt."""
    content = run(text) if text else run(prompt, "PlaceholderText")
    return control(tag, content, alias=alias, sort=sort, showing=not text)


def tick(tag: str, on: bool, *, alias: str = "", sign: str = "") -> str:
    box = f'<w14:checkbox><w14:checked w14:val="{int(on)}"/></w14:checkbox>'
    return control(tag, run(sign or "☐☒"[on]), alias=alias, sort=box)


def cell(*paragraphs: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(paragraphs) or p()}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, style: str = "FWFields") -> str:
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/></w:tblPr><w:tblGrid/>{"".join(rows)}</w:tbl>'


def heading(item: str, words: str = "", *, marked: bool = True) -> str:
    number, _, text = (words or HEADINGS[item]).partition(" ")
    start = f'<w:bookmarkStart w:id="1" w:name="_Q_{item}"/>' if marked else ""
    content = f"<w:r><w:t>{number}</w:t><w:tab/></w:r>{run(text)}"
    return p(start, content, '<w:bookmarkEnd w:id="1"/>' if marked else "")


def labelled(labels: tuple[str, ...], *controls: str) -> str:
    return table(row(*(cell(p(run(label))) for label in labels)), row(*(cell(p(one)) for one in controls)))


def swap(body: str, old: str, new: str) -> str:
    """Return a body with one piece for another, which is in it."""
    assert old in body, old
    return body.replace(old, new)


# ---- the form -----------------------------------------------------------------------------------

VALUES: dict[str, str] = {
    "company.name": "Yonder Lamps, Inc.",
    "company.irs": "00-0000011",
    "company_confirm": "",
    "branch.open#yes": "",
    "branch.open#no": "",
    "branch.port": "",
    "branch.since": "",
    "branch.notes": "",
    "officers.r1.name": "Ann Example",
    "officers.r1.title": "President",
    "officers.r2.name": "",
    "officers.r2.title": "",
    "officers.r3.name": "",
    "officers.r3.title": "",
    "officers.r1.share.percent": "60",
    "officers.r2.share.percent": "",
    "officers.r3.share.percent": "",
}


class Make:
    """Makes the form; `names`: whether controls carry tags, aliases ("alias"), nothing ("none") or are plain text."""

    def __init__(self, values: Mapping[str, str] = {}, *, names: str = "tag", marked: bool = True) -> None:
        self.values = {**VALUES, **values}
        self.names = names
        self.marked = marked

    def text(self, name: str, sort: str = "", prompt: str = "Type here") -> str:
        value = self.values[name]
        if self.names == "plain":
            return run(value or prompt)
        tag = name if self.names == "tag" else ""
        return typed(tag, value, alias="" if self.names == "none" else f"Spoken {name}", sort=sort, prompt=prompt)

    def box(self, name: str) -> str:
        on = bool(self.values[name])
        if self.names == "plain":
            return run("☐☒"[on])
        tag = name if self.names == "tag" else ""
        return tick(tag, on, alias="" if self.names == "none" else f"Spoken {name}")

    def company(self) -> str:
        fields = labelled(("Full name", "Number"), self.text("company.name"), self.text("company.irs"))
        ticks = p(self.box("company_confirm"), run(" Correct as shown"))
        return heading("company", marked=self.marked) + fields + ticks

    def branch(self) -> str:
        ticks = p(self.box("branch.open#yes"), run(" Yes        "), self.box("branch.open#no"), run(" No"))
        port = self.text("branch.port", "<w:dropDownList/>", "Choose")
        since = self.text("branch.since", "<w:date/>", "Choose a date")
        notes = table(row(cell(p(self.text("branch.notes")))))
        fields = labelled(("Port", "Since"), port, since)
        return heading("branch", marked=self.marked) + ticks + fields + p(run("Say more.")) + notes

    def officer(self, number: int) -> str:
        return row(*(cell(p(self.text(f"officers.r{number}.{column}"))) for column in COLUMNS))

    def officers(self, *rows: str) -> str:
        spare = "".join(
            control("", one, sort="<w15:repeatingSectionItem/>") for one in (self.officer(2), self.officer(3))
        )
        repeating = control("officers", spare, sort="<w15:repeatingSection/>") if self.names == "tag" else ""
        rows = rows or (self.officer(1), *((repeating,) if repeating else (self.officer(2), self.officer(3))))
        head = row(*(cell(p(run(words))) for words in COLUMNS.values()))
        return heading("officers", marked=self.marked) + table(head, *rows)

    def front(self) -> str:
        return p(run("General Questionnaire"))

    def body(self) -> str:
        return self.front() + self.company() + self.branch() + self.officers()


def _text(name: str, words: str, at: tuple[int, ...], kind: str = "line") -> SentPlace:
    item = name.partition(".")[0]
    labels = PORTS if kind == "list" else ()
    return _place(name, name, kind, item, words=words, at=at, labels=labels)


def _place(key: str, name: str, kind: str, item: str, **more: object) -> SentPlace:
    facts = {"key": key, "name": name, "kind": kind, "page": 0, "box": (0.0, 0.0, 0.0, 0.0), "region": f"_Q_{item}"}
    alias = f"Spoken {name}" if kind not in ("heading", "text", "property") else ""
    return SentPlace(**{"alias": alias, **facts, **more})  # type: ignore[arg-type]


PRINTED = (
    *HEADINGS.values(),
    *("General Questionnaire", "Full name", "Number", "Correct as shown", "Yes No", "Port", "Since", "Say more."),
    *COLUMNS.values(),
)
PLACES = (
    *(_place(f"form.question.{item}", f"_Q_{item}", "heading", item, words=words) for item, words in HEADINGS.items()),
    _text("company.name", "Full name", (0, 1, 0)),
    _text("company.irs", "Number", (0, 1, 1)),
    _place("company_confirm", "company_confirm", "tick", "company", words="Correct as shown"),
    _place("branch.open", "branch.open#yes", "tick", "branch", words="Yes", code="yes"),
    _place("branch.open", "branch.open#no", "tick", "branch", words="No", code="no"),
    _text("branch.port", "Port", (0, 1, 0), "list"),
    _text("branch.since", "Since", (0, 1, 1), "date"),
    _text("branch.notes", "Say more.", (1, 0, 0), "area"),
    *(
        _text(f"officers.r{number}.{field}", words, (0, number, column))
        for number in (1, 2, 3)
        for column, (field, words) in enumerate(COLUMNS.items())
    ),
    _place("form.text", "text", "text", "", region="", words="\n".join(PRINTED)),
    _place("form.token", "FormwrightToken", "property", "", region=""),
)


# ---- the file -----------------------------------------------------------------------------------


def document(body: str) -> str:
    hidden = f'<w:p><w:bookmarkStart w:id="9" w:name="{mark_of(TOKEN)}"/><w:r><w:rPr><w:vanish/></w:rPr>'
    hidden += f'<w:t>{TOKEN}</w:t></w:r><w:bookmarkEnd w:id="9"/></w:p>'
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {SPACES}><w:body>{body}{hidden}</w:body></w:document>'


def mark_of(text: str) -> str:
    return "_T_" + "".join(one if one.isalnum() else "_" for one in text)


def parts(body: str) -> dict[str, str]:
    """Return the parts of a file by name."""
    custom = f'<Properties><property name="FormwrightToken"><v>{TOKEN}</v></property></Properties>'
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": "<Relationships/>",
        "word/document.xml": document(body),
        "word/footer1.xml": f"<w:ftr {SPACES}>{p(run(f'Code {TOKEN}'))}</w:ftr>",
        "docProps/core.xml": f'<c xmlns:dc="urn:dc"><dc:identifier>{TOKEN}</dc:identifier></c>',
        "docProps/custom.xml": custom,
        "docProps/app.xml": "<P><Application>Handmade</Application><AppVersion>1.0</AppVersion></P>",
    }


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return target.getvalue()


def saved(body: str | None = None, change: Callable[[dict[str, str]], None] | None = None) -> bytes:
    """Return the file with a body (the form, blank, if none is given) after a change to its parts."""
    members = parts(Make().body() if body is None else body)
    if change:
        change(members)
    return packed(members)


def read(body: str | bytes) -> RawReturn:
    """Return the raw return of a body, or of a file's bytes."""
    return DocxReader().extract(saved(body) if isinstance(body, str) else body, PLACES)


def cell_of(raw: RawReturn, key: str) -> RawCell:
    """Return the one cell of a key."""
    [found] = [one for one in raw.cells if one.key == key]
    return found


def codes(raw: RawReturn) -> set[str]:
    """Return the codes of a return's problems."""
    return {problem.code for problem in raw.problems}
