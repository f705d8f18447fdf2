"""Settings of letters: office, signers, days to call; each fault at its line."""

import pytest

from formwright import settings
from letter_cases import SETTINGS, changed, faults_of, office


def test_who_signs() -> None:
    made = office()
    assert made.signers.nasc is not None
    assert made.signers.nasc.name == "Mona Solano"
    assert made.signers.ports["Port Specimen"].role == "tcpo"
    assert (made.office.phone, made.days_to_call) == ("555-0100", 14)


def test_all_of_it_may_be_left_out() -> None:
    made = settings.load(b'name = "Cases"\nid = "letter-cases"\n', "formwright.toml")
    assert (made.signers.nasc, dict(made.signers.ports), made.office.address) == (None, {}, "")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('role = "tcpo"', 'role = "boss"', 11, 'the setting "signers.ports.Port Specimen.role"'),
        ('role = "tcpo"\n', "", 10, 'the setting "signers.ports.Port Specimen.role" is missing'),
        ('title = "Director"', 'titel = "Director"', 9, 'there is no setting "signers.nasc.titel"'),
        ('phone = "555-0100"', 'fone = "555-0100"', 6, 'there is no setting "office.fone"'),
        ("[signers.nasc]", "[signers.nsac]", 7, 'there is no setting "signers.nsac"'),
        ('unit = "Test Office"', "days_to_call = 0", 3, 'the setting "days_to_call"'),
    ],
)
def test_a_fault_is_told_at_its_line(old: str, new: str, line: int, said: str) -> None:
    text = changed(SETTINGS, (old, new)).encode()
    faults = faults_of(settings.load, text, "formwright.toml")
    found = [fault for fault in faults if fault.message.startswith(said)]
    assert [(fault.file, fault.line) for fault in found] == [("formwright.toml", line)]


def test_a_nearly_right_name_is_told() -> None:
    text = changed(SETTINGS, ('title = "Director"', 'titel = "Director"')).encode()
    assert any("signers.nasc.title" in fault.fix for fault in faults_of(settings.load, text, "formwright.toml"))
