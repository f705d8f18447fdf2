"""Whatever is done to the bytes of a form, reading ends in a return or in Refused (THREATS.md 2, rows 10-13)."""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pikepdf import ObjectStreamMode

from formwright.errors import Refused
from formwright.readers.pdf import PdfReader
from readers.handmade import PLACES, form, saved

Changes = list[tuple[float, bytes]]


@cache
def whole() -> bytes:
    return saved(form(), object_stream_mode=ObjectStreamMode.disable, compress_streams=False)


def changed(data: bytes, changes: Changes) -> bytes:
    """Return `data` with each piece written over what stands at its place (0 to 1)."""
    made = bytearray(data)
    for place, piece in changes:
        at = int(place * len(made))
        made[at : at + len(piece)] = piece
    return bytes(made)


pieces = some.one_of(
    some.binary(min_size=1, max_size=6),
    some.sampled_from(
        [b"/Kids[1 0 R]", b"null", b"<<", b">>", b"[", b"]", b"1 0 R", b"-1", b"999999999", b"/V", b"/Parent"]
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.lists(some.tuples(some.floats(0, 0.999), pieces), min_size=1, max_size=6))
def test_it_never_fails_otherwise(changes: Changes) -> None:
    reader = PdfReader()
    data = changed(whole(), changes)
    try:
        reader.identify(data)
        raw = reader.extract(data, PLACES)
    except Refused as refused:
        said = refused.code
    else:
        said = "read" if len(raw.cells) == 7 else "cells lost"
    assert said in {"read", "damaged", "truncated", "too_large", "needs_password"}
