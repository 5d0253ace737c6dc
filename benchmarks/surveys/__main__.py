"""Surveys: ``python -m benchmarks.surveys export [--sizes N …]``: what a pack of everything costs."""

import sys

from benchmarks.surveys import exporting

PARTS = {"export": exporting.main}


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in PARTS:
        print(__doc__)
        return 2
    return PARTS[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    raise SystemExit(main())
