"""Controls of the layout -> content controls of Word (w:sdt), each with its entry in the plan.

    Line, Area, Blank   rich text in a run (w:br for lines); never w:text, of which LibreOffice 7.4 drops the breaks
    a date              w:date
    OneOf               up to four options: a tick each, `key#code`; more, or a list: w:dropDownList, `key`
    ManyOf, Tick        w14:checkbox

All stand inside paragraphs: a control round whole paragraphs comes back from LibreOffice with its first one alone.
No control is bound to data: a bound value with an ampersand in it empties the part when LibreOffice saves (DOCX.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from formwright import ids
from formwright.layout import Area, Blank, Control, Layout, Line, ManyOf, OneOf, Option, Tick
from formwright.writers.docx.plan import FieldKind, FieldPlan
from formwright.writers.docx.styles import TICKS
from formwright.writers.docx.tree import el, slot
from formwright.writers.docx.values import BOXES
from formwright.writers.docx.wml import Element

NAME_LIMIT: Final = 64
"""Characters of a tag and of an alias (Word)."""
TICKS_LIMIT: Final = 4
"""Options of a OneOf that are ticks; more are a list."""
PROMPTS: Final = ("type_here", "choose", "choose_date", "sign_here")
"""What empty controls say, by the names of the layout's words; each is an entry of the glossary, `FW_type_here`."""
_FIRST_ID: Final = 1001
_ELLIPSIS: Final = "…"


def glossary_name(prompt: str) -> str:
    """Return the name of the glossary's entry for a prompt."""
    return f"FW_{prompt}"


def is_list(control: OneOf) -> bool:
    """Say whether a choice is a list to choose from rather than ticks."""
    return control.style == "list" or len(control.options) > TICKS_LIMIT


def state_slot(number: int) -> str:
    """Return the word of the slot that holds the state of the field of that number in the plan."""
    return f"{number}.state"


def content_slot(number: int) -> str:
    """Return the word of the slot that holds what stands in it."""
    return f"{number}.content"


@dataclass(slots=True)
class Numbers:
    """Numbers and names that may be given once in a document: ids of bookmarks and controls, aliases."""

    last: int = 0
    aliases: dict[str, int] = field(default_factory=dict)

    def next(self) -> int:
        """Return a new number."""
        self.last += 1
        return self.last

    def alias(self, name: str, words: str = "") -> str:
        """Return a spoken name of at most 64 characters that no other control has; `words` of an option stay whole
        where they can. LibreOffice 7.4 drops tags and keeps these."""
        ending = f": {words}" if words else ""
        short = _shortened(name, ending)
        again = self.aliases[short] = self.aliases.get(short, 0) + 1
        return short if again == 1 else _shortened(name, f"{ending} ({again})")


def _shortened(name: str, ending: str) -> str:
    if len(name) + len(ending) <= NAME_LIMIT:
        return name + ending
    ending = ending[: NAME_LIMIT // 2]
    return name[: NAME_LIMIT - len(ending) - 1].rstrip(" ,") + _ELLIPSIS + ending


@dataclass(slots=True)
class Controls:
    """Makes the controls of one document, in the order of the page, and remembers the plan of each."""

    layout: Layout
    numbers: Numbers = field(default_factory=Numbers)
    plans: list[FieldPlan] = field(default_factory=list)

    def text(self, control: Line | Area | Blank, words: str) -> Element:
        """Return the control of a text; `words` stand above it."""
        kind: FieldKind = "area" if isinstance(control, Area) else "line"
        prompt = "sign_here" if isinstance(control, Blank) and control.purpose == "signature" else "type_here"
        if isinstance(control, Line) and control.hint == "date" and not control.fixed:
            kind, prompt = "date", "choose_date"
        style = "FWStrong" if isinstance(control, Line) and control.strong else ""
        return self._control(control, kind, words, prompt, style=style)

    def choice(self, control: OneOf, words: str) -> Element:
        """Return the list of a choice; `words` stand above it."""
        labels = tuple((option.code, option.label) for option in control.options)
        items = (el("w:listItem", displayText=label, value=code) for code, label in labels)
        return self._control(control, "list", words, "choose", el("w:dropDownList", *items), labels=labels)

    def tick(self, control: Tick, words: str) -> Element:
        """Return the box of a tick; `words` stand beside it."""
        return self._tick(control, control.key, "", words, self.numbers.alias(control.name))

    def option(self, control: OneOf | ManyOf, option: Option) -> Element:
        """Return the box of one option."""
        alias = self.numbers.alias(control.name, option.label)
        return self._tick(control, ids.option_key(control.key, option.code), option.code, option.label, alias)

    def _tick(self, control: Control, tag: str, code: str, words: str, alias: str) -> Element:
        number = len(self.plans)
        self._plan(control, tag, "tick", code=code, alias=alias, words=words)
        states = (("checkedState", BOXES[True]), ("uncheckedState", BOXES[False]))
        signs = (el(f"w14:{name}", val=f"{ord(sign):04X}", font=TICKS) for name, sign in states)
        box = el("w14:checkbox", slot(state_slot(number)), *signs)
        return self._sdt(alias, tag, control.fixed, number, box)

    def _control(
        self,
        control: Control,
        kind: FieldKind,
        words: str,
        prompt: str,
        sort: Element | None = None,
        *,
        labels: tuple[tuple[str, str], ...] = (),
        style: str = "",
    ) -> Element:
        """Return a control that holds text, whatever its sort; what is fixed has no prompt."""
        number, alias = len(self.plans), self.numbers.alias(control.name)
        empty = "" if control.fixed else self.layout.words[prompt]
        self._plan(control, control.key, kind, alias=alias, words=words, labels=labels, style=style, empty=empty)
        hint = None
        if empty:
            hint = el("w:placeholder", el("w:docPart", val=glossary_name(prompt)))
        return self._sdt(alias, control.key, control.fixed, number, hint, slot(state_slot(number)), sort)

    def _plan(
        self,
        control: Control,
        tag: str,
        kind: FieldKind,
        *,
        code: str = "",
        alias: str,
        words: str,
        labels: tuple[tuple[str, str], ...] = (),
        style: str = "",
        empty: str = "",
    ) -> None:
        if len(tag) > NAME_LIMIT:
            raise ValueError(f"the tag {tag!r} has {len(tag)} characters, {NAME_LIMIT} are allowed")
        plan = FieldPlan(
            key=control.key,
            name=tag,
            kind=kind,
            code=code,
            fixed=control.fixed,
            alias=alias,
            words=words,
            labels=labels,
            style=style,
            empty=empty,
        )
        self.plans.append(plan)

    def _sdt(self, alias: str, tag: str, fixed: bool, number: int, *sort: Element | None) -> Element:
        """Return a control in a run (CT_SdtPr: alias tag id lock placeholder showingPlcHdr, then its sort). It cannot
        be deleted; what is ours to state cannot be changed either."""
        properties = el(
            "w:sdtPr",
            el("w:alias", val=alias),
            el("w:tag", val=tag),
            el("w:id", val=_FIRST_ID + self.numbers.next()),
            el("w:lock", val="sdtContentLocked" if fixed else "sdtLocked"),
            *sort,
        )
        return el("w:sdt", properties, el("w:sdtContent", slot(content_slot(number))))

    def repeating(self, tag: str, name: str, rows: list[Element]) -> Element:
        """Return a section of rows to which the account can add ([MS-DOCX] 2.6.2.3: w15:repeatingSection)."""
        items = (
            el(
                "w:sdt",
                el("w:sdtPr", el("w:id", val=_FIRST_ID + self.numbers.next()), el("w15:repeatingSectionItem")),
                el("w:sdtContent", row),
            )
            for row in rows
        )
        properties = el(
            "w:sdtPr",
            el("w:alias", val=self.numbers.alias(name)),
            el("w:tag", val=tag),
            el("w:id", val=_FIRST_ID + self.numbers.next()),
            el("w:lock", val="sdtLocked"),
            el("w15:repeatingSection"),
        )
        return el("w:sdt", properties, el("w:sdtContent", *items))
