"""From what stands in a file to one cell for each issued key: programs' habits are taken out, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from formwright.hidden import escaped, spaced
from formwright.layout import Value
from formwright.raw import RawCell, RawProblem, RawState, Stray
from formwright.readers._base import Place
from formwright.readers._moved import moved, worded_otherwise
from formwright.readers._seen import PUSHBUTTON, TOKEN_FIELD, Seen, SeenField, SeenValue, tidy
from formwright.ticks import ticked

LONGEST: Final = 1_000_000
"""Characters of one value; a longer one is left to a person."""
_SAID: Final = 1_000
"""Characters that are kept of what a person is to read in the file."""
_NAMED: Final = 3
"""So many places under one comment are named with it."""
_TYPES: Final = {"line": "Tx", "area": "Tx", "radio": "Btn", "tick": "Btn", "list": "Ch"}
_OFF: Final = (None, "", "Off")
_ON: Final = "on"
"""The state of a tick that has no code."""


@dataclass(slots=True)
class _Control:
    """The issued widgets of one key. `names`: field name -> codes of its widgets (radio), or its one code (tick)."""

    key: str
    kind: str
    page: int
    box: tuple[float, float, float, float]
    names: dict[str, list[str]] = field(default_factory=dict)
    labels: tuple[tuple[str, str], ...] = ()


class _Found(NamedTuple):
    """What one field says. values: all of them where they are in conflict."""

    state: RawState
    value: Value | None = None
    raw: str = ""
    note: str = ""
    values: tuple[Value, ...] = ()


_MISSING: Final = _Found("missing")


def fold(seen: Seen, places: Sequence[Place]) -> tuple[tuple[RawCell, ...], tuple[Stray, ...], tuple[RawProblem, ...]]:
    """Return cells (one for each key, in the order of `places`), strays and problems of a file."""
    controls = _controls(places)
    loose = seen.flattened()
    under = _under(seen)
    away = moved(seen, places)
    cells = tuple(_cell(control, seen, loose, under, away) for control in controls)
    known = {name for control in controls for name in control.names} | {TOKEN_FIELD}
    strays = [_stray(extra) for name, group in seen.fields.items() if name not in known for extra in group]
    problems = list(seen.problems)
    if loose and seen.fields:
        problems.append(_LOOSE)
    return cells, (*strays, *seen.files, *_marks(seen, controls)), tuple(problems)


def _controls(places: Iterable[Place]) -> list[_Control]:
    found: dict[str, _Control] = {}
    for place in places:
        control = found.get(place.key)
        if control is None:
            control = found[place.key] = _Control(place.key, place.kind, place.page, place.box, labels=place.labels)
        elif place.page == control.page:
            a, b = control.box, place.box
            control.box = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
        control.names.setdefault(place.name, []).append(place.code)
    return list(found.values())


def _under(seen: Seen) -> dict[str, list[str]]:
    """Return the words of the comments that are drawn over each field, by its name."""
    under: dict[str, list[str]] = {}
    for one in seen.covered:
        under.setdefault(one.name, []).append(one.words)
    return under


def _marks(seen: Seen, controls: Iterable[_Control]) -> list[Stray]:
    """Return comments, those that are drawn over places with the keys of these."""
    marks = list(seen.marks)
    if not seen.covered:
        return marks
    keys = {name: control.key for control in controls for name in control.names}
    over: dict[int, dict[str, None]] = {}
    for one in seen.covered:
        if one.name in keys:
            over.setdefault(one.mark, {})[keys[one.name]] = None
    for at, places in over.items():
        more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
        marks[at] = replace(marks[at], name=f"{marks[at].name}, at {', '.join(list(places)[:_NAMED])}{more}")
    return marks


def _cell(control: _Control, seen: Seen, loose: bool, under: Mapping[str, list[str]], away: frozenset[str]) -> RawCell:
    """Return the cell of one key."""
    pieces = [_gather(control, name, seen.fields.get(name, ()), loose) for name in control.names]
    if under:
        pieces = [
            _drawn_over(piece, under[name]) if name in under else piece
            for name, piece in zip(control.names, pieces, strict=True)
        ]
    if not away.isdisjoint(control.names):
        pieces = [
            piece._replace(note=piece.note or "moved") if name in away and piece.value else piece
            for name, piece in zip(control.names, pieces, strict=True)
        ]
    many = control.kind == "tick" and any(code for codes in control.names.values() for code in codes)
    state, value, raw, note, values = _many(control, pieces) if many else pieces[0]
    return RawCell(
        key=control.key,
        state=state,
        value=value,
        raw=escaped(raw)[:LONGEST],
        values=values,
        page=control.page,
        box=control.box,
        method=seen.method,
        note=note,
    )


def _gather(control: _Control, name: str, group: Sequence[SeenField], loose: bool) -> _Found:
    """Return what the fields of one name say together: none, one, or a collision."""
    if len(group) == 1 and not group[0].lost and not group[0].hidden:
        return _one(control, name, group[0])
    here = [one for one in group if loose or not one.lost or one.lost < one.widgets]
    away = [one for one in group if (one.says or one.beside or one.note) and all(one is not other for other in here)]
    found = [_one(control, name, one) for one in away]
    if not here:
        return _off_pages(found)
    found = [*(_unseen(_one(control, name, one), one) for one in here), *found]
    return found[0] if len(found) == 1 else _together(found, "doubled_field")


def _off_pages(found: Sequence[_Found]) -> _Found:
    """Fields that stand on no page, where others do: lost with their page, but what is typed in them is kept."""
    if not found:
        return _MISSING
    one = _together(found, "off_pages") if len(found) > 1 else found[0]
    return one._replace(note="off_pages") if one.state == "read" else one


def _together(found: Sequence[_Found], note: str) -> _Found:
    """Return what several say of one place: the same, or a conflict; what can't be read is left to a person."""
    if all(one[:2] == found[0][:2] and one.values == found[0].values for one in found):
        return found[0]._replace(note=found[0].note or note)
    if unread := [one for one in found if one.state == "unread" and one.raw]:
        return _Found("unread", raw=_raws(found)[:_SAID], note=unread[0].note)
    return _Found("conflict", raw=_raws(found), note=note, values=_distinct(found))


def _drawn_over(found: _Found, words: Iterable[str]) -> _Found:
    """Return a place with a comment drawn over it: one that is empty is not; `returns.pages` sees what was issued."""
    if found.state != "read":
        return found
    if found.value:
        return found._replace(note=found.note or "drawn_over")
    return _Found("unread", raw=" | ".join(one for one in dict.fromkeys(words) if one)[:_SAID], note="drawn_over")


def _unseen(found: _Found, one: SeenField) -> _Found:
    """Note that a value which can be read is in a field that no viewer shows."""
    return found._replace(note="hidden_field") if one.hidden and found.state == "read" and found.value else found


def _one(control: _Control, name: str, one: SeenField) -> _Found:
    """Return what one field says, read as the kind that was issued."""
    wanted = _TYPES[control.kind]
    if one.type != wanted or (wanted == "Btn" and one.flags & PUSHBUTTON):
        return _Found("unread", raw=_words(one.value)[:_SAID], note="type_changed")
    if one.note:
        return _Found("unread", raw=_words(one.value)[:_SAID], note=one.note)
    if wanted == "Tx":
        found = _typed(one)
    elif wanted == "Ch":
        found = _chosen(control, one)
    elif control.kind == "radio":
        found = _radio(control.names[name], one)
    else:
        found = _tick(one, control.names[name][0] or _ON)
    if one.beside or one.options:
        found = _with_beside(found, one, control)
    if one.shown is not None and found.state == "read" and not found.value:
        return _Found("unread", raw=one.shown, note="only_shown")
    return _with_others(found, control, name, one) if one.others else found


def _with_others(found: _Found, control: _Control, name: str, one: SeenField) -> _Found:
    """A field whose widgets have values of their own: where these mean something else, nobody knows which is meant."""
    if found.state == "unread":
        return found
    alone = [replace(one, value=value, states=[], kid_values=[], others=[], beside="") for value in one.others]
    said = [found, *(_one(control, name, other) for other in alone)]
    if all(one.value == found.value and one.state == "read" for one in said):
        return found
    return _together(said, "kid_and_group_differ")


def _with_beside(found: _Found, one: SeenField, control: _Control) -> _Found:
    """A place is not empty if words stand in it elsewhere than in its value, or in its list an option not of ours."""
    if found.state != "read":
        return found
    if found.value:
        return found._replace(note=found.note or "rich_text_differs") if one.beside else found
    beside = one.beside
    if not beside and one.type == "Ch":
        ours = {text.strip() for pair in control.labels for text in pair}
        beside = ", ".join(dict.fromkeys(text for text in one.options if text.strip() and text.strip() not in ours))
    return _Found("unread", raw=beside[:_SAID], note="beside_value") if beside else found


def _typed(one: SeenField) -> _Found:
    """A line or area: its text, with LF line ends."""
    raw = one.value or ""
    if not isinstance(raw, str):
        return _Found("unread", raw=_words(raw)[:_SAID], note="odd_value")
    if len(raw) > LONGEST:
        return _Found("unread", raw=raw[:_SAID], note="too_long")
    text, note = tidy(raw)
    return _Found("read", text, raw, note or ("" if one.drawn else "appearance_missing"))


def _chosen(control: _Control, one: SeenField) -> _Found:
    """A list: export value (most programs), display text (pdf-lib, PyPDFForm) or an array of one (pdftk)."""
    if one.value is None:
        return _Found("read", ())
    texts = (one.value,) if isinstance(one.value, str) else one.value
    tidied = [tidy(text) for text in texts]
    texts = tuple(text.strip() for text, _ in tidied)
    raw = _words(one.value)
    values: list[Value] = []
    note = next((odd for _, odd in tidied if odd), "")
    for text in filter(None, texts):
        meant = [code for code, label in control.labels if text in (code, label.strip())]
        if len(meant) > 1:
            note = "ambiguous_choice"
        values += [(code,) for code in meant] or [(text,)]
    values = list(dict.fromkeys(values))
    if len(values) > 1:
        return _Found("conflict", raw=raw, note=note or "several_chosen", values=tuple(values))
    if not note and worded_otherwise(one.worded, values, control.labels):
        note = "words_changed"
    return _Found("read", values[0] if values else (), raw, note)


def _radio(codes: Sequence[str], one: SeenField) -> _Found:
    """A group of ticks of which one may be on: the group's /V, the kids' /AS, and kids' own /V must not differ."""
    meant = _meant(one.value, one.options, codes)
    if len(meant) > 1:
        return _Found("conflict", raw=_words(one.value), note="several_ticked", values=_each(meant, codes))
    group = meant[0] if meant else None
    kids = {state for state in one.states if state not in _OFF}
    seen_kids = any(state is not None for state in one.states)
    raw = _words(one.value) if group is not None else ", ".join(sorted(str(kid) for kid in kids))
    short = "part_missing" if one.widgets - one.lost < len(codes) else ""
    if group is None and not kids:
        kids = {value for value in one.kid_values if value not in _OFF}
        raw = ", ".join(sorted(kids))
    if group is None:
        if len(kids) > 1:
            return _Found("conflict", raw=raw, note="several_ticked", values=_each(kids, codes))
        if kids:
            return _Found("read", _each(kids, codes)[0], raw, "kid_without_group")
        return _Found("missing", note=short) if short else _Found("read", (), raw)
    if not seen_kids or _each(kids, codes) == ((group,),):
        return _Found("read", (group,), raw, short)
    if not kids:  # a program that knows the group's value only
        return _Found("read", (group,), raw, "group_without_kid")
    values = tuple(dict.fromkeys([(group,), *_each(kids, codes)]))
    return _Found("conflict", raw=raw, note="kid_and_group_differ", values=values)


def _meant(value: SeenValue, options: Sequence[str], codes: Sequence[str]) -> tuple[str, ...]:
    """Return the codes that a group's value names, none for off, several only from an array that says so; an index
    goes through /Opt (raw WeasyPrint, pdftk)."""
    found: dict[str, None] = {}
    for part in value if isinstance(value, tuple) else (value,):
        if part is None or part in _OFF:
            continue
        code = spaced(part)
        if code not in codes and code.removeprefix("/") in codes:  # pypdf writes a name as a text, slash and all
            code = code.removeprefix("/")
        if code not in codes and code.isdigit() and int(code) < len(options):
            code = options[int(code)]
        found[code] = None
    return tuple(found)


def _each(kids: Iterable[str | None], codes: Sequence[str]) -> tuple[tuple[str], ...]:
    """Return the codes that are on as values, in issued order, unknown ones last."""
    on = sorted(spaced(str(kid)) for kid in kids)
    return tuple((code,) for code in [*(c for c in codes if c in on), *(o for o in on if o not in codes)])


def _tick(one: SeenField, own: str) -> _Found:
    """A tick: on under its own state name, by a word for on, or under any name that the page shows too. One of its two
    entries is enough: a program that leaves one out has ticked it."""
    raw = _words(one.value)
    states = [state for state in one.states if state is not None]
    said = {_is_on(part, own, states) for part in (one.value if isinstance(one.value, tuple) else (one.value,))}
    shown = {_is_on(state, own, states) for state in (*states, *one.kid_values)}
    if None in said | shown:
        return _Found("unread", raw=(raw or ", ".join(states))[:_SAID], note="odd_tick")
    if len(said) > 1:
        return _Found("conflict", raw=raw, note="several_ticked", values=(True, False))
    drawn = True in shown
    on = said == {True}
    if on == drawn or (on and not states):
        return _Found("read", on, raw or ", ".join(states))
    if on:
        return _Found("read", True, raw, "group_without_kid")
    return _Found("read", True, ", ".join(states) or raw, "kid_without_group")


def _is_on(said: str | None, own: str, states: Sequence[str]) -> bool | None:
    """Return whether a tick is on by what one of its entries says, None where that is not known: another word, or a
    word for off (`No`) that is the very state which the page shows."""
    if said is None or (name := said.removeprefix("/")).casefold() in ("", "off"):
        return False
    if name == own:
        return True
    told = ticked(name)
    if said in states:
        return None if told is False else True
    return told


def _many(control: _Control, pieces: Sequence[_Found]) -> _Found:
    """Fold the ticks of a ManyOf into one value: the codes that are on."""
    codes = [codes[0] for codes in control.names.values()]
    on = tuple(code for code, piece in zip(codes, pieces, strict=True) if piece.value is True)
    raw = ", ".join(on)
    states = {piece.state for piece in pieces}
    notes = [piece.note for piece in pieces if piece.note]
    note = notes[0] if notes else ""
    if "conflict" in states:
        doubtful = [code for code, piece in zip(codes, pieces, strict=True) if piece.state == "conflict"]
        most = tuple(code for code in codes if code in on or code in doubtful)
        return _Found("conflict", raw=raw, note=note, values=(on, most))
    if "unread" in states:
        said = (piece for piece in pieces if piece.state == "unread" or piece.value is True)
        return _Found("unread", raw=_raws(said), note=note)
    if states == {"missing"}:
        return _Found("missing", note=note)
    if "missing" in states:
        note = "off_pages" if "off_pages" in notes else "part_missing"
        return _Found("read", on, raw, note) if on else _Found("missing", raw=raw, note=note)
    return _Found("read", on, raw, note)


def _stray(one: SeenField) -> Stray:
    """Return an extra field as what it is: never an answer."""
    kind = "signature" if one.type == "Sig" else "field"
    states = [state for state in one.states if state not in _OFF]
    text = _words(one.value) or ", ".join(str(state) for state in states) or one.beside
    return Stray(name=one.name[:200], value=tidy(text)[0][:LONGEST], page=one.page, kind=kind)


def _words(value: object) -> str:
    return value if isinstance(value, str) else ", ".join(value) if isinstance(value, tuple) else ""


def _raws(found: Iterable[_Found]) -> str:
    return " | ".join(dict.fromkeys(one.raw for one in found))


def _distinct(found: Iterable[_Found]) -> tuple[Value, ...]:
    """Return all values said, without repeats, True and "yes" apart."""
    values: dict[tuple[type, Value], Value] = {}
    for one in found:
        for value in one.values or (() if one.value is None else (one.value,)):
            values[type(value), value] = value
    return tuple(values.values())


_LOOSE: Final = RawProblem(
    code="fields_off_pages",
    message="No page shows the fields any more, but their values are in the file; these were read.",
    fix="Compare them with what the pages show, or ask for the file as it was saved by the program that filled it in.",
)
