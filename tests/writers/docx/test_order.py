"""The order of elements is that of ISO 29500-1 (transitional): Word calls a file with another order damaged.

OR001 by the sequences of the schema, literal here (wml.xsd, dml-wordprocessingDrawing.xsd; where the schema has a
choice, the order that Word writes) · OR002 by openxml-audit, which checks as Microsoft's SDK does.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import layouts
from formwright.plan.lower import lower
from formwright.writers.docx.compile import compile
from plans import case
from writers.docx.opened import Word, stamped

VALUES = {
    "company.name": "Lamps (灯) “שלום”",
    "office.since": "02/26/2019",
    "office.state": "VA",
    "manuals.summary": "one\ntwo\tthree",
    "programs": ("ftz",),
}
SEQUENCES: dict[str, str] = {
    "sdtPr": "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label tabIndex "
    "equation|comboBox|date|docPartObj|docPartList|dropDownList|picture|richText|text|citation|group|bibliography|"
    "checkbox|repeatingSection|repeatingSectionItem",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
    "tcBorders": "top start left bottom end right insideH insideV tl2br tr2bl",
    "tblCellMar": "top start left bottom end right",
    "pBdr": "top left bottom right between bar",
    "tbl": "tblPr tblGrid tr|sdt",
    "tr": "tblPrEx trPr tc|sdt",
    "tc": "tcPr p|tbl|sdt|bookmarkStart|bookmarkEnd",
    "date": "dateFormat lid storeMappedDataAs calendar",
    "checkbox": "checked checkedState uncheckedState",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "sectPr": "headerReference|footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "settings": "writeProtection view zoom removePersonalInformation embedTrueTypeFonts mirrorMargins defaultTabStop "
    "autoHyphenation characterSpacingControl footnotePr endnotePr compat docVars rsids themeFontLang "
    "clrSchemeMapping decimalSymbol listSeparator",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic",
    "docPart": "docPartPr docPartBody",
    "docPartPr": "name style category types behaviors description guid",
    "category": "name gallery",
    "anchor": "simplePos positionH positionV extent effectExtent wrapNone docPr cNvGraphicFramePr graphic",
    "inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
    "pic": "nvPicPr blipFill spPr",
    "spPr": "xfrm custGeom|prstGeom noFill|solidFill ln",
    "custGeom": "avLst gdLst ahLst cxnLst rect pathLst",
    "AlternateContent": "Choice Fallback",
    "wgp": "cNvPr cNvGrpSpPr grpSpPr wsp",
    "grpSpPr": "xfrm",
    "wsp": "cNvPr cNvSpPr|cNvCnPr spPr style txbx|linkedTxbx bodyPr",
}
UNBOUNDED = {"sectPr": ("headerReference", "footerReference")}


def local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def disorder(node: Any) -> Iterator[str]:
    """Yield what stands where the schema does not have it."""
    for one in node.iter():
        if not isinstance(one.tag, str) or local(one) not in SEQUENCES:
            continue
        if local(one) == "category" and local(one.getparent()) != "docPartPr":
            continue
        ranks = {name: rank for rank, names in enumerate(SEQUENCES[local(one)].split()) for name in names.split("|")}
        children = [local(child) for child in one if isinstance(child.tag, str)]
        if unknown := [child for child in children if child not in ranks]:
            yield f"{local(one)} has {unknown}"
        elif (found := [ranks[child] for child in children]) != sorted(found):
            yield f"{local(one)}: {' '.join(children)}"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {
        "empty": stamped({}),
        "filled": stamped(VALUES),
        "stress": stamped({}, compile(layouts.stress())),
        "plan": stamped({}, compile(lower(case()))),
    }


@pytest.mark.parametrize("name", ["empty", "filled", "stress", "plan"])
def test_every_element_stands_in_its_order(files: dict[str, bytes], name: str) -> None:
    word = Word(files[name])
    parts = [part for part in word.names if part.startswith("word/") and part.endswith(".xml")]
    assert {part: list(disorder(word.xml(part))) for part in parts} == {part: [] for part in parts}


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        ("<sdtPr><tag/><alias/></sdtPr>", "sdtPr: tag alias"),
        ("<pPr><spacing/><keepNext/></pPr>", "pPr: spacing keepNext"),
        ("<tcPr><shd/><tcW/></tcPr>", "tcPr: shd tcW"),
        ("<rPr><lang/><rStyle/></rPr>", "rPr: lang rStyle"),
        ("<tblPr><strange/></tblPr>", "tblPr has ['strange']"),
    ],
)
def test_a_planted_disorder_is_found(xml: str, told: str) -> None:
    assert list(disorder(etree.fromstring(f"<a>{xml}</a>"))) == [told]


FALSE = (
    "Value 'bbPlcHdr' is not in allowed values",  # ISO 29500-1 17.12.14 and 17.18.20 (ST_DocPartType) have it
    "relationships/theme' is missing",  # a theme is optional (ISO 29500-1 11.3.1: zero or one)
)
"""What openxml-audit 0.8 says that the standard does not."""


def audited(data: bytes, path: Path) -> list[str]:
    """Return what openxml-audit says of a file, without its false alarms."""
    path.write_bytes(data)
    command = [sys.executable, "-m", "openxml_audit", "--output", "json", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    (report,) = json.loads(done.stdout)
    told = [f"{error['part_uri']}: {error['description']}" for error in report["errors"]]
    assert len(told) == report["error_count"]
    return [error for error in told if not any(one in error for one in FALSE)]


@pytest.mark.parametrize("name", ["empty", "filled", "stress", "plan"])
def test_another_validator_finds_nothing(files: dict[str, bytes], name: str, tmp_path: Path) -> None:
    assert audited(files[name], tmp_path / "form.docx") == []


def test_it_finds_a_planted_disorder(files: dict[str, bytes], tmp_path: Path) -> None:
    word = Word(files["empty"])
    body = word.parts["word/document.xml"]
    word.parts["word/document.xml"] = re.sub(rb"(<w:pStyle [^>]*/>)(<w:spacing [^>]*/>)", rb"\2\1", body, count=1)
    assert word.parts["word/document.xml"] != body
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, data in word.parts.items():
            archive.writestr(part, data)
    assert audited(out.getvalue(), tmp_path / "form.docx") != []
