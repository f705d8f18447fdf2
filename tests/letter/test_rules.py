"""Each rule of letters: a letter that it lets out, and one that it does not."""

import pytest

from formwright.letter import model, rules
from letter_cases import LETTER, composed, faults_of, letter, places, refused, sample, shipped_to

PAT = (("kind: AM", "kind: PAT\nport: Port Specimen"),)


def test_what_keeps_every_rule_goes_out() -> None:
    made = composed()
    assert made.warnings == ()
    assert "We consider Example Imports, Inc. an account." in made.words()


def test_the_rules_there_are() -> None:
    assert list(rules.rules()) == ["CON-3", "LET-1", "LET-2", "LET-3", "LET-4", "LET-5", "LET-6", "QST-3", "SEL-11"]


# ---- SEL-11, CON-3: hold for every letter, whether it names them or not


@pytest.mark.parametrize("state", ["none", "requested", "refused"])
def test_sel_11_refuses_without_clearance(state: str) -> None:
    (fault,) = refused(account=(("oi_clearance: approved", f"oi_clearance: {state}"),))
    assert (fault.code, fault.file, fault.line) == ("sel11", "example_co.yaml", 7)
    assert "(SEL-11, SOP L276, L325)" in fault.message
    assert "oi_clearance: approved" in fault.fix


def test_sel_11_cannot_be_made_a_warning() -> None:
    weak = LETTER + "  - {rule: SEL-11, source: SOP L276, strength: warn}\n"
    (fault,) = faults_of(model.load, weak, "hello.yaml")
    assert (fault.code, fault.line) == ("always_refuses", 19)


def test_con_3_refuses_what_is_on_hold() -> None:
    (fault,) = refused(account=(("ca_status: none", "ca_status: none\noi_hold: true"),))
    assert (fault.code, fault.line) == ("con3", 9)
    assert "(CON-3, SOP L122)" in fault.message


# ---- LET-1: the decision


def test_let_1_wants_the_decision() -> None:
    (fault,) = refused((("We consider {account.name} an account.", "We write to {account.name} today."),))
    assert places((fault,)) == [("let1", "hello.yaml", 15)]
    assert '"consider Example Imports, Inc. an account"' in fault.message
    assert "(LET-1, SOP L377)" in fault.message


def test_let_1_wants_words_to_look_for() -> None:
    (fault,) = faults_of(letter, (', phrases: ["consider {account.name} an account"]', ""))
    assert fault.code == "no_phrase"


# ---- LET-2: who signs


def test_let_2_nasc_signs_for_an_account_manager_and_the_port_for_a_team() -> None:
    assert composed().values["signer.name"] == "Mona Solano"
    assert composed(account=PAT).values["signer.name"] == "Theo Crane"
    assert composed(account=PAT).form()["signed_by"] == "port"


def test_let_2_refuses_where_nobody_signs_for_nasc() -> None:
    gone = (('[signers.nasc]\nname = "Mona Solano"\ntitle = "Director"\n', ""),)
    (fault,) = refused(settings=gone)
    assert (fault.code, fault.file) == ("let2", "formwright.toml")
    assert "[signers.nasc]" in fault.fix


@pytest.mark.parametrize(
    ("change", "place", "cure"),
    [
        ("kind: PAT", ("let2", "example_co.yaml", 1), "port: ..."),
        ("kind: PAT\nport: Other", ("let2", "formwright.toml", 1), '[signers.ports."Other"]'),
    ],
)
def test_let_2_refuses_a_team_whose_port_has_no_signer(change: str, place: tuple[str, str, int], cure: str) -> None:
    (fault,) = refused(account=(("kind: AM", change),))
    assert places((fault,)) == [place]
    assert cure in fault.fix


def test_let_2_refuses_a_definition_in_which_another_signs() -> None:
    (fault,) = faults_of(letter, ("AM: nasc", "AM: manager"))
    assert (fault.code, fault.line) == ("let2", 6)
    assert "`AM: nasc`" in fault.fix


# ---- LET-3: the call


def test_let_3_says_so_where_no_call_is_promised() -> None:
    (warning,) = composed((("We will call you by {call_by}.", "We will call you."),)).warnings
    assert (warning.code, warning.line) == ("let3", 8)
    assert "(LET-3, SOP L378)" in warning.message


def test_let_3_refuses_where_the_definition_says_so() -> None:
    strict = (("We will call you by {call_by}.", "We will call you."), (", strength: warn", ""))
    assert [fault.code for fault in refused(strict)] == ["let3"]


def test_let_3_wants_the_pre_conference_where_an_assessment_is_scheduled() -> None:
    scheduled = (("ca_status: none", "ca_status: scheduled"),)
    (warning,) = composed(account=scheduled).warnings
    assert "pre-conference" in warning.message
    said = (("We will call you by {call_by}.", "We will call you by {call_by} about the pre-conference."),)
    assert composed(said, account=scheduled).warnings == ()


def test_let_3_the_call_is_never_at_a_weekend() -> None:
    assert composed(settings=(('unit = "T', 'days_to_call = 5\nunit = "T'),)).values["call_by"] == "January 18, 2027"
    assert composed(settings=(('unit = "T', 'days_to_call = 4\nunit = "T'),)).values["call_by"] == "January 15, 2027"
    assert composed().values["call_by"] == "January 25, 2027"  # 14 days


# ---- LET-4: the reluctant account


def test_let_4_refuses_without_a_reason() -> None:
    shipped_to("program_explanation", sample("lantern_loom"))
    (fault,) = faults_of(lambda: shipped_to("program_explanation", sample("lantern_loom"), reason=" "))
    assert fault.code == "let4"
    assert "(LET-4, SOP L379)" in fault.message
    assert "--reason" in fault.fix


def test_let_4_wants_its_words() -> None:
    words = shipped_to("program_explanation", sample("lantern_loom")).words()
    assert "The program is not voluntary: Lantern & Loom Housewares, Inc. will be considered an account" in words
    weak = letter(('LET-1, source: SOP L377, phrases: ["consider', 'LET-4, source: SOP L379, phrases: ["not voluntary'))
    (fault,) = refused(letter=weak, reason="They doubt it.")
    assert (fault.code, fault.line) == ("let4", 15)
    assert "(LET-4, SOP L379)" in fault.message


# ---- LET-5: what supports the words


def test_let_5_wants_a_source_for_each_paragraph() -> None:
    (fault,) = faults_of(letter, ('phone}."\n    source: ours', 'phone}."'))
    assert (fault.code, fault.line) == ("let5", 12)
    assert "(LET-5, SOP L377)" in fault.message


def test_let_5_a_list_names_its_source_once_or_in_each_entry() -> None:
    once = ('- text: "Call {manager.name} at {manager.phone}."', '- list: ["Call {manager.name} at {manager.phone}."]')
    assert letter(once).body[2].list[0].text == "Call {manager.name} at {manager.phone}."
    bare = (f"{once[0]}\n    source: ours", once[1])
    (fault,) = faults_of(letter, bare)
    assert fault.code == "let5"


# ---- LET-6: nothing of another account


def test_let_6_refuses_the_name_of_another_account() -> None:
    named = (("Call {manager.name}", "As with Northwind Trading, call {manager.name}"),)
    assert composed(named, others=("Southwind Trading",)).warnings == ()
    (fault,) = refused(named, others=("Southwind Trading", "NORTHWIND trading"))
    assert (fault.code, fault.file) == ("let6", "example_co.yaml")
    assert "(LET-6, SOP L383)" in fault.message


def test_let_6_looks_at_the_address_too_and_lets_names_be_alike() -> None:
    in_address = (("1 Example Road", "c/o Northwind Trading"),)
    assert [fault.code for fault in refused(account=in_address, others=("Northwind Trading",))] == ["let6"]
    composed(others=("Example Imports", "Inc."))  # parts of the account's own name


# ---- QST-3: the purpose of the questionnaire


def test_qst_3_wants_the_purpose_and_the_enforcement_team() -> None:
    words = shipped_to("questionnaire_cover", sample("harborlight")).words()
    assert "It does not start an investigation or an audit." in words
    assert "will be referred to an Enforcement Evaluation Team for review" in words
    weak = letter(('LET-1, source: SOP L377, phrases: ["consider', 'QST-3, source: SOP L445, phrases: ["no audit of'))
    (fault,) = refused(letter=weak)
    assert (fault.code, fault.line) == ("qst3", 15)
    assert "(QST-3, SOP L445)" in fault.message
