"""Do clusters agree with people's labels, whatever the language? As many clusters as labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from benchmarks.analysis import ours
from benchmarks.analysis.baselines import Baseline
from benchmarks.analysis.sets import EvalSet, EvalSets
from benchmarks.analysis.table import Figure
from citizen.analysis.scoring import Score, score

BARS = {
    "composed": (0.50, 0.65),
    "gothenburg": (0.21, 0.24),
    "massive": (0.40, 0.48),
    "sib": (0.08, 0.15),
    "norsid": (0.72, 0.80),
}
LEAK = (0.03, 0.01)


@dataclass(frozen=True)
class Reached:
    """What a baseline reaches, on the mean of its seeds."""

    name: str
    ami: float
    leak: float | None


def figures(sets: EvalSets, baselines: Sequence[Baseline], seeds: int) -> Iterator[Figure]:
    """Yield the figures of every set."""
    for one in sets:
        if not one.is_here:
            yield Figure(f"AMI {one.name}", None, *BARS.get(one.name, ()), note=f"no file {one.path}")
            continue
        best = max((_reached(one, baseline, seeds) for baseline in baselines), key=lambda found: found.ami)
        for without in ours.WITHOUT:
            yield from _tried(one, without, best)


def _tried(one: EvalSet, without: str, best: Reached) -> Iterator[Figure]:
    """Yield the figures of one way to run; a run that fails is below every bar, others go on."""
    try:
        found = _score(one, without)
    except ValueError as error:
        yield Figure(f"AMI {one.name}{without}", nan, *_bars(one, without), note=f"fails: {error}")
        return
    yield from _rows(one, without, found, best)
    if found.twins and not without:
        yield _twins(one, found)


def _score(one: EvalSet, without: str) -> Score:
    found = ours.cluster(one.texts, clusters=one.clusters, without=without)
    return score(one.labelled, ours.placed(found), ignore=one.ignore)


def _reached(one: EvalSet, baseline: Baseline, seeds: int) -> Reached:
    ids, contents = zip(*((text.id, text.text) for text in one.texts), strict=True)
    matrix = baseline.prepare(contents)
    scores = []
    for seed in range(seeds):
        groups = baseline.group(matrix, one.clusters, seed)
        placed = {key: str(group) for key, group in zip(ids, groups, strict=True)}
        scores.append(score(one.labelled, placed, ignore=one.ignore))
    leaks = [found.leak.ami for found in scores if found.leak]
    ami = float(np.mean([found.all.ami for found in scores]))
    return Reached(baseline.name, ami, float(np.mean(leaks)) if leaks else None)


def _rows(one: EvalSet, without: str, found: Score, best: Reached) -> Iterator[Figure]:
    """Yield agreement and leak."""
    note = f"coverage {found.coverage:.1%}" if found.coverage < 1 else ""
    yield Figure(f"AMI {one.name}{without}", found.all.ami, *_bars(one, without),
                 baseline=f"{best.ami:.3f} {best.name}", note=note)
    if found.leak is not None:
        yield Figure(f"leak {one.name}{without}", found.leak.ami, *(() if without else LEAK), at_most=True,
                     baseline="" if best.leak is None else f"{best.leak:.3f} {best.name}")


def _bars(one: EvalSet, without: str) -> tuple[float, ...]:
    """Return what the agreement is held against; only the product as it is has bars."""
    return () if without else BARS.get(one.name, ())


def _twins(one: EvalSet, found: Score) -> Figure:
    assert found.twins is not None
    return Figure(f"translations together, {one.name}", found.twins.together, form=".1%",
                  note=f"chance {found.twins.chance:.1%}")
