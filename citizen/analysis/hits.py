"""What the concept lexicon finds in a corpus, for the people who keep it.

Per concept the texts that speak of it and the words that made it so, which shows strangers at a
glance; and the commonest words that no concept knows, which are candidates for new stems.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from citizen.analysis.lexicon import Lexicon
from citizen.analysis.stopwords import is_stop_word

WORDS_SHOWN = 20
UNKNOWN_SHOWN = 100
MOST_WORDS = 300_000
"""Different words that are counted at once; beyond that the rarest are forgotten by halves."""

WordCount = tuple[str, int]
"""A word in lower case and how often it occurs."""


@dataclass(frozen=True)
class ConceptHits:
    """Where one concept is found.

    Attributes
    ----------
    concept
        Its id.
    texts
        Number of texts that speak of it.
    words
        The words that hit, commonest first, at most as many as asked for.
    """

    concept: str
    texts: int
    words: tuple[WordCount, ...]


@dataclass(frozen=True)
class Review:
    """What a lexicon finds in a corpus.

    Attributes
    ----------
    version
        The lexicon's.
    texts
        Number of texts.
    covered
        Number of texts that speak of at least one concept.
    concepts
        Every concept, most texts first, ties in the order of the lexicon.
    unknown
        Words that no concept knows, commonest first, stop words left out.
    """

    version: str
    texts: int
    covered: int
    concepts: tuple[ConceptHits, ...]
    unknown: tuple[WordCount, ...]


def hits(
    lexicon: Lexicon,
    texts: Iterable[Iterable[str]],
    words_shown: int = WORDS_SHOWN,
    unknown_shown: int = UNKNOWN_SHOWN,
) -> Review:
    """Review a lexicon by what it finds.

    Parameters
    ----------
    lexicon
        With or without a municipality's additions.
    texts
        The words of each text, as `normalise.words` gives them; read once, one at a time.
    words_shown, unknown_shown
        At most so many words per concept, and of those no concept knows.

    Returns
    -------
    Review
        Numbers of texts are exact. Counts of words are exact up to `MOST_WORDS` different words;
        beyond that rare words may be missing or counted too low.
    """
    words: Counter[str] = Counter()
    spoken: Counter[int] = Counter()
    total = covered = 0
    for text in texts:
        lower = [word.lower() for word in text]
        found = frozenset[int]().union(*map(lexicon.find, lower))
        total, covered = total + 1, covered + bool(found)
        spoken.update(found)
        words.update(lower)
        if len(words) > MOST_WORDS:
            words = _without_rarest(words)
    known, unknown = _sorted_out(lexicon, words)
    order = sorted(range(len(lexicon.concepts)), key=lambda number: -spoken[number])
    return Review(
        lexicon.version,
        total,
        covered,
        tuple(
            ConceptHits(lexicon.concepts[one].id, spoken[one], tuple(known[one][:words_shown]))
            for one in order
        ),
        tuple(unknown[:unknown_shown]),
    )


def _without_rarest(words: Counter[str]) -> Counter[str]:
    """Return the commoner half of the words; which of equals stay goes by the alphabet."""
    return Counter(dict(_commonest_first(words)[: MOST_WORDS // 2]))


def _commonest_first(words: Counter[str]) -> list[WordCount]:
    return sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))


def _sorted_out(lexicon: Lexicon, words: Counter[str]) -> tuple[list[list[WordCount]], list[WordCount]]:
    """Return the words of every concept and those of none, commonest first."""
    known: list[list[WordCount]] = [[] for _ in lexicon.concepts]
    unknown: list[WordCount] = []
    for word, count in _commonest_first(words):
        found = lexicon.find(word)
        for number in found:
            known[number].append((word, count))
        if not found and len(word) > 1 and not is_stop_word(word):
            unknown.append((word, count))
    return known, unknown
