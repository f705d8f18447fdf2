"""`formwright plan`, and what the other verbs do with plans: a copy of the sample workspace, from outside."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from formwright.cli import main

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "workspace"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the sample workspace, which is the current folder."""
    folder = tmp_path / "ws"
    shutil.copytree(SAMPLES, folder)
    (folder / "keys" / "K1").chmod(0o600)
    monkeypatch.setenv("FORMWRIGHT_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(folder)
    return folder


def test_new_writes_a_start_and_never_over_a_file(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace / "plans" / "harborlight.yaml"
    before = path.read_bytes()
    assert main(["plan", "new", "harborlight"]) == 1
    assert "There is a plan already: plans/harborlight.yaml." in capsys.readouterr().err
    assert path.read_bytes() == before
    path.unlink()
    assert main(["plan", "new", "harborlight", "--date", "2027-02-19"]) == 0
    assert "formwright plan check harborlight" in capsys.readouterr().out
    assert "date: 2027-02-19\n" in path.read_text("utf-8")
    assert main(["plan", "check", "harborlight"]) == 1
    told = capsys.readouterr()
    assert "plans/harborlight.yaml:" in told.err
    assert "(PLAN-3, SOP L563-565, L591)" in told.err
    assert told.out.startswith("Harborlight Marine Supply Co.: 0 projects, ")


def test_check_tells_refusals_and_warnings(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "check", "lantern_loom", "plans/harborlight.yaml"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Lantern & Loom Housewares, Inc.: 5 projects, it keeps the rules.",
        "Harborlight Marine Supply Co.: 4 projects, it keeps the rules.",
    ]
    path = workspace / "plans" / "lantern_loom.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("due: 2028-01-21", "due: 2028-02-21"), "utf-8")
    assert main(["plan", "check", "lantern_loom"]) == 0
    told = capsys.readouterr()
    assert "warning: the follow-up of “Pay duties by ACH” is due on 2028-02-21, outside the period" in told.err
    assert told.out == "Lantern & Loom Housewares, Inc.: 5 projects, it keeps the rules, 1 warning.\n"
    assert main(["check", "plans"]) == 0
    assert "3 files: nothing is wrong, 1 warning." in capsys.readouterr().out


def test_a_plan_goes_out_is_listed_and_is_no_form(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["issue", "account_action_plan", "harborlight", "--date", "2027-02-19"]) == 0
    assert capsys.readouterr().out.startswith(
        "P-2027-0001  Harborlight Marine Supply Co.  out/harborlight_P-2027-0001.pdf"
    )
    assert main(["records"]) == 0
    assert capsys.readouterr().out == "P-2027-0001 Harborlight Marine Supply Co.: plan · issued 2027-02-19\n"
    assert main(["records", "--json"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["show", "P-2027-0001"]) == 0
    assert "Goal: Every reel shows where the rope was made." in capsys.readouterr().out
    for words in (["records", "P-2027-0001"], ["answer", "P-2027-0001", "a", "b", "--by", "x", "--why", "y"]):
        assert main(words) == 1
        assert "P-2027-0001 is a plan to Harborlight Marine Supply Co.: it asks nothing" in capsys.readouterr().err
    assert main(["read", "out", "--json"]) == 1
    for line in capsys.readouterr().out.splitlines():
        refused = json.loads(line)["refused"]
        assert refused["code"] == "not_a_form"
        assert refused["message"].startswith(
            "This is our plan P-2027-0001 to Harborlight Marine Supply Co., not a form"
        )


def test_no_cache_keeps_what_a_plan_says(workspace: Path, tmp_path: Path) -> None:
    assert main(["issue", "account_action_plan", "harborlight", "--date", "2027-02-19"]) == 0
    assert list((tmp_path / "cache").rglob("*.compiled")) == []


def test_a_plan_that_breaks_a_rule_does_not_go_out(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace / "plans" / "harborlight.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("    priority: medium\n", "").replace("phone: 555-0157", "phone: ''"), "utf-8")
    assert main(["issue", "account_action_plan", "harborlight", "lantern_loom"]) == 1
    told = capsys.readouterr()
    assert (
        "plans/harborlight.yaml:8:55: the cover sheet lacks the telephone number of the account's contact" in told.err
    )
    assert "the project “Describe merchandise on invoices” has no priority (PLAN-4, SOP L565, L585)." in told.err
    assert "1 of 2 accounts were not served." in told.err
    assert told.out.startswith("P-")
    assert {file.name.partition("_")[0] for file in (workspace / "out").iterdir()} == {"lantern-loom"}


def test_a_character_that_no_face_has_is_told_where_it_was_written(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / "plans" / "harborlight.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("goal: Every reel shows", "goal: كل بكرة shows"), "utf-8")
    line = text[: text.index("goal: Every reel shows")].count("\n") + 1
    assert main(["issue", "account_action_plan", "harborlight"]) == 1
    told = capsys.readouterr().err
    assert told.startswith(
        f"plans/harborlight.yaml:{line}:11: the character U+0643 (ARABIC LETTER KAF) is written from"
    )
    assert not (workspace / "out").exists() or not list((workspace / "out").iterdir())


def test_an_account_without_a_plan_is_told_how_to_start_one(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "plans" / "tidewater_brokers.yaml").unlink()
    assert main(["issue", "account_action_plan", "tidewater_brokers"]) == 1
    told = capsys.readouterr().err
    assert 'There is no plan "tidewater_brokers".' in told
    assert "formwright plan new tidewater_brokers" in told


def test_show_tells_checklist_elements_and_rules(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "account_action_plan"]) == 0
    told = capsys.readouterr().out
    assert "  1.A classification: Classification\n" in told
    assert "  PLAN-4 (SOP L565, L585): " in told
    assert "    warn, too_late: " in told
    assert main(["show", "account_action_plan", "lantern_loom"]) == 0
    assert "2027-02-26  account, T. Okonkwo-Lindqvist  List tooling" in capsys.readouterr().out
