"""What an author may put into a text to be filled in: references, sections, parameters, settings.

    {ref:receiving}                    the printed number of another item or part: "C.3", "E.3b"
    {ref:receiving|described above}    these words, and the reference is recorded all the same
    {section:record_keeping}           "Section C"; {ref:record_keeping} is "C"
    {major_share}, {param:major_share} a text parameter; in the opening and the masthead also a setting

Numbers follow ids, so a reference stays right whatever an overlay drops, adds or moves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

from formwright.yamlfile import Path

_PLACEHOLDER = re.compile(r"\{(?:([a-z]+):([^{}|]*)(?:\|([^{}]*))?|([a-z][a-z0-9_]*))\}")
_NOT_TEXT: Final = frozenset({"note", "pattern", "source", "kind", "id", "show_when", "include_when", "prefill"})
"""Fields whose braces mean something else, or nothing."""

_UNFILLED: Final = re.compile(
    r"\[(?:\s*(?:\.{2,}|…|_+)\s*|[^\[\]{}]*[A-Za-z]{2,}[^\[\]{}]*)\]|<[A-Za-z][^<>{}]*>"
    r"|\((?i:insert|list several)\b[^()]*\)|\b(?:TODO|TBD|FIXME|XXX+)\b|(?i:\blorem ipsum\b)"
)
"""What people write where something is still to be filled in."""
INSTRUCTION: Final = re.compile(r"\blist\s+several\s+import\s+invoice\s+numbers\b", re.IGNORECASE)
"""The source's own instruction to the sender (SOP L831), which never goes out (QST-6)."""

Sort = Literal["ref", "section", "name", "unknown"]
_SORTS: Final[dict[str, Sort]] = {"ref": "ref", "section": "section", "param": "name"}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder: what sort, the id or name it asks for, the words to print instead, and as it is written."""

    sort: Sort
    name: str
    words: str
    written: str


Fill = Callable[[Placeholder], str]


def _placeholder(match: re.Match[str]) -> Placeholder:
    word, target, words, name = match.groups()
    if name is not None:
        return Placeholder("name", name, "", match[0])
    return Placeholder(_SORTS.get(word, "unknown"), target.strip(), (words or "").strip(), match[0])


def placeholders(text: str) -> Iterator[Placeholder]:
    """Yield the placeholders of a text, in order."""
    for match in _PLACEHOLDER.finditer(text) if "{" in text else ():
        yield _placeholder(match)


def fill(text: str, by: Fill) -> str:
    """Return a text with each placeholder replaced by what `by` says."""
    return _PLACEHOLDER.sub(lambda match: by(_placeholder(match)), text)


def texts(data: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text of plain data that is printed, and so may hold placeholders, with its path."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in _NOT_TEXT:
                yield from texts(value, (*path, key))
    elif isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from texts(value, (*path, index))


@lru_cache(maxsize=4096)
def unfilled(text: str) -> str:
    """Return the words of a text that look like an instruction to the sender, such as "[...]" or TODO; "" for none."""
    found = _UNFILLED.search(text)
    return found[0] if found else ""


def fill_all(data: Any, by: Fill) -> Any:
    """Return plain data with the placeholders of all its texts filled."""
    if isinstance(data, str):
        return fill(data, by) if "{" in data else data
    if isinstance(data, dict):
        return {key: value if key in _NOT_TEXT else fill_all(value, by) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [fill_all(value, by) for value in data]
    return data
