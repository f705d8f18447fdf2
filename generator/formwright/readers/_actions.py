"""What in a file could act by itself, or when somebody clicks: named, and never run (ISO 32000 12.6).

Actions are looked up in the objects of the document, its pages, fields and comments, wherever these are stored (in
compressed object streams, too) and however their names are spelt (`/J#61vaScript`). The plain words are also looked
for in the bytes: there they may stand in a bookmark, to walk which costs as much as all the rest, or in an object that
nothing points to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pikepdf

from formwright.raw import RawProblem
from formwright.readers._seen import told

ACTING: Final = frozenset({"/A", "/AA", "/PA"})
"""Entries that hold an action: on activation, on events, on a link's page (ISO 32000 12.5.6.5, 12.6.3)."""
HARMLESS: Final = frozenset({"/GoTo", "/URI", "/Named", "/Thread"})
"""Actions that only move within the document, or show an address that the person has to open."""
_WORDS: Final = {
    "/JavaScript": "JavaScript",
    "/Launch": "a command to start a program",
    "/SubmitForm": "a command to send the form's data away",
    "/ImportData": "a command to read data in",
    "/ResetForm": "a command to empty fields",
    "/GoToR": "a command to open another file",
    "/GoToE": "a command to open an attached file",
    "/GoToDp": "a command to open another file",
    "/Hide": "a command to hide fields",
}
_MEDIA: Final = frozenset({"Movie", "Sound", "Screen", "RichMedia", "3D"})
"""Annotations that play something, or run what is in them."""
_STEPS: Final = 2_000
"""Actions that are looked at; in a file with more, that is told."""
_NAMED: Final = 5
"""So many attached files are named here; each is a stray of its own (`_attached`)."""
_MORE: Final = "more actions than were looked at"


def active_content(
    pdf: pikepdf.Pdf, data: bytes, acting: Iterable[Any], subtypes: Iterable[str], attached: Iterable[str]
) -> list[RawProblem]:
    """Return the problem that names what could act.

    acting: fields, widgets, comments and pages with one of ACTING; subtypes: of the annotations that are no fields;
    attached: names of attached files that are not ours.
    """
    found = dict.fromkeys(
        words for name, words in _WORDS.items() if name in ("/JavaScript", "/Launch") and name.encode() in data
    )
    found.update(dict.fromkeys(_said(name) for name in _actions(pdf.Root, acting) if name not in HARMLESS))
    root = pdf.Root
    if "/AA" in root or not _is_harmless(root.get("/OpenAction")):
        found["an action on opening"] = None
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        found["an XFA form"] = None
    if not _MEDIA.isdisjoint(subtypes):
        found["media that play"] = None
    if names := [told(name)[:80] for name in attached]:
        rest = f", and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        found[f"attached files ({', '.join(names[:_NAMED])}{rest})"] = None
    return [_problem(found)] if found else []


def words_in(data: bytes) -> list[RawProblem]:
    """Return the same of a file whose objects can't be asked: by the plain words in its bytes."""
    found = [words for name, words in _WORDS.items() if name.encode() in data]
    return [_problem(found)] if found else []


def _actions(root: Any, acting: Iterable[Any]) -> Iterator[str]:
    """Yield the sort (/S) of every action of the document."""
    holders = [root, *acting]
    opening = root.get("/OpenAction")
    queue = [opening] if _is_one(opening) else []
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        yield "/JavaScript"
    for holder in holders:
        queue += [one for entry in ("/A", "/PA") if entry in holder and _is_one(one := holder[entry])]
        if "/AA" in holder and _is_one(events := holder["/AA"]):
            queue += [one for one in events.values() if _is_one(one)]
    steps = 0
    while queue and steps < _STEPS:
        steps += 1
        action = queue.pop()
        yield str(action.get("/S", ""))
        further = action.get("/Next")
        if isinstance(further, pikepdf.Array):
            queue += [one for one in list(further)[:_STEPS] if _is_one(one)]
        elif _is_one(further):
            queue.append(further)
    if queue:
        yield ""


def _is_harmless(opening: Any) -> bool:
    """Tell whether what happens on opening is nothing, or only shows a page."""
    return not isinstance(opening, pikepdf.Dictionary) or str(opening.get("/S")) == "/GoTo"


def _is_one(action: Any) -> bool:
    return isinstance(action, pikepdf.Dictionary)


def _said(name: str) -> str:
    return _WORDS.get(name, f"an action of the sort {name[1:41]}" if name else _MORE)


def _problem(found: Iterable[str]) -> RawProblem:
    return RawProblem(
        code="active_content",
        message=f"The file holds {', '.join(found)}, which our form did not have. It was ignored.",
        fix="Open the original with care, and ask the sender how it came in.",
    )
