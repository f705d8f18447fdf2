"""Letters and plans as Word files against docxtpl in a loop, which fills the same document: `./run bench papers`.

A letter is compiled once and stamped: every turn stamps another of twenty. A plan is another document for each account,
so a turn goes from the layout to the file; its twenty plans differ in every date, the timeline too, while docxtpl fills
one template, whose timeline stays as it is. What goes before (conditions, rules, layout) and a letter as a PDF, which
is set anew for each, are told beside it.
"""

from __future__ import annotations

import argparse
import gc
import io
import re
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import ratios
from word import check, rendered

from formwright import account as accounts
from formwright import settings
from formwright.fingerprint import fingerprint
from formwright.layout import Layout, Stamp
from formwright.letter import model
from formwright.letter.compose import compose
from formwright.letter.lower import lower
from formwright.letter.situation import Situation
from formwright.plan import definition as definitions
from formwright.plan import lower as lowering
from formwright.plan import model as plans
from formwright.plan.case import Case
from formwright.plan.checklist import checklist
from formwright.writers.docx.compile import compile as compile_docx
from formwright.writers.docx.press import Press as WordPress
from formwright.writers.docx.stamp import Stamper
from formwright.writers.pdf.press import Press as PdfPress

ROOT = Path(__file__).resolve().parents[2]
WORKSPACE = ROOT / "samples" / "workspace"
FORM = ROOT / "forms" / "plans" / "account_action_plan.yaml"
ACCOUNTS = ("harborlight", "tidewater_brokers", "lantern_loom")
ISSUES, SLOW_TURNS = 20, 5
FASTER, PLAN_FASTER = 50.0, 20.0
"""Times faster than docxtpl in a loop: issue 3, "Shown by" 5."""
FILES, WARM, HELD = 2_000, 200, 4.0
"""Plans made one after the other, and by how many megabytes memory may grow after the first of them."""
_TEXT = re.compile(r"(<w:t[^>]*>)([^<]+)(</w:t>)")
_DUE = re.compile(r"(due: )([0-9-]{10})")


def loops(jobs: Mapping[str, ratios.Job], turns: int) -> dict[str, float]:
    """Return the median seconds of each job, each in a loop of its own, as one who sends many has it."""
    return {name: ratios.medians({name: job}, turns)[name] for name, job in jobs.items()}


# ---- letters ------------------------------------------------------------------------------------


def situation() -> Situation:
    """Return the introduction to a sample account."""
    path = ROOT / "forms" / "letters" / "introduction.yaml"
    profile = WORKSPACE / "accounts" / "lantern_loom.yaml"
    return Situation(
        letter=model.load(path.read_bytes(), path.name),
        account=accounts.load(profile.read_bytes(), profile.name),
        settings=settings.load((WORKSPACE / "formwright.toml").read_bytes(), "formwright.toml"),
        on=date(2027, 1, 11),
    )


def stamp(values: Mapping[str, str], turn: int) -> Stamp:
    """Return one of twenty issues of these values."""
    issue = f"L-2027-{turn % ISSUES:04d}"
    tokens = tuple(f"{issue}:K1:00{page}:ABCDEFGHIJKLMNOP" for page in (0, 1))
    made = {**values, "issue": issue} if values and "{{" not in values["date"] else values
    return Stamp(values=made, tokens=tokens, foot=f"Issue {issue}", sample=True)


def time_letter(turns: int, targets: ratios.Targets) -> None:
    """Print the table of a letter."""
    now = situation()
    layout, values = lower(compose(now))
    texts = {name: str(value) for name, value in {**values, "issue": "L-2027-0001"}.items()}
    with tempfile.TemporaryDirectory() as folder:
        ready = WordPress(Path(folder), None).paper(layout, texts)
        fields = {name: f"v{number}" for number, name in enumerate(texts)}
        source = ready.stamp(stamp({name: f"{{{{ {field} }}}}" for name, field in fields.items()}, 0), {})
        given = {fields[name]: text for name, text in texts.items()}
        check(rendered(source, given), given)
        path = Path(folder) / "out.docx"
        finished = ready.stamp(stamp(texts, 0), {})
        press = PdfPress(Path(folder), None)
        quick = {
            "write": lambda turn: path.write_bytes(finished),
            "stamp in memory": lambda turn: ready.stamp(stamp(texts, turn), {}),
            "from the YAML on": lambda turn: lower(compose(replace(now, reason=str(turn)))),
        }
        slow = {
            "docxtpl": lambda turn: rendered(source, given),
            "PDF, set anew": lambda turn: press.paper(layout, texts).stamp(stamp(texts, turn), {}),
        }
        times = loops(quick, turns) | loops(slow, SLOW_TURNS)
    print(f"letter, introduction: {len(texts)} values, {len(finished)} bytes")
    print(ratios.table(times, "write"))
    found = times["docxtpl"] / times["stamp in memory"]
    targets.at_least("letter in memory against docxtpl", found, FASTER, job=quick["stamp in memory"])
    whole = times["docxtpl"] / (times["stamp in memory"] + times["from the YAML on"])
    print(f"told    with conditions, places and rules: {whole:.0f} times faster than docxtpl\n")


# ---- plans --------------------------------------------------------------------------------------


def planned(name: str) -> list[Case]:
    """Return an account's plan twenty times, each with all days of it a day later."""
    definition = definitions.load(FORM.read_bytes(), FORM.name)
    account = accounts.load((WORKSPACE / "accounts" / f"{name}.yaml").read_bytes(), name)
    text = (WORKSPACE / "plans" / f"{name}.yaml").read_text(encoding="utf-8")
    cases = []
    for turn in range(ISSUES):
        later = _DUE.sub(lambda due, turn=turn: due[1] + str(date.fromisoformat(due[2]) + timedelta(turn)), text)
        plan = plans.load(later.encode(), name)
        cases.append(Case(definition, plan, account, checklist(definition, plan)))
    return cases


def written(layout: Layout, turn: int) -> bytes:
    """Return the Word file of a plan that nobody has seen before."""
    return Stamper(compile_docx(layout), once=True).stamp(stamp({}, turn))


def template(finished: bytes) -> tuple[bytes, dict[str, str]]:
    """Return a plan with a place of docxtpl's for each text that is not in the definition (marks of the checklist,
    what the account and its plan say, the timeline's words), and what goes there."""
    texts: dict[str, str] = {}
    wording = " ".join(FORM.read_text(encoding="utf-8").split())

    def place(found: re.Match[str]) -> str:
        if found[2].strip() in wording:
            return found[0]
        texts[f"v{len(texts)}"] = found[2].replace("&amp;", "&")
        return f"{found[1]}{{{{ v{len(texts) - 1} }}}}{found[3]}"

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(finished)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                data = _TEXT.sub(place, data.decode()).encode()
            target.writestr(entry.filename, data)
    return out.getvalue(), texts


def time_plan(name: str, turns: int, targets: ratios.Targets) -> None:
    """Print the table of one account's plan."""
    cases = planned(name)
    layouts = [lowering.lower(case) for case in cases]
    source, texts = template(written(layouts[0], 0))
    check(rendered(source, texts), texts)
    finished = written(layouts[0], 0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.docx"
        quick = {
            "write": lambda turn: path.write_bytes(finished),
            "layout to file": lambda turn: written(layouts[turn % ISSUES], turn),
            "rules to layout": lambda turn: lowering.lower(cases[turn % ISSUES]),
            "fingerprint": lambda turn: fingerprint(layouts[turn % ISSUES]),
        }
        times = loops(quick, turns)
    times |= loops({"docxtpl": lambda turn: rendered(source, texts)}, 2 * SLOW_TURNS)
    print(f"plan of {name}: {len(texts)} texts of its own, {len(finished)} bytes")
    print(ratios.table(times, "write"))
    found = times["docxtpl"] / times["layout to file"]
    targets.at_least("plan in memory against docxtpl", found, PLAN_FASTER, job=quick["layout to file"])
    whole = times["docxtpl"] / sum(times[part] for part in ("layout to file", "rules to layout", "fingerprint"))
    print(f"told    with layout and fingerprint: {whole:.0f} times faster than docxtpl\n")


def grown() -> float:
    """Make 2,000 plans; return by how many megabytes what is held grew after the first 200."""
    layouts = [lowering.lower(case) for name in ACCOUNTS for case in planned(name)]
    held = 0
    for turn in range(FILES):
        if turn == WARM:
            gc.collect()
            held = ratios.held_memory()
        written(layouts[turn % len(layouts)], turn)
    gc.collect()
    return (ratios.held_memory() - held) / 1024


def main() -> int:
    """Print the report; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=100)
    parser.add_argument("--profile", action="store_true", help="show where the time of a missed target went")
    options = parser.parse_args()
    targets = ratios.Targets(options.profile)
    time_letter(options.turns, targets)
    for name in ACCOUNTS:
        time_plan(name, options.turns, targets)
    targets.at_most(f"memory over {FILES} plans", grown(), HELD, "MB more")
    return targets.exit_code


if __name__ == "__main__":
    sys.exit(main())
