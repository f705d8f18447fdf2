"""What can be looked up in a profile and asked of it, and what never leaves it."""

from __future__ import annotations

import json

from form_cases import DOCS, company, example
from formwright import account, facts
from formwright.facts import FACTS, PATHS

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
    assert facts.lookup(known, "name") == "Full Company Ltd."
    assert facts.lookup(known, "irs_number") == {"type": "irs", "number": "00-0000002"}
    assert facts.lookup(known, "importer_numbers") == [
        {"_id": "main", "name": "Full Company Ltd.", "number": {"type": "irs", "number": "00-0000002"}},
        {"_id": "bare", "name": "Without Number"},
    ]
    assert facts.lookup(known, "contacts.primary") == {"name": "Ann Sample", "title": "President", "phone": "555-0101"}
    assert facts.lookup(known, "suppliers") == [
        {"_id": "one", "name": "One", "native_name": "一号", "address": "1 Road\nChina", "share": "12.5"},
        {"_id": "two", "name": "Two", "address": "2 Road\nPeru"},
    ]
    assert facts.lookup(known, "facilities") == [
        {"_id": "hq", "location": "Head office, 1 Example Plaza, Sampleton", "operations": "Management"}
    ]
    assert facts.lookup(known, "business.employees") == 12
    assert facts.lookup(known, "fiscal_year") == {"from": "10-01", "to": "09-30"}


def test_what_is_not_known_is_none() -> None:
    assert facts.lookup(full(), "brokers") is None
    assert facts.lookup(full(), "business.products") is None
    assert "account.pfi" not in facts.of(full())
    assert facts.of(full())["account.import_value"] == "12000000.5"
    assert facts.of(full())["account.importer_numbers"] == ["main"]


def test_nothing_internal_can_be_looked_up_or_asked() -> None:
    secret = company()
    assert secret.oi_hold
    assert secret.notes == "SECRET-NOTE"
    told_ = json.dumps([facts.lookup(secret, path) for path in PATHS] + [facts.of(secret)])
    assert "SECRET" not in told_
    assert "refused" not in told_
    assert not any("oi_" in name or "note" in name for name in (*PATHS, *FACTS))


def test_the_irs_number_is_one_of_that_type() -> None:
    """A number of another type does not fit A.1, and must not stop the form."""
    other = account.load(
        FULL.replace("ir_number: 00-0000002}", "ir_number: 123456-12345, ir_type: customs}"), "full_co.yaml"
    )
    assert facts.lookup(other, "irs_number") is None
    assert facts.lookup(other, "importer_numbers")[0]["number"] == {"type": "customs", "number": "123456-12345"}


def test_the_reference_names_every_path_and_fact() -> None:
    page = (DOCS / "account.md").read_text("utf-8")
    assert [name for name in (*PATHS, *FACTS) if f"`{name}`" not in page] == []


def test_the_example_of_the_reference_loads() -> None:
    assert facts.lookup(account.load(example("account"), "example_co.yaml"), "suppliers") == [
        {
            "_id": "one",
            "name": "Example Works",
            "native_name": "示例厂",
            "address": "1 Example Road\nChina",
            "share": "12.5",
        }
    ]
