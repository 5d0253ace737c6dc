"""Ideas that say much the same, searched in memory: what the command line asks.

The web asks its database in the same way (`citizen.contributions.queries`); which texts are
found, in which order and with which scores, is `nearest` for both.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from citizen.analysis.nearest import MOST_COUNTED, MOST_ENDINGS, Asked, nearest
from citizen.analysis.results import Text
from citizen.analysis.terms import index_terms, is_bridge

MOST = 5


class Match(NamedTuple):
    """A text that was found and how like it is, 0 to 1."""

    id: str
    score: float


class SimilarTexts:
    """Texts to search in.

    Parameters
    ----------
    texts
        With different ids, in any order; texts without usable words are never found.
    """

    def __init__(self, texts: Sequence[Text]) -> None:
        ordered = sorted(texts, key=lambda text: text.id)
        self._ids = [text.id for text in ordered]
        self._postings = HeldPostings(text.text for text in ordered)

    def search(self, queries: Sequence[str], count: int = MOST) -> list[list[Match]]:
        """Find the texts most like each query, best first, ties by id.

        Parameters
        ----------
        queries
            Any texts.
        count
            At most so many matches per query.

        Returns
        -------
        One list per query, empty if nothing is like it.
        """
        return [
            [Match(self._ids[found.id], found.score) for found in nearest(self._postings, query, count)]
            for query in queries
        ]


class HeldPostings:
    """Postings in memory: four bytes for each, and the terms of every text as one line.

    Parameters
    ----------
    texts
        Numbered from 0 in the order given.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._lines: list[str] = []
        self._texts_of: dict[str, array[int]] = {}
        for number, text in enumerate(texts):
            terms = index_terms(text)
            self._lines.append(" ".join(terms))
            for term in terms:
                self._texts_of.setdefault(term, array("I")).append(number)
        self._sorted = sorted(term for term in self._texts_of if not is_bridge(term))

    def counts(self, terms: Collection[str]) -> Mapping[str, int]:
        """See `Postings`."""
        return {
            term: min(len(self._texts_of[term]), MOST_COUNTED) for term in terms if term in self._texts_of
        }

    def kin(self, spellings: Collection[str], begun: Collection[str]) -> Collection[str]:
        """See `Postings`."""
        return (self._texts_of.keys() & spellings).union(*(self._endings(start) for start in begun))

    def _endings(self, start: str) -> list[str]:
        first = bisect_left(self._sorted, start)
        return [term for term in self._sorted[first : first + MOST_ENDINGS] if term.startswith(start)]

    def heaviest(self, asked: Sequence[Asked], count: int) -> Sequence[tuple[int, str]]:
        """See `Postings`."""
        sums: Counter[int] = Counter()
        for term, weight, most in asked:
            for number in self._texts_of[term][-most:]:
                sums[number] += weight  # type: ignore[assignment]
        best = sorted(sums, key=lambda number: (-sums[number], number))[:count]
        return [(number, self._lines[number]) for number in best]
