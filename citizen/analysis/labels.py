"""What a theme is called: a concept where one covers it, else its own telling words.

Source of the word weights: class-based TF-IDF (Grootendorst 2022), ``df_c * ln(1 + A / f)``,
with document counts in place of word counts, so that one long text cannot name a theme. Stems that
begin alike count as one family (*bobilene, bobilplass*): in short texts the same stem seldom comes
twice.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

from citizen.analysis.corpus import Document
from citizen.analysis.lexicon import Lexicon
from citizen.analysis.results import LANGUAGES, UNSORTED

MOST_TERMS = 8
WORDS_IN_LABEL = 3
COVERS = 0.5
"""Share of a group that a concept must cover to name it alone."""

BOTH_COVER = 0.6
PART = 0.25
"""Shares that two concepts must cover together, and each, to name a group together."""

TOPICAL = 2.5
"""How much more a word counts that the lexicon knows: *hållplats* before *tät*."""

_LIFT = 1.5
_FAMILY = 5


@dataclass(frozen=True)
class Name:
    """The words and names of one cluster, as in `results.Cluster`."""

    terms: tuple[str, ...]
    labels: dict[str, str]
    concept: str | None
    goals: tuple[int, ...]


@dataclass(frozen=True)
class _Group:
    """Counts inside one group.

    Documents per family, per concept, per pair of concepts and per area; spellings per family and
    language.
    """

    size: int
    families: Counter[str]
    concepts: Counter[int]
    pairs: Counter[tuple[int, int]]
    areas: Counter[str]
    spellings: Mapping[str, Mapping[str, Counter[str]]]


def _family(stem: str) -> str:
    return stem[:_FAMILY]


class Vocabulary:
    """Counts over all documents, from which telling words are found.

    Parameters
    ----------
    documents
        All documents, unsorted ones too.
    lexicon
        Where concepts come from.
    """

    def __init__(self, documents: Sequence[Document], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.size = len(documents)
        self.families: Counter[str] = Counter()
        self.concepts: Counter[int] = Counter()
        self.areas: Counter[str] = Counter()
        self._topical: dict[str, bool] = {}
        self._names: Counter[str] = Counter()
        for document in documents:
            self.families.update({_family(stem) for stem in document.stems})
            self.concepts.update(set(document.concepts))
            self.areas.update(areas_of(document, lexicon))
            self._names.update(_capitals(document))

    def is_topical(self, word: str) -> bool:
        """Tell whether the lexicon knows a word: it then says what a text is about."""
        if word not in self._topical:
            self._topical[word] = bool(self.lexicon.find(word))
        return self._topical[word]

    def is_name(self, family: str) -> bool:
        """Tell whether words are mostly capitalised inside sentences: a place or a brand."""
        return self._names[family] > 0


def areas_of(document: Document, lexicon: Lexicon) -> set[str]:
    """Return the areas whose concepts a passage speaks of."""
    return {lexicon.concepts[one].area for one in document.concepts}


def _capitals(document: Document) -> Counter[str]:
    """Count, per family, capitalised less lower-case words; openings count for nothing."""
    counts: Counter[str] = Counter()
    for word, stem, opens in zip(document.surface, document.stems, document.opens, strict=True):
        if word.islower():
            counts[_family(stem)] -= 1
        elif not opens:
            counts[_family(stem)] += 1
    return counts


def name_groups(
    documents: Sequence[Document], groups: Sequence[int], vocabulary: Vocabulary
) -> list[Name]:
    """Name every group; `groups` holds the group of every document, from 0 without gaps."""
    members: dict[int, list[int]] = defaultdict(list)
    for row, group in enumerate(groups):
        if group != UNSORTED:
            members[group].append(row)
    counted = [
        _count([documents[row] for row in members[group]], vocabulary.lexicon)
        for group in sorted(members)
    ]
    concepts = [_covering_concept(group, vocabulary) for group in counted]
    shared = {concept for concept, uses in Counter(concepts).items() if uses > 1}
    return [
        _name(group, concept, concept in shared, vocabulary)
        for group, concept in zip(counted, concepts, strict=True)
    ]


def _count(documents: Sequence[Document], lexicon: Lexicon) -> _Group:
    families: Counter[str] = Counter()
    concepts: Counter[int] = Counter()
    pairs: Counter[tuple[int, int]] = Counter()
    areas: Counter[str] = Counter()
    spellings: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for document in documents:
        families.update({_family(stem) for stem in document.stems})
        concepts.update(set(document.concepts))
        areas.update(areas_of(document, lexicon))
        pairs.update(combinations(sorted(set(document.concepts)), 2))
        for word, stem in zip(document.surface, document.stems, strict=True):
            spellings[_family(stem)][document.lang][word] += 1
    return _Group(len(documents), families, concepts, pairs, areas, spellings)


def _weight(concept: int, group: _Group, vocabulary: Vocabulary) -> float:
    """Return share times ln(lift) of a concept in a group; 0 if others speak of it as much."""
    share = group.concepts[concept] / group.size
    lift = share * vocabulary.size / vocabulary.concepts[concept]
    return share * log(lift) if lift >= _LIFT else 0.0


def _covering_concept(group: _Group, vocabulary: Vocabulary) -> int | None:
    """Return the concept that at least half of the group and clearly fewer others speak of."""
    weights = {
        concept: _weight(concept, group, vocabulary)
        for concept, count in sorted(group.concepts.items())
        if count >= COVERS * group.size
    }
    best = max(weights, key=lambda concept: weights[concept], default=None)
    return best if best is not None and weights[best] > 0 else None


def _covering_pair(group: _Group, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return two concepts that cover most of the group together and a quarter each, or none."""
    able = [
        concept
        for concept, count in sorted(group.concepts.items())
        if count >= PART * group.size and _weight(concept, group, vocabulary) > 0
    ]

    def covered(pair: tuple[int, ...]) -> int:
        return group.concepts[pair[0]] + group.concepts[pair[1]] - group.pairs[pair[0], pair[1]]

    best = max(combinations(able, 2), key=covered, default=())
    if not best or covered(best) < BOTH_COVER * group.size:
        return ()
    return tuple(sorted(best, key=lambda concept: -_weight(concept, group, vocabulary)))


def _covering_area(group: _Group, vocabulary: Vocabulary) -> str | None:
    """Return the area that most of the group and clearly fewer others speak of."""
    weights = {
        area: count * log(count * vocabulary.size / (group.size * vocabulary.areas[area]))
        for area, count in sorted(group.areas.items())
        if count >= BOTH_COVER * group.size and area in vocabulary.lexicon.areas
        and count * vocabulary.size >= _LIFT * group.size * vocabulary.areas[area]
    }
    return max(weights, key=lambda area: weights[area], default=None)


def _telling(group: _Group, vocabulary: Vocabulary) -> list[str]:
    """Return the families of a group, most telling first.

    Words of a single text come after those of several, and names come after words unless they
    stand in half of the group.
    """
    average = sum(vocabulary.families.values()) / max(1, len(vocabulary.families))

    def rank(family: str) -> tuple[bool, bool, float, str]:
        count = group.families[family]
        name = vocabulary.is_name(family) and count < COVERS * group.size
        weight = count * log(1 + average / vocabulary.families[family])
        if any(vocabulary.is_topical(word) for own in group.spellings[family].values() for word in own):
            weight *= TOPICAL
        return count < 2, name or len(family) < 3, -weight, family

    return sorted(group.families, key=rank)


def _shown(family: str, group: _Group, vocabulary: Vocabulary, lang: str | None = None) -> str:
    """Return the commonest spelling of a family, in one language if it occurs there."""
    own = group.spellings[family].get(lang or "")
    counts = own or sum(group.spellings[family].values(), Counter())
    merged: Counter[str] = Counter()
    for word, count in counts.items():
        merged[word if vocabulary.is_name(family) else word.lower()] += count
    return min(merged, key=lambda word: (-merged[word], len(word), word))


def _name(group: _Group, concept: int | None, shared: bool, vocabulary: Vocabulary) -> Name:
    telling = _telling(group, vocabulary)
    terms = tuple(_shown(family, group, vocabulary) for family in telling[:MOST_TERMS])
    if concept is None:
        return Name(terms, _free_labels(telling, group, vocabulary), None, ())
    known = vocabulary.lexicon.concepts[concept]
    labels = {lang: known.names[lang] for lang in LANGUAGES}
    if shared:
        find = vocabulary.lexicon.find
        extra = [f for f in telling if concept not in find(_shown(f, group, vocabulary))]
        words = _joined(extra[: WORDS_IN_LABEL - 1], group, vocabulary)
        labels = {lang: f"{labels[lang]}: {words[lang]}" for lang in LANGUAGES}
    return Name(terms, labels, known.id, known.goals)


def _joined(families: Sequence[str], group: _Group, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the words of some families, in each language, joined by commas."""
    return {
        lang: ", ".join(_shown(family, group, vocabulary, lang) for family in families)
        for lang in LANGUAGES
    }


def _free_labels(telling: Sequence[str], group: _Group, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the names of a group that no single concept covers: two concepts, an area, or words."""
    pair = [vocabulary.lexicon.concepts[one].names for one in _covering_pair(group, vocabulary)]
    if pair:
        return {lang: " · ".join(names[lang] for names in pair) for lang in LANGUAGES}
    joined = _joined(telling[:WORDS_IN_LABEL], group, vocabulary)
    if area := _covering_area(group, vocabulary):
        short = _joined(telling[: WORDS_IN_LABEL - 1], group, vocabulary)
        names = vocabulary.lexicon.areas[area].names
        return {lang: f"{names[lang]}: {short[lang]}" for lang in LANGUAGES}
    return {lang: label[:1].upper() + label[1:] for lang, label in joined.items()}
