"""What a read file looks like on a terminal: summary, changes, each problem with its cure, what needs a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from formwright import record as records
from formwright.hidden import shown
from formwright.kinds._base import Json
from formwright.reading import Rejected, Taken
from formwright.record import Item, Record, RecordCell
from formwright.returns.asked import code_words
from formwright.returns.fold import NEEDS
from formwright.returns.problems import quoted
from formwright.returns.slots import as_text

CHANGES = 20
"""Changes that are shown; a record with more has them all in its JSON."""
ITEMS = 24
"""Items that are named for each need."""
FEW = 4
"""As many items that need an answer are told with their keys, each on a line where that would be long."""
KEYS = 3
"""Keys that are named of an item that needs an answer."""
BEFORE = 16
"""Characters that are shown before the place where two long texts begin to differ."""
LINE = 120
"""Characters of a line of items; where they take more, each gets a line."""


def block(outcome: Taken | Rejected) -> str:
    """Return the lines on one file."""
    if isinstance(outcome, Rejected):
        cure = f"\n  {outcome.error.fix}" if outcome.error.fix else ""
        return f"{outcome.name}: {'refused' if outcome.opened else 'not read'}. {outcome.error.message}{cure}"
    return "\n".join([f"{outcome.name}{_how(outcome)}", *lines(outcome.record)])


def _how(outcome: Taken) -> str:
    """Return what became of a file that was read, where it is not simply stored."""
    if outcome.alone:
        return " (by itself: nothing was stored)"
    if outcome.sender:
        return f" (read before; sender noted: {shown(outcome.sender)})"
    return " (read before: nothing changed)" if outcome.again else ""


def lines(record: Record) -> list[str]:
    """Return the summary of a record, what it changes, its problems, each with its key (if `answer` takes it) and its
    cure below it, and which items need a person; where few need an answer, with the keys that lack one."""
    rest = f"  {{more}} changes: formwright records {record.issue} --json"
    found = [records.summary(record), *_first(_changes(record), CHANGES, rest)]
    taken = _taken(record)
    for problem in record.as_json()["problems"]:
        found.append(f"  {problem['message']}" + (f" [{problem['key']}]" if problem["key"] in taken else ""))
        if problem["fix"]:
            found.append(f"    {problem['fix']}")
    for need in NEEDS:
        wanted = [item for item in record.answers.values() if need in item.needs]
        if need == "answer" and 0 < len(wanted) <= FEW:
            found += _on_lines(f"  needs {need}:", [_wanting(item) for item in wanted])
        elif wanted:
            named = _first((item.name for item in wanted), ITEMS, "{more}")
            keys = f" (their keys: formwright show {record.issue} --keys)" if need == "answer" else ""
            found.append(f"  needs {need}: {', '.join(named)}{keys}")
    return found


def _taken(record: Record) -> set[str]:
    """Return the keys that `answer` takes; a problem may also be of a table, of a row, or of what is ours to state."""
    cells = (pair for item in record.answers.values() for pair in item.cells.items())
    return {key for key, cell in cells if cell.slot.cell.role != "given"}


def _on_lines(head: str, named: Sequence[str]) -> list[str]:
    """Return what is named behind its head, or each below it on a line of its own where that would be long."""
    line = f"{head} {', '.join(named)}"
    return [line] if len(line) <= LINE else [head, *(f"    {one}" for one in named)]


def _wanting(item: Item) -> str:
    """Return an item that needs an answer, with the keys of the places that lack one."""
    return f"{item.name} [{', '.join(_first(item.lacking, KEYS, '{more}'))}]"


def _changes(record: Record) -> Iterator[str]:
    """Yield a line for each place that says another thing than we knew: place: old -> new [key]."""
    for item in record.answers.values():
        for key in item.changed:
            cell = item.cells[key]
            old, new = _apart(_old(cell), _new(cell))
            yield f"  {cell.slot.place}: {quoted(old)} -> {quoted(new)} [{key}]"


def _apart(old: str, new: str) -> tuple[str, str]:
    """Return two texts from a little before where they begin to differ, if they look the same when they are cut."""
    if old == new or quoted(old) != quoted(new):
        return old, new
    pairs = enumerate(zip(old, new, strict=False))
    alike = next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))
    at = max(alike - BEFORE, 0)
    return f"… {old[at:]}", f"… {new[at:]}"


def _old(cell: RecordCell) -> str:
    slot = cell.slot
    if isinstance(slot.issued, tuple):
        return ", ".join(_in_words(cell, slot.issued))
    return "" if slot.issued is None else "ticked" if slot.issued is True else as_text(slot.issued)


def _new(cell: RecordCell) -> str:
    if cell.state == "cleared":
        return ""
    codes = _codes(cell.seen.value) if cell.slot.cell.codes else ()
    return ", ".join(_in_words(cell, codes)) or cell.seen.raw or as_text(str(cell.seen.value))


def _codes(value: Json) -> Iterable[str]:
    return [str(code) for code in value] if isinstance(value, list) else [str(value)]


def _in_words(cell: RecordCell, codes: Iterable[str]) -> list[str]:
    """Return codes as they are printed on the form."""
    words = code_words(cell.slot, cell.slot.language)
    return [words.get(code, code) for code in codes]


def _first(found: Iterable[str], limit: int, rest: str) -> Iterator[str]:
    """Yield the first `limit` words or lines, then `rest` with how many more there are."""
    every = list(found)
    if len(every) <= limit + 1:
        yield from every
        return
    yield from every[:limit]
    yield rest.format(more=f"and {len(every) - limit:,} more")
