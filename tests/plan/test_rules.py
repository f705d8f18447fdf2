"""Each rule of RULES.md 1.5 that a plan keeps: it passes in the good plan, and one change makes it fail, at its place.

A row: what is changed in the good plan, then the place, strength, rule and words of what is found.
"""

from __future__ import annotations

import pytest

from formwright.errors import Fault
from formwright.plan import rules
from formwright.plan.check import check
from formwright.plan.model import Plan
from plans import ACCOUNT, GOOD, case, changed

STEP = "{text: Review them., responsible: customs, who: D. Sample, due: 2027-04-09}"
AFTER = "{kind: evaluation, text: Evaluation of 25 entries., responsible: customs, due: 2027-09-24}"
PAYMENT = GOOD[GOOD.index("  - id: payment") : GOOD.index("  - id: lamps")]
VALUATION = "  valuation: {answer: no, reason: No problems.}\n"
THREE = "  paragraphs: [One., Two., Three.]\n"
SCOPE = GOOD[GOOD.index("scope:") : GOOD.index("projects:")]


def found(plan: str, account: str = ACCOUNT) -> list[tuple[str, Fault]]:
    """Return what is found, with its strength, in the order of the places."""
    one = case(plan, account)
    refused, warned = check(one.definition, one.plan, one.account)
    every = [*(("refuse", fault) for fault in refused), *(("warn", fault) for fault in warned)]
    return sorted(every, key=lambda entry: (entry[1].line, entry[1].column))


def test_the_good_plan_keeps_every_rule() -> None:
    assert found(GOOD) == []


CASES = [
    # old, new, where (the place is at the bar), strength, rule, words
    (SCOPE, "", "|account: northwind", "refuse", "PLAN-1", "the plan has no scope of plan"),
    (SCOPE, "scope:\n", "\n|scope:", "refuse", "PLAN-1", "the plan has no scope of plan"),
    ("date: 2027-01-29\n", "", "|account: northwind", "refuse", "PLAN-2", "the cover sheet lacks the date of the p"),
    (", phone: 555-0134", "", "|{name: Dana", "refuse", "PLAN-2", "lacks the telephone number of a representative"),
    (
        "to: 2028-01-31",
        "to: 2026-01-31",
        "to: |2026-01-31",
        "refuse",
        "PLAN-2",
        "the period ends on 2026-01-31, bef",
    ),
    (VALUATION, "", "|classification: yes", "refuse", "PLAN-3", "1.B Valuation is not checked"),
    (
        "classification: yes",
        "classification:",
        "|classification:\n",
        "refuse",
        "PLAN-3",
        "A Classification is not chec",
    ),
    (
        "{answer: na, reason: No other item was identified.}\nrequested",
        "{answer: na}\nrequested",
        "|{answer: na}",
        "refuse",
        "PLAN-3",
        "2.H Other is checked No/NA without a reason",
    ),
    (
        VALUATION,
        "  valuation: yes\n",
        "valuation: |yes",
        "refuse",
        "PLAN-3",
        "1.B Valuation is checked Yes, and no p",
    ),
    (
        "items: [ach]",
        "items: [ach, abi]",
        "[ach, |abi]",
        "refuse",
        "PLAN-3",
        "the project “Pay duties by ACH” is about 2.A ABI, which is checked No/NA",
    ),
    ("items: [ach]", "items: [ach, abbi]", "[ach, |abbi]", "refuse", "PLAN-3", "there is no checklist item “abbi”"),
    ("  ach: yes", "  ach: yes\n  acc: yes", "|acc: yes", "refuse", "PLAN-3", "there is no checklist item “acc”"),
    (
        "text: Faster rulings",
        "text: ''",
        "text: |''",
        "refuse",
        "PLAN-3",
        "3.1 is checked Yes and does not say what",
    ),
    ("    priority: high\n", "", "|id: lamps", "refuse", "PLAN-4", "the project “Classify lamps” has no priority"),
    (
        "    goal: One classification for each lamp.\n",
        "",
        "|id: lamps",
        "refuse",
        "PLAN-5",
        "lamps” has no goal",
    ),
    (STEP, "{text: Review them.}", "|{text: Review", "refuse", "PLAN-5", "step 2 of “Classify lamps” has no due date"),
    (
        STEP,
        "{text: Review them., due: 2027-04-09}",
        "|{text: Review",
        "refuse",
        "PLAN-5",
        "step 2 of “Classify lamps” has no responsible party (customs or account)",
    ),
    (f"    follow_up: {AFTER}\n", "", "|id: lamps", "refuse", "PLAN-5", "“Classify lamps” has no follow-up step"),
    (
        AFTER,
        AFTER.replace("kind: evaluation, ", ""),
        "|{text: Evaluation",
        "refuse",
        "PLAN-5",
        "the follow-up of “Classify lamps” has no kind",
    ),
    (
        "due: 2027-03-05",
        "due: 2027-01-29",
        "due: |2027-01-29}",
        "warn",
        "PLAN-5",
        "due on 2027-01-29, not after the d",
    ),
    (
        "due: 2028-01-21",
        "due: 2028-03-01",
        "due: |2028-03-01",
        "warn",
        "PLAN-5",
        "due on 2028-03-01, outside the per",
    ),
    (
        "due: 2027-09-24",
        "due: 2027-04-01",
        "due: |2027-04-01",
        "warn",
        "PLAN-5",
        "due on 2027-04-01, before its last",
    ),
    ("    rank: 214\n", "", "|established", "refuse", "PLAN-7", "the background does not say “Rank by value”"),
    ("rank: 214", "rank:", "|rank:", "refuse", "PLAN-7", "the background does not say “Rank by value”"),
    (
        "background:\n",
        f"background:\n{THREE}",
        "|[One",
        "warn",
        "PLAN-7",
        "the background has 3 paragraphs; one or",
    ),
    (
        "  compliance: to classify lamps alike\n",
        "",
        "|business: pay",
        "refuse",
        "PLAN-8",
        "give the compliance objec",
    ),
    (
        "  business: payment by ACH\n",
        "",
        "|compliance: to",
        "refuse",
        "PLAN-8",
        "not give the business objectives",
    ),
    (
        "[compliance_measurement, manager]",
        "[]",
        "discovery: |[]",
        "refuse",
        "PLAN-8",
        "say how noncompliance was disc",
    ),
    ("scope:\n", f"scope:\n{THREE}", "|[One", "warn", "PLAN-8", "the scope has 3 paragraphs; one or two are asked for"),
    ("scope:\n", "scope:\n  statement: ''\n", "|''", "warn", "PLAN-9", "the plan does not say that the importer, not"),
]


def place(where: str, text: str) -> tuple[int, int]:
    """Return line and column of the bar in the words `where` of a text, which has them once."""
    before, _, after = where.partition("|")
    assert text.count(before + after) == 1, where
    start = text[: text.index(before + after) + len(before)]
    return start.count("\n") + 1, len(start.rpartition("\n")[2]) + 1


@pytest.mark.parametrize(("old", "new", "where", "strength", "rule", "words"), CASES)
def test_one_change_is_found_at_its_place(old: str, new: str, where: str, strength: str, rule: str, words: str) -> None:
    plan = changed(old, new)
    alike = [entry for entry in found(plan) if words in entry[1].message]
    assert len(alike) == 1, [str(fault) for _, fault in found(plan)]
    ((how, fault),) = alike
    assert (how, (fault.line, fault.column), fault.file) == (strength, place(where, plan), "plans/northwind.yaml")
    source = case().definition.rules[rule].source
    assert fault.message.endswith(f"({rule}, {source}).")
    assert fault.fix


def test_plan_5_a_step_says_all_that_it_lacks_at_once() -> None:
    told = found(changed(STEP, "{}"))
    assert [fault.message.partition(" (PLAN")[0] for _, fault in told] == [
        "step 2 of “Classify lamps” has no words",
        "step 2 of “Classify lamps” has no responsible party (customs or account)",
        "step 2 of “Classify lamps” has no due date",
    ]


def test_plan_2_the_port_is_asked_of_port_account_teams_only() -> None:
    team = changed("kind: AM", "kind: PAT", ACCOUNT)
    ((strength, fault),) = found(GOOD, team)
    assert (strength, fault.message) == ("refuse", "the cover sheet lacks the port of the team (PLAN-2, SOP L555).")
    assert found(GOOD, team + "port: Sampleton\n") == []
    assert found(GOOD + "port: Sampleton\n", team) == []


def test_plan_3_an_open_item_that_is_checked_yes_says_what_it_is() -> None:
    other = changed("compliance_else: {answer: na, reason: No other item was identified.}", "compliance_else: yes")
    told = found(changed("items: [classification]", "items: [classification, compliance_else]", other))
    assert [fault.message for _, fault in told] == [
        "1.K Other is checked Yes and does not say what it is (PLAN-3, SOP L563-565, L591)."
    ]
    said = changed("compliance_else: yes", "compliance_else: {answer: yes, text: Marking}", other)
    assert found(changed("items: [classification]", "items: [classification, compliance_else]", said)) == []


def test_plan_3_what_the_account_asked_for_needs_a_project_as_well() -> None:
    asked = changed("answer: no, reason: Answered at the meeting.", "answer: yes")
    ((_, fault),) = found(asked)
    assert fault.message.startswith("3.1 Faster rulings is checked Yes, and no project is about it")
    assert found(changed("items: [ach]", "items: [ach, rulings]", asked)) == []


def test_plan_3_a_project_is_about_something() -> None:
    told = [fault.message.partition(" (")[0] for _, fault in found(changed("items: [ach]", "items: []"))]
    assert told == [
        "2.B ACH is checked Yes, and no project is about it",
        "the project “Pay duties by ACH” names no item of the checklist",
    ]


def test_plan_8_a_plan_without_business_items_has_no_business_objectives() -> None:
    less = changed("  ach: yes", "  ach: {answer: no, reason: In use.}", changed(PAYMENT, ""))
    assert found(changed("  business: payment by ACH\n", "", less)) == []


def test_plan_10_an_assessment_in_progress_is_told() -> None:
    ((strength, fault),) = found(GOOD, changed("ca_status: none", "ca_status: in_progress", ACCOUNT))
    assert (strength, fault.code, fault.line) == ("warn", "may_wait", 1)
    assert found(GOOD, changed("ca_status: none", "ca_status: completed", ACCOUNT)) == []


def test_all_that_an_empty_plan_lacks_is_told_at_once() -> None:
    told = [fault.message for _, fault in found("account: northwind\n")]
    parts = [message.partition(" (")[0] for message in told if "(PLAN-1" in message]
    assert parts == [
        "the plan has no checklist",
        "the plan has no account background and structure",
        "the plan has no scope of plan",
        "the plan has no project list",
    ]
    assert sum("(PLAN-2" in message for message in told) == 6
    assert len(told) == 10


def test_a_new_strength_and_new_words_of_the_definition_hold() -> None:
    one = case(changed("    priority: high\n", ""))
    raw = one.definition.model_dump()
    raw["rules"]["PLAN-4"]["finds"]["no_priority"].update(strength="warn", says="{project}: how urgent?", fix="")
    softer = type(one.definition).model_validate(raw)
    refused, warned = check(softer, one.plan, one.account)
    assert refused == []
    assert [fault.message for fault in warned] == ["Classify lamps: how urgent? (PLAN-4, SOP L565, L585)."]


def test_every_finding_of_every_rule_has_a_case() -> None:
    """So that a rule that is added comes with what it refuses."""
    asked = {"PLAN-1", "PLAN-2", "PLAN-3", "PLAN-4", "PLAN-5", "PLAN-7", "PLAN-8", "PLAN-9", "PLAN-10"}
    assert set(rules.rules()) == asked
    codes: set[str] = set()
    for old, new, *_ in CASES:
        codes |= {fault.code for _, fault in found(changed(old, new))}
    elsewhere = {"no_items", "may_wait"}
    assert {code for rule in rules.rules().values() for code in rule.finds} - codes - elsewhere == set()


def test_other_words_than_those_of_the_definition_are_found() -> None:
    plan = changed("[compliance_measurement, manager]", "[complience_measurement]")
    ((_, fault),) = found(plan)
    assert (fault.line, fault.column) == place("|complience", plan)
    assert fault.fix == 'Did you mean "compliance_measurement"?'
    told = found(changed("  facts:\n", "  paragraphs: ['{acount}']\n  facts:\n    cheif_imports: lamps\n"))
    assert [fault.message for _, fault in told] == [
        "nothing is called {acount} here.",
        'the background has no element "cheif_imports".',
    ]
    ((_, fault),) = found(changed("account: northwind", "account: southwind"))
    assert fault.message == 'the plan is that of the account "southwind", not of northwind.'


def test_a_plan_is_not_changed_by_being_checked() -> None:
    one = case()
    before = one.plan.model_dump()
    check(one.definition, one.plan, one.account)
    assert isinstance(one.plan, Plan)
    assert one.plan.model_dump() == before
