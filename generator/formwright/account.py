"""The profile of one company: what a form is customised by and prefilled from (RULES.md 1.2, DEF-1 to DEF-12).

    Account     kind (AM or PAT), name, status, entities, locations, contacts ... one YAML file
    load        the file's bytes -> Account, or all its faults, each at its place

What a form may ask of a profile is in `facts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from formwright import schema, yamlfile
from formwright.errors import Fault, Faults
from formwright.ids import ITEM_LIMIT, id_faults
from formwright.schema import Truth


def _id(value: str) -> str:
    for fault in id_faults(value, limit=2 * ITEM_LIMIT):
        raise ValueError(fault)
    return value


def _number_text(value: Any) -> Any:
    """A number in YAML is as good as its text, save truth values."""
    return value if isinstance(value, bool) else str(value) if isinstance(value, int | float) else value


def _day(value: str) -> str:
    try:
        date.fromisoformat(f"2000-{value}")
    except ValueError:
        raise ValueError(f'"{value}" is not a day of the year\nWrite month and day, such as "10-01".') from None
    return value


Id = Annotated[str, AfterValidator(_id)]
Number = Annotated[Decimal, BeforeValidator(_number_text)]
Percent = Annotated[Number, Field(ge=0, le=100)]
CaStatus = Literal["unknown", "none", "scheduled", "in_progress", "near_completion", "completed"]
"""Of a compliance assessment; `none`: neither held nor scheduled (QST-1)."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Listed(_Part):
    """A row of a list: its id stays, so that a returned row can be told (`Issue.rows`)."""

    id: Id


class Entity(Listed):
    """A name under which the account imports (DEF-1); `ir_type`: irs, ssn or customs (19 CFR 24.5)."""

    name: str
    ir_number: str = ""
    ir_type: Literal["irs", "ssn", "customs"] = "irs"
    active: Truth = True
    aliases: tuple[str, ...] = ()
    parent: str = ""
    control_system: str = ""


class Location(Listed):
    """A physical or postal address, telephone, fax or Internet address, and what it is for (DEF-6)."""

    name: str = ""
    purpose: str = ""
    address: str = ""
    postal_address: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    internet: str = ""
    facility: Truth = False
    internal_controls: Truth = False
    contact: str = ""


class Relationship(Listed):
    """Somebody the account deals with; type 1 to 4 as in SOP L416-424 (DEF-7)."""

    type: Literal["one", "two", "three", "four"]
    role: str
    name: str
    address: str = ""
    verified_with_account: Truth = False
    evidence: str = ""


class Contact(Listed):
    """A point of contact (DEF-8, DEF-10); exactly one is primary. salutation: as a letter says it ("Ms. Lee")."""

    name: str
    salutation: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    primary: Truth = False
    locations: tuple[str, ...] = ()
    contact_directly: Truth = False


class Officer(Listed):
    name: str
    title: str = ""


class Individual(Listed):
    """A key individual of Customs-related operations, with what is needed to find them."""

    name: str
    title: str = ""
    phone: str = ""
    email: str = ""


class RelatedOrganization(Listed):
    name: str
    relationship: Literal["parent", "sister", "subsidiary", "joint_venture"]
    details: str = ""


class Company(Listed):
    """A name with an address: a broker, a foreign related company (19 CFR 152.102(g))."""

    name: str
    address: str = ""


class Supplier(Listed):
    """A foreign supplier; `share` is percent of the account's total entered value."""

    name: str
    native_name: str = ""
    address: str = ""
    country: str = ""
    share: Percent | None = None


class Division(Listed):
    name: str
    activity: str = ""


class Department(Listed):
    name: str


class Ruling(Listed):
    ruling: str
    situation: str = ""


class Port(Listed):
    """A port with its share of the account's activity by value (SEL-6)."""

    name: str
    code: str = ""
    share: Percent | None = None
    rank: int | None = None


class Organization(_Part):
    description: str = ""


class Business(_Part):
    description: str = ""
    established: str = ""
    employees: Annotated[int, Field(ge=0)] | None = None
    products: str = ""
    customers: str = ""
    disposition: str = ""
    exports: str = ""


class FiscalYear(_Part):
    """Its first and last day, `MM-DD`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    first: Annotated[str, Field(alias="from"), AfterValidator(_day)]
    last: Annotated[str, Field(alias="to"), AfterValidator(_day)]


class Figures(_Part):
    """Selection data (SOP L255-310): value and duties of `year` in U.S. dollars; `pfi`: primary focus industry."""

    year: str = ""
    import_value: Number | None = None
    duties: Number | None = None
    entries: int | None = None
    rank: int | None = None
    pfi: str = ""
    pfi_share: Percent | None = None
    compliance_rate: Percent | None = None


class Person(_Part):
    """One of ours: the account manager, or the leader of a port account team."""

    name: str
    salutation: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


class Account(BaseModel):
    """One company. kind: AM (full-time Account Manager) or PAT (Port Account Team)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    kind: Literal["AM", "PAT"]
    name: Annotated[str, Field(min_length=1)]
    aliases: tuple[str, ...] = ()
    address: str = ""
    status: Literal["candidate", "account", "inactive"] = "account"
    ca_status: CaStatus = "unknown"
    oi_clearance: Literal["none", "requested", "approved", "refused"] = "none"
    oi_hold: Truth = False
    oi_leave: str = ""
    """Who at the Office of Investigations lets papers go out in spite of the hold, and since when."""
    team: Person | None = None
    port: str = ""
    entities: tuple[Entity, ...] = ()
    categories: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    """Open list: `ad`, `ipr`, `assists` ... (QST-2, SOP L446)."""
    locations: tuple[Location, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    contacts: tuple[Contact, ...] = ()
    officers: tuple[Officer, ...] = ()
    key_individuals: tuple[Individual, ...] = ()
    related_organizations: tuple[RelatedOrganization, ...] = ()
    foreign_related_companies: tuple[Company, ...] = ()
    divisions: tuple[Division, ...] = ()
    customs_departments: tuple[Department, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    brokers: tuple[Company, ...] = ()
    brokers_bond: str = ""
    binding_rulings: tuple[Ruling, ...] = ()
    ports: tuple[Port, ...] = ()
    organization: Organization = Organization()
    business: Business = Business()
    fiscal_year: FiscalYear | None = None
    figures: Figures = Figures()
    narrative: str = ""
    reviewed_on: date | None = None
    walkthrough_on: date | None = None
    notes: str = ""

    _document: yamlfile.Document | None = PrivateAttr(default=None)

    @property
    def primary(self) -> Contact:
        """The primary point of contact (DEF-8)."""
        return next(contact for contact in self.contacts if contact.primary)

    def written(self) -> Iterator[tuple[yamlfile.Path, str]]:
        """Yield every text of the file that it was read from, with its place for `fault`."""
        if self._document is not None:
            yield from self._document.texts()

    def held(self, tag: str) -> Iterator[Fault]:
        """Yield why nothing goes out to this account: it is on hold, and no leave is recorded (CON-3). `tag` cites the
        rule."""
        if self.oi_hold and not self.oi_leave.strip():
            message = f"{self.name} is on hold: nothing goes to it without leave of the OI representative {tag}."
            fix = 'Ask them. Once they agree, write `oi_leave: "who, when"`; when the hold is over, `oi_hold: false`.'
            yield self.fault(("oi_hold",), "con3", message, fix)

    def fault(self, path: yamlfile.Path, code: str, message: str, fix: str = "") -> Fault:
        """Return a fault at a place of the profile's file."""
        if self._document is None:
            return Fault(code, message, fix)
        return self._document.fault(path, code, message, fix, item="")


def load(data: bytes | str, name: str) -> Account:
    """Return the account in a YAML file called `name`. Raises Faults, all at once."""
    return _load(data, name)


@lru_cache(maxsize=64)
def _load(data: bytes | str, name: str) -> Account:
    document = yamlfile.parse(data, name)
    schema.check_sort(document, "account")
    made, faults = schema.validate(document, Account)
    faults.extend(_doubled(document))
    faults.extend(_primary(document))
    if made is None or faults:
        raise Faults(faults)
    made._document = document
    return made


def _doubled(document: yamlfile.Document) -> list[Fault]:
    """Find ids given twice in one list: a returned row could not be told."""
    faults = []
    data = document.data if isinstance(document.data, dict) else {}
    for name, rows in data.items():
        seen: set[str] = set()
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            found = row.get("id") if isinstance(row, dict) else None
            if isinstance(found, str) and found in seen:
                message = f'the id "{found}" stands twice in {name}.'
                fix = "Give this row an id of its own."
                faults.append(document.fault((name, index, "id"), "duplicate_id", message, fix, item=""))
            seen.add(str(found))
    return faults


def _primary(document: yamlfile.Document) -> Iterator[Fault]:
    """DEF-8 (SOP L428): one contact is authorised to manage relations with Customs."""
    if not isinstance(document.data, dict):
        return
    rows = document.data.get("contacts")
    contacts = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    marked = [index for index, row in enumerate(contacts) if row.get("primary") is True]
    if len(marked) == 1 or any(not isinstance(row.get("primary", False), bool) for row in contacts):
        return  # what is neither true nor false is told by itself
    fix = "Write `primary: true` at the one who may speak for the account on all import activity, and nowhere else."
    wanted = "an account has exactly one primary point of contact"
    if not marked:
        said = "none is marked" if contacts else "there are no contacts"
        yield document.fault(("contacts",), "primary", f"{wanted}; {said} (DEF-8, SOP L428).", fix, item="", key=True)
    names = ", ".join(str(contacts[index].get("id")) for index in marked)
    for index in marked[1:]:
        message = f"{wanted}; {len(marked)} are marked: {names} (DEF-8, SOP L428)."
        yield document.fault(("contacts", index, "primary"), "primary", message, fix, item="")
