"""Check the list of files of a built wheel: everything that must be in is in, and nothing else is at its top.

python tools/check_wheel.py WHEEL
"""

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LICENCES = ["LICENSE", "NOTICE", "templates/assets/fonts/PublicSans-OFL.txt", "templates/assets/fonts/NotoSans-OFL.txt"]


def expected() -> set[str]:
    """Return the names below formwright/ that the tree calls for."""
    names = set()
    for folder, target in (
        ("generator/formwright", "formwright"),
        ("forms", "formwright/_data/forms"),
        ("templates", "formwright/_data/templates"),
    ):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                names.add(f"{target}/{path.relative_to(ROOT / folder)}")
    return names


def faults(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    info = "-".join(wheel.name.split("-")[:2]) + ".dist-info"
    inside = {name for name in names if name.startswith("formwright/")}
    found = [f"missing: {name}" for name in sorted(expected() - inside)]
    found += [f"not in the tree: {name}" for name in sorted(inside - expected())]
    found += [f"at the top: {name}" for name in sorted(names - inside) if not name.startswith(info + "/")]
    found += [f"missing: {name}" for name in LICENCES if f"{info}/licenses/{name}" not in names]
    for ending in (".ttf", ".yaml", ".jinja", ".css", "/py.typed"):
        if not any(name.endswith(ending) for name in inside):
            found.append(f"missing: any file *{ending}")
    return found


def main() -> int:
    wheel = Path(sys.argv[1])
    found = faults(wheel)
    for fault in found:
        print(f"{wheel.name}: {fault}")
    if not found:
        print(f"{wheel.name}: {len(expected())} files of the package, {wheel.stat().st_size // 1024:,} KB")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
