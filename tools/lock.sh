#!/bin/bash
# Make requirements.lock anew: every runtime and dev package, exact, hashed, for Python 3.11 and later, on any platform.
# uv writes no address of an index into it; the check at the end holds that.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
uv=.venv/bin/uv
[ -x "$uv" ] || uv=uv
"$uv" pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-annotate --no-header \
    --no-emit-index-url --no-emit-find-links --group dev "$@" pyproject.toml -o requirements.lock
if grep -nE '://|--index|--find-links|--trusted' requirements.lock; then
    echo "requirements.lock names an address: see the lines above" >&2
    exit 1
fi
grep -cE '^[a-z0-9].*==' requirements.lock | sed 's/$/ packages locked/'
