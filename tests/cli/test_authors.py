"""What authors are told: warnings of `check` and `issue`, whose lock governs a part, where a prefill comes from."""

from __future__ import annotations

from pathlib import Path

from workspaces import Tell, write

OVERLAY = """\
id: nw
base: {id: visit, version: "1.0"}
account: northwind
operations:
  - {reword: employees, text: "How many [people?] in TODO?"}
"""
PARTS = """\
      - id: both
        kind: composite
        lock: mandatory
        parts:
          - {id: own, kind: text, text: Name., prefill: name}
          - {id: held, kind: text, text: Held., lock: wording}
      - id: employees
"""


def change(path: str, old: str, new: str) -> None:
    text = Path(path).read_text("utf-8")
    assert text.count(old) == 1
    Path(path).write_text(text.replace(old, new), "utf-8")


def test_check_warns_of_control_systems_that_share_an_account(tell: Tell) -> None:
    change("accounts/northwind.yaml", "ca_status: none", """ca_status: none
entities:
  - {id: a, name: A, ir_number: 00-0000001, control_system: x}
  - {id: b, name: B, ir_number: 00-0000002, control_system: y}""")  # fmt: skip
    said = "importers with different control systems share this account: A (x), B (y) (DEF-1, SOP L391-392)."
    fix = "Make an account of each system, or name one system if they share it."
    code, out, err = tell("check", "accounts/northwind.yaml")
    assert (code, out) == (0, "1 file: nothing is wrong, 1 warning.\n")
    assert err == f"accounts/northwind.yaml:10:61: warning: {said} {fix}\n"
    code, _, err = tell("issue", "visit", "northwind", "--date", "2027-01-11")
    assert (code, err) == (0, f"northwind: accounts/northwind.yaml:10:61: {said} {fix}\n")


def test_issue_warns_where_nothing_is_known_of_an_assessment(tell: Tell) -> None:
    change("accounts/northwind.yaml", "ca_status: none\n", "")
    code, out, err = tell("issue", "visit", "northwind", "--date", "2027-01-11")
    assert code == 0
    assert out.startswith("Q-2027-0001 ")
    place = "northwind: accounts/northwind.yaml:1:1"
    assert err.startswith(f"{place}: the profile of Northwind Trading, Inc. does not say whether a compliance")
    assert "Write `ca_status: none` into it" in err


def test_check_warns_of_texts_that_look_unfinished(tell: Tell) -> None:
    write(Path("overlays/nw.yaml"), OVERLAY)
    change("forms/visit.yaml", "Are you related to any seller?", "Are you related to <seller>?")
    code, out, err = tell("check")
    assert (code, out) == (0, "4 files: nothing is wrong, 2 warnings.\n")
    assert 'forms/visit.yaml:29:15, item "related": warning: "<seller>" looks like something' in err
    assert 'overlays/nw.yaml:5:31, item "employees": warning: "[people?]" looks like something' in err


def test_show_says_whose_lock_governs_a_part_and_what_prefills_it(tell: Tell) -> None:
    change("forms/visit.yaml", "      - id: employees\n", PARTS)
    lines = {part: tell("show", "visit", "northwind", "--why", part)[1] for part in ("both", "both.own", "both.held")}
    assert "  lock: mandatory (of both)\n" in lines["both.own"]
    assert "  lock: wording, and mandatory (of both)\n" in lines["both.held"]
    assert "  lock: mandatory\n" in lines["both"]
    assert "  prefilled from: name (own)\n" in lines["both"]
    assert "  prefilled from: name\n" in lines["both.own"]
