"""Lowering: page 1, sections, questions, conditions in words, and the law that a layout has no account data."""

from __future__ import annotations

import dataclasses

import pytest

from form_cases import company, groups, resolved, small
from formwright import layout
from formwright.errors import Faults
from formwright.layout import Figure, Group, Layout, Note
from formwright.lower import Facts, Lowered, lower

FACTS = Facts(prepared_for="Example Company, Inc.", return_by="February 26, 2027", contact="Dana Example, 555-0134")
OTHER = (
    ("name: Example Company, Inc.", "name: Zebra-Name Trading Ltd."),
    ("id: example_co", "id: zebra_co"),
    ("{id: ann, name: Ann Sample, title: President}", "{id: z1, name: Zebra One, title: Zebra-Title}"),
    ("{id: bo, name: Bo Specimen, title: Treasurer}", "{id: z2, name: Zebra Two, title: Zebra-Other}"),
)


def lowered(*lines: str, facts: Facts = FACTS, **more: object) -> Lowered:
    return lower(resolved(*lines, **more), facts)


def of_role(made: Layout, role: str) -> list[Group]:
    return [group for group in groups(made.blocks) if group.role == role]


def words(runs: layout.Runs) -> str:
    return "".join(run.text for run in runs)


def test_page_one() -> None:
    made = lowered().layout
    assert [block.role if isinstance(block, Group) else type(block).__name__ for block in made.blocks] == [
        "masthead", "facts", "side", "side", "section", "section", "certification",
    ]  # fmt: skip
    facts = of_role(made, "facts")[0]
    lines = list(layout.controls(facts))
    assert [(line.key, line.label, line.fixed) for line in lines] == [
        ("form.prepared_for", "Prepared for", True),
        ("form.return_by", "Please return by", True),
        ("form.contact", "Your account manager", True),
    ]
    figure = of_role(made, "side")[1].blocks[0]
    assert isinstance(figure, Figure)
    assert (figure.specimen, figure.caption) == ("Example Company, Inc.", "What we know looks like this")
    assert made.foot == "Small Questionnaire, version 1.0"
    assert made.words["page"] == "Page {n} of {m}"
    assert made.words["continued"] == "continued on sheet {n}"


def test_a_contact_that_nobody_gave_has_no_label() -> None:
    made = lowered(facts=Facts(prepared_for="Example Company, Inc.", return_by="February 26, 2027"))
    facts = of_role(made.layout, "facts")[0]
    assert [line.key for line in layout.controls(facts)] == ["form.prepared_for", "form.return_by"]
    assert "form.contact" not in made.values


def test_facts_are_given_cells_with_values() -> None:
    made = lowered()
    given = [cell for cell in made.cells if cell.item == "form"]
    assert [(cell.key, cell.role, cell.prefill) for cell in given] == [
        ("form.prepared_for", "given", "Example Company, Inc."),
        ("form.return_by", "given", "February 26, 2027"),
        ("form.contact", "given", "Dana Example, 555-0134"),
    ]
    assert made.values["form.prepared_for"] == "Example Company, Inc."


def test_notices_print_only_what_is_given() -> None:
    assert lowered().layout.notices == ()
    assert not [block for block in lowered().layout.blocks if isinstance(block, Note)]
    full = small(
        (
            "numbering: source",
            'notices: {omb_number: "0000-0000", expiry: 12/31/2029, form_number: Form 0, burden: One hour.}',
        )
    )
    made = lowered(of=full).layout
    assert made.notices == ("Form 0", "OMB number 0000-0000", "Expires 12/31/2029")
    assert [words(block.runs) for block in made.blocks if isinstance(block, Note)] == ["One hour."]


def test_sections_and_questions() -> None:
    made = lowered().layout
    first, second = of_role(made, "section")
    assert (first.number, first.title, first.where) == ("A", "The company", "Section A: The company")
    assert (words(first.runs), first.anchor) == ("Please review.", "company_section")
    items = of_role(made, "item")
    assert [group.number for group in items] == ["A.1", "A.2", "B.1", "B.2", "B.4", "B.5", "B.6"]
    assert words(items[3].runs) == "Describe the exports of B.1."
    assert words(items[3].help) == "Answer only if B.1 is Yes."
    assert second.title == "Trade"


def test_cells_know_number_prefill_condition_and_tick() -> None:
    cells = {cell.key: cell for cell in lowered().cells}
    assert cells["company"].name == "A.1, Full legal name."
    assert (cells["company"].prefill, cells["company"].confirm) == ("Example Company, Inc.", "company_confirm")
    assert cells["export_details"].when == ('exports == "yes"',)
    assert cells["officers.r1.name"].prefill == "Ann Sample"
    assert cells["officers.r3.name"].prefill is None
    assert lowered().rows == {"officers.r1": "ann", "officers.r2": "bo"}
    assert "port_question" not in cells


def test_names_and_keys_are_unique_and_every_control_has_a_cell() -> None:
    made = lowered()
    controls = list(layout.controls(made.layout.blocks))
    assert sorted(control.key for control in controls) == sorted(cell.key for cell in made.cells)
    assert len({control.key for control in controls}) == len(controls)
    assert len({control.name for control in controls}) == len(controls)
    assert set(made.values) <= {cell.key for cell in made.cells}


def test_a_clash_of_keys_names_both() -> None:
    made = resolved()
    doubled = made.model_copy(update={"sections": (made.sections[0], *made.sections)})
    with pytest.raises(Faults) as caught:
        lower(doubled, FACTS)
    assert caught.value.faults[0].message == (
        'the key "company" belongs to two places: "A.1, Full legal name." and "A.1, Full legal name. (2)".'
    )


def test_two_accounts_of_the_same_shape_have_equal_layouts() -> None:
    other = Facts(prepared_for="Zebra-Name Trading Ltd.", return_by="March 1, 2027", contact="Zebra Contact")
    one, two = lowered(), lowered(to=company(*OTHER), facts=other)
    assert one.layout == two.layout
    assert one.values != two.values
    assert [dataclasses.replace(cell, prefill=None) for cell in one.cells] == [
        dataclasses.replace(cell, prefill=None) for cell in two.cells
    ]


def test_no_account_text_is_in_a_layout() -> None:
    other = Facts(prepared_for="Zebra-Name Trading Ltd.", return_by="Zebra-Day", contact="Zebra Contact")
    made = lowered("{parameter: invoices, value: [Zebra-1, Zebra-2]}", to=company(*OTHER), facts=other)
    assert "zebra" not in repr(made.layout).casefold()
    told = [value for value in made.values.values() if isinstance(value, str) and "Zebra" in value]
    assert len(told) == 10  # three facts, the name, two officers with titles, two invoices


def test_another_shape_has_another_layout() -> None:
    assert lowered().layout != lowered("{parameter: invoices, value: [A, B, C]}").layout
    assert lowered().layout != lowered("{parameter: share, value: '15'}").layout


def test_a_tall_question_may_break() -> None:
    assert [group.number for group in of_role(lowered().layout, "item") if group.long] == []
    tall = small(("        spare: 2\n", "        spare: 30\n"))
    assert [group.number for group in of_role(lowered(of=tall).layout, "item") if group.long] == ["A.2"]
