"""Why a text is where it is: the words that brought it there, its neighbours, the runner-up.

A word's share is what it adds to the cosine between the text and the middle of its theme; words that
speak of the same concept are told as that concept.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from scipy import sparse

from citizen.analysis.features import FeatureSpace
from citizen.analysis.learning import Learnt
from citizen.analysis.model import CHUNK, ThemeModel
from citizen.analysis.normalise import lower_words
from citizen.analysis.results import UNSORTED, Item, Text
from citizen.analysis.words import Passage

MOST_REASONS = 5
LEAST = 0.04
"""Share of the cosine below which a word is no reason."""


@dataclass(frozen=True)
class Reason:
    """A word of the text, or a concept its words speak of, and its share of the reasons, 0 to 1."""

    kind: str
    name: str
    share: float


@dataclass(frozen=True)
class Explanation:
    """Why a text is in its theme.

    Attributes
    ----------
    id
        The text.
    reasons
        Three to five words or concepts, weightiest first; none for an unsorted text.
    near
        Ids of up to two texts of the same theme that are nearest, where the text was a landmark.
    second
        The runner-up theme, or `UNSORTED`.
    """

    id: str
    reasons: tuple[Reason, ...]
    near: tuple[str, ...]
    second: int


def explain(learnt: Learnt, texts: Iterable[Text], items: Iterable[Item]) -> Iterable[Explanation]:
    """Explain texts where `items` say they are.

    Parameters
    ----------
    learnt
        The themes.
    texts
        In any order.
    items
        Where each of them is, in the same order: what `ThemeModel.place` gave.
    """
    pairs = iter(zip(texts, items, strict=True))
    while chunk := list(islice(pairs, CHUNK)):
        yield from _explain(learnt, chunk)


def _explain(learnt: Learnt, chunk: Sequence[tuple[Text, Item]]) -> Iterable[Explanation]:
    model = learnt.model
    read = [Passage(text.text, lower_words(text.text), item.lang) for text, item in chunk]
    model.words.meet(read)
    numbers = [{word: model.words.number(word, lang) for word in words} for _, words, lang in read]
    lengths, pull = _lengths(model, numbers), _pull(model)
    for at, (text, item) in enumerate(chunk):
        reasons: tuple[Reason, ...] = ()
        if item.cluster != UNSORTED:
            length = {name: float(of_text[at]) for name, of_text in lengths.items()}
            reasons = _reasons(model, numbers[at], length, pull[item.cluster])
        yield Explanation(text.id, reasons, learnt.near.get(text.id, ()), item.second)


def _lengths(model: ThemeModel, numbers: Sequence[Mapping[str, int]]) -> dict[str, np.ndarray]:
    """Return, per block, the length of what every text's different words bring, shape (texts,)."""
    has = sparse.lil_matrix((len(numbers), len(model.words.known)), dtype=np.float32)
    for at, of_word in enumerate(numbers):
        has.rows[at] = sorted(set(of_word.values()))
        has.data[at] = [1.0] * len(has.rows[at])
    has, lengths = has.tocsr(), {}
    for name, brought in model.brought().items():
        rows = (has @ brought).astype(np.float64)
        rows.data *= model.space.blocks_[name].rarity[rows.indices]
        lengths[name] = np.maximum(np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel()), 1e-12)
    return lengths


def _pull(model: ThemeModel) -> list[dict[str, np.ndarray]]:
    """Return, per theme and block, how strongly every known word pulls towards the theme's middle."""
    brought = model.brought()
    parts = _by_block(model.space, model.borders.centroids)
    themes = model.borders.centroids.shape[1]
    pulls: dict[str, np.ndarray] = {}
    for name, block in model.space.blocks_.items():
        weighted = sparse.diags(block.rarity) @ parts[name]
        pulls[name] = np.asarray(brought[name] @ weighted) * np.sqrt(block.weight)
    return [{name: pull[:, theme] for name, pull in pulls.items()} for theme in range(themes)]


def _by_block(space: FeatureSpace, centroids: np.ndarray) -> dict[str, np.ndarray]:
    ends = np.cumsum([len(block.rarity) for block in space.blocks_.values()])
    # What comes after the blocks is a sentence model's, which has no words to tell.
    return dict(zip(space.blocks_, np.split(centroids[: ends[-1]], ends[:-1]), strict=True))


def _reasons(
    model: ThemeModel,
    numbers: Mapping[str, int],
    length: Mapping[str, float],
    pull: Mapping[str, np.ndarray],
) -> tuple[Reason, ...]:
    strength: dict[tuple[str, str], float] = defaultdict(float)
    for word, number in numbers.items():
        known = model.words.known[number]
        by_block = {name: float(pull[name][number]) / length[name] for name in pull}
        concept = by_block.pop("concepts", 0.0) + by_block.pop("areas", 0.0)
        for one in known.concepts:
            strength["concept", model.words.lexicon.concepts[one].id] += concept / len(known.concepts)
        if known.stem:
            strength["word", word] += sum(by_block.values())
    total = sum(value for value in strength.values() if value > 0) or 1.0
    ranked = sorted(strength.items(), key=lambda one: (-one[1], one[0]))[:MOST_REASONS]
    return tuple(Reason(*key, round(value / total, 4)) for key, value in ranked if value / total >= LEAST)
