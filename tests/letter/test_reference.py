"""The reference of letters names what there is."""

import re

from formwright.letter import model, rules
from formwright.letter.places import ASKED, PLACES
from letter_cases import FORMS, ROOT

PAGE = (ROOT / "docs" / "reference" / "letter.md").read_text("utf-8")


def test_the_example_is_one() -> None:
    text = PAGE.partition("```yaml\n")[2].partition("```")[0]
    assert model.load(text, "hello.yaml").checks[0].rule == "LET-1"


def test_every_place_and_rule_and_letter_is_there() -> None:
    table = PAGE.partition("## Places")[2].partition("## Rules")[0]
    named = re.findall(r"`([a-z_]+(?:\.[a-z]+)?)`", table)
    assert [name for name in PLACES if name not in named] == []
    assert [name for name in ASKED if f"`{name}`" not in PAGE] == []
    assert [name for name in rules.rules() if f"| {name} |" not in PAGE] == []
    assert [path.stem for path in FORMS.glob("*.yaml") if f"| `{path.stem}` |" not in PAGE] == []


def test_the_source_line_of_each_rule_is_that_of_the_code() -> None:
    for name, rule in rules.rules().items():
        assert f"| {name} | {rule.source} |" in PAGE
