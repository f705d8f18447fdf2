"""Check a document against a model, and tell each fault in plain words at its place.

pydantic says what is wrong and where in the data; this module says it as a form author reads it: file, line, column,
item, what is wrong, how to mend it, with "did you mean" for a key or a word that is nearly right.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Final, Literal, TypeVar, get_args

from pydantic import BaseModel, Strict, ValidationError

from formwright.errors import Fault, Faults
from formwright.yamlfile import Document, Path

M = TypeVar("M", bound=BaseModel)
Truth = Annotated[bool, Strict()]
"""true or false; a text such as "yes" is neither (pydantic alone would take it, and 1 too)."""
Choose = Callable[[Mapping[str, Any]], type[BaseModel] | None]
"""Finds the model of a mapping that says itself what it is (an item's `kind`)."""


Sort = Literal["definition", "overlay", "account"]
_CALLED: Final[Mapping[Sort, str]] = {"definition": "a definition", "overlay": "an overlay", "account": "an account"}
_TELLING: Final[Mapping[Sort, frozenset[str]]] = {
    "definition": frozenset({"sections"}),
    "overlay": frozenset({"base", "operations"}),
    "account": frozenset({"contacts", "ca_status", "entities"}),
}
"""Keys that only files of one sort have."""


def validate(document: Document, model: type[M], choose: Choose | None = None) -> tuple[M | None, list[Fault]]:
    """Return the document as a `model`, or None with what is wrong, in words and located.

    The faults of the YAML itself come first; what follows from them on the same line is left out.
    """
    faults = list(document.faults)
    made: M | None = None
    if not isinstance(document.data, dict):
        fix = "Write fields as `key: value`."
        return None, [*faults, document.fault((), "not_a_mapping", "this must be a mapping of fields.", fix)]
    try:
        made = model.model_validate(document.data)
    except ValidationError as error:
        taken = {fault.line for fault in faults}
        found = _tell(document, model, choose, error)
        faults.extend(fault for fault in found if fault.line not in taken)
    return (None if faults else made), faults


def check_sort(document: Document, wanted: Sort) -> None:
    """Raise Faults for a file that can be told by its keys to be of another sort than the one that is wanted."""
    found = _sort(document.data)
    if found is not None and found != wanted:
        message = f"this is {_CALLED[found]}, not {_CALLED[wanted]}."
        raise Faults([Fault("wrong_sort", message, f"Name {_CALLED[wanted]} here.", document.file)])


def _sort(data: Any) -> Sort | None:
    keys = data.keys() if isinstance(data, dict) else set()
    return next((sort for sort, telling in _TELLING.items() if keys & telling), None)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the cure for a word that is not one of `known`: the one that is nearly the same, else which there are."""
    words = sorted(set(known))
    if close := difflib.get_close_matches(word, words, n=1, cutoff=0.6):
        return f'Did you mean "{close[0]}"?'
    if not words:
        return "There is none: take it out."
    few = len(words) <= _FEW
    return f"There are: {', '.join(words)}." if few else f"There are {len(words)}: {', '.join(words[:12])} ..."


_FEW: Final = 40
"""More names than these are not all listed."""
_REFERENCE: Final = "Write it as docs/reference says."


def _tell(document: Document, model: type[BaseModel], choose: Choose | None, error: ValidationError) -> Iterator[Fault]:
    """Yield one fault for each place: a union reports once for each of its members."""
    told: set[tuple[Path, bool]] = set()
    for detail in error.errors(include_url=False):
        path, rest = _real(document.data, detail["loc"])
        extra = detail["type"] == "extra_forbidden"
        if (path, extra) in told and detail["type"] != "missing":
            continue
        told.add((path, extra))
        if extra:
            known = _fields_at(model, path[:-1], document.data, choose)
            message = f'the key "{path[-1]}" is not known here.'
            yield document.fault(path, "unknown_key", message, nearest(str(path[-1]), known), key=True)
        elif detail["type"] == "missing":
            name = ".".join(str(segment) for segment in rest)
            yield document.fault(path, "missing", f'"{name}" is missing.', f"Add `{name}: ...`.")
        else:
            yield _wrong(document, path, rest, detail)


def _real(data: Any, loc: tuple[int | str, ...]) -> tuple[Path, tuple[int | str, ...]]:
    """Split a pydantic place into its path in the data and what is not there (union members, missing keys)."""
    path: list[str | int] = []
    node = data
    rest: list[int | str] = []
    for segment in loc:
        try:
            node = node[segment]
        except (KeyError, IndexError, TypeError):
            rest.append(segment)
        else:
            path.append(segment)
    return tuple(path), tuple(rest)


def _wrong(document: Document, path: Path, rest: tuple[int | str, ...], detail: Mapping[str, Any]) -> Fault:
    value = detail["input"]
    name = str(path[-1]) if path else "the file"
    what = f'"{name}"' if isinstance(path[-1] if path else 0, str) else "this entry"
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "value_error":
        message, _, fix = str(context["error"]).partition("\n")
        return document.fault(path, "value", _sentence(message), fix or _REFERENCE)
    if kind in ("literal_error", "enum"):
        known = _quoted(context["expected"])
        message = f'{what} is "{_show(document, path, value)}", which is not one of {", ".join(known)}.'
        close = difflib.get_close_matches(str(value), known, n=1, cutoff=0.6)
        return document.fault(path, "not_one_of", message, f'Did you mean "{close[0]}"?' if close else "Take one.")
    if kind == "string_type" and isinstance(value, bool | int | float):
        written = document.written.get(path, str(value))
        message = f"{what} must be text, but YAML reads {written} as {_yaml_kind(value)}."
        return document.fault(path, "unquoted", message, f'Put it in quotes: "{written}".')
    if value is None and kind.endswith("_type"):
        message = f"{what} is empty." if _WANTED.get(kind) is None else f"{what} is empty; it must be {_WANTED[kind]}."
        return document.fault(path, "empty", message, "Give a value, or take the key out.")
    if kind in _BOUNDS:
        wanted = _BOUNDS[kind].format(**context)
        message = f'{what} is "{_show(document, path, value)}"; it must {wanted}.'
        return document.fault(path, "out_of_bounds", message, "Change it, or take the key out.")
    if kind in _WANTED:
        return document.fault(path, "wrong_type", f"{what} must be {_wanted(kind, rest)}.", _CURES[_WANTED[kind]])
    message = f"{what}: {_sentence(detail['msg'].replace('Input should', 'it should'))}"
    return document.fault(path, "value", message, _REFERENCE)


_WANTED: Final = {
    "string_type": "text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "float_type": "a number",
    "float_parsing": "a number",
    "date_type": "a date",
    "date_parsing": "a date",
    "date_from_datetime_parsing": "a date",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping of fields",
    "model_type": "a mapping of fields",
    "model_attributes_type": "a mapping of fields",
}
_BOUNDS: Final = {
    "greater_than_equal": "be at least {ge}",
    "greater_than": "be more than {gt}",
    "less_than_equal": "be at most {le}",
    "less_than": "be less than {lt}",
    "too_short": "have at least {min_length}",
    "too_long": "have at most {max_length}",
    "string_too_short": "not be empty",
}
_CURES: Final = {
    "text": "Write one text, in quotes where it could be something else.",
    "true or false": "YAML 1.2 has true and false only; yes and no are text.",
    "a whole number": "Write digits alone, without quotes.",
    "a number": "Write digits, with a point before decimals.",
    "a date": "Write it as year-month-day, such as 2027-01-11.",
    "a list": "Start each entry with `- `.",
    "a mapping of fields": "Write `key: value`, indented.",
}


def _wanted(kind: str, rest: tuple[int | str, ...]) -> str:
    """A text that may also be given in several languages fails as a union of the two."""
    return "text, or a text for each language" if kind == "string_type" and "str" in rest else _WANTED[kind]


def _quoted(expected: str) -> list[str]:
    """Return the words in pydantic's `'a', 'b' or 'c'`."""
    return expected.replace("'", "").replace(" or ", ", ").split(", ")


def _show(document: Document, path: Path, value: Any) -> str:
    return document.written.get(path, str(value))


def _yaml_kind(value: bool | int | float) -> str:
    return "true or false" if isinstance(value, bool) else "a number"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _fields_at(model: type[BaseModel], path: Path, data: Any, choose: Choose | None) -> tuple[str, ...]:
    """Return the keys that may stand at `path`, () where that cannot be told."""
    here: type[BaseModel] | None = model
    node = data
    annotation: Any = model
    for segment in path:
        node = node[segment]
        if isinstance(segment, str) and here is not None:
            known = here.model_fields.get(segment)
            annotation = known.annotation if known else None
            here = None
        if isinstance(node, dict):
            here = (choose(node) if choose else None) or _model_in(annotation)
    return tuple(here.model_fields) if here is not None else ()


@cache
def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the first model inside an annotation such as `tuple[Section, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in get_args(annotation) if part is not Ellipsis)
    return next((model for model in found if model is not None), None)
