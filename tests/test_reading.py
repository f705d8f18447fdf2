"""Reading: a file that came back becomes a record of its stored issue, once; nothing is lost when it does not."""

import io
import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pikepdf
import pytest

from formwright import reading
from formwright.cli._shared import cache_folder
from formwright.errors import FormwrightError, Unusable
from formwright.intake.open import SIZE_LIMIT
from formwright.intake.worker import InProcess, Worker
from formwright.issuing import issue
from formwright.reading import Rejected, Taken, answer, files_of, read
from formwright.records.events import Happening
from formwright.sending import Made, Order
from formwright.workspace import Workspace
from workspaces import visit, write

AT = "2027-02-01T10:00:00Z"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with one issue, Q-2027-0001."""
    with visit(tmp_path / "team") as opened:
        issued(opened)
        yield opened


def issued(workspace: Workspace, **changes: object) -> Made:
    given = {
        "definition": "visit",
        "accounts": ("northwind",),
        "on": date(2027, 1, 11),
        "out": workspace.folder / "out",
        "cache": cache_folder(),
        "at": "2027-01-11T09:00:00Z",
    }
    (outcome,) = issue(workspace, Order(**{**given, **changes}))  # type: ignore[arg-type]
    assert isinstance(outcome, Made), outcome
    return outcome


def filled(workspace: Workspace, name: str = "back.pdf", **values: str) -> Path:
    """Fill the issued file with another program's hand (qpdf's, without appearances) and save it as `name`."""

    def fill(pdf: pikepdf.Pdf) -> None:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        for key, value in values.items():
            field = fields[key]
            choice = "/Kids" in field
            field.V = pikepdf.Name(f"/{value}") if choice else pikepdf.String(value)
            for kid in field.get("/Kids", []):
                kid.AS = field.V if f"/{value}" in kid.AP.N else pikepdf.Name.Off

    return saved(workspace, name, fill)


def saved(workspace: Workspace, name: str, edit: Callable[[pikepdf.Pdf], None]) -> Path:
    path = workspace.folder / name
    with pikepdf.open(workspace.folder / "out" / "northwind_Q-2027-0001.pdf") as pdf:
        edit(pdf)
        target = io.BytesIO()
        pdf.save(target)
    path.write_bytes(target.getvalue())
    return path


def taken(workspace: Workspace, *paths: Path, **changes: object) -> list[Taken | Rejected]:
    return list(read(workspace, paths, InProcess(), at=AT, **changes))  # type: ignore[arg-type]


def record(outcome: Taken | Rejected) -> dict:  # type: ignore[type-arg]
    assert isinstance(outcome, Taken), outcome
    return outcome.as_json()


def test_a_return_becomes_a_record(workspace: Workspace) -> None:
    path = filled(workspace, employees="1,250", related="no")
    (outcome,) = taken(workspace, path, by="Ines Weber")
    found = record(outcome)
    assert found["issue"] == {"id": "Q-2027-0001", "account": "northwind", "issued_on": "2027-01-11"}
    assert found["answers"]["employees"]["value"] == 1250
    assert found["answers"]["related"]["value"] == "no"
    assert found["answers"]["legal_name"]["state"] == "unchanged"
    assert (found["problems"], found["strays"], found["revision"]) == ([], [], 1)
    (source,) = found["sources"]
    assert (source["name"], source["received_at"]) == ("back.pdf", AT)
    assert workspace.store.bytes(source["sha256"]) == path.read_bytes()


def test_the_worker_reads_the_same_as_this_process(workspace: Workspace) -> None:
    path = filled(workspace, employees="7")
    with Worker() as worker:
        (outcome,) = read(workspace, [path], worker, at=AT, alone=True)
    (same,) = taken(workspace, path, alone=True)
    assert record(outcome) == record(same)


def test_the_same_bytes_twice_change_nothing_and_say_so(workspace: Workspace) -> None:
    path = filled(workspace, employees="7")
    copy = workspace.folder / "copy.pdf"
    copy.write_bytes(path.read_bytes())
    first, second = taken(workspace, path, copy)
    assert record(first) == record(second)
    assert isinstance(first, Taken)
    assert isinstance(second, Taken)
    assert (first.again, second.again) == (False, True)
    assert [event.kind for event in workspace.store.events("Q-2027-0001")] == ["issued", "received"]


def test_the_same_bytes_from_another_sender_note_the_sender_and_nothing_else(workspace: Workspace) -> None:
    """DEF-9: who said it decides what is to be confirmed; the account's primary contact is Ines Weber."""
    path = filled(workspace, legal_name="Northwind Trade, Inc.")
    (first,) = taken(workspace, path, by="Someone Else")
    (again,) = taken(workspace, path, by="SOMEONE  ELSE")
    (second,) = taken(workspace, path, by="Ines Weber")
    (silent,) = taken(workspace, path)
    (third,) = taken(workspace, path, by="Someone Else")
    outcomes = [first, again, second, silent, third]
    assert all(isinstance(one, Taken) for one in outcomes)
    assert [one.sender for one in outcomes] == ["", "", "Ines Weber", "", "Someone Else"]  # type: ignore[union-attr]
    assert [one.again for one in outcomes] == [False, True, True, True, True]  # type: ignore[union-attr]
    found = [record(one) for one in outcomes]
    assert [one["submitted_by"] for one in found] == [
        {"names": ["Someone Else"], "primary_contact": False},
        {"names": ["Someone Else"], "primary_contact": False},
        {"names": ["Ines Weber"], "primary_contact": True},
        {"names": ["Ines Weber"], "primary_contact": True},
        {"names": ["Someone Else"], "primary_contact": False},
    ]
    assert [one["answers"]["legal_name"]["needs"] for one in found] == [["confirm"], ["confirm"], [], [], ["confirm"]]
    assert [one["revision"] for one in found] == [1, 1, 2, 2, 3]
    assert len({json.dumps(one["sources"]) for one in found}) == 1
    kinds = [(event.kind, event.by) for event in workspace.store.events("Q-2027-0001")][1:]
    assert kinds == [("received", "Someone Else"), ("sent", "Ines Weber"), ("sent", "Someone Else")]


def test_a_return_that_is_read_after_a_decision_is_not_set_aside_in_silence(workspace: Workspace) -> None:
    """THREATS 36: clocks go back; the order of events does not."""
    answer(workspace, "Q-2027-0001", "employees", "9", by="DW", why="telephone", at="2031-01-01T00:00:00Z")
    (outcome,) = taken(workspace, filled(workspace, employees="7"))
    found = record(outcome)
    assert found["answers"]["employees"]["value"] == 9
    assert [problem["code"] for problem in found["problems"]] == ["decided_otherwise"]


def test_a_doubled_page_is_told(workspace: Workspace) -> None:
    (outcome,) = taken(workspace, saved(workspace, "back.pdf", lambda pdf: pdf.pages.append(pdf.pages[-1])))
    assert [problem["code"] for problem in record(outcome)["problems"]] == ["pages_added"]
    (outcome,) = taken(workspace, saved(workspace, "more.pdf", lambda pdf: pdf.add_blank_page()), alone=True)
    assert [problem["code"] for problem in record(outcome)["problems"]] == ["pages_added"]
    assert isinstance(outcome, Taken)
    assert outcome.record.review


def test_a_hidden_field_with_a_value_is_told(workspace: Workspace) -> None:
    def hide(pdf: pikepdf.Pdf) -> None:
        (field,) = [one for one in pdf.Root.AcroForm.Fields if str(one.T) == "employees"]
        field.V = pikepdf.String("7")
        field.F = 2

    (outcome,) = taken(workspace, saved(workspace, "back.pdf", hide))
    found = record(outcome)
    assert (found["answers"]["employees"]["value"], found["answers"]["employees"]["needs"]) == (7, ["review"])
    assert [problem["code"] for problem in found["problems"]] == ["hidden_field"]


def test_a_path_that_cannot_be_opened_is_told_and_is_no_event(workspace: Workspace) -> None:
    gone, good = taken(workspace, workspace.folder / "gone.pdf", filled(workspace, employees="7"))
    assert isinstance(gone, Rejected)
    assert (gone.opened, gone.as_json()["refused"]["code"], gone.as_json()["source"]) == (False, "missing", None)
    assert record(good)["revision"] == 1
    assert workspace.store.events() == ()
    assert not (workspace.folder / "quarantine").exists()


def test_several_returns_of_one_issue_are_one_record(workspace: Workspace) -> None:
    first, second = taken(
        workspace, filled(workspace, "a.pdf", employees="7"), filled(workspace, "b.pdf", employees="9", related="no")
    )
    assert record(first)["answers"]["employees"]["value"] == 7
    found = record(second)
    assert found["revision"] == 2
    assert found["answers"]["employees"]["state"] == "conflict"
    assert found["answers"]["related"]["value"] == "no"
    decided = answer(workspace, "Q-2027-0001", "employees", "9", by="DW", why="telephone", at=AT).as_json()
    assert decided["answers"]["employees"]["value"] == 9
    assert decided["revision"] == 3


def test_alone_stores_nothing(workspace: Workspace) -> None:
    path = filled(workspace, employees="7")
    write(workspace.folder / "notes.txt", "hello")
    before = sorted(workspace.folder.rglob("*"))
    good, bad = taken(workspace, path, workspace.folder / "notes.txt", alone=True)
    assert record(good)["answers"]["employees"]["value"] == 7
    assert isinstance(bad, Rejected)
    assert len(workspace.store.events("Q-2027-0001")) == 1
    assert workspace.store.events() == ()
    assert sorted(workspace.folder.rglob("*")) == before


def test_a_refused_file_is_kept_once_and_the_next_is_read(workspace: Workspace) -> None:
    write(workspace.folder / "notes.txt", "hello")
    paths = [workspace.folder / "notes.txt", filled(workspace, employees="7"), workspace.folder / "notes.txt"]
    first, good, third = taken(workspace, *paths)
    assert isinstance(first, Rejected)
    assert isinstance(third, Rejected)
    assert record(good)["answers"]["employees"]["value"] == 7
    sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    (event,) = workspace.store.events()
    assert (event.kind, event.data) == ("refused", json.loads(json.dumps(first.as_json())))
    assert event.data["refused"]["code"] == "not_a_form"
    assert event.data["source"]["sha256"] == sha256
    assert (workspace.folder / "quarantine" / sha256[:2] / sha256).read_bytes() == b"hello"


def refusals(workspace: Workspace) -> list[str]:
    """The messages of the refused files that the store tells of."""
    return [event.data["refused"]["message"] for event in workspace.store.events()]


def test_two_files_of_one_name_that_could_not_be_read_are_two_events_and_one_twice_is_one(
    workspace: Workspace,
) -> None:
    """What is too large is not read to its end, so it has no hash."""
    paths = [workspace.folder / day / "scan.pdf" for day in ("monday", "tuesday")]
    for path, size in zip(paths, (SIZE_LIMIT + 1, SIZE_LIMIT + 2), strict=True):
        path.parent.mkdir()
        with path.open("wb") as file:
            file.truncate(size)
    outcomes = taken(workspace, *paths, *paths)
    assert [one.error.code for one in outcomes if isinstance(one, Rejected)] == ["too_large"] * 4
    assert len(refusals(workspace)) == 2
    os.utime(paths[0], ns=(0, 0))  # another file, as far as anybody can know
    taken(workspace, paths[0])
    assert len(refusals(workspace)) == 3


def test_a_quarantine_without_room_keeps_nothing_more_and_says_so(workspace: Workspace) -> None:
    small = Workspace(workspace.folder, workspace.settings.model_copy(update={"quarantine_limit": 8}))
    for name, text in (("a.txt", "hello"), ("b.txt", "world"), ("c.txt", "you")):
        write(workspace.folder / name, text)
    paths = [workspace.folder / name for name in ("a.txt", "b.txt", "c.txt", "a.txt")]
    told = "It was not kept: quarantine/ may hold 8 bytes (quarantine_limit)."
    outcomes = taken(small, *paths)
    assert [told in one.error.message for one in outcomes if isinstance(one, Rejected)] == [False, True, False, False]
    assert [told in message for message in refusals(small)] == [False, True, False]
    held = [path for path in (workspace.folder / "quarantine").rglob("*") if path.is_file()]
    assert sorted(path.read_bytes() for path in held) == [b"hello", b"you"]
    (again,) = taken(workspace, workspace.folder / "b.txt")  # there is room now
    assert isinstance(again, Rejected)
    assert told not in again.error.message
    assert sum(path.is_file() for path in (workspace.folder / "quarantine").rglob("*")) == 3
    assert len(refusals(small)) == 4
    small.close()


def test_what_cannot_be_a_return_is_told_and_passed_over(workspace: Workspace) -> None:
    folder = workspace.folder / "inbox"
    folder.mkdir()
    (folder / "b.pdf").symlink_to(filled(workspace, employees="7"))
    os.mkfifo(folder / "c.pdf")
    (folder / "d.pdf").mkdir()
    (folder / ".hidden").write_text("x")
    write(folder / "e\n.pdf", "%PDF-1.7 but no more")
    paths = list(files_of([folder, workspace.folder / "gone.pdf"]))
    assert [path.name for path in paths] == ["b.pdf", "c.pdf", "e\n.pdf", "gone.pdf"]
    outcomes = taken(workspace, *paths)
    assert [outcome.name for outcome in outcomes] == ["b.pdf", "c.pdf", "e\\n.pdf", "gone.pdf"]
    assert all(isinstance(outcome, Rejected) for outcome in outcomes)


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("withdrawn", {}, "issue_withdrawn"),
        ("superseded", {"by_issue": "Q-2027-0002"}, "issue_superseded"),
    ],
)
def test_a_return_of_an_issue_that_no_longer_counts_is_looked_at(
    workspace: Workspace, kind: str, data: dict[str, str], code: str
) -> None:
    happening = Happening(kind=kind, issue="Q-2027-0001", at="2027-01-20T00:00:00Z", data=data)  # type: ignore[arg-type]
    workspace.store.append_event(happening)
    (outcome,) = taken(workspace, filled(workspace, employees="7"))
    found = record(outcome)
    assert [problem["code"] for problem in found["problems"]] == [code]
    assert "2027-01-20" in found["problems"][0]["message"]
    assert found["answers"]["employees"]["needs"] == ["review"]
    assert found["review"] is True
    assert answer(workspace, "Q-2027-0001", "employees", "8", by="DW", why="telephone", at=AT).review


def test_our_own_fields_are_no_answers_and_no_strays(workspace: Workspace) -> None:
    """The token's field and the sheets repeat what is elsewhere; a change in a fact of page 1 is looked at."""

    def change(pdf: pikepdf.Pdf) -> None:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        fields["form:return_by"].V = pikepdf.String("December 31, 2099")

    (outcome,) = taken(workspace, saved(workspace, "back.pdf", change))
    found = record(outcome)
    assert found["strays"] == []
    assert [(problem["code"], problem["key"]) for problem in found["problems"]] == [("altered_fixed", "form.return_by")]
    assert found["review"] is True


def test_a_continuation_sheet_that_came_back_changed_is_told(tmp_path: Path) -> None:
    workspace = visit(tmp_path / "team")
    path = workspace.folder / "accounts" / "northwind.yaml"
    long = "Northwind " + "Trading and Forwarding " * 20 + "Inc."
    path.write_text(path.read_text("utf-8").replace("Northwind Trading, Inc.", long), "utf-8")
    made = issued(workspace)
    sheet = next(field for field in made.issue.files[0].fields if field.key == "form.sheet1.text")
    assert long in str(sheet.value).replace("\n", " ")
    (untouched,) = taken(workspace, saved(workspace, "same.pdf", lambda _: None), alone=True)
    assert (record(untouched)["strays"], record(untouched)["problems"]) == ([], [])

    def change(pdf: pikepdf.Pdf) -> None:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        text = fields["form:sheet1:text"]
        text.V = pikepdf.String(str(text.V) + " And a branch in Toronto.")

    (outcome,) = taken(workspace, saved(workspace, "back.pdf", change))
    found = record(outcome)
    (problem,) = found["problems"]
    assert (problem["code"], problem["item"], problem["key"]) == ("altered_fixed", "legal_name", "legal_name")
    assert problem["message"] == (
        f"Continuation sheet 1 (page {sheet.page}), which continues A.1, What is your company's full legal name?: "
        "“Inc. And a branch in Toronto.” stands where we printed “Inc.”. Ours stands."
    )
    (stray,) = found["strays"]
    assert (stray["kind"], stray["page"], stray["value"]) == (
        "continuation sheet", sheet.page, f"{sheet.value} And a branch in Toronto."
    )  # fmt: skip
    assert (found["review"], found["answers"]["legal_name"]["needs"]) == (True, ["review"])
    after = answer(workspace, "Q-2027-0001", "legal_name", "Northwind", by="DW", why="sheet 1", at=AT).as_json()
    assert (after["review"], after["problems"], len(after["strays"])) == (False, [], 1)
    workspace.close()


def test_an_operators_answer_is_checked_before_it_is_stored(workspace: Workspace) -> None:
    def told(issue: str, key: str, value: str) -> str:
        with pytest.raises(FormwrightError) as caught:
            answer(workspace, issue, key, value, by="DW", why="telephone", at=AT)
        return str(caught.value)

    assert told("Q-2027-0009", "employees", "7").startswith("There is no issue Q-2027-0009 in this workspace.")
    assert "Did you mean employees?" in told("Q-2027-0001", "employes", "7")
    assert "form.return_by" in told("Q-2027-0001", "form.return_by", "7")
    assert "not a number" in told("Q-2027-0001", "employees", "many")
    assert len(workspace.store.events("Q-2027-0001")) == 1
    found = answer(workspace, "Q-2027-0001", "employees", "7", by="DW", why="telephone", at=AT).as_json()
    assert found["answers"]["employees"]["value"] == 7
    assert found["answers"]["employees"]["cells"]["employees"]["decided"] == {"by": "DW", "why": "telephone", "at": AT}


ROWS = """\
id: rows
version: "1.0"
title: Officers
sections:
  - id: company
    letter: A
    title: Your Company
    items:
      - id: officers
        label: "1"
        kind: table
        text: The officers.
        spare: 1
        columns:
          - {id: name, kind: text, text: Name}
"""


def test_an_operator_answers_in_a_row_beyond_the_spare_ones(workspace: Workspace) -> None:
    write(workspace.folder / "forms" / "rows.yaml", ROWS)
    made = issued(workspace, definition="rows")
    said = partial(answer, workspace, made.issue.id, by="DW", why="telephone", at=AT)
    with pytest.raises(Unusable, match=r"would be in row 3; the last one is 1. Write officers.r2.name."):
        said("officers.r3.name", "Bo Lind")
    found = said("officers.r2.name", "Bo Lind").as_json()
    assert found["answers"]["officers"]["cells"]["officers.r2.name"]["value"] == "Bo Lind"
    assert said("officers.r2.name", "Bo Lindt").as_json()["revision"] == 2
    assert said("officers.r3.name", "Ann Oh").as_json()["answers"]["officers"]["value"][1]["name"] == "Ann Oh"
    with pytest.raises(Unusable, match="has no place to answer"):
        said("officers.r3.age", "7")
    with pytest.raises(Unusable, match="has no place to answer"):
        said(f"officers.r{'9' * 5000}.name", "7")


@pytest.mark.parametrize("inside", ["table", "composite"])
def test_a_table_gets_no_more_rows_than_it_may_have(workspace: Workspace, inside: str) -> None:
    text, table = ROWS.replace("        spare: 1", "        spare: 1\n        max_rows: 2"), "officers"
    if inside == "composite":
        head, mark, below = text.partition("      - id: officers")
        below = below.replace('        label: "1"\n', "").replace("\n", "\n    ")
        text = f'{head}      - id: people\n        label: "1"\n        kind: composite\n        text: Your people.\n'
        text, table = f"{text}        parts:\n    {mark}{below}".rstrip() + "\n", "people.officers"
    write(workspace.folder / "forms" / "rows.yaml", text)
    id = issued(workspace, definition="rows").issue.id
    said = partial(answer, workspace, id, by="DW", why="telephone", at=AT)
    said(f"{table}.r2.name", "Bo Lind")
    cure = f"{table}.r3.name would be in row 3; the table has at most 2. Write it in one of its rows: {table}.r1 to "
    with pytest.raises(Unusable, match=re.escape(cure)):
        said(f"{table}.r3.name", "Ann Oh")


def test_a_key_that_others_can_read_stops_the_reading(workspace: Workspace) -> None:
    path = filled(workspace, employees="7")
    workspace._keys.clear()
    (workspace.folder / "keys" / "K1").chmod(0o644)
    with pytest.raises(Unusable, match="Run: chmod 600"):
        taken(workspace, path)
    assert reading.record_of(workspace, workspace.store.issue("Q-2027-0001")).as_json()["sources"] == []  # type: ignore[arg-type]
