"""`python -m formwright` is `formwright`."""

from __future__ import annotations

import sys

from formwright.cli import main

if __name__ == "__main__":
    sys.exit(main())
