"""Surveys: ``python -m benchmarks.surveys results [--few N] [--many N]``, ``… export [--sizes N …]``.

``results``: the results pages with 100 000 submissions against 1 000; exits with 1 where a page takes more
than three times as long. A table of two questions reads the answers themselves and grows with them; it is
shown, not judged. ``export``: seconds and memory of a pack of everything.
"""

import sys

from benchmarks.surveys import exporting, results

PARTS = {"results": results.main, "export": exporting.main}


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in PARTS:
        print(__doc__)
        return 2
    return PARTS[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
