"""Surveys: ``python -m benchmarks.surveys [results] [--few N] [--many N]``.

``results``: the results pages with 100 000 submissions against 1 000; exits with 1 where a page takes more
than three times as long. A table of two questions reads the answers themselves and grows with them; it is
shown, not judged.
"""

import argparse
import sys

from benchmarks.surveys import results


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.surveys", description=__doc__.split("\n")[0])
    parser.add_argument("what", nargs="*", default=["results"], choices=["results"])
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=100_000)
    options = parser.parse_args()
    return 0 if results.measure(options.few, options.many) else 1


if __name__ == "__main__":
    sys.exit(main())
