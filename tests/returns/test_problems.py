"""Problems: what is said, where, and that the docs name every code."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import formwright
from formwright.cli.answer import command
from formwright.raw import RawCell, RawProblem, RawReturn, Stray
from formwright.record import Received, Source, compute
from formwright.returns.problems import FINDINGS, SORTS, quoted
from formwright.returns.slots import Slots, lay_out
from record_cases import lower, record_of, seen

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "record.md"
TABLE: dict[str, Any] = {
    "kind": "table",
    "id": "suppliers",
    "text": "Names and addresses of major foreign suppliers.",
    "spare": 1,
    "row_name": "supplier",
    "columns": [
        {"kind": "text", "id": "name", "text": "Name"},
        {"kind": "percent", "id": "share", "text": "% of value"},
    ],
}


def messages(data: dict[str, Any]) -> list[str]:
    return [problem.message for problem in record_of(data).problems]


def test_a_doubled_field_is_said_with_what_was_read() -> None:
    """Its twin may hold something that cannot be read, so nothing is claimed of it."""
    question = {"kind": "text", "id": "q", "text": "Since when?"}
    told = messages({"question": question, "return": {"q": {"is": "conflict", "values": ["A"]}}})
    assert told == ["A.1: this field is in the file more than once; read as “A”."]


def test_a_place_is_said_as_it_is_printed() -> None:
    told = messages({"question": TABLE, "return": {"suppliers.r1.name": "Lark", "suppliers.r1.share": "much"}})
    assert told == ["A.1, supplier 1, % of value: This is not a number. It says “much”."]


def test_the_words_of_a_question_are_not_repeated() -> None:
    question = {"kind": "date", "id": "q", "text": "When did it begin?"}
    assert messages({"question": question, "return": {"q": {"is": "unread"}}}) == [
        "A.1: there is something here that can't be read by a machine."
    ]


def test_a_long_question_is_cut_in_a_place() -> None:
    part = {
        "kind": "text",
        "id": "how",
        "text": "Explain transportation procedures, and responsibilities, for international and inland transport.",
    }
    question = {"kind": "composite", "id": "q", "text": "Transport", "parts": [part]}
    assert messages({"question": question, "return": {"q.how": {"is": "unread"}}}) == [
        "A.1, Explain transportation procedures, and responsibilities…: "
        "there is something here that can't be read by a machine."
    ]


def test_lost_places_are_one_problem_for_each_item() -> None:
    assert messages({"question": TABLE, "return": {"*": {"is": "missing"}}}) == [
        "A.1: none of its 2 places is in the return."
    ]
    assert messages(
        {"question": TABLE, "return": {"suppliers.r1.name": "Lark", "suppliers.r1.share": {"is": "missing"}}}
    ) == ["A.1, supplier 1, % of value: its place is not in the return."]


def test_a_condition_is_said_in_words() -> None:
    gate = {"kind": "yes_no", "id": "gate", "text": "Do you import?"}
    question = {"kind": "text", "id": "q", "text": "What?", "show_when": 'gate == "yes"'}
    assert messages({"also": [gate], "question": question, "return": {"gate": ["no"], "q": "Tea"}}) == [
        "A.2: answered, though it is asked only if A.1 is Yes."
    ]
    explained = {**gate, "id": "q", "explain_on": "no"}
    assert messages({"question": explained, "return": {"q": ["yes"], "q_explain": "So."}}) == [
        "A.1, If no, explain: answered, though it is asked only if A.1 is No."
    ]


def test_a_conflict_names_the_files() -> None:
    question = {"kind": "text", "id": "q", "text": "What?"}
    record = record_of({"question": question, "returns": [{"q": "Tea"}, {"q": "Silk"}]})
    assert [(one.message, one.fix) for one in record.problems] == [
        (
            "A.1: several values came back: “Silk” (return2.pdf) and “Tea” (return1.pdf).",
            "Ask the account which one holds, then enter it: "
            "formwright answer Q-2027-0001 q VALUE --by NAME --why TEXT",
        )
    ]


def test_a_conflict_of_equal_words_says_how_each_was_read() -> None:
    also = [{"kind": "date", "id": "began", "text": "When did it begin?"}]
    question = {"kind": "date", "id": "q", "text": "When did it end?"}
    found = messages(
        {"also": also, "question": question, "returns": [{"q": "3/4/2027"}, {"q": "3/4/2027", "began": "25/3/2026"}]}
    )
    assert (
        "A.2: several values came back: “3/4/2027” (return1.pdf, read as “2027-03-04”) and “3/4/2027” (return2.pdf, "
        "not read: “3/4/2027” can be March 4 or April 3, 2027: “25/3/2026”, also in this return, is written day first)."
    ) in found


def test_a_tick_is_said_as_it_is_taken() -> None:
    question = {"kind": "tick", "id": "q", "text": "Copy attached"}
    odd = {"is": "read", "value": True, "raw": "Yes", "note": "group_without_kid"}
    assert messages({"question": question, "return": {"q": odd}}) == [
        "A.1: read as ticked (“Yes”), but the page does not show it ticked."
    ]
    unread = {"is": "unread", "raw": "perhaps", "note": "odd_tick"}
    assert messages({"question": question, "return": {"q": unread}}) == [
        "A.1: there is something here that can't be read by a machine: “perhaps” stands where a tick is asked."
    ]


def test_a_conflict_says_what_was_changed_though_it_was_ticked_as_correct() -> None:
    question = {"kind": "text", "id": "q", "text": "Name?"}
    returns = [{"q": "Loom", "q_confirm": True}, {"q": "", "q_confirm": True}, {"q_confirm": True}]
    found = messages({"question": question, "prefill": "Lantern", "returns": returns})
    assert found == [
        "A.1: ticked as correct, but changed from “Lantern” to “Loom” and an empty place.",
        "A.1: several values came back: “Lantern”, ticked as correct (return3.pdf) and “Loom” (return1.pdf) and an "
        "empty place (return2.pdf).",
    ]


def test_hidden_and_control_characters_are_named_and_shown() -> None:
    question = {"kind": "text", "id": "q", "text": "Name?"}
    turned = {"is": "read", "value": "a\u202eb", "raw": "a\u202eb", "note": "hidden_characters"}
    assert messages({"question": question, "return": {"q": turned}}) == [
        "A.1: there are characters here that nobody sees (U+202E): “a\\u202eb”."
    ]
    parted = {"is": "read", "value": "x y", "raw": "x\\u0000y", "note": "control_characters"}
    assert messages({"question": question, "return": {"q": parted}}) == [
        "A.1: this came as “x\\u0000y”, with characters that no writing uses; it is read as “x y”."
    ]
    assert quoted("\x1b[2J\u200b") == "“\\u001b[2J\\u200b”"


def pages_of(count: int, lost: set[int]) -> tuple[list[str], set[str]]:
    """The messages, and the items to review, of a form with one question on each page, of which some are lost."""
    questions = [{"kind": "text", "id": f"q{n}", "text": "What?"} for n in range(1, count + 1)]
    issue, kinds = lower(questions, {}, {})
    slots = lay_out(issue, kinds)
    cells = tuple(
        RawCell(key=f"q{n}", state="missing", page=n)
        if n in lost
        else RawCell(key=f"q{n}", state="read", value="Tea", page=n)
        for n in range(1, count + 1)
    )
    arrived = one(slots)
    arrived = replace(arrived, raw=replace(arrived.raw, cells=cells))
    record = compute(issue, slots, [arrived], [], revision=1)
    reviewed = {key for key, item in record.answers.items() if "review" in item.needs}
    assert {key for key, item in record.answers.items() if item.state == "missing"} == {f"q{n}" for n in lost}
    return [problem.message for problem in record.problems], reviewed


def test_many_lost_pages_are_one_problem_and_few_are_named_by_their_items() -> None:
    lost = {1, 2, 5, 6, 7, 9}
    assert pages_of(9, lost) == (["Pages 1, 2, 5-7, 9 are not in the return."], {f"q{n}" for n in lost})
    told, reviewed = pages_of(9, {3, 4})
    assert told == ["A.3: its place is not in the return.", "A.4: its place is not in the return."]
    assert reviewed == {"q3", "q4"}


def test_what_a_reader_notes_is_said_in_words_and_once() -> None:
    odd = {"is": "read", "value": "Tea", "note": "appearance_missing"}
    question = {"kind": "text", "id": "q", "text": "What?"}
    assert messages({"question": question, "return": {"q": odd}}) == [
        "A.1: read as “Tea”, but the page does not show it."
    ]
    assert messages({"question": question, "return": {"q": {**odd, "value": ""}}}) == []
    issue, kinds = lower([question], {}, {})
    slots = lay_out(issue, kinds)
    told = RawProblem(code="readers_differ", key="q", message="Two programs read different answers here.")
    differ = {"q": {**odd, "note": "readers_differ"}}
    record = compute(issue, slots, [one(slots, told=differ, problems=(told,))], [], revision=1)
    assert [problem.message for problem in record.problems] == ["Two programs read different answers here."]


def test_a_long_text_is_cut_in_a_message() -> None:
    assert quoted("a" * 50 + " " + "b" * 50) == "“" + "a" * 40 + " … " + "b" * 15 + "”"
    assert quoted("") == "nothing"


def one(slots: Slots, **more: Any) -> Received:
    source = Source(
        name="a.pdf", sha256="a" * 64, format="pdf", method="acroform", producer="", received_at="2027-02-01"
    )
    raw = RawReturn(format="pdf", method="acroform", producer="", cells=seen(slots, more.pop("told", {})), **more)
    return Received(source=source, raw=raw, submitted_by="Ana Ruiz")


def test_strays_and_problems_of_a_reader_pass_through() -> None:
    issue, kinds = lower([{"kind": "text", "id": "q", "text": "What?"}], {}, {})
    slots = lay_out(issue, kinds)
    strays = (Stray(name="extra", value="Hello", page=2), Stray(name="note", value="", page=1, kind="comment"))
    problems = (RawProblem(code="issue_withdrawn", message="The issue was withdrawn.", fix="Ask.", severity="error"),)
    record = compute(issue, slots, [one(slots, told={"q": "Tea"}, strays=strays, problems=problems)], [], revision=1)
    assert [(found.code, found.item, found.message) for found in record.problems] == [
        ("issue_withdrawn", "", "The issue was withdrawn."),
        ("stray", "", "Not from our form (page 1): “note”."),
        ("stray", "", "Not from our form (page 2): “extra”, holding “Hello”."),
    ]
    assert record.as_json()["strays"] == [
        {"name": "note", "value": "", "page": 1, "kind": "comment", "source": "a" * 64},
        {"name": "extra", "value": "Hello", "page": 2, "kind": "field", "source": "a" * 64},
    ]
    assert record.answers["q"].needs == ("review",), "every answer on a withdrawn form is looked at"
    assert record.review


def test_a_read_key_that_was_never_issued_is_a_stray_and_no_answer() -> None:
    issue, kinds = lower([TABLE], {}, {})
    slots = lay_out(issue, kinds)
    told = {"suppliers.r9.price": "9", "elsewhere": "9"}
    record = compute(issue, slots, [one(slots, told=told)], [], revision=1)
    assert [stray.name for stray, _ in record.strays] == ["elsewhere", "suppliers.r9.price"]
    assert [key for key in record.answers["suppliers"].cells if "r9" in key] == []


def test_every_code_is_in_the_docs_with_its_severity_and_meaning() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    shown = {code: (severity, when) for code, severity, when in rows}
    for code, sort in SORTS.items():
        assert shown[code] == (sort.severity, sort.when)
    for code, severity in FINDINGS.items():
        assert shown[code][0] == severity
    assert shown.keys() == SORTS.keys() | FINDINGS.keys()


def test_every_finding_of_a_kind_is_in_the_table() -> None:
    folder = Path(formwright.__file__).parent / "kinds"
    found = {
        code for path in folder.glob("*.py") for code in re.findall(r'Finding\(\s*"(\w+)"', path.read_text("utf-8"))
    }
    assert found == FINDINGS.keys()


def test_the_templates_of_the_table_are_filled() -> None:
    for code, sort in SORTS.items():
        assert sort.message.endswith((".", "}")), code
        assert not sort.fix or sort.fix.endswith((".", "}", "--why TEXT")), code


def test_a_command_in_a_cure_is_a_whole_one() -> None:
    named = [sort.fix.partition("formwright answer ")[2] for sort in SORTS.values() if "formwright" in sort.fix]
    assert len(named) == 6
    for words in named:
        command.make_context("answer", words.format(issue="Q-2027-0001", key="q").split())  # raises if one is missing
