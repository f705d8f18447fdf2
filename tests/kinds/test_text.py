"""A short text on one line.

1. One Line, named by number and question, required as the item is.
2. The text is kept as written: NFC, without outer blanks; other scripts too.
3. More than `max_length` characters: invalid, with the counts.
4. An e-mail address and a telephone number that do not look like it are kept, with a doubt.
5. What is known stands in the Line, which is `known`, with a tick "Correct as shown" below.
6. The longest possible key, with its tick to confirm, has 64 characters; longer ones are faults.
7. Nothing is slow: a million characters are refused at once, however they are made up.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formwright import layout
from formwright.kinds.text import Text
from formwright.text import clean
from kind_support import Lowered, attempt, doubted, make, only, parse, refusal, there_and_back


def test_one_line() -> None:  # 1
    line = only(Lowered(make("text", max_length=40)))
    assert isinstance(line, layout.Line)
    assert (line.key, line.name, line.label) == ("q", "A.1, What is asked?", "")
    assert (line.required, line.max_length, line.known, line.width) == (True, 40, False, 12)


def test_optional_item_asks_for_nothing() -> None:  # 1
    lowered = Lowered(make("text", required=False))
    assert not only(lowered).required
    assert not lowered.cells["q"].required


def test_under_a_condition_no_viewer_enforces_it() -> None:  # 1
    lowered = Lowered(make("text"), when=('other == "yes"',))
    assert not only(lowered).required
    assert lowered.cells["q"].required
    assert lowered.cells["q"].when == ('other == "yes"',)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  Rosalind Achterberg ", "Rosalind Achterberg"),
        ("Cafe\u0301", "Café"),
        ("宁波样例灯饰有限公司", "宁波样例灯饰有限公司"),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_is_kept_as_written(raw: str, text: str) -> None:  # 2
    assert parse(make("text"), raw) == text


def test_too_long() -> None:  # 3
    kind = make("text", max_length=5)
    assert parse(kind, "12345") == "12345"
    assert refusal(kind, "123456") == "This has 6 characters; 5 are allowed. Shorten it, or attach a sheet."


def test_a_tick_is_no_text() -> None:
    assert "tick" in refusal(make("text"), True)


@pytest.mark.parametrize("address", ["dana.whitfield@nasc.example", "a@b.co.example"])
def test_email(address: str) -> None:  # 4
    assert parse(make("text", hint="email"), address) == address


@pytest.mark.parametrize("address", ["dana", "a@b", "a b@c.example", "a@@b.example"])
def test_doubtful_email(address: str) -> None:  # 4
    assert doubted(make("text", hint="email"), address)[0] == address


def test_phone() -> None:  # 4
    assert parse(make("text", hint="phone"), "555-0134") == "555-0134"
    assert doubted(make("text", hint="phone"), "see above")[0] == "see above"


def test_known() -> None:  # 5
    lowered = Lowered(make("text"), prefill="President")
    assert lowered.values == {"q": "President"}
    assert lowered.controls["q"].known
    tick = lowered.controls["q_confirm"]
    assert (tick.label, tick.name) == ("Correct as shown", "A.1: correct as shown")
    assert lowered.cells["q"].confirm == "q_confirm"
    assert (lowered.cells["q_confirm"].role, lowered.cells["q_confirm"].required) == ("confirm", False)


def test_an_empty_prefill_is_none() -> None:  # 5
    lowered = Lowered(make("text"), prefill="")
    assert list(lowered.controls) == ["q"]
    assert lowered.values == {}


@pytest.mark.parametrize(("value", "said"), [(7, "is not a text"), ("123456", "6 characters")])
def test_prefill_faults(value: object, said: str) -> None:  # 5
    (fault,) = make("text", max_length=5).prefill_faults(value)
    assert said in fault


def test_longest_key() -> None:  # 6
    assert list(Text(id="a" * 32).faults()) == []
    assert list(make("composite", parts=[{"kind": "text", "id": "b" * 22, "text": "B"}]).faults()) == []
    parts = [{"kind": "text", "id": "b" * 25, "text": "B"}]
    kind = make("composite", parts=parts).model_copy(update={"id": "a" * 31})  # 31 + 1 + 25 + 8 = 65
    (fault,) = kind.faults()
    assert "65 characters, 64 are allowed" in fault


@pytest.mark.parametrize("text", ["a" * 10**6, "\u0316\u0301" * 500_000, "a@" * 500_000])
def test_a_million_characters(text: str) -> None:  # 7
    started = time.perf_counter()
    refusal(make("text", hint="email"), text)
    assert time.perf_counter() - started < 0.1


def test_marks_that_no_writing_has() -> None:  # 7
    assert "more marks on one letter than any writing has" in refusal(make("text"), "a" + "\u0316\u0301" * 40)


@given(st.text())
def test_never_fails_otherwise(text: str) -> None:
    for hint in ("text", "email", "phone"):
        answer = attempt(make("text", max_length=20, hint=hint), text)
        assert answer is None or answer.value == clean(text)


@given(st.text(min_size=1).map(clean).filter(bool))
def test_there_and_back(text: str) -> None:
    assert there_and_back(make("text"), text) == text
