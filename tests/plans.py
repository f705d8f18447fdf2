"""A small plan that keeps every rule, for tests that change one thing in it."""

from __future__ import annotations

from pathlib import Path

from formwright import account as accounts
from formwright.plan import definition as definitions
from formwright.plan import model
from formwright.plan.case import Case
from formwright.plan.checklist import checklist

ROOT = Path(__file__).resolve().parents[1]
FORM = ROOT / "forms" / "plans" / "account_action_plan.yaml"

ACCOUNT = """\
id: northwind
kind: AM
name: Northwind Sample Co.
address: "1 Sample Street\\nSampleton, DC 00000"
ca_status: none
figures: {pfi: lamps}
contacts: [{id: lee, name: Lee Sample, phone: 555-0101, primary: true}]
ports: [{id: one, name: Sampleton}, {id: two, name: Mockhaven}]
"""
GOOD = """\
account: northwind
period: {from: 2027-02-01, to: 2028-01-31}
date: 2027-01-29
representatives:
  - {name: Dana Sample, phone: 555-0134}
contact: {name: Lee Sample, title: President, phone: 555-0101}
checklist:
  classification: yes
  valuation: {answer: no, reason: No problems.}
  quota_visa: {answer: na, reason: No such merchandise.}
  add_cvd: {answer: na, reason: No such merchandise.}
  quantity: {answer: no, reason: No problems.}
  special_trade: {answer: no, reason: No problems.}
  admissibility: {answer: no, reason: No problems.}
  invoices: {answer: no, reason: No problems.}
  internal_controls: {answer: no, reason: No problems.}
  oga: {answer: no, reason: No problems.}
  compliance_else: {answer: na, reason: No other item was identified.}
  abi: {answer: no, reason: In use.}
  ach: yes
  remote_filing: {answer: no, reason: In use.}
  reconciliation: {answer: no, reason: In use.}
  manifests: {answer: no, reason: In use.}
  entry_filing: {answer: no, reason: In use.}
  automated_programs: {answer: no, reason: In use.}
  business_else: {answer: na, reason: No other item was identified.}
requested:
  - {id: rulings, text: Faster rulings, answer: no, reason: Answered at the meeting.}
background:
  facts:
    established: 1961
    nature: imports lamps.
    rank: 214
    imports: $1
    pfi: Lamps
    chief_imports: lamps
    headquarters: Sampleton
    foreign_plants: None
    suppliers: Mexico
    ports: Sampleton
    measurement: 91 percent
    businesses: importer
    structure: It is centrally controlled.
    customs_business: Centrally.
    departments: Imports
    ir_numbers: 00-0000011
scope:
  compliance: to classify lamps alike
  business: payment by ACH
  discovery: [compliance_measurement, manager]
projects:
  - id: payment
    title: Pay duties by ACH
    items: [ach]
    goal: All duties are paid electronically.
    priority: low
    steps:
      - {text: File the application., responsible: account, who: L. Sample, due: 2027-09-10}
    follow_up: {kind: update, text: Update after three payments., responsible: account, due: 2028-01-21}
  - id: lamps
    title: Classify lamps
    items: [classification]
    goal: One classification for each lamp.
    priority: high
    steps:
      - {text: Send samples., responsible: account, who: L. Sample, due: 2027-03-05}
      - {text: Review them., responsible: customs, who: D. Sample, due: 2027-04-09}
    follow_up: {kind: evaluation, text: Evaluation of 25 entries., responsible: customs, due: 2027-09-24}
"""


def definition() -> definitions.PlanDefinition:
    """Return the packaged definition."""
    return definitions.load(FORM.read_bytes(), FORM.name)


def case(plan: str = GOOD, account: str = ACCOUNT) -> Case:
    """Return a plan with its definition and account."""
    made, read = definition(), model.load(plan, "plans/northwind.yaml")
    return Case(made, read, accounts.load(account, "northwind.yaml"), checklist(made, read))


def changed(old: str, new: str, text: str = GOOD) -> str:
    """Return a text with one place changed, which must be there once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)
