"""How much more than pikepdf's own open and walk does reading a return cost, in one process?

    python tests/bench/read.py [FORM.pdf]

Without a file, a form of the size of the 46-item questionnaire is made: 12 pages, 445 widgets, every carrier.
open + walk   pikepdf opens the bytes and asks each field of /Fields, with its kids, for name, type and value
read          identify + extract of our reader, its tokens verified, one cell for each key
worker        the same through the child process, checks included
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import time
from collections.abc import Callable
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "generator"), str(ROOT / "tests")]

import pikepdf  # noqa: E402
from pikepdf import Array, Dictionary, Name, String  # noqa: E402

from formwright.intake.wire import SentPlace  # noqa: E402
from formwright.intake.worker import InProcess, Reading, Worker  # noqa: E402
from readers import handmade  # noqa: E402

ROUNDS = 40
_BLANKS = cycle((1, 2))


def sample() -> bytes:
    """Return a form of 250 lines, 60 ticks and 45 radio groups of three on 12 pages, all filled in."""
    pdf = pikepdf.new()
    for _ in range(12):
        pdf.add_blank_page(page_size=(612, 792)).obj.Annots = Array()
    drawn = pdf.make_stream(b"q Q", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    fields = Array()
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=fields, DA=String("/F 9 Tf")))
    count = 0

    def widget(**entries: Any) -> Any:
        nonlocal count
        home = pdf.pages[count % 12]
        count += 1
        common = {"Type": Name.Annot, "Subtype": Name.Widget, "F": 4, "Rect": [72, 72, 200, 90], "P": home.obj}
        made = pdf.make_indirect(Dictionary(**common, StructParent=count, TU=String(f"Question {count}"), **entries))
        home.obj.Annots.append(made)
        return made

    for number in range(250):
        name = String(f"item{number}:part")
        fields.append(widget(FT=Name.Tx, T=name, V=String(f"value {number}"), AP=Dictionary(N=drawn), Ff=0))
    for number in range(60):
        states = Dictionary(N=Dictionary(on=drawn, Off=drawn))
        fields.append(widget(FT=Name.Btn, T=String(f"tick{number}"), V=Name.on, AS=Name.on, AP=states))
    for number in range(45):
        group = pdf.make_indirect(Dictionary(FT=Name.Btn, Ff=49152, T=String(f"radio{number}"), V=Name.yes, Kids=[]))
        fields.append(group)
        for code in ("yes", "no", "na"):
            states = Dictionary(N=Dictionary({f"/{code}": drawn, "/Off": drawn}))
            group.Kids.append(widget(Parent=group, AS=Name.yes if code == "yes" else Name.Off, AP=states))
    handmade.carry(pdf, handmade.minted(), drawn)
    return handmade.saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def manifest(data: bytes) -> list[SentPlace]:
    """Return places for all fields of a form as it stands."""
    places: list[SentPlace] = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            name, kids = str(field.T), list(field.get("/Kids", []))
            kind = {"/Btn": "radio" if kids else "tick", "/Ch": "list"}.get(str(field.FT), "line")
            codes = [next(state[1:] for state in kid.AP.N if state != "/Off") for kid in kids] or [""]
            for code in codes:
                box = (72.0, 80.0, 200.0, 98.0)
                places.append(SentPlace(key=name.replace(":", "."), name=name, kind=kind, page=1, box=box, code=code))
    return places


def walk(data: bytes) -> int:
    """Open and walk with pikepdf alone."""
    with pikepdf.open(BytesIO(data)) as pdf:
        seen = []
        for field in pdf.Root.AcroForm.Fields:
            for node in (field, *field.get("/Kids", ())):
                seen.append((node.get("/T"), node.get("/FT"), node.get("/V")))
        return len(seen)


def read(reading: Reading, data: bytes, places: list[SentPlace]) -> int:
    """Identify and extract; the bytes differ from the last ones, as another file's would: a reader keeps the last."""
    fresh = data + b"\n" * next(_BLANKS)
    reading.identify("pdf", fresh)
    return len(reading.extract("pdf", fresh, places).cells)


def best(work: Callable[[], object]) -> float:
    """Return the shortest of ROUNDS times in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def main() -> None:
    data = Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else sample()
    places = manifest(data)
    inside = InProcess()
    plain = best(lambda: walk(data))
    ours = best(lambda: read(inside, data, places))
    with Worker() as worker:
        child = best(lambda: read(worker, data, places))
    print(f"{len(data) / 1000:.0f} kB, {len(places)} places; milliseconds, best of {ROUNDS}")
    print(f"open + walk by pikepdf   {plain:6.1f}   1.0")
    print(f"read in this process     {ours:6.1f}   {ours / plain:.1f}")
    print(f"read by the worker       {child:6.1f}   {child / plain:.1f}")
    if ours > 3 * plain:
        profile = cProfile.Profile()
        profile.runcall(read, InProcess(), data, places)
        pstats.Stats(profile).sort_stats("tottime").print_stats(15)


if __name__ == "__main__":
    main()
