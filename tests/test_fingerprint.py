"""Canonical hashes: known values from sha256sum, and what makes a difference."""

from __future__ import annotations

import pytest

from formwright.fingerprint import canonical, fingerprint
from formwright.layout import Note, Para, Run


def test_known_value() -> None:
    # printf '{"a":[1,true,null,"é"],"b":"x"}' | sha256sum
    assert canonical({"b": "x", "a": (1, True, None, "é")}) == '{"a":[1,true,null,"é"],"b":"x"}'.encode()
    assert fingerprint({"b": "x", "a": [1, True, None, "é"]}) == KNOWN


KNOWN = "788b60645a156133bb2528d04094c67c854f1d28282f6b6da93605327f505b38"


def test_class_names_tell_like_values_apart() -> None:
    assert canonical(Run("a")) == b'{"$":"Run","language":"","link":"","slot":"","style":"plain","text":"a"}'
    assert fingerprint(Para(runs=())) != fingerprint(Note(title="", runs=()))


def test_order_of_keys_does_not_matter_order_of_parts_does() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint(["a", "b"]) != fingerprint(["b", "a"])


@pytest.mark.parametrize("value", [1.5, object(), {1: "a"}, {"a": {1, 2}}, Run])
def test_what_has_no_one_spelling_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        fingerprint(value)
