"""A form as an issue keeps it: JSON in which each item is a text of its own, parsed when it is asked for.

    split       a form's JSON -> the form around its items, and the items' texts
    StoredForm  the same together: a mapping, equal to the form's JSON
    questions   number and kind of each item, for reading

Reading a return needs the kinds only, and most items are the same in the forms of many accounts: each distinct text is
parsed and made a kind once. `form.restore` gives the whole form instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, Final

from formwright.kinds import read_kind
from formwright.kinds._base import Json, Kind

_KEPT: Final = 1024
"""Items; a questionnaire has about fifty."""


class StoredForm(Mapping[str, Any]):
    """A form's JSON; `around` has the place of its text in `texts` where each item was."""

    def __init__(self, around: Mapping[str, Any], texts: list[str]) -> None:
        self._around, self._texts = around, texts

    def entries(self) -> Iterator[tuple[str, str]]:
        """Yield number and text of each item, in printed order; "" for the certification's number. Raises LookupError
        or TypeError for what `split` did not make."""
        for section in self._around["sections"]:
            for entry in section["items"]:
                yield entry["number"], self._texts[entry["item"]]
        if certification := self._around.get("certification"):
            yield "", self._texts[certification["item"]]

    @cached_property
    def _whole(self) -> dict[str, Any]:
        whole = dict(self._around)

        def put_in(entry: Json) -> Json:
            return {**entry, "item": json.loads(self._texts[entry["item"]])} if _is_entry(entry, int) else entry

        return _each(whole, put_in)

    def __getitem__(self, name: str) -> Any:
        return self._whole[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._around)

    def __len__(self) -> int:
        return len(self._around)


def split(form: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return a form's JSON with the place of its text where each item was, and the texts, each on one line."""
    texts: list[str] = []

    def take_out(entry: Json) -> Json:
        if not _is_entry(entry, Mapping):
            return entry
        texts.append(_text(entry["item"]))
        return {**entry, "item": len(texts) - 1}

    return _each(dict(form), take_out), texts


def questions(form: Mapping[str, Any]) -> Iterator[tuple[str, Kind]]:
    """Yield number and kind of each item of a form's JSON in printed order, information and certification included.

    Raises pydantic's ValidationError, LookupError or TypeError for anything else.
    """
    stored = form if isinstance(form, StoredForm) else StoredForm(*split(form))
    return ((number, _kind(text)) for number, text in stored.entries())


def _each(form: dict[str, Any], change: Any) -> dict[str, Any]:
    """Return a form with its entries changed: those of the sections, and the certification."""
    if "sections" in form:
        form["sections"] = [
            {**section, "items": [change(entry) for entry in section["items"]]} for section in form["sections"]
        ]
    if form.get("certification"):
        form["certification"] = change(form["certification"])
    return form


def _is_entry(entry: Json, kind: type) -> bool:
    return isinstance(entry, Mapping) and isinstance(entry.get("item"), kind)


def _text(item: Json) -> str:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@lru_cache(maxsize=_KEPT)
def _kind(text: str) -> Kind:
    made: Kind = read_kind(json.loads(text))
    return made
