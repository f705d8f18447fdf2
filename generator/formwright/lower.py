"""Lower a form to what writers know: a layout without account data, values, and the cells that a return is read by.

The kinds make their own blocks; here they get their number, their words, their section, and page 1 around them.
What an account's facts are (its name, the date) are values of fixed lines; two accounts with the same shape (the same
items, row counts and known fields) have equal layouts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from formwright import conditions, ids, layout
from formwright.condition_words import in_words
from formwright.consistency import codes_of
from formwright.definition import SideHead
from formwright.errors import Fault, Faults
from formwright.form import Form, FormItem, FormSection
from formwright.kinds._base import At, Cell, Kind, Lowering
from formwright.layout import Area, Block, Field, Figure, Grid, Group, Layout, Line, List, Note, Para, Value
from formwright.text import inline, pick, plain, say

WORDS: Final = (
    *("code", "sample", "correct_as_shown"),
    *("type_here", "choose", "choose_date", "sign_here"),  # what an empty control says in Word
)
_COUNTED: Final = {"page": ("n", "m"), "continued": ("n",), "sheet": ("n",), "token": ("token",)}
_FACT_WIDTHS: Final = {"prepared_for": 6, "return_by": 3, "contact": 4}
"""Shares of the column: a name is longer than a date."""
LONG: Final = 330
"""Points: an item higher than about half a page may break (LOOK.md, Page breaks)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of page 1, in words: for whom, by when, whom to call (nothing is printed of that where it is empty)."""

    prepared_for: str
    return_by: str
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowered:
    """A form as writers and the record take it. rows: key of each prefilled row -> id of its profile row."""

    layout: Layout
    values: dict[str, Value]
    cells: tuple[Cell, ...]
    rows: dict[str, str]


def lower(form: Form, facts: Facts) -> Lowered:
    """Return the layout, values and cells of a form. Raises Faults where two places have the same key."""
    out = Lowering(
        language=form.language,
        parameters=form.parameters,
        numbers=form.numbers,
        only_if=_only_if(form),
        heads={
            name: tuple((column.id, pick(column.text, form.language), column.width) for column in columns)
            for name, columns in form.parameter_columns.items()
        },
    )
    blocks = (
        *_masthead(form),
        _facts(form, facts, out),
        *(_side(entry, form.language) for entry in form.opening),
        *_notices(form),
        *(_section(section, form, out) for section in form.sections),
        *_certification(form, out),
    )
    _check_keys(out.cells)
    return Lowered(layout=_layout(form, blocks), values=out.values, cells=tuple(out.cells), rows=dict(form.rows))


def own_words(language: str) -> dict[str, str]:
    """Return our own words that a writer needs, whatever the document."""
    words = {code: say(code, language) for code in WORDS}
    for code, names in _COUNTED.items():
        words[code] = say(code, language, **{name: f"{{{name}}}" for name in names})
    return words


def _layout(form: Form, blocks: tuple[Block, ...]) -> Layout:
    title = plain(pick(form.title, form.language))
    return Layout(
        id=form.id,
        version=form.version,
        title=title,
        language=form.language,
        running=title,
        foot=say("foot", form.language, title=title, version=form.version),
        blocks=blocks,
        words=own_words(form.language),
        author=plain(pick(form.masthead.title, form.language)),
        notices=_furniture(form),
    )


# ---- page 1 -------------------------------------------------------------------------------------


def _furniture(form: Form) -> tuple[str, ...]:
    """Return what stands at the right of the masthead; empty prints nothing."""
    notices = form.notices
    number = notices.omb_number.strip()
    expiry = pick(notices.expiry, form.language)
    found = (
        pick(notices.form_number, form.language),
        say("omb_number", form.language, number=number) if number else "",
        say("expires", form.language, date=expiry) if expiry else "",
    )
    return tuple(line for line in found if line)


def _masthead(form: Form) -> Iterator[Block]:
    title, text = pick(form.masthead.title, form.language), pick(form.masthead.text, form.language)
    if title or text or _furniture(form):
        yield Group(role="masthead", title=plain(title), runs=inline(text))


def _facts(form: Form, facts: Facts, out: Lowering) -> Group:
    given = {
        "prepared_for": (form.facts.prepared_for, facts.prepared_for),
        "return_by": (form.facts.return_by, facts.return_by),
        "contact": (form.facts.contact, facts.contact),
    }
    if not facts.contact:
        del given["contact"]
    return Group(role="facts", blocks=tuple(_fact(name, *both, out) for name, both in given.items()))


def _fact(name: str, words: str | Mapping[str, str], value: str, out: Lowering) -> Field:
    """Return one fact: a fixed line, whose value alone is the account's."""
    label = plain(pick(words, out.language)) or out.say(name)
    key = ids.join(ids.FORM, name)
    line = Line(key=key, name=label, label=label, width=_FACT_WIDTHS[name], fixed=True, strong=True)
    at = At(key=line.key, item=ids.FORM, number="", spoken="")
    return Field(control=out.add(line, at, "given", piece=name, value=value))


def _side(entry: SideHead, language: str) -> Group:
    title = plain(pick(entry.title, language))
    specimen = plain(pick(entry.specimen, language))
    if specimen:
        alternative = say("specimen", language, words=specimen)
        return Group(role="side", blocks=(Figure(alternative=alternative, specimen=specimen, caption=title),))
    blocks: tuple[Block, ...] = tuple(Para(runs=inline(pick(text, language))) for text in entry.text)
    if entry.list:
        entries = tuple(inline(pick(text, language)) for text in entry.list)
        blocks += (List(entries=entries, numbered=entry.numbered),)
    return Group(role="side", title=title, blocks=blocks)


def _notices(form: Form) -> Iterator[Note]:
    """Yield the notices that the law asks for, in full, after the instructions."""
    for code in ("burden", "privacy"):
        words = pick(getattr(form.notices, code), form.language)
        if words:
            yield Note(title=say(code, form.language), runs=inline(words))


# ---- sections and items -------------------------------------------------------------------------


def _section(section: FormSection, form: Form, out: Lowering) -> Group:
    title = plain(pick(section.title, form.language))
    where = say("section", form.language, letter=section.letter, title=title) if section.letter else title
    return Group(
        role="section",
        number=section.letter,
        title=title,
        where=where,
        anchor=section.id,
        runs=inline(pick(section.lead, form.language)),
        blocks=tuple(_item(entry, form, out) for entry in section.items),
        keep=False,
    )


def _item(entry: FormItem, form: Form, out: Lowering) -> Group:
    """Return one question: its number, its words, when it is asked, its places to answer."""
    item = entry.item
    blocks = item.lower(_at(item, entry.number, form), out)
    said = [out.condition(item.show_when)] if item.show_when else []
    if help_ := pick(item.help, form.language):
        said.append(help_)
    tall = _height(blocks) > LONG
    return Group(
        role="item",
        number=entry.number,
        runs=inline(pick(item.text, form.language)),
        help=inline(" ".join(said)),
        anchor=item.id,
        blocks=blocks,
        long=tall,
        keep=not tall,
    )


def _at(item: Kind, number: str, form: Form) -> At:
    return At(
        key=item.id,
        item=item.id,
        number=number,
        spoken=number,
        required=item.required,
        prefill=form.prefills.get(item.id),
        when=(item.show_when,) if item.show_when else (),
    )


def _certification(form: Form, out: Lowering) -> Iterator[Block]:
    if form.certification is None:
        return
    item = form.certification.item
    title = plain(pick(form.certification.title, form.language))
    at = At(key=item.id, item=item.id, number="", spoken=title, required=item.required)
    for block in item.lower(at, out):
        if isinstance(block, Group) and block.role == "certification" and title:
            block = replace(block, title=title, where=title)
        yield block


# ---- conditions in words ------------------------------------------------------------------------


def _only_if(form: Form) -> Callable[[str], str]:
    """Return what says a condition in words: "E.1 is Yes"."""
    found = {question.kind.id: question for question in form.questions()}

    def describe(name: str) -> tuple[str, Mapping[str, str]]:
        root, _, part = name.partition(".")
        question = found[root]
        subject = question.number or plain(pick(question.kind.text, form.language))
        if not part:
            return subject, codes_of(question.kind, form.language)
        children = question.kind.children()
        position = next(index for index, child in enumerate(children) if child.id == part)
        child = children[position]
        if child.label:
            subject = form.numbers.get(name, f"{subject}{child.label}")
        elif position:
            subject = f"{subject}, {say('part', form.language, n=position + 1)}"
        return subject, codes_of(child, form.language)

    return lambda text: in_words(conditions.parse(text), describe, form.language)


# ---- how tall -----------------------------------------------------------------------------------


def _height(blocks: tuple[Block, ...]) -> float:
    """Return roughly how many points blocks take, by the measures of LOOK.md (Space)."""
    return sum(_block_height(block) for block in blocks)


def _block_height(block: Block) -> float:
    if isinstance(block, Field):
        return _control_height(block.control)
    if isinstance(block, Grid):
        return 28 + sum(max((_cell_height(cell) for cell in row.cells), default=23) for row in block.rows)
    if isinstance(block, Group):
        words = sum(len(run.text) for run in (*block.runs, *block.help))
        heights = [_block_height(inner) for inner in block.blocks]
        inside = max(heights, default=0) if block.role == "row" else sum(heights)
        return inside + 14 * (words // 85 + bool(words)) + (20 if block.role == "part" else 8)
    return 14


def _cell_height(cell: layout.Cell) -> float:
    return max(sum(_control_height(part) for part in cell if isinstance(part, layout.Control)), 23)


def _control_height(control: layout.Control) -> float:
    label = 15 if control.label and not isinstance(control, layout.Tick) else 0
    if isinstance(control, Area):
        return 9 + 14 * control.lines + label + 8
    if isinstance(control, layout.ManyOf | layout.OneOf) and control.stacked:
        return 18 * len(control.options) + label
    return (42 if isinstance(control, layout.Blank) else 23) + label + 8


# ---- checks -------------------------------------------------------------------------------------


def _check_keys(cells: list[Cell]) -> None:
    """A key is one place; the kinds' ids allow no clash but one (a row and a field of the same name)."""
    seen: dict[str, Cell] = {}
    faults = []
    for cell in cells:
        if other := seen.get(cell.key):
            message = f'the key "{cell.key}" belongs to two places: "{other.name}" and "{cell.name}".'
            faults.append(Fault("duplicate_key", message, "Rename one of the two in the definition.", item=cell.item))
        seen[cell.key] = cell
    if faults:
        raise Faults(faults)
