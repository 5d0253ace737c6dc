"""Which concepts words hit, and what new words would change. The lexicon of the text analysis is pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from citizen.analysis.lexicon import Addition, Lexicon, load_lexicon, read_stem
from citizen.analysis.normalise import plain, words
from citizen.analysis.stopwords import is_stop_word

MANY_WORDS = 10
MANY_TEXTS = 10
MANY_SHARE = 0.1
EXAMPLES = 6
_FEWEST_LETTERS = 4


class Spoken:
    """The words of some texts, commonest first.

    Attributes
    ----------
    texts : how many texts there are.
    words : each word once, in lower case.
    where : for each word, the numbers of the texts it stands in.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        found: dict[str, set[int]] = defaultdict(set)
        self.texts = 0
        for number, text in enumerate(texts):
            self.texts = number + 1
            for word in words(text):
                found[word.lower()].add(number)
        self.words = sorted(found, key=lambda word: (-len(found[word]), word))
        self.where = {word: frozenset(found[word]) for word in self.words}

    def having(self, stem: str) -> list[str]:
        """The words that have a stem in them where its marks allow, commonest first."""
        text, starts = self._joined
        pattern = read_stem(stem)
        sought = "\n" * pattern.start + pattern.letters + "\n" * pattern.end
        found, at = set(), text.find(sought)
        while at >= 0:
            found.add(bisect_right(starts, at + pattern.start) - 1)
            at = text.find(sought, at + 1)
        return [self.words[number] for number in sorted(found)]

    def spread(self, chosen: Iterable[str]) -> int:
        """In how many texts one of some words stands."""
        return len(frozenset[int]().union(*(self.where[word] for word in chosen)))

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        """Every word on a line of its own, and where each begins: one search goes through all of them."""
        starts, length = [], 1
        for word in self.words:
            starts.append(length)
            length += len(plain(word)) + 1
        return "\n" + "".join(plain(word) + "\n" for word in self.words), starts


@dataclass(frozen=True)
class Hit:
    """A word that speaks of a concept, the stems by which it does, and in how many texts it stands."""

    word: str
    stems: tuple[str, ...]
    texts: int


def hits(lexicon: Lexicon, spoken: Spoken, wanted: Collection[str] | None = None) -> dict[str, list[Hit]]:
    """Concept id → the words that speak of it, commonest first; of all concepts, or of those wanted."""
    found: dict[str, list[Hit]] = defaultdict(list)
    for word in spoken.words:
        for number in sorted(lexicon.find(word)):
            concept = lexicon.concepts[number].id
            if wanted is None or concept in wanted:
                stems = tuple(stem for stem in lexicon.stems[number] if _lies_in(stem, word))
                found[concept].append(Hit(word, stems, len(spoken.where[word])))
    return dict(found)


def _lies_in(stem: str, word: str) -> bool:
    pattern, letters = read_stem(stem), plain(word)
    at = letters.find(pattern.letters)
    while at >= 0:
        if pattern.fits(letters, at):
            return True
        at = letters.find(pattern.letters, at + 1)
    return False


def silent(lexicon: Lexicon, spoken: Spoken, most: int | None = None) -> list[tuple[str, int]]:
    """The commonest words that speak of no concept, with the number of texts; words that say nothing of
    what a text is about are left out."""
    found = []
    for word in spoken.words:
        if len(word) >= _FEWEST_LETTERS and not lexicon.find(word) and not is_stop_word(word):
            found.append((word, len(spoken.where[word])))
            if len(found) == most:
                break
    return found


# ---- what new words would change


class Clash(StrEnum):
    """What new words do that is easily meant otherwise."""

    SAME = "same"
    MANY = "many"
    TAKES = "takes"


@dataclass(frozen=True)
class Warned:
    """Something to tell before words are saved.

    Attributes
    ----------
    word : the word it is about; empty where a concept loses words.
    concept : id of the other concept, if there is one.
    examples : words of the ideas that show it, commonest first.
    words, texts : how many different words, in how many ideas.
    """

    clash: Clash
    word: str = ""
    concept: str = ""
    examples: tuple[str, ...] = ()
    words: int = 0
    texts: int = 0


def warnings(
    new: Sequence[Addition], fresh: Mapping[str, Sequence[str]], others: Sequence[Addition], spoken: Spoken
) -> list[Warned]:
    """What saving would do that somebody should know first.

    Parameters
    ----------
    new : the additions as they would be.
    fresh : addition's id → those of its words that are new.
    others : everything else that has been added.
    spoken : the words of the published ideas.
    """
    before, after = load_lexicon(others), load_lexicon([*others, *new])
    meanings = _meanings(after)
    hit: dict[str, list[str]] = {}
    found = []
    for concept, stems in fresh.items():
        for stem in stems:
            hit[stem] = spoken.having(stem)
            found += _same(stem, concept, meanings)
            found += _many(stem, hit[stem], spoken)
    touched = dict.fromkeys(word for having in hit.values() for word in having)
    return found + list(_taken(touched, before, after, spoken))


def _meanings(lexicon: Lexicon) -> dict[str, list[str]]:
    """Letters of a stem → ids of the concepts that have it, whatever its marks."""
    found: dict[str, list[str]] = defaultdict(list)
    for concept, stems in zip(lexicon.concepts, lexicon.stems, strict=True):
        for letters in {read_stem(stem).letters for stem in stems}:
            found[letters].append(concept.id)
    return found


def _same(stem: str, own: str, meanings: Mapping[str, Sequence[str]]) -> list[Warned]:
    letters = read_stem(stem).letters
    return [Warned(Clash.SAME, stem, concept) for concept in meanings.get(letters, ()) if concept != own]


def _many(stem: str, having: Sequence[str], spoken: Spoken) -> list[Warned]:
    spread = spoken.spread(having)
    if len(having) < MANY_WORDS and spread < max(MANY_TEXTS, MANY_SHARE * spoken.texts):
        return []
    return [Warned(Clash.MANY, stem, examples=tuple(having[:EXAMPLES]), words=len(having), texts=spread)]


def _taken(touched: Iterable[str], before: Lexicon, after: Lexicon, spoken: Spoken) -> Iterator[Warned]:
    """Concepts that words would no longer speak of: a longer stem around another goes first."""
    lost: dict[str, list[str]] = defaultdict(list)
    for word in touched:
        now = {after.concepts[number].id for number in after.find(word)}
        for number in sorted(before.find(word)):
            if (concept := before.concepts[number].id) not in now:
                lost[concept].append(word)
    for concept, taken in lost.items():
        yield Warned(Clash.TAKES, concept=concept, examples=tuple(taken[:EXAMPLES]), words=len(taken),
                     texts=spoken.spread(taken))
