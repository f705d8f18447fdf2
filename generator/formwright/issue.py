"""The stored issue: all that is needed to read its return, for ever, without `forms/`.

Stored as versioned JSON and never changed; later events withdraw or supersede it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from formwright.kinds._base import Cell
from formwright.layout import Value

VERSION: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One widget of an issued file: the manifest and the geometry in one.

    name: what the format calls it (a PDF's qualified field name, a Word control's tag, a Word question's bookmark);
    kind: line, area, list, tick (both), radio (PDF), date, heading, property (Word); code: the option of a radio kid or
    of one tick; labels: (code, words) of a list's options; page from 1, 0 where the format has no pages; box (x0, y0,
    x1, y1) in points from the page's top left; value: what was issued in it (fixed fields and prefill).

    Where a file may come back without names (Word): alias: the control's title; region: the bookmark of its question;
    words: the label above a field or beside a tick; at: (table of the region, row, column), all from 0.
    """

    key: str
    name: str
    kind: str
    page: int
    box: tuple[float, float, float, float]
    code: str = ""
    fixed: bool = False
    labels: tuple[tuple[str, str], ...] = ()
    value: Value | None = None
    alias: str = ""
    region: str = ""
    words: str = ""
    at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedFile:
    """One file of an issue: bytes are kept under `sha256`; `pages` are (width, height) in points; `prints`: a hash over
    what each page draws itself, by which a return's pages are known as ours (none: issued before there were any)."""

    name: str
    format: str
    sha256: str
    size: int
    layout_fingerprint: str
    pages: tuple[tuple[float, float], ...]
    fields: tuple[Issued, ...]
    prints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A form sent to an account.

    form: the resolved form as JSON (`form.Form`): sections, items after the overlay, numbers, parameters, provenance;
    cells: every place to answer, in order; rows: key of each prefilled row (`officers.r1`) -> id of its profile row;
    primary_contact: the name of the primary point of contact (SOP L428), "" if none is known;
    sample: its key is fictional. Dates are ISO texts.
    """

    id: str
    workspace: str
    account: str
    account_name: str
    issued_on: str
    due_on: str
    key_id: str
    definition: str
    definition_version: str
    definition_fingerprint: str
    form_fingerprint: str
    language: str
    primary_contact: str
    form: Mapping[str, Any]
    cells: tuple[Cell, ...]
    rows: Mapping[str, str]
    files: tuple[IssuedFile, ...]
    sample: bool = False
    supersedes: str = ""
    version: int = field(default=VERSION)

    @property
    def document(self) -> str:
        """What it is: a questionnaire; or a letter or plan, which asks nothing and has no record."""
        return str(self.form.get("document", "questionnaire"))

    @property
    def is_form(self) -> bool:
        """Say whether it can come back with answers."""
        return self.document == "questionnaire"

    def file(self, format: str) -> IssuedFile | None:
        """Return the issued file of a format, or None."""
        return next((file for file in self.files if file.format == format), None)
