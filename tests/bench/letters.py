"""Letters as Word files against docxtpl in a loop, which fills the same document: `./run bench letters`.

Every turn stamps another of twenty letters. What a letter costs from its YAML on (conditions, places, rules, layout),
and as a PDF, which is set anew for each, is told beside it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import ratios
from word import check, rendered

from formwright import account as accounts
from formwright import settings
from formwright.layout import Stamp
from formwright.letter import model
from formwright.letter.compose import compose
from formwright.letter.lower import lower
from formwright.letter.situation import Situation
from formwright.writers.docx.press import Press as WordPress
from formwright.writers.pdf.press import Press as PdfPress

ROOT = Path(__file__).resolve().parents[2]
WORKSPACE = ROOT / "samples" / "workspace"
ISSUES, SLOW_TURNS = 20, 3
FASTER = 50.0
"""Times faster than docxtpl in a loop: issue 3, "Shown by" 5."""


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
    made = {**values, "issue": issue} if "{{" not in values["date"] else values
    return Stamp(values=made, tokens=tokens, foot=f"Issue {issue}", sample=True)


def main() -> int:
    """Print the report; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=100)
    parser.add_argument("--profile", action="store_true", help="show where the time of a missed target went")
    options = parser.parse_args()
    targets, now = ratios.Targets(options.profile), situation()
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
        times = ratios.medians(quick, options.turns)
        slow = {
            "docxtpl": lambda turn: rendered(source, given),
            "PDF, set anew": lambda turn: press.paper(layout, texts).stamp(stamp(texts, turn), {}),
        }
        times |= ratios.medians(slow, SLOW_TURNS)
    print(f"introduction: {len(texts)} values, {len(finished)} bytes")
    print(ratios.table(times, "write"))
    found = times["docxtpl"] / times["stamp in memory"]
    targets.at_least("letter in memory against docxtpl", found, FASTER, job=quick["stamp in memory"])
    whole = times["docxtpl"] / (times["stamp in memory"] + times["from the YAML on"])
    print(f"told    with conditions, places and rules: {whole:.0f} times faster than docxtpl")
    return targets.exit_code


if __name__ == "__main__":
    sys.exit(main())
