"""The profile of one company: what a form is customised by and prefilled from (RULES.md 1.2, DEF-1 to DEF-12).

    Account        kind (AM or PAT), name, status, entities, locations, contacts ... one YAML file
    lookup(path)   what an item's `prefill` asks for, in the shape of a record's value
    facts()        what `include_when` may ask, by dotted name ("account.kind")

`oi_hold`, `oi_clearance` and `notes` are internal: no path and no fact leads to them (CON-3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from formwright import schema, yamlfile
from formwright.errors import Fault, Faults
from formwright.ids import ITEM_LIMIT, id_faults
from formwright.schema import Truth

Json = Any


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


class _Listed(_Part):
    """A row of a list: its id stays, so that a returned row can be told (`Issue.rows`)."""

    id: Id


class Entity(_Listed):
    """A name under which the account imports (DEF-1); `ir_type`: irs, ssn or customs (19 CFR 24.5)."""

    name: str
    ir_number: str = ""
    ir_type: Literal["irs", "ssn", "customs"] = "irs"
    active: Truth = True
    aliases: tuple[str, ...] = ()
    parent: str = ""
    control_system: str = ""


class Location(_Listed):
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


class Relationship(_Listed):
    """Somebody the account deals with; type 1 to 4 as in SOP L416-424 (DEF-7)."""

    type: Literal["one", "two", "three", "four"]
    role: str
    name: str
    address: str = ""
    verified_with_account: Truth = False
    evidence: str = ""


class Contact(_Listed):
    """A point of contact (DEF-8, DEF-10); exactly one is primary. salutation: how a letter addresses them ("Ms. Lee")."""

    name: str
    salutation: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    primary: Truth = False
    locations: tuple[str, ...] = ()
    contact_directly: Truth = False


class Officer(_Listed):
    name: str
    title: str = ""


class Individual(_Listed):
    """A key individual of Customs-related operations, with what is needed to find them."""

    name: str
    title: str = ""
    phone: str = ""
    email: str = ""


class RelatedOrganization(_Listed):
    name: str
    relationship: Literal["parent", "sister", "subsidiary", "joint_venture"]
    details: str = ""


class Company(_Listed):
    """A name with an address: a broker, a foreign related company (19 CFR 152.102(g))."""

    name: str
    address: str = ""


class Supplier(_Listed):
    """A foreign supplier; `share` is percent of the account's total entered value."""

    name: str
    native_name: str = ""
    address: str = ""
    country: str = ""
    share: Percent | None = None


class Division(_Listed):
    name: str
    activity: str = ""


class Department(_Listed):
    name: str


class Ruling(_Listed):
    ruling: str
    situation: str = ""


class Port(_Listed):
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

    def lookup(self, path: str) -> Json:
        """Return what is known at a prefill path, in the record's shape; None for nothing known.

        Rows of a table are mappings with the profile row's id as `_id`. Raises KeyError for an unknown path.
        """
        return _known(PATHS[path].get(self))

    def facts(self) -> dict[str, Json]:
        """Return what `include_when` may ask: dotted name -> value; what is not known is left out."""
        found = {name: _known(fact.get(self)) for name, fact in FACTS.items()}
        return {name: value for name, value in found.items() if value is not None}

    def written(self) -> Iterator[tuple[yamlfile.Path, str]]:
        """Yield every text of the file that it was read from, with its place for `fault`."""
        if self._document is not None:
            yield from self._document.texts()

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


# ---- what can be looked up ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """Something that can be asked of a profile: what it is, in words; its shape; how it is found.

    shape: text, number, identifier, contact, fiscal_year, rows (with its columns), list or a list of codes.
    """

    what: str
    shape: str
    get: Callable[[Account], Json]
    codes: tuple[str, ...] = ()


def _known(value: Json) -> Json:
    """Turn nothing into None: an empty text, list or mapping is not known."""
    if isinstance(value, list):
        return [row for row in value if row] or None
    if isinstance(value, dict):
        return {key: part for key, part in value.items() if part not in ("", None)} or None
    if isinstance(value, Decimal):
        return f"{value:f}"
    return None if value == "" else value


def _rows(rows: tuple[_Listed, ...], *columns: str) -> list[dict[str, Json]]:
    """Return rows with their id and those columns that are known."""
    return [
        {"_id": row.id, **{name: known for name in columns if (known := _known(getattr(row, name))) is not None}}
        for row in rows
    ]


def _importers(account: Account) -> list[dict[str, Json]]:
    return [
        {"_id": entity.id, "name": entity.name, "number": {"type": entity.ir_type, "number": entity.ir_number}}
        if entity.ir_number
        else {"_id": entity.id, "name": entity.name}
        for entity in account.entities
        if entity.active
    ]


def _first_number(account: Account) -> Json:
    """An IRS number: what the importer numbers of other types are is asked elsewhere."""
    irs = (one for one in account.entities if one.active and one.ir_number and one.ir_type == "irs")
    entity = next(irs, None)
    return {"type": entity.ir_type, "number": entity.ir_number} if entity else None


def _facilities(account: Account) -> list[dict[str, Json]]:
    return [
        {
            "_id": place.id,
            "location": ", ".join(part for part in (place.name, place.address.replace("\n", ", ")) if part),
            "operations": place.purpose,
        }
        for place in account.locations
        if place.facility
    ]


def _with_country(account: Account) -> list[dict[str, Json]]:
    """Suppliers: the country is the last line of the address, as the form asks for both in one place."""
    found = _rows(account.suppliers, "name", "native_name", "address", "country", "share")
    for row, supplier in zip(found, account.suppliers, strict=True):
        country = row.pop("country", "")
        if country and not supplier.address.rstrip().endswith(country):
            row["address"] = f"{supplier.address.rstrip()}\n{country}".strip()
    return found


def _contact(account: Account) -> dict[str, Json]:
    primary = account.primary
    return {name: getattr(primary, name) for name in ("name", "title", "phone", "email", "address")}


def _fiscal(account: Account) -> Json:
    year = account.fiscal_year
    return {"from": year.first, "to": year.last} if year else None


PATHS: Final[Mapping[str, Known]] = {
    "name": Known("the account's full legal name", "text", lambda a: a.name),
    "address": Known("its address", "text", lambda a: a.address),
    "irs_number": Known("IRS number of the first active entity that has one", "identifier", _first_number),
    "importer_numbers": Known("active entities", "rows: name, number (identifier)", _importers),
    "organization.description": Known("organisation, in words", "text", lambda a: a.organization.description),
    "officers": Known("officers", "rows: name, title", lambda a: _rows(a.officers, "name", "title")),
    "related_organizations": Known(
        "parent, sisters, subsidiaries, joint ventures",
        "rows: name, relationship, details",
        lambda a: _rows(a.related_organizations, "name", "relationship", "details"),
    ),
    "foreign_related_companies": Known(
        "foreign related companies",
        "rows: name, address",
        lambda a: _rows(a.foreign_related_companies, "name", "address"),
    ),
    "business.description": Known("business operations", "text", lambda a: a.business.description),
    "business.employees": Known("number of employees", "number", lambda a: a.business.employees),
    "business.products": Known("products", "text", lambda a: a.business.products),
    "business.customers": Known("customers", "text", lambda a: a.business.customers),
    "business.disposition": Known("what becomes of imports", "text", lambda a: a.business.disposition),
    "business.exports": Known("exports", "text", lambda a: a.business.exports),
    "facilities": Known("locations marked `facility: true`", "rows: location, operations", _facilities),
    "divisions": Known("divisions", "rows: name, activity", lambda a: _rows(a.divisions, "name", "activity")),
    "customs_departments": Known(
        "departments involved in Customs-related operations",
        "rows: name",
        lambda a: _rows(a.customs_departments, "name"),
    ),
    "contacts.primary": Known("the primary point of contact", "contact", _contact),
    "contacts": Known(
        "all contacts",
        "rows: name, title, phone, email, address",
        lambda a: _rows(a.contacts, "name", "title", "phone", "email", "address"),
    ),
    "key_individuals": Known(
        "key individuals",
        "rows: name, title, phone, email",
        lambda a: _rows(a.key_individuals, "name", "title", "phone", "email"),
    ),
    "brokers": Known("brokers", "rows: name, address", lambda a: _rows(a.brokers, "name", "address")),
    "brokers_bond": Known("a broker's bond", "text", lambda a: a.brokers_bond),
    "suppliers": Known(
        "foreign suppliers (the country is the last line of the address)",
        "rows: name, native_name, address, share (percent)",
        _with_country,
    ),
    "binding_rulings": Known(
        "binding rulings", "rows: ruling, situation", lambda a: _rows(a.binding_rulings, "ruling", "situation")
    ),
    "fiscal_year": Known("the fiscal year", "fiscal_year", _fiscal),
}

FACTS: Final[Mapping[str, Known]] = {
    "account.kind": Known("AM or PAT", "code", lambda a: a.kind, ("AM", "PAT")),
    "account.status": Known("status", "code", lambda a: a.status, ("candidate", "account", "inactive")),
    "account.categories": Known("business categories", "list", lambda a: list(a.categories)),
    "account.issues": Known("issues and priorities", "list", lambda a: list(a.issues)),
    "account.pfi": Known("primary focus industry", "text", lambda a: a.figures.pfi),
    "account.pfi_share": Known("percent of imports in it", "number", lambda a: a.figures.pfi_share),
    "account.import_value": Known("value of imports, U.S. dollars", "number", lambda a: a.figures.import_value),
    "account.importer_numbers": Known(
        "ids of active entities with a number", "list", lambda a: [e.id for e in a.entities if e.active and e.ir_number]
    ),
    "account.suppliers": Known("ids of suppliers", "list", lambda a: [row.id for row in a.suppliers]),
    "account.brokers": Known("ids of brokers", "list", lambda a: [row.id for row in a.brokers]),
    "account.ports": Known("ids of ports", "list", lambda a: [row.id for row in a.ports]),
}
"""Facts are asked by conditions of definitions, whose text an issue keeps: nothing internal is among them."""
