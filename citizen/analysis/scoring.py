"""How well clusters agree with what people called the same, and how far they follow the language.

Sources: homogeneity, completeness and V (Rosenberg & Hirschberg 2007); adjusted Rand index (Hubert &
Arabie 1985); normalised and adjusted mutual information with the arithmetic mean (Vinh, Epps & Bailey
2010). The adjusted figures are 0 for chance; V and NMI are not: many small clusters alone raise them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics

from citizen.analysis.labelled import Labelled

NONE = "\0none"
"""The cluster of all that has none, in the figures over everything: leaving texts out must not pay."""

ENOUGH = 10
"""Texts of a label from which on its share of the leak says something."""

Names = NDArray[np.str_]


@dataclass(frozen=True)
class Agreement:
    """How two ways of grouping the same texts agree: 1 is the same grouping.

    Attributes
    ----------
    ami
        ``(MI - E[MI]) / (mean(H(truth), H(found)) - E[MI])``: 0 for chance.
    v, homogeneity, completeness
        ``h = 1 - H(truth | found) / H(truth)``, ``c = 1 - H(found | truth) / H(found)``,
        ``v = 2hc / (h + c)``.
    ari
        ``(RI - E[RI]) / (max RI - E[RI])`` over pairs of texts: 0 for chance.
    nmi
        ``MI / mean(H(truth), H(found))``.
    """

    ami: float
    v: float
    homogeneity: float
    completeness: float
    ari: float
    nmi: float


@dataclass(frozen=True)
class InLanguage:
    """The figures of one language alone: texts, share that has a cluster, agreement."""

    texts: int
    coverage: float
    agreement: Agreement


@dataclass(frozen=True)
class Leak:
    """How far clusters are languages.

    Attributes
    ----------
    ami
        AMI of cluster and language over clustered texts: 0 is no trace of the language.
    given_label
        The same inside each label of at least ten texts, weighted by size: what labels that differ
        between languages do not explain. None if there is no such label in two languages.
    """

    ami: float
    given_label: float | None


@dataclass(frozen=True)
class Twins:
    """Translations of the same text: pairs, and the share of them in one cluster.

    `chance` is that share if texts were drawn at random; `between` has keys such as "nb-sv".
    """

    pairs: int
    together: float
    chance: float
    between: dict[str, float]


@dataclass(frozen=True)
class Score:
    """All figures of one clustering.

    Attributes
    ----------
    texts, labels, clusters
        Numbers of texts scored, of different labels and of clusters among them.
    coverage
        Share of the texts that have a cluster.
    largest
        Share of the clustered texts that is in the largest cluster; None if there is no cluster.
    all
        Over every text, those without a cluster taken as one cluster more.
    clustered
        Over texts with a cluster alone: read it beside the coverage. None if there are none.
    per_language
        Language to its own figures, over every text of it.
    leak
        None where there is but one language, or no cluster.
    twins
        None where no text is a translation of another.
    """

    texts: int
    labels: int
    clusters: int
    coverage: float
    largest: float | None
    all: Agreement
    clustered: Agreement | None
    per_language: dict[str, InLanguage]
    leak: Leak | None
    twins: Twins | None


def score(
    labelled: Sequence[Labelled],
    clusters: Mapping[str, str | None],
    *,
    ignore: Collection[str] = (),
    lang: str | None = None,
) -> Score:
    """Compare clusters with labels.

    Parameters
    ----------
    labelled
        With different ids; those without a label are left out.
    clusters
        Text id to its cluster; None, or an id that is missing, is no cluster.
    ignore
        Labels that are left out, such as "other", which is no theme.
    lang
        Only texts in this language.

    Raises
    ------
    ValueError
        If a cluster is given for an unknown id, or no text is left to score.
    """
    unknown = sorted(set(clusters).difference(one.id for one in labelled))
    if unknown:
        raise ValueError(f"there is a cluster for {unknown[0]!r}, which is not among the labelled texts")
    kept = [one for one in labelled if one.label is not None and one.label not in ignore
            and lang in (None, one.lang)]
    if not kept:
        raise ValueError("no labelled text is left to score")
    truth = np.array([one.label for one in kept])
    langs = np.array([one.lang for one in kept])
    found = np.array([NONE if (name := clusters.get(one.id)) is None else name for one in kept])
    placed = found != NONE
    sizes = Counter(found[placed].tolist())
    return Score(
        texts=len(kept),
        labels=len(set(truth.tolist())),
        clusters=len(sizes),
        coverage=float(placed.mean()),
        largest=max(sizes.values()) / sizes.total() if sizes else None,
        all=agreement(truth, found),
        clustered=agreement(truth[placed], found[placed]) if sizes else None,
        per_language=_per_language(truth, found, langs),
        leak=leak(truth[placed], found[placed], langs[placed]) if sizes else None,
        twins=_twins(kept, found.tolist()),
    )


def agreement(truth: Names, found: Names) -> Agreement:
    """Compare two groupings of the same texts, both of shape (texts,), at least one text."""
    homogeneity, completeness, v = metrics.homogeneity_completeness_v_measure(truth, found)
    return Agreement(
        ami=float(metrics.adjusted_mutual_info_score(truth, found)),
        v=float(v),
        homogeneity=float(homogeneity),
        completeness=float(completeness),
        ari=float(metrics.adjusted_rand_score(truth, found)),
        nmi=float(metrics.normalized_mutual_info_score(truth, found)),
    )


def _per_language(truth: Names, found: Names, langs: Names) -> dict[str, InLanguage]:
    result = {}
    for lang in sorted(set(langs.tolist())):
        inside = langs == lang
        coverage = float((found[inside] != NONE).mean())
        result[lang] = InLanguage(int(inside.sum()), coverage, agreement(truth[inside], found[inside]))
    return result


def leak(truth: Names, found: Names, langs: Names) -> Leak | None:
    """Tell how far clusters follow the language; arrays of shape (texts,), None for one language."""
    if len(set(langs.tolist())) < 2:
        return None
    shares, weights = [], []
    for label in sorted(set(truth.tolist())):
        inside = truth == label
        if inside.sum() >= ENOUGH and len(set(langs[inside].tolist())) > 1:
            shares.append(float(metrics.adjusted_mutual_info_score(langs[inside], found[inside])))
            weights.append(int(inside.sum()))
    given = float(np.average(shares, weights=weights)) if shares else None
    return Leak(float(metrics.adjusted_mutual_info_score(langs, found)), given)


def _twins(labelled: Sequence[Labelled], found: Sequence[str]) -> Twins | None:
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one, cluster in zip(labelled, found, strict=True):
        if one.group is not None:
            groups[one.group].append((one.lang, cluster))
    together: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for members in groups.values():
        for (lang, cluster), (other_lang, other) in combinations(sorted(members), 2):
            between = f"{lang}-{other_lang}"
            pairs[between] += 1
            together[between] += cluster == other != NONE
    if not pairs:
        return None
    sizes = Counter(cluster for cluster in found if cluster != NONE)
    return Twins(
        pairs=pairs.total(),
        together=together.total() / pairs.total(),
        chance=sum((size / len(found)) ** 2 for size in sizes.values()),
        between={between: together[between] / pairs[between] for between in sorted(pairs)},
    )
