"""Each verb through the command line: what is printed where, in which form."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from formwright.cli import main
from workspaces import visit_folder, write

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

Tell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Tell:
    """Run a verb in a fresh workspace; return exit code, standard output, standard error."""
    folder = visit_folder(tmp_path / "team")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("FORMWRIGHT_WORKSPACE", raising=False)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


def test_issue_prints_a_line_for_each_issue(tell: Tell, tmp_path: Path) -> None:
    code, out, err = tell("issue", "visit", "northwind", "--date", "2027-01-11", "--out", "mail")
    assert (code, out, err) == (0, "Q-2027-0001  Northwind Trading, Inc.  mail/northwind_Q-2027-0001.pdf\n", "")
    code, out, err = tell("issue", "visit", "northwind", "nobody", "--date", "2027-01-11")
    assert (code, out.split()[0]) == (1, "Q-2027-0002")
    assert err.startswith('There is no account "nobody".')
    assert err.endswith("1 of 2 accounts were not served.\n")
    assert (tmp_path / "team" / "out" / "northwind_Q-2027-0002.pdf").is_file()


def test_read_prints_what_became_of_each_file(tell: Tell) -> None:
    tell("issue", "visit", "northwind", "--date", "2027-01-11")
    write(Path("notes.txt"), "hello")
    code, out, err = tell("read", "out", "notes.txt")
    summary = "Q-2027-0001 Northwind Trading, Inc.: partial · 4 items: 1 unchanged 3 blank · no problems"
    assert code == 1
    assert out == f"northwind_Q-2027-0001.pdf\n{summary}\n"
    assert err.startswith("notes.txt: refused. This is a text file, not a form of ours.\n  Ask the sender")
    code, out, err = tell("read", "out")
    assert (code, out, err) == (0, f"northwind_Q-2027-0001.pdf (read before: nothing changed)\n{summary}\n", "")


def test_read_json_prints_one_line_for_each_file_and_nothing_else(tell: Tell) -> None:
    tell("issue", "visit", "northwind", "--date", "2027-01-11")
    write(Path("notes.txt"), "hello")
    code, out, err = tell("read", "--json", "out", "notes.txt", "out")
    assert (code, err) == (1, "")
    first, refused, again = (json.loads(line) for line in out.splitlines())
    assert first == again
    assert first["issue"]["id"] == "Q-2027-0001"
    assert refused["refused"]["code"] == "not_a_form"
    assert refused["source"]["name"] == "notes.txt"


def test_answer_prints_the_record_that_follows(tell: Tell) -> None:
    tell("issue", "visit", "northwind", "--date", "2027-01-11")
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
    write(Path("accounts/bad.yaml"), "id: bad\nkind: AM\nname: Bad\nphone: 1\n")
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
