"""Find the themes in a pile of texts: the whole chain, from texts to named clusters.

The steps are the same for fifty texts and for a million, in one process or in many: choose
landmarks (`landmarks.Survey`), learn themes from them (`learning.learn`), place every text
(`model.ThemeModel.place`).
"""

from collections.abc import Mapping, Sequence

from citizen.analysis import landmarks
from citizen.analysis.embedder.model import Embedder
from citizen.analysis.landmarks import Survey
from citizen.analysis.learning import Settings, WordLists, learn, ticker
from citizen.analysis.lexicon import Lexicon, load_lexicon
from citizen.analysis.results import Clustering, Progress, Seed, Text
from citizen.analysis.thesaurus import Thesaurus, load_thesaurus


def find_clusters(
    texts: Sequence[Text],
    *,
    clusters: int | None = None,
    seed: int = 0,
    anchors: Mapping[str, str] | None = None,
    seeds: Sequence[Seed] = (),
    progress: Progress | None = None,
    lexicon: Lexicon | None = None,
    thesaurus: Thesaurus | None = None,
    embedder: Embedder | None = None,
) -> Clustering:
    """Group texts by what they are about and name the groups.

    Parameters
    ----------
    texts
        In any order, with different ids.
    clusters, seed, anchors, seeds
        See `Settings`.
    progress
        See `results.Progress`.
    lexicon, thesaurus
        Others than those that come with the package.
    embedder
        A sentence model whose vectors join the comparison.

    Raises
    ------
    TooFewTexts
        If fewer than ten texts have usable words.
    ValueError
        If two texts have the same id, or `clusters` is below 1 or above the number of texts.
    Cancelled
        If `progress` raises it.
    """
    if len({text.id for text in texts}) < len(texts):
        raise ValueError("two texts have the same id")
    settings = Settings(clusters, seed, anchors, seeds)
    chosen = Survey(seed, landmarks.LANDMARKS)
    tick = ticker(progress)
    for number, text in enumerate(texts):
        if number % landmarks.LANDMARKS == 0:
            tick("reading", 0.5 * number / len(texts))
        chosen.add(text)
    lists = WordLists(lexicon or load_lexicon(), thesaurus or load_thesaurus(), embedder)
    learnt = learn(chosen, settings, lists, progress)
    placed = learnt.model.place(texts, lambda done: tick("placing", done / len(texts)))
    tick("placing", 0.0)
    result = learnt.result(placed)
    tick("placing", 1.0)
    return result
