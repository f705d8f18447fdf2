"""A shell: the look of letters as a Word file that a person edits in Word, with a paragraph for each slot.

    {{p letterhead }}   {{p body }}   {{p signature }}

docxtpl joins what Word has split over runs, finds the fields, and renders the shell once, with a mark for each slot:
the writer puts its blocks there, and the whole is cut into pieces as any document is. A shell decides styles, margins,
heads and what else stands on the page; the foot with the code is ours.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from formwright.errors import Fault, Faults
from formwright.layout import Block, Group, Layout
from formwright.schema import nearest
from formwright.writers.docx.styles import add_styles
from formwright.writers.docx.tree import SLOT, Node, grown, name

if TYPE_CHECKING:
    from docx.document import Document

SLOTS: Final = ("letterhead", "body", "signature")
_MARK: Final = "shell:"
_STORIES: Final = (RT.HEADER, RT.FOOTER)
_ALONE: Final = "Write {{{{p {slot} }}}} in a paragraph of its own, in the text itself."


def opened(data: bytes, file: str) -> Document:
    """Return a shell as a document with a mark at each slot; `file` is its name in faults. Raises Faults."""
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    template = opened_template(data, file)
    faults = list(_faults(template, environment, file))
    if faults:
        raise Faults(faults)
    template.render({slot: Markup(f"<?{SLOT} {_MARK}{slot}?>") for slot in SLOTS}, jinja_env=environment)
    document: Document = template.docx
    astray = [_astray(slot, file) for slot, mark in _marks(document) if mark.getparent().tag != name("w:body")]
    if astray:
        raise Faults(astray)
    return document


def complete(document: Document, language: str) -> None:
    """Add those of our styles that a shell lacks; those that it has are as it says. Every page has the same foot."""
    whole = docx.Document()
    add_styles(whole, language)
    known = {style.get(name("w:styleId")) for style in document.styles.element}
    for style in whole.styles.element.iter(name("w:style")):
        if style.get(name("w:styleId")) not in known:
            document.styles.element.append(deepcopy(style))
    document.sections[0].different_first_page_header_footer = False
    document.settings.odd_and_even_pages_header_footer = False


def fill(document: Document, elements: Mapping[str, Sequence[Node]]) -> None:
    """Put elements at the slots of an opened shell."""
    for slot, mark in list(_marks(document)):
        for element in elements.get(slot, ()):
            mark.addprevious(grown(element))
        mark.getparent().remove(mark)


def is_letter(layout: Layout) -> bool:
    """Say whether a layout is a letter: then a shell decides its look."""
    first = layout.blocks[0] if layout.blocks else None
    return isinstance(first, Group) and first.role == "letterhead"


def shared(blocks: Sequence[Block]) -> dict[str, list[Block]]:
    """Return which blocks of a letter go into which slot."""
    found: dict[str, list[Block]] = {slot: [] for slot in SLOTS}
    slot = "body"
    for block in blocks:
        role = block.role if isinstance(block, Group) else ""
        slot = "signature" if role == "close" else slot
        found["letterhead" if role == "letterhead" else slot].append(block)
    return found


def opened_template(data: bytes, file: str) -> DocxTemplate:
    """Return a Word file as docxtpl opens it. Raises Faults for one that is no Word file."""
    try:
        template = DocxTemplate(io.BytesIO(data))
        template.init_docx()
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise Faults([Fault("not_word", "this is no Word file (.docx).", "Save it in Word as .docx.", file)]) from error
    return template


def _faults(template: DocxTemplate, environment: SandboxedEnvironment, file: str) -> Iterator[Fault]:
    """Yield what is wrong with a shell's fields: all that docxtpl and Jinja would do are three paragraphs."""
    try:
        tree = parsed(template, environment, file)
    except Faults as error:
        yield from error.faults
        return
    named = meta.find_undeclared_variables(tree)
    for unknown in sorted(named - set(SLOTS)):
        message = f"the shell has no field {{{{ {unknown} }}}}."
        yield Fault("unknown_field", message, nearest(unknown, SLOTS), file)
    if any(not isinstance(part, nodes.TemplateData | nodes.Name) for one in tree.body for part in _parts(one)):
        message = "a shell has fields alone, no statements, filters or expressions."
        yield Fault("statement", message, "Take them out: what a letter says is in its definition.", file)
    counted = [part.name for one in tree.body for part in _parts(one) if isinstance(part, nodes.Name)]
    for slot in SLOTS:
        if counted.count(slot) != 1:
            told = "is missing" if slot not in counted else "stands twice"
            yield Fault("slot", f"the slot {slot} {told}.", _ALONE.format(slot=slot), file)


def parsed(template: DocxTemplate, environment: SandboxedEnvironment, file: str) -> nodes.Template:
    """Return the syntax tree of a template's text, heads and feet. Raises Faults."""
    relations = template.docx.part.rels.values()
    stories = (one.target_part.blob.decode() for one in relations if one.reltype in _STORIES)
    texts = [template.patch_xml(xml) for xml in (template.get_xml(), *stories)]
    try:
        return environment.parse("".join(texts))
    except TemplateSyntaxError as error:
        raise Faults([_syntax(error, file)]) from error


def _parts(node: nodes.Node) -> list[nodes.Node]:
    return list(node.nodes) if isinstance(node, nodes.Output) else [node]


def _syntax(error: TemplateSyntaxError, file: str) -> Fault:
    said = str(error.message or "it cannot be read").rstrip(".")
    return Fault("syntax", f"a field is not written as it should be: {said}.", "Write {{ name }}.", file)


def _astray(slot: str, file: str) -> Fault:
    return Fault("slot", f"the slot {slot} stands in a line or a table.", _ALONE.format(slot=slot), file)


def _marks(document: Document) -> Iterator[tuple[str, Any]]:
    """Yield the slots of a rendered shell with their marks."""
    for mark in document.element.body.iter(etree.ProcessingInstruction):
        if mark.target == SLOT and (mark.text or "").startswith(_MARK):
            yield mark.text.removeprefix(_MARK), mark
