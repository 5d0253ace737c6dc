"""Words as the analysis knows them: read once, whatever number of texts they stand in.

A collection of a million texts has some hundred thousand different words. Stem, concepts and
meanings are looked up once for each, and texts become rows of word counts.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

import numpy as np
from scipy import sparse

from citizen.analysis.lexicon import Lexicon
from citizen.analysis.stems import stem_ahead, stem_in
from citizen.analysis.stopwords import is_stop_word
from citizen.analysis.thesaurus import NO_FIELD, Thesaurus

MOST_KNOWN = 400_000
"""Words that are remembered; beyond that memory would grow with the number of texts."""


class Word(NamedTuple):
    """A word in a language.

    Attributes
    ----------
    stem
        Its folded stem; empty for stop words and single letters.
    function
        The folded stem of a stop word; empty for others and for single letters.
    concepts
        Positions in the lexicon of the concepts it speaks of.
    areas
        Areas of those concepts, by name.
    meanings
        Rows of the thesaurus with how surely the word means them, 0 to 1.
    fields
        Fields of those meanings, likewise.
    """

    stem: str
    function: str
    concepts: tuple[int, ...]
    areas: tuple[str, ...]
    meanings: tuple[tuple[int, float], ...]
    fields: tuple[tuple[int, float], ...]


class Passage(NamedTuple):
    """A piece of text with all its words in lower case, and its language."""

    text: str
    words: tuple[str, ...]
    lang: str


class Words:
    """Reads words and numbers them in the order in which they come.

    Parameters
    ----------
    lexicon, thesaurus
        Where concepts and meanings come from.
    """

    def __init__(self, lexicon: Lexicon, thesaurus: Thesaurus) -> None:
        self.lexicon = lexicon
        self.thesaurus = thesaurus
        self.known: list[Word] = []
        self._numbers: dict[str, dict[str, int]] = {}

    def read(self, word: str, lang: str) -> Word:
        """Look a word up in a language; case does not matter."""
        is_stop = is_stop_word(word)
        content = len(word) > 1 and not is_stop
        concepts = tuple(sorted(self.lexicon.find(word))) if content else ()
        meanings = self.thesaurus.find(word, lang)
        fields = ((self.thesaurus.field_of[row], sure) for row, sure in meanings)
        return Word(
            stem=stem_in(word, lang) if content else "",
            function=stem_in(word, lang) if is_stop and len(word) > 1 else "",
            concepts=concepts,
            areas=tuple(sorted({self.lexicon.concepts[one].area for one in concepts})),
            meanings=meanings,
            fields=tuple((field, sure) for field, sure in fields if field != NO_FIELD),
        )

    def number(self, word: str, lang: str) -> int:
        """Return the number of a word in a language, reading it the first time."""
        numbers = self._numbers.setdefault(lang, {})
        found = numbers.get(word)
        if found is None:
            found = numbers[word] = len(self.known)
            self.known.append(self.read(word, lang))
        return found

    def meet(self, passages: Iterable[Passage]) -> None:
        """Read the words of passages that are new: all at once is quicker than one by one."""
        fresh: list[tuple[str, str]] = []
        for _, words, lang in passages:
            numbers = self._numbers.setdefault(lang, {})
            for word in [word for word in words if word not in numbers]:
                if word not in numbers:
                    numbers[word] = len(self.known) + len(fresh)
                    fresh.append((word, lang))
        stem_ahead(fresh)
        self.known.extend(self.read(word, lang) for word, lang in fresh)

    def count(self, rows: Collection[Passage]) -> sparse.csr_matrix:
        """Count the words of some passages.

        Returns
        -------
        Counts, shape (rows, words known by now), in single precision.
        """
        self.meet(rows)
        indices: list[int] = []
        ends = [0]
        for _, words, lang in rows:
            indices.extend(map(self._numbers[lang].__getitem__, words))
            ends.append(len(indices))
        counts = sparse.csr_matrix(
            (np.ones(len(indices), np.float32), np.array(indices, np.int64), np.array(ends)),
            shape=(len(ends) - 1, len(self.known)),
        )
        counts.sum_duplicates()
        return counts

    def forget_if_full(self) -> bool:
        """Forget all words when there are too many; tell whether that happened."""
        if len(self.known) <= MOST_KNOWN:
            return False
        self.known, self._numbers = [], {}
        return True
