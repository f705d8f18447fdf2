"""What a Word return says of each place: by tag, title, place and words; what stands beside it; what is gone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from formwright.layout import Value
from formwright.readers.docx import DocxReader
from readers.docx import word_form as form
from readers.docx.word_form import Make, cell_of, codes, control, p, read, run, saved, swap, tick, typed

FILLED = {
    "company.name": "Yonder & Sons <Lamps>",
    "company_confirm": "x",
    "branch.open#no": "x",
    "branch.port": "Airport",
    "branch.since": "02/26/2027",
    "branch.notes": "First line\nsecond: 宁波 “x”",
    "officers.r2.name": "Bo Sample",
}
MEANT: dict[str, Value] = {
    "company.name": "Yonder & Sons <Lamps>",
    "company.irs": "00-0000011",
    "company_confirm": True,
    "branch.open": ("no",),
    "branch.port": ("air",),
    "branch.since": "02/26/2027",
    "branch.notes": "First line\nsecond: 宁波 “x”",
    "officers.r1.name": "Ann Example",
    "officers.r1.title": "President",
    "officers.r2.name": "Bo Sample",
    "officers.r2.title": "",
    "officers.r3.name": "",
    "officers.r3.title": "",
    "officers.r1.share.percent": "60",
    "officers.r2.share.percent": "",
    "officers.r3.share.percent": "",
}


def strays(raw: form.RawReturn) -> list[tuple[str, str, str]]:
    return [(stray.kind, stray.name, stray.value) for stray in raw.strays]


@pytest.mark.parametrize(
    ("names", "marked", "method", "confidence"),
    [
        ("tag", True, "docx_tag", 1.0),
        ("tag", False, "docx_tag", 1.0),
        ("alias", True, "docx_alias", 0.95),
        ("alias", False, "docx_alias", 0.95),
        ("none", True, "docx_region", 0.9),
        ("plain", True, "docx_region", 0.9),
        ("none", False, "docx_anchor", 0.8),
        ("plain", False, "docx_anchor", 0.8),
    ],
)
def test_every_tier_gives_the_same_values(names: str, marked: bool, method: str, confidence: float) -> None:
    raw = read(Make(FILLED, names=names, marked=marked).body())
    assert {cell.key: cell.value for cell in raw.cells if cell.key in MEANT} == MEANT
    assert {cell.state for cell in raw.cells} == {"read"}
    assert {(cell.method, cell.confidence) for cell in raw.cells if cell.key in MEANT} == {(method, confidence)}
    assert raw.strays == ()
    assert raw.problems == ()


@pytest.mark.parametrize("names", ["tag", "alias", "none", "plain"])
def test_what_an_empty_control_says_is_no_answer(names: str) -> None:
    raw = read(Make(names=names).body())
    blank = [cell.value for cell in raw.cells if cell.key in MEANT and not form.VALUES.get(cell.key)]
    assert set(blank) == {"", (), False}


def test_a_prompt_in_pieces_and_one_of_the_files_own_glossary_is_no_answer() -> None:
    pieces = control("branch.notes", run("Type ", "PlaceholderText") + run("here", "PlaceholderText"))
    body = swap(Make().body(), typed("branch.notes", "", alias="Spoken branch.notes"), pieces)
    assert cell_of(read(body), "branch.notes").value == ""
    other = typed("company.name", "", prompt="Schreiben Sie hier")
    body = swap(Make().body(), typed("company.name", form.VALUES["company.name"], alias="Spoken company.name"), other)
    assert cell_of(read(body), "company.name").note == "as_prompt"
    glossary = f"<w:g {form.SPACES}><w:docPartBody>{p(run('Schreiben Sie hier'))}</w:docPartBody></w:g>"
    data = saved(body, lambda parts: parts.update({"word/glossary/document.xml": glossary}))
    assert cell_of(read(data), "company.name").value == ""


def test_a_prompt_that_was_left_beside_the_answer_is_cut_and_told() -> None:
    raw = read(Make({"branch.notes": "Type hereWe have one."}, names="plain").body())
    assert (cell_of(raw, "branch.notes").value, cell_of(raw, "branch.notes").note) == ("We have one.", "prompt_left")


# ---- beside the control -------------------------------------------------------------------------


def test_text_typed_beside_a_control_is_part_of_the_answer() -> None:
    was = typed("branch.notes", "one", alias="Spoken branch.notes")
    body = swap(Make({"branch.notes": "one"}).body(), p(was), p(was, run(" and two")) + p(run("three")))
    cell = cell_of(read(body), "branch.notes")
    assert (cell.value, cell.note, cell.method) == ("one and two\nthree", "text_beside", "docx_region")


def test_text_typed_beside_an_empty_control_is_the_answer() -> None:
    was = typed("branch.notes", "", alias="Spoken branch.notes")
    cell = cell_of(read(swap(Make().body(), p(was), p(was, run("typed beside")))), "branch.notes")
    assert (cell.value, cell.method, cell.confidence) == ("typed beside", "docx_region", 0.9)


def test_a_control_round_one_of_two_paragraphs_does_not_cut_the_answer() -> None:
    """A control round whole paragraphs comes back from LibreOffice round the first one (DOCX.md)."""
    was = p(typed("branch.notes", "", alias="Spoken branch.notes"))
    body = swap(Make().body(), was, control("branch.notes", p(run("one"))) + p(run("two")))
    assert cell_of(read(body), "branch.notes").value == "one\ntwo"


def test_two_paragraphs_in_one_control_are_two_lines() -> None:
    was = p(typed("branch.notes", "", alias="Spoken branch.notes"))
    body = swap(Make().body(), was, control("branch.notes", p(run("one")) + p(run("two"))))
    cell = cell_of(read(body), "branch.notes")
    assert (cell.value, cell.method) == ("one\ntwo", "docx_tag")


def test_a_table_put_into_a_cell_is_part_of_the_answer() -> None:
    was = p(typed("branch.notes", "", alias="Spoken branch.notes"))
    inner = form.table(form.row(form.cell(p(run("a"))), form.cell(p(run("b")))), style="TableGrid")
    cell = cell_of(read(swap(Make().body(), was, was + inner + p())), "branch.notes")
    assert (cell.value, cell.note) == ("a\tb", "table_in_cell")


def test_a_table_put_between_shifts_no_place() -> None:
    extra = form.table(form.row(form.cell(p(run("Fee"))), form.cell(p(run("12")))), style="TableGrid")
    for names in ("tag", "none", "plain"):
        made = Make(FILLED, names=names)
        body = swap(made.body(), p(run("Say more.")), extra + p(run("Say more.")))
        raw = read(body)
        assert {cell.key: cell.value for cell in raw.cells if cell.key in MEANT} == MEANT
        assert strays(raw) == [("text", "branch", "Fee\t12")]


# ---- lists, dates, ticks ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "value"),
    [("Sea port", ("sea",)), ("sea", ("sea",)), ("Sea\u00a0port ", ("sea",)), ("By air", ("By air",))],
)
def test_the_words_of_a_list_are_its_code(shown: str, value: Value) -> None:
    assert cell_of(read(Make({"branch.port": shown}).body()), "branch.port").value == value


def test_words_that_fit_two_options_are_a_conflict() -> None:
    cell = cell_of(read(Make({"branch.port": "Terminal"}).body()), "branch.port")
    assert (cell.state, cell.values, cell.note) == ("conflict", (("t1",), ("t2",)), "ambiguous_choice")


@pytest.mark.parametrize(("sign", "on"), [*((sign, True) for sign in "☒☑✓✔✗"), ("☐", False), ("□", False)])
def test_a_sign_without_its_control_is_a_tick(sign: str, on: bool) -> None:
    made = swap(Make(names="plain").body(), run("☐") + run(" Correct as shown"), run(sign) + run(" Correct as shown"))
    assert cell_of(read(made), "company_confirm").value is on


def test_a_tick_whose_sign_says_otherwise_is_a_conflict() -> None:
    was = tick("company_confirm", False, alias="Spoken company_confirm")
    body = swap(Make().body(), was, tick("company_confirm", False, sign="☒"))
    cell = cell_of(read(body), "company_confirm")
    assert (cell.state, cell.note) == ("conflict", "tick_and_sign_differ")


def test_a_box_of_wingdings_is_a_tick() -> None:
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    body = swap(Make(names="plain").body(), run("☐") + run(" Correct as shown"), sign + run(" Correct as shown"))
    assert cell_of(read(body), "company_confirm").value is True


def test_both_of_two_ticks_are_both_codes() -> None:
    raw = read(Make({"branch.open#yes": "x", "branch.open#no": "x"}).body())
    assert cell_of(raw, "branch.open").value == ("yes", "no")


def test_a_control_of_another_sort_is_unread() -> None:
    was = tick("company_confirm", False, alias="Spoken company_confirm")
    cell = cell_of(read(swap(Make().body(), was, control("company_confirm", run("yes, right")))), "company_confirm")
    assert (cell.state, cell.note, cell.raw) == ("unread", "type_changed", "yes, right")


# ---- gone, doubled, moved -----------------------------------------------------------------------


@pytest.mark.parametrize("key", ["branch.notes", "company.irs"])
def test_a_deleted_control_is_missing_and_never_blank(key: str) -> None:
    was = typed(key, form.VALUES[key], alias=f"Spoken {key}")
    assert cell_of(read(swap(Make().body(), was, "")), key).state == "missing"


def test_what_is_typed_where_a_control_was_deleted_is_the_answer() -> None:
    was = typed("branch.notes", "", alias="Spoken branch.notes")
    cell = cell_of(read(swap(Make().body(), was, run("plain words"))), "branch.notes")
    assert (cell.value, cell.method) == ("plain words", "docx_region")


def test_a_deleted_tick_is_missing() -> None:
    was = tick("company_confirm", False, alias="Spoken company_confirm")
    assert cell_of(read(swap(Make().body(), was, "")), "company_confirm").state == "missing"


def test_a_deleted_question_is_missing_and_takes_no_other() -> None:
    for names in ("tag", "none"):
        made = Make(FILLED, names=names)
        raw = read(made.front() + made.company() + made.officers())
        lost = {cell.key for cell in raw.cells if cell.state == "missing"}
        assert lost == {"form.question.branch", "branch.open", "branch.port", "branch.since", "branch.notes"}
        assert all(cell.value == MEANT[cell.key] for cell in raw.cells if cell.key in MEANT and cell.key not in lost)


def test_a_moved_question_is_read_where_it_stands() -> None:
    for names in ("tag", "none"):
        made = Make(FILLED, names=names)
        raw = read(made.front() + made.officers() + made.branch() + made.company())
        assert {cell.key: cell.value for cell in raw.cells if cell.key in MEANT} == MEANT
        assert codes(raw) == {"questions_moved"}


def test_a_copied_question_with_other_answers_is_a_conflict() -> None:
    made, other = Make(FILLED), Make({**FILLED, "branch.notes": "otherwise"}, marked=False)
    raw = read(made.body() + other.branch())
    cell = cell_of(raw, "branch.notes")
    assert (cell.state, set(cell.values)) == ("conflict", {FILLED["branch.notes"], "otherwise"})
    assert cell_of(raw, "branch.port").note == "doubled_field"
    assert "question_copied" in codes(raw)


def test_an_altered_heading_is_returned_as_it_is() -> None:
    body = swap(Make().body(), "Is there a branch", "Is there no branch")
    assert cell_of(read(body), "form.question.branch").value == "A.2 Is there no branch, and since when?"


def test_a_bookmark_that_moved_from_its_heading_does_not_move_the_question() -> None:
    """LibreOffice 7.4 puts a bookmark that goes over tables at their end when it saves a second time."""
    start = '<w:bookmarkStart w:id="1" w:name="_Q_branch"/>'
    made = Make(FILLED, names="none")
    body = swap(made.body(), start, "").replace(p(run("Say more.")), p(start, run("Say more.")))
    assert {cell.key: cell.value for cell in read(body).cells if cell.key in MEANT} == MEANT


# ---- rows ---------------------------------------------------------------------------------------


def rows(*more: str, names: str = "tag", drop: int = 0) -> str:
    made = Make(FILLED, names=names)
    kept = [made.officer(number) for number in (1, 2, 3) if number != drop]
    return made.front() + made.company() + made.branch() + made.officers(*kept, *more)


def test_a_repeated_row_gets_the_next_number_though_it_has_the_same_tags() -> None:
    values = {"officers.r3.name": "Cy New", "officers.r3.title": "Clerk", "officers.r3.share.percent": "5"}
    copy = Make(values).officer(3)
    raw = read(rows(copy, copy.replace("Cy New", "Di Newer")))
    assert [(cell.key, cell.value) for cell in raw.cells[len(raw.cells) - 6 :]] == [
        ("officers.r4.name", "Cy New"),
        ("officers.r4.title", "Clerk"),
        ("officers.r4.share.percent", "5"),
        ("officers.r5.name", "Di Newer"),
        ("officers.r5.title", "Clerk"),
        ("officers.r5.share.percent", "5"),
    ]
    assert cell_of(raw, "officers.r3.name").value == ""
    assert codes(raw) == set()


def test_a_row_without_controls_is_an_added_row() -> None:
    raw = read(rows(form.row(form.cell(p(run("Ed Plain"))), form.cell(p(run("Guest"))), form.cell(p()))))
    assert cell_of(raw, "officers.r4.name").value == "Ed Plain"
    assert cell_of(raw, "officers.r4.title").value == "Guest"


def test_an_added_row_that_is_empty_is_nothing() -> None:
    raw = read(rows(Make().officer(3)))
    assert not [cell.key for cell in raw.cells if "r4" in cell.key]


@pytest.mark.parametrize("properties", ["", "<w:del/>"])
def test_a_deleted_row_is_missing_and_told(properties: str) -> None:
    gone = Make(FILLED).officer(2).replace("<w:trPr></w:trPr>", f"<w:trPr>{properties}</w:trPr>")
    raw = read(rows(gone, drop=2) if properties else rows(drop=2))
    assert {cell.key for cell in raw.cells if cell.state == "missing"} == {
        "officers.r2.name",
        "officers.r2.title",
        "officers.r2.share.percent",
    }
    assert [one.key for one in raw.problems if one.code == "row_deleted"] == ["officers.r2"]
    assert cell_of(raw, "officers.r1.name").value == "Ann Example"


def test_rows_in_another_order_keep_their_names() -> None:
    made = Make(FILLED)
    raw = read(made.front() + made.officers(made.officer(3), made.officer(1), made.officer(2)) + made.company())
    assert cell_of(raw, "officers.r2.name").value == "Bo Sample"
    assert cell_of(raw, "officers.r1.name").value == "Ann Example"


@pytest.mark.parametrize("names", ["none", "plain"])
def test_rows_that_nothing_tells_apart_are_told(names: str) -> None:
    raw = read(rows(names=names, drop=2))
    assert [one.key for one in raw.problems if one.code == "rows_changed"] == ["officers"]
    assert sum(cell.state == "missing" for cell in raw.cells if cell.key.startswith("officers")) == 3


# ---- changes, comments, what is beside the questions --------------------------------------------


def test_tracked_changes_are_read_as_they_would_stand_and_told() -> None:
    def change(body: str) -> str:
        was = run(FILLED["company.name"])
        after = f"<w:del>{was.replace('w:t', 'w:delText')}</w:del><w:ins>{run('Yonder Lamps LLC')}</w:ins>"
        return swap(body, was, after)

    for names in ("tag", "none"):
        raw = read(change(Make(FILLED, names=names).body()))
        assert cell_of(raw, "company.name").value == "Yonder Lamps LLC"
        [problem] = [one for one in raw.problems if one.code == "tracked_changes"]
        assert problem.key == "company.name"
        assert "Yonder Lamps LLC" in problem.message
        assert "Yonder & Sons <Lamps>" in problem.message


def test_a_comment_is_told_with_its_text_and_its_question() -> None:
    start = '<w:commentRangeStart w:id="7"/>'
    was = typed("branch.notes", "", alias="Spoken branch.notes")
    comment = f'<w:comment w:id="7" w:author="Ann">{p(run("Ask Bo."))}</w:comment>'
    comments = f"<w:comments {form.SPACES}>{comment}</w:comments>"
    data = saved(swap(Make().body(), was, start + was), lambda parts: parts.update({"word/comments.xml": comments}))
    assert strays(read(data)) == [("comment", "branch", "Ask Bo.")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda body: swap(body, p(run("Say more.")), p(run("Say more.")) + p(run("See our letter."))),
            ("text", "branch", "See our letter."),
        ),
        (lambda body: swap(body, run("Say more."), run("Say more. Gladly!")), ("text", "branch", "Gladly!")),
        (lambda body: p(run("To whom it may concern")) + body, ("text", "document", "To whom it may concern")),
        (lambda body: swap(body, run("Port"), run("Port of choice")), ("text", "branch", "of choice")),
        (lambda body: body + p(typed("strange.tag", "in a control")), ("field", "strange.tag", "in a control")),
        (
            lambda body: body + p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>"),
            ("hidden", "officers", "unseen"),
        ),
        (
            lambda body: body + p('<w:r><w:drawing><wp:docPr id="1" name="Scan 1"/></w:drawing></w:r>'),
            ("drawing", "officers", "Scan 1"),
        ),
        (
            lambda body: body + p(f"<w:r><w:pict><w:txbxContent>{p(run('in a box'))}</w:txbxContent></w:pict></w:r>"),
            ("text", "officers", "in a box"),
        ),
    ],
)
def test_what_was_not_issued_is_told_with_its_question(
    change: Callable[[str], str], told: tuple[str, str, str]
) -> None:
    raw = read(change(Make(FILLED).body()))
    assert strays(raw) == [told]
    assert {cell.key: cell.value for cell in raw.cells if cell.key in MEANT} == MEANT


def test_a_footnote_is_told() -> None:
    notes = f'<w:footnotes {form.SPACES}><w:footnote w:id="1">{p(run("As of May."))}</w:footnote></w:footnotes>'
    assert strays(read(saved(change=lambda parts: parts.update({"word/footnotes.xml": notes})))) == [
        ("text", "footnotes", "As of May.")
    ]


def test_it_reads_a_strict_document_and_other_prefixes() -> None:
    def strict(parts: dict[str, str]) -> None:
        parts["word/document.xml"] = parts["word/document.xml"].replace(
            form.W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
        )

    def prefixed(parts: dict[str, str]) -> None:
        text = parts["word/document.xml"]
        parts["word/document.xml"] = re.sub(r"(</?| |:)w:", r"\1ns0:", text.replace("xmlns:w=", "xmlns:ns0="))

    for change in (strict, prefixed):
        raw = read(saved(Make(FILLED).body(), change))
        assert {cell.key: cell.value for cell in raw.cells if cell.key in MEANT} == MEANT


# ---- who are you --------------------------------------------------------------------------------


def test_the_token_is_found_in_every_carrier() -> None:
    found = DocxReader().identify(saved())
    assert {(one.carrier, one.text) for one in found.tokens} == {
        (carrier, form.TOKEN) for carrier in ("custom", "identifier", "bookmark", "header", "hidden")
    }
    assert (found.producer, found.pages, found.problems) == ("Handmade 1.0", 0, ())
    assert found.fields == 17 + 3 + 3  # places, controls of the repeating section, questions


@pytest.mark.parametrize(
    ("carrier", "kept"),
    [
        ("custom", "docProps/custom.xml"),
        ("identifier", "docProps/core.xml"),
        ("header", "word/footer1.xml"),
    ],
)
def test_one_carrier_is_enough(carrier: str, kept: str) -> None:
    def change(parts: dict[str, str]) -> None:
        for name, text in parts.items():
            if name != kept:
                parts[name] = text.replace(form.TOKEN, "").replace(form.mark_of(form.TOKEN), "_x")

    assert {one.carrier for one in DocxReader().identify(saved(change=change)).tokens} == {carrier}


def test_a_token_that_became_visible_is_found() -> None:
    """pandoc keeps hidden text, and shows it."""

    def change(parts: dict[str, str]) -> None:
        document = parts["word/document.xml"].replace("<w:vanish/>", "").replace(form.mark_of(form.TOKEN), "x")
        parts.clear()
        parts.update({"[Content_Types].xml": "", "word/document.xml": document})

    assert [(one.carrier, one.text) for one in DocxReader().identify(saved(change=change)).tokens] == [
        ("page_text", form.TOKEN)
    ]


def test_a_file_of_others_has_no_fields() -> None:
    found = DocxReader().identify(form.packed({"word/document.xml": form.document(p(run("A letter.")))}))
    assert found.fields == 0
