"""A file whose end was cut off opens as the revision before: it is refused; harmless tails are not (PDF.md 4)."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pikepdf
import pytest
from pikepdf import ObjectStreamMode, Pdf, String

from formwright.errors import Refused
from formwright.issue import IssuedFile
from formwright.returns.match import as_issued
from readers.handmade import appended, cell, codes, field, form, read, saved

LAST = String("typed last")


def name_typed(pdf: Pdf) -> tuple[int, bytes]:
    """Return number and body of the field `name` with a value."""
    name = field(pdf, "name")
    name.V = LAST
    return name.objgen[0], name.unparse(resolved=True)


def plain() -> bytes:
    return saved(form(), object_stream_mode=ObjectStreamMode.disable)


def filled() -> bytes:
    return appended(plain(), name_typed)


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read(data)
    assert caught.value.fix
    return caught.value.code


def test_it_reads_the_appended_revision() -> None:
    assert cell(read(filled()), "name").value == "typed last"


def test_it_refuses_a_revision_cut_anywhere() -> None:
    data, whole = filled(), len(plain())
    cuts = range(whole + 1, len(data.rstrip()))
    assert len(cuts) > 240
    for cut in cuts:
        assert code_of(data[:cut]) == "truncated", data[cut - 20 : cut]


def test_a_cut_at_the_end_of_what_we_sent_is_our_own_file_and_is_told() -> None:
    """Nothing in the bytes shows this cut; what tells of it is that they are those that were issued."""
    sent, returned = plain(), filled()
    cut = returned[: len(sent)]
    assert (cell(read(cut), "name").value, cell(read(returned), "name").value) == ("", "typed last")
    file = IssuedFile(
        name="form.pdf",
        format="pdf",
        sha256=hashlib.sha256(sent).hexdigest(),
        size=len(sent),
        layout_fingerprint="",
        pages=((612.0, 792.0),) * 2,
        fields=(),
    )
    told = [as_issued(hashlib.sha256(data).hexdigest(), file) for data in (cut, returned)]
    assert [[(one.code, one.severity) for one in some] for some in told] == [[("as_issued", "warning")], []]


def test_it_shows_why_this_matters() -> None:
    """Without the guard the cut file opens without a warning, with the values of the revision before."""
    data = filled()[:-60]
    with pikepdf.open(BytesIO(data[: data.rfind(b"%%EOF") + 6])) as pdf:
        assert "/V" not in field(pdf, "name")


@pytest.mark.parametrize(
    "tail",
    [
        b"",
        b"\n",
        b"\r\n",
        b"\r\n\r\n   \t\n",
        b"\0" * 600,
        b"\x1a",
        b"\n<html><body>Scanned 12 objects</body></html>\n",
    ],
    ids=["as it is", "newline", "crlf", "blanks", "nulls", "ctrl-z", "html"],
)
def test_it_accepts_harmless_tails(tail: bytes) -> None:
    raw = read(filled().rstrip() + tail)
    assert cell(raw, "name").value == "typed last"
    assert codes(raw) == set()


@pytest.mark.parametrize("options", [{"linearize": True}, {"object_stream_mode": ObjectStreamMode.generate}])
def test_it_accepts_other_ways_to_write_a_file(options: dict[str, object]) -> None:
    pdf = form()
    field(pdf, "name").V = LAST
    raw = read(saved(pdf, **options))
    assert cell(raw, "name").value == "typed last"
    assert codes(raw) == set()


def test_it_refuses_a_linearized_file_cut_in_the_middle() -> None:
    data = saved(form(), linearize=True)
    assert data.count(b"%%EOF") == 2
    assert code_of(data[: len(data) * 3 // 4]) == "truncated"


def test_it_accepts_junk_before_the_header() -> None:
    assert (
        cell(read(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + filled()), "name").value == "typed last"
    )


def test_it_repairs_line_ends_changed_on_the_way_and_says_so() -> None:
    """As a text-mode transfer does; streams are spoilt, fields are not."""
    raw = read(filled().replace(b"\n", b"\r\n"))
    assert cell(raw, "name").value == "typed last"
    assert codes(raw) == {"repaired"}
