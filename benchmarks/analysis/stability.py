"""Do ideas keep their theme when new ones come, and does the same input give the same themes?"""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from math import nan
from os import environ
from pathlib import Path

import numpy as np

from benchmarks.analysis import ours
from benchmarks.analysis.sets import EvalSet, EvalSets
from benchmarks.analysis.table import Figure
from benchmarks.servers import ROOT
from citizen.analysis.matching import Revision, revise
from citizen.analysis.results import Text

FIRST = 0.7
MOVED = {"composed": (0.05, 0.02), "gothenburg": (0.05, 0.02), "massive": (0.12, 0.05)}
"""At most, aim: share of old texts that have left their theme after 43 % new ones."""

SAME = ("composed", "gothenburg", "massive")


def figures(sets: EvalSets, draws: int) -> Iterator[Figure]:
    """Yield moved texts per set, then whether order and threads change anything."""
    for name, bars in MOVED.items():
        if not sets[name].is_here:
            yield Figure(f"moved, {name}", None, *bars, note=f"no file {sets[name].path}")
            continue
        yield from _moved_rows(sets[name], draws, bars)
    for name in SAME:
        if sets[name].is_here:
            yield _same(sets[name])


def _moved_rows(one: EvalSet, draws: int, bars: tuple[float, float]) -> Iterator[Figure]:
    """Yield the share of moved texts as the product chooses the number, and with one given."""
    texts = one.texts
    for kind, clusters in (("", None), (f", {one.clusters} asked for", one.clusters)):
        both = [moved(texts, seed, clusters, anchored=True) for seed in range(draws)]
        shares = [left for left, _ in both]
        scratch = np.mean([moved(texts, seed, clusters, anchored=False)[0] for seed in range(draws)])
        sorted_now = np.mean([found for _, found in both])
        yield Figure(f"moved, {one.name}{kind}", float(np.mean(shares)), *bars, at_most=True, form=".1%",
                     baseline=f"{scratch:.1%} without anchors",
                     note=f"{min(shares):.1%} to {max(shares):.1%} in {draws} draws; besides, "
                          f"{sorted_now:.1%} were unsorted and are in a theme now")


def moved(
    texts: Sequence[Text], seed: int, clusters: int | None, anchored: bool
) -> tuple[float, float]:
    """Look where the first 70 % are after a run over all and its acceptance.

    Returns
    -------
    Share that has left its theme, for another or for none; and share that was unsorted, since too few
    said the same, and is in a theme now.
    """
    drawn = sorted(random.Random(seed).sample(range(len(texts)), round(FIRST * len(texts))))
    first = _accepted([texts[at] for at in drawn], {}, clusters, anchored)
    placed = {key: theme for key, theme in first.theme_of.items() if theme is not None}
    then = _accepted(texts, placed, clusters, anchored)
    elsewhere = [theme for key, theme in first.theme_of.items() if then.theme_of[key] != theme]
    found = sum(theme is None for theme in elsewhere)
    return (len(elsewhere) - found) / len(drawn), found / len(drawn)


def _accepted(
    texts: Sequence[Text], placed: Mapping[str, str], clusters: int | None, anchored: bool
) -> Revision:
    """Run as the product does: standing themes are anchors, and are matched to what is found."""
    found = ours.cluster(texts, clusters=clusters, anchors=placed if anchored else None)
    return revise(found, placed=placed, pins={}, merged=())


def _same(one: EvalSet) -> Figure:
    """Return in how many of four runs the command line says the very same of every text."""
    name = f"same if shuffled, on 1 or 2 threads, {one.name}"
    ways = [(shuffled, threads) for shuffled in (False, True) for threads in (1, 2)]
    with tempfile.TemporaryDirectory(prefix="citizen-bench-") as folder:
        try:
            outputs = [_run(one, Path(folder), *way) for way in ways]
        except subprocess.CalledProcessError as error:
            return Figure(name, nan, len(ways), form=".0f", note=f"fails: {error.stderr[-200:]!r}")
    same = sum(output == outputs[0] for output in outputs)
    return Figure(name, same, len(ways), form=".0f", note=f"of {len(ways)} runs")


def _run(one: EvalSet, folder: Path, shuffled: bool, threads: int) -> dict[str, object]:
    """Return what the command line writes about every text, by id."""
    lines = [line for line in one.path.read_text("utf-8").splitlines() if line.strip()]
    if shuffled:
        random.Random(threads).shuffle(lines)
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text("\n".join(lines), "utf-8")
    limit = {name: str(threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    command = [sys.executable, "-m", "citizen.analysis", "cluster", str(source), str(target)]
    subprocess.run(command, cwd=ROOT, env=environ | limit, capture_output=True, text=True, check=True)
    rows = map(json.loads, target.read_text("utf-8").splitlines())
    return {row["id"]: row for row in rows}
