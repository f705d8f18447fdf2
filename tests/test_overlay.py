"""Overlays: operations, their locks, and every fault at its operation."""

from __future__ import annotations

from pathlib import Path

import pytest

from form_cases import ON, SETTINGS, company, example, faults_of, operations, resolved, small, text, told
from formwright import definition, overlay, resolve
from formwright.errors import Fault, Faults
from formwright.form import Form

WHY = ", reason: It does not apply."


def codes(*lines: str) -> list[str]:
    """Return the codes of what is wrong with these operations, [] for nothing."""
    try:
        resolved(*lines)
    except Faults as found:
        return [fault.code for fault in found.faults]
    return []


def first(*lines: str, head: str = "") -> Fault:
    return faults_of(resolved, *lines, head=head)[0]


# lock of the small form's item -> operation -> what is said; every lock meets every operation
DROP, MOVE, REWORD, REQUIRE, WAIVE, PREFILL = (
    "drop: {0}",
    "move: {0}, section: trade",
    "reword: {0}, text: New words.",
    "require: {0}",
    "require: {0}, required: false",
    "prefill: {0}, value: known",
)
LOCKS = {
    ("free", "assists"): {DROP: [], MOVE: [], REWORD: [], REQUIRE: [], WAIVE: []},
    ("wording", "export_details"): {DROP: [], MOVE: [], REWORD: ["locked"], REQUIRE: [], WAIVE: [], PREFILL: []},
    ("reason", "proofs"): {
        DROP: ["reason_missing"],
        MOVE: ["reason_missing"],
        REWORD: ["reason_missing"],
        REQUIRE: ["reason_missing"],
        WAIVE: ["reason_missing"],
    },
    ("mandatory", "company"): {DROP: ["locked"], MOVE: [], REWORD: [], REQUIRE: [], WAIVE: ["locked"], PREFILL: []},
    ("fixed", "closing"): {
        DROP: ["locked"],
        MOVE: ["locked"],
        REWORD: ["locked"],
        REQUIRE: ["locked"],
        WAIVE: ["locked"],
        PREFILL: [],
    },
}


@pytest.mark.parametrize(
    ("lock", "item", "operation", "expected"),
    [(lock, item, op, said) for (lock, item), ops in LOCKS.items() for op, said in ops.items()],
)
def test_locks(lock: str, item: str, operation: str, expected: list[str]) -> None:
    assert next(one for one in small().items() if one.id == item).lock == lock
    assert codes(f"{{{operation.format(item)}}}") == expected
    if lock == "reason":
        assert codes(f"{{{operation.format(item)}{WHY}}}") == []


def test_a_forbidden_operation_names_item_rule_owner_and_place() -> None:
    assert str(first("drop: company")) == (
        'test.yaml:5:11, item "company": "company" may not be dropped: its lock, set by headquarters, is "mandatory" '
        "(it may be reworded or moved, never dropped). Take this operation out, or ask headquarters, who own the "
        "definition."
    )


def test_a_part_is_under_the_lock_of_its_item_too() -> None:
    locked = small(
        (
            "text: Assists above {share}%.\n        source: ours",
            "text: Up to {share}.\n        source: ours\n        lock: wording",
        )
    )
    with pytest.raises(Faults, match='the lock of "assists"'):
        resolved("drop: assists.tools", of=locked)
    assert codes("drop: assists.tools") == []


FAULTS = [
    ("drop: exprots", "unknown_item", 'Did you mean "exports"?'),
    ("{drop: assists.tools}", None, ""),
    ("{move: exports, after: nowhere}", "unknown_item", 'no item or part "nowhere"'),
    ("{move: exports, section: nowhere}", "unknown_section", "company_section, trade"),
    ("{move: exports, after: exports}", "no_place", "beside itself"),
    ("{move: assists.tools, section: trade}", "no_place", "stays within its item"),
    ("{move: certification, section: trade}", "locked", ""),
    ("{add: {id: company, kind: text, text: A}, after: exports}", "duplicate_id", "taken"),
    ("{add: {id: trade, kind: text, text: A}, after: exports}", "duplicate_id", "taken"),
    ("{add: {id: new, kind: text, text: A}, into: exports}", "unknown_item", "made of parts"),
    ("{parameter: share, value: [1]}", "parameter", "must be a text"),
    ("{parameter: share, value: ' '}", "unresolved_parameter", "Major share"),
    ("{prefill: proofs, value: [INV-1]}", "prefill", "cannot be prefilled"),
    ("{prefill: certification, value: {name: Ann Sample}}", "prefill", "cannot be prefilled"),
    ("{prefill: certification, path: contacts.primary}", "prefill", "cannot be prefilled"),
    ("{parameter: shore, value: x}", "unknown_parameter", 'Did you mean "share"?'),
    ("{parameter: invoices, value: INV-1}", "parameter", "must be a list"),
    ("{parameter: invoices, value: [{invoce: INV-1}]}", "parameter", 'Did you mean "invoice"?'),
    ("{parameter: invoices, value: [{invoice: 17}]}", "parameter", "numbers in quotes"),
    ("{prefill: company, path: nmae}", "unknown_path", 'Did you mean "name"?'),
    ("{prefill: exports, value: perhaps}", "prefill", "does not fit"),
    ("{prefill: officers, value: [{nmae: X}]}", "prefill", "there is no column 'nmae'"),
    ("{reword: assists, text: 'Above {shore}.'}", "unknown_parameter", 'Did you mean "share"?'),
    ("{add: {id: new, kind: text, text: 'See {ref:x}.'}, after: exports}", "unknown_reference", "not an item"),
    ("{add: {id: new, kind: text, text: A, show_when: 'closing == 1'}, after: exports}", "later_name", "only later"),
    ("{add: {id: new, kind: text, text: A, include_when: account.kind == 'XX'}, after: exports}", "unknown_code", "AM"),
    (
        "{add: {id: new, kind: text, text: A, include_when: account.kin == 'AM'}, after: exports}",
        "unknown_name",
        "kind",
    ),
]


@pytest.mark.parametrize(("line", "code", "words"), FAULTS)
def test_faults_stand_at_their_operation(line: str, code: str | None, words: str) -> None:
    if code is None:
        assert codes(line) == []
        return
    fault = first(line)
    assert (fault.code, fault.file, fault.line) == (code, "test.yaml", 5)
    assert words in str(fault)


NUMBERED = """\
      - id: suppliers
        kind: table
        text: "Suppliers from {param:share}% on."
        source: ours
        threshold: {column: share, least: "{share}"}
        columns:
          - {id: name, kind: text, text: Name}
          - {id: share, kind: percent, text: Share}
      - id: assists
"""


def test_words_for_a_parameter_that_must_be_a_number_are_refused() -> None:
    of = small(("      - id: assists\n", NUMBERED))
    (fault,) = faults_of(resolved, "{parameter: share, value: ten}", of=of)
    assert (fault.code, fault.file, fault.line, fault.item) == ("parameter", "test.yaml", 5, "share")
    assert "'ten' is no number" in fault.message
    assert fault.fix == "Write digits, such as 10."
    assert resolved("{parameter: share, value: 12.5}", of=of).parameters["share"] == "12.5"


def test_what_an_operation_breaks_is_told_at_the_operation() -> None:
    of = small(("      - id: assists\n", NUMBERED))
    (fault,) = faults_of(resolved, "{reword: suppliers, help: Please.}", "drop: suppliers.share", of=of)
    assert (fault.code, fault.file, fault.line, fault.item) == ("kind", "test.yaml", 6, "suppliers")
    (fault,) = faults_of(resolved, "{add: {id: count, kind: integer}, into: suppliers}", of=of)
    assert (fault.file, fault.line) == ("test.yaml", 5)
    (fault,) = faults_of(resolved, "{require: company}", "{move: export_details, before: exports}")
    assert (fault.code, fault.file, fault.line) == ("later_name", "test.yaml", 6)
    (fault,) = faults_of(resolved, "{move: exports, after: assists}")
    assert (fault.code, fault.file, fault.line) == ("later_name", "test.yaml", 5)


def test_provenance_says_from_where_an_overlay_prefills() -> None:
    made = resolved("{prefill: closing, path: name}")
    assert made.provenance["closing"] == ("prefilled by overlay test from name in the profile",)


def test_all_faults_of_an_overlay_are_told_at_once() -> None:
    faults = faults_of(resolved, "drop: company", "drop: nothing", "{reword: export_details, text: New.}")
    assert told(faults) == [("locked", 5, "company"), ("unknown_item", 6, "nothing"), ("locked", 7, "export_details")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("dorp: exports", "no verb"),
        ("{drop: a, move: b}", "this operation has several verbs"),
        ("drop", "a mapping"),
        ("{move: exports}", "Write one of after"),
        ("{move: exports, after: a, before: b}", "after and before are given"),
        ("{reword: exports}", "no new words"),
        ("{reword: exports, text: ''}", "the new text is empty"),
        ("{reword: exports, text: {en: A, es: ' '}}", "the new text is empty"),
        ("{prefill: exports}", "Give `value` or `path`"),
        ("{prefill: exports, value: a, path: name}", "once"),
        ("{drop: exports, reson: x}", 'Did you mean "reason"?'),
        ("{add: {id: x, kind: txt}, after: y}", 'Did you mean "text"?'),
    ],
)
def test_an_operation_that_cannot_be_read_is_located(line: str, words: str) -> None:
    (fault,) = faults_of(operations, line)
    assert (fault.file, fault.line) == ("test.yaml", 5)
    assert words in str(fault)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ('base: {id: other, version: "1.0"}', "other_base"),
        ('base: {id: small, version: "0.9"}', "other_version"),
        ('base: {id: small, version: "1.0", fingerprint: abc}', "changed_base"),
        ('base: {id: small, version: "1.0"}\naccount: somebody', "other_account"),
        ("base: {id: small, version: 1.0}", "unquoted"),
    ],
)
def test_the_base_is_pinned(head: str, code: str) -> None:
    def pinned() -> Form:
        made = overlay.load(f"id: test\n{head}\noperations: []\n", "test.yaml")
        return resolve.resolve(small(), company(), made, issued_on=ON, settings=SETTINGS)

    assert code in [fault.code for fault in faults_of(pinned)]


def test_a_good_fingerprint_pins_the_base() -> None:
    head = f'id: test\nbase: {{id: small, version: "1.0", fingerprint: {resolve.fingerprint_of(small())}}}\n'
    made = overlay.load(f"{head}operations:\n  - parameter: invoices\n    value: [A, B]\n", "test.yaml")
    assert resolve.resolve(small(), company(), made, issued_on=ON, settings=SETTINGS).overlay == "test"


NEEDED = [
    ("drop: exports", "exports", "export_details"),  # a reference and a condition
]


@pytest.mark.parametrize(("line", "dropped", "needs"), NEEDED)
def test_what_others_refer_to_cannot_be_dropped_alone(line: str, dropped: str, needs: str) -> None:
    faults = faults_of(resolved, line)
    assert {fault.code for fault in faults} == {"still_needed"}
    assert f'Drop or reword "{needs}" as well, or keep "{dropped}".' in str(faults[0])
    assert (faults[0].file, faults[0].line, faults[0].item) == ("test.yaml", 5, dropped)
    assert codes(line, "drop: export_details") == []


def test_c4_and_c5_hold_c3_in_the_shipped_questionnaire() -> None:
    path = Path(__file__).resolve().parents[1] / "forms" / "questionnaires" / "account_management.yaml"
    shipped = definition.load(path.read_bytes(), "account_management.yaml")
    head = f'id: t\nbase: {{id: account_management, version: "{shipped.version}"}}\noperations:\n'
    made = overlay.load(head + "  - drop: acquisition\n", "t.yaml")
    faults = faults_of(resolve.resolve, shipped, company(), made, issued_on=ON, settings=SETTINGS)
    assert {fault.code for fault in faults} == {"still_needed"}
    said = "\n".join(map(str, faults))
    assert '"responsible_individuals" refers to "acquisition"' in said
    assert '"ledger_links.accounts" refers to "acquisition"' in said


def test_a_reworded_reference_lets_go() -> None:
    free = small(("lock: wording", "lock: free"), ('        show_when: exports == "yes"\n', ""))
    made = resolved("drop: exports", "{reword: export_details, text: Describe exports.}", of=free)
    assert "exports" not in [question.kind.id for question in made.questions()]


def test_the_sample_of_the_docs_loads() -> None:
    assert overlay.load(text("small_overlay"), "for_example.yaml").account == "example_co"
    assert [type(one).__name__ for one in overlay.load(example("overlay"), "lantern_loom.yaml").operations] == [
        "SetParameter",
        "Drop",
        "Add",
        "Reword",
    ]
