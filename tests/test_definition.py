"""Definitions: what is loaded, and every fault with its place, its item and its cure."""

from __future__ import annotations

import pytest

from form_cases import changed, example, faults_of, small, text, told
from formwright import definition


def test_a_definition_is_loaded_once_for_the_same_bytes() -> None:
    made = small()
    assert [item.id for item in made.items()][:3] == ["company", "officers", "port_question"]
    assert definition.load(text("small"), "small.yaml") is made


# (what is changed) -> (code, line, item) of the fault and words that must be in it: message and cure
CASES = [
    # fields
    (("version: \"1.0\"", "version: 1.0"), ("unquoted", 3, ""), 'Put it in quotes: "1.0"'),
    (("numbering: source", "numbring: source"), ("unknown_key", 6, ""), 'Did you mean "numbering"?'),
    (("numbering: source", "numbering: sorce"), ("not_one_of", 6, ""), 'Did you mean "source"?'),
    (("    title: The company\n", ""), ("missing", 24, ""), '"title" is missing'),
    (("    review: true", "    review: perhaps"), ("wrong_type", 27, ""), "true and false only"),
    (("    letter: B\n", "    letter: bee\n"), ("value", 49, ""), "one capital"),
    (("spare: 2", "spare: 200"), ("out_of_bounds", 37, "officers"), "at most 60"),
    (("row_name: officer\n", "row_nmae: officer\n"), ("unknown_key", 36, "officers"), 'Did you mean "row_name"?'),
    (("text: Do you lend tools?", "txt: Do you lend tools?"), ("unknown_key", 75, "assists.tools"), "Did you mean"),
    (("id: tools, kind: yes_no", "id: tools, kind: yesno"), ("value", 75, "assists.tools"), 'Did you mean "yes_no"?'),
    (("spare: 2", "spare: many"), ("wrong_type", 37, "officers"), "a whole number"),
    (("text: Officers.", "text: 5"), ("unquoted", 34, "officers"), 'quotes: "5"'),
    (("text: Officers.", "text: [a]"), ("wrong_type", 34, "officers"), "text for each language"),
    # ids and labels
    (("id: small\n", "id: little\n"), ("file_name", 2, ""), 'the file is called "small"'),
    (("id: exports, kind", "id: company, kind"), ("duplicate_id", 52, "company"), "an id of its own"),
    (("id: exports, kind", "id: Exports, kind"), ("value", 52, "Exports"), "lower-case"),
    (("id: closing", "id: r12"), ("value", 77, "r12"), "reserved"),
    (("id: trade", "id: company_section"), ("duplicate_id", 48, "company_section"), "given twice"),
    (("letter: B", "letter: A"), ("duplicate_label", 49, "trade"), "used by two sections"),
    (('label: "6"', 'label: "5"'), ("duplicate_label", 77, "closing"), 'the label "5" is used twice'),
    (("label: c", "label: a"), ("duplicate_label", 76, "assists.money"), "used twice"),
    (("text: Do you export?, lock: free, source: ours", "text: Do you export?"), ("no_source", 52, "exports"), "ours"),
    # placeholders
    (("{ref:exports}", "{ref:export}"), ("unknown_reference", 56, "export_details"), 'Did you mean "exports"?'),
    (("{ref:exports}", "{see:exports}"), ("unknown_placeholder", 56, "export_details"), "{ref:item}"),
    (("{share}", "{shore}"), ("unknown_parameter", 72, "assists"), 'Did you mean "share"?'),
    (("{share}", "{invoices}"), ("list_in_text", 72, "assists"), "for_each: invoices"),
    (("for_each: invoices", "for_each: invoyces"), ("unknown_parameter", 65, "proofs"), "invoices"),
    (("columns: [{id: invoice,", "columns: [{id: note,"), ("reserved_column", 20, "invoices"), "another id"),
    (("for_each: invoices", "for_each: share"), ("not_a_list", 65, "proofs"), "kind: list"),
    # conditions and prefills
    (('show_when: exports == "yes"', 'show_when: exports = "yes"'), ("condition", 57, "export_details"), "=="),
    (('show_when: exports == "yes"', 'show_when: export == "yes"'), ("unknown_name", 57, "export_details"), "exports"),
    (('show_when: exports == "yes"', 'show_when: exports == "yep"'), ("unknown_code", 57, "export_details"), '"yes"'),
    (('show_when: exports == "yes"', 'show_when: answered(closing)'), ("later_name", 57, "export_details"), "later"),
    (('show_when: exports == "yes"', "show_when: officers == 1"), ("not_comparable", 57, "export_details"), "answered"),
    (('account.kind == "PAT"', 'account.kind == "TAP"'), ("unknown_code", 46, "port_question"), "AM, PAT"),
    (('account.kind == "PAT"', 'account.kind in ["PAT", "XX"]'), ("unknown_code", 46, "port_question"), '"XX"'),
    (('account.kind == "PAT"', "'\"AM\" <= account.kind'"), ("not_comparable", 46, "port_question"), "no order"),
    (('show_when: exports == "yes"', 'show_when: exports > "no"'), ("not_comparable", 57, "export_details"), "order"),
    (('account.kind == "PAT"', 'account.status != "closed"'), ("unknown_code", 46, "port_question"), "inactive"),
    (('account.kind == "PAT"', 'account.categories == "broker"'), ("not_comparable", 46, "port_question"), "in ac"),
    (('account.kind == "PAT"', 'account.import_value > "ten"'), ("not_comparable", 46, "port_question"), "quotes"),
    (('account.kind == "PAT"', "account.oi_hold == True"), ("unknown_name", 46, "port_question"), "account.kind"),
    (("prefill: officers", "prefill: officer"), ("unknown_path", 35, "officers"), 'Did you mean "officers"?'),
    (("prefill: officers", "prefill: notes"), ("unknown_path", 35, "officers"), "no \"notes\""),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected", "words"), CASES)
def test_each_fault_has_its_place_and_cure(change: tuple[str, str], expected: tuple[str, int, str], words: str) -> None:
    faults = faults_of(definition.load, changed("small", change), "small.yaml")
    assert expected in told(faults)
    fault = next(fault for fault in faults if (fault.code, fault.line, fault.item) == expected)
    assert words in str(fault)
    assert fault.file == "small.yaml"
    assert fault.column > 0


@pytest.mark.parametrize(
    "asked", ["'\"broker\" in account.categories'", 'account.issues in ["ad", "ipr"]', "account.pfi_share >= 50"]
)
def test_what_may_be_asked_of_a_profile(asked: str) -> None:
    assert small(('account.kind == "PAT"', asked)).sections[0].items[2].include_when == asked.strip("'")


def test_choices_are_asked_for_one_of_them() -> None:
    media = '{id: exports, kind: choices, label: "1", options: [{code: paper, text: Paper}], text: A, source: ours}'
    old = '{id: exports, kind: yes_no, label: "1", text: Do you export?, lock: free, source: ours}'
    (fault,) = faults_of(small, (old, media), ('exports == "yes"', 'exports == "paper"'))
    assert (fault.code, fault.fix) == ("not_comparable", """Write '"paper" in exports', or not in.""")
    assert small((old, media), ('exports == "yes"', "'\"paper\" in exports'")).id == "small"


def test_an_unused_parameter_is_a_fault() -> None:
    faults = faults_of(definition.load, changed("small", ("Assists above {share}%.", "Assists.")), "small.yaml")
    assert told(faults) == [("unused_parameter", 22, "share")]
    assert "Write {share} in a text" in str(faults[0])


def test_all_faults_of_a_file_are_told_at_once_in_order() -> None:
    bad = changed(
        "small",
        ('version: "1.0"', "version: 1.0"),
        ("spare: 2", "sparse: 2"),
        ("kind: yes_no, label: a", "kind: yes, label: a"),
        ("text: Do you lend money?", "text: Do you lend money?, text: Again?"),
    )
    faults = faults_of(definition.load, bad, "small.yaml")
    assert [(fault.code, fault.line) for fault in faults] == [
        ("unquoted", 3),
        ("unknown_key", 37),
        ("value", 75),
        ("duplicate_key", 76),
    ]


def test_faults_are_in_plain_words() -> None:
    bad = changed("small", ("spare: 2", "spare: many"), ("review: true", "review: 7"))
    said = "\n".join(map(str, faults_of(definition.load, bad, "small.yaml")))
    for word in ("pydantic", "Input", "tuple", "model", "bool", "validation"):
        assert word not in said


def test_a_parameter_may_stand_where_a_number_is_wanted() -> None:
    made = small(
        ("        spare: 2\n", '        spare: 2\n        threshold: {column: share, least: "{share}"}\n'),
        ("          - {id: title, kind: text, text: Title}\n", "          - {id: share, kind: percent, text: Share}\n"),
    )
    assert made.sections[0].items[1].id == "officers"


def test_the_example_of_the_reference_loads() -> None:
    assert definition.load(example("definition"), "small.yaml").title == "Small Questionnaire"
