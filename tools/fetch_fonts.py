"""Bring the fonts of templates/assets/fonts/fallback.json into a folder and check them by hash.

    python3 tools/fetch_fonts.py FOLDER

A font that the machine has is copied; else its Debian package is downloaded and unpacked in a temporary folder, and
nothing is installed. Exit 1, with one line on standard output that names what is off and the cure, where that fails.
Standard library only: `run` calls it with the system's Python.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LIST = Path(__file__).resolve().parents[1] / "templates/assets/fonts/fallback.json"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unpack(package: str, folder: Path) -> None:
    """Download Debian's package and unpack it below the folder; raise OSError or CalledProcessError."""

    def run(*command: str, check: bool = True) -> int:
        return subprocess.run(
            command, cwd=folder, check=check, stdout=sys.stderr, stdin=subprocess.DEVNULL, timeout=300
        ).returncode

    if run("apt-get", "download", package, check=False) != 0:
        if os.geteuid() == 0:  # a bare machine has no package lists yet
            run("apt-get", "update")
        run("apt-get", "download", package)
    (archive,) = folder.glob("*.deb")
    run("dpkg-deb", "-x", str(archive), str(folder))


def fetch(font: dict[str, str], folder: Path) -> str:
    """Put one font into the folder; return what is wrong, or nothing."""
    target = folder / font["file"]
    if target.exists() and sha256(target) == font["sha256"]:
        return ""
    try:
        with tempfile.TemporaryDirectory() as temporary:
            source = Path("/") / font["path"]
            if not (source.exists() and sha256(source) == font["sha256"]):
                unpack(font["package"], Path(temporary))
                source = Path(temporary) / font["path"]
            if sha256(source) != font["sha256"]:
                return f"{font['file']} of Debian's {font['package']} is not the file of our list (wrong hash)"
            part = target.with_suffix(".part")
            shutil.copyfile(source, part)
            part.replace(target)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        print(error, file=sys.stderr)
        return f"{font['file']} of Debian's {font['package']} could not be had"
    return ""


def main() -> int:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    off = []
    for font in json.loads(LIST.read_text("utf-8"))["fonts"]:
        if wrong := fetch(font, folder):
            off.append(f"{font['scripts']} is off: {wrong}; to mend it, {font['cure']}")
    if off:
        print(". ".join(off) + ".")
    return 1 if off else 0


if __name__ == "__main__":
    sys.exit(main())
