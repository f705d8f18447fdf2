"""What must hold between the items of a definition, and again after an overlay: names that are asked are there.

Checked: each kind's own faults; placeholders and the parameters and items they name; conditions, the names they ask,
the codes they compare with, and that paper can follow them (an answer is asked for before it decides); prefill paths;
that no instruction to the sender is printed (QST-6).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Protocol

from formwright import conditions, text
from formwright.errors import Fault
from formwright.facts import FACTS, PATHS, Fact
from formwright.kinds import read_kind
from formwright.kinds._base import Kind, Lowering
from formwright.schema import nearest
from formwright.wording import INSTRUCTION, Placeholder, fill_all, placeholders, texts, unfilled
from formwright.yamlfile import Path

FaultAt = Callable[[str, Path, str, str, str], Fault]
"""(name of an item, `item.part`, section or parameter; path below it; code; message; fix) -> fault with its place."""


class Section(Protocol):
    """A section, as far as these checks go."""

    @property
    def id(self) -> str: ...
    @property
    def items(self) -> Sequence[Kind]: ...


class Column(Protocol):
    @property
    def id(self) -> str: ...


class Parameter(Protocol):
    """A parameter, as far as these checks go."""

    @property
    def kind(self) -> str: ...
    @property
    def columns(self) -> Sequence[Column]: ...


Gone = Callable[[str, str, Path], Fault | None]
"""(name asked for, who asks, path below it) -> the fault, where the name was dropped or left out on the way here."""


def _nothing_gone(asked: str, name: str, path: Path) -> Fault | None:
    return None


@dataclass(frozen=True, slots=True)
class Subject:
    """Sections with their items, and all that their texts and conditions may name.

    frame: texts around the sections (title, opening ...), where settings may stand too; sound: items in which nothing
    was wrong by themselves, with the same parameters (a definition's, that an overlay left alone).
    """

    sections: Sequence[Section]
    certification: Kind | None
    parameters: Mapping[str, Parameter]
    fault: FaultAt
    frame: Mapping[str, Any]
    language: str = "en"
    gone: Gone = _nothing_gone
    sound: Sequence[Kind] = ()
    index: dict[str, tuple[int, Kind]] = field(default_factory=dict)
    """`item` and `item.part` -> its place in the order of the questions, and its kind."""
    words: list[tuple[str, Path, str]] = field(default_factory=list)
    """Every text: whose it is ("" for the frame's), the path below that, the text."""

    def __post_init__(self) -> None:
        for item in self.items():
            self.index[item.id] = (len(self.index), item)
            if item.datatype == "composite":
                for part in item.children():
                    self.index[f"{item.id}.{part.id}"] = (len(self.index), part)
        self.words.extend(self._words())

    def items(self) -> Iterator[Kind]:
        for section in self.sections:
            yield from section.items
        if self.certification is not None:
            yield self.certification

    def parameters_used(self) -> set[str]:
        """Return the parameters that a text or a `for_each` uses."""
        used = {found.name for _, _, found in self.placeholders() if found.sort == "name"}
        return used | {name for _, _, name in self.loops()}

    def placeholders(self) -> Iterator[tuple[str, Path, Placeholder]]:
        """Yield (name, path below it, placeholder) of every text."""
        for name, path, words in self.words:
            for found in placeholders(words):
                yield name, path, found

    def _words(self) -> Iterator[tuple[str, Path, str]]:
        for path, words in texts(self.frame):
            yield "", path, words
        for section in self.sections:
            for path, words in texts({key: getattr(section, key, "") for key in ("title", "lead")}):
                yield section.id, path, words
        for name, kind in self.kinds():
            own = {key: value for key, value in plain(kind).items() if key not in ("parts", "columns")}
            for path, words in texts(own):
                yield name, path, words

    def loops(self) -> Iterator[tuple[str, Path, str]]:
        """Yield (name, path, parameter) of every `for_each`."""
        for name, kind in self.kinds():
            if loop := getattr(kind, "for_each", None):
                yield name, ("for_each",), loop

    def kinds(self) -> Iterator[tuple[str, Kind]]:
        """Yield (dotted name, kind) of every item and all below it."""
        for item in self.items():
            yield from below(item.id, item)


def below(name: str, kind: Kind) -> Iterator[tuple[str, Kind]]:
    """Yield a kind and all that it is made of, with dotted names."""
    yield name, kind
    for child in kind.children():
        yield from below(f"{name}.{child.id}", child)


def plain(kind: Kind) -> dict[str, Any]:
    """Return a kind as plain data, as an author writes it."""
    return kind.model_dump(mode="json", by_alias=True)


def check(subject: Subject) -> Iterator[Fault]:
    """Yield everything that does not hold."""
    sound = {id(item) for item in subject.sound}
    for item in subject.items():
        if id(item) not in sound:
            yield from _item(subject, item)
    for name, path, words in subject.words:
        if INSTRUCTION.search(words):
            message = "this is an instruction to the sender, which is never printed (QST-6, SOP L831)."
            yield subject.fault(name, path, "instruction", message, INSTEAD)
    for name, kind in subject.kinds():
        yield from _prefill(subject, name, kind)
        yield from _conditions(subject, name, kind)
    for name, path, found in subject.placeholders():
        if fault := _placeholder(subject, name, path, found):
            yield fault
    yield from _loops(subject)


def _item(subject: Subject, item: Kind) -> Iterator[Fault]:
    """Yield what is wrong with an item by itself, as it will be."""
    for name, kind in below(item.id, _filled(subject, item)):
        for words in kind.faults():
            message, _, fix = words.partition("\n")
            yield subject.fault(name, (), "kind", sentence(message), fix)


INSTEAD: Final = "Give the invoice numbers as a list parameter; an item of kind attachments asks, with `for_each`."


def cautions(subject: Subject) -> Iterator[Fault]:
    """Yield what may stand there, and seldom should: texts that look unfinished."""
    for name, path, words in subject.words:
        if found := unfilled(words):
            yield subject.fault(name, path, "looks_like_placeholder", unfinished(found), FINISH)


FINISH: Final = "Fill it in, or write it in other words."


def unfinished(found: str) -> str:
    """Return what is said of words that look like an instruction to the sender."""
    return f'"{found}" looks like something that is still to be filled in (QST-6).'


def unfitting(subject: Subject, given: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield (parameter, item, what is wrong) where a given parameter makes an item impossible: words for a number."""
    for item in subject.items():
        used = {found.name for _, words in texts(plain(item)) for found in placeholders(words) if found.sort == "name"}
        for parameter in sorted(used & given.keys()):
            for name, kind in below(item.id, _filled(subject, item, {parameter: given[parameter]})):
                for words in kind.faults():
                    yield parameter, name, words


def _filled(subject: Subject, item: Kind, given: Mapping[str, str] | None = None) -> Kind:
    """Return an item as it will be, with parameters as given, else their default or "1": `least: "{share}"` is a
    number."""

    def by(found: Placeholder) -> str:
        default = (given or {}).get(found.name) or getattr(subject.parameters.get(found.name), "default", None)
        return found.words or (default or "1" if found.sort == "name" else found.name)

    data = plain(item)
    filled = fill_all(data, by)
    made = item if filled == data else read_kind({**filled, "kind": item.kind})
    return made if isinstance(made, Kind) else item


def sentence(words: str) -> str:
    """Return words with a full stop."""
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _prefill(subject: Subject, name: str, kind: Kind) -> Iterator[Fault]:
    if kind.prefill is not None and kind.prefill not in PATHS:
        message = f'the profile has no "{kind.prefill}".'
        yield subject.fault(name, ("prefill",), "unknown_path", message, nearest(kind.prefill, PATHS))


def _placeholder(subject: Subject, name: str, path: Path, found: Placeholder) -> Fault | None:
    if found.sort == "unknown":
        message = f"{found.written} means nothing here."
        fix = "Write {ref:item}, {section:section} or {parameter}."
        return subject.fault(name, path, "unknown_placeholder", message, fix)
    if found.sort == "name":
        return _parameter(subject, name, path, found)
    sections = [section.id for section in subject.sections]
    known = sections if found.sort == "section" else [*subject.index, *sections]
    if found.name in known:
        return None
    if fault := subject.gone(found.name, name, path):
        return fault
    message = f'{found.written} refers to "{found.name}", which is not {_WANTED[found.sort]} here.'
    return subject.fault(name, path, "unknown_reference", message, nearest(found.name, known))


_WANTED: Final = {"ref": "an item, a part or a section", "section": "a section"}


def _parameter(subject: Subject, name: str, path: Path, found: Placeholder) -> Fault | None:
    parameter = subject.parameters.get(found.name)
    if parameter is None and name:
        message = f"{found.written} names a parameter that is not declared."
        return subject.fault(name, path, "unknown_parameter", message, nearest(found.name, subject.parameters))
    if parameter is not None and parameter.kind == "list":
        message = f"{found.written} is a list and cannot stand inside a text."
        fix = f"Ask for it with an item of kind attachments and `for_each: {found.name}`."
        return subject.fault(name, path, "list_in_text", message, fix)
    return None


def _loops(subject: Subject) -> Iterator[Fault]:
    for name, path, loop in subject.loops():
        parameter = subject.parameters.get(loop)
        if parameter is None:
            message = f'for_each names the parameter "{loop}", which is not declared.'
            yield subject.fault(name, path, "unknown_parameter", message, nearest(loop, subject.parameters))
        elif parameter.kind != "list":
            message = f'for_each names the parameter "{loop}", which is a text, not a list.'
            yield subject.fault(name, path, "not_a_list", message, f"Give {loop} `kind: list`.")
        elif "note" in (column.id for column in parameter.columns):
            message = f'a column of the parameter "{loop}" is called note, as is the line to say what was sent.'
            yield subject.fault(loop, ("columns",), "reserved_column", message, "Give the column another id.")


# ---- conditions ---------------------------------------------------------------------------------


def _conditions(subject: Subject, name: str, kind: Kind) -> Iterator[Fault]:
    yield from include_faults(subject.fault, name, kind)
    condition = yield from _parsed(subject.fault, name, "show_when", kind.show_when)
    if condition is None:
        return
    gone = [subject.gone(asked, name, ("show_when",)) for asked in condition.names]
    yield from (fault for fault in gone if fault)
    if not any(gone):
        for code, message, fix in _asks_answers(subject, name, condition):
            yield subject.fault(name, ("show_when",), code, message, fix)


def include_faults(fault: FaultAt, name: str, kind: Kind) -> Iterator[Fault]:
    """Yield what is wrong with the condition that asks the profile."""
    condition = yield from _parsed(fault, name, "include_when", kind.include_when)
    if condition is not None:
        for code, message, fix in _asks_profile(condition):
            yield fault(name, ("include_when",), code, message, fix)


def _parsed(
    fault: FaultAt, name: str, where: str, text: str | None
) -> Generator[Fault, None, conditions.Condition | None]:
    """Return a condition, None if there is none, or none that can be read, which is yielded."""
    if text is None:
        return None
    try:
        return conditions.parse(text)
    except ValueError as error:
        message, _, fix = str(error).partition("\n")
        yield fault(name, (where,), "condition", sentence(message), fix)
        return None


Told = tuple[str, str, str]


def _asks_profile(condition: conditions.Condition) -> Iterator[Told]:
    for asked in condition.names:
        if asked not in FACTS:
            message = f'the condition asks the profile for "{asked}", which it does not tell.'
            yield "unknown_name", message, nearest(asked, FACTS)
    for one in condition.compared():
        if one.name in FACTS:
            yield from _compares_fact(FACTS[one.name], one)


def _compares_fact(fact: Fact, one: conditions.Compared) -> Iterator[Told]:
    if fact.codes and str(one.literal) not in fact.codes:
        yield _never(one, fact.codes)
    elif fact.codes and one.ordered:
        yield _no_order(one)
    elif fact.shape == "list" and (one.equal or one.ordered):
        yield _several(one)
    elif fact.shape == "number" and not isinstance(one.literal, Decimal):
        yield _no_number(one)


def _never(one: conditions.Compared, codes: Iterable[str]) -> Told:
    message = f'the condition compares "{one.name}" with "{one.literal}", which it never is.'
    return "unknown_code", message, nearest(str(one.literal), codes)


def _no_order(one: conditions.Compared) -> Told:
    message = f'"{one.name}" is one of a few codes, which have no order.'
    return "not_comparable", message, f'Write {one.name} == "{one.literal}", or in [...].'


def _several(one: conditions.Compared) -> Told:
    message = f'"{one.name}" is a list, which is never equal to one word.'
    return "not_comparable", message, f"""Write '"{one.literal}" in {one.name}', or not in."""


def _no_number(one: conditions.Compared) -> Told:
    message = f'"{one.name}" is a number and is compared with a text.'
    return "not_comparable", message, "Write the number without quotes."


def _asks_answers(subject: Subject, name: str, condition: conditions.Condition) -> Iterator[Told]:
    here = subject.index.get(name, (len(subject.index), None))[0]
    for asked in condition.names:
        if asked not in subject.index:
            message = f'the condition asks for "{asked}", which is not an item or a part of one here.'
            yield "unknown_name", message, nearest(asked, subject.index)
        elif subject.index[asked][0] >= here or name.startswith(f"{asked}.") or asked == name:
            message = f'the condition asks for "{asked}", which is answered only later.'
            yield "later_name", message, "Ask for something that stands before this question, or move it."
    for one in condition.compared():
        if one.name in subject.index:
            yield from _compares(subject.index[one.name][1], one, subject.language)


_NUMBERS: Final = ("integer", "decimal", "percent", "money", "duration")
_WHOLE: Final = ("composite", "table", "matrix", "attachments", "certification", "contact", "none")


def _compares(kind: Kind, one: conditions.Compared, language: str) -> Iterator[Told]:
    codes = codes_of(kind, language)
    if codes:
        if isinstance(one.literal, bool) or str(one.literal) not in codes:
            yield _never(one, codes)
        elif kind.datatype == "choices" and (one.equal or one.ordered):
            yield _several(one)
        elif one.ordered:
            yield _no_order(one)
    elif kind.datatype in _WHOLE:
        fix = f"Write answered({one.name}), or name one of its parts."
        yield "not_comparable", f'"{one.name}" is not a single answer and cannot be compared.', fix
    elif kind.datatype in _NUMBERS and not isinstance(one.literal, Decimal):
        yield _no_number(one)


def codes_of(kind: Kind, language: str) -> Mapping[str, str]:
    """Return code -> words of all answers of a kind that has codes; empty for any other."""
    out = Lowering(language=language)
    if answers := getattr(kind, "answers", None):
        return dict(answers(out))
    chosen = [*getattr(kind, "options", ()), *filter(None, (getattr(kind, "none", None),))]
    codes = {one.code: text.plain(text.pick(one.text, language)) for one in chosen}
    return codes | ({"other": out.say("other")} if getattr(kind, "other", False) else {})
