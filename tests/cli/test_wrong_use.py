"""What a hurried or hostile hand types: empty words, characters that nobody sees, rows and years that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from formwright.cli._print import lines
from formwright.records.events import Happening
from formwright.workspace import Workspace
from record_cases import record_of
from workspaces import Tell, write

SAID = ("--by", "DW", "--why", "telephone")
ISSUE = "Q-2027-0001"


@pytest.fixture
def issued(tell: Tell) -> Tell:
    """A run of the command in a workspace with one issue."""
    assert tell("issue", "visit", "northwind", "--date", "2027-01-11")[0] == 0
    return tell


def events() -> int:
    with Workspace.open(Path.cwd()) as workspace:
        return len(workspace.store.events(ISSUE))


def wrong(told: tuple[int, str, str]) -> tuple[int, str, str]:
    """Return what a command said, of wrong use the last line alone."""
    code, out, err = told
    return code, out, err.splitlines()[-1].removeprefix("Error: Invalid value for ")


# ---- who and why


@pytest.mark.parametrize(
    ("option", "text", "message"),
    [
        ("--by", "", "'--by': it is empty. Write who says so."),
        ("--by", " \t", "'--by': it is empty. Write who says so."),
        ("--why", "", "'--why': it is empty. Write how it is known."),
        ("--why", "\n ", "'--why': it is empty. Write how it is known."),
        ("--by", "Evil\x1b[2J", "'--by': it has the character U+001B, which no writing uses. Write it without."),
        ("--by", "D\u202eW", "'--by': it has the character U+202E, which nobody sees. Write it without."),
        ("--by", "D\nW", "'--by': it has several lines. Write it on one line."),
        ("--by", "D\udcff", "'--by': it has the byte 0xFF, which is not UTF-8. Write it without."),
        ("--why", "\udc80", "'--why': it has the byte 0x80, which is not UTF-8. Write it without."),
    ],
)
def test_who_says_so_and_why_are_words(issued: Tell, option: str, text: str, message: str) -> None:
    said = {"--by": "DW", "--why": "telephone", option: text}
    told = issued("answer", ISSUE, "employees", "5", *(word for pair in said.items() for word in pair))
    assert wrong(told) == (2, "", message)
    assert events() == 1


def test_a_reason_may_have_lines_and_any_letters(issued: Tell) -> None:
    code, _, err = issued("answer", ISSUE, "employees", "5", "--by", "Ngũgĩ Öz", "--why", "said\nby telephone")
    assert (code, err) == (0, "")


@pytest.mark.parametrize("words", [("read", "out"), ("issue", "visit", "northwind")])
def test_the_other_verbs_take_no_such_names_either(issued: Tell, words: tuple[str, ...]) -> None:
    message = "'--by': it has the character U+001B, which no writing uses. Write it without."
    assert wrong(issued(*words, "--by", "Evil\x1b[2J")) == (2, "", message)


def test_what_is_stored_all_the_same_does_not_steer_the_terminal(issued: Tell) -> None:
    with Workspace.open(Path.cwd()) as workspace:
        data = {"key": "legal_name", "value": "Northwind", "why": "telephone"}
        told = Happening(kind="answered", issue=ISSUE, at="2027-01-12T00:00:00Z", by="Evil\x1b[2J\u202e", data=data)
        workspace.store.append_event(told)
    issued_file = PdfReader("out/northwind_Q-2027-0001.pdf")
    writer = PdfWriter(clone_from=issued_file)
    writer.update_page_form_field_values(None, {"legal_name": "Other"})
    writer.write("back.pdf")
    issued("read", "back.pdf")  # says otherwise, later: who decided is named
    out = issued("records", ISSUE)[1]
    assert "decided as “Northwind” by Evil\\u001b[2J\\u202e; a later return says" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


# ---- values


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("legal_name", "a\x01b", "A.1 (legal_name): the value has the character U+0001, which no writing uses."),
        ("legal_name", "a\u202eb", "A.1 (legal_name): the value has the character U+202E, which nobody sees."),
        ("legal_name", "\udcff", "A.1 (legal_name): the value has the byte 0xFF, which is not UTF-8."),
        ("related_explain", "x\x1b", "B.1, If yes, explain (related_explain): the value has the character U+001B, "),
        ("legal_name", "a\nb", "A.1 (legal_name): there is room for one line, and the value has several."),
        ("legal_name", "a\u2028b", "A.1 (legal_name): there is room for one line, and the value has several."),
    ],
)
def test_a_value_that_nobody_writes_is_refused(issued: Tell, key: str, value: str, message: str) -> None:
    code, out, err = issued("answer", ISSUE, key, value, *SAID)
    assert (code, out) == (1, "")
    assert err.startswith(message)
    assert events() == 1


@pytest.mark.parametrize(
    ("key", "value"), [("legal_name", "Northwind\n"), ("related_explain", "one\ntwo"), ("legal_name", "می\u200cخواهم")]
)
def test_a_value_that_is_written_so_is_taken(issued: Tell, key: str, value: str) -> None:
    assert issued("answer", ISSUE, key, value, *SAID)[0] == 0


def test_bytes_that_are_no_text_name_nothing(issued: Tell) -> None:
    for words in (("records", "\udcff"), ("answer", "\udcff", "employees", "5", *SAID)):
        assert issued(*words)[2].startswith("There is no issue \ufffd in this workspace.")
    assert "no place to answer" in issued("answer", ISSUE, "\udcff", "5", *SAID)[2]


@pytest.mark.parametrize("value", ["-5", "-1,250.50", "-5%"])
def test_a_negative_number_is_a_value(issued: Tell, value: str) -> None:
    code, out, err = issued("answer", ISSUE, "employees", value, *SAID)
    assert (code, out) == (1, "")
    assert err.startswith("A.2 (employees): ")


def test_another_word_with_a_hyphen_is_told_where_it_stands(issued: Tell) -> None:
    code, _, err = issued("answer", ISSUE, "employees", "-none", *SAID)
    assert code == 2
    assert err.endswith("No such option '-n'. A value that begins with a hyphen stands at the end, behind --.\n")


# ---- years, folders, files of another sort


@pytest.mark.parametrize(
    ("option", "day"), [("--date", "9999-12-31"), ("--date", "0001-01-01"), ("--due", "2201-01-01")]
)
def test_a_year_in_which_nobody_issues_is_refused(tell: Tell, option: str, day: str) -> None:
    told = wrong(tell("issue", "visit", "northwind", option, day))
    assert told == (2, "", f"'{option}': {day} lies outside the years 1990 to 2200.")
    with Workspace.open(Path.cwd()) as workspace:
        assert workspace.store.issues() == ()


def test_a_workspace_that_is_not_there_is_said(tell: Tell) -> None:
    assert tell("-C", "nothere", "records")[2].startswith("There is no folder nothere. Make one with:")
    assert tell("-C", "accounts", "records")[2].startswith("There is no formwright.toml in accounts.")


def test_a_workspace_cannot_be_made_of_a_file(tell: Tell) -> None:
    write(Path("notes"), "mine")
    assert tell("new", "workspace", "notes") == (1, "", "notes is a file, not a folder. Name a new folder.\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("show", "accounts/northwind.yaml"), "this is an account, not a definition. Name a definition here."),
        (("issue", "visit", "forms/visit.yaml"), "this is a definition, not an account. Name an account here."),
        (("issue", "visit", "nw.yaml"), "this is an overlay, not an account. Name an account here."),
        (
            ("issue", "visit", "northwind", "--overlay", "accounts/northwind.yaml"),
            "this is an account, not an overlay. Name an overlay here.",
        ),
    ],
)
def test_a_file_of_another_sort_is_one_fault(tell: Tell, words: tuple[str, ...], message: str) -> None:
    write(Path("nw.yaml"), 'id: nw\nbase: {id: visit, version: "1.0"}\naccount: northwind\n')
    code, _, err = tell(*words)
    assert code == 1
    assert err.splitlines() == [f"{next(word for word in reversed(words) if '/' in word or '.' in word)}: {message}"]


def test_half_a_character_in_a_file_is_located(tell: Tell) -> None:
    profile = Path("accounts/northwind.yaml")
    profile.write_text(profile.read_text("utf-8").replace("kind: AM", 'kind: "\\ud800"'), "utf-8")
    code, _, err = tell("check", "accounts")
    assert (code, err) == (
        1,
        "accounts/northwind.yaml:2:7: the character U+D800 is not allowed. Write what is meant without it.\n",
    )


# ---- keys in brackets


def test_a_key_stands_in_brackets_if_answer_takes_it() -> None:
    number = {"kind": "integer", "id": "staff", "text": "Your people."}
    table = {
        "kind": "table",
        "id": "sales",
        "text": "Your sales.",
        "min_rows": 2,
        "columns": [{"id": "year", "kind": "text", "text": "Year"}, {"id": "sum", "kind": "integer", "text": "Sum"}],
    }
    record = record_of({"also": [number], "question": table, "return": {"sales.r1.year": "2026", "staff": "many"}})
    assert [problem["key"] for problem in record.as_json()["problems"]] == ["staff", "sales"]
    staff, sales = (line for line in lines(record) if line.startswith("  A.") and "->" not in line)
    assert staff.endswith(" [staff]")
    assert sales.endswith(": 1 of at least 2 rows are filled in.")
