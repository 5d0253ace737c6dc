"""Do clusters agree with people's labels, whatever the language? As many clusters as labels."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np

from benchmarks.analysis import ours
from benchmarks.analysis.baselines import Baseline, baselines
from benchmarks.analysis.sets import EvalSet, EvalSets
from benchmarks.analysis.table import Figure
from citizen.analysis.embedder import Embedder
from citizen.analysis.scoring import Score, score

BARS = {
    "composed": (0.50, 0.65),
    "gothenburg": (0.21, 0.24),
    "massive": (0.40, 0.48),
    "sib": (0.08, 0.15),
    "norsid": (0.72, 0.80),
}
LEAK = (0.03, 0.01)

Ways = dict[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Reached:
    """What a baseline reaches, on the mean of its seeds."""

    name: str
    ami: float
    leak: float | None


def figures(sets: EvalSets, embedder: Embedder | None, seeds: int) -> Iterator[Figure]:
    """Yield the figures of every set: the product, without its lists, with a sentence model."""
    ways: Ways = dict(ours.WITHOUT)
    if embedder is not None:
        ways[f" with {embedder.name}"] = {"embedder": embedder}
    others = baselines(embedder)
    for one in sets:
        if not one.is_here:
            yield Figure(f"AMI {one.name}", None, *BARS.get(one.name, ()), note=f"no file {one.path}")
            continue
        best = max((_reached(one, baseline, seeds) for baseline in others), key=lambda found: found.ami)
        for way, lists in ways.items():
            yield from _tried(one, way, lists, best)


def _tried(one: EvalSet, way: str, lists: Mapping[str, Any], best: Reached) -> Iterator[Figure]:
    """Yield the figures of one way to run; a run that fails is below every bar, others go on."""
    try:
        found = _score(one, lists)
    except ValueError as error:
        yield Figure(f"AMI {one.name}{way}", nan, *_bars(one, way), note=f"fails: {error}")
        return
    yield from _rows(one, way, found, best)
    if found.twins and not way:
        yield _twins(one, found)


def _score(one: EvalSet, lists: Mapping[str, Any]) -> Score:
    found = ours.cluster(one.texts, clusters=one.clusters, **lists)
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


def _rows(one: EvalSet, way: str, found: Score, best: Reached) -> Iterator[Figure]:
    """Yield agreement and leak."""
    note = f"coverage {found.coverage:.1%}" if found.coverage < 1 else ""
    yield Figure(f"AMI {one.name}{way}", found.all.ami, *_bars(one, way),
                 baseline=f"{best.ami:.3f} {best.name}", note=note)
    if found.leak is not None:
        yield Figure(f"leak {one.name}{way}", found.leak.ami, *(() if way else LEAK), at_most=True,
                     baseline="" if best.leak is None else f"{best.leak:.3f} {best.name}")


def _bars(one: EvalSet, way: str) -> tuple[float, ...]:
    """Return what the agreement is held against; only the product as it is has bars."""
    return () if way else BARS.get(one.name, ())


def _twins(one: EvalSet, found: Score) -> Figure:
    assert found.twins is not None
    return Figure(f"translations together, {one.name}", found.twins.together, form=".1%",
                  note=f"chance {found.twins.chance:.1%}")
