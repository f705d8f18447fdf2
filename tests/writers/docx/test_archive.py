"""The zip and its deflate blocks, read by Python's own zipfile and zlib."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from formwright.writers.docx.archive import Joined


@given(some.lists(some.text(max_size=80), min_size=1, max_size=6), some.data())
def test_stretches_and_values_come_out_as_they_went_in(stretches: list[str], data: some.DataObject) -> None:
    count = len(stretches) - 1
    values = data.draw(some.lists(some.text(max_size=200), min_size=count, max_size=count))
    check(stretches, values)


@pytest.mark.parametrize("size", [0, 1, 1999, 2000, 65_535, 65_536, 200_000])
def test_values_of_every_length_come_out(size: int) -> None:
    check(["before", "after"], ["x" * size])


def check(stretches: list[str], values: list[str]) -> None:
    out: list[bytes] = []
    one = Joined("part.xml", stretches).join(values, out)
    expected = "".join(part for pair in zip(stretches, [*values, ""], strict=True) for part in pair).encode()
    press = zlib.decompressobj(-zlib.MAX_WBITS)
    assert press.decompress(out[1]) + press.flush() == expected
    assert press.eof
    assert press.unused_data == b""
    assert (one.size, one.packed, one.crc) == (len(expected), len(out[1]), zlib.crc32(expected))
    assert out[0].endswith(b"part.xml")


def test_as_many_values_as_there_are_places_are_wanted() -> None:
    with pytest.raises(ValueError, match="sequence"):
        Joined("part.xml", ["a", "b", "c"]).join(["only one"], [])
