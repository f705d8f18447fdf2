"""What could act by itself is named wherever it is stored and however it is spelt; never run (THREATS.md 2, row 9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from readers.handmade import codes, field, form, put, read, saved

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def on_document(pdf: Pdf, action: Any) -> None:
    pdf.Root.OpenAction = action


def on_document_event(pdf: Pdf, action: Any) -> None:
    pdf.Root.AA = Dictionary(WP=action)


def by_name(pdf: Pdf, action: Any) -> None:
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("start"), action]))


def on_page(pdf: Pdf, action: Any) -> None:
    pdf.pages[1].obj.AA = Dictionary(O=action)


def on_widget(pdf: Pdf, action: Any) -> None:
    field(pdf, "name").A = action


def on_widget_event(pdf: Pdf, action: Any) -> None:
    field(pdf, "notes").AA = Dictionary(K=action)


def on_group(pdf: Pdf, action: Any) -> None:
    field(pdf, "branch").AA = Dictionary(V=action)


def on_kid(pdf: Pdf, action: Any) -> None:
    field(pdf, "branch").Kids[2].A = action


def on_comment(pdf: Pdf, action: Any) -> None:
    put(pdf, 2, pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)))


def on_astray(pdf: Pdf, action: Any) -> None:
    widget = Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("extra"), Rect=[0, 0, 9, 9], A=action)
    put(pdf, 2, pdf.make_indirect(widget))


def after_another(pdf: Pdf, action: Any) -> None:
    first = Dictionary(S=Name.URI, URI=String("https://sampleton.example/"), Next=Array([action]))
    on_comment(pdf, pdf.make_indirect(first))


PLACES = [
    on_document,
    on_document_event,
    by_name,
    on_page,
    on_widget,
    on_widget_event,
    on_group,
    on_kid,
    on_comment,
    on_astray,
    after_another,
]


def compressed(pdf: Pdf) -> bytes:
    """Return the file with all its dictionaries in compressed object streams: no name of an action is in its bytes."""
    data = saved(pdf, object_stream_mode=ObjectStreamMode.generate, compress_streams=True)
    assert b"/JavaScript" not in data
    assert b"/Launch" not in data
    return data


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_a_script_is_named_in_compressed_objects(place: Callable[[Pdf, Any], None]) -> None:
    pdf = form()
    place(pdf, pdf.make_indirect(Dictionary(SCRIPT)))
    [problem] = read(compressed(pdf)).problems
    assert problem.code == "active_content"
    assert "JavaScript" in problem.message


@pytest.mark.parametrize(
    ("sort", "words"),
    [
        ("JavaScript", "JavaScript"),
        ("Launch", "a command to start a program"),
        ("SubmitForm", "a command to send the form's data away"),
        ("ImportData", "a command to read data in"),
        ("ResetForm", "a command to empty fields"),
        ("GoToR", "a command to open another file"),
        ("GoToE", "a command to open an attached file"),
        ("Hide", "a command to hide fields"),
        ("Rendition", "an action of the sort Rendition"),
    ],
)
def test_each_sort_is_told_in_words(sort: str, words: str) -> None:
    pdf = form()
    on_widget(pdf, Dictionary(S=Name(f"/{sort}")))
    [problem] = read(compressed(pdf)).problems
    assert words in problem.message


def test_a_name_with_escapes_is_the_name() -> None:
    pdf = form()
    on_widget(pdf, Dictionary(SCRIPT))
    data = saved(pdf, object_stream_mode=ObjectStreamMode.disable, compress_streams=False)
    data = data.replace(b"/JavaScript", b"/J#61v#61Script")
    assert b"/JavaScript" not in data
    [problem] = [one for one in read(data).problems if one.code == "active_content"]
    assert "JavaScript" in problem.message


@pytest.mark.parametrize("sort", ["GoTo", "URI", "Named"])
def test_what_only_moves_or_shows_an_address_is_not_told(sort: str) -> None:
    pdf = form()
    on_comment(pdf, Dictionary(S=Name(f"/{sort}")))
    assert codes(read(compressed(pdf))) == set()


def test_media_are_told() -> None:
    pdf = form()
    put(pdf, 1, Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9]))
    assert "media that play" in read(pdf).problems[0].message


def test_actions_that_follow_each_other_without_end_end() -> None:
    pdf = form()
    first = pdf.make_indirect(Dictionary(S=Name.URI))
    first.Next = Array([first, first])
    on_widget(pdf, first)
    [problem] = read(compressed(pdf)).problems
    assert "more actions than were looked at" in problem.message


def test_the_second_reader_looks_for_the_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: bytes) -> None:
        raise pikepdf.PdfError("no")

    pdf = form()
    on_widget(pdf, Dictionary(SCRIPT))
    data = saved(pdf, object_stream_mode=ObjectStreamMode.disable)
    monkeypatch.setattr("formwright.readers._qpdf.read", refuse)
    assert codes(read(data)) == {"second_reader", "active_content"}
