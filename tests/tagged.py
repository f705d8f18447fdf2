"""Accessibility of a PDF form, checked by hand beside the validator: tags, spoken names, order, tables, headings.

`faults(data)` returns what is wrong, in words; nothing for a good file. ISO 14289-1 (PDF/UA-1), 7.2 to 7.18.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import page
import pikepdf
from pikepdf import Array, Dictionary, Name


def validator_failures(data: bytes) -> list[str]:
    """Return the failures that page-validation finds under PDF/UA-1."""
    report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def structure(node: pikepdf.Object) -> Iterator[Dictionary]:
    """Yield elements and object references below a node, in reading order."""
    kids = node.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary):
            yield kid
            if "/S" in kid:
                yield from structure(kid)


def widget_name(widget: Dictionary) -> str:
    """Return the name of a widget's field; a radio's kid with its on-state."""
    if "/Parent" not in widget:
        return str(widget.T)
    (state,) = (key for key in widget.AP.N.keys() if key != "/Off")  # noqa: SIM118
    return f"{widget.Parent.T}{state.replace('/', '#')}"


def page_widgets(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    """Yield the widgets that can be seen, in the order of the pages' /Annots (the order of the tab key)."""
    for sheet in pdf.pages:
        for widget in sheet.get("/Annots", Array()):
            if widget.Subtype == Name.Widget and not int(widget.F) & 2:
                yield widget


def faults(data: bytes) -> list[str]:
    """Return all faults of a form."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return ["the file has no tags"]
        return [*_document(pdf), *_widgets(pdf), *_order(pdf), *_tables(pdf), *_headings(pdf), *_furniture(pdf)]


def _document(pdf: pikepdf.Pdf) -> Iterator[str]:
    if not pdf.Root.get("/MarkInfo", Dictionary()).get("/Marked"):
        yield "the file does not say that it is tagged"
    if not str(pdf.Root.get("/Lang", "")):
        yield "the file has no language"
    if not pdf.Root.ViewerPreferences.get("/DisplayDocTitle"):
        yield "the title is not shown"
    for number, sheet in enumerate(pdf.pages, start=1):
        if sheet.get("/Tabs") != Name.S:
            yield f"page {number}: the tab key does not follow the structure"


def _widgets(pdf: pikepdf.Pdf) -> Iterator[str]:
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = {int(nums[place]): nums[place + 1] for place in range(0, len(nums), 2)}
    for widget in page_widgets(pdf):
        name = widget_name(widget)
        if not str(widget.get("/TU", "")).strip():
            yield f"{name}: no spoken name"
        if "/Parent" in widget and not str(widget.Parent.get("/TU", "")).strip():
            yield f"{name}: its group has no spoken name"
        form = parents.get(int(widget.get("/StructParent", -1)))
        if form is None or Name.Form != form.S:
            yield f"{name}: not in a Form element"
        elif form.K[0].Obj.objgen != widget.objgen:
            yield f"{name}: its Form element is another's"


def _order(pdf: pikepdf.Pdf) -> Iterator[str]:
    tagged = [node.Obj for node in structure(pdf.Root.StructTreeRoot) if node.get("/Type") == Name.OBJR]
    spoken = [widget_name(node) for node in tagged if node.Subtype == Name.Widget]
    if spoken != [widget_name(widget) for widget in page_widgets(pdf)]:
        yield "the reading order is not the order of the tab key"


def _tables(pdf: pikepdf.Pdf) -> Iterator[str]:
    for table in structure(pdf.Root.StructTreeRoot):
        if table.get("/S") != Name.Table:
            continue
        cells = [node for node in structure(table) if node.get("/S") in (Name.TH, Name.TD)]
        heads = [cell for cell in cells if cell.S == Name.TH]
        if not heads:
            yield "a table has no header cell"
        if any(cell.get("/A", Dictionary()).get("/Scope") not in (Name.Row, Name.Column) for cell in heads):
            yield "a header cell has no scope"
        rows = [node for node in structure(table) if node.get("/S") == Name.TR]
        if len({sum(_span(cell) for cell in row.K if "/S" in cell) for row in rows}) != 1:
            yield "the rows of a table are not of one length"


def _span(cell: Dictionary) -> int:
    """Return how many columns a cell takes."""
    return int(cell.get("/A", Dictionary()).get("/ColSpan", 1))


def _headings(pdf: pikepdf.Pdf) -> Iterator[str]:
    last = 0
    for node in structure(pdf.Root.StructTreeRoot):
        sort = str(node.get("/S", ""))
        if len(sort) != 3 or sort[:2] != "/H" or not sort[2].isdigit():
            continue
        level = int(sort[2])
        if level > last + 1:
            yield f"a heading of level {level} follows one of level {last}"
        if any(str(inner.get("/S", "")).startswith("/H") for inner in structure(node)):
            yield "a heading stands inside a heading"
        last = level
    if not last:
        yield "no headings"


def _furniture(pdf: pikepdf.Pdf) -> Iterator[str]:
    known = {node.objgen for node in structure(pdf.Root.StructTreeRoot)}
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    for place in range(0, len(nums), 2):
        owners = nums[place + 1]
        for owner in owners if isinstance(owners, Array) else [owners]:
            if owner is not None and owner.objgen not in known:
                yield f"content {int(nums[place])} belongs to an element outside the tree"
