"""A house's own letter: written whole in Word, with fields (`{{ contact.name }}`), which docxtpl fills each time.

What a template may do is little: names from a closed list, and `{% if %}` over them. It runs in Jinja's sandbox, all
values are escaped, an unknown name is an error; fields are checked when it is loaded, not when a letter goes out.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from formwright.errors import Fault, Faults
from formwright.issue import Issued
from formwright.layout import Layout, Stamp, Values
from formwright.schema import nearest
from formwright.writers.docx.shell import opened_template, parsed
from formwright.writers.docx.tree import name
from formwright.writers.docx.values import UnwritableError, escaped

_PLAIN: Final = (nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If, nodes.Compare, nodes.Operand)
_LOGIC: Final = (nodes.And, nodes.Or, nodes.Not, nodes.Const, nodes.List, nodes.Tuple, nodes.Template)
_DATE: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class House:
    """A Word template that was checked. names: the fields that it uses; file: what it is called in faults."""

    file: str
    data: bytes
    names: tuple[str, ...]

    def render(self, values: Mapping[str, str], token: str = "") -> bytes:
        """Return the letter as a Word file, the same bytes for the same values; `token` becomes its identifier.

        Raises Faults for a character that XML cannot hold.
        """
        _check(values)
        template = opened_template(self.data, self.file)
        try:
            template.render(_nested(values), jinja_env=_environment())
        except (TemplateError, etree.XMLSyntaxError, TypeError, ValueError) as error:
            message = f"the template cannot be filled: {str(error).splitlines()[0]}."
            fix = "Keep {% if %} and {% endif %} in one paragraph, or write {%p if %} in a paragraph of its own."
            raise Faults([Fault("template", message, fix, self.file)]) from error
        template.docx.core_properties.identifier = token
        out = io.BytesIO()
        template.save(out)
        return _same(out.getvalue())

    def words(self, values: Mapping[str, str]) -> str:
        """Return what a letter says, a paragraph a line, heads and feet left out."""
        template = opened_template(self.render(values), self.file)
        body = template.docx.element.body
        paragraphs = ("".join(part.text or "" for part in one.iter(name("w:t"))) for one in body.iter(name("w:p")))
        return "\n".join(line for line in paragraphs if line.strip())


def load(data: bytes, file: str, known: Iterable[str]) -> House:
    """Return a house's template whose fields are all `known`. Raises Faults, all at once."""
    tree = parsed(opened_template(data, file), _environment(), file)
    known = tuple(known)
    faults = []
    named = list(dict.fromkeys(_names(tree)))
    for one in named:
        if one not in known:
            message = f"the template asks for {{{{ {one} }}}}, which a letter does not have."
            faults.append(Fault("unknown_field", message, nearest(one, known), file))
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, (*_PLAIN, *_LOGIC)):
            message = f"the template does more than it may ({type(node).__name__.lower()})."
            faults.append(Fault("statement", message, 'Use {{ name }} and {% if name == "..." %} alone.', file))
            break
    if faults:
        raise Faults(faults)
    return House(file, data, tuple(named))


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _names(node: nodes.Node) -> Iterator[str]:
    """Yield the dotted names that a template uses."""
    if isinstance(node, nodes.Name):
        yield node.name
    elif isinstance(node, nodes.Getattr):
        inner = list(_names(node.node))
        yield f"{inner[0]}.{node.attr}" if inner else node.attr
    else:
        for child in node.iter_child_nodes():
            yield from _names(child)


def _nested(values: Mapping[str, str]) -> dict[str, Any]:
    """Return `account.name` and the like as mappings in a mapping, as Jinja looks them up."""
    made: dict[str, Any] = {}
    for key, value in values.items():
        first, _, rest = key.partition(".")
        if rest:
            made.setdefault(first, {})[rest] = value
        else:
            made[first] = value
    return made


def _check(values: Mapping[str, str]) -> None:
    faults = []
    for key, value in values.items():
        try:
            escaped(value)
        except UnwritableError as error:
            faults.append(Fault("unwritable_character", f"{{{key}}}: {error.message}", error.fix))
    if faults:
        raise Faults(faults)


def _same(data: bytes) -> bytes:
    """Return a zip with fixed dates, its parts in the order of their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in sorted(old.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            new.writestr(zipfile.ZipInfo(part, _DATE), old.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()


# ---- as a press ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HouseReady:
    """A house's template with the values of one letter."""

    house: House
    values: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """That of the template."""
        return hashlib.sha256(self.house.data).hexdigest()

    @property
    def pages(self) -> tuple[tuple[float, float], ...]:
        """None: where pages end is up to the program that shows the file."""
        return ()

    @property
    def prints(self) -> tuple[str, ...]:
        """None, as for pages."""
        return ()

    def stamp(self, stamp: Stamp, titles: Mapping[str, str]) -> bytes:
        """Return the letter as a Word file."""
        return self.house.render(self.values, stamp.tokens[0])

    def fields(self, values: Values, token: str, data: bytes) -> tuple[Issued, ...]:
        """Return nothing: nothing in a letter is filled in."""
        return ()


@dataclass(frozen=True, slots=True)
class HousePress:
    """Makes a house's own letter as a Word file; the layout is not looked at."""

    house: House

    def check(self, layout: Layout) -> None:
        """Do nothing: values are checked when they are filled in."""

    def paper(self, layout: Layout, values: Values) -> HouseReady:
        """Return the template with these values."""
        return HouseReady(self.house, {key: str(value) for key, value in values.items()})
