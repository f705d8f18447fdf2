"""Resolving: numbers, references, parameters, prefills, provenance, rules, and its laws."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from form_cases import ON, PARAMETERS, SETTINGS, company, faults_of, operations, resolved, small, text, told
from formwright import definition, overlay, resolve, rules
from formwright.errors import Faults
from formwright.rules._base import Case


def numbers(*lines: str, head: str = "") -> dict[str, str]:
    return {question.kind.id: question.number for question in resolved(*lines, head=head).questions()}


def test_numbers_follow_what_an_account_is_asked() -> None:
    """The default: items without a hole, labelled parts with the source's letters (E.3: a, b, c, e)."""
    following = small(("numbering: source\n", ""))
    made = resolved(
        "{drop: proofs, reason: x}",
        "{add: {id: new, kind: text, text: A}, after: exports}",
        "{add: {id: said, kind: info, text: I}, after: new}",
        of=following,
    )
    assert {question.kind.id: question.number for question in made.questions()} == {
        "company": "A.1",
        "officers": "A.2",
        "exports": "B.1",
        "new": "B.2",
        "said": "",
        "export_details": "B.3",
        "assists": "B.4",
        "closing": "B.5",
        "certification": "",
    }
    assert (made.numbers["assists.tools"], made.numbers["assists.money"]) == ("B.4a", "B.4c")
    assert made.questions()[5].kind.words("en") == "Describe the exports of B.1."


def test_source_numbers_keep_their_gaps() -> None:
    assert numbers() == {
        "company": "A.1",
        "officers": "A.2",
        "exports": "B.1",
        "export_details": "B.2",
        "proofs": "B.4",
        "assists": "B.5",
        "closing": "B.6",
        "certification": "",
    }
    assert resolved().numbers["assists.money"] == "B.5c"


def test_consecutive_numbers_close_them() -> None:
    made = resolved(head="numbering: consecutive\n")
    assert [question.number for question in made.questions()] == ["A.1", "A.2", "B.1", "B.2", "B.3", "B.4", "B.5", ""]
    assert made.numbers["assists.money"] == "B.4b"
    assert made.questions()[5].kind.children()[1].label == "b"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("{add: {id: new, kind: text, text: A}, after: exports}", {"new": "B.1A", "export_details": "B.2"}),
        ("{add: {id: new, kind: text, text: A}, after: export_details}", {"new": "B.3", "proofs": "B.4"}),
        ("{add: {id: new, kind: text, text: A}, section: trade}", {"new": "B.7", "closing": "B.6"}),
        ("{add: {id: new, kind: text, text: A}, before: exports}", {"new": "B.0A", "exports": "B.1"}),
        ("{add: {id: new, kind: info, text: A}, after: exports}", {"new": "", "exports": "B.1"}),
        ('{add: {id: new, kind: text, text: A, label: "9"}, after: exports}', {"new": "B.9"}),
        ("{move: officers, section: trade}", {"officers": "B.7", "company": "A.1"}),
        ("{move: assists, after: exports}", {"assists": "B.1A", "export_details": "B.2"}),
        ("drop: assists", {"closing": "B.6"}),
    ],
)
def test_what_is_added_or_moved_gets_a_number_of_its_own(line: str, found: dict[str, str]) -> None:
    assert numbers(line).items() >= found.items()


def test_two_insertions_do_not_share_a_number() -> None:
    found = numbers(
        "{add: {id: one, kind: text, text: A}, after: exports}", "{add: {id: two, kind: text, text: B}, after: one}"
    )
    assert (found["one"], found["two"]) == ("B.1A", "B.1B")


def test_references_follow_ids() -> None:
    made = resolved("{move: exports, after: company}")
    words = {question.kind.id: question.kind.words("en") for question in made.questions()}
    assert made.numbers["exports"] == "A.1A"
    assert words["export_details"] == "Describe the exports of A.1A."
    assert words["assists"] == "Assists above 10%."


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("{ref:exports}", "B.1"),
        ("{ref:assists.tools}", "B.5a"),
        ("{ref:exports|described above}", "described above"),
        ("{section:company_section}", "Section A"),
        ("Section {ref:company_section}", "Section A"),
        ("{param:share}", "10"),
        ("[0-9]{2}", "[0-9]{2}"),
    ],
)
def test_placeholders(written: str, printed: str) -> None:
    made = resolved(f"{{reword: assists, text: 'See {written}', help: 'share {{share}}'}}")
    assert made.questions()[5].kind.words("en") == f"See {printed}"


def test_settings_fill_the_opening_and_a_missing_one_is_located() -> None:
    assert resolved().opening[0].text == ("To find compliance problems together. Write to returns@office.example.",)
    (fault,) = faults_of(resolve.resolve, small(), company(), operations(), issued_on=ON)
    assert (fault.code, fault.file, fault.line) == ("unset", "small.yaml", 13)
    assert "formwright.toml" in fault.fix


def test_the_profile_leaves_out_what_it_does_not_need() -> None:
    assert "port_question" not in numbers()
    assert resolved().provenance["port_question"] == ('left out by the profile: account.kind == "PAT" does not hold',)
    port = resolve.resolve(small(), company(("kind: AM", "kind: PAT")), operations(), issued_on=ON, settings=SETTINGS)
    assert port.numbers["port_question"] == "A.3"


def test_what_is_not_known_is_asked() -> None:
    unknown = small(('account.kind == "PAT"', "account.pfi_share >= 50"))
    assert "port_question" in [question.kind.id for question in resolved(of=unknown).questions()]


def test_a_reference_to_what_the_profile_leaves_out_is_a_fault() -> None:
    asking = small(("{ref:exports}", "{ref:port_question}"))
    (fault,) = faults_of(resolved, of=asking)
    assert (fault.code, fault.file, fault.item) == ("left_out", "small.yaml", "export_details")


def test_prefills_have_the_records_shape_and_remember_their_rows() -> None:
    made = resolved()
    assert made.prefills == {
        "company": "Example Company, Inc.",
        "officers": [
            {"_row": "r1", "name": "Ann Sample", "title": "President"},
            {"_row": "r2", "name": "Bo Specimen", "title": "Treasurer"},
        ],
    }
    assert made.rows == {"officers.r1": "ann", "officers.r2": "bo"}


def test_an_overlay_prefills_by_value_or_path() -> None:
    made = resolved("{prefill: closing, value: Nothing more.}", "{prefill: assists.tools, value: 'no'}")
    assert made.prefills["closing"] == "Nothing more."
    assert made.prefills["assists"] == {"tools": "no"}
    assert (
        resolved("{prefill: closing, path: contacts.primary}".replace("contacts.primary", "name")).prefills["closing"]
        == "Example Company, Inc."
    )


def test_provenance_says_who_did_what_and_why() -> None:
    made = resolve.resolve(
        small(), company(), overlay.load(text("small_overlay"), "o.yaml"), issued_on=ON, settings=SETTINGS
    )
    assert made.provenance["officers"] == ("reworded by overlay for_example: The board is asked for, too.",)
    assert made.provenance["rulings"] == ("added by overlay for_example (QST-2)",)


# ---- rules --------------------------------------------------------------------------------------


def test_qst6_an_unresolved_list_is_refused_and_one_entry_is_said() -> None:
    base = 'id: t\nbase: {id: small, version: "1.0"}\n'
    (fault,) = faults_of(resolve.resolve, small(), company(), overlay.load(base, "t"), issued_on=ON, settings=SETTINGS)
    assert (fault.code, fault.file, fault.item) == ("unresolved_parameter", "t", "invoices")
    assert "Give it in the overlay: `- parameter: invoices`" in fault.fix
    (fault,) = faults_of(resolve.resolve, small(), company(), issued_on=ON, settings=SETTINGS)
    assert (fault.file, fault.line, fault.item) == ("example_co.yaml", 1, "invoices")
    assert "Give it in an overlay for example_co: `- parameter: invoices`" in fault.fix
    one = overlay.load(base + "operations: [{parameter: invoices, value: [INV-1]}]\n", "t")
    looked = resolve.look(small(), company(), one, issued_on=ON, settings=SETTINGS)
    assert looked.lacking == ()
    made = looked.form
    assert [warning.code for warning in made.warnings] == ["several"]
    (said,) = looked.warnings
    assert (said.file, said.line, said.item) == ("t", 3, "invoices")
    assert made.parameters == {"invoices": ["INV-1"], "share": "10"}


def test_qst6_asks_only_for_what_the_form_uses() -> None:
    made = overlay.load(
        'id: t\nbase: {id: small, version: "1.0"}\noperations: [{drop: proofs, reason: None reviewed.}]\n', "t"
    )
    assert resolve.resolve(small(), company(), made, issued_on=ON, settings=SETTINGS).parameters == {"share": "10"}


def test_qst3_wants_the_purpose_explained() -> None:
    (fault,) = faults_of(resolved, of=small(('    source: "SOP L445"\n', "")))
    assert (fault.code, fault.line) == ("qst3", 10)


def test_qst5_says_where_nothing_is_there_to_review() -> None:
    bare = small(("prefill: name, ", ""))
    rows = "  - {id: ann, name: Ann Sample, title: President}\n  - {id: bo, name: Bo Specimen, title: Treasurer}\n"
    nobody = company((f"officers:\n{rows}", ""))
    assert [warning.code for warning in resolved(of=bare, to=nobody).warnings] == ["qst5"]
    assert resolved().warnings == ()


@pytest.mark.parametrize("status", ["scheduled", "in_progress", "near_completion", "completed"])
def test_qst1_refuses_unless_a_reason_is_given(status: str) -> None:
    case = Case(small(), company(("ca_status: none", f"ca_status: {status}")))
    (fault,) = faults_of(rules.before_issue, case)
    assert (fault.code, fault.file, fault.line) == ("qst1", "example_co.yaml", 14)
    assert [said.code for said in rules.before_issue(case, {"QST-1": "Agreed with the team."})] == ["overridden"]
    with pytest.raises(Faults):
        rules.before_issue(case, {"QST-1": "  "})


def test_qst1_says_where_it_is_not_known() -> None:
    unknown = company(("ca_status: none\n", ""))
    assert rules.before_issue(Case(small(), unknown))[0].code == "ca_status_unknown"
    (warning,) = resolved(to=unknown).warnings
    assert warning.code == "ca_status_unknown"
    assert "Example Company, Inc. does not say" in warning.message
    assert "ca_status: none" in warning.fix
    assert resolved(to=company(("ca_status: none", "ca_status: unknown"))).warnings == (warning,)


def test_qst1_set_aside_is_kept_with_the_form() -> None:
    held = company(("ca_status: none", "ca_status: completed"))
    (warning,) = resolved(to=held, head="overrides: {QST-1: Agreed with the team.}\n").warnings
    assert (warning.code, "Set aside: Agreed with the team." in warning.message) == ("overridden", True)


def test_qst1_lets_others_pass() -> None:
    assert rules.before_issue(Case(small(), company())) == []


TWO_SYSTEMS = """\
entities:
  - {id: main, name: Example Company, ir_number: 00-0000001, control_system: main}
  - {id: old, name: Old Name, ir_number: 00-0000002, control_system: paper, active: false}
  - {id: bare, name: Without Number, control_system: theirs}
  - {id: outlet, name: Example Outlet, ir_number: 00-0000003, control_system: SYSTEM}
ca_status: none"""


def test_def1_importers_with_other_control_systems_are_other_accounts() -> None:
    apart = company(("ca_status: none", TWO_SYSTEMS.replace("SYSTEM", "outlet")))
    (fault,) = rules.of_profile(apart)
    assert (fault.code, fault.file, fault.line) == ("control_systems", "example_co.yaml", 18)
    assert "Example Company (main), Example Outlet (outlet) (DEF-1, SOP L391-392)" in fault.message
    assert [warning.code for warning in resolved(to=apart).warnings] == ["control_systems"]
    assert rules.of_profile(company(("ca_status: none", TWO_SYSTEMS.replace("SYSTEM", "main")))) == []
    assert rules.of_profile(company()) == []


def test_qst2_what_is_added_or_dropped_says_why() -> None:
    made = resolved("drop: assists", "{add: {id: new, kind: text, text: A}, after: exports}")
    assert [(warning.code, warning.item) for warning in made.warnings] == [("qst2", "assists"), ("qst2", "new")]
    assert (
        resolved("{drop: assists, rule: QST-2}", "{drop: exports, reason: x}", "drop: export_details").warnings[0].item
        == "export_details"
    )
    assert resolved("{reword: assists, text: New.}").warnings == ()
    told_ = resolved("{drop: assists, rule: AD priority, reason: None imported.}")
    assert told_.provenance["assists"] == ("dropped by overlay test (AD priority): None imported.",)
    unsourced = small(('source: "SOP L1"\n', ""))
    assert resolved("drop: assists", of=unsourced).warnings == ()


INSTRUCTION = "(List several import invoice numbers taken from entry summaries reviewed)"


@pytest.mark.parametrize(
    "line",
    [
        f'{{reword: closing_, text: "{INSTRUCTION}"}}',
        f'{{reword: closing_, help: "Please {INSTRUCTION.lower()}"}}',
        f'{{add: {{id: new, kind: text, text: "{INSTRUCTION}"}}, after: exports}}',
        f'{{parameter: share, value: "{INSTRUCTION}"}}',
        f'{{parameter: invoices, value: [INV-1, "{INSTRUCTION}"]}}',
    ],
)
def test_qst6_the_sources_instruction_is_never_printed(line: str) -> None:
    (fault,) = faults_of(resolved, line.replace("closing_", "exports"))
    assert (fault.code, fault.file, fault.line) == ("instruction", "test.yaml", 5)
    assert "SOP L831" in fault.message
    assert fault.fix


def test_qst6_a_definition_has_no_instruction_either() -> None:
    (fault,) = faults_of(small, ("text: Officers.", f'text: "{INSTRUCTION}"'))
    assert (fault.code, fault.file, fault.item) == ("instruction", "small.yaml", "officers")


@pytest.mark.parametrize(
    "words", ["TODO [invoice numbers]", "Since [...], what?", "Ask <name>.", "TBD", "(insert year)", "[…]"]
)
def test_qst6_what_looks_unfinished_is_said(words: str) -> None:
    (warning,) = resolved(f'{{reword: exports, text: "{words}"}}').warnings
    assert (warning.code, warning.item) == ("looks_like_placeholder", "exports")
    assert warning.fix
    assert [said.code for said in resolved(f'{{parameter: share, value: "{words}"}}').warnings] == [
        "looks_like_placeholder"
    ]
    loaded = small(("text: Officers.", f'text: "{words}"'))
    (said,) = definition.warnings(loaded)
    assert (said.code, said.file, said.item) == ("looks_like_placeholder", "small.yaml", "officers")


@pytest.mark.parametrize(
    "words", ["Pattern [0-9]{2}?", "Fewer than (<) 10 or more (>)?", "Is it (or was it) so?", "{ref:exports}"]
)
def test_what_is_no_instruction_is_let_be(words: str) -> None:
    assert resolved(f'{{reword: assists, text: "{words}"}}').warnings == ()


# ---- laws ---------------------------------------------------------------------------------------

INDEPENDENT = (
    "{drop: assists, reason: x}",
    "{reword: officers, text: Officers and directors.}",
    "{reword: company, help: In full.}",
    "{require: exports, required: false}",
    "{prefill: closing, value: Nothing.}",
    "{parameter: share, value: '15'}",
    "{require: export_details}",
    "{drop: proofs, reason: y}",
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(INDEPENDENT), st.integers(min_value=1, max_value=len(INDEPENDENT)))
def test_operations_on_different_items_commute(order: list[str], count: int) -> None:
    chosen = order[:count]
    assert resolved(*chosen) == resolved(*sorted(chosen))


def test_resolving_is_deterministic_and_the_fingerprint_tells_forms_apart() -> None:
    assert resolved() == resolved()
    found = [resolved(*lines).fingerprint for lines in ((), (INDEPENDENT[1],), (INDEPENDENT[5],), (INDEPENDENT[4],))]
    assert len(set(found)) == len(found)
    assert all(len(one) == 64 for one in found)


def test_faults_of_every_stage_name_their_place() -> None:
    bad = small(("prefill: name, lock", "prefill: name, max_length: 3, lock"))
    (fault,) = faults_of(resolved, of=bad)
    assert told((fault,)) == [("prefill", 30, "company")]
    assert "profile of example_co" in fault.fix


def test_an_overlay_without_operations_is_the_definition() -> None:
    assert PARAMETERS.count("invoices") == 1
    assert [question.kind.id for question in resolved().questions()] == [
        item.id for item in small().items() if item.id != "port_question"
    ]
    assert isinstance(small(), definition.Definition)


def test_a_text_parameter_without_a_value_is_told_by_its_name() -> None:
    bare = small(
        (', default: "10"', ""),
        ("spare: 2\n", 'spare: 2\n        threshold: {column: part, least: "{share}"}\n'),
        ("          - {id: title, kind: text, text: Title}\n", "          - {id: part, kind: percent, text: Part}\n"),
    )
    (fault,) = faults_of(resolved, of=bare)
    assert (fault.code, fault.item) == ("unresolved_parameter", "share")
