"""Stored JSON: exact both ways, quick, and honest about what it does not know."""

import json
import time

import pytest

import real_issue
from formwright import record
from formwright.errors import Unusable
from formwright.issue import Issue, Issued, IssuedFile
from formwright.kinds._base import Cell
from formwright.raw import RawCell, RawProblem, RawReturn, Stray
from formwright.records.documents import dump_issue, dump_raw, restore_issue, restore_raw


def an_issue(cells: int = 3, id: str = "Q-2027-0001") -> Issue:
    """An issue with one cell of every sort of value, repeated."""
    prefills = ("Northwind Trading", ("bulk", "other"), True, None)
    places = tuple(
        Cell(
            key=f"suppliers.r{n}.name",
            item="suppliers",
            role="answer",
            control="line",
            name=f"A.3, supplier {n}: name",
            path=("name",),
            row=f"r{n}",
            required=True,
            prefill=prefills[n % 4],
            codes=("yes", "no"),
            when=('related == "yes"',),
        )
        for n in range(1, cells + 1)
    )
    fields = tuple(
        Issued(
            key=cell.key,
            name=cell.key.replace(".", ":"),
            kind="line",
            page=2,
            box=(72.0, 100.25, 540.5, 118.0),
            labels=(("yes", "Yes"), ("no", "No")),
            value=cell.prefill,
            alias="A.1, Name",
            region="_Q_name",
            words="Name",
            at=(0, 1, 0),
        )
        for cell in places
    )
    file = IssuedFile(
        name=f"northwind_{id}.pdf",
        format="pdf",
        sha256="ab" * 32,
        size=4096,
        layout_fingerprint="f0" * 32,
        pages=((612.0, 792.0), (612.0, 792.0)),
        fields=fields,
    )
    return Issue(
        id=id,
        workspace="ws-000000",
        account="northwind",
        account_name="Northwind Trading GmbH",
        issued_on="2027-01-11",
        due_on="2027-02-26",
        key_id="K1",
        definition="account_management",
        definition_version="1998.8",
        definition_fingerprint="aa",
        form_fingerprint="bb",
        language="en",
        primary_contact="Ines Weber",
        form={"sections": [{"items": [1, {"text": "日本 – “quoted”"}]}], "empty": []},
        cells=places,
        rows={"suppliers.r1": "s-17"},
        files=(file,),
        sample=True,
    )


def test_an_issue_comes_back_exactly() -> None:
    issue = an_issue(8)
    assert restore_issue(dump_issue(issue)) == issue


def test_lists_of_the_form_stay_lists_and_tuples_stay_tuples() -> None:
    restored = restore_issue(dump_issue(an_issue()))
    assert restored.form["sections"] == [{"items": [1, {"text": "日本 – “quoted”"}]}]
    assert restored.cells[0].prefill == ("bulk", "other")
    assert restored.files[0].pages == ((612.0, 792.0), (612.0, 792.0))


FIRST = """{"id":"Q-2026-0007","workspace":"ws-000000","account":"northwind","account_name":"Northwind Trading GmbH",
"issued_on":"2026-01-11","due_on":"2026-02-26","key_id":"K1","definition":"visit","definition_version":"1.0",
"definition_fingerprint":"aa","form_fingerprint":"bb","language":"en","primary_contact":"","form":{"sections":[]},
"cells":[{"key":"related","item":"related","role":"answer","control":"one_of","name":"A.1","codes":["yes","no"],
"prefill":["yes"]},{"key":"name","item":"name","role":"answer","control":"line","name":"A.2","required":true}],
"rows":{},"files":[{"name":"a.pdf","format":"pdf","sha256":"ab","size":9,"layout_fingerprint":"f0",
"pages":[[612.0,792.0]],"fields":[{"key":"name","name":"name","kind":"line","page":1,"box":[1.0,2.0,3.0,4.5]}]}],
"version":1}""".replace("\n", "")


def test_an_issue_of_the_first_version_is_read() -> None:
    issue = restore_issue(FIRST)
    assert issue.cells == (
        Cell(
            key="related", item="related", role="answer", control="one_of", name="A.1",
            codes=("yes", "no"), prefill=("yes",),
        ),
        Cell(key="name", item="name", role="answer", control="line", name="A.2", required=True),
    )  # fmt: skip
    (file,) = issue.files
    assert file.fields == (Issued(key="name", name="name", kind="line", page=1, box=(1.0, 2.0, 3.0, 4.5)),)
    assert file.pages == ((612.0, 792.0),)
    assert restore_issue(dump_issue(issue)) == issue


def test_a_raw_return_comes_back_exactly() -> None:
    raw = RawReturn(
        format="pdf",
        method="acroform",
        producer="pdftk",
        cells=(
            RawCell(key="a", state="read", value=("yes",), raw="Yes", page=2, box=(1.0, 2.0, 3.0, 4.0)),
            RawCell(key="b", state="conflict", values=("x", True, ("c", "d")), note="doubled_field"),
            RawCell(key="c", state="read", value=False, confidence=0.5),
            RawCell(key="d", state="missing"),
        ),
        strays=(Stray(name="extra", value="=1+1", page=3),),
        problems=(RawProblem(code="readers_differ", message="m", key="b", severity="error"),),
    )
    assert restore_raw(json.loads(json.dumps(dump_raw(raw)))) == raw


def test_an_issue_of_500_cells_loads_in_a_few_milliseconds() -> None:
    text = dump_issue(an_issue(500))
    restore_issue(text)
    best = min(_seconds(text) for _ in range(20))
    assert best < 0.05  # 3 ms on the machine it was written on; the bound only finds a change of kind


def _seconds(text: str) -> float:
    start = time.process_time()
    restore_issue(text)
    return time.process_time() - start


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace('"version":2}', '"version":99}'), "newer_issue"),
        (lambda text: text.replace('"due_on"', '"do_on"'), "damaged_issue"),
        (lambda text: text.replace('"version":2}', '"version":"1"}'), "damaged_issue"),
        (lambda text: text[:-20], "damaged_issue"),
        (lambda text: text.replace('"control":{', '"controls":{'), "damaged_issue"),
        (lambda text: text.replace('"at":[0,', '"at":['), "damaged_issue"),
        (lambda text: text.replace('"at":[0,', '"at":[99,'), "damaged_issue"),
    ],
)
def test_what_it_does_not_know_is_said(change, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Unusable) as caught:
        restore_issue(change(dump_issue(an_issue())))
    assert caught.value.code == code
    if code == "newer_issue":
        assert str(caught.value) == (
            "This issue was stored by a newer Formwright (form 99 of its data; this one knows up to 2). "
            "Use the newer Formwright to read it."
        )


def test_a_cut_question_of_a_stored_issue_is_said_when_it_is_read() -> None:
    head, *items = dump_issue(real_issue.issue()).rstrip("\n").split("\n")
    damaged = restore_issue("\n".join([head, items[0][:-5], *items[1:]]))
    with pytest.raises(Unusable, match="is damaged") as caught:
        record.build(damaged, [], [], revision=1)
    assert caught.value.code == "damaged_issue"
