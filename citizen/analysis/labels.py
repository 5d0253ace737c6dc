"""What a theme is called: a concept where one covers it, else its own telling words.

Source of the word weights: class-based TF-IDF (Grootendorst 2022), ``df_c * ln(1 + A / f)``,
with document counts in place of word counts, so that one long text cannot name a theme.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from citizen.analysis.features import Document
from citizen.analysis.lexicon import Lexicon
from citizen.analysis.results import LANGUAGES, UNSORTED

MOST_TERMS = 8
WORDS_IN_LABEL = 3
COVERS = 0.5
_LIFT = 1.5
_SAME_START = 5


@dataclass(frozen=True)
class Name:
    """The words and names of one cluster, as in `results.Cluster`."""

    terms: tuple[str, ...]
    labels: dict[str, str]
    concept: str | None
    goals: tuple[int, ...]


@dataclass(frozen=True)
class _Group:
    """Counts inside one group: documents per stem, spellings per stem and language."""

    size: int
    stems: Counter[str]
    concepts: Counter[int]
    spellings: Mapping[str, Mapping[str, Counter[str]]]


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
        self.stems: Counter[str] = Counter()
        self.concepts: Counter[int] = Counter()
        self.lower: set[str] = set()
        for document in documents:
            self.stems.update(set(document.stems))
            self.concepts.update(set(document.concepts))
            self.lower.update(word for word in document.surface if word.islower())
        self._common = {
            stem
            for document in documents
            for word, stem in zip(document.surface, document.stems, strict=True)
            if word.islower()
        }

    def is_name(self, stem: str) -> bool:
        """Tell whether a stem is never written in lower case: most likely a place or a brand."""
        return stem not in self._common

    def spelling(self, word: str) -> str:
        """Return a word as it is to be shown: lower case if anybody writes it so."""
        return word.lower() if word.lower() in self.lower else word


def name_groups(
    documents: Sequence[Document],
    langs: Sequence[str],
    groups: Sequence[int],
    vocabulary: Vocabulary,
) -> list[Name]:
    """Name every group; `groups` holds the group of every document, from 0 without gaps."""
    members: dict[int, list[int]] = defaultdict(list)
    for row, group in enumerate(groups):
        if group != UNSORTED:
            members[group].append(row)
    counted = [
        _count((documents[row], langs[row]) for row in members[group]) for group in sorted(members)
    ]
    concepts = [_covering_concept(group, vocabulary) for group in counted]
    shared = {concept for concept, uses in Counter(concepts).items() if uses > 1}
    return [
        _name(group, concept, concept in shared, vocabulary)
        for group, concept in zip(counted, concepts, strict=True)
    ]


def _count(documents: Iterable[tuple[Document, str]]) -> _Group:
    size = 0
    stems: Counter[str] = Counter()
    concepts: Counter[int] = Counter()
    spellings: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for document, lang in documents:
        size += 1
        stems.update(set(document.stems))
        concepts.update(set(document.concepts))
        for word, stem in zip(document.surface, document.stems, strict=True):
            spellings[stem][lang][word] += 1
    return _Group(size, stems, concepts, spellings)


def _covering_concept(group: _Group, vocabulary: Vocabulary) -> int | None:
    """Return the concept that at least half of the group and clearly fewer others speak of."""
    best, weight = None, 0.0
    for concept, count in sorted(group.concepts.items()):
        share = count / group.size
        lift = share / (vocabulary.concepts[concept] / vocabulary.size)
        if share >= COVERS and lift >= _LIFT and share * log(lift) > weight:
            best, weight = concept, share * log(lift)
    return best


def telling_stems(group: _Group, vocabulary: Vocabulary) -> list[str]:
    """Return the stems of a group, most telling first.

    Words of a single text come after those of several, and names come after words unless they
    stand in half of the group.
    """
    average = sum(vocabulary.stems.values()) / max(1, len(vocabulary.stems))

    def rank(stem: str) -> tuple[bool, bool, float, str]:
        count = group.stems[stem]
        name = vocabulary.is_name(stem) and count < COVERS * group.size
        weight = count * log(1 + average / vocabulary.stems[stem])
        return count < 2, name or len(stem) < 3, -weight, stem

    return sorted(group.stems, key=rank)


def _shown(stem: str, group: _Group, vocabulary: Vocabulary, lang: str | None = None) -> str:
    """Return the commonest spelling of a stem, in one language if it occurs there."""
    own = group.spellings[stem].get(lang or "")
    counts = own or sum(group.spellings[stem].values(), Counter())
    merged: Counter[str] = Counter()
    for word, count in counts.items():
        merged[vocabulary.spelling(word)] += count
    return min(merged, key=lambda word: (-merged[word], word))


def _differing(stems: Iterable[str], count: int) -> list[str]:
    """Return the first stems that do not begin alike: not *cykel* and *cykelbana* both."""
    chosen: list[str] = []
    for stem in stems:
        if not any(stem[:_SAME_START] == other[:_SAME_START] for other in chosen):
            chosen.append(stem)
        if len(chosen) == count:
            break
    return chosen


def _name(group: _Group, concept: int | None, shared: bool, vocabulary: Vocabulary) -> Name:
    stems = telling_stems(group, vocabulary)
    terms = tuple(dict.fromkeys(_shown(stem, group, vocabulary) for stem in stems[:MOST_TERMS]))
    if concept is None:
        chosen = _differing(stems, WORDS_IN_LABEL)
        return Name(terms, _word_labels(chosen, group, vocabulary), None, ())
    known = vocabulary.lexicon.concepts[concept]
    labels = {lang: known.names[lang] for lang in LANGUAGES}
    if shared:
        extra = [stem for stem in stems if concept not in vocabulary.lexicon.find(stem)]
        chosen = _differing(extra, WORDS_IN_LABEL - 1)
        words = _word_labels(chosen, group, vocabulary)
        labels = {lang: f"{labels[lang]}: {words[lang].lower()}" for lang in LANGUAGES}
    return Name(terms, labels, known.id, known.goals)


def _word_labels(stems: Sequence[str], group: _Group, vocabulary: Vocabulary) -> dict[str, str]:
    joined = {
        lang: ", ".join(_shown(stem, group, vocabulary, lang) for stem in stems)
        for lang in LANGUAGES
    }
    return {lang: label[:1].upper() + label[1:] for lang, label in joined.items()}
