"""`formwright.toml`: what a workspace is called, where returns go, with which key it signs.

Faults are located. tomllib gives no positions, so the line of a setting is looked up in the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from formwright.errors import Fault, Faults, near
from formwright.keys import KEY_ID

FILE = "formwright.toml"

_ID = re.compile(r"[a-z0-9][a-z0-9-]{7,63}\Z")
_NAME = re.compile(r"\"[^\"]*\"|'[^']*'|[\w-]+")
_SYNTAX = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")


class ReturnTo(BaseModel):
    """Where an account sends its answers; `address` may have several lines."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    email: str = ""
    address: str = ""


class Sender(BaseModel):
    """Who asks: printed as the contact of a form."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""


class Office(BaseModel):
    """Where a letter comes from, as its head says; `address` may have several lines."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    address: str = ""
    phone: str = ""


class Signer(BaseModel):
    """Who signs letters. unit, address, phone: of their office, where it is not the workspace's own."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = Field(min_length=1)
    title: str = Field(min_length=1)
    unit: str = ""
    address: str = ""
    phone: str = ""


class PortSigner(Signer):
    """Who signs for a port: its trade compliance process owner (TCPO) or its director (SOP L377)."""

    role: Literal["tcpo", "port_director"]


class Signers(BaseModel):
    """Who signs for NASC, and for each port by the name that profiles give it (`port`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    nasc: Signer | None = None
    ports: Mapping[str, PortSigner] = Field(default_factory=dict)


class Settings(BaseModel):
    """The settings of a workspace.

    id: random, made once, part of every token; key: the key that issues are signed with; unit: the office that
    issues, which wording may name (`{unit}`); days_to_answer: from issue to due date, where none is given;
    quarantine_limit: bytes of refused files that are kept; office, signers: of letters; days_to_call: from an
    introduction to the call that follows it (SOP L378: within a reasonable period).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = Field(min_length=1)
    id: str
    key: str = "K1"
    unit: str = ""
    days_to_answer: int = Field(default=30, ge=1, le=3650)
    quarantine_limit: int = Field(default=1 << 30, ge=0)
    return_to: ReturnTo = ReturnTo()
    sender: Sender = Sender()
    office: Office = Office()
    signers: Signers = Signers()
    days_to_call: int = Field(default=14, ge=1, le=365)

    @field_validator("id")
    @classmethod
    def _good_id(cls, value: str) -> str:
        if not _ID.match(value):
            raise ValueError("must be 8 to 64 lower-case letters, digits and hyphens")
        return value

    @field_validator("key")
    @classmethod
    def _good_key(cls, value: str) -> str:
        if not KEY_ID.match(value):
            raise ValueError("must be K and a number, such as K1")
        return value


def load(data: bytes, name: str) -> Settings:
    """Return the settings of a file's bytes; raises Faults, each at its line of `name`."""
    try:
        text = data.decode("utf-8")
        return Settings.model_validate(tomllib.loads(text))
    except UnicodeDecodeError as error:
        raise Faults([Fault("encoding", "the file is not UTF-8.", "Save it as UTF-8.", file=name)]) from error
    except tomllib.TOMLDecodeError as error:
        raise Faults([_syntax(error, name, text)]) from error
    except ValidationError as error:
        raise Faults(
            _fault(text, name, found["type"], found["loc"], found["msg"]) for found in error.errors()
        ) from error


def _syntax(error: tomllib.TOMLDecodeError, name: str, text: str) -> Fault:
    found = _SYNTAX.match(str(error))
    what = found["what"] if found else str(error)
    line = int(found["line"] or 0) if found else 0
    column = int(found["column"] or 0) if found else 0
    place = (line, column) if line else (text.count("\n") + 1, 1)
    told = next(((said, fix) for words, said, fix in _PLAINLY if words in what), (what, "See toml.io."))
    return Fault("syntax", f"{told[0]}.", told[1], name, *place)


_PLAINLY: Final = (
    ("Illegal character", "a text is not closed where its line ends", "Put a quote there."),
    ("Unterminated string", "a text is not closed", "Put three quotes at its end."),
    ("Unescaped", "a backslash in a text stands for nothing here", "Write two of them."),
    ("Invalid value", "what stands here is no value", 'Write a text in quotes, as in name = "Team 12".'),
    ("Expected '='", "a setting is written with =", 'As in name = "Team 12".'),
    ("Cannot ", "this stands here a second time", "Keep one of the two."),
    ("Expected newline", "something stands behind the value", "Take it out, or begin a new line."),
)
"""What Python's reader of TOML says, what we say, and the cure."""


def _fault(text: str, name: str, kind: str, path: tuple[int | str, ...], message: str) -> Fault:
    setting = ".".join(str(part) for part in path)
    line, column = _place(text, path)
    if kind == "extra_forbidden":
        model = _model(path)
        meant = [".".join(map(str, (*path[:-1], field))) for field in near(str(path[-1]), model.model_fields)]
        fix = f'Did you mean "{meant[0]}"?' if meant else f"Known here: {', '.join(model.model_fields)}."
        return Fault("unknown_setting", f'there is no setting "{setting}".', fix, name, line, column)
    if kind == "missing":
        return Fault("missing_setting", f'the setting "{setting}" is missing.', "Add it.", name, line, column)
    message = message.removeprefix("Value error, ")
    fix = "Change it as docs/reference/workspace.md says."
    return Fault(
        "bad_setting", f'the setting "{setting}": {message[:1].lower()}{message[1:]}.', fix, name, line, column
    )


def _model(path: tuple[int | str, ...]) -> type[BaseModel]:
    """Return the table in which the setting `path` stands."""
    tables: dict[str, type[BaseModel]] = {"return_to": ReturnTo, "sender": Sender, "office": Office}
    if path[0] == "signers":  # [signers], [signers.nasc], [signers.ports."Name"]
        return Signers if len(path) == 2 else Signer if len(path) == 3 else PortSigner
    return tables[str(path[0])] if len(path) > 1 else Settings


def _place(text: str, path: tuple[int | str, ...]) -> tuple[int, int]:
    """Return the line and column where the setting `path` is set, or of its table, or (1, 1)."""
    table: tuple[str, ...] = ()
    found, depth = (1, 1), 0
    for number, line in enumerate(text.splitlines(), 1):
        head = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line)
        if head:
            table = tuple(part.strip("\"'") for part in _NAME.findall(head[1]))
            if table == path[: len(table)] and len(table) > depth:
                found, depth = (number, head.start(1) + 1), len(table)
        named = re.match(r"\s*([\w-]+)\s*=", line)
        if named and (*table, named[1]) == path[: len(table) + 1]:
            return number, named.start(1) + 1
    return found
