"""A new plan: what the profile knows stands in it, and nothing else is made up."""

from __future__ import annotations

from datetime import date

from formwright import account as accounts
from formwright.plan import model, start
from formwright.plan.check import check
from plans import ACCOUNT, ROOT, definition

LANTERN = ROOT / "samples" / "workspace" / "accounts" / "lantern_loom.yaml"


def test_a_new_plan_is_a_plan_whose_rules_tell_what_is_left() -> None:
    made, account = definition(), accounts.load(ACCOUNT, "northwind.yaml")
    plan = model.load(start.text(made, account, date(2027, 1, 29)), "plans/northwind.yaml")
    assert (plan.account, plan.date) == ("northwind", date(2027, 1, 29))
    assert plan.period is not None
    assert (plan.period.first, plan.period.last) == (date(2027, 2, 1), date(2028, 1, 31))
    refused, _ = check(made, plan, account)
    told = [fault.message for fault in refused]
    assert sum("is not checked" in message for message in told) == 19
    assert any("the plan has no project list" in message for message in told)
    assert any("lacks the name of a representative" in message for message in told)


def test_what_the_profile_knows_stands_in_it() -> None:
    account = accounts.load(LANTERN.read_bytes(), "lantern_loom.yaml")
    plan = model.load(start.text(definition(), account, date(2027, 1, 29)), "plans/lantern_loom.yaml")
    assert plan.background is not None
    facts = plan.background.facts
    assert facts["ir_numbers"] == "00-0000011, 00-0000012, 00-0000011AB"
    assert facts["imports"] == "$412,000,000 entered value (fiscal year 2026)"
    assert facts["suppliers"] == "China, Mexico, Russia, Portugal, Ukraine"
    assert facts["nature"].startswith("imports lamps")
    assert facts["established"] == ""
    assert plan.contact is not None
    assert plan.contact.name == "Rosalind Achterberg"


def test_con_3_nothing_internal_of_the_profile_is_in_it() -> None:
    account = accounts.load(LANTERN.read_bytes(), "lantern_loom.yaml")
    assert account.notes
    text = start.text(definition(), account, date(2027, 1, 29))
    assert "Ningbo" not in text
    assert "approved" not in text


def test_names_with_quotes_are_written_so_that_they_are_read_again() -> None:
    profile = ACCOUNT.replace("name: Lee Sample", r'name: "Lee \"L\" \\ Sample"')
    account = accounts.load(profile, "northwind.yaml")
    plan = model.load(start.text(definition(), account, date(2027, 1, 29)), "plans/northwind.yaml")
    assert plan.contact is not None
    assert plan.contact.name == 'Lee "L" \\ Sample'
