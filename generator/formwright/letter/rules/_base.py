"""What a letter's rule is: one named check, whose strength, source line and phrases stand in the definition.

A rule looks at the definition (when it is loaded) or at the letter that is about to go out, and says what it finds.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from formwright.errors import Fault
from formwright.letter import places
from formwright.letter.model import Check, Letter
from formwright.letter.situation import Situation
from formwright.yamlfile import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A letter that is about to go out. body: its text in one line, places filled; whole: with address, signature and
    the rest; at: where the check stands."""

    situation: Situation
    check: Check
    body: str
    whole: str
    values: dict[str, str]
    at: Path


class LetterRule(ABC):
    """One named check. `name` is the rule's ("LET-1"), `source` its line; `always`: it holds for every letter, named or
    not, and only refuses."""

    name: ClassVar[str]
    source: ClassVar[str]
    always: ClassVar[bool] = False

    @abstractmethod
    def check(self, case: Case) -> Iterator[Fault]:
        """Yield what is not as the rule wants it."""

    def definition(self, letter: Letter, check: Check, at: Path) -> Iterator[Fault]:
        """Yield what is wrong with the definition alone."""
        yield from ()

    def tag(self, check: Check) -> str:
        """Return how the rule is cited in a message."""
        return f"({self.name}, {check.source})"

    def lacking(self, case: Case, code: str, what: str) -> Iterator[Fault]:
        """Yield a fault for each phrase of the check that the letter does not say."""
        letter = case.situation.letter
        for phrase in case.check.phrases:
            wanted = one_line(places.fill(letter.said(phrase), case.values))
            if wanted.casefold() not in case.body.casefold():
                message = f'the letter does not say "{wanted}": {what} {self.tag(case.check)}.'
                fix = "Put the words into a paragraph that is sent here, or change the phrase of the check."
                yield letter.fault((*case.at, "phrases"), code, message, fix)

    def unphrased(self, letter: Letter, check: Check, at: Path) -> Iterator[Fault]:
        """Yield a fault where the check names no phrase to look for."""
        if not check.phrases:
            message = f"{self.name} looks for words, and the check names none {self.tag(check)}."
            yield letter.fault(at, "no_phrase", message, "Add `phrases: [...]`.")


def one_line(text: str) -> str:
    """Return a text with its white space as single blanks."""
    return " ".join(text.split())
