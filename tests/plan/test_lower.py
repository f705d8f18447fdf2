"""A plan as a document: its parts, its order, its marks, and nothing said twice."""

from __future__ import annotations

from collections.abc import Iterator

from formwright.layout import Block, Contents, Figure, Grid, Group, Heading, Layout, Mark, Para, Run, controls
from formwright.plan.lower import lower
from plans import ACCOUNT, GOOD, case, changed


def words(node: object) -> str:
    """Return the text of runs or of a block's paragraphs."""
    if isinstance(node, Group):
        return " ".join(filter(None, (node.title, *map(words, node.blocks))))
    runs = node.runs if isinstance(node, Para) else node
    return "".join(run.text for run in runs if isinstance(run, Run)) if isinstance(runs, tuple) else ""


def group(layout: Layout, anchor: str) -> Group:
    """Return the part with an anchor."""
    return next(block for block in layout.blocks if isinstance(block, Group) and block.anchor == anchor)


def grids(blocks: tuple[Block, ...]) -> Iterator[Grid]:
    """Yield the grids below blocks, in order."""
    for block in blocks:
        if isinstance(block, Grid):
            yield block
        elif isinstance(block, Group):
            yield from grids(block.blocks)


def cover(layout: Layout) -> list[str]:
    """Return the side heads of the cover sheet with what they say."""
    (sheet,) = (block for block in layout.blocks if isinstance(block, Group) and block.role == "cover")
    return [words(side) for side in sheet.blocks]


def test_the_parts_stand_in_the_order_of_the_source_and_in_the_contents() -> None:
    layout = lower(case())
    parts = [block.title for block in layout.blocks if isinstance(block, Group) and block.role in {"section", "next"}]
    assert parts == ["Checklist", "Account Background and Structure", "Scope of Plan", "Project List", "Approval"]
    assert any(isinstance(block, Group) and block.blocks == (Contents(),) for block in layout.blocks)
    assert list(controls(layout.blocks)) == []


def test_plan_2_the_cover_sheet_of_an_account_manager() -> None:
    assert cover(lower(case())) == [
        "Address 1 Sample Street Sampleton, DC 00000",
        "Account Manager Dana Sample 555-0134",
        "Account contact Lee Sample, President 555-0101",
        "Period covered February 1, 2027, to January 31, 2028",
        "Date of plan January 29, 2027",
        "Distribution Northwind Sample Co. Affected ports: Sampleton and Mockhaven National Account Services Center "
        "OST International Trade Officer",
    ]


def test_plan_2_and_12_a_port_account_team_has_a_port_and_its_tcpo_approves() -> None:
    layout = lower(case(GOOD, changed("kind: AM", "kind: PAT", ACCOUNT) + "port: Sampleton\n"))
    assert cover(layout)[1:3] == ["Port Sampleton", "Port Account Team Dana Sample 555-0134"]
    (signers,) = group(layout, "approval").blocks
    assert isinstance(signers, Group)
    assert [words(line) for line in signers.blocks] == [
        "For Northwind Sample Co.Name, title, date",
        "Port Account TeamName, title, date",
        "TCPOName, title, date",
    ]


def test_plan_12_an_account_manager_signs_alone_for_customs() -> None:
    (signers,) = group(lower(case()), "approval").blocks
    assert isinstance(signers, Group)
    assert [words(line) for line in signers.blocks] == [
        "For Northwind Sample Co.Name, title, date",
        "Account ManagerName, title, date",
    ]


def test_plan_13_who_gets_a_copy_follows_from_profile_and_plan() -> None:
    plan = GOOD + "special_exams: true\ndistribution: [Port of Example, National Account Services Center]\n"
    account = changed("figures: {pfi: lamps}", "figures: {}", changed("[{id: one, name: Sampleton}, ", "[", ACCOUNT))
    assert case(plan, account).distribution() == (
        "Northwind Sample Co.",
        "Affected port: Mockhaven",
        "National Account Services Center",
        "Director of Strategic OAS, New York",
        "Port of Example",
    )


def test_plan_3_each_row_has_one_mark_and_each_reason_stands_once() -> None:
    part = group(lower(case()), "checklist")
    every = list(grids(part.blocks))
    assert [(grid.number, grid.row_title) for grid in every[:3]] == [
        ("1.", "Compliance Items"),
        ("2.", "Business Items"),
        ("3.", "Items Requested by Account"),
    ]
    said = {"Checked": True, "Not checked": False}
    for row in (row for grid in every[:3] for row in grid.rows):
        marks = [mark for cell in row.cells for mark in cell if isinstance(mark, Mark)]
        assert [mark.checked for mark in marks].count(True) == 1
        assert [mark.checked for mark in marks] == [said[mark.alternative] for mark in marks]
        assert marks[0].checked == (row.id in {"classification", "ach"})
    assert [(row.head, words(row.cells[0])) for row in every[3].rows] == [
        ("1.B, 1.E, 1.F, 1.G, 1.H, 1.I, 1.J", "No problems."),
        ("1.C Quota/Visa, 1.D ADD/CVD", "No such merchandise."),
        ("1.K Other, 2.H Other", "No other item was identified."),
        ("2.A, 2.C, 2.D, 2.E, 2.F, 2.G", "In use."),
        ("3.1 Faster rulings", "Answered at the meeting."),
    ]


def test_plan_3_an_open_item_says_what_it_is() -> None:
    other = changed(
        "compliance_else: {answer: na, reason: No other item was identified.}",
        "compliance_else: {answer: yes, text: Marking of rope}",
    )
    compliance = next(grids(group(lower(case(other)), "checklist").blocks))
    assert [row.head for row in compliance.rows if row.number == "K."] == ["Other *: Marking of rope"]


def test_many_items_that_the_account_asked_for_stand_below_both_lists() -> None:
    line = GOOD[GOOD.index("  - {id: rulings") : GOOD.index("background:")]
    several = "".join(line.replace("rulings", f"more_{at}") for at in range(5))
    part = group(lower(case(GOOD.replace(line, line + several))), "checklist")
    pair, below = part.blocks[:2]
    assert isinstance(pair, Group)
    assert isinstance(below, Grid)
    assert (len(pair.blocks), below.number, len(below.rows)) == (2, "3.", 6)


def test_plan_4_projects_stand_by_priority_and_in_the_order_of_the_checklist() -> None:
    wanted = (("later", "ach", "high"), ("first", "classification", "medium"), ("none", "x", "high"))
    more = "".join(
        f"  - {{id: {id}, title: {id.title()}, items: [{item}], goal: G, priority: {priority}}}\n"
        for id, item, priority in wanted
    )
    told = [
        (grid.name, [(row.number, words(row.cells[0])) for row in grid.rows if row.kind == "project"])
        for grid in grids(group(lower(case(GOOD + more)), "projects").blocks)
    ]
    assert told == [
        ("High priority", [("P1", "Classify lamps"), ("P2", "Later"), ("P3", "None")]),
        ("Medium priority", [("P4", "First")]),
        ("Low priority", [("P5", "Pay duties by ACH")]),
    ]


def test_plan_5_a_project_is_printed_with_goal_steps_owner_dates_and_follow_up_last() -> None:
    high = next(grids(group(lower(case()), "projects").blocks))
    assert [(row.kind, row.number, [words(cell) for cell in row.cells]) for row in high.rows] == [
        ("project", "P1", ["Classify lamps", "1.A Classification", "Goal: One classification for each lamp."]),
        ("step", "1", ["Send samples.", "Account, L. Sample", "Mar 5, 2027"]),
        ("step", "2", ["Review them.", "Customs, D. Sample", "Apr 9, 2027"]),
        ("followup", "", ["Follow-up. Evaluation of 25 entries.", "Customs", "Sep 24, 2027"]),
    ]


def test_plan_10_a_project_from_the_improvement_plan_says_so() -> None:
    layout = lower(case(changed("    priority: high\n", "    priority: high\n    source: CIP item 4\n")))
    high = next(grids(group(layout, "projects").blocks))
    assert words(high.rows[0].cells[2]) == "Goal: One classification for each lamp. From: CIP item 4."


def test_plan_7_what_a_paragraph_names_is_not_repeated_in_the_table() -> None:
    part = group(lower(case()), "background")
    assert words(part.blocks[0]) == (
        "Northwind Sample Co., established in 1961, imports lamps. Its major businesses: importer. "
        "Chief imports: lamps."
    )
    (table,) = grids(part.blocks)
    heads = [row.head for row in table.rows]
    assert "Rank by value" in heads
    assert "Established" not in heads
    assert len(heads) == 16 - 7


def test_plan_7_own_paragraphs_take_the_place_of_those_of_the_definition() -> None:
    own = changed("background:\n", "background:\n  paragraphs: ['Rank {rank} of *379*.']\n")
    part = group(lower(case(own)), "background")
    assert isinstance(part.blocks[0], Para)
    assert part.blocks[0].runs == (Run("Rank 214 of "), Run("379", "emphasis"), Run("."))
    (table,) = grids(part.blocks)
    assert (len(table.rows), "Rank by value" in [row.head for row in table.rows]) == (15, False)


def test_what_is_filled_in_is_never_read_as_marks_or_placeholders() -> None:
    part = group(lower(case(changed("established: 1961", "established: '*1961* {rank}'"))), "background")
    assert isinstance(part.blocks[0], Para)
    assert part.blocks[0].runs[0].text.startswith("Northwind Sample Co., established in *1961* {rank}, imports")


def test_plan_8_and_9_the_scope_says_objectives_discovery_and_who_is_responsible() -> None:
    scope = group(lower(case()), "scope")
    assert [words(block) for block in scope.blocks] == [
        "The compliance objectives are to classify lamps alike. The problems were found by compliance measurement and "
        "by the Account Manager’s evaluation. The business objectives are payment by ACH.",
        "Under the Customs Modernization Act the importer, not Customs, is responsible for exercising reasonable care. "
        "Customs will help the account to find solutions.",
    ]


def test_the_reasons_have_a_heading_and_the_timeline_stands_before_the_tables() -> None:
    layout = lower(case())
    assert any(isinstance(block, Heading) for block in group(layout, "checklist").blocks)
    assert [type(block) for block in group(layout, "projects").blocks] == [Figure, Grid, Grid]
