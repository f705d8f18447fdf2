"""The closed condition language: three-valued truth, words, and everything that must not get in."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_cases import DOCS
from formwright.condition_words import in_words
from formwright.conditions import Compared, parse

VALUES = {
    "q": "yes",
    "part.n": "12.5",
    "media": {"codes": ["paper", "disk"], "other": None},
    "when": "2027-01-11",
    "seen": None,
    "money": {"amount": "1,000", "currency": "USD"},
    "ticked": True,
}


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ('q == "yes"', True),
        ('q != "yes"', False),
        ('"yes" == q', True),
        ('q in ["yes", "na"]', True),
        ('q not in ["no"]', True),
        ('"paper" in media', True),
        ('"film" in media', False),
        ('"film" not in media', True),
        ("count(media) >= 2", True),
        ("count(media) == 2.0", True),
        ("count(q) == 1", True),
        ("count(seen) == 0", True),
        ("answered(q)", True),
        ("answered(seen)", False),
        ("not answered(seen)", True),
        ("part.n > 12", True),
        ("10 < part.n < 12", False),
        ("part.n >= -1", True),
        ("money >= 1000", True),
        ("money < 1000", False),
        ('when < "2027-02-01"', True),
        ("ticked == True", True),
        ("ticked != True", False),
        # unknown: absent, or blank
        ("answered(absent)", None),
        ('absent == "yes"', None),
        ('seen == "yes"', None),
        ('seen not in ["yes"]', None),
        ("count(absent) > 0", None),
        ("q > 5", None),
        # Kleene: unknown goes on only where the other side does not decide
        ('absent == "a" and q == "no"', False),
        ('absent == "a" and q == "yes"', None),
        ('absent == "a" or q == "yes"', True),
        ('absent == "a" or q == "no"', None),
        ('not absent == "a"', None),
        ('1 < absent < 2 and q == "no"', False),
    ],
)
def test_truth_is_three_valued(text: str, truth: bool | None) -> None:
    assert parse(text).evaluate(VALUES) is truth


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "cannot be read"),
        ("q", "nothing that can be true or false"),
        ('q = "yes"', "Equality is written =="),
        ('q == "yes" && r == "no"', "Write and, or, not"),
        ('q == "yes', "column 6"),
        ("a + b > 2", "not part of the condition language"),
        ("related-suppliers == 1", "column 1"),
        ("9**9**9 == q", "not part of the condition language"),
        ('"%1000000000d" % 1 == q', "not part of the condition language"),
        ('__import__("os").system("x")', "there is no function at column 1"),
        ("(lambda: 1)()", "there is no function at column 1"),
        ("answer(q)", 'there is no function "answer"'),
        ("f(q)", "There are answered(q) and count(q)."),
        ('answered("x")', "takes one name"),
        ("answered(q, r)", "takes one name"),
        ("count(q)", "nothing that can be true or false"),
        ("q is None", "`is`"),
        ("q == None", "column 6"),
        ("q == 1j", "column 6"),
        ("q == ...", "column 6"),
        ('q == b"x"', "column 6"),
        ('f"{q}" == "a"', "column 1"),
        ('q == "y" if a else b', "column 1"),
        ("q[0] == 1", "column 1"),
        ("q == [1]", "only stand after in"),
        ("q in [r]", "what stands in the list at column 7"),
        ("1 == 1", "asks nothing"),
        ("q and r == 1", "column 1"),
        ('q == (r == "a")', "comparison inside a comparison"),
        ("(" * 300 + "q == 1" + ")" * 300, "500 are allowed"),
        ("(" * 220 + "q == 1" + ")" * 220, "cannot be read"),
        ("not " * 60 + "answered(q)", "nested more than 20 deep"),
        (f'q == "{"a" * 500}"', "500 are allowed"),
        ("[x for x in q] == 1", "column 1"),
        ("(q := 1) == 1", "column 2"),
    ],
)
def test_what_is_outside_the_language_is_refused_with_its_place(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        parse(text)


def test_names_and_literals_are_known_for_checks() -> None:
    condition = parse('a.b == "yes" and (count(c) > 2 or a.b in ["no", "na"]) and not answered(d)')
    assert condition.names == ("a.b", "c", "d")
    assert condition.compared() == (
        Compared("a.b", "yes", False, 8, equal=True),
        Compared("a.b", "no", False, 43),
        Compared("a.b", "na", False, 49),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('q == "yes"', "E.1 is Yes"),
        ('not q == "yes"', "E.1 is not Yes"),
        ('q in ["yes", "no"]', "E.1 is Yes or No"),
        ('"yes" == q', "E.1 is Yes"),
        ('not (q == "yes" and n > 2)', "E.1 is not Yes or E.2 is at most 2"),
        ('q == "yes" and (n > 2 or answered(m))', "E.1 is Yes and either E.2 is more than 2 or C.6 is answered"),
        ('"yes" in q', "E.1 includes Yes"),
        ('"yes" not in q', "E.1 does not include Yes"),
        ("3 < n", "E.2 is more than 3"),
        ("count(m) >= 2", "the number of answers to C.6 is at least 2"),
        ("not answered(m)", "C.6 is not answered"),
        ("t == True", "t is Yes"),
    ],
)
def test_it_is_said_in_words(text: str, words: str) -> None:
    printed = {"q": "E.1", "n": "E.2", "m": "C.6"}
    said = in_words(parse(text), lambda name: (printed.get(name, name), {"yes": "Yes", "no": "No"}))
    assert said == words


truths = st.sampled_from([True, False, None])
VALUE_OF = {True: {"x": "yes"}, False: {"x": "no"}, None: {}}


@given(truths, truths)
def test_and_or_not_follow_kleene(first: bool | None, second: bool | None) -> None:
    values = {f"a{key}": value for key, value in VALUE_OF[first].items()}
    values |= {f"b{key}": value for key, value in VALUE_OF[second].items()}
    low = {False: 0, None: 1, True: 2}
    back = {0: False, 1: None, 2: True}
    one, two = 'ax == "yes"', 'bx == "yes"'
    assert parse(f"{one} and {two}").evaluate(values) is back[min(low[first], low[second])]
    assert parse(f"{one} or {two}").evaluate(values) is back[max(low[first], low[second])]
    assert parse(f"not {one}").evaluate(values) is back[2 - low[first]]


@given(st.text(max_size=80))
def test_any_text_is_a_condition_or_a_plain_refusal(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert parse(text).evaluate({}) in (True, False, None)


def test_the_example_of_the_reference_is_a_condition() -> None:
    (line,) = re.findall(r"```yaml\nshow_when: (.+)\n```", (DOCS / "conditions.md").read_text("utf-8"))
    assert parse(line).names == ("related", "media", "other_media")
