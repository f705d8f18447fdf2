"""PDF/UA-1 of the whole questionnaire, for each sample account: as compiled, as issued, and issued without values.

Two judges: page-validation, and our own checks (tagged.py: Form elements, spoken names, order, header cells). A file
whose tags were taken out fails both, so that neither passes everything.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf
import pytest

import tagged
from formwright import form as forms
from formwright import lower, token
from formwright.cli._shared import cache_folder, fonts_folder
from formwright.layout import Stamp
from formwright.lower import Facts
from formwright.sending import Made
from formwright.writers.pdf.press import Press


@dataclass(frozen=True, slots=True)
class Sheaf:
    """One questionnaire in its three states."""

    compiled: bytes
    issued: bytes
    blank: bytes


@pytest.fixture(scope="module")
def sheaf(made: Made) -> Sheaf:
    form = forms.restore(dict(made.issue.form))
    lowered = lower.lower(form, Facts(prepared_for=made.issue.account_name, return_by="soon", contact="Dana Whitfield"))
    ready = Press(cache_folder(), fonts_folder()).ready(lowered.layout, lowered.values)
    tokens = token.mint_all(bytes(32), "K9", "w", "Q-2027-0099", "nobody", form.fingerprint, len(ready.pages))
    titles = {cell.key: cell.name for cell in lowered.cells}
    blank = ready.stamp(Stamp(values={}, tokens=tokens, foot="Issue Q-2027-0099", sample=True), titles)
    assert ready.fingerprint == made.issue.files[0].layout_fingerprint
    return Sheaf(ready.stamper.compiled.template, made.paths[0].read_bytes(), blank)


@pytest.mark.parametrize("state", ["compiled", "issued", "blank"])
def test_pdf_ua(sheaf: Sheaf, state: str) -> None:
    data: bytes = getattr(sheaf, state)
    assert tagged.validator_failures(data) == []
    assert tagged.faults(data) == []


def test_without_its_tags_it_fails(sheaf: Sheaf) -> None:
    with pikepdf.open(io.BytesIO(sheaf.issued)) as pdf:
        del pdf.Root.StructTreeRoot
        changed = io.BytesIO()
        pdf.save(changed)
    assert tagged.validator_failures(changed.getvalue())
    assert tagged.faults(changed.getvalue()) == ["the file has no tags"]


@pytest.mark.parametrize("entry", ["/TU", "/StructParent"])
def test_a_widget_without_its_name_or_its_element_fails(sheaf: Sheaf, entry: str) -> None:
    with pikepdf.open(io.BytesIO(sheaf.issued)) as pdf:
        del next(iter(tagged.page_widgets(pdf)))[entry]
        changed = io.BytesIO()
        pdf.save(changed)
    assert tagged.faults(changed.getvalue())
    assert tagged.validator_failures(changed.getvalue())
