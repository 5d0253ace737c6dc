"""A new text into themes that are there already: how long it takes, and whether it fits."""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import ComplementNB

from benchmarks.analysis import ours, texts
from benchmarks.analysis.sets import EvalSet, EvalSets
from benchmarks.analysis.table import Figure
from citizen.analysis.results import UNSORTED, Text
from citizen.analysis.scoring import score

KNOWN, NEW = 5_000, 300
P95 = 20.0
_FIRST = 0.7


def figures(sets: EvalSets) -> Iterator[Figure]:
    """Yield the time for one text, then how well texts are placed that came later."""
    known = [Text(f"k{n}", text, lang) for n, (lang, text) in enumerate(texts.different(KNOWN))]
    new = [Text(f"n{n}", text, lang) for n, (lang, text) in enumerate(texts.different(NEW, seed=1))]
    model = ours.learn(known).model
    usual = _usual(known, [item.cluster for item in model.place(known)])
    mine = _milliseconds(new, lambda text: next(iter(model.place([text]))))
    theirs = _milliseconds(new, usual)
    yield Figure("milliseconds to place one text, 95 of 100", _p95(mine), P95, at_most=True,
                 form=".1f", note=f"median {statistics.median(mine):.1f}",
                 baseline=f"{_p95(theirs):.1f} words+naive Bayes")
    for name in ("massive", "gothenburg"):
        if sets[name].is_here:
            yield _later(sets[name])


def _usual(known: Sequence[Text], clusters: Sequence[int]) -> Callable[[Text], object]:
    words = TfidfVectorizer(sublinear_tf=True)
    judge = ComplementNB().fit(words.fit_transform([text.text for text in known]), clusters)
    return lambda text: judge.predict(words.transform([text.text]))


def _milliseconds(new: Sequence[Text], place: Callable[[Text], object]) -> list[float]:
    taken = []
    for text in new:
        began = time.perf_counter()
        place(text)
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def _p95(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _later(one: EvalSet) -> Figure:
    """Return the agreement of texts placed later, beside that of the same texts in a run over all."""
    every = one.texts
    first = set(random.Random(0).sample(range(len(every)), round(_FIRST * len(every))))
    learnt = ours.learn([text for at, text in enumerate(every) if at in first], one.clusters)
    rest = [text for at, text in enumerate(every) if at not in first]
    later = {i.id: None if i.cluster == UNSORTED else str(i.cluster) for i in learnt.model.place(rest)}
    whole = ours.placed(ours.cluster(every, clusters=one.clusters))
    labelled = [row for row in one.labelled if row.id in later]
    within = score(labelled, {key: whole[key] for key in later}, ignore=one.ignore).all.ami
    return Figure(f"AMI of texts placed later, {one.name}", score(labelled, later, ignore=one.ignore).all.ami,
                  note=f"{within:.3f} in a run over all")
