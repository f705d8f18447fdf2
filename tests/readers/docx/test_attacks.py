"""Word files that are made to do harm, or are half there (THREATS.md 2, rows 1-8): refused with a reason, quickly."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
import zlib

import pytest

from formwright.errors import Refused
from formwright.intake.worker import Worker
from formwright.readers.docx import DocxReader
from readers.docx import word_form as form
from readers.docx.word_form import PLACES, Make, cell_of, p, packed, parts, read, run, saved, swap, typed

MAIN = "word/document.xml"


def refusal(data: bytes) -> str:
    """Return the code of the refusal of a file, which takes less than two seconds and 200 MB."""
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(Refused) as caught:
        whole(data)
    spent, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spent < 2
    assert peak < 200_000_000
    assert caught.value.message
    assert caught.value.fix
    return caught.value.code


def whole(data: bytes) -> None:
    """Read a file as a return is read."""
    reader = DocxReader()
    reader.identify(data)
    reader.extract(data, PLACES)


def document(main: str | bytes) -> bytes:
    return packed({**parts(""), MAIN: main})


# ---- the container ------------------------------------------------------------------------------


def test_a_bomb_is_not_unpacked() -> None:
    assert refusal(document(b" " * 200_000_000)) == "too_large"


def test_a_bomb_within_the_limit_of_a_part_is_known_by_its_ratio() -> None:
    assert refusal(document(b" " * 15_000_000)) == "too_large"


def test_a_size_that_is_a_lie_bounds_nothing() -> None:
    data = bytearray(document(b"<a/>" * 1_000_000))
    size = struct.pack("<I", 4_000_000)
    assert data.count(size) == 2
    told = bytes(data).replace(size, struct.pack("<I", 1000))
    assert refusal(told) == "too_large"


def test_a_size_of_two_gigabytes_is_not_believed() -> None:
    data = saved()
    size = struct.pack("<I", len(form.document(Make().body()).encode()))
    assert refusal(data.replace(size, struct.pack("<I", 2**31))) == "too_large"


def test_a_part_that_is_not_what_its_checksum_says_is_damaged() -> None:
    data = saved()
    crc = struct.pack("<I", zlib.crc32(form.document(Make().body()).encode()))
    assert refusal(data.replace(crc, b"\1\2\3\4")) == "damaged"


@pytest.mark.parametrize("name", [MAIN, "Word/Document.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(name: str) -> None:
    target = io.BytesIO(saved())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, form.document(p(run("the other one"))))
    assert refusal(target.getvalue()) == "bad_container"


@pytest.mark.parametrize("name", ["../x.xml", "/etc/x", "word\\x.xml", "C:x", "a/../../b", "word/\n.xml", "x" * 400])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert refusal(packed({**parts(""), name: "x"})) == "bad_container"


def test_too_many_parts_are_refused() -> None:
    assert refusal(packed({**parts(""), **{f"word/{n}.xml": "" for n in range(1001)}})) == "too_large"


def test_a_part_with_a_password_is_told() -> None:
    data = bytearray(saved())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(bytes(data)) == "needs_password"


def test_parts_that_lie_over_one_another_are_refused() -> None:
    """All names of the directory lead to one packed part: a bomb that no limit of a part sees (CVE-2024-0450)."""
    data = bytearray(packed({MAIN: form.document(""), "word/a.xml": form.document("")}))
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    assert refusal(bytes(data)) == "bad_container"


def test_a_file_that_was_cut_says_so() -> None:
    data = saved()
    assert {refusal(data[: len(data) * tenth // 10]) for tenth in range(1, 10)} == {"truncated"}


def test_a_directory_that_is_junk_is_damaged() -> None:
    data = saved()
    at = data.rfind(b"PK\x05\x06")
    assert refusal(data[: at + 16] + b"\xff\xff\xff\x7f" + data[at + 20 :]) == "damaged"


def test_a_zip_without_a_document_is_no_form() -> None:
    assert refusal(packed({"[Content_Types].xml": "<Types/>", "word/other.xml": "<a/>"})) == "not_a_form"


@pytest.mark.parametrize("name", ["docProps/custom.xml", "docProps/core.xml", "docProps/app.xml"])
def test_a_broken_part_beside_the_document_is_damaged(name: str) -> None:
    assert refusal(packed({**parts(""), name: "<a><b></a>"})) == "damaged"


@pytest.mark.parametrize("name", [name for name in parts("") if name not in (MAIN, "[Content_Types].xml")])
def test_a_part_that_is_missing_does_not_matter(name: str) -> None:
    members = parts(Make({"company.name": "still here"}).body())
    del members[name]
    reader, data = DocxReader(), packed(members)
    assert reader.identify(data).tokens
    assert cell_of(reader.extract(data, PLACES), "company.name").value == "still here"


# ---- XML ----------------------------------------------------------------------------------------

LAUGHS = '<!DOCTYPE a [<!ENTITY b0 "ha">' + "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    "head",
    [
        f"{LAUGHS}]>",
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">',
        "<!DOCTYPE w:document>",
    ],
)
def test_entities_are_refused_before_anything_is_parsed(head: str) -> None:
    text = form.document(p(run("x"))).replace("?>", f"?>{head}", 1)
    assert refusal(document(text)) == "xml_doctype"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-7"])
def test_other_encodings_are_refused(encoding: str) -> None:
    text = form.document(p(run("x"))).replace("UTF-8", encoding)
    assert refusal(document(text.encode(encoding))) == "damaged"


def test_an_entity_that_nobody_defined_is_damaged() -> None:
    assert refusal(document(form.document(p("<w:r><w:t>&x;</w:t></w:r>")))) == "damaged"


@pytest.mark.parametrize(
    "deep",
    [
        "<w:x>" * 5000 + "</w:x>" * 5000,
        "<w:tbl><w:tr><w:tc>" * 60 + p() + "</w:tc></w:tr></w:tbl>" * 60,
        "<w:sdt><w:sdtContent>" * 2000 + p() + "</w:sdtContent></w:sdt>" * 2000,
    ],
)
def test_nesting_without_end_is_damaged(deep: str) -> None:
    assert refusal(document(form.document(deep))) == "damaged"


def test_millions_of_elements_are_refused() -> None:
    assert refusal(document(form.document("<w:p/>" * 3_200_000))) == "too_large"


def test_thousands_of_controls_are_refused() -> None:
    assert refusal(document(form.document("<w:sdt/>" * 20_001))) == "too_large"


def test_a_thousand_rows_in_a_table_of_three_take_no_time() -> None:
    made = Make(names="none")
    rows = [made.officer(1)] * 4000
    began = time.process_time()
    raw = read(made.front() + made.company() + made.branch() + made.officers(*rows))
    assert time.process_time() - began < 5
    assert {problem.code for problem in raw.problems} >= {"rows_changed"}


@pytest.mark.parametrize(
    "between",
    [
        "<!-- <w:pPr> -->{}<!-- </w:pPr> -->",
        "<w:r><w:t><![CDATA[<w:tcPr>]]></w:t></w:r>{}<w:r><w:t><![CDATA[</w:tcPr>]]></w:t></w:r>",
        "<?x <w:pPr>?>{}<?x </w:pPr>?>",
    ],
)
def test_words_between_what_only_looks_like_tags_are_read(between: str) -> None:
    body = swap(Make().body(), run("Say more."), run("Say more.") + between.format(run("KEPT")))
    assert any("KEPT" in stray.value for stray in read(body).strays)


@pytest.mark.parametrize("bad", ["<w:pPr>", "</w:pPr>", "<w:pPr><w:pPr></w:pPr>", "<w:tcPr></w:tcPr></w:tcPr>"])
def test_tags_without_their_other_half_are_damaged(bad: str) -> None:
    assert refusal(document(form.document(p(run("a")) + bad + p(run("b"))))) == "damaged"


def test_tracked_formatting_does_not_hide_the_words_behind_it() -> None:
    was = run("Say more.")
    look = "<w:pPr><w:pPrChange><w:pPr></w:pPr></w:pPrChange></w:pPr>"
    raw = read(swap(Make({"branch.notes": "words"}).body(), p(was), p(look, was)))
    assert cell_of(raw, "branch.notes").value == "words"
    assert raw.strays == ()


# ---- what could act -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("word/vbaProject.bin", "x", "macros"),
        ("word/embeddings/book.xlsx", "x", "embedded files"),
        ("word/activeX/activeX1.xml", "<a/>", "ActiveX"),
        (
            "word/_rels/settings.xml.rels",
            '<Relationships><Relationship Id="a" Type="http://x.example/attachedTemplate" '
            'Target="http://127.0.0.1/t.dotm" TargetMode="External"/></Relationships>',
            "links to files elsewhere",
        ),
    ],
)
def test_what_could_act_is_named_and_ignored(name: str, content: str, words: str) -> None:
    data = saved(Make({"company.name": "read"}).body(), lambda members: members.update({name: content}))
    raw = read(data)
    [problem] = [one for one in raw.problems if one.code == "active_content"]
    assert words in problem.message
    assert cell_of(raw, "company.name").value == "read"


def test_unequal_controls_of_one_name_are_a_conflict() -> None:
    twin = p(typed("company.name", "Somebody Else, Inc."))
    cell = cell_of(read(Make().body() + twin), "company.name")
    assert (cell.state, set(cell.values)) == ("conflict", {"Yonder Lamps, Inc.", "Somebody Else, Inc."})


def test_hidden_text_in_a_place_is_no_answer_and_is_told() -> None:
    was = run(form.VALUES["company.name"])
    unseen = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>not to be seen</w:t></w:r>"
    raw = read(swap(Make().body(), was, was + unseen))
    assert cell_of(raw, "company.name").value == "Yonder Lamps, Inc."
    assert [(stray.kind, stray.value) for stray in raw.strays] == [("hidden", "not to be seen")]


def test_an_answer_of_a_million_characters_is_left_to_a_person() -> None:
    cell = cell_of(read(Make({"branch.notes": " ".join(map(str, range(200_000)))}).body()), "branch.notes")
    assert (cell.state, cell.note) == ("unread", "too_long")


# ---- in the worker ------------------------------------------------------------------------------


def test_the_worker_reads_word_files_and_hands_on_added_rows() -> None:
    made = Make()
    extra = Make({"officers.r3.name": "Cy New"}).officer(3)
    rows = [made.officer(number) for number in (1, 2, 3)]
    data = saved(made.front() + made.company() + made.branch() + made.officers(*rows, extra))
    with Worker() as worker:
        assert worker.identify("docx", data).fields
        raw = worker.extract("docx", data, PLACES)
        assert cell_of(raw, "officers.r4.name").value == "Cy New"
        with pytest.raises(Refused) as caught:
            worker.identify("docx", document("<w:x>" * 5000))
        assert caught.value.code == "damaged"
        assert worker.identify("docx", data).fields
