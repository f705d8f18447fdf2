"""What a tick says that came back as a word: of a lone one and of one among many.

1. A word for off is off, whatever the program wrote; the words stay in `raw`.
2. A word for on, and the tick's own state, are on; so is another name that the page shows too.
3. Any other word is left to a person, and so is a word for off that is the state which the page shows.
"""

from __future__ import annotations

import pytest
from pikepdf import Name, String

from formwright.readers._fold import fold
from formwright.readers._seen import Seen, SeenField
from readers.handmade import PLACES, cell, field, form, read


@pytest.mark.parametrize("word", ["No", "no", "N", "false", "False", "0", "off", "Off", "/Off", "/off"])
def test_a_word_for_off_is_off(word: str) -> None:  # 1
    pdf = form()
    field(pdf, "agree").V = String(word)
    field(pdf, "media#disk").V = String(word)
    found = read(pdf)
    assert (cell(found, "agree").value, cell(found, "agree").raw) == (False, word)
    assert cell(found, "media").value == ()


@pytest.mark.parametrize("name", ["No", "off", "0"])
def test_a_state_for_off_is_off(name: str) -> None:  # 1
    pdf = form()
    field(pdf, "agree").V = Name(f"/{name}")
    assert (cell(read(pdf), "agree").state, cell(read(pdf), "agree").value) == ("read", False)


@pytest.mark.parametrize("word", ["Yes", "yes", "/yes", "On", "1", "true", "X"])
def test_a_word_for_on_is_on_and_the_page_does_not_show_it(word: str) -> None:  # 2
    pdf = form()
    field(pdf, "agree").V = String(word)
    field(pdf, "media#disk").V = String(word)
    found = cell(read(pdf), "agree")
    assert (found.value, found.raw, found.note) == (True, word, "group_without_kid")
    assert cell(read(pdf), "media").value == ("disk",)


def tick(value: str | None, *states: str, code: str = "") -> tuple[str, object, str]:
    """State, value and raw of a tick with this /V and these /AS; `code`: it is one of many, with this code."""
    name = f"media#{code}" if code else "agree"
    place = next(place for place in PLACES if place.name == ("media#disk" if code else "agree"))
    place = place if not code else type(place)(**{**fields(place), "name": name, "code": code})
    seen = Seen(method="acroform")
    seen.add(SeenField(name=name, type="Btn", flags=0, value=value, states=list(states), widgets=1))
    (found,), _, _ = fold(seen, [place])
    return found.state, found.value, found.raw


def fields(place: object) -> dict[str, object]:
    names = ("key", "name", "kind", "page", "box", "code", "labels")
    return {name: getattr(place, name) for name in names}


@pytest.mark.parametrize("code", ["no", "0", "n", "false"])
def test_its_own_state_is_on_whatever_it_is_called(code: str) -> None:  # 2
    assert tick(code, code, code=code) == ("read", (code,), code)
    assert tick("No" if code != "no" else "0", "Off", code=code) == ("read", (), "")


def test_another_name_counts_where_the_page_shows_it() -> None:  # 2, 3
    assert tick("ja", "ja") == ("read", True, "ja")
    assert tick(None, "ja") == ("read", True, "ja")
    assert tick("ja", "Off") == ("unread", None, "ja")
    assert tick("perhaps") == ("unread", None, "perhaps")
    assert tick("paper", "Off", code="disk") == ("unread", None, "paper")


@pytest.mark.parametrize("value", ["No", None, "Off"])
def test_a_word_for_off_that_the_page_shows_is_left_to_a_person(value: str | None) -> None:  # 3
    state, held, raw = tick(value, "No")
    assert (state, held) == ("unread", None)
    assert "No" in raw or value == "Off"


def test_what_the_page_shows_ticked_is_on_beside_a_word_for_off() -> None:  # 2
    assert tick("No", "on") == ("read", True, "on")
