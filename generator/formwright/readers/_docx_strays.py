"""What stands in a returned Word file and was not issued: text between the questions, comments, pictures, rows and
controls of others. Never an answer, always told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from formwright.raw import RawProblem, Stray
from formwright.readers._docx_find import Found, Region
from formwright.readers._docx_fold import Folder
from formwright.readers._docx_manifest import QUESTION, plain
from formwright.readers._docx_seen import Block, Cell, Control, Paragraph, State, Table, paragraphs_of, tables_of
from formwright.readers._docx_ticks import without_signs
from formwright.readers._docx_xml import Element, W
from formwright.readers._seen import MAX_COMMENT, MAX_MARKS, TOKEN, tidy

_KINDS: Final = {"picture": "drawing", "object": "attachment", "import": "attachment"}


def strays(folder: Folder) -> list[Stray]:
    """Return what was not issued in the body, in order."""
    found = [stray for region in _regions(folder.found) for stray in _in_region(region, folder)]
    found += _controls(folder)
    for paragraph in dict.fromkeys(folder.body.hidden):
        words = "".join(bit.text for bit in paragraph.bits if bit.state == State.HIDDEN).strip()
        if words and not TOKEN.search(words):
            found.append(_stray(_where(paragraph, folder), words, "hidden"))
    for kind, words, block in folder.body.extras:
        name = _where(block, folder)
        if name != "document" or kind != "picture":  # page 1 may have pictures of ours
            found.append(_stray(name, words or kind, _KINDS[kind]))
    boxes = (("".join(words).strip(), _where(block, folder)) for words, block in folder.body.boxes)
    found += [_stray(name, words, "text") for words, name in dict.fromkeys(boxes) if words]
    return found


def comments(root: Element | None, folder: Folder) -> list[Stray]:
    """Return the comments of a file (ISO 29500-1 17.13.4), each with the question at which it stands."""
    found = []
    for comment in root if root is not None else ():
        lines = ("".join(line.itertext(f"{W}t")) for line in comment.iter(f"{W}p"))
        words = "\n".join(lines).strip()
        place = folder.body.anchors.get(comment.get(f"{W}id", ""))
        if words:
            found.append(_stray(_where(place, folder), words, "comment"))
    return found


def notes(root: Element | None, name: str) -> list[Stray]:
    """Return the footnotes or endnotes of a file; ours have none."""
    found = []
    for note in root if root is not None else ():
        words = "".join(note.itertext(f"{W}t")).strip()
        if words:
            found.append(_stray(name, words, "text"))
    return found


def limited(found: list[Stray]) -> tuple[Stray, ...]:
    """Return so many as are told one by one; the last says that there are more."""
    return tuple(found) if len(found) <= MAX_MARKS else (*found[:MAX_MARKS], Stray(name="", value="", kind="more"))


def _stray(name: str, words: str, kind: str) -> Stray:
    words = tidy(words)[0]
    if len(words) > MAX_COMMENT:
        words = f"{words[:MAX_COMMENT]} [... cut here: {len(words):,} characters]"
    return Stray(name=name[:200], value=words, kind=kind)


def _regions(found: Found) -> Iterator[Region]:
    yield from found.regions.values()
    yield from found.copies


def _item(region: str) -> str:
    return region.removeprefix(QUESTION) if region.startswith(QUESTION) else "document"


def _where(block: Block | None, folder: Folder) -> str:
    """Return the question in which a block stands."""
    while isinstance(block, Paragraph) and block.cell is not None:
        table: Table = block.cell.row.table
        while table.cell is not None:
            table = table.cell.row.table
        block = table
    for region in _regions(folder.found):
        if any(one is block for one in region.blocks):
            return _item(region.name)
    return "document"


# ---- text ---------------------------------------------------------------------------------------


def _in_region(region: Region, folder: Folder) -> Iterator[Stray]:
    """Yield the texts of one question that are neither ours nor in a place."""
    name = _item(region.name)
    blocks = region.blocks[1:] if region.name.startswith(QUESTION) and _is_heading(region) else region.blocks
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _line(block, name, folder)
            continue
        for table in tables_of(block):
            if table in folder.found.tables:
                yield from _table(table, name, folder)
            elif _inside_place(table, folder):
                continue  # it was put into a place, and its text is the place's
            else:
                yield from _strange(table, name, folder)


def _is_heading(region: Region) -> bool:
    return bool(region.blocks) and isinstance(region.blocks[0], Paragraph)


def _inside_place(table: Table, folder: Folder) -> bool:
    while table.cell is not None:
        if table.cell in folder.cells:
            return True
        table = table.cell.row.table
    return False


def _line(paragraph: Paragraph, name: str, folder: Folder, ours: Iterable[str] = ()) -> Iterator[Stray]:
    """Yield what is written in a paragraph beside our words."""
    if not paragraph.bits:
        return
    if not folder.plan.complete:
        return
    if len(paragraph.bits) == 1 and paragraph.bits[0].text in folder.plan.printed:
        return
    words = without_signs(_beside_controls(paragraph, folder))
    if not words or words in folder.plan.printed or words in ours or TOKEN.search(words):
        return
    if left := _beside_ours(words, folder.plan.printed):
        yield _stray(name, left, "text")


def _beside_controls(paragraph: Paragraph, folder: Folder) -> str:
    """Return a paragraph's text without that of controls whose text is an answer, or is told as a control's."""
    out = []
    for bit in paragraph.bits:
        control = bit.control
        if bit.state > State.ADDED or (control is not None and (control in folder.used or control.tag)):
            continue
        if plain(bit.text) in folder.prompts:
            continue
        out.append(bit.text)
    return "".join(out)


def _beside_ours(words: str, printed: Iterable[str]) -> str:
    """Return what is left of a line when the longest text of ours at its beginning or end is taken away."""
    best = ""
    for one in printed:
        if len(one) > len(best) and len(one) > 2 and (words.startswith(one) or words.endswith(one)):
            best = one
    if not best:
        return words
    return (words[len(best) :] if words.startswith(best) else words[: -len(best)]).strip()


def _table(table: Table, name: str, folder: Folder) -> Iterator[Stray]:
    """Yield what is written in the cells of an issued table that have no place for text."""
    added = {row.row for row in folder.found.added}
    for row in table.rows:
        if row.deleted or row in added:
            continue
        for cell in row.cells:
            places = folder.cells.get(cell, ())
            if not places:
                yield from _cell(cell, name, folder)
            elif all(place.kind == "tick" for place in places):
                for paragraph in cell.paragraphs:
                    yield from _line(paragraph, places[0].key, folder, {plain(place.words) for place in places})


def _cell(cell: Cell, name: str, folder: Folder) -> Iterator[Stray]:
    if cell.controls and any(control in folder.used for control in cell.controls):
        return
    for paragraph in cell.paragraphs:
        yield from _line(paragraph, name, folder)


def _strange(table: Table, name: str, folder: Folder) -> Iterator[Stray]:
    """Yield the text of a table that was not issued, or was but has no place; a row of it in one piece."""
    if not folder.plan.complete:
        return
    for row in table.rows:
        lines = [[without_signs(_beside_controls(one, folder)) for one in cell.paragraphs] for cell in row.cells]
        if any(line and line not in folder.plan.printed for cell in lines for line in cell):
            yield _stray(name, "\t".join(" ".join(filter(None, cell)) for cell in lines).strip(), "text")


# ---- controls -----------------------------------------------------------------------------------


def _controls(folder: Folder) -> Iterator[Stray]:
    """Yield the controls with names that were not issued, and something typed in them."""
    issued = folder.plan.names
    for control in folder.body.controls:
        if not control.tag or control.tag in issued or control in folder.used or control.kind == "repeat":
            continue
        words = control.text.strip()
        if words and plain(words) not in folder.prompts and not _holds_ours(control, folder):
            yield _stray(control.tag, words, "field")


def _holds_ours(control: Control, folder: Folder) -> bool:
    return any(inner.tag in folder.plan.names for inner in control.inner)


def tracked(folder: Folder) -> Iterator[RawProblem]:
    """Yield a problem for each place in which changes were tracked, with what stood there and what does now."""
    for key, (was, now) in folder.changed.items():
        message = f"{key}: changes were tracked here. “{_short(now)}” is read; before it was “{_short(was)}”."
        fix = "Ask whether the changes are to stand; in Word, Review > Accept settles them."
        yield RawProblem(code="tracked_changes", message=message, fix=fix, key=key)
    if not folder.body.changed:
        return
    places = {one for cell in folder.cells for one in cell.paragraphs}
    others = sum(
        1
        for block in folder.body.flow
        for paragraph in paragraphs_of(block)
        if paragraph not in places and any(bit.state in (State.ADDED, State.DELETED) for bit in paragraph.bits)
    )
    if others:
        message = f"Changes were tracked outside the places to answer, in {others} paragraphs."
        yield RawProblem(code="tracked_changes", message=message, fix="Open the file and see what they say.")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:60]} … {text[-15:]}"
