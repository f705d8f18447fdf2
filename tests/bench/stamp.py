"""Stamping against writing the same bytes, WeasyPrint for each account, and pypdf: `./run bench stamp`.

The form has 46 items in five sections, like the questionnaire. Every turn stamps another account of twenty, so that
nothing is answered from the turn before. Files are written without fsync, into the folder of temporary files.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pypdf
import ratios

from formwright import token
from formwright.layout import (
    Area,
    Block,
    Column,
    Control,
    Field,
    Grid,
    Group,
    Heading,
    Layout,
    Line,
    ManyOf,
    OneOf,
    Option,
    Row,
    Run,
    Stamp,
    Tick,
    Value,
    controls,
)
from formwright.writers.pdf.compile import compile as compile_pdf
from formwright.writers.pdf.fonts import Fonts
from formwright.writers.pdf.stamp import Stamper

ACCOUNTS = 20
SECTIONS = {"A": 11, "B": 8, "C": 9, "D": 9, "E": 9}
WORDS = {
    "page": "Page {n} of {m}",
    "continued": "continued on sheet {n}",
    "sheet": "Continuation sheet {n}",
    "code": "Code for machines",
    "sample": "Sample",
    "correct_as_shown": "Correct as shown",
}
YES_NO = (Option(code="yes", label="Yes"), Option(code="no", label="No"))
MEDIA = tuple(Option(code=code, label=code.title()) for code in ("paper", "microfilm", "disk", "other"))
LATIN = "Example Bearings and Motors (West) Inc., 12 Sample Street, Springfield ST 00000, attention of Alex Muster "
CHINESE = "深圳市示例机械零件进出口有限公司，地址：示例路十二号，联系人：王小明，经营轴承、电动机及其配件。"


# ---- a form of the questionnaire's size ---------------------------------------------------------


def _item(number: str, key: str, *blocks: Block) -> Group:
    words = f"What is asked in {number}, in as many words as a question of the questionnaire usually has?"
    return Group(role="item", number=number, anchor=key, runs=(Run(words),), blocks=blocks, long=True)


def _fields(*parts: Control) -> tuple[Block, ...]:
    return tuple(Field(control=part) for part in parts)


def _reviewed(key: str, number: str) -> Iterator[Block]:
    """A line that we know, and its tick."""
    yield from _fields(
        Line(key=key, name=number, label="Name", known=True, width=8),
        Tick(key=f"{key}_confirm", name=f"{number} Correct as shown", label="Correct as shown"),
    )


def _table(key: str, number: str, rows: int, known: int) -> Block:
    columns = (Column(title="Name"), Column(title="Title"), Column(title="Address"), Column(title="Correct", tick=True))
    made = []
    for row in range(1, rows + 1):
        place = f"{key}.r{row}"
        cells = [
            (Line(key=f"{place}.{part}", name=f"{number} row {row} {part}"),) for part in ("name", "post", "where")
        ]
        cells.append((Tick(key=f"{place}_confirm", name=f"{number} row {row} correct"),))
        made.append(Row(id=f"r{row}", cells=tuple(cells), known=row <= known))
    return Grid(columns=columns, rows=tuple(made), name=number, number=number, repeating=True, known_rows=known)


def _question(key: str, number: str, place: int) -> Iterator[Block]:
    if place % 9 == 3:
        yield _table(key, number, 12, 6)
    elif place % 9 == 5:
        yield from _fields(ManyOf(key=key, name=number, options=MEDIA))
    elif place % 9 == 7:
        yield from _fields(OneOf(key=key, name=number, options=MEDIA, style="list"))
    elif place % 3 == 2:
        yield from _fields(OneOf(key=key, name=number, options=YES_NO))
        yield from _fields(Area(key=f"{key}_explain", name=f"{number} explain", label="Explain", lines=3))
    else:
        yield from _reviewed(f"{key}.name", number)
        yield from _reviewed(f"{key}.number", number)


def questionnaire() -> Layout:
    """Return a layout of 46 items."""
    facts = (
        Line(key="form.prepared_for", name="Prepared for", label="Prepared for", fixed=True, strong=True, width=8),
        Line(key="form.return_by", name="Return by", label="Return by", fixed=True, strong=True, width=4),
    )
    blocks: list[Block] = [Heading(text="A questionnaire", level=1), Group(role="facts", blocks=_fields(*facts))]
    for letter, count in SECTIONS.items():
        items = []
        for place in range(1, count + 1):
            key, number = f"{letter.lower()}_{place}", f"{letter}.{place}"
            items.append(_item(number, key, *_question(key, number, place)))
        title = f"Section of {count} items"
        blocks.append(
            Group(role="section", number=letter, title=title, where=title, anchor=letter, blocks=tuple(items))
        )
    return Layout(
        id="bench",
        version="1",
        title="A questionnaire",
        language="en",
        running="A questionnaire",
        foot="A questionnaire, version 1",
        blocks=tuple(blocks),
        words=WORDS,
    )


# ---- accounts -----------------------------------------------------------------------------------


def values(layout: Layout, account: int, source: str) -> dict[str, Value]:
    """Return what is known of an account: names, tables, some ticks and lists; texts differ between accounts."""
    found: dict[str, Value] = {}
    for place, control in enumerate(controls(layout.blocks)):
        start = (7 * place + 13 * account) % len(source)
        length = 12 + (place + account) % (24 if source.isascii() else 12)
        text = f"{(2 * source)[start : start + length].strip()} {account * 1000 + place}"
        wanted = control.known or control.fixed or _in_known_row(control.key)
        if isinstance(control, Line) and wanted:
            found[control.key] = text[: 18 if text.isascii() else 6] if _in_known_row(control.key) else text
        elif isinstance(control, Area) and place % 3 == 0:
            found[control.key] = f"{source} {account}"
        elif isinstance(control, OneOf) and place % 2:
            found[control.key] = control.options[account % len(control.options)].code
        elif isinstance(control, ManyOf) and place % 2:
            found[control.key] = (control.options[account % len(control.options)].code,)
    return found


def _in_known_row(key: str) -> bool:
    row = key.split(".")[1] if key.count(".") == 2 else ""
    return row in {"r1", "r2", "r3", "r4", "r5", "r6"}


def stamps(layout: Layout, pages: int, source: str) -> list[Stamp]:
    """Return the stamps of twenty accounts."""
    made = []
    for account in range(ACCOUNTS):
        issue = f"Q-2027-{account:04d}"
        tokens = token.mint_all(b"fictional" * 4, "K1", "bench", issue, f"account{account}", "0" * 64, pages)
        foot = f"{issue} · 22 November 2026 · Example Bearings {account}"
        made.append(Stamp(values=values(layout, account, source), tokens=tokens, foot=foot, sample=True))
    return made


# ---- peers --------------------------------------------------------------------------------------


def filled_by_pypdf(template: bytes, texts: Mapping[str, str]) -> bytes:
    """Fill in the texts alone, as pypdf's users do."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(template))
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(texts), auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def measure(turns: int, fallbacks: Path) -> str:
    """Run all jobs and return the report."""
    layout = questionnaire()
    compiled = compile_pdf(layout)
    stamper = Stamper(compiled, Fonts.packaged(fallbacks))
    pages = len(compiled.pages)
    latin, chinese = stamps(layout, pages, LATIN), stamps(layout, pages, CHINESE)
    finished = [stamper.stamp(one) for one in latin]
    names = {plan.key: plan.name for plan in compiled.fields if plan.kind in {"line", "area"}}
    texts = {names[key]: str(text) for key, text in latin[0].values.items() if key in names}
    widgets = sum(len(plan.widgets) for plan in compiled.fields)
    report = [
        f"{sum(SECTIONS.values())} items, {pages} pages, {widgets} widgets, {len(latin[0].values)} values, "
        f"template {len(compiled.template)} bytes, stamped {len(finished[0])} bytes"
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.pdf"
        quick = {
            "write": lambda turn: path.write_bytes(finished[turn % ACCOUNTS]),
            "stamp": lambda turn: stamper.stamp(latin[turn % ACCOUNTS]),
            "stamp, write": lambda turn: path.write_bytes(stamper.stamp(latin[turn % ACCOUNTS])),
            "stamp Chinese": lambda turn: stamper.stamp(chinese[turn % ACCOUNTS]),
        }
        times = ratios.medians(quick, turns)
    slow = {"WeasyPrint": lambda turn: compile_pdf(layout), "pypdf": lambda turn: filled_by_pypdf(finished[0], texts)}
    times |= ratios.medians(slow, 2)
    report += ["", ratios.table(times, "write"), "", ratios.table(times, "stamp")]
    for turn in range(ACCOUNTS):
        stamper.stamp(latin[turn])
    held = [ratios.held_memory()]
    for turn in range(2000):
        stamper.stamp(latin[turn % ACCOUNTS])
        if turn % 500 == 499:
            held.append(ratios.held_memory())
    report += ["", "memory held over 2,000 stamps, every 500: " + ", ".join(f"{kilobytes} KB" for kilobytes in held)]
    return "\n".join(report)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=200)
    parser.add_argument("--fonts", type=Path, default=Path(".cache/fonts"))
    options = parser.parse_args()
    print(measure(options.turns, options.fonts))


if __name__ == "__main__":
    main()
