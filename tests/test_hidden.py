"""Hidden characters, by their numbers in Unicode (the bidirectional controls: UAX 9; default ignorables: UAX 44)."""

from __future__ import annotations

import time

import pytest

from formwright.hidden import breaks, escaped, hidden, named, odd, shown, spaced, trimmed, visible


@pytest.mark.parametrize(
    "one",
    ["\u202a", "\u202e", "\u2066", "\u2069", "\u200b", "\ufeff", "\u2060", "\u00ad", "\u200e", "\u3164", "\U000e0041"],
)
def test_what_nobody_sees_is_found_and_named(one: str) -> None:
    assert hidden(f"Acme{one} Ltd{one}") == one
    assert named(f"{one}Acme") == f"U+{ord(one):04X}"
    assert visible(f"Ac{one}me") == "Acme"
    assert trimmed(f" {one} Acme {one}") == "Acme"
    assert trimmed(one * 3) == ""
    assert shown(f"Ac{one}me").startswith("Ac\\")


@pytest.mark.parametrize(
    "text",
    [
        "Acme & Söhne",
        "株式会社",
        "می\u200cخواهم",
        "क्\u200dष",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "a\u00a0b",
        "",
    ],
)
def test_joiners_inside_a_word_and_all_that_is_seen_are_left_alone(text: str) -> None:
    assert (hidden(text), visible(text), trimmed(text), shown(text), spaced(text)) == ("", text, text, text, text)


@pytest.mark.parametrize(
    "text", ["\u200d", "Acme\u200d", "\u200cAcme", "Acme \u200d Ltd", "A\u200d\u200dB", "A\u200d\u200bB"]
)
def test_a_joiner_that_joins_nothing_is_hidden(text: str) -> None:
    assert hidden(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Söhne, 株式会社, می\u200cخواهم, two\nlines\tand tabs", ""),
        ("a\x1bb\u202e", "the character U+001B, which no writing uses"),
        ("a\u202eb\x1b", "the character U+202E, which nobody sees"),
        ("\ufffd", "the character U+FFFD, which no writing uses"),
        ("\ud800", "the character U+D800, which no writing uses"),
        ("M\udcfcller", "the byte 0xFC, which is not UTF-8"),  # ü in Latin-1, as Python decodes words of a command
    ],
)
def test_the_first_character_that_nobody_writes_is_said(text: str, said: str) -> None:
    assert odd(text) == said


def test_a_line_break_at_the_ends_parts_nothing() -> None:
    assert [breaks(text) for text in ("\na\r\n", "a\rb", "a\u2029b", "a b")] == [False, True, True, False]


def test_controls_become_spaces_and_are_escaped() -> None:
    assert spaced("x\x00y\x07\tz\n\x85") == "x y \tz\n "
    assert spaced("a\ud800b\ufffdc") == "a b c"
    assert escaped("x\x00y\n\x1b") == "x\\u0000y\n\\u001b"
    assert escaped("a\ud800b\ufffdc") == "a\ufffdb\ufffdc"
    assert shown("\x1b[2J\u202egnp.exe") == "\\u001b[2J\\u202egnp.exe"


@pytest.mark.parametrize(
    "text", ["\u200d" * 300_000, "a\u200b" * 150_000, " \u200d" * 150_000, "\u202e" * 300_000 + "a"]
)
def test_a_text_of_them_costs_no_more_than_its_length(text: str) -> None:
    started = time.process_time()
    hidden(text), visible(text), trimmed(text), shown(text)
    assert time.process_time() - started < 2
