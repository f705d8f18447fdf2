"""Every fault of a file says how to mend it: `fix` is never empty, whatever class of fault it is.

Each row is one class: a file of tests/data, what is changed in it, and words of the cure. The last tests look at the
source instead, so that a new check cannot come without its cure.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from form_cases import changed, faults_of, operations, resolved
from formwright import account, definition, overlay

PACKAGE = Path(__file__).resolve().parents[1] / "generator" / "formwright"
EXPORTS = '{id: exports, kind: yes_no, label: "1", text: Do you export?, lock: free, source: ours}'
COLUMN = "          - {id: title, kind: text, text: Title}\n"


def item(more: str) -> tuple[str, str]:
    """Return the change that puts another kind in the place of `exports`."""
    return EXPORTS, f"{{id: exports, source: ours, text: A, {more}}}"


DEFINITIONS = [
    (("id: exports, kind", "id: r12, kind"), "row_12"),
    (("id: exports, kind", "id: foo_confirm, kind"), "Take _confirm off"),
    (("id: exports, kind", f"id: {'a' * 38}, kind"), "Shorten it."),
    (("id: exports, kind", "id: form, kind"), "form_number"),
    (("id: exports, kind", "id: 2nd Export, kind"), "nd_export"),
    (('show_when: exports == "yes"', 'show_when: nosuch == "yes"'), "There are: "),
    (('show_when: exports == "yes"', "show_when: open(exports)"), "answered(q) and count(q)"),
    (('show_when: exports == "yes"', "show_when: exports"), "Write, for example"),
    (('show_when: exports == "yes"', "show_when: exports + 1 == 2"), "There are =="),
    (("spare: 2", 'spare: "2.5"'), "Write digits alone"),
    (("spare: 2", "spare: 200"), "Change it"),
    (("kind: list\n", "kind: lots\n"), "Take one"),
    (("    review: true", "    review: [true]"), "true and false only"),
    (("text: Officers.", "text: {}"), "Write {en: ...}"),
    (("text: Officers.", "text:"), "Give a value"),
    (("text: Officers.", "text: 7"), "quotes"),
    (("prefill: officers", "cites: one"), "Start each entry"),
    (('label: "6"', 'label: "5"'), "its own"),
    ((COLUMN, "          - {id: name, kind: text, text: Title}\n"), "Keep one"),
    ((COLUMN, "          - {id: title, kind: text}\n"), "Write one"),
    ((COLUMN, "          - {id: title, kind: table, text: A, columns: []}\n"), "A column's kind is one of"),
    ((COLUMN, f"{COLUMN[:-2]}, prefill: name}}\n"), "whole item"),
    ((COLUMN, f"{COLUMN[:-2]}, show_when: 'company == 1'}}\n"), "whole item"),
    (("        spare: 2\n", "        spare: 2\n        max_rows: 1\n        min_rows: 3\n"), "Change one"),
    (("        spare: 2\n", "        spare: 2\n        threshold: {column: size, least: 1}\n"), "Name one of them"),
    (("        spare: 2\n", "        spare: 2\n        threshold: {column: name, least: 1}\n"), "a column of numbers"),
    (item("kind: choice, options: []"), "Add to `options`"),
    (item("kind: choice, options: [{code: A, text: A}, {code: b, text: B}]"), "short word"),
    (item("kind: choice, options: [{code: off, text: A}, {code: b, text: B}]"), "another one"),
    (item("kind: choice, options: [{code: a, text: A}, {code: a, text: B}]"), "Keep one"),
    (item("kind: choice, options: [{code: other, text: A}, {code: b, text: B}], other: true"), "Drop one"),
    (item("kind: yes_no, explain_on: maybe"), "codes of this question"),
    (item("kind: integer, min: 5, max: 1"), "Exchange"),
    (item("kind: identifier, schemes: [{code: a, text: A, pattern: '('}]"), "regular expression"),
    (item("kind: identifier, schemes: [{code: a, text: A, pattern: '(a+)+'}]"), "without"),
    (item("kind: identifier, schemes: [{code: a, text: A, pattern: '[0-9]', example: x}]"), "Mend"),
    (item("kind: contact, fields: []"), "Leave `fields` out"),
    (item("kind: contact, optional: [email]"), "take it out"),
    (item("kind: duration, units: []"), "Leave `units` out"),
    (item("kind: info, prefill: name"), "Take it out"),
    (item("kind: attachments, prefill: name"), "Take it out"),
    (item("kind: money, currency: dollars"), "USD"),
    (item("kind: composite, parts: []"), "Give `parts`"),
    (item("kind: composite, parts: [{id: a, kind: composite, text: A, parts: []}]"), "item of its own"),
    (item("kind: matrix, rows: [], columns: [{id: a, kind: text, text: A}]"), "Give `rows`"),
    (item("kind: matrix, rows: [{id: a, text: A, optional: true}], columns: [{id: na, kind: text, text: A}]"), "id"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "cure"), DEFINITIONS, ids=lambda value: value[1] if isinstance(value, tuple) else ""
)
def test_a_fault_of_a_definition_has_its_cure(change: tuple[str, str], cure: str) -> None:
    faults = faults_of(definition.load, changed("small", change), "small.yaml")
    assert [fault.message for fault in faults if not fault.fix] == []
    assert any(cure in fault.fix for fault in faults), [str(fault) for fault in faults]


ACCOUNTS = [
    (("oi_hold: true", "ports: [{id: a, name: A, rank: first}]"), "Write digits alone"),
    (("oi_hold: true", "figures: {import_value: much}"), "point before decimals"),
    (("oi_hold: true", "figures: {pfi_share: 130}"), "Change it"),
    (("oi_hold: true", "fiscal_year: {from: October, to: June}"), "month and day"),
    (("oi_hold: true", "reviewed_on: soon"), "2027-01-11"),
    (("oi_hold: true", "business: none"), "key: value"),
    (("primary: true", "primary: false"), "nowhere else"),
    (("ca_status: none", "ca_status: no"), "Did you mean"),
]


@pytest.mark.parametrize(("change", "cure"), ACCOUNTS, ids=lambda value: value[1] if isinstance(value, tuple) else "")
def test_a_fault_of_a_profile_has_its_cure(change: tuple[str, str], cure: str) -> None:
    faults = faults_of(account.load, changed("small_account", change), "example_co.yaml")
    assert [fault.message for fault in faults if not fault.fix] == []
    assert any(cure in fault.fix for fault in faults), [str(fault) for fault in faults]


OVERLAYS = [
    (resolved, "drop: employees", "There are: "),
    (resolved, "{move: exports, section: nowhere}", "There are: "),
    (resolved, "{parameter: nothing, value: a}", "There are: "),
    (resolved, "{parameter: invoices, value: [7]}", "quotes"),
    (resolved, "{prefill: exports, value: perhaps}", "`formwright kinds`"),
    (resolved, "{prefill: closing, path: nowhere}", "There are: "),
    (operations, "{drop: a, move: b}", "Keep one of drop, move"),
    (operations, "{require: exports, required: 'yes'}", "true and false only"),
]


@pytest.mark.parametrize(("call", "line", "cure"), OVERLAYS)
def test_a_fault_of_an_overlay_has_its_cure(call: Callable[..., object], line: str, cure: str) -> None:
    (fault,) = faults_of(call, line)
    assert cure in fault.fix


def test_of_many_names_some_are_told() -> None:
    many = "".join(f"  - {{id: m{number}x, name: M}}\n" for number in range(50))
    made = account.load(changed("small_account", ("officers:\n", f"officers:\n{many}")), "example_co.yaml")
    assert len(made.officers) == 52
    shipped = PACKAGE.parents[1] / "forms" / "questionnaires" / "account_management.yaml"
    big = definition.load(shipped.read_bytes(), "account_management.yaml")
    head = f'id: t\nbase: {{id: account_management, version: "{big.version}"}}\noperations:\n'
    lost = overlay.load(f"{head}  - drop: zzzz\n", "t.yaml")
    (fault,) = faults_of(resolved_with, big, lost)
    assert "acquisition, acquisition.activities" in fault.fix
    assert fault.fix.endswith(" ...")


def resolved_with(of: definition.Definition, by: overlay.Overlay) -> object:
    from form_cases import ON, SETTINGS, company
    from formwright.resolve import resolve

    return resolve(of, company(), by, issued_on=ON, settings=SETTINGS)


# ---- the source ---------------------------------------------------------------------------------


def texts_of(module: Path) -> Iterator[tuple[int, str]]:
    """Yield line and words of each text that a `..._faults` function yields, and of each ValueError of a validator."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if not isinstance(node, ast.FunctionDef) or not node.name.endswith("faults") or "prefill" in node.name:
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.Yield) and isinstance(inner.value, ast.Constant | ast.JoinedStr):
                yield inner.lineno, ast.unparse(inner.value)


@pytest.mark.parametrize("module", sorted((PACKAGE / "kinds").glob("*.py")), ids=lambda path: path.name)
def test_a_kind_tells_no_fault_without_its_cure(module: Path) -> None:
    assert [(line, words) for line, words in texts_of(module) if "\\n" not in words] == []


@pytest.mark.parametrize("name", ["account", "conditions", "definition", "overlay", "text"])
def test_a_validator_refuses_nothing_without_its_cure(name: str) -> None:
    found = []
    for node in ast.walk(ast.parse((PACKAGE / f"{name}.py").read_text("utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            words = ast.unparse(node.exc)
            if words.startswith("ValueError(") and words != "ValueError(fault)" and "\\n" not in words:
                found.append(words)
    assert found == []
