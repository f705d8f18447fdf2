"""The compiled document: CO001 a control for each place, locked, with tag, alias and number · CO002 real headings, head
rows, captions, language, title · CO003 sections with their heads · CO004 repeating rows · CO005 what must not be there
· CO006 every block of every paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import layouts
from formwright import ids
from formwright.layout import (
    Break,
    Column,
    Contents,
    Field,
    Figure,
    Grid,
    Group,
    Heading,
    Line,
    List,
    ManyOf,
    Mark,
    OneOf,
    Option,
    Para,
    Row,
    Run,
    Tick,
    controls,
)
from formwright.writers.docx.compile import compile
from writers.docx.opened import W14, W15, W, Word, made, sample, stamped, words

FONTS = Path(__file__).resolve().parents[3] / "templates" / "assets" / "fonts"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NAMESPACES = {"w": W[1:-1], "w14": W14[1:-1], "w15": W15[1:-1]}


@pytest.fixture(scope="module")
def word() -> Word:
    return Word(stamped({}))


def find(node: Any, path: str) -> list[Any]:
    found: list[Any] = node.xpath(path, namespaces=NAMESPACES)
    return found


def styled(word: Word, style: str) -> list[str]:
    return [words(one) for one in find(word.xml(), f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")]


# ---- CO001 --------------------------------------------------------------------------------------


def expected_tags() -> list[str]:
    """Return the tags of the sample by the rule of DESIGN.md (Keys), read from the layout."""
    tags = []
    for control in controls(layouts.sample().blocks):
        listed = isinstance(control, OneOf) and (control.style == "list" or len(control.options) > 4)
        if isinstance(control, (OneOf, ManyOf)) and not listed:
            tags += [ids.option_key(control.key, option.code) for option in control.options]
        else:
            tags.append(control.key)
    return tags


def test_every_place_has_its_control_in_the_order_of_the_page(word: Word) -> None:
    assert list(word.controls()) == expected_tags()


def test_controls_are_locked_and_ours_cannot_be_changed(word: Word) -> None:
    locks = {tag: find(control, "w:sdtPr/w:lock/@w:val")[0] for tag, control in word.controls().items()}
    fixed = {tag for tag, lock in locks.items() if lock == "sdtContentLocked"}
    assert fixed == {
        *("form.prepared_for", "form.return_by", "form.contact"),
        *(f"remit.proofs.r{row}.entry" for row in (1, 2, 3)),
    }
    assert set(locks.values()) == {"sdtContentLocked", "sdtLocked"}


def test_numbers_and_aliases_are_given_once(word: Word) -> None:
    numbers = [int(number) for number in find(word.xml(), "//w:sdtPr/w:id/@w:val")]
    aliases = find(word.xml(), "//w:sdtPr/w:alias/@w:val")
    assert len(set(numbers)) == len(numbers)
    assert all(0 < number < 2**31 for number in numbers)
    assert len(set(aliases)) == len(aliases)
    assert max(map(len, aliases)) <= 64
    marks = find(word.xml(), "//w:bookmarkStart/@w:id")
    assert len(set(marks)) == len(marks)
    assert sorted(marks) == sorted(find(word.xml(), "//w:bookmarkEnd/@w:id"))


@pytest.mark.parametrize(
    ("tag", "sort"),
    [
        ("company.name", None),
        ("manuals.summary", None),
        ("certification.signature", None),
        ("office.since", "date"),
        ("office.state", "dropDownList"),
        ("legal_form#corp", "checkbox"),
        ("programs#drawback", "checkbox"),
        ("officers.r1_confirm", "checkbox"),
    ],
)
def test_each_control_is_of_its_sort(word: Word, tag: str, sort: str | None) -> None:
    sorts = ("date", "dropDownList", "checkbox", "text", "richText", "comboBox")
    properties = word.controls()[tag].find(f"{W}sdtPr")
    assert [name for one in properties if (name := one.tag.rpartition("}")[2]) in sorts] == ([sort] if sort else [])


def test_a_control_stands_inside_a_paragraph(word: Word) -> None:
    """LibreOffice shrinks a control round whole paragraphs to the first one (DOCX.md)."""
    assert {control.getparent().tag for control in word.controls().values()} == {f"{W}p"}


def options(count: int, style: str = "ticks") -> OneOf:
    many = tuple(Option(code=f"c{number}", label=f"Choice {number}") for number in range(1, count + 1))
    return OneOf(key="pick", name="A.1 Pick", options=many, style=style)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("control", "tags"),
    [
        (options(4), ["pick#c1", "pick#c2", "pick#c3", "pick#c4"]),
        (options(5), ["pick"]),
        (options(2, "list"), ["pick"]),
    ],
)
def test_up_to_four_options_are_ticks_and_more_are_a_list(control: OneOf, tags: list[str]) -> None:
    assert list(made(layouts.layout(Field(control=control))).controls()) == tags


def test_a_choice_in_a_table_is_a_list_with_its_words() -> None:
    grid = Grid(name="Picks", columns=(Column(title="Pick"),), rows=(Row(id="r1", cells=((options(2),),)),))
    control = made(layouts.layout(grid)).controls()["pick"]
    items = find(control, "w:sdtPr/w:dropDownList/w:listItem")
    assert [(item.get(f"{W}value"), item.get(f"{W}displayText")) for item in items] == [
        ("c1", "Choice 1"),
        ("c2", "Choice 2"),
    ]


def test_a_tag_that_is_too_long_is_an_error() -> None:
    with pytest.raises(ValueError, match="has 65 characters, 64 are allowed"):
        compile(layouts.layout(Field(control=Line(key="k" * 65, name="Key"))))


def test_long_names_are_cut_and_stay_different() -> None:
    name = "A.1, " + "a very long name that goes on " * 4
    rows = tuple(Field(control=Line(key=f"k{number}", name=name)) for number in (1, 2, 3))
    aliases = find(made(layouts.layout(*rows)).xml(), "//w:sdtPr/w:alias/@w:val")
    assert [alias[-6:] for alias in aliases] == ["oes o…", "o… (2)", "o… (3)"]
    assert max(map(len, aliases)) <= 64


# ---- CO002 --------------------------------------------------------------------------------------


def test_headings_are_real_headings(word: Word) -> None:
    based = {
        style.get(f"{W}styleId"): find(style, "w:basedOn/@w:val")[0]
        for style in find(word.xml("word/styles.xml"), "//w:style[w:basedOn]")
    }
    levels = {
        style.get(f"{W}styleId"): find(style, "w:pPr/w:outlineLvl/@w:val")
        for style in find(word.xml("word/styles.xml"), "//w:style")
    }
    assert (based["FWSection"], based["FWQuestion"], based["FWPart"]) == ("Heading1", "Heading2", "Heading3")
    assert (levels["Heading1"], levels["Heading2"], levels["Heading3"]) == (["0"], ["1"], ["2"])
    assert styled(word, "FWSection") == [
        "A\tGeneral Organizational\u00a0Information",
        "D\tInternal Controls",
        "E\tCustoms Value\u00a0Information",
        "Certification",
    ]
    assert styled(word, "FWQuestion")[0] == "A.1\tCompany’s full name and IRS identification\u00a0number."
    assert "What are the terms of\u00a0payment?" in styled(word, "FWPart")


def test_questions_and_sections_have_hidden_bookmarks(word: Word) -> None:
    marks = find(word.xml(), "//w:bookmarkStart/@w:name")
    assert [mark for mark in marks if mark.startswith("_Q_")] == [
        *("_Q_company", "_Q_officers", "_Q_manuals", "_Q_remit", "_Q_assists"),
    ]
    assert [mark for mark in marks if mark.startswith("_S_")] == ["_S_section_a", "_S_section_d", "_S_section_e"]
    assert max(map(len, marks)) <= 40


def test_tables_have_names_and_head_rows(word: Word) -> None:
    tables = find(word.xml(), "//w:tbl")
    assert all(find(table, "w:tblPr/w:tblCaption/@w:val")[0] for table in tables)
    officers = next(one for one in tables if find(one, "w:tblPr/w:tblCaption/@w:val") == ["Officers"])
    (head,) = find(officers, ".//w:tr[w:trPr/w:tblHeader]")
    assert [words(cell) for cell in find(head, "w:tc")] == ["Name", "Title", "Correct as\u00a0shown"]
    assert head is find(officers, ".//w:tr")[0]


def test_language_title_and_author_are_said(word: Word) -> None:
    core = {one.tag.rpartition("}")[2]: one.text for one in word.xml("docProps/core.xml")}
    assert core["title"] == "General Questionnaire for Account Management"
    assert (core["language"], core["creator"]) == ("en", "National Account Services Center")
    assert set(core) == {"title", "language", "creator", "identifier"}  # no dates, no name of a program's user
    assert find(word.xml("word/styles.xml"), "//w:docDefaults//w:lang/@w:val") == ["en-US"]


def test_words_in_another_language_say_so() -> None:
    para = Para(runs=(Run("Say "), Run("bonjour", language="fr")), language="de")
    (one,) = find(made(layouts.layout(para)).xml(), "//w:p[w:r/w:t='bonjour']")
    assert [(words(run), find(run, "w:rPr/w:lang/@w:val")) for run in find(one, "w:r")] == [
        ("Say ", ["de"]),
        ("bonjour", ["fr"]),
    ]


# ---- CO003, CO004 -------------------------------------------------------------------------------


def test_every_section_has_pages_and_a_head_of_its_own(word: Word) -> None:
    sections = find(word.xml(), "//w:sectPr")
    heads = [words(word.xml(name)) for name in sorted(word.names) if name.startswith("word/header")]
    assert heads == [
        "",
        "General Questionnaire for Account Management\tSection A: General Organizational Information",
        "General Questionnaire for Account Management\tSection D: Internal Controls",
        "General Questionnaire for Account Management\tSection E: Customs Value Information",
    ]
    assert len(sections) == 4
    assert not find(word.xml(), "//w:sectPr/w:type")  # none is nextPage (ISO 29500-1 17.6.22)
    assert {tuple(find(one, "w:pgSz/@w:w | w:pgSz/@w:h")) for one in sections} == {("12240", "15840")}


def test_the_foot_says_document_and_page(word: Word) -> None:
    foot = word.xml("word/footer1.xml")
    assert words(find(foot, "w:p")[0]) == ("General Questionnaire for Account Management, version 1998.8\tPage 1 of 1")
    assert [code.text.strip() for code in find(foot, "//w:instrText")] == ["PAGE", "NUMPAGES"]


def test_known_rows_stand_before_the_rows_that_repeat(word: Word) -> None:
    (table,) = find(word.xml(), "//w:tbl[w:tblPr/w:tblCaption/@w:val='Officers']")
    (section,) = find(table, "w:sdt[w:sdtPr/w15:repeatingSection]")
    items = find(section, "w:sdtContent/w:sdt[w:sdtPr/w15:repeatingSectionItem]")
    assert find(section, "w:sdtPr/w:tag/@w:val") == ["officers"]
    assert [find(row, ".//w:sdtPr/w:tag/@w:val")[0] for row in find(table, "w:tr")[1:]] == [
        "officers.r1.name",
        "officers.r2.name",
    ]
    assert [find(item, "w:sdtContent/w:tr//w:sdtPr/w:tag/@w:val") for item in items] == [
        [f"officers.r{row}.name", f"officers.r{row}.title"] for row in (3, 4, 5)
    ]


def test_known_cells_are_tinted_and_others_are_not(word: Word) -> None:
    shade = {tag: find(control, "ancestor::w:tc[1]/w:tcPr/w:shd/@w:fill") for tag, control in word.controls().items()}
    assert {tag for tag, fill in shade.items() if fill == ["E8EDF1"]} == {
        *("company.name", "company.irs"),
        *(f"officers.r{row}{end}" for row in (1, 2) for end in (".name", ".title", "_confirm")),
    }


# ---- CO005 --------------------------------------------------------------------------------------


def test_nothing_is_bound_embedded_or_linked_that_should_not_be(word: Word) -> None:
    body = word.parts["word/document.xml"]
    assert b"dataBinding" not in body
    assert b"<w:text" not in body
    assert b"embedTrueTypeFonts" not in word.parts["word/settings.xml"]
    assert not [name for name in word.names if name.startswith(("customXml", "word/theme"))]
    assert not [name for name, part in word.parts.items() if name.endswith(".rels") and b"External" in part]
    named = {style.get(f"{W}styleId") for style in find(word.xml("word/styles.xml"), "//w:style")}
    used = {style for name in word.names if name.endswith(".xml") for style in _styles(word, name)}
    assert used <= named


def _styles(word: Word, name: str) -> list[str]:
    path = "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val | //w:basedOn/@w:val"
    return find(word.xml(name), path) if name.startswith("word/") else []


def test_the_fonts_come_back_from_what_is_embedded(word: Word) -> None:
    """ISO 29500-1 17.8.1: the first 32 bytes are exclusive-ored with the key, its last byte first."""
    relations = {one.get("Id"): one.get("Target") for one in word.xml("word/_rels/fontTable.xml.rels")}
    (font,) = word.xml("word/fontTable.xml")
    assert (font.get(f"{W}name"), find(font, "w:altName/@w:val")) == ("Public Sans", ["Arial"])
    for tag, file in (("embedRegular", "PublicSans-Regular.ttf"), ("embedBold", "PublicSans-Bold.ttf")):
        face = font.find(f"{W}{tag}")
        key = bytes.fromhex(face.get(f"{W}fontKey").strip("{}").replace("-", ""))[::-1] * 2
        data = word.parts[f"word/{relations[face.get(f'{R}id')]}"]
        plain = bytes(one ^ other for one, other in zip(data, key, strict=False)) + data[32:]
        assert plain == (FONTS / file).read_bytes()


def test_tables_never_touch(word: Word) -> None:
    """Two tables with nothing between them are one table to Word."""
    for one in find(word.xml(), "//w:tbl"):
        following = one.getnext()
        assert following is None or following.tag != f"{W}tbl"
    for cell in find(word.xml(), "//w:tc"):
        assert cell[-1].tag == f"{W}p"


def test_what_is_not_known_is_a_loud_error() -> None:
    @dataclass(frozen=True)
    class Strange:
        key: str = "x"

    with pytest.raises(TypeError, match="the Word writer knows no Strange"):
        compile(layouts.layout(Strange()))  # type: ignore[arg-type]


# ---- CO006 --------------------------------------------------------------------------------------


def test_titles_are_made_where_the_layout_has_none() -> None:
    assert styled(made(layouts.layout(Para(runs=(Run("Text"),)))), "FWTitle") == [
        "General Questionnaire\nfor Account Management"
    ]


def test_a_plan_has_contents_marks_and_projects() -> None:
    check = Grid(
        name="Checklist",
        role="check",
        number="1.",
        row_title="Compliance Items",
        columns=(Column(title="Yes", tick=True), Column(title="No/NA", tick=True)),
        rows=(
            Row(
                id="a",
                number="A.",
                head="Classification",
                cells=((Mark(checked=True, alternative="Checked"),), (Mark(checked=False, alternative="Not checked"),)),
            ),
        ),
    )
    projects = Grid(
        name="High priority",
        role="projects",
        columns=tuple(Column(title=title) for title in ("Step", "Responsible", "Due")),
        rows=(
            Row(id="p1", kind="project", number="P1", cells=((Run("Lanterns"),), (Run("1.A"),), (Run("Goal: one"),))),
            Row(id="s1", kind="step", number="1", cells=((Run("Send"),), (Run("Account", "strong"),), (Run("Mar 5"),))),
            Row(id="f1", kind="followup", cells=((Run("Follow-up."),), (Run("Customs"),), (Run("Sep 24"),))),
        ),
    )
    section = Group(role="section", title="Checklist", anchor="checklist", blocks=(check, projects), where="Checklist")
    word = made(layouts.layout(Contents(), Break(), section))
    assert [words(cell) for cell in find(word.xml(), "//w:tbl[1]//w:tr[2]/w:tc")][:4] == [
        "A.",
        "Classification",
        "☒",
        "☐",
    ]
    assert styled(word, "FWPriority") == ["High priority"]
    assert "Lanterns\t1.A" in word.paragraphs()
    codes = [code.text.strip() for code in find(word.xml(), "//w:instrText")]
    assert codes == ['TOC \\h \\z \\t "FW Section,1"', "PAGEREF _S_checklist \\h"]
    assert set(find(word.xml(), "//w:fldChar/@w:dirty")) == {"true"}


def test_lists_start_again_and_bullets_do_not_count() -> None:
    entries = ((Run("one"),), (Run("two"),))
    word = made(layouts.layout(*(List(entries=entries, numbered=one) for one in (True, False, True))))
    assert find(word.xml(), "//w:numPr/w:numId/@w:val") == ["2", "2", "1", "1", "3", "3"]
    kinds = {
        one.get(f"{W}numId"): find(one, "w:lvlOverride/w:startOverride/@w:val")
        for one in find(word.xml("word/numbering.xml"), "//w:num")
    }
    assert kinds == {"1": [], "2": ["1"], "3": ["1"]}


def test_a_drawing_is_a_picture_with_its_alternative() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="50pt"><rect width="200pt" height="50pt"/></svg>'
    )
    word = made(layouts.layout(Figure(alternative="A black bar", svg=svg)))
    (drawing,) = find(word.xml(), "//w:drawing")
    (properties,) = drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    (extent,) = drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent")
    assert properties.get("descr") == "A black bar"
    assert (round(int(extent.get("cx")) / 12700), round(int(extent.get("cy")) / 12700)) == (200, 50)


def test_the_stress_layout_compiles_with_every_place() -> None:
    tags = list(Word(stamped({}, compile(layouts.stress()))).controls())
    assert len(tags) == len(set(tags))
    assert {control.key for control in controls(layouts.stress().blocks)} == {tag.partition("#")[0] for tag in tags}
    assert isinstance(sample().fields, tuple)


def test_a_tick_of_its_own_and_headings_below() -> None:
    layout = layouts.layout(
        Heading(text="Part one", level=2, number="1", anchor="one"),
        Heading(text="Smaller", level=3),
        Field(control=Tick(key="agreed", name="Agreed", label="I agree", quiet="by law", description="Read first.")),
    )
    word = made(layout)
    assert styled(word, "FWSection") == ["1\tPart one"]
    assert styled(word, "FWPriority") == ["Smaller"]
    assert "☐ I agree     by law" in word.paragraphs()
    assert styled(word, "FWHelp") == ["Read first."]
