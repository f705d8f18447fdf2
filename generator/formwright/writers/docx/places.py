"""Where each control stands: the bookmark of its question, and table, row and column below it. A question goes on to
the bookmark of the next one.

Read from the finished body, so that what the manifest says is what the file has. A reader finds an answer there when
a program took the control's names away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from formwright.writers.docx.blocks import QUESTION
from formwright.writers.docx.plan import FieldPlan
from formwright.writers.docx.tree import Node, name
from formwright.writers.docx.values import BOXES

_START: Final = name("w:bookmarkStart")
_TABLE, _ROW, _CELL = name("w:tbl"), name("w:tr"), name("w:tc")
_CONTROL, _PROPERTIES, _TAG = name("w:sdt"), name("w:sdtPr"), name("w:tag")
_VALUE: Final = name("w:val")
_LINE, _RUN, _TEXT = name("w:p"), name("w:r"), name("w:t")
_CAPTION: Final = name("w:tblCaption")
_SPACES: Final = (name("w:tab"), name("w:br"))
_PLAIN: Final = str.maketrans({**dict.fromkeys(BOXES, " "), "\u2011": "-"})


Tree = Any
"""A Node, or lxml's element of a shell: both are walked alike."""


@dataclass(slots=True)
class _Walk:
    """Where the walk is: the open question, the tables counted in it, and the place in the innermost table."""

    region: str = ""
    tables: int = 0
    found: dict[str, tuple[str, tuple[int, ...]]] = field(default_factory=dict)


def placed(plans: list[FieldPlan], body: Tree) -> list[FieldPlan]:
    """Return the plans with region and place; a heading stands in its own region."""
    walk = _Walk()
    _visit(body, (), walk)
    made = []
    for plan in plans:
        region, at = (plan.name, ()) if plan.kind == "heading" else walk.found[plan.name]
        made.append(replace(plan, region=region, at=at))
    return made


def _visit(node: Tree, at: tuple[int, ...], walk: _Walk) -> None:
    for child in node:
        if child.tag == _START:
            _open(child, walk)
        elif child.tag == _TABLE:
            number, walk.tables = walk.tables, walk.tables + 1
            for row, line in enumerate(_below(child, _ROW)):
                for column, cell in enumerate(_below(line, _CELL)):
                    _visit(cell, (number, row, column), walk)
        else:
            if child.tag == _CONTROL:
                _note(child, at, walk)
            _visit(child, at, walk)


def _open(start: Tree, walk: _Walk) -> None:
    mark = start.get(name("w:name"))
    if mark and mark.startswith(QUESTION):
        walk.region, walk.tables = mark, 0


def _note(control: Tree, at: tuple[int, ...], walk: _Walk) -> None:
    for tag in _below(next(_below(control, _PROPERTIES)), _TAG):
        walk.found[tag.get(_VALUE)] = (walk.region, at)


def printed(body: Tree) -> str:
    """Return every line of ours that the document shows, in order, as the manifest lists them: white space squeezed,
    without ticks and what stands in controls; below an empty line the names of tables, which pandoc shows. A reader
    tells by them what somebody wrote between the questions."""
    lines = [_squeezed("".join(_words(line))) for line in body.iter(_LINE)]
    captions = [_squeezed(one.get(_VALUE)) for one in body.iter(_CAPTION)]
    return "\n".join([*filter(None, lines), "", *dict.fromkeys(captions)])


def _squeezed(words: str) -> str:
    return " ".join(words.translate(_PLAIN).split())


def _words(node: Tree) -> Iterator[str]:
    for child in node:
        if child.tag == _TEXT or (child.tag == _RUN and isinstance(child, Node)):
            yield child.text or ""
            yield from _words(child)
        elif child.tag in _SPACES:
            yield " "
        elif child.tag not in (_CONTROL, _LINE):
            yield from _words(child)


def _below(node: Tree, wanted: str) -> Iterator[Tree]:
    """Yield the children of a tag (rows of a table, cells of a row), also those inside controls round them."""
    for child in node:
        if child.tag == wanted:
            yield child
        elif child.tag in {_CONTROL, name("w:sdtContent")}:
            yield from _below(child, wanted)
