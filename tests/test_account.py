"""Account profiles: fields, the one primary contact, what can be looked up, and what never leaves."""

from __future__ import annotations

import json

import pytest

from form_cases import DOCS, changed, company, example, faults_of, told
from formwright import account
from formwright.account import FACTS, PATHS

FULL = """\
id: full_co
kind: PAT
name: Full Company Ltd.
ca_status: none
entities:
  - {id: old, name: Old Name, ir_number: 00-0000001, active: false}
  - {id: main, name: Full Company Ltd., ir_number: 00-0000002}
  - {id: bare, name: Without Number}
contacts:
  - {id: p, name: Ann Sample, title: President, phone: 555-0101, primary: true}
  - {id: s, name: Bo Specimen}
suppliers:
  - {id: one, name: One, native_name: 一号, address: "1 Road", country: China, share: 12.5}
  - {id: two, name: Two, address: "2 Road\\nPeru", country: Peru}
locations:
  - {id: hq, name: Head office, purpose: Management, address: "1 Example Plaza\\nSampleton", facility: true}
  - {id: box, postal_address: "Box 1"}
business: {employees: 12}
fiscal_year: {from: "10-01", to: "09-30"}
figures: {import_value: 12000000.5}
"""


def full() -> account.Account:
    return account.load(FULL, "full_co.yaml")


def test_values_have_the_shape_of_a_record() -> None:
    known = full()
    assert known.lookup("name") == "Full Company Ltd."
    assert known.lookup("irs_number") == {"type": "irs", "number": "00-0000002"}
    assert known.lookup("importer_numbers") == [
        {"_id": "main", "name": "Full Company Ltd.", "number": {"type": "irs", "number": "00-0000002"}},
        {"_id": "bare", "name": "Without Number"},
    ]
    assert known.lookup("contacts.primary") == {"name": "Ann Sample", "title": "President", "phone": "555-0101"}
    assert known.lookup("suppliers") == [
        {"_id": "one", "name": "One", "native_name": "一号", "address": "1 Road\nChina", "share": "12.5"},
        {"_id": "two", "name": "Two", "address": "2 Road\nPeru"},
    ]
    assert known.lookup("facilities") == [
        {"_id": "hq", "location": "Head office, 1 Example Plaza, Sampleton", "operations": "Management"}
    ]
    assert known.lookup("business.employees") == 12
    assert known.lookup("fiscal_year") == {"from": "10-01", "to": "09-30"}


def test_what_is_not_known_is_none() -> None:
    assert full().lookup("brokers") is None
    assert full().lookup("business.products") is None
    assert "account.pfi" not in full().facts()
    assert full().facts()["account.import_value"] == "12000000.5"
    assert full().facts()["account.importer_numbers"] == ["main"]


def test_nothing_internal_can_be_looked_up_or_asked() -> None:
    secret = company()
    assert secret.oi_hold
    assert secret.notes == "SECRET-NOTE"
    told_ = json.dumps([secret.lookup(path) for path in PATHS] + [secret.facts()])
    assert "SECRET" not in told_
    assert "refused" not in told_
    assert not any("oi_" in name or "note" in name for name in (*PATHS, *FACTS))


@pytest.mark.parametrize(
    ("change", "expected", "words"),
    [
        (
            ("primary: true", "primary: false"),
            ("primary", 9, ""),
            "exactly one primary point of contact; none is marked",
        ),
        (("contacts:", "officers_:"), ("primary", 1, ""), "there are no contacts"),
        (("kind: AM", "kind: XM"), ("not_one_of", 2, ""), "AM, PAT"),
        (("kind: AM", "knid: AM"), ("unknown_key", 2, ""), 'Did you mean "kind"?'),
        (("id: bo, name", "id: ann, name"), ("duplicate_id", 13, ""), "stands twice in officers"),
        (("phone: 555-0134", "phone: 5550134"), ("unquoted", 7, ""), 'quotes: "5550134"'),
        (("oi_hold: true", "oi_hold: perhaps"), ("wrong_type", 4, ""), "true or false"),
        (("oi_hold: true", "reviewed_on: soon"), ("wrong_type", 4, ""), "2027-01-11"),
        (("categories: [importer]", "categories: importer"), ("wrong_type", 8, ""), "a list"),
    ],
)
def test_faults_are_located(change: tuple[str, str], expected: tuple[str, int, str], words: str) -> None:
    faults = faults_of(account.load, changed("small_account", change), "example_co.yaml")
    assert expected in told(faults)
    assert words in "\n".join(map(str, faults))


def test_two_primary_contacts_are_named() -> None:
    two = "{id: first, name: Ann Sample, title: President, phone: 555-0101, primary: true}"
    change = (two, two + "\n  - {id: second, name: Bo, primary: true}")
    (fault,) = faults_of(account.load, changed("small_account", change), "example_co.yaml")
    assert "2 are marked: first, second (DEF-8, SOP L428)" in str(fault)
    assert (fault.line, fault.column) == (11, 37)


def test_the_irs_number_is_one_of_that_type() -> None:
    """A number of another type does not fit A.1, and must not stop the form."""
    other = account.load(
        FULL.replace("ir_number: 00-0000002}", "ir_number: 123456-12345, ir_type: customs}"), "full_co.yaml"
    )
    assert other.lookup("irs_number") is None
    assert other.lookup("importer_numbers")[0]["number"] == {"type": "customs", "number": "123456-12345"}


def test_the_reference_names_every_path_and_fact() -> None:
    page = (DOCS / "account.md").read_text("utf-8")
    assert [name for name in (*PATHS, *FACTS) if f"`{name}`" not in page] == []


def test_the_example_of_the_reference_loads() -> None:
    assert account.load(example("account"), "example_co.yaml").lookup("suppliers") == [
        {
            "_id": "one",
            "name": "Example Works",
            "native_name": "示例厂",
            "address": "1 Example Road\nChina",
            "share": "12.5",
        }
    ]
