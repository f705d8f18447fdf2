"""What is known of an account: what a form may ask of its profile, each thing by a name.

    lookup(account, path)   what an item's `prefill` asks for, in the shape of a record's value
    of(account)             what `include_when` may ask, by dotted name ("account.kind")

`oi_hold`, `oi_leave`, `oi_clearance` and `notes` are internal: no path and no fact leads to them (CON-3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from formwright.account import Account, Listed

Json = Any


@dataclass(frozen=True, slots=True)
class Fact:
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


def _rows(rows: tuple[Listed, ...], *columns: str) -> list[dict[str, Json]]:
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


PATHS: Final[Mapping[str, Fact]] = {
    "name": Fact("the account's full legal name", "text", lambda a: a.name),
    "address": Fact("its address", "text", lambda a: a.address),
    "irs_number": Fact("IRS number of the first active entity that has one", "identifier", _first_number),
    "importer_numbers": Fact("active entities", "rows: name, number (identifier)", _importers),
    "organization.description": Fact("organisation, in words", "text", lambda a: a.organization.description),
    "officers": Fact("officers", "rows: name, title", lambda a: _rows(a.officers, "name", "title")),
    "related_organizations": Fact(
        "parent, sisters, subsidiaries, joint ventures",
        "rows: name, relationship, details",
        lambda a: _rows(a.related_organizations, "name", "relationship", "details"),
    ),
    "foreign_related_companies": Fact(
        "foreign related companies",
        "rows: name, address",
        lambda a: _rows(a.foreign_related_companies, "name", "address"),
    ),
    "business.description": Fact("business operations", "text", lambda a: a.business.description),
    "business.employees": Fact("number of employees", "number", lambda a: a.business.employees),
    "business.products": Fact("products", "text", lambda a: a.business.products),
    "business.customers": Fact("customers", "text", lambda a: a.business.customers),
    "business.disposition": Fact("what becomes of imports", "text", lambda a: a.business.disposition),
    "business.exports": Fact("exports", "text", lambda a: a.business.exports),
    "facilities": Fact("locations marked `facility: true`", "rows: location, operations", _facilities),
    "divisions": Fact("divisions", "rows: name, activity", lambda a: _rows(a.divisions, "name", "activity")),
    "customs_departments": Fact(
        "departments involved in Customs-related operations",
        "rows: name",
        lambda a: _rows(a.customs_departments, "name"),
    ),
    "contacts.primary": Fact("the primary point of contact", "contact", _contact),
    "contacts": Fact(
        "all contacts",
        "rows: name, title, phone, email, address",
        lambda a: _rows(a.contacts, "name", "title", "phone", "email", "address"),
    ),
    "key_individuals": Fact(
        "key individuals",
        "rows: name, title, phone, email",
        lambda a: _rows(a.key_individuals, "name", "title", "phone", "email"),
    ),
    "brokers": Fact("brokers", "rows: name, address", lambda a: _rows(a.brokers, "name", "address")),
    "brokers_bond": Fact("a broker's bond", "text", lambda a: a.brokers_bond),
    "suppliers": Fact(
        "foreign suppliers (the country is the last line of the address)",
        "rows: name, native_name, address, share (percent)",
        _with_country,
    ),
    "binding_rulings": Fact(
        "binding rulings", "rows: ruling, situation", lambda a: _rows(a.binding_rulings, "ruling", "situation")
    ),
    "fiscal_year": Fact("the fiscal year", "fiscal_year", _fiscal),
}

FACTS: Final[Mapping[str, Fact]] = {
    "account.kind": Fact("AM or PAT", "code", lambda a: a.kind, ("AM", "PAT")),
    "account.status": Fact("status", "code", lambda a: a.status, ("candidate", "account", "inactive")),
    "account.categories": Fact("business categories", "list", lambda a: list(a.categories)),
    "account.issues": Fact("issues and priorities", "list", lambda a: list(a.issues)),
    "account.pfi": Fact("primary focus industry", "text", lambda a: a.figures.pfi),
    "account.pfi_share": Fact("percent of imports in it", "number", lambda a: a.figures.pfi_share),
    "account.import_value": Fact("value of imports, U.S. dollars", "number", lambda a: a.figures.import_value),
    "account.importer_numbers": Fact(
        "ids of active entities with a number", "list", lambda a: [e.id for e in a.entities if e.active and e.ir_number]
    ),
    "account.suppliers": Fact("ids of suppliers", "list", lambda a: [row.id for row in a.suppliers]),
    "account.brokers": Fact("ids of brokers", "list", lambda a: [row.id for row in a.brokers]),
    "account.ports": Fact("ids of ports", "list", lambda a: [row.id for row in a.ports]),
}
"""Facts are asked by conditions of definitions, whose text an issue keeps: nothing internal is among them."""


def lookup(account: Account, path: str) -> Json:
    """Return what is known at a prefill path, in the record's shape; None for nothing known.

    Rows of a table are mappings with the profile row's id as `_id`. Raises KeyError for an unknown path.
    """
    return _known(PATHS[path].get(account))


def of(account: Account) -> dict[str, Json]:
    """Return what `include_when` may ask: dotted name -> value; what is not known is left out."""
    found = {name: _known(fact.get(account)) for name, fact in FACTS.items()}
    return {name: value for name, value in found.items() if value is not None}
