"""What is in each group: names, quotes, doubts and how good it is."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from citizen.analysis import labels, quotes
from citizen.analysis.corpus import Corpus
from citizen.analysis.landmarks import Landmark
from citizen.analysis.lexicon import Lexicon
from citizen.analysis.placing import Place
from citizen.analysis.results import UNSORTED, Cluster, Quality

CLEAR = 0.75
FAIR = 0.5
"""Share of the texts most like its own that a theme must hold to be called clear, and fair.

On labelled ideas this share tells good themes from mixtures (rank correlation with how many pairs of
texts have one label: 0.39 to 0.56); the mean confidence of the texts does not (-0.20 to 0.15).
"""

MOST_ALIKE = 3
"""How many of the texts most like it are asked where they lie, for each text."""

DOUBTFUL = 0.15
"""Confidence below which a text is shown as one that may not belong."""

MOST_DISSENTERS = 3
MOST_NEAR = 2
FEW = 3
ALIKE = 0.85
"""Cosine from which two texts say the same in nearly the same words."""


@dataclass(frozen=True)
class Grouped:
    """Landmarks with their groups: what descriptions are made of.

    Attributes
    ----------
    corpus
        The landmarks.
    groups
        Group of every row or `UNSORTED`, shape (rows,).
    places
        Where every landmark belongs.
    closeness
        How near every row is to the others of its group, shape (rows,).
    neighbours
        Nearest other rows of every row, most similar first, shape (rows, neighbours).
    """

    corpus: Corpus
    groups: NDArray[np.intp]
    places: Sequence[Place]
    closeness: NDArray[np.float64]
    neighbours: NDArray[np.intp]


def describe(grouped: Grouped, lexicon: Lexicon) -> list[Cluster]:
    """Describe every group; sizes count the landmarks with their copies."""
    corpus = grouped.corpus
    vocabulary = labels.Vocabulary(corpus.documents, lexicon)
    of_passage = [int(grouped.groups[row]) if row >= 0 else UNSORTED for row in corpus.row_of]
    names = labels.name_groups(corpus.documents, of_passage, vocabulary)
    best = _best_passages(grouped)
    spoken = set(corpus.langs)
    return [
        _describe(number, name, grouped, best[number], several=len(spoken) > 1)
        for number, name in enumerate(names)
    ]


def _describe(
    number: int,
    name: labels.Name,
    grouped: Grouped,
    passage: Mapping[int, int],
    *,
    several: bool,
) -> Cluster:
    corpus = grouped.corpus
    members = [at for at, place in enumerate(grouped.places) if place.cluster == number]
    shown = [at for at in members if at in passage]
    near = {at: float(grouped.closeness[corpus.row_of[passage[at]]]) for at in shown}
    keys = {at: corpus.documents[passage[at]].key for at in shown}
    chosen = quotes.typical(shown, near, keys)
    return Cluster(
        number=number,
        size=sum(corpus.landmarks[at].copies for at in members),
        terms=name.terms,
        labels=name.labels,
        representatives=tuple(corpus.landmarks[at].text.id for at in chosen),
        dissenters=_dissenters(members, chosen, grouped),
        quality=_quality(number, members, grouped, several=several),
        concept=name.concept,
        goals=name.goals,
    )


def _best_passages(grouped: Grouped) -> dict[int, dict[int, int]]:
    """Return, per group and landmark with a passage in it, the passage nearest to its middle."""
    best: dict[int, dict[int, int]] = defaultdict(dict)
    row_of, groups = grouped.corpus.row_of.tolist(), grouped.groups.tolist()
    near = grouped.closeness.tolist()
    for passage, (row, owner) in enumerate(zip(row_of, grouped.corpus.owner.tolist(), strict=True)):
        if row >= 0:
            own = best[groups[row]]
            if owner not in own or near[row] > near[row_of[own[owner]]]:
                own[owner] = passage
    return best


def _dissenters(members: Sequence[int], chosen: Sequence[int], grouped: Grouped) -> tuple[str, ...]:
    doubtful = [
        (grouped.places[at].confidence, grouped.corpus.landmarks[at].text.id)
        for at in members if grouped.places[at].confidence < DOUBTFUL and at not in chosen
    ]
    return tuple(text for _, text in sorted(doubtful)[:MOST_DISSENTERS])


def _quality(number: int, members: Sequence[int], grouped: Grouped, *, several: bool) -> Quality:
    own = np.flatnonzero(grouped.groups == number)
    alike = grouped.neighbours[own, : min(MOST_ALIKE, len(own) - 1)]
    together = round(float(np.mean(grouped.groups[alike] == number)), 4) if alike.size else 0.0
    verdict = "clear" if together >= CLEAR else "fair" if together >= FAIR else "loose"
    langs = Counter(grouped.corpus.langs[at] for at in members)
    only = next(iter(langs)) if several and len(langs) == 1 and len(members) >= FEW else None
    return Quality(verdict, together, only)


def near_duplicates(
    corpus: Corpus, neighbours: NDArray[np.intp], cosines: NDArray[np.float32]
) -> tuple[tuple[str, ...], ...]:
    """Return the ids of texts that say the same, one sorted tuple each, sorted.

    Copies, and texts of one passage that are at least `ALIKE`; chained, so that three versions of
    one letter come together.
    """
    joined = list(range(len(corpus.landmarks)))
    passages = np.bincount(corpus.owner)
    whole = [(int(r), int(o)) for r, o in zip(corpus.row_of, corpus.owner, strict=True)
             if r >= 0 and passages[o] == 1]

    def root(at: int) -> int:
        while joined[at] != at:
            at = joined[at]
        return at

    owner = dict(reversed(whole))
    copies = [(owner[row], own) for row, own in whole]
    near = [(int(r), int(neighbours[r, c])) for r, c in np.argwhere(cosines >= ALIKE)]
    alike = [(owner[one], owner[other]) for one, other in near if one in owner and other in owner]
    for one, other in [*copies, *alike]:
        low, high = sorted((root(one), root(other)))
        joined[high] = low
    groups: dict[int, set[str]] = {}
    for at, landmark in enumerate(corpus.landmarks):
        groups.setdefault(root(at), set()).update(landmark.ids)
    return tuple(sorted(tuple(sorted(ids)) for ids in groups.values() if len(ids) > 1))


def _first_ids(found: Iterator[int], landmarks: Sequence[Landmark]) -> tuple[str, ...]:
    """Return the ids of the first `MOST_NEAR` different landmarks."""
    first: dict[int, str] = {}
    while len(first) < MOST_NEAR and (at := next(found, None)) is not None:
        first[at] = landmarks[at].text.id
    return tuple(first.values())


def nearest_of_theme(grouped: Grouped) -> dict[str, tuple[str, ...]]:
    """Return, per landmark, the ids of up to `MOST_NEAR` landmarks of its theme that are nearest."""
    corpus = grouped.corpus
    found: dict[str, tuple[str, ...]] = {}
    owner = {int(row): int(own) for row, own in zip(corpus.row_of, corpus.owner, strict=True)}
    for row, own in zip(corpus.row_of.tolist(), corpus.owner.tolist(), strict=True):
        place = grouped.places[own]
        if row < 0 or place.cluster == UNSORTED or grouped.groups[row] != place.cluster:
            continue
        others = (owner[other] for other in grouped.neighbours[row].tolist())
        alike = (at for at in others if at != own and grouped.places[at].cluster == place.cluster)
        found.setdefault(corpus.landmarks[own].text.id, _first_ids(alike, corpus.landmarks))
    return found
