"""Files within the file: attached to the document, a page or a comment (ISO 32000 7.11.4, 12.5.6.15, 14.13).

A paper that was asked for may come this way, so each is told by its name. What is in them is not looked at, but for
our own, which holds nothing but the token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from formwright.raw import Stray
from formwright.readers._seen import told

NAMED: Final = 200
"""Attached files that are named; more are counted."""
_STEPS: Final = 20_000
"""Nodes and files that are looked at."""


class Library(NamedTuple):
    """How a library is asked: entry of a dictionary (None for what is none), list of an array (empty for what is
    none), text of a string ("" for what is none), what tells two objects apart (None for one that stands in its place).
    """

    entry: Callable[[Any, str], Any]
    listed: Callable[[Any], list[Any]]
    text: Callable[[Any], str]
    identity: Callable[[Any], object]


class Attached(NamedTuple):
    """An attached file: its name, its description, the page of the comment that holds it, its file specification."""

    name: str
    words: str
    page: int
    specification: Any


@dataclass(slots=True)
class Attachments:
    """All of one document, each once. `more`: how many are counted only."""

    library: Library
    found: list[Attached] = field(default_factory=list)
    more: int = 0
    _known: set[object] = field(default_factory=set)

    def of_document(self, root: Any) -> None:
        """Note the files that the document names, and those that belong to it without a name."""
        entry, listed = self.library.entry, self.library.listed
        for name, file in self._named(entry(entry(root, "/Names"), "/EmbeddedFiles")):
            self.add(file, name)
        for file in listed(entry(root, "/AF"))[:_STEPS]:
            self.add(file)

    def of_page(self, home: Any, page: int) -> None:
        """Note the files that belong to a page."""
        for file in self.library.listed(self.library.entry(home, "/AF"))[:_STEPS]:
            self.add(file, page=page)

    def of_comment(self, annotation: Any, words: str, page: int) -> None:
        """Note the file that a comment holds."""
        self.add(self.library.entry(annotation, "/FS"), words=words, page=page)

    def add(self, file: Any, name: str = "", words: str = "", page: int = 0) -> None:
        """Note one file, unless it is known."""
        identity = self.library.identity(file)
        if identity is not None and identity in self._known:
            return
        self._known.add(identity)
        if len(self.found) >= NAMED:
            self.more += 1
            return
        entry, text = self.library.entry, self.library.text
        own = text(entry(file, "/UF")) or text(entry(file, "/F")) or text(file)
        said = dict.fromkeys(one for one in (text(entry(file, "/Desc")), words) if one.strip())
        self.found.append(Attached(name or own, " | ".join(said), page, file))

    def _named(self, tree: Any) -> Iterator[tuple[str, Any]]:
        """Yield name and file of a name tree (7.9.6)."""
        queue, steps = [tree], 0
        while queue and steps < _STEPS:
            steps += 1
            node = queue.pop()
            queue += self.library.listed(self.library.entry(node, "/Kids"))[:_STEPS]
            names = self.library.listed(self.library.entry(node, "/Names"))[: 2 * _STEPS]
            steps += len(names) // 2
            for name, file in zip(names[::2], names[1::2], strict=False):
                yield self.library.text(name), file


def strays(files: Iterable[Attached], more: int) -> list[Stray]:
    """Return attached files as they are reported; the last says how many there are beside."""
    found = [Stray(name=told(one.name)[:200], value=told(one.words), page=one.page, kind="attachment") for one in files]
    if more:
        found.append(Stray(name="", value=f"{more:,} more attached files", kind="more"))
    return found
