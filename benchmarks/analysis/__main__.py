"""Measure the text analysis: ``python -m benchmarks.analysis [--only PART,…] [--eval FOLDER] …``.

Prints one table: what is asked at least, what is aimed at, what we reach, and what the best of the
usual ways reaches on the same texts in the same run. Exits with 1 where a figure is below its bar.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.analysis.table import Figure, show, show_head

PARTS = ("quality", "stability", "outliers", "language", "assign", "scale")


def main() -> int:
    """Run the parts asked for."""
    options = _parser().parse_args()
    below = 0
    for part in PARTS:
        if part in options.only:
            show_head(part)
            for figure in _PARTS[part](options):
                show(figure)
                below += figure.verdict == "below"
    return int(below > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.analysis", description=__doc__.split("\n")[0])
    parser.add_argument("--only", type=_parts, default=PARTS, metavar="PART,…", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"), metavar="FOLDER")
    parser.add_argument("--model", type=Path, metavar="PATH", help="a sentence model, beside and within")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="seeds, draws, repeated runs")
    parser.add_argument("--sizes", type=_sizes, default=(), metavar="N,…", help="texts in the scale part")
    return parser


def _parts(given: str) -> tuple[str, ...]:
    parts = tuple(given.split(","))
    if unknown := set(parts) - set(PARTS):
        raise argparse.ArgumentTypeError(f"no part {', '.join(sorted(unknown))}; of {', '.join(PARTS)}")
    return parts


def _sizes(given: str) -> tuple[int, ...]:
    return tuple(int(size) for size in given.split(","))


# Each part imports its own machinery, so that measuring one is quick.


def _quality(options: argparse.Namespace) -> Iterator[Figure]:
    from benchmarks.analysis import quality
    from benchmarks.analysis.sets import EvalSets
    from citizen.analysis.embedder import load_embedder

    embedder = load_embedder(options.model) if options.model else None
    return quality.figures(EvalSets(options.eval), embedder, options.seeds)


def _stability(options: argparse.Namespace) -> Iterator[Figure]:
    from benchmarks.analysis import stability
    from benchmarks.analysis.sets import EvalSets

    return stability.figures(EvalSets(options.eval), options.seeds)


def _outliers(options: argparse.Namespace) -> Iterator[Figure]:
    from benchmarks.analysis import outliers
    from benchmarks.analysis.sets import EvalSets

    return outliers.figures(EvalSets(options.eval), options.seeds)


def _language(options: argparse.Namespace) -> Iterator[Figure]:
    from benchmarks.analysis import language
    from benchmarks.analysis.sets import EvalSets

    return language.figures(EvalSets(options.eval))


def _assign(options: argparse.Namespace) -> Iterator[Figure]:
    from benchmarks.analysis import assign
    from benchmarks.analysis.sets import EvalSets

    return assign.figures(EvalSets(options.eval))


def _scale(options: argparse.Namespace) -> Iterator[Figure]:
    from benchmarks.analysis import scale

    return scale.figures(options.sizes or scale.SIZES, options.seeds)


_PARTS: dict[str, Callable[[argparse.Namespace], Iterator[Figure]]] = {
    "quality": _quality,
    "stability": _stability,
    "outliers": _outliers,
    "language": _language,
    "assign": _assign,
    "scale": _scale,
}


if __name__ == "__main__":
    sys.exit(main())
