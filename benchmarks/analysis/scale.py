"""Time and memory of the real command line on many texts, beside the usual way, in the same run."""

import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from math import nan
from pathlib import Path

from benchmarks.analysis import texts
from benchmarks.analysis.measure import Cost, cost
from benchmarks.analysis.table import Figure

SIZES = (1_000, 20_000, 100_000, 1_000_000)
_SECONDS = {1_000: 4.0, 20_000: 15.0, 100_000: 60.0, 1_000_000: 200.0}
_RATIO = 2.0
_REPEATED = 20_000
"""Texts up to which runs are repeated, in turns, and their median is shown."""


def figures(sizes: Sequence[int], repeats: int) -> Iterator[Figure]:
    """Yield time, ratio and memory for each number of texts."""
    with tempfile.TemporaryDirectory(prefix="citizen-bench-") as name:
        for size in sizes:
            source = Path(name) / "in.jsonl"
            texts.write(source, size)
            times = repeats if size <= _REPEATED else 1
            try:
                pairs = [_both(source, Path(name) / "out.jsonl") for _ in range(times)]
            except RuntimeError as error:
                yield Figure(f"seconds for {size:,} texts", nan, _SECONDS.get(size), at_most=True,
                             form=".1f", note=f"{error}")
                continue
            yield from _rows(size, pairs)


def _both(source: Path, target: Path) -> tuple[Cost, Cost]:
    """Return what we cost and what the usual way costs."""
    ours, usual = ("citizen.analysis", "cluster"), ("benchmarks.analysis.usual",)
    found = [cost([sys.executable, "-m", *module, str(source), str(target)]) for module in (ours, usual)]
    return found[0], found[1]


def _rows(size: int, pairs: Sequence[tuple[Cost, Cost]]) -> Iterator[Figure]:
    ours, usual = (
        Cost(*(statistics.median(getattr(pair[side], field) for pair in pairs)
               for field in ("seconds", "processor", "memory")))
        for side in (0, 1)
    )
    ratio = statistics.median(pair[0].seconds / pair[1].seconds for pair in pairs)
    yield Figure(f"seconds for {size:,} texts", ours.seconds, _SECONDS.get(size), at_most=True, form=".1f",
                 baseline=f"{usual.seconds:.1f} hashing+MiniBatchKMeans",
                 note=f"{ours.processor:.1f} s of processors, median of {len(pairs)}")
    yield Figure(f"… as a share of the baseline's, {size:,}", ratio, _RATIO, at_most=True, form=".2f")
    yield Figure(f"peak memory in GB, {size:,} texts", ours.memory, 1.5 if size > 100_000 else 1.0,
                 at_most=True, form=".2f", baseline=f"{usual.memory:.2f} hashing+MiniBatchKMeans")
