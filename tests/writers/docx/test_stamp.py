"""Stamping: ST001 every sort of value stands in its control · ST002 nothing is lost or changed: markup, breaks,
scripts, length · ST003 what XML cannot hold is a fault · ST004 what the form does not ask is a fault · ST005 the token
stands in every carrier · ST006 same input, same bytes, in a zip that other programs read."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

import layouts
from formwright.errors import Faults
from formwright.layout import Field, Group, Line, Para, Run, Stamp
from formwright.writers.docx.compile import compile
from formwright.writers.docx.stamp import Stamper
from writers.docx.opened import FOOT, TOKEN, W14, W, Word, made, sample, stamped, words

VALUES: dict[str, Any] = {
    "form.prepared_for": "Sample Lamp Importers, Inc.",
    "company.name": "Sample & Sons <Lamps>",
    "officers.r1.name": "Inés Márquez-Høiland",
    "officers.r1_confirm": True,
    "legal_form": "llc",
    "programs": ("ftz", "tib"),
    "office.state": "VA",
    "office.since": "02/26/2019",
    "manuals.exist": "no",
    "manuals.summary": "First line\nsecond\tline",
    "certification.signature": "Inés Márquez",
}


@pytest.fixture(scope="module")
def word() -> Word:
    return Word(stamped(VALUES))


def is_on(word: Word, tag: str) -> bool:
    control = word.controls()[tag]
    state = control.find(f"{W}sdtPr/{W14}checkbox/{W14}checked").get(f"{W14}val") == "1"
    assert word.said(tag) == ("☒" if state else "☐")
    return state


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("form.prepared_for", "Sample Lamp Importers, Inc."),
        ("company.name", "Sample & Sons <Lamps>"),
        ("officers.r1.name", "Inés Márquez-Høiland"),
        ("office.state", "Virginia"),
        ("office.since", "02/26/2019"),
        ("manuals.summary", "First line\nsecond\tline"),
        ("certification.signature", "Inés Márquez"),
    ],
)
def test_a_text_stands_in_its_control(word: Word, tag: str, text: str) -> None:
    assert word.said(tag) == text
    assert word.controls()[tag].find(f"{W}sdtPr/{W}showingPlcHdr") is None


def test_ticks_are_on_where_they_are_chosen_and_nowhere_else(word: Word) -> None:
    on = {tag for tag, control in word.controls().items() if control.find(f".//{W14}checkbox") is not None}
    assert {tag for tag in on if is_on(word, tag)} == {
        "officers.r1_confirm",
        "legal_form#llc",
        "programs#ftz",
        "programs#tib",
        "manuals.exist#no",
    }


def test_a_date_says_so_to_the_calendar(word: Word) -> None:
    date = word.controls()["office.since"].find(f"{W}sdtPr/{W}date")
    assert date.get(f"{W}fullDate") == "2019-02-26T00:00:00Z"
    assert date.find(f"{W}dateFormat").get(f"{W}val") == "MM/dd/yyyy"


@pytest.mark.parametrize("text", ["spring 2019", "02/30/2019", "2019"])
def test_a_text_that_is_no_date_stands_as_it_is(text: str) -> None:
    word = Word(stamped({"office.since": text}))
    assert word.said("office.since") == text
    assert word.controls()["office.since"].find(f"{W}sdtPr/{W}date").get(f"{W}fullDate") is None


def test_what_is_empty_says_what_to_do() -> None:
    word = Word(stamped({}))
    said = {tag: word.said(tag) for tag in ("company.name", "office.state", "office.since", "certification.signature")}
    assert said == {
        "company.name": "Type here",
        "office.state": "Choose",
        "office.since": "Choose a date",
        "certification.signature": "Type your name, or sign on paper",
    }
    for tag in said:
        properties = word.controls()[tag].find(f"{W}sdtPr")
        assert properties.find(f"{W}showingPlcHdr") is not None
        entry = properties.find(f"{W}placeholder/{W}docPart").get(f"{W}val")
        glossary = word.xml("word/glossary/document.xml")
        (body,) = (
            part.find(f"{W}docPartBody")
            for part in glossary.iter(f"{W}docPart")
            if part.find(f".//{W}name").get(f"{W}val") == entry
        )
        assert words(body) == said[tag]


# ---- ST002 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        'markup: <w:p/> & &amp; "quoted" ]]> <!-- --> <?fw token?> {{ 7*7 }} {% for %}',
        "\tbegins with a tab and ends with breaks\n\n",
        "  blanks   are   kept  ",
        "one\r\ntwo\rthree",
        "x" * 10_000,
        "mixed Üñïçødé ½ ☒ “ ” … 宁波样例灯饰有限公司 Ελληνικά Перевозки",
        "長い" * 40_000,
    ],
)
def test_nothing_is_lost_or_changed(text: str) -> None:
    assert Word(stamped({"company.name": text})).said("company.name") == text.replace("\r\n", "\n").replace("\r", "\n")


def properties(text: str) -> list[tuple[str, str, str]]:
    """Return text, font hint or direction, and language of each run of a value."""
    found = []
    for run in Word(stamped({"company.name": text})).controls()["company.name"].iter(f"{W}r"):
        hint, lang = run.find(f"{W}rPr/{W}rFonts"), run.find(f"{W}rPr/{W}lang")
        how = "rtl" if run.find(f"{W}rPr/{W}rtl") is not None else "" if hint is None else hint.get(f"{W}hint")
        found.append((words(run), how, "" if lang is None else next(iter(lang.attrib.values()))))
    return found


def test_runs_of_other_scripts_say_so() -> None:
    assert properties("Wang Xiaoming (王小明), Treasurer") == [
        ("Wang Xiaoming (", "", ""),
        ("王小明", "eastAsia", "zh-CN"),
        ("), Treasurer", "", ""),
    ]
    assert properties("株式会社ランプ 東京") == [("株式会社ランプ 東京", "eastAsia", "ja-JP")]
    assert properties("서울 조명") == [("서울 조명", "eastAsia", "ko-KR")]
    assert properties("שלום בע״מ 12, Haifa") == [("שלום בע״מ", "rtl", "he-IL"), (" 12, Haifa", "", "")]
    assert properties("شركة المصابيح") == [("شركة المصابيح", "rtl", "ar-SA")]


# ---- ST003, ST004 -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("char", "name"), [("\x07", "U+0007"), ("\x0c", "U+000C"), ("\ud800", "U+D800"), ("\ufffe", "U+FFFE")]
)
def test_a_character_that_xml_cannot_hold_is_named_with_its_place(char: str, name: str) -> None:
    with pytest.raises(Faults) as caught:
        stamped({"company.name": f"bad{char}", "officers.r1.name": f"worse{char}"})
    told = [(fault.code, fault.item, fault.message) for fault in caught.value.faults]
    assert told == [
        ("unwritable_character", "company", f"company.name: a Word file cannot hold the character {name}."),
        ("unwritable_character", "officers", f"officers.r1.name: a Word file cannot hold the character {name}."),
    ]


def test_so_is_one_in_the_foot_and_in_the_wording() -> None:
    with pytest.raises(Faults, match=r"foot: a Word file cannot hold the character U\+0001"):
        stamped({}, foot="a\x01b")
    with pytest.raises(Faults, match=r"the wording 'Bad \?': a Word file cannot hold the character U\+0002"):
        compile(layouts.layout(Para(runs=(Run("Bad \x02"),))))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"nothing": "x"}, "nothing: the form has no place of this key."),
        ({"company.name": True}, "company.name: a text is wanted, not True."),
        ({"legal_form": "gmbh"}, "legal_form: one of corp, llc, other is wanted, not 'gmbh'."),
        ({"programs": ("ftz", "moon")}, "programs: one of agoa, bonded, drawback, ftz, gsp, tib is wanted"),
        ({"office.state": "MD"}, "office.state: one of DC, VA is wanted, not 'MD'."),
        ({"officers.r1_confirm": "yes"}, "officers.r1_confirm: yes or no (a tick) is wanted, not 'yes'."),
    ],
)
def test_a_value_that_its_place_cannot_take_is_a_fault(values: dict[str, object], told: str) -> None:
    with pytest.raises(Faults, match=re.escape(told)):
        stamped(values)  # type: ignore[arg-type]


def test_empty_values_leave_a_place_as_it_is() -> None:
    assert stamped({"company.name": "", "programs": (), "officers.r1_confirm": False}) == stamped({})


# ---- ST005, ST006 -------------------------------------------------------------------------------


def test_the_token_stands_in_every_carrier(word: Word) -> None:
    body, foot = word.xml(), word.xml("word/footer1.xml")
    (hidden,) = (run for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}vanish") is not None)
    (picture,) = foot.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    (identifier,) = word.xml("docProps/core.xml").iter("{http://purl.org/dc/elements/1.1/}identifier")
    (property,) = word.xml("docProps/custom.xml")
    marks = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert words(hidden) == TOKEN
    assert words(foot).endswith(f"Code {TOKEN}")
    assert picture.get("descr") == TOKEN
    assert identifier.text == TOKEN
    assert (property.get("name"), property[0].text) == ("FormwrightToken", TOKEN)
    assert [mark for mark in marks if mark.startswith("_T_")] == ["_T_Q_2027_0042_K1_000_ABCDEFGHIJKLMNOP"]
    assert all(len(mark) <= 62 for mark in marks)


def test_the_picture_of_the_code_is_read_as_the_token(word: Word) -> None:
    picture = Image.open(io.BytesIO(word.parts["word/media/image1.png"]))
    assert picture.size == (132, 132)
    assert [code.text.rstrip() for code in zxingcpp.read_barcodes(picture)] == [TOKEN]


def test_an_issue_with_a_fictional_key_says_so_in_the_foot(word: Word) -> None:
    sampled = Word(stamped({}, sample_key=True)).xml("word/footer1.xml")
    assert [words(one) for one in sampled.iter(f"{W}p")][1] == f"Sample · {FOOT}"
    assert [words(one) for one in word.xml("word/footer1.xml").iter(f"{W}p")][1] == FOOT


def test_the_same_values_make_the_same_bytes_whatever_was_stamped_before() -> None:
    stamper = Stamper(sample())
    first = stamper.stamp(Stamp(values=VALUES, tokens=(TOKEN,), foot=FOOT))
    for number in range(12):  # more sets of filled places than are kept
        stamper.stamp(Stamp(values={f"officers.r{number % 5 + 1}.name": "x"}, tokens=(TOKEN,), foot=str(number)))
    backwards = dict(reversed(VALUES.items()))
    assert stamper.stamp(Stamp(values=backwards, tokens=(TOKEN,), foot=FOOT)) == first
    assert Stamper(compile(layouts.sample())).stamp(Stamp(values=VALUES, tokens=(TOKEN,), foot=FOOT)) == first


def test_the_zip_is_plain_and_has_no_dates() -> None:
    with zipfile.ZipFile(io.BytesIO(stamped(VALUES))) as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.flag_bits for entry in entries} == {0x800}
    assert len({entry.filename for entry in entries}) == len(entries)


@pytest.mark.program("unzip")
def test_another_program_finds_the_zip_whole(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(stamped({"manuals.summary": "long " * 20_000, **VALUES}))
    done = subprocess.run(["unzip", "-tqq", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


# ---- wording with values in it ------------------------------------------------------------------


def test_a_value_in_running_text_is_stamped_there() -> None:
    para = Para(runs=(Run("Dear "), Run("", "strong", slot="salutation"), Run(":\n")))
    word = made(layouts.layout(para), {"salutation": "Ms. Márquez & Co\nSampleton"})
    assert "Dear Ms. Márquez & Co\nSampleton:\n" in word.paragraphs()


def test_a_place_in_running_text_that_nothing_fills_is_a_fault() -> None:
    compiled = compile(layouts.layout(Para(runs=(Run("Dear "), Run("", slot="salutation")))))
    with pytest.raises(Faults, match="salutation: a text is wanted here"):
        stamped({}, compiled)


def test_what_is_ours_to_state_and_empty_has_no_prompt() -> None:
    line = Line(key="given", name="Given", label="Given", fixed=True)
    word = made(layouts.layout(Group(role="row", blocks=(Field(control=line),))))
    assert word.said("given") == ""
    assert word.controls()["given"].find(f"{W}sdtPr/{W}showingPlcHdr") is None
