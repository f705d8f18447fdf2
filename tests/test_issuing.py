"""Issuing: one readable pipeline from YAML to a stored, written, signed file."""

import hashlib
import os
import re
import stat
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from formwright import token
from formwright.cli._shared import cache_folder
from formwright.errors import Faults, Unusable
from formwright.issuing import issue
from formwright.keys import Key
from formwright.sending import Failed, Made, Order, slug
from formwright.workspace import Workspace
from workspaces import visit, write

OVERLAY = 'id: nw\nbase: {id: visit, version: "1.0"}\naccount: northwind\noperations:\n  - drop: employees\n'


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return visit(tmp_path / "team")


def order(workspace: Workspace, *accounts: str, **changes: object) -> Order:
    given = {
        "definition": "visit",
        "accounts": accounts or ("northwind",),
        "on": date(2027, 1, 11),
        "out": workspace.folder / "out",
        "cache": cache_folder(),
        "at": "2027-01-11T09:00:00Z",
        "by": "D. Whitfield",
        "formats": ("pdf",),
    }
    return Order(**{**given, **changes})  # type: ignore[arg-type]


def made(workspace: Workspace, *accounts: str, **changes: object) -> Made:
    (outcome,) = issue(workspace, order(workspace, *accounts, **changes))
    assert isinstance(outcome, Made), outcome
    return outcome


def another(workspace: Workspace, id: str, name: str) -> None:
    text = (workspace.folder / "accounts" / "northwind.yaml").read_text("utf-8")
    write(workspace.folder / "accounts" / f"{id}.yaml", text.replace("northwind", id).replace("Northwind", name))


def test_what_goes_out_is_stored_and_written(workspace: Workspace) -> None:
    outcome = made(workspace)
    stored = workspace.store.issue("Q-2027-0001")
    assert stored == outcome.issue
    (file,) = stored.files
    (path,) = outcome.paths
    assert path == workspace.folder / "out" / "northwind_Q-2027-0001.pdf"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256
    assert workspace.store.bytes(file.sha256) == path.read_bytes()
    assert (stored.account_name, stored.due_on, stored.key_id) == ("Northwind Trading, Inc.", "2027-02-10", "K1")
    assert (stored.primary_contact, stored.sample) == ("Ines Weber", False)
    (event,) = workspace.store.events("Q-2027-0001")
    assert (event.kind, event.at, event.by, event.data["files"]) == (
        "issued", "2027-01-11T09:00:00Z", "D. Whitfield", ["northwind_Q-2027-0001.pdf"],
    )  # fmt: skip


def test_one_issue_holds_every_format_under_one_id_and_one_token(workspace: Workspace) -> None:
    outcome = made(workspace, formats=())
    assert [path.name for path in outcome.paths] == ["northwind_Q-2027-0001.pdf", "northwind_Q-2027-0001.docx"]
    pdf, docx = outcome.issue.files
    assert (pdf.format, docx.format) == ("pdf", "docx")
    assert [workspace.store.bytes(file.sha256) for file in (pdf, docx)] == [path.read_bytes() for path in outcome.paths]
    held = [{field.key: field.value for field in file.fields} for file in (pdf, docx)]
    assert held[0]["form.token"] == held[1]["form.token"]
    assert {cell.key for cell in outcome.issue.cells} <= held[0].keys() & held[1].keys()


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_nobody_else_reads_what_goes_out(workspace: Workspace, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        shared = tmp_path / "shared"
        shared.mkdir(mode=0o755)
        (own,) = made(workspace, out=tmp_path / "new").paths
        (handed,) = made(workspace, out=shared).paths
    finally:
        os.umask(before)
    rights = [stat.S_IMODE(path.stat().st_mode) for path in (own, own.parent, handed, shared)]
    assert rights == [0o600, 0o700, 0o600, 0o755]


def test_the_file_holds_what_we_know_and_says_which_issue_it_is(workspace: Workspace) -> None:
    outcome = made(workspace, due=date(2027, 3, 31))
    with pikepdf.open(outcome.paths[0]) as pdf:
        held = {str(field.T): str(field.get("/V", "")) for field in pdf.Root.AcroForm.Fields}
    assert held["form:prepared_for"] == held["legal_name"] == "Northwind Trading, Inc."
    assert held["form:return_by"] == "March 31, 2027"
    assert held["form:contact"] == "Dana Whitfield, 555-0134"
    assert held["employees"] == ""
    genuine = token.parse(held["form:token"])
    assert genuine is not None
    assert (genuine.issue, genuine.key, genuine.page) == ("Q-2027-0001", "K1", 0)
    key = workspace.signing_key()
    facts = {"workspace": "ws-cases-1", "account": "northwind", "fingerprint": outcome.issue.form_fingerprint}
    assert token.verify(genuine, key.secret, **facts)
    assert not token.verify(genuine, bytes(32), **facts)


def test_a_form_that_names_nobody_to_call_is_issued_with_a_warning(workspace: Workspace) -> None:
    assert not made(workspace).warnings
    path = workspace.folder / "accounts" / "northwind.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("team:")), "utf-8")
    (warning,) = made(workspace).warnings
    assert "names nobody to call" in warning
    with pikepdf.open(made(workspace).paths[0]) as pdf:
        assert "form:contact" not in {str(field.T) for field in pdf.Root.AcroForm.Fields}


def test_the_manifest_has_each_widget_with_its_place_and_what_is_in_it(workspace: Workspace) -> None:
    outcome = made(workspace)
    (file,) = outcome.issue.files
    named = {(field.key, field.code): field for field in file.fields}
    assert named["legal_name", ""].value == "Northwind Trading, Inc."
    assert named["form.prepared_for", ""].fixed
    assert str(named["form.token", ""].value).startswith("Q-2027-0001:K1:000:")
    assert {code for key, code in named if key == "related"} == {"yes", "no"}
    assert len(file.pages) == max(field.page for field in file.fields)
    for field in file.fields:
        x0, y0, x1, y1 = field.box
        assert 0 <= x0 <= x1 <= 612, field.key
        assert 0 <= y0 <= y1 <= 792, field.key
    assert {cell.key for cell in outcome.issue.cells} <= {field.key for field in file.fields}


def test_the_same_order_gives_the_same_bytes(tmp_path: Path) -> None:
    first = made(visit(tmp_path / "a"))
    second = made(visit(tmp_path / "b"))
    assert first.issue == second.issue
    assert first.paths[0].read_bytes() == second.paths[0].read_bytes()


def test_one_bad_account_does_not_stop_the_others(workspace: Workspace) -> None:
    write(workspace.folder / "accounts" / "bad.yaml", "id: bad\nkind: XX\n")
    another(workspace, "contoso", "Contoso")
    outcomes = list(issue(workspace, order(workspace, "nobody", "bad", "northwind", "contoso")))
    assert [type(outcome) for outcome in outcomes] == [Failed, Failed, Made, Made]
    nobody, bad, *_ = outcomes
    assert isinstance(nobody, Failed)
    assert isinstance(bad, Failed)
    assert isinstance(nobody.error, Unusable)
    assert isinstance(bad.error, Faults)
    assert all(fault.file.endswith("accounts/bad.yaml") and fault.line for fault in bad.error.faults)
    assert [line.id for line in workspace.store.issues()] == ["Q-2027-0001", "Q-2027-0002"]  # no number was lost


def test_an_overlay_of_the_workspace_binds_by_itself(workspace: Workspace) -> None:
    another(workspace, "contoso", "Contoso")
    write(workspace.folder / "overlays" / "nw.yaml", OVERLAY)
    changed, plain = issue(workspace, order(workspace, "northwind", "contoso"))
    assert isinstance(changed, Made)
    assert isinstance(plain, Made)
    assert "employees" not in {cell.item for cell in changed.issue.cells}
    assert "employees" in {cell.item for cell in plain.issue.cells}


def test_a_warning_says_where_it_comes_from_and_the_form_keeps_it(workspace: Workspace) -> None:
    """The form keeps no path: the same form has the same fingerprint wherever its files lie."""
    path = workspace.folder / "overlays" / "nw.yaml"
    text = OVERLAY.replace("drop: employees", "{reword: employees, text: How many? TODO}")
    write(path, text)
    (warning,) = made(workspace).warnings
    line = 1 + text[: text.index("reword:")].count("\n")
    assert f"nw.yaml:{line}:" in warning
    assert '"TODO" looks like something that is still to be filled in' in warning
    (kept,) = made(workspace).issue.form["warnings"]
    assert kept["item"] == "employees"
    assert "nw.yaml" not in str(kept)


def test_an_overlay_that_is_named_takes_the_place_of_the_one_that_binds(workspace: Workspace, tmp_path: Path) -> None:
    write(workspace.folder / "overlays" / "nw.yaml", OVERLAY)
    other = OVERLAY.replace("account: northwind\n", "").replace("drop: employees", "drop: last_entry")
    write(tmp_path / "other.yaml", other)
    items = {cell.item for cell in made(workspace, overlay=str(tmp_path / "other.yaml")).issue.cells}
    assert "employees" in items
    assert "last_entry" not in items


def test_a_reason_sets_the_rule_aside_and_is_kept(workspace: Workspace) -> None:
    path = workspace.folder / "accounts" / "northwind.yaml"
    path.write_text(path.read_text("utf-8").replace("ca_status: none", "ca_status: scheduled"), "utf-8")
    (refused,) = issue(workspace, order(workspace))
    assert isinstance(refused, Failed)
    assert "(QST-1, SOP L438-440)" in str(refused.error)
    outcome = made(workspace, reason="The assessment was called off on May 3.")
    assert outcome.issue.form["overrides"] == {"QST-1": "The assessment was called off on May 3."}
    assert any("The assessment was called off on May 3." in warning for warning in outcome.warnings)
    assert workspace.store.events(outcome.issue.id)[0].data["reason"] == "The assessment was called off on May 3."


def test_an_account_that_is_named_twice_is_served_once(workspace: Workspace) -> None:
    path = str(workspace.folder / "accounts" / "northwind.yaml")
    first, again, by_path = issue(workspace, order(workspace, "northwind", "northwind", path))
    assert isinstance(first, Made)
    for failed in (again, by_path):
        assert isinstance(failed, Failed)
        assert str(failed.error) == "northwind is named twice. It was served once; name it once."
    assert len(workspace.store.issues()) == 1


def test_a_fictional_key_makes_samples(workspace: Workspace) -> None:
    workspace._keys["K1"] = Key("K1", bytes(32), fictional=True)
    outcome = made(workspace)
    assert outcome.issue.sample


def test_a_file_is_never_written_over_another(workspace: Workspace) -> None:
    write(workspace.folder / "out" / "northwind_Q-2027-0001.pdf", "theirs")
    outcome = made(workspace)
    assert outcome.paths[0].name == "northwind_Q-2027-0001-2.pdf"
    assert (workspace.folder / "out" / "northwind_Q-2027-0001.pdf").read_text() == "theirs"


def test_what_concerns_all_accounts_stops_before_the_first(workspace: Workspace) -> None:
    with pytest.raises(Unusable, match=re.escape('There is no format "odt". There are: pdf, docx.')):
        list(issue(workspace, order(workspace, formats=("odt",))))
    with pytest.raises(Unusable, match='There is no definition "vist"'):
        list(issue(workspace, order(workspace, definition="vist")))
    workspace._keys.clear()
    (workspace.folder / "keys" / "K1").chmod(0o644)
    with pytest.raises(Unusable, match="Run: chmod 600"):
        list(issue(workspace, order(workspace)))
    assert workspace.store.issues() == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("northwind", "northwind"),
        ("../../x", "x"),
        ("/etc/passwd", "etc-passwd"),
        (".", "account"),
        ("Zürich & Söhne", "zurich-sohne"),
        ("日本", "account"),
        ("a" * 300, "a" * 60),
        ("x\n\0y", "x-y"),
    ],
)
def test_a_name_of_a_file_is_tame(text: str, expected: str) -> None:
    assert slug(text) == expected
