"""The parts of a Word file, unpacked with bounds: what its directory says of sizes is never believed.

ISO 29500-2 (a package is a zip). Nothing is unpacked until it is asked for, and nothing is ever written.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from formwright.errors import Refused
from formwright.readers._seen import damaged

MAX_ENTRIES: Final = 1_000
MAX_PART: Final = 20_000_000
"""Bytes of one part, unpacked; ours have less than a million, with answers of many pages two."""
MAX_ALL: Final = 64_000_000
"""Bytes of all parts that are read."""
MAX_RATIO: Final = 200
"""Times that a part of more than `_SMALL` bytes may be longer than its packed form; text reaches 30."""
_SMALL: Final = 5_000_000
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_LOCAL_MARK: Final = b"PK\x03\x04"
_ENCRYPTED: Final = 0x41
"""Bits 0 and 6 of the flags: encrypted, strongly encrypted."""
_SAVE_AGAIN: Final = "Ask the sender to save the form again as a Word document (.docx) and send that."


@dataclass(slots=True)
class Parts:
    """The parts of one file by name; `names` in the order of the directory."""

    data: bytes
    _entries: dict[str, zipfile.ZipInfo]
    _left: int = MAX_ALL
    _read: dict[str, bytes] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all parts."""
        return tuple(self._entries)

    def get(self, name: str) -> bytes | None:
        """Return a part, None where there is none of this name. Raises Refused: too_large, damaged."""
        if name not in self._read:
            entry = self._entries.get(name)
            if entry is None:
                return None
            self._read[name] = self._unpacked(entry)
        return self._read[name]

    def _unpacked(self, entry: zipfile.ZipInfo) -> bytes:
        if entry.file_size > MAX_PART or entry.file_size > self._left:
            raise _too_large(entry.filename)
        start = _content(self.data, entry)
        packed = self.data[start : start + entry.compress_size]
        part = packed if entry.compress_type == zipfile.ZIP_STORED else _inflated(packed, entry)
        if len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
            raise damaged("what is packed in it is not what its directory says")
        self._left -= len(part)
        return part


def unpack(data: bytes) -> Parts:
    """Return the parts of a file. Raises Refused where the container is damaged, or not as a program would make it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError, struct.error) as error:
        raise _unopened(data) from error
    if len(entries) > MAX_ENTRIES:
        raise Refused("too_large", f"The file holds more than {MAX_ENTRIES:,} parts.", _SAVE_AGAIN)
    _check(data, entries)
    return Parts(data, {entry.filename: entry for entry in entries if not entry.filename.endswith("/")})


def _check(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    """Raise Refused for names that are doubled or lead elsewhere, for secrets, and for entries that overlap."""
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) < len(names):
        raise _container("two of its parts have one name")
    for entry in entries:
        # zipfile cuts a name at a NUL and turns backslashes: the name as it stood is looked at
        if _leads_away(entry.orig_filename):
            raise _container("a part has a name that leads outside the file")
        if entry.flag_bits & _ENCRYPTED:
            raise Refused(
                "needs_password",
                "The file is locked with a password.",
                "Ask the sender to save it without one and send it again.",
            )
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _container("a part is packed in a way that no Word file uses")
    spans = sorted((entry.header_offset, entry.header_offset + _LOCAL.size + entry.compress_size) for entry in entries)
    if any(end > start for (_, end), (start, _) in pairwise(spans)) or any(end > len(data) for _, end in spans):
        raise _container("its parts lie over one another")


def _leads_away(name: str) -> bool:
    odd = not name or name.startswith("/") or "\\" in name or ":" in name or not name.isprintable()
    return odd or ".." in name.split("/") or len(name) > 300


def _content(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Return where the bytes of an entry begin; its own header must name it as the directory does."""
    head = data[entry.header_offset : entry.header_offset + _LOCAL.size]
    if len(head) < _LOCAL.size:
        raise damaged("a part is cut off")
    mark, *_, length, extra = _LOCAL.unpack(head)
    start = entry.header_offset + _LOCAL.size
    if mark != _LOCAL_MARK:
        raise damaged("a part is not where its directory says")
    name = data[start : start + length]
    if name not in (entry.orig_filename.encode("utf-8"), entry.orig_filename.encode("cp437", "replace")):
        raise _container("a part is named otherwise than its directory says")
    return int(start + length + extra)


def _inflated(packed: bytes, entry: zipfile.ZipInfo) -> bytes:
    """Return what is packed; no more than the size that the directory gives is ever made."""
    if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(len(packed), 1):
        raise _too_large(entry.filename)
    machine = zlib.decompressobj(-15)
    try:
        part = machine.decompress(packed, entry.file_size + 1)
    except zlib.error as error:
        raise damaged("a part cannot be unpacked") from error
    if len(part) > entry.file_size:
        raise _too_large(entry.filename)
    return part


def _too_large(name: str) -> Refused:
    return Refused("too_large", f"The part {name[:60]} of the file is larger than any form of ours.", _SAVE_AGAIN)


def _container(detail: str) -> Refused:
    return Refused("bad_container", f"The file is not put together as a Word file is: {detail}.", _SAVE_AGAIN)


def _unopened(data: bytes) -> Refused:
    if b"PK\x05\x06" not in data[-66_000:]:
        return Refused(
            "truncated",
            "The end of the file is missing, and with it the list of what is in it.",
            "Ask the sender for the whole file again; an upload or mail cut it off.",
        )
    return damaged("its list of parts cannot be read")
