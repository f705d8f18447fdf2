"""Account profiles: fields and the one primary contact, each fault at its place."""

from __future__ import annotations

import pytest

from form_cases import changed, faults_of, told
from formwright import account


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
