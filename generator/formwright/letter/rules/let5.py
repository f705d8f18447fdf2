"""LET-5: the SOP has no sample letter, so the wording is ours; each paragraph says what supports it (RULES.md 1.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.errors import Fault
from formwright.letter.model import Check, Letter, Passage
from formwright.letter.rules._base import Case, LetterRule
from formwright.yamlfile import Path


class Let5(LetterRule):
    """Refuse a definition with a paragraph, or an entry of a list, that names no source."""

    name: ClassVar[str] = "LET-5"
    source: ClassVar[str] = "SOP L377-381"

    def definition(self, letter: Letter, check: Check, at: Path) -> Iterator[Fault]:
        for path, entry in letter.entries():
            whole = isinstance(entry, Passage) and (entry.list or entry.sentences)
            if path[0] == "body" and not whole and not entry.source and not self._above(letter, path):
                message = f"nothing says what supports this paragraph {self.tag(check)}."
                yield letter.fault(path, "let5", message, 'Add `source: "SOP L..."`, or `source: ours`.')

    def _above(self, letter: Letter, path: Path) -> str:
        """Return the source of the passage around: it is that of its entries, too."""
        return letter.body[path[1]].source if len(path) > 2 and isinstance(path[1], int) else ""

    def check(self, case: Case) -> Iterator[Fault]:
        yield from ()
