"""The definition of a letter: every fault at its place, all at once."""

import pytest

from formwright.letter import model
from letter_cases import LETTER, faults_of, letter


def test_a_letter_is_read() -> None:
    made = letter()
    assert (made.id, made.letter, made.salutation, made.closing) == (
        "hello", "L", "Dear {contact.salutation}:", "Sincerely,",
    )  # fmt: skip
    assert [check.strength for check in made.checks] == ["refuse", "refuse", "warn", "refuse"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "fix"),
    [
        ("{manager.phone}", "{manager.fone}", "unknown_place", 12, 'Did you mean "manager.phone"?'),
        ("{manager.phone}", "{notes}", "unknown_place", 12, "There are: account.name,"),
        ("{manager.phone}", "{oi_clearance}", "unknown_place", 12, ""),
        ("source: ours", 'source: ours\n    when: account.kynd == "AM"', "unknown_name", 14, "Did you mean"),
        ("source: ours", 'source: ours\n    when: account.kind == "am"', "unknown_code", 14, "There are: AM, PAT."),
        ("source: ours", "source: ours\n    when: account.kind =", "condition", 14, ""),
        ("source: ours", "source: ours\n    list: [One.]", "passage", 12, "Write one of them."),
        ("rule: LET-2", "rule: LET-22", "unknown_rule", 16, 'Did you mean "LET-2"?'),
        ("id: hello", "id: hallo", "file_name", 1, "Let both be the same."),
        ("signer: {AM: nasc, PAT: port}", "signer: {AM: nasc}", "missing", 6, "Add `PAT: ...`."),
        ("We consider {account.name} an account.", "This is {account.name}.", "two_stops", 8, "Put the name somewhere"),
        ("masthead:", "template: ../x.docx\nmasthead:", "value", 5, "Name a .docx of the templates folder."),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_place_with_its_cure(old: str, new: str, code: str, line: int, fix: str) -> None:
    faults = faults_of(letter, (old, new))
    assert (code, line) in [(fault.code, fault.line) for fault in faults]
    found = next(fault for fault in faults if fault.code == code)
    assert found.fix.startswith(fix)
    assert found.file == "hello.yaml"


def test_all_faults_are_told_at_once() -> None:
    bad = LETTER.replace("{call_by}", "{call_bye}").replace("{manager.name}", "{boss}").replace("LET-3", "LET-9")
    assert [fault.line for fault in faults_of(model.load, bad, "hello.yaml")] == [10, 12, 17]
