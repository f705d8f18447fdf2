"""YAML as we take it: 1.2, plain data, every value with its place; all faults of a file at once.

ruamel.yaml's parser gives events with positions; the tree is built here, so that what we do not take is a located
fault and not a surprise: anchors, aliases, tags, merge keys, several documents, keys given twice, tabs as indentation,
nesting deeper than `DEPTH_LIMIT`, more than
`VALUE_LIMIT` values. No object is ever made (THREATS.md 1: an alias bomb of 341 bytes, `no` read as
false, the last of two equal keys winning without a word). Scalars follow the YAML 1.2 core schema; dates stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from formwright import hidden
from formwright.errors import Fault, Faults

SIZE_LIMIT: Final = 1_000_000
"""Bytes of a file. The questionnaire has about 40,000."""
DEPTH_LIMIT: Final = 50
VALUE_LIMIT: Final = 100_000
"""Values in a file; the questionnaire has 2,500. Beyond, the parser (pure Python) would take seconds."""

Path = tuple[str | int, ...]
"""Keys and list positions (from 0) from the top of the file."""


class Mark(NamedTuple):
    """A place in a file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A file as plain data (dict, list, str, int, float, bool, None) with the place of every key and value.

    written: the text of each number, word or date as it stands in the file, for scalars that are not text.
    """

    file: str
    data: Any
    values: Mapping[Path, Mark]
    keys: Mapping[Path, Mark]
    written: Mapping[Path, str]
    faults: tuple[Fault, ...] = ()
    """What was found on the way and did not stop the reading (a key given twice); never to be ignored."""

    def mark(self, path: Path, *, key: bool = False) -> Mark:
        """Return where `path` is, or else its nearest holder; the key's place with `key`."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Mark(1, 1))

    def fault(
        self, path: Path, code: str, message: str, fix: str = "", *, item: str | None = None, key: bool = False
    ) -> Fault:
        """Return a fault at `path`; the item is the nearest one that holds the path, unless given."""
        line, column = self.mark(path, key=key)
        name = self.item(path) if item is None else item
        return Fault(code, message, fix, self.file, line, column, name)

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Yield every text that is a value, with its path, in the order of the file."""
        for path in self.values:
            node: Any = self.data
            for segment in path:
                node = _step(node, segment)
            if isinstance(node, str):
                yield path, node

    def item(self, path: Path) -> str:
        """Return the id of the item that holds `path` (`item` or `item.part`), "" for none."""
        node: Any = self.data
        names: list[str] = []
        for segment, after in zip(path, (*path, None)[1:], strict=True):
            node = _step(node, segment)
            inside = segment == "item" and isinstance(node, dict)
            if segment in ("items", "parts", "columns") and isinstance(after, int):
                node_after = _step(node, after)
            elif inside or (segment == "add" and isinstance(node, dict)):
                node_after = node
            else:
                continue
            if isinstance(node_after, dict) and isinstance(node_after.get("id"), str):
                names.append(node_after["id"])
        return ".".join(names)


def _step(node: Any, segment: str | int) -> Any:
    try:
        return node[segment]
    except (KeyError, IndexError, TypeError):
        return None


def parse(data: bytes | str, file: str) -> Document:
    """Return the document in `data`; what YAML forgives and we do not is in its `faults`, so that the faults of its
    content can be told with them. Raises Faults where it cannot be read to its end."""
    faults: list[Fault] = []
    text = _text(data, file, faults)
    builder = _Builder(file, faults)
    if faults or not builder.build(text):
        raise Faults(_once([*_tabs(text, file), *faults]))
    faults.extend(_tabs(text, file))
    return Document(file, builder.root, builder.values, builder.keys, builder.written, tuple(_once(faults)))


def _once(faults: list[Fault]) -> list[Fault]:
    """Leave out what a scanner says of a line that a plainer fault names already."""
    named = {(fault.line, fault.code == "yaml") for fault in faults}
    return [fault for fault in faults if fault.code != "yaml" or (fault.line, False) not in named]


def _text(data: bytes | str, file: str, faults: list[Fault]) -> str:
    size = len(data)
    if size > SIZE_LIMIT:
        fix = "Split it, or take out what is not a definition."
        faults.append(Fault("too_large", f"the file has {size:,} bytes, {SIZE_LIMIT:,} are allowed.", fix, file, 1, 1))
        return ""
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2]) + 1
        faults.append(Fault("encoding", "this is not UTF-8 text.", "Save the file as UTF-8.", file, line, column))
        return ""


def _tabs(text: str, file: str) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), start=1):
        blank = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in blank and line.strip():
            column = blank.index("\t") + 1
            yield Fault("tab", "a tab stands in the indentation.", "Indent with spaces.", file, number, column)


_NULL = re.compile(r"(?:~|null|Null|NULL|)\Z")
_BOOL = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_INT = re.compile(r"[-+]?[0-9]+\Z")
_OTHER_INT = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")


def _scalar(text: str) -> str | int | float | bool | None:
    """Return what a plain scalar means in the core schema of YAML 1.2 (10.3.2), without infinities."""
    if not text or text[0] in "-+.0123456789":
        if len(text) < 20 and _INT.match(text):
            return int(text)
        if _OTHER_INT.match(text):
            return int(text, 0)
        if text and _FLOAT.match(text):
            return float(text)
    if _BOOL.match(text):
        return text in ("true", "True", "TRUE")
    return None if _NULL.match(text) else text


_UNWRITTEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What YAML allows as an escape alone ("\\u001b", "\\ud800"): controls, halves of a pair, what is no character."""


@dataclass(slots=True)
class _Open:
    """A mapping or list under construction; key: the pending key of a mapping, None while one is expected."""

    node: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    file: str
    faults: list[Fault]
    root: Any = None
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0

    def build(self, text: str) -> bool:
        """Build the tree from the events of ruamel's parser; say whether it went to the end."""
        try:
            for event in YAML(typ="safe", pure=True).parse(text):
                if not self.take(event):
                    return False
        except MarkedYAMLError as error:
            self._broken(error)
        except ReaderError as error:
            before = text[: error.position]
            place = Mark(before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
            message = f"the character U+{error.character:04X} is not allowed."
            self._fault(place, "character", message, "Take it out.")
        else:
            if self.root is not None:
                return True
            self._fault(Mark(1, 1), "empty", "the file is empty.", "Write into it what its name says.")
        return False

    def take(self, event: Event) -> bool:
        """Take one event; False when the rest of the file cannot be looked at."""
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.stack.pop()
            return True
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._fault(_mark(event), "documents", "a second document starts here (---).", "Keep one in a file.")
            return self.documents == 1
        if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
            return self._node(event)
        return True

    def _node(self, event: Any) -> bool:
        self._objections(event)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.node, dict) and top.key is None:
            return self._key(top, event)
        path = self._place(top)
        self.values[path] = _mark(event)
        if len(self.values) > VALUE_LIMIT:
            self._fault(_mark(event), "too_large", f"there are more than {VALUE_LIMIT:,} values.", "Split the file.")
            return False
        value: Any
        if isinstance(event, ScalarEvent):
            value = event.value if event.style or event.tag else _scalar(event.value)
            if not isinstance(value, str):
                self.written[path] = event.value
        elif isinstance(event, AliasEvent):
            value = None
        else:
            value = {} if isinstance(event, MappingStartEvent) else []
        self._put(top, value)
        if isinstance(value, dict | list):
            self.stack.append(_Open(value, path))
            if len(self.stack) > DEPTH_LIMIT:
                message = f"this is nested more than {DEPTH_LIMIT} deep."
                self._fault(_mark(event), "too_deep", message, "Write it flatter.")
                return False
        return True

    def _key(self, top: _Open, event: Any) -> bool:
        if not isinstance(event, ScalarEvent):
            message = "a key must be a word, not a list or a mapping."
            self._fault(_mark(event), "key", message, "If this is text in { }, put it in quotes.")
            return False
        key = event.value
        path = (*top.path, key)
        top.key = key
        if key == "<<" and not event.style:
            self._fault(_mark(event), "merge", "merge keys (<<) are not taken.", "Write the fields out.")
        elif path in self.keys:
            first = self.keys[path]
            message = f'"{key}" stands here a second time; the first is on line {first.line}.'
            self._fault(_mark(event), "duplicate_key", message, "Keep one of them.")
        else:
            self.keys[path] = _mark(event)
        return True

    def _place(self, top: _Open | None) -> Path:
        if top is None:
            return ()
        if isinstance(top.node, list):
            return (*top.path, len(top.node))
        return (*top.path, top.key or "")

    def _put(self, top: _Open | None, value: Any) -> None:
        if top is None:
            self.root = value
        elif isinstance(top.node, list):
            top.node.append(value)
        else:
            if top.key != "<<":
                top.node.setdefault(top.key or "", value)
            top.key = None

    def _objections(self, event: Any) -> None:
        if isinstance(event, ScalarEvent) and (code := _UNWRITTEN.search(event.value)):
            message = f"the character U+{ord(code[0]):04X} is not allowed."
            self._fault(_mark(event), "character", message, "Write what is meant without it.")
            event.value = hidden.spaced(event.value)  # no part of it can be told or stored
        if isinstance(event, AliasEvent):
            message = f"aliases such as *{event.anchor} are not allowed here."
            self._fault(_mark(event), "alias", message, "Write the value out; a text that starts with * needs quotes.")
        elif event.anchor:
            message = f"anchors such as &{event.anchor} are not allowed here."
            fix = "Take it out, and write the value wherever it is meant; a text that starts with & needs quotes."
            self._fault(_mark(event), "anchor", message, fix)
        if getattr(event, "tag", None):
            message = f"tags such as {event.tag} are not allowed here."
            self._fault(_mark(event), "tag", message, "Take it out; a text that starts with ! needs quotes.")

    def _broken(self, error: MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        place = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
        message, fix = _plainly(str(error.problem or error.context or "this is not YAML"))
        self._fault(place, "yaml", message, fix)

    def _fault(self, mark: Mark, code: str, message: str, fix: str) -> None:
        self.faults.append(Fault(code, message, fix, self.file, *mark))


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


_SYNTAX: Final = (
    (r"mapping values are not allowed", "a colon and a blank stand inside a text.", "Put the text in quotes."),
    (
        r"could not find expected ':'",
        "a key without a colon, or a text that is not indented.",
        "Indent it, or add ':'.",
    ),
    (r"found character '\\t'", "a tab stands where YAML wants spaces.", "Indent with spaces."),
    (r"found unexpected end of stream", "a quote is opened and not closed.", "Close it."),
    (r"expected <block end>", "this line is indented differently from its neighbours.", "Align it with them."),
    (r"found character .* that cannot start", "a text may not start with this character.", "Put the text in quotes."),
    (
        r"expected ',' or",
        "a list or mapping in brackets is not closed, or lacks a comma.",
        "Close it; { } , in a text need quotes here.",
    ),
)


def _plainly(problem: str) -> tuple[str, str]:
    """Return what ruamel's scanner means, in plain words, with a cure."""
    for pattern, message, fix in _SYNTAX:
        if re.search(pattern, problem):
            return message, fix
    return f"this is not YAML: {problem}.", "Look at the line above, too."
