"""The three letters as shipped: each variant says what it should, and cites lines of the sources that are there."""

from __future__ import annotations

import re

import pytest

from letter_cases import ROOT, faults_of, sample, shipped, shipped_to

LETTERS = ("introduction", "program_explanation", "questionnaire_cover")
ACCOUNTS = ("lantern_loom", "harborlight", "tidewater_brokers")
SOURCES = {"SOP": "000_f75c851ccf3a999b.txt", "002": "002_d64acf049d24656a.txt"}


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("account", ACCOUNTS)
def test_each_sample_account_can_have_each_letter(name: str, account: str) -> None:
    made = shipped_to(name, sample(account))
    assert made.warnings == ()
    assert made.values["address"].count("\n") <= 4
    assert not re.search(r"\{(?!issue\})|\.\.", made.words())


@pytest.mark.parametrize("name", LETTERS)
def test_each_line_that_is_cited_says_something(name: str) -> None:
    lines = {
        source: (ROOT / "docs" / "source" / file).read_text("utf-8").splitlines() for source, file in SOURCES.items()
    }
    cited = 0
    for _, entry in shipped(name).entries():
        which = "SOP"
        for word, number in re.findall(r"\b(SOP|002)\b|\bL(\d+)", entry.source):
            which = word or which
            if number:
                cited += 1
                assert lines[which][int(number) - 1].strip(), f"{entry.source}: L{number} is empty"
    assert cited > 4


def test_an_importer_with_an_account_manager() -> None:
    words = shipped_to("introduction", sample("lantern_loom")).words()
    assert "Dear Ms. Achterberg:" in words
    assert "look at your imports in the aggregate, not transaction by transaction" in words
    assert "your Account Manager, Dana Whitfield" in words
    assert "Ms. Whitfield will call you by January 25, 2027" in words
    assert words.endswith("Marguerite Solano-Finch\nDirector, National Account Services Center\n\n"
                          "Dana Whitfield, Account Manager")  # fmt: skip


def test_an_importer_with_a_port_account_team() -> None:
    made = shipped_to("introduction", sample("harborlight"))
    assert "your Port Account Team, led by Luis Farrow-Nakagawa" in made.words()
    assert "Dear Morwenna Brandt:" in made.words()
    assert made.values["signer.title"] == "Port Director, Port Specimen"
    assert made.values["office.unit"] == "Port Specimen"


def test_a_broker_is_not_told_of_its_imports() -> None:
    for name in LETTERS[:2]:
        words = shipped_to(name, sample("tidewater_brokers")).words()
        assert "importers or brokers" in words
        assert "reasonable care" not in words
        assert "your imports" not in words


def test_a_participant_in_isa() -> None:
    isa = sample("lantern_loom", ("categories: [importer,", "categories: [importer, isa,"))
    words = shipped_to("introduction", isa).words()
    assert "As a participant in the Importer Self Assessment program" in words
    assert "You will have one person to turn to" not in words


def test_with_an_assessment_scheduled_the_meeting_is_combined_and_no_questionnaire_announced() -> None:
    scheduled = sample("lantern_loom", ("ca_status: none", "ca_status: scheduled"))
    made = shipped_to("introduction", scheduled)
    assert "the meeting can be combined with its pre-conference" in made.words()
    assert "questionnaire" not in made.words()
    assert made.warnings == ()


def test_the_cover_names_the_questionnaire_its_date_and_whom_to_call() -> None:
    words = shipped_to("questionnaire_cover", sample("harborlight")).words()
    assert "our questionnaire Q-2027-0001. Please fill it in and return it by February 25, 2027." in words
    assert "call me at 555-0156, or write to luis.farrow@port.example" in words
    assert "General Questionnaire, Q-2027-0001" in words


def test_the_cover_does_not_go_without_a_questionnaire() -> None:
    (fault,) = faults_of(lambda: shipped_to("questionnaire_cover", sample("harborlight"), enclosed=None))
    assert fault.code == "not_enclosed"
    assert fault.fix == "Issue it first: formwright issue account_management harborlight."


def test_nothing_internal_is_in_what_is_kept() -> None:
    """CON-3: whatever the profile says of clearance, holds and notes."""
    secret = sample("lantern_loom", ('notes: "Internal, never printed: watch', 'notes: "ZQSECRET watch'))
    for name in LETTERS:
        kept = str(shipped_to(name, secret).form())
        assert "ZQSECRET" not in kept
        assert "approved" not in kept
        assert "oi_" not in kept
