"""What documents have in common is built once: nothing of one document gets into another."""

from __future__ import annotations

from dataclasses import replace

import layouts
from formwright.layout import Layout, Para, Run
from formwright.plan.lower import lower
from formwright.writers.docx import frame
from formwright.writers.docx.compile import compile
from plans import case
from writers.docx.opened import Word, stamped


def cold(layout: Layout) -> bytes:
    """Return a file as the first of its process is made."""
    frame._frame.cache_clear()
    frame._titled.cache_clear()
    return stamped({}, compile(layout))


def said(text: str, **titles: str) -> Layout:
    return replace(layouts.layout(Para(runs=(Run(text),))), **titles)


def test_a_file_is_the_same_whatever_was_made_before() -> None:
    made = [layouts.sample(), lower(case()), said("one"), said("two", title="Other", running="Other", foot="Other, 2")]
    first = [cold(layout) for layout in made]
    again = [stamped({}, compile(layout)) for layout in (*made, *reversed(made))]
    assert again == [*first, *reversed(first)]


def test_other_titles_take_the_same_frame_and_show() -> None:
    cold(said("one", title="A first title", running="Running A", foot="Foot A", author="Author A"))
    before = frame._frame.cache_info().misses
    word = Word(stamped({}, compile(said("two", title="B & <b>", running="B", foot="Foot B", author="Author B"))))
    assert frame._frame.cache_info().misses == before
    whole = b"".join(word.parts.values())
    assert b"<dc:title>B &amp; &lt;b&gt;</dc:title>" in whole
    assert b"Foot B" in whole
    assert not [text for text in (b"A first title", b"Running A", b"Foot A", b"Author A") if text in whole]


def test_other_words_take_another_frame() -> None:
    layout = said("one")
    cold(layout)
    other = replace(layout, words={**layout.words, "type_here": "Write here"})
    assert b"Write here" in Word(stamped({}, compile(other))).parts["word/glossary/document.xml"]


def test_a_title_with_a_break_keeps_it() -> None:
    word = Word(cold(said("one", foot="Foot\nof two lines")))
    foot = next(data for name, data in word.parts.items() if name.startswith("word/footer") and name.endswith(".xml"))
    assert b'preserve">Foot</w:t><w:br/><w:t xml:space="preserve">of two lines</w:t>' in foot
