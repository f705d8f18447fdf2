"""Fill in an issued form with other programs, as their users do: pdftk (FDF, XFDF), pdf-lib, pdf.js, pdfium.

What is typed is a mapping field name -> text, code of an option, or True and False for a tick. The same mapping goes
into every program; each puts it into the file in its own way (PDF.md 3).
"""

from __future__ import annotations

import ctypes
import json
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pypdfium2
import pypdfium2.raw as pdfium

from formwright.issue import Issued

Typed = Mapping[str, "str | bool"]
NODE: Final = Path(__file__).resolve().parent / "node"
_SECONDS: Final = 120


@dataclass(frozen=True, slots=True)
class Job:
    """One form to fill in: the issued file, its places, what is typed, where the saved file goes."""

    source: Path
    places: tuple[Issued, ...]
    typed: Typed
    target: Path

    def place(self, name: str) -> tuple[Issued, ...]:
        """Return the widgets of a field. Raises KeyError for a name that was not issued."""
        found = tuple(place for place in self.places if place.name == name)
        if not found:
            raise KeyError(f"{self.source.name} has no field {name}")
        return found

    def beside(self, suffix: str, data: bytes) -> Path:
        """Write what a program is to read; return where."""
        path = self.target.with_suffix(suffix)
        path.write_bytes(data)
        return path


def run(*command: str | Path) -> None:
    """Run a program. Raises RuntimeError with what it said when it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=_SECONDS)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr or done.stdout}")


# ---- pdftk --------------------------------------------------------------------------------------


def pdftk_fdf(job: Job) -> None:
    """Fill in with pdftk from an FDF file (ISO 32000 12.7.8): names for buttons, texts in UTF-16 for the others."""
    entries = b"".join(b"<< /T %b /V %b >>\n" % (_string(name), _fdf_value(job, name)) for name in job.typed)
    data = (
        b"%%FDF-1.2\n1 0 obj\n<< /FDF << /Fields [\n%b] >> >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%%%EOF\n" % entries
    )
    run("pdftk", job.source, "fill_form", job.beside(".fdf", data), "output", job.target)


def pdftk_xfdf(job: Job, *options: str) -> None:
    """Fill in with pdftk from an XFDF file."""
    root = ElementTree.Element("xfdf", {"xmlns": "http://ns.adobe.com/xfdf/", "xml:space": "preserve"})
    fields = ElementTree.SubElement(root, "fields")
    for name, value in job.typed.items():
        said = _state(job, name, value) if isinstance(value, bool) else value
        ElementTree.SubElement(ElementTree.SubElement(fields, "field", name=name), "value").text = said
    data = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    run("pdftk", job.source, "fill_form", job.beside(".xfdf", data), "output", job.target, *options)


def pdftk_xfdf_undrawn(job: Job) -> None:
    """Fill in with pdftk from an XFDF file, leaving it to the viewer to draw the answers."""
    pdftk_xfdf(job, "need_appearances")


def _fdf_value(job: Job, name: str) -> bytes:
    value, kind = job.typed[name], job.place(name)[0].kind
    if isinstance(value, bool):
        return f"/{_state(job, name, value)}".encode()
    return f"/{value}".encode() if kind == "radio" else _string(value)


def _state(job: Job, name: str, on: bool) -> str:
    """Return the state of a tick: a tick of several has its option's code, one alone `on`."""
    return (job.place(name)[0].code or "on") if on else "Off"


def _string(text: str) -> bytes:
    return b"<feff%b>" % text.encode("utf-16-be").hex().encode()


# ---- Node ---------------------------------------------------------------------------------------


def pdflib(job: Job) -> None:
    """Fill in with pdf-lib, whose users choose from a list by the words they see."""
    words = {place.name: dict(place.labels) for place in job.places if place.kind == "list"}
    node(
        "fill_pdflib.mjs",
        job,
        {name: words[name][str(said)] if name in words else said for name, said in job.typed.items()},
    )


def pdfjs(job: Job) -> None:
    """Fill in with pdf.js, the viewer of Firefox."""
    node("fill_pdfjs.mjs", job, dict(job.typed))


def node(script: str, job: Job, typed: Mapping[str, Any]) -> None:
    """Run a script of node/ on a form."""
    words = job.beside(".typed.json", json.dumps(typed, ensure_ascii=False).encode())
    run("node", "--import", NODE / "node18.mjs", NODE / script, job.source, words, job.target)


# ---- pdfium, by mouse and keyboard --------------------------------------------------------------


def pdfium_forms(job: Job) -> None:
    """Fill in with pdfium, the viewer of Chrome: click into each field and type."""
    by_page: dict[int, list[str]] = defaultdict(list)
    for name in job.typed:
        by_page[job.place(name)[0].page].append(name)
    document = pypdfium2.PdfDocument(job.source)
    document.init_forms()
    forms = document.formenv.raw
    for number, names in by_page.items():
        page = document[number - 1]
        for name in names:
            _by_hand(job, name, forms, page)
        pdfium.FORM_ForceToKillFocus(forms)
        page.close()
    document.save(job.target)
    document.close()


def _by_hand(job: Job, name: str, forms: Any, page: Any) -> None:
    """Put a value into one field. A tick that is as wanted already is left alone."""
    value, widgets = job.typed[name], job.place(name)
    if isinstance(value, bool):
        if value != bool(widgets[0].value):
            _click(widgets[0], forms, page)
        return
    if widgets[0].kind == "radio":
        _click(next(one for one in widgets if one.code == value), forms, page)
        return
    _click(widgets[0], forms, page)
    if widgets[0].kind == "list":
        codes = [code for code, _ in widgets[0].labels]
        pdfium.FORM_SetIndexSelected(forms, page, codes.index(value), True)
    else:
        pdfium.FORM_SelectAllText(forms, page)
        text = ctypes.create_string_buffer(value.encode("utf-16-le") + b"\0\0")
        pdfium.FORM_ReplaceSelection(forms, page, ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort)))
    pdfium.FORM_ForceToKillFocus(forms)


def _click(widget: Issued, forms: Any, page: Any) -> None:
    x0, y0, x1, y1 = widget.box
    x, y = (x0 + x1) / 2, page.get_height() - (y0 + y1) / 2
    pdfium.FORM_OnMouseMove(forms, page, 0, x, y)  # without it a click is not heard
    pdfium.FORM_OnLButtonDown(forms, page, 0, x, y)
    pdfium.FORM_OnLButtonUp(forms, page, 0, x, y)


PROGRAMS: Final[Mapping[str, Callable[[Job], None]]] = {
    "pdftk_fdf": pdftk_fdf,
    "pdftk_xfdf": pdftk_xfdf,
    "pdftk_xfdf_undrawn": pdftk_xfdf_undrawn,
    "pdflib": pdflib,
    "pdfjs": pdfjs,
    "pdfium": pdfium_forms,
}
"""Every way to fill in, by its name in samples/returns/typed."""
NEEDS: Final[Mapping[str, str]] = {
    "pdftk_fdf": "pdftk",
    "pdftk_xfdf": "pdftk",
    "pdftk_xfdf_undrawn": "pdftk",
    "pdflib": "node",
    "pdfjs": "node",
}
"""The program that a way needs beyond what set-up brings (pdfium comes with it)."""


def names_of(places: Iterable[Issued]) -> frozenset[str]:
    """Return the names of all fields that can be filled in."""
    return frozenset(place.name for place in places if not place.fixed)
