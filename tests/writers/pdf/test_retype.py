"""What the fields of a compiled PDF must be.

R1  fields, widgets, reading order, tab order and plan follow the order of the layout.
R2  each control has its kind of field: names, states, flags, limits, options.
"""

from __future__ import annotations

import io
import itertools

import pikepdf
import pytest
from pikepdf import Name

import layouts
import tagged
from formwright.layout import Control, Line, OneOf, controls
from formwright.writers.pdf import Compiled, compile
from writers.pdf.compiled import field_named, one_question, plan_of

# ---- R1 order -----------------------------------------------------------------------------------


def widgets_of(control: Control) -> list[str]:
    name = control.key.replace(".", ":")
    ticks = not (isinstance(control, OneOf) and control.style == "list") and hasattr(control, "options")
    return [f"{name}#{option.code}" for option in control.options] if ticks else [name]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["sample", "stress"])
def test_order_of_tabs_is_the_order_of_the_layout(name: str, request: pytest.FixtureRequest) -> None:
    asked = list(itertools.chain.from_iterable(map(widgets_of, controls(getattr(layouts, name)().blocks))))
    with pikepdf.open(io.BytesIO(request.getfixturevalue(name).template)) as pdf:
        found = [tagged.widget_name(widget) for widget in tagged.page_widgets(pdf)]
    assert [key for key in found if not key.startswith("form:sheet")] == asked


def test_plan_holds_all_fields_in_order(sample: Compiled) -> None:
    keys = list(dict.fromkeys(plan.key for plan in sample.fields))
    asked = [control.key for control in controls(layouts.sample().blocks)]
    assert keys == [*asked, "form.sheet1.title", "form.sheet1.text", "form.token"]


# ---- R2 fields ----------------------------------------------------------------------------------


def test_radio_is_one_field_with_codes_as_states(pdf: pikepdf.Pdf) -> None:
    group = field_named(pdf, "legal_form")
    assert (group.FT, int(group.Ff), group.V) == (Name.Btn, 49152, Name.Off)
    assert [sorted(kid.AP.N.keys()) for kid in group.Kids] == [["/Off", "/corp"], ["/Off", "/llc"], ["/Off", "/other"]]
    assert all("/T" not in kid and Name.Off == kid.AS and kid.Parent.objgen == group.objgen for kid in group.Kids)


def test_many_of_is_a_tick_for_each_option(pdf: pikepdf.Pdf, sample: Compiled) -> None:
    tick = field_named(pdf, "programs#gsp")
    assert (tick.FT, tick.V, tick.AS, sorted(tick.AP.N.keys())) == (Name.Btn, Name.Off, Name.Off, ["/Off", "/gsp"])
    codes = [plan.widgets[0].code for plan in sample.fields if plan.key == "programs"]
    assert codes == ["drawback", "ftz", "gsp", "bonded", "agoa", "tib"]


def test_tick_has_the_state_on(pdf: pikepdf.Pdf) -> None:
    assert sorted(field_named(pdf, "company_confirm").AP.N.keys()) == ["/Off", "/on"]


def test_list_is_a_combo(pdf: pikepdf.Pdf, sample: Compiled) -> None:
    combo = field_named(pdf, "office:state")
    assert (combo.FT, int(combo.Ff)) == (Name.Ch, 131072)
    assert [[str(part) for part in option] for option in combo.Opt] == [
        ["DC", "District of Columbia"],
        ["VA", "Virginia"],
    ]
    assert plan_of(sample, "office.state").labels == (("DC", "District of Columbia"), ("VA", "Virginia"))


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("company:name", 2),  # required
        ("company:irs", 0),
        ("remit:full", 49152 | 2),  # radio, required
        ("remit:full_explain", 4096),  # several lines
        ("remit:proofs:r1:entry", 1),  # given: read-only
        ("form:prepared_for", 4096 | 1),  # a fact wraps
        ("form:sheet1:text", 4096 | 1),
        ("form:token", 1),
    ],
)
def test_flags(pdf: pikepdf.Pdf, name: str, flags: int) -> None:
    assert int(field_named(pdf, name).get("/Ff", 0)) == flags


def test_limit_type_size_and_leading(pdf: pikepdf.Pdf, sample: Compiled) -> None:
    assert int(field_named(pdf, "company:name").MaxLen) == 200
    assert "/MaxLen" not in field_named(pdf, "company:irs")
    plan = plan_of(sample, "company.name")
    assert (plan.size, plan.leading, plan.max_length) == (10, 14, 200)
    assert str(field_named(pdf, "company:name").DA) == "/FwField 10 Tf 0.106 g"


def test_a_narrow_column_is_set_smaller() -> None:
    narrow = one_question(
        layouts.Grid(
            name="Shares",
            columns=(layouts.Column(title="Name", width=30), layouts.Column(title="%", width=1)),
            rows=(layouts.Row(id="r1", cells=((Line(key="a", name="A"),), (Line(key="b", name="B"),))),),
        )
    )
    assert [(plan.size, plan.leading) for plan in compile(narrow).fields[:2]] == [(10, 14), (9, 12)]


def test_every_button_has_two_states_and_a_face(pdf: pikepdf.Pdf) -> None:
    for widget in tagged.page_widgets(pdf):
        if widget.get("/FT", Name.Btn) == Name.Btn:
            assert str(widget.DA) == "/ZaDb 0 Tf 0.106 g"
            assert all(state.read_bytes().strip() for state in widget.AP.N.values())
    assert set(pdf.Root.AcroForm.DR.Font.keys()) == {"/FwField", "/ZaDb"}
    assert pdf.Root.AcroForm.NeedAppearances is False


def test_the_token_is_hidden_and_read_only(pdf: pikepdf.Pdf, sample: Compiled) -> None:
    token = field_named(pdf, "form:token")
    assert (int(token.F), int(token.Ff)) == (2, 1)
    assert token.P.objgen == pdf.pages[0].obj.objgen
    assert sample.token_field == "form.token"
