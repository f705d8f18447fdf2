"""What a newcomer runs into: a name that is nearly right, a question issued twice, a narrow window."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from formwright.cli import _shared as shared
from formwright.cli import answer
from formwright.errors import near
from formwright.records.events import Happening
from formwright.text import clipped
from formwright.workspace import Workspace
from workspaces import Tell

SAID = ("--by", "DW", "--why", "telephone")
LONG = "The Very Long Established Northwind Trading and Forwarding Company of Sampleton, Incorporated"


def issued(tell: Tell, day: str = "2027-01-11") -> str:
    """Issue the questionnaire to northwind; return what is said on standard error."""
    code, _, err = tell("issue", "visit", "northwind", "--date", day)
    assert code == 0
    return err


# ---- names


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("NORTHWIND", ["northwind"]),
        ("nortwind", ["northwind"]),
        ("Nortwind", ["northwind"]),
        ("Lantern & Loom", ["lantern_loom"]),
        ("zzz", []),
        ("", []),
    ],
)
def test_a_name_that_is_nearly_right_is_found_whatever_its_capitals(named: str, meant: list[str]) -> None:
    assert near(named, ["lantern_loom", "northwind"]) == meant


def test_one_that_differs_in_capitals_alone_is_the_only_one_that_is_meant() -> None:
    assert near("R1", ["r2", "r1", "r10"], most=3) == ["r1"]


@pytest.mark.parametrize(
    ("verb", "written"),
    [
        *(("show", one) for one in ("q-2027-0001", "Q-2027-1", "Q-2027-00001")),
        *(("records", one) for one in ("q-2027-0001", "Q-2027-001", "q 2027 0001", "Q2027-0001")),
        *(("answer", one) for one in ("q-2027-0001", "Q-2027-1")),
    ],
)
def test_an_issue_that_is_written_otherwise_is_offered_with_its_account(tell: Tell, verb: str, written: str) -> None:
    issued(tell)
    issued(tell, "2027-01-12")
    code, out, err = tell(verb, written, *(("employees", "5", *SAID) if verb == "answer" else ()))
    assert (code, out) == (1, "")
    assert f"There is no issue {written} in this workspace. Did you mean Q-2027-0001 (northwind)? List" in err


def test_an_issue_that_is_nobodys_names_those_that_are_near(tell: Tell) -> None:
    issued(tell)
    assert "Did you mean Q-2027-0001 (northwind)?" in tell("records", "Q-2027-0007")[2]
    assert "Did you mean" not in tell("records", "nonsense")[2]


def test_show_finds_an_item_by_its_printed_number(tell: Tell) -> None:
    by_id = tell("show", "visit", "northwind", "--why", "employees")
    assert by_id[1].startswith("A.2 employees: integer\n")
    assert tell("show", "visit", "northwind", "--why", "a.2") == by_id
    assert tell("show", "visit", "--why", "A.2")[1].startswith("A.2 employees: integer\n")
    keys = tell("show", "visit", "northwind", "--keys", "--why", "B.1")
    assert keys == tell("show", "visit", "northwind", "--keys", "--why", "related")
    assert keys[0] == 0
    code, _, err = tell("show", "visit", "--why", "A.9")
    assert code == 1
    assert err.startswith('There is no item "A.9" here.')


def test_show_needs_an_account_for_what_only_an_account_has(tell: Tell) -> None:
    for option, value in (("--date", "2027-01-01"), ("--overlay", "nw.yaml")):
        code, _, err = tell("show", "visit", option, value)
        assert (code, err.splitlines()[-1]) == (2, f"Error: {option} needs an ACCOUNT.")


def test_a_definition_is_shown_without_placeholders(tell: Tell) -> None:
    code, out, _ = tell("show", "account_management")
    assert code == 0
    assert "activities described above" in out
    assert "([major_share]% of total" in out
    assert "{" not in out


def test_a_value_with_a_hyphen_stands_behind_two(tell: Tell) -> None:
    issued(tell)
    code, _, err = tell("answer", "Q-2027-0001", "employees", *SAID, "--", "-5")
    assert (code, err) == (1, "A.2 (employees): This is less than 0. Write at least 0.\n")


def test_the_keys_in_the_help_of_answer_are_keys(tell: Tell) -> None:
    issue_all = Path(__file__).resolve().parents[2] / "samples" / "workspace"
    out = tell("-C", str(issue_all), "show", "account_management", "harborlight", "--keys")[1]
    keys = [line.split()[0] for line in out.splitlines()]
    assert answer.command.epilog is not None
    named = re.findall(r"formwright answer Q-2027-0042 (\S+)", answer.command.epilog)
    assert len(named) == 2
    assert [key for key in named if key not in keys] == []


# ---- issued twice


def test_issue_says_that_an_older_issue_is_open_and_goes_on(tell: Tell) -> None:
    assert issued(tell) == ""
    assert issued(tell, "2027-02-01") == (
        "northwind: Q-2027-0001 of 2027-01-11 (nothing has come back) asks the same, and is still open. "
        "Each issue has a record of its own: tell the account which one to fill in.\n"
    )
    tell("answer", "Q-2027-0001", "employees", "5", *SAID)
    assert issued(tell, "2027-03-01").startswith(
        "northwind: Q-2027-0001 of 2027-01-11 (answered in part), "
        "Q-2027-0002 of 2027-02-01 (nothing has come back) ask the same, and are still open. "
    )


def test_an_issue_that_is_answered_or_closed_is_not_open(tell: Tell) -> None:
    issued(tell)
    tell("read", "out")
    assert "complete" in tell("answer", "Q-2027-0001", "related", "no", *SAID)[1]
    assert issued(tell, "2028-01-11") == ""
    with Workspace.open(Path.cwd()) as workspace:
        workspace.store.append_event(Happening(kind="withdrawn", issue="Q-2028-0001", at="2028-01-12T00:00:00Z"))
    assert issued(tell, "2028-02-11") == ""


# ---- long names, narrow windows


def test_a_long_name_of_a_company_is_cut_where_a_line_has_more_to_say(
    tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = Path("accounts/northwind.yaml")
    profile.write_text(profile.read_text("utf-8").replace("Northwind Trading, Inc.", LONG), "utf-8")
    cut = "The Very Long Established Northwind Tra…"
    out = tell("issue", "visit", "northwind", "--date", "2027-01-11", "--format", "pdf")[1]
    assert out == f"Q-2027-0001  {cut}  out/northwind_Q-2027-0001.pdf\n"
    listed = tell("records")[1]
    assert listed == f"Q-2027-0001 {cut}: nothing has come back · issued 2027-01-11, due 2027-02-10\n"
    piped = tell("read", "--alone", "out")[1]
    assert piped.splitlines()[1].startswith(f"Q-2027-0001 {cut}: partial · 4 items: ")
    for width in (80, 120):
        monkeypatch.setattr(shared, "columns", lambda width=width: width)
        wrapped = tell("read", "--alone", "out")[1]
        assert max(map(len, wrapped.splitlines())) <= width
        assert wrapped.split() == piped.split(), "nothing is lost"


def test_a_name_is_cut_to_one_line() -> None:
    assert clipped("Northwind\n Trading") == "Northwind Trading"
    assert clipped("x" * 40) == "x" * 40
    assert clipped("x" * 41) == "x" * 39 + "…"


def test_lines_are_folded_on_a_terminal_alone() -> None:
    line = "  A.1: " + "word " * 20 + "end"
    assert shared.folded(line, 0) == line
    assert shared.folded(line, 200) == line
    folded = shared.folded(line, 40).splitlines()
    assert folded[0].startswith("  A.1: word")
    assert all(part.startswith("      word") or part.strip() == "end" for part in folded[1:])
    assert max(map(len, folded)) <= 40
    path = "out/" + "x" * 90
    assert shared.folded(f"Q-2027-0001  {path}", 80).split() == ["Q-2027-0001", path]


def test_a_pipe_has_no_width(capfd: pytest.CaptureFixture[str]) -> None:
    assert shared.columns() == 0
    shared.tell("long " * 60)
    assert capfd.readouterr().out.count("\n") == 1
