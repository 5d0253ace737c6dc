"""Surveys: ``python -m benchmarks.surveys results [--few N] [--many N]``, ``… export [--sizes N …]``,
``… answering [--rounds N]``, ``… loss [--people N] [--kills N]``.

``results``: the results pages with 100 000 submissions against 1 000; exits with 1 where a page takes more
than three times as long. A table of two questions reads the answers themselves and grows with them; it is
shown, not judged. ``export``: seconds and memory of a pack of everything. ``answering``:
pages kept a second beside the list of ideas, and what a page weighs. ``loss``:
many answer at once on PostgreSQL while web processes are killed; exits with 1 where anything is missing.
"""

import sys

from benchmarks.surveys import exporting, load, loss, results

PARTS = {"results": results.main, "export": exporting.main, "answering": load.main, "loss": loss.main}


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in PARTS:
        print(__doc__)
        return 2
    return PARTS[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
