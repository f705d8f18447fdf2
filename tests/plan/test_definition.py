"""The packaged definition against its source, and what is told of a definition that is wrong."""

from __future__ import annotations

import re

import pytest

from formwright.errors import Faults
from formwright.plan import definition as definitions
from formwright.plan import model
from formwright.text import pick
from plans import FORM, ROOT, changed

TEXT = FORM.read_text("utf-8")
SOURCE = (ROOT / "docs" / "source" / "000_f75c851ccf3a999b.txt").read_text("utf-8")


def faults(text: str) -> list[tuple[str, str]]:
    """Return message and cure of each fault of a definition."""
    with pytest.raises(Faults) as caught:
        definitions.load(text, FORM.name)
    return [(fault.message, fault.fix) for fault in caught.value.faults]


def test_the_checklist_has_the_items_of_the_source_in_its_order() -> None:
    made = definitions.load(TEXT, FORM.name)
    told = [f"{group.number}.{item.label} {item.text}" for group, item in made.items()]
    assert told == [
        "1.A Classification",
        "1.B Valuation",
        "1.C Quota/Visa",
        "1.D ADD/CVD",
        "1.E Quantity",
        "1.F Special Trade Programs/NAFTA",
        "1.G Admissibility",
        "1.H Invoice Requirements",
        "1.I Internal Controls/Recordkeeping",
        "1.J OGA",
        "1.K Other",
        "2.A ABI",
        "2.B ACH",
        "2.C Remote Filing",
        "2.D Reconciliation",
        "2.E Manifests",
        "2.F Entry Filing Method",
        "2.G Other automated programs",
        "2.H Other",
    ]
    lines = [" ".join(line.split()) for line in SOURCE.splitlines()]
    for _, item in made.items():
        assert any(str(item.text) in line for line in lines), item.text
        assert not item.note or any(str(item.note) in line for line in lines)


def test_the_parts_stand_in_the_order_of_the_source() -> None:
    made = definitions.load(TEXT, FORM.name)
    titles = (made.checklist, made.background, made.scope, made.projects)
    assert [pick(part.title, "en") for part in titles] == [
        "Checklist",
        "Account Background and Structure",
        "Scope of Plan",
        "Project List",
    ]


def test_a_placeholder_that_nothing_fills_is_told_with_the_nearest() -> None:
    assert faults(changed("Chief imports: {chief_imports}", "Chief imports: {chief_import}", TEXT)) == [
        ("nothing is called {chief_import} here.", 'Did you mean "chief_imports"?')
    ]
    assert faults(changed("has no priority.", "has no priority, {plan}.", TEXT)) == [
        ("nothing is called {plan} here.", "There are: project.")
    ]


def test_a_condition_asks_what_is_known() -> None:
    assert faults(changed("answered(account.pfi)", "answered(account.pfy)", TEXT)) == [
        ('the condition asks "account.pfy".', 'Did you mean "account.pfi"?')
    ]
    text = changed('Team, when: account.kind == "PAT"', 'Team, when: account.kind == "P"', TEXT)
    assert faults(text) == [('"P" is no code of account.kind.', "There are: AM, PAT.")]


def test_every_rule_is_there_with_words_for_all_that_it_finds() -> None:
    start, end = TEXT.index("  PLAN-9:"), TEXT.index("  PLAN-10:")
    ((message, _),) = faults(TEXT[:start] + TEXT[end:])
    assert message == "the rule PLAN-9 is missing: every plan keeps it."
    assert sorted(faults(changed("      no_statement:", "      no_statment:", TEXT))) == [
        ('PLAN-9 has nothing called "no_statment" in its finds.', 'Did you mean "no_statement"?'),
        ("PLAN-9 lacks no_statement in its finds.", "Add `no_statement:`, as the packaged definition has it."),
    ]
    sixth = "  PLAN-6: {source: x, rule: x, finds: {}}\n"
    ((message, _),) = faults(TEXT.replace("  PLAN-9:", f"{sixth}  PLAN-9:"))
    assert message == 'there is no rule "PLAN-6".'


def test_an_id_is_given_once_and_is_the_name_of_the_file() -> None:
    assert faults(changed("{id: oga, label: J", "{id: quantity, label: J", TEXT)) == [
        ('the id "quantity" is given twice.', "Give each an id of its own.")
    ]
    with pytest.raises(Faults, match="the file is called"):
        definitions.load(TEXT, "other.yaml")


def test_the_reference_names_each_rule_with_its_source_and_each_field() -> None:
    page = (ROOT / "docs" / "reference" / "plan.md").read_text("utf-8")
    made = definitions.load(TEXT, FORM.name)
    for name, rule in made.rules.items():
        assert f"| {name} | {rule.source} |" in page
    for field in (*model.Plan.model_fields, *model.Project.model_fields, *model.Step.model_fields):
        assert re.search(rf"`[^`]*\b{field}\b[^`]*`|^{field}: ", page, re.MULTILINE), field
