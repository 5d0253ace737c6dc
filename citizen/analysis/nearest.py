"""The texts most like a text, among any number: rare terms choose some, likeness orders them.

Works on whatever can look terms up (`Postings`): the web's database, or memory for the command
line. Cost hardly grows with the number of texts: at most `MOST_READ` postings and `MOST_SEEN` texts
are looked at.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from math import log, sqrt
from typing import NamedTuple, Protocol

from citizen.analysis.spelling import SHORTEST, one_slip_away
from citizen.analysis.terms import index_terms, is_bridge

MOST_ASKED = 40
"""Terms of a text that are looked up: the first ones, title and opening."""

MOST_COUNTED = 1_000
"""Texts with a term that are counted; from there on a term is simply common."""

MOST_CHOSEN = 12
"""Rarest terms that choose texts."""

MOST_READ = 4_000
"""Postings that are read in all, rarest terms first; of a common term only the newest texts."""

MOST_SEEN = 200
"""Texts with the heaviest terms that are compared by all their terms and their length."""

HEAVIEST = 30
LIKELIEST = 25
"""Texts that are compared letter by letter: those with the heaviest terms, which slips leave alone, and
those with most of the terms for their length."""

MOST_RESPELT = 3
"""Strange words that are looked for under other spellings and as beginnings, longest first."""

MOST_ENDINGS = 20
"""Words that are looked at for a word that is still being typed."""

SELDOM = 1
"""Texts up to whose number a word may be strange: a slip of the finger, or unfinished."""

KIN = 0.7
"""Weight of a word spelt or ended otherwise, beside 1 for the word as typed."""

BRIDGED = 0.5
"""Weight of a bridge beside a word: the same need, not the same thing."""

TERMS = 0.4
"""Weight of the terms in the likeness; the rest is the letters'."""


class Match(NamedTuple):
    """A text that was found and how like it is, 0 to 1."""

    id: int
    score: float


class Asked(NamedTuple):
    """A term to choose texts by: its weight, and how many of its texts to look at."""

    term: str
    weight: float
    most: int


class Postings(Protocol):
    """Which texts have which terms."""

    def counts(self, terms: Collection[str]) -> Mapping[str, int]:
        """Return how many texts have each term, at most `MOST_COUNTED`; none may be left out."""

    def kin(self, spellings: Collection[str], begun: Collection[str]) -> Collection[str]:
        """Return the stems that are one of some spellings, and those that begin with something begun.

        Of each of the latter the first `MOST_ENDINGS` in alphabetical order.
        """

    def heaviest(self, asked: Sequence[Asked], count: int) -> Sequence[tuple[int, str]]:
        """Return the texts with the largest sum of weights, ties by id: ids and terms.

        Of each term the texts with the largest ids count, as many as it asks for.
        """


def nearest(postings: Postings, text: str, count: int) -> list[Match]:
    """Find the texts most like a text, best first, ties by id.

    Parameters
    ----------
    postings
        Where to look.
    text
        Any text, also one that is still being typed.
    count
        At most so many.

    Returns
    -------
    Empty if no text shares a term with it. The score is 0.4 times the share of its terms that the
    other has, rare ones weighing more, and 0.6 times the likeness of the letters (see `Likeness`).
    """
    wishes = _wishes(postings, index_terms(text)[:MOST_ASKED])
    asked = _choose(wishes)
    if not asked:
        return []
    likeness = Likeness(wishes)
    seen = postings.heaviest(asked, MOST_SEEN)
    likely = sorted(seen, key=lambda one: (-likeness.roughly(one[1]), one[0]))[:LIKELIEST]
    found = (Match(number, likeness.of(terms)) for number, terms in {*seen[:HEAVIEST], *likely})
    return sorted(found, key=lambda match: (-match.score, match.id))[:count]


class Wish(NamedTuple):
    """A term as typed, its weight, and the terms of the texts that fulfil it: weight and count."""

    term: str
    weight: float
    options: Mapping[str, tuple[float, int]]


def weight(term: str, count: int) -> float:
    """Return what a term tells when so many texts have it: ``1 / (1 + ln(1 + count))``, bridges half.

    It falls as an inverse document frequency does, but needs no number of all texts, which would
    have to be counted each time.
    """
    return (BRIDGED if is_bridge(term) else 1.0) / (1 + log(1 + count))


def _wishes(postings: Postings, terms: Sequence[str]) -> list[Wish]:
    counts = dict(postings.counts(terms)) if terms else {}
    strange = [term for term in terms if not is_bridge(term) and counts.get(term, 0) <= SELDOM]
    spellings = {term: one_slip_away(term) for term in sorted(strange, key=_length)[:MOST_RESPELT]}
    begun = [term for term in spellings if len(term) >= SHORTEST]
    kin = set(postings.kin(set().union(*spellings.values()), begun)) if begun else set()
    counts |= postings.counts(kin) if kin else {}
    return [_wish(term, counts, _kin_of(term, kin, spellings.get(term, ()))) for term in terms]


def _kin_of(term: str, kin: Collection[str], spellings: Collection[str]) -> list[str]:
    if not spellings:
        return []
    return sorted(one for one in kin if one in spellings or one.startswith(term))


def _length(term: str) -> tuple[int, str]:
    """The longest first: they say most, and few words are like them."""
    return -len(term), term


def _wish(term: str, counts: Mapping[str, int], kin: Iterable[str]) -> Wish:
    options = {
        option: (KIN * weight(option, counts[option]), counts[option])
        for option in kin if counts.get(option)
    }
    own = counts.get(term, 0)
    if own:
        options[term] = (weight(term, own), own)
    return Wish(term, max((w for w, _ in options.values()), default=weight(term, 0)), options)


def _choose(wishes: Iterable[Wish]) -> list[Asked]:
    """Choose the rarest terms, as many as may be read; a common one last and in part."""
    options = {option: found for wish in wishes for option, found in wish.options.items()}
    chosen, left = [], MOST_READ
    for term in sorted(options, key=lambda term: (-options[term][0], term))[:MOST_CHOSEN]:
        weighs, count = options[term]
        if left:
            chosen.append(Asked(term, weighs, min(count, left)))
            left -= chosen[-1].most
    return chosen


class Likeness:
    """How like a text is to what was typed, 0 to 1: by terms and by letters.

    Terms: the share of the weight of the wishes that is fulfilled. Letters: the cosine of the sets
    of two and three letters in a row, over the stems in their order, which sees through slips,
    compounds and neighbouring languages.
    """

    def __init__(self, wishes: Sequence[Wish]) -> None:
        self._wanted: dict[str, list[tuple[str, float]]] = {}
        for wish in wishes:
            for option, (weighs, _) in wish.options.items():
                self._wanted.setdefault(option, []).append((wish.term, weighs))
        self._whole = sum(wish.weight for wish in wishes)
        self._length = len(wishes)
        self._grams = _grams(wish.term for wish in wishes)

    def roughly(self, terms: str) -> float:
        """Compare by terms alone; a text has them the more easily the longer it is."""
        theirs = terms.split()
        return self._share(theirs) / (self._length + len(theirs))

    def of(self, terms: str) -> float:
        """Compare with the terms of a text, as `index_terms` gives them, with spaces between."""
        theirs = terms.split()
        return round(TERMS * self._share(theirs) + (1 - TERMS) * self._letters(theirs), 4)

    def _share(self, theirs: Iterable[str]) -> float:
        best: dict[str, float] = {}
        for option in self._wanted.keys() & set(theirs):
            for term, weighs in self._wanted[option]:
                best[term] = max(best.get(term, 0.0), weighs)
        return sum(best.values()) / self._whole

    def _letters(self, theirs: Iterable[str]) -> float:
        cosines = [
            len(ours & other) / sqrt(len(ours) * len(other))
            for ours, other in zip(self._grams, _grams(theirs), strict=True)
        ]
        return sum(cosines) / len(cosines)


def _grams(terms: Iterable[str]) -> tuple[set[tuple[str, ...]], ...]:
    """Return the different pairs and triples of letters of stems, an end of a word being a space."""
    line = f" {' '.join(term for term in terms if not is_bridge(term))} "
    return set(pairwise(line)), set(zip(line, line[1:], line[2:], strict=False))
