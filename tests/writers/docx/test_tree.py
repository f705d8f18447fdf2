"""Elements in Python: written as lxml writes them, which is what python-docx does."""

from __future__ import annotations

import pytest
from lxml import etree

from formwright.writers.docx.tree import NAMESPACES, Node, el, grown, name, raw, shared, slot, spaced, written
from formwright.writers.docx.wml import keep_with_next, paragraph, run

ROOT = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in NAMESPACES.items())


@pytest.mark.parametrize(
    ("node", "xml"),
    [
        (el("w:p"), "<w:p/>"),
        (el("w:tab", val="left", pos=20), '<w:tab w:val="left" w:pos="20"/>'),
        (el("a:blip", r_embed="rId1"), '<a:blip r:embed="rId1"/>'),
        (el("wp:extent", cx=1), '<wp:extent cx="1"/>'),
        (spaced("w:t", 'a < b & c > "d"\r'), '<w:t xml:space="preserve">a &lt; b &amp; c &gt; "d"&#13;</w:t>'),
        (el("w:tag", val='<"&>\t\n\r'), '<w:tag w:val="&lt;&quot;&amp;&gt;&#9;&#10;&#13;"/>'),
        (el("w:r", slot("3.state"), None, el("w:t")), "<w:r><?fw 3.state?><w:t/></w:r>"),
        (el("w:r", raw("<w:t>as it is</w:t>")), "<w:r><w:t>as it is</w:t></w:r>"),
        (run("a\tb\n", "FWInk"), None),
        (run(""), "<w:r/>"),
    ],
)
def test_what_is_written_is_what_lxml_writes(node: Node, xml: str | None) -> None:
    given = written((node,))
    assert xml is None or given == xml
    whole = etree.tostring(etree.fromstring(f"<root{ROOT}>{given}</root>"), encoding="unicode")
    assert whole == f"<root{ROOT}>{given}</root>"


def test_a_run_has_breaks_and_tabs() -> None:
    t = '<w:t xml:space="preserve">'
    expected = f'<w:r><w:rPr><w:rStyle w:val="FWInk"/></w:rPr>{t}a</w:t><w:tab/>{t}b</w:t><w:br/></w:r>'
    assert written((run("a\tb\n", "FWInk"),)) == expected


def test_a_text_that_is_empty_is_there() -> None:
    """As lxml writes an element whose text is set to nothing."""
    assert written((spaced("w:t", ""),)) == '<w:t xml:space="preserve"></w:t>'


def test_what_python_docx_takes_is_the_same() -> None:
    node = paragraph("FWText", run("a & b", "FWStrong"), slot("foot"), run("c"))
    made = etree.Element("root", nsmap=NAMESPACES)
    made.append(grown(node))
    etree.cleanup_namespaces(made, keep_ns_prefixes=list(NAMESPACES))
    assert etree.tostring(made, encoding="unicode") == f"<root{ROOT}>{written((node,))}</root>"


def test_paragraphs_share_properties_and_one_is_changed_alone() -> None:
    one, other = paragraph("FWText", run("one")), paragraph("FWText", run("other"))
    assert one.children[0] is other.children[0]
    keep_with_next(one)
    assert '<w:pStyle w:val="FWText"/><w:keepNext/>' in written((one,))
    assert "keepNext" not in written((other,))


def test_what_is_written_already_is_found_but_not_to_be_changed() -> None:
    row = shared(el("w:tr", el("w:tc", paragraph("FWText"))))
    whole = el("w:tbl", row, el("w:tr", el("w:tc", paragraph("FWText"))))
    assert len(list(whole.iter(name("w:p")))) == 2
    assert len(whole.fresh(name("w:p"))) == 1
