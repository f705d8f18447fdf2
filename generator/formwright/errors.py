"""Every error that a user can meet, and how it is told.

    FormwrightError            anything we say to a user: one clear message, exit code 1
    ├── Faults                 one or more located faults in a definition, overlay, account or setting
    ├── Refused                a file that came back is not read: code, message, cure
    └── Unusable               the workspace, a key, a font or a program is not as it must be

A fault says where (file:line:column, item), what, and how to mend it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


class FormwrightError(Exception):
    """Base of all errors that are told to a user without a traceback."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, with its place and its cure.

    `code` is a stable word (`unknown_key`, `locked`); `line` and `column` count from 1.
    """

    code: str
    message: str
    fix: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    item: str = ""

    def at(self, *, file: str = "", line: int = 0, column: int = 0) -> Fault:
        """Return the same fault with a place, where it has none yet."""
        if self.line:
            return self if self.file else replace(self, file=file)
        return replace(self, file=self.file or file, line=line, column=column)

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}:{self.column}"
        if self.item:
            place += f', item "{self.item}"' if place else f'item "{self.item}"'
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} {self.fix}" if self.fix else text


class Faults(FormwrightError):  # noqa: N818  (the design's word)
    """All faults found in one go, in the order of their places."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line, fault.column)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Refused(FormwrightError):  # noqa: N818  (the design's word)
    """A returned file makes no record: why, and what to ask of the sender."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        self.code, self.message, self.fix = code, message, fix
        super().__init__(f"{message} {fix}".strip())


class Unusable(FormwrightError):  # noqa: N818  (the design's word)
    """Something that the command needs is missing or not as it must be: what, and the cure."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        self.code, self.message, self.fix = code, message, fix
        super().__init__(f"{message} {fix}".strip())


def near(named: str, known: Iterable[str], most: int = 1) -> list[str]:
    """Return the names of `known` that whoever wrote `named` may have meant: the one that differs in capitals alone,
    else up to `most` that are spelt much the same, the nearest first."""
    folded = {name.casefold(): name for name in known}
    if (same := folded.get(named.casefold())) is not None:
        return [same]
    from difflib import get_close_matches

    return [folded[one] for one in get_close_matches(named.casefold(), folded, n=most)]
