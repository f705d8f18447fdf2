"""Each verb through the command line: what is printed where, in which form."""

import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from formwright.cli._print import lines
from record_cases import record_of
from workspaces import Tell, write

OVERLAY = """\
id: nw
base: {id: visit, version: "1.0"}
account: northwind
operations:
  - drop: last_entry
  - reword: employees
    text: How many people work for you?
    reason: plainer
"""


def test_issue_prints_a_line_for_each_issue(tell: Tell, tmp_path: Path) -> None:
    code, out, err = tell("issue", "visit", "northwind", "--date", "2027-01-11", "--out", "mail")
    files = "mail/northwind_Q-2027-0001.pdf  mail/northwind_Q-2027-0001.docx"
    assert (code, out, err) == (0, f"Q-2027-0001  Northwind Trading, Inc.  {files}\n", "")
    code, out, err = tell("issue", "visit", "northwind", "nobody", "--date", "2027-01-11")
    assert (code, out.split()[0]) == (1, "Q-2027-0002")
    assert 'There is no account "nobody".' in err
    assert err.endswith("1 of 2 accounts were not served.\n")
    assert (tmp_path / "team" / "out" / "northwind_Q-2027-0002.pdf").is_file()


def test_read_prints_what_became_of_each_file(tell: Tell) -> None:
    tell("issue", "visit", "northwind", "--date", "2027-01-11", "--format", "pdf")
    write(Path("notes.txt"), "hello")
    code, out, err = tell("read", "out", "notes.txt")
    summary = "Q-2027-0001 Northwind Trading, Inc.: partial · 4 items: 1 unchanged 3 blank · 1 problem · review"
    summary += "\n  This is our file just as it was sent: nothing was saved in it, or its end was lost on the way."
    summary += "\n    Ask the sender whether anything was filled in.\n  needs answer: B.1 [related]"
    assert code == 1
    assert out == f"northwind_Q-2027-0001.pdf\n{summary}\n"
    assert err.startswith("notes.txt: refused. This is a text file, not a form of ours.\n  Ask the sender")
    code, out, err = tell("read", "out")
    assert (code, out, err) == (0, f"northwind_Q-2027-0001.pdf (read before: nothing changed)\n{summary}\n", "")


def test_read_json_prints_one_line_for_each_file_and_nothing_else(tell: Tell) -> None:
    tell("issue", "visit", "northwind", "--date", "2027-01-11", "--format", "pdf")
    write(Path("notes.txt"), "hello")
    code, out, err = tell("read", "--json", "out", "notes.txt", "out")
    assert (code, err) == (1, "")
    first, refused, again = (json.loads(line) for line in out.splitlines())
    assert first == again
    assert first["issue"]["id"] == "Q-2027-0001"
    assert refused["refused"]["code"] == "not_a_form"
    assert refused["source"]["name"] == "notes.txt"


def test_answer_prints_the_record_that_follows(tell: Tell) -> None:
    tell("issue", "visit", "northwind", "--date", "2027-01-11", "--format", "pdf")
    code, out, err = tell("answer", "Q-2027-0001", "employees", "12", "--by", "DW", "--why", "telephone")
    assert (code, err) == (0, "")
    assert out.startswith("Q-2027-0001 Northwind Trading, Inc.: partial · 4 items: 1 answered")
    code, _, err = tell("answer", "Q-2027-0001", "employees", "12")
    assert code == 2
    assert "Missing option '--by'" in err


def test_check_looks_through_a_whole_workspace(tell: Tell) -> None:
    write(Path("overlays/nw.yaml"), OVERLAY)
    assert tell("check", ".") == (0, "4 files: nothing is wrong.\n", "")
    write(Path("overlays/nw.yaml"), OVERLAY.replace("last_entry", "legal_name"))
    contacts = "contacts: [{id: a, name: A, primary: true}]\n"
    write(Path("accounts/bad.yaml"), f"id: bad\nkind: AM\nname: Bad\nphone: 1\n{contacts}")
    code, out, err = tell("check", ".")
    assert code == 1
    assert out == "5 files: 2 faults.\n"
    assert 'accounts/bad.yaml:4:1: the key "phone" is not known here.' in err
    assert 'overlays/nw.yaml:5:11, item "legal_name": "legal_name" may not be dropped' in err


def test_an_overlay_for_nobody_we_know_is_told(tell: Tell) -> None:
    write(Path("overlays/nw.yaml"), OVERLAY.replace("account: northwind", "account: nortwind"))
    code, _, err = tell("check", "overlays/nw.yaml")
    assert code == 1
    assert err == 'overlays/nw.yaml:3:10: There is no account "nortwind". Did you mean "northwind"?\n'


def test_show_lists_a_definition(tell: Tell) -> None:
    code, out, _ = tell("show", "visit")
    assert code == 0
    assert [line.split()[:3] for line in out.splitlines()] == [
        ["A.1", "legal_name", "text"],
        ["A.2", "employees", "integer"],
        ["B.1", "related", "yes_no"],
        ["B.2", "last_entry", "date"],
    ]


def test_show_says_what_an_account_is_asked_and_why(tell: Tell) -> None:
    write(Path("overlays/nw.yaml"), OVERLAY)
    code, out, _ = tell("show", "visit", "northwind")
    assert code == 0
    assert [line.split()[1] for line in out.splitlines() if line[0] != " "] == ["legal_name", "employees", "related"]
    assert "last_entry                       not asked" in out
    assert "How many people work for you?" in out
    assert 'known: "Northwind Trading, Inc."' in out
    code, out, _ = tell("show", "visit", "northwind", "--why", "employees")
    assert code == 0
    assert out.startswith("A.2 employees: integer\n  How many people work for you?\n")
    assert "plainer" in out
    code, out, _ = tell("show", "visit", "northwind", "--why", "last_entry")
    assert code == 0
    assert out.startswith("last_entry: not asked\n  dropped")


def test_forms_lists_own_ones_first(tell: Tell) -> None:
    code, out, _ = tell("forms")
    assert code == 0
    assert out.splitlines()[0].split() == ["visit", "1.0", "Visit", "Questionnaire", "(forms/visit.yaml)"]
    assert "(forms/questionnaires/account_management.yaml)" in out


def test_the_workspace_is_named_before_or_after_the_verb_or_in_the_environment(
    tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = str(tmp_path / "team")
    monkeypatch.chdir(tmp_path)
    assert tell("-C", team, "show", "visit")[0] == 0
    assert tell("show", "visit", "-C", team)[0] == 0
    assert tell("show", "visit")[0] == 1
    monkeypatch.setenv("FORMWRIGHT_WORKSPACE", team)
    assert tell("show", "visit")[0] == 0


# ---- what a return changes, and what is to do ----------------------------------------------------


def returned(values: dict[str, str]) -> None:
    """Write what is typed into the fields of the issued file, as a program does, to back.pdf."""
    writer = PdfWriter(clone_from="out/northwind_Q-2027-0001.pdf")
    root: Any = writer.root_object
    for field in root["/AcroForm"]["/Fields"]:
        if (name := str(field.get_object()["/T"])) in values:
            field.get_object()[NameObject("/V")] = TextStringObject(values[name])
    writer.write("back.pdf")


def test_read_prints_each_change_and_what_needs_a_person_and_records_prints_it_again(tell: Tell) -> None:
    tell("issue", "visit", "northwind", "--date", "2027-01-11")
    assert tell("records") == (
        0, "Q-2027-0001 Northwind Trading, Inc.: nothing has come back · issued 2027-01-11, due 2027-02-10\n", ""
    )  # fmt: skip
    returned({"legal_name": "Northwind Trading Company", "employees": "many"})
    shown = (
        "Q-2027-0001 Northwind Trading, Inc.: partial · 4 items: 1 corrected 2 blank 1 invalid · 1 problem · review\n"
        "  A.1: “Northwind Trading, Inc.” -> “Northwind Trading Company” [legal_name]\n"
        "  A.2: This is not a number. It says “many”. [employees]\n"
        "    Write a whole number in plain digits, such as 1250.\n"
        "  needs answer: B.1 [related]\n"
        "  needs confirm: A.1\n"
        "  needs review: A.2\n"
    )
    assert tell("read", "back.pdf") == (0, f"back.pdf\n{shown}", "")
    assert tell("records", "Q-2027-0001") == (0, shown, "")
    assert tell("records")[1] == shown.splitlines(keepends=True)[0]
    assert tell("records", "--json")[1] == tell("read", "--json", "back.pdf")[1]
    assert tell("records", "Q-2027-0001", "--json")[1] == tell("records", "--json")[1]


def test_what_was_taken_out_and_written_below_is_a_change_and_many_are_cut() -> None:
    table = {
        "kind": "table", "id": "q", "text": "The officers.", "row_name": "officer", "spare": 30,
        "columns": [
            {"kind": "text", "id": "name", "text": "Name"}, {"kind": "yes_no", "id": "full", "text": "Full time?"},
        ],
    }  # fmt: skip
    known = [{"_row": "r1", "name": "Ann", "full": "yes"}, {"_row": "r2", "name": "Bo", "full": "no"}]
    back: dict[str, Any] = {"q.r1.name": "", "q.r1.full": ["no"], "q.r2.full": [], "q.r3.name": "Cy"}
    record = record_of({"question": table, "prefill": known, "return": back, "sent_by": ""})
    assert lines(record)[1:5] == [
        "  A.1, officer 1, Name: “Ann” -> nothing [q.r1.name]",
        "  A.1, officer 1, Full time?: “Yes” -> “No” [q.r1.full]",
        "  A.1, officer 2, Full time?: “No” -> nothing [q.r2.full]",
        "  A.1, officer 3, Name: nothing -> “Cy” [q.r3.name]",
    ]
    many = {f"q.r{n}.name": "Somebody" for n in range(3, 33)}
    told = lines(record_of({"question": table, "prefill": known, "return": many}))
    assert told[21] == "  and 10 more changes: formwright records Q-2027-0001 --json"


def test_a_confirm_tick_that_is_decided_confirms(tell: Tell) -> None:
    tell("issue", "visit", "northwind", "--date", "2027-01-11")
    tell("read", "out")
    said = ("--by", "DW", "--why", "telephone")
    assert "4 items: 1 confirmed 3 blank" in tell("answer", "Q-2027-0001", "legal_name_confirm", "yes", *said)[1]
    assert "4 items: 1 unchanged 3 blank" in tell("answer", "Q-2027-0001", "legal_name_confirm", "no", *said)[1]


# ---- keys ----------------------------------------------------------------------------------------


def test_keys_are_listed_with_their_places_and_each_of_them_takes_an_answer(tell: Tell) -> None:
    code, out, err = tell("show", "visit", "northwind", "--keys")
    assert (code, err) == (0, "")
    assert out == (
        "legal_name          A.1\n"
        "legal_name_confirm  A.1: correct as shown (yes or no)\n"
        "employees           A.2\n"
        "related             B.1 (yes, no)\n"
        "related_explain     B.1, If yes, explain\n"
        "last_entry          B.2\n"
    )
    tell("issue", "visit", "northwind", "--date", "2027-01-11")
    assert tell("show", "Q-2027-0001", "--keys") == (0, out, "")
    only = tell("show", "Q-2027-0001", "--keys", "--why", "related")[1]
    assert [line.split()[0] for line in only.splitlines()] == ["related", "related_explain"]
    assert tell("show", "Q-2027-0001")[1].splitlines()[0].split()[:3] == ["A.1", "legal_name", "text"]
    told = {"legal_name": "N", "employees": "3", "last_entry": "1/2/2027", "related_explain": "So."}
    for key in (line.split()[0] for line in out.splitlines()):
        assert tell("answer", "Q-2027-0001", key, told.get(key, "yes"), "--by", "DW", "--why", "test")[0] == 0, key


def test_a_form_whose_parameter_nobody_gave_is_shown_and_said_to_lack_it(tell: Tell) -> None:
    text = Path("forms/visit.yaml").read_text("utf-8")
    text = text.replace("sections:\n", "parameters:\n  year: {label: The year, kind: text}\nsections:\n", 1)
    write(Path("forms/visit.yaml"), text.replace("How many people", "In {year}, how many people"))
    code, out, err = tell("show", "visit", "northwind")
    assert code == 1
    assert "In [year?], how many people" in out
    assert "       year                             parameter, NOT GIVEN\n" in out
    assert 'the parameter "year" is not given: The year' in err
    assert len(err.splitlines()) == 1
    assert tell("issue", "visit", "northwind", "--date", "2027-01-11")[0] == 1


def test_check_without_a_path_checks_the_workspace_around(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    write(Path("overlays/nw.yaml"), OVERLAY)
    monkeypatch.chdir("accounts")
    assert tell("check") == (0, "4 files: nothing is wrong.\n", "")
    monkeypatch.chdir("/")
    code, _, err = tell("check")
    assert code == 1
    assert err.startswith("There is no formwright.toml in /")


def test_check_tells_what_issue_would_refuse(tell: Tell) -> None:
    text = Path("forms/visit.yaml").read_text("utf-8")
    text = text.replace("sections:\n", "parameters:\n  year: {label: The year, kind: text}\nsections:\n", 1)
    write(Path("forms/visit.yaml"), text.replace("How many people", "In {year}, how many people"))
    assert tell("check")[0] == 0, "nothing says that northwind is to get it"
    write(Path("overlays/nw.yaml"), OVERLAY.replace("- reword: employees", "- reword: related"))
    code, out, err = tell("check")
    assert (code, out) == (1, "4 files: 1 fault.\n")
    assert 'the parameter "year" is not given' in err


def test_check_tells_once_what_two_overlays_lack(tell: Tell) -> None:
    text = Path("forms/visit.yaml").read_text("utf-8")
    opening = "opening:\n  - {title: Return, text: Send it to {return_email}.}\n".replace("Send", '"Send').replace(
        "}.", '}."'
    )
    write(Path("forms/visit.yaml"), text.replace("sections:\n", f"{opening}sections:\n", 1))
    code, out, err = tell("check")
    assert (code, out) == (0, "3 files: nothing is wrong, 1 warning.\n")
    assert ": warning: {return_email} is neither a parameter nor a setting of the workspace. Set email of" in err
    write(Path("overlays/nw.yaml"), OVERLAY)
    write(Path("overlays/second.yaml"), OVERLAY)
    code, out, err = tell("check")
    assert (code, out) == (1, "5 files: 1 fault.\n")
    assert len(err.splitlines()) == 1


def test_new_key_makes_the_next_key_and_says_how_to_sign_with_it(tell: Tell) -> None:
    code, out, err = tell("new", "key")
    assert (code, err) == (0, "")
    assert out.startswith("Made the key keys/K3.\nNext:\n")
    assert 'key = "K3" in formwright.toml' in out
    assert Path("keys/K3").stat().st_mode & 0o777 == 0o600
    assert tell("new", "key")[1].startswith("Made the key keys/K4.")
    assert Path("keys/K3").read_bytes() != Path("keys/K4").read_bytes()
    settings = Path("formwright.toml")
    settings.write_text(settings.read_text() + 'key = "K4"\n')
    tell("issue", "visit", "northwind", "--date", "2027-01-11")
    assert tell("read", "out")[0] == 0
