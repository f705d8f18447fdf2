"""Say what set-up lacks, one word a line; nothing lacking prints nothing. For `run`: standard library only, and quick.

lib:PACKAGE (Debian's name) for a system library that does not load, `packages` for a .venv that is not that of the
lock, `fonts` for a font of templates/assets/fonts/fallback.json that is not in .cache/fonts with the right hash.
`--stamp` prints the mark that set-up leaves in .venv when the lock is installed.
"""

import ctypes
import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

LIBRARIES = {  # what WeasyPrint loads -> the package of Debian 12 that has it
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}


def loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def stamp() -> str:
    """Return the hash of the lock and the Python that it is installed for."""
    lock = hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest()
    return f"{lock} python {sys.version.split()[0]}"


def installed() -> bool:
    try:
        return (ROOT / ".venv/.formwright-stamp").read_text().strip() == stamp()
    except OSError:
        return False


def fonts_there() -> bool:
    for font in json.loads((ROOT / "templates/assets/fonts/fallback.json").read_text("utf-8"))["fonts"]:
        try:
            found = hashlib.sha256((ROOT / ".cache/fonts" / font["file"]).read_bytes()).hexdigest()
        except OSError:
            return False
        if found != font["sha256"]:
            return False
    return True


def main() -> None:
    if sys.argv[1:] == ["--stamp"]:
        print(stamp())
        return
    for package in dict.fromkeys(package for name, package in LIBRARIES.items() if not loads(name)):
        print("lib:" + package)
    if not installed():
        print("packages")
    if not fonts_there():
        print("fonts")


if __name__ == "__main__":
    main()
