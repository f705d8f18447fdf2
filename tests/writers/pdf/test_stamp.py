"""ST001 values are in the fields, as pypdf and pikepdf read them · ST002 fields show them · ST003 every carrier has
the token · ST004 only what has a value is written · ST005 what does not match is an error that names its key · ST006
a text that is too long goes on over sheets · ST007 the file is whole: qpdf, PDF/UA-1, same bytes."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pypdf
import pypdfium2
import pytest
import zxingcpp

from formwright import token
from formwright.errors import Faults
from formwright.layout import (
    Area,
    Control,
    Field,
    Group,
    Heading,
    Layout,
    Line,
    ManyOf,
    OneOf,
    Option,
    Run,
    Stamp,
    Tick,
    Value,
)
from formwright.writers.pdf.compile import compile as compile_pdf
from formwright.writers.pdf.fonts import Fonts
from formwright.writers.pdf.plan import Compiled
from formwright.writers.pdf.stamp import Stamper
from formwright.writers.pdf.syntax import name, text_string

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("FORMWRIGHT_FONTS", ROOT / ".cache/fonts"))
FONTS = Fonts.packaged(FOLDER)
needs_fallback = pytest.mark.skipif(
    not all(face.font for face in FONTS.fallbacks), reason=f"the fallback fonts are not in {FOLDER}"
)
WORDS = {
    "page": "Page {n} of {m}",
    "continued": "continued on sheet {n}",
    "sheet": "Continuation sheet {n}",
    "code": "Code for machines",
    "sample": "Sample",
}
YES_NO = (Option(code="yes", label="Yes"), Option(code="no", label="No"))
SENT = (Option(code="mail", label="Mail"), Option(code="fax", label="Fax"), Option(code="disk", label="Disk"))
TEAMS = (Option(code="full_time", label="Full-time manager"), Option(code="port", label="Port team"))
CONTROLS: tuple[Control, ...] = (
    Line(key="name", name="A.1 Name", label="Name", max_length=120),
    Line(key="name.number", name="A.1 Number", label="Number", width=3),
    Tick(key="name_confirm", name="A.1 Correct as shown", label="Correct as shown"),
    OneOf(key="remits", name="A.2 Remits", options=YES_NO),
    ManyOf(key="sent", name="A.3 Sent", options=SENT),
    OneOf(key="team", name="A.4 Team", options=TEAMS, style="list"),
    Area(key="about", name="A.5 About", label="About", lines=3),
    Line(key="spare", name="A.6 Spare", label="Spare"),
)
LONG = "Machine parts, bearings and electric motors come from suppliers in several countries. " * 9
VALUES: dict[str, Value] = {
    "name": "Example (West) \\ Sons — “Пример” Việt Ελλάδα",
    "name_confirm": True,
    "remits": "no",
    "sent": ("mail", "disk"),
    "team": "port",
    "about": "First line\r\nSecond (line)",
    "spare": "",
}


def form() -> Layout:
    blocks = tuple(Field(control=control) for control in CONTROLS)
    item = Group(role="item", number="A.1", runs=(Run("What is it?"),), anchor="a", blocks=blocks)
    section = Group(role="section", number="A", title="General", anchor="s", blocks=(item,))
    return Layout(
        id="small",
        version="1",
        title="Small",
        language="en",
        running="Small",
        foot="Small, version 1",
        blocks=(Heading(text="Small", level=1), section),
        words=WORDS,
    )


@pytest.fixture(scope="module")
def plain() -> Compiled:
    return compile_pdf(form())


@pytest.fixture(scope="module")
def sheets() -> Compiled:
    return compile_pdf(form(), 2)


def issue(compiled: Compiled, values: dict[str, Value], **other: object) -> Stamp:
    tokens = token.mint_all(b"k" * 32, "K1", "ws", "Q-2027-0042", "acme", "f" * 64, len(compiled.pages))
    made = Stamp(values=values, tokens=tokens, foot="Q-2027-0042 · 22 November 2026 · Example Inc.")
    return replace(made, **other)  # type: ignore[arg-type]


def stamped(compiled: Compiled, values: dict[str, Value], **other: object) -> bytes:
    return Stamper(compiled, FONTS).stamp(issue(compiled, values, **other))


def read(data: bytes) -> dict[str, object]:
    """Return what strict pypdf reads: name -> value, for fields that have one."""
    found = pypdf.PdfReader(io.BytesIO(data), strict=True).get_fields() or {}
    return {key: field.value for key, field in found.items() if field.value not in (None, "", "/Off")}


def faults(compiled: Compiled, values: dict[str, Value]) -> list[str]:
    with pytest.raises(Faults) as caught:
        stamped(compiled, values)
    return [f"{fault.code} {fault.item} {fault.message}" for fault in caught.value.faults]


# ---- values -------------------------------------------------------------------------------------


def test_pypdf_reads_every_value(plain: Compiled) -> None:
    found = read(stamped(plain, VALUES))
    assert str(found.pop("form:token")).startswith("Q-2027-0042:K1:000:")
    assert found == {
        "name": "Example (West) \\ Sons — “Пример” Việt Ελλάδα",
        "name_confirm": "/on",
        "remits": "/no",
        "sent#mail": "/mail",
        "sent#disk": "/disk",
        "team": "port",
        "about": "First line\nSecond (line)",
    }


def test_pikepdf_finds_the_state_of_every_tick(plain: Compiled) -> None:
    states = {}
    with pikepdf.open(io.BytesIO(stamped(plain, VALUES))) as pdf:
        for one in pdf.Root.AcroForm.Fields:
            for widget in one.get("/Kids", [one]):
                if "/AS" in widget:
                    states[str(widget.get("/TU"))] = str(widget.AS)
        assert pdf.get_warnings() == []
    assert states == {
        "A.1 Correct as shown": "/on",
        "A.2 Remits: Yes": "/Off",
        "A.2 Remits: No": "/no",
        "A.3 Sent: Mail": "/mail",
        "A.3 Sent: Fax": "/Off",
        "A.3 Sent: Disk": "/disk",
    }


def test_only_fields_that_have_a_value_are_written(plain: Compiled) -> None:
    update = Stamper(plain, FONTS).update(issue(plain, {"name": "Example"}))
    assert update.count(b"/Subtype /Widget") == 2  # the name and the token
    assert b"name_confirm" not in update


def test_nothing_is_known_of_a_blank_issue(plain: Compiled) -> None:
    assert set(read(stamped(plain, {}))) == {"form:token"}


@pytest.mark.parametrize("value", [False, (), ""])
def test_no_tick_and_no_text_are_no_value(plain: Compiled, value: Value) -> None:
    key = {False: "name_confirm", (): "sent", "": "name"}[value]
    assert set(read(stamped(plain, {key: value}))) == {"form:token"}


# ---- appearances --------------------------------------------------------------------------------


def text_of(data: bytes) -> str:
    """Return all text of the pages as pdfium finds it once the fields are part of them."""
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        found = []
        for number in range(len(document)):
            document[number].flatten()
            found.append(document[number].get_textpage().get_text_bounded())
    return "\n".join(found).replace("\r\n", "\n")


def test_fields_show_their_values(plain: Compiled) -> None:
    text = text_of(stamped(plain, VALUES))
    for line in ("Example (West) \\ Sons — “Пример” Việt Ελλάδα", "First line", "Second (line)", "Port team"):
        assert line in text


@needs_fallback
def test_chinese_japanese_and_korean_are_shown_and_read_back(plain: Compiled) -> None:
    name = "深圳市安全贸易有限公司 (Shenzhen) 株式会社 한국무역"
    data = stamped(plain, {"name": name})
    assert read(data)["name"] == name
    assert name in text_of(data)
    assert len(data) - len(plain.template) < 40_000


def test_long_text_in_a_narrow_field_shrinks_but_is_whole(plain: Compiled) -> None:
    data = stamped(plain, {"name.number": "12-3456789-ABCDEF"})
    assert "12-3456789-ABCDEF" in text_of(data)


# ---- identity -----------------------------------------------------------------------------------


def test_every_carrier_has_the_token_of_the_whole(plain: Compiled) -> None:
    made = issue(plain, VALUES)
    data = Stamper(plain, FONTS).stamp(made)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.trailer.Info.FormwrightToken) == made.tokens[0]
        assert str(pdf.trailer.Info.Title) == "Small"
        assert bytes(pdf.trailer.ID[0]) == made.tokens[0].encode()
        assert made.tokens[0].encode() in pdf.Root.Metadata.read_bytes()
        (attached,) = pdf.attachments.values()
        assert attached.get_file().read_bytes().strip() == made.tokens[0].encode()
    assert read(data)["form:token"] == made.tokens[0]


def test_every_page_has_its_own_code_and_the_foot(sheets: Compiled) -> None:
    made = issue(sheets, VALUES)
    data = Stamper(sheets, FONTS).stamp(made)
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == len(made.tokens) - 1
        for number, expected in enumerate(made.tokens[1:]):
            codes = zxingcpp.read_barcodes(document[number].render(scale=150 / 72).to_pil())
            assert [code.text.strip() for code in codes] == [expected]
            assert "Q-2027-0042 · 22 November 2026 · Example Inc." in document[number].get_textpage().get_text_bounded()


def test_an_issue_with_a_fictional_key_says_so_in_the_foot(plain: Compiled) -> None:
    assert "Sample · Q-2027-0042" in text_of(stamped(plain, {}, sample=True))
    assert "Sample" not in text_of(stamped(plain, {}))


def test_a_foot_that_is_too_long_is_cut_with_an_ellipsis(plain: Compiled) -> None:
    assert re.search(r"Example E?x?a?m?p?l?e?…", text_of(stamped(plain, {}, foot="Example " * 80)))


def test_the_number_of_tokens_must_be_that_of_the_pages(plain: Compiled) -> None:
    made = issue(plain, {})
    with pytest.raises(ValueError, match="tokens for"):
        Stamper(plain, FONTS).stamp(replace(made, tokens=made.tokens[:-1]))


# ---- what does not match ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"other": "x"}, "unknown_value other other: the form has no field of this key"),
        ({"form.token": "x"}, "unknown_value form form.token: the form has no field of this key"),
        ({"remits": "maybe"}, "wrong_value remits remits: 'maybe' is not one of yes, no."),
        ({"team": "Port team"}, "wrong_value team team: 'Port team' is not one of full_time, port."),
        ({"sent": ("mail", "post")}, "wrong_value sent sent: 'post' is not one of mail, fax, disk."),
        ({"sent": "mail"}, "wrong_value sent sent: a list of codes is wanted, not 'mail'."),
        ({"sent": True}, "wrong_value sent sent: a list of codes is wanted, not True."),
        ({"name_confirm": "yes"}, "wrong_value name_confirm name_confirm: yes or no (a tick) is wanted, not 'yes'."),
        ({"name": True}, "wrong_value name name: a text is wanted, not True."),
        ({"name": "x" * 121}, "too_long name name: the text has 121 characters, 120 are allowed."),
        ({"name": "two\nlines"}, "line_break name name: the text has a line break, its field one line."),
        ({"name.number": "שלום"}, "needs_shaping name name.number: the character U+05E9 (HEBREW LETTER SHIN)"),
        ({"about": "a\x07"}, "control_character about about: the character U+0007"),
        ({"about": "😀"}, "no_glyph about about: the character U+1F600 (GRINNING FACE)"),
    ],
)
def test_a_value_that_does_not_match_is_an_error_with_its_key(
    plain: Compiled, values: dict[str, Value], expected: str
) -> None:
    (found,) = faults(plain, values)
    assert found.startswith(expected)


def test_all_that_is_wrong_is_said_at_once(plain: Compiled) -> None:
    assert len(faults(plain, {"other": "x", "remits": "maybe", "name": "שלום", "about": "fine"})) == 3


def test_a_foot_that_cannot_be_drawn_is_an_error(plain: Compiled) -> None:
    with pytest.raises(Faults, match="foot: the character U\\+05E9"):
        stamped(plain, {}, foot="שלום")


# ---- continuation sheets ------------------------------------------------------------------------


def test_a_long_text_is_whole_in_its_field_and_on_the_sheet(sheets: Compiled) -> None:
    titles = {"about": "A.5 About it", "name.number": "A.1 Number"}
    data = Stamper(sheets, FONTS).stamp(issue(sheets, {"about": LONG, "name.number": "12 " * 30}), titles)
    values, text = read(data), text_of(data)
    assert (values["about"], values["name:number"]) == (LONG, "12 " * 30)
    assert values["form:sheet1:title"] == "A.1 Number"
    assert values["form:sheet1:text"] == f"{'12 ' * 30}\n\nA.5 About it\n{LONG}"
    assert text.count("continued on sheet 1") == 2
    assert text.count("electric motors") > 9  # nine on the sheet, and those that the field has room for
    assert "form:sheet2:text" not in values


def test_a_text_longer_than_a_sheet_goes_on_over_the_next(sheets: Compiled) -> None:
    text = "\n".join(f"line {number}" for number in range(70))
    data = Stamper(sheets, FONTS).stamp(issue(sheets, {"about": text}))
    values = read(data)
    assert f"{values['form:sheet1:text']}\n{values['form:sheet2:text']}" == text
    assert values["form:sheet2:title"] == "about"  # no title was given
    shown = text_of(data)
    assert "continued on sheet 2" in shown
    assert "line 0\n" in shown
    assert "line 69" in shown


def test_the_titles_of_a_sheet_are_whole(sheets: Compiled) -> None:
    long = "A.5 Identify and explain all retroactive price increases, rebates, allowances, or price adjustments " * 3
    titles = {"about": long + "to the end", "name.number": "A.1 Number"}
    for values in ({"about": LONG}, {"name.number": "12 " * 30, "about": LONG}):
        text = " ".join(text_of(Stamper(sheets, FONTS).stamp(issue(sheets, values), titles)).split())
        assert " ".join(titles["about"].split()) in text


def test_sheets_that_are_too_few_are_the_callers_mistake(plain: Compiled) -> None:
    with pytest.raises(ValueError, match="0 continuation sheets are too few for about"):
        stamped(plain, {"about": LONG})


# ---- the file -----------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [{}, VALUES, {"about": LONG}])
def test_pdf_ua_holds(sheets: Compiled, values: dict[str, Value]) -> None:
    report = page.validate_pdf_bytes(stamped(sheets, values), profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []


@needs_fallback
def test_pdf_ua_holds_with_embedded_glyphs(plain: Compiled) -> None:
    data = stamped(plain, {"name": "深圳市 株式会社 한국"})
    report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []


@pytest.mark.program("qpdf")
@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_has_nothing_to_say(plain: Compiled, tmp_path: Path) -> None:
    path = tmp_path / "stamped.pdf"
    path.write_bytes(stamped(plain, VALUES))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_it_is_an_update_and_the_template_stands_before_it(plain: Compiled) -> None:
    data = stamped(plain, VALUES)
    assert data.startswith(plain.template)
    assert data.endswith(b"%%EOF\n")
    assert data.count(b"startxref") == plain.template.count(b"startxref") + 1


def test_the_same_issue_is_the_same_bytes_in_any_order_of_its_values(plain: Compiled) -> None:
    stamper = Stamper(plain, FONTS)
    turned = dict(reversed(VALUES.items()))
    assert stamper.stamp(issue(plain, VALUES)) == stamper.stamp(issue(plain, turned)) == stamped(plain, VALUES)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", b"(plain)"),
        ("a (b) \\c", b"(a \\(b\\) \\\\c)"),
        ("é", b"<feff00e9>"),
        ("þÿ", b"<feff00fe00ff>"),
        ("𠮷", b"<feffd842dfb7>"),
    ],
)
def test_text_strings(text: str, written: bytes) -> None:
    assert text_string(text) == written


@pytest.mark.parametrize(
    ("text", "written"), [("yes", b"/yes"), ("a b", b"/a#20b"), ("x#1", b"/x#231"), ("é", b"/#C3#A9")]
)
def test_names(text: str, written: bytes) -> None:
    assert name(text) == written
