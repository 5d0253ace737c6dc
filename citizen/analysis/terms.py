"""What a text is found by: its words as stems, its numbers, the concepts and meanings it speaks of.

Whoever writes an index and whoever asks it read texts here, so that both see the same. Pure
standard library: the web process asks while somebody types, and never loads the themes' machinery.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import sha256

from citizen.analysis.lexicon import load_lexicon
from citizen.analysis.normalise import clean, folding, plain, stem, words
from citizen.analysis.results import LANGUAGES
from citizen.analysis.stopwords import is_stop_word, stop_words
from citizen.analysis.thesaurus import EXACT, HEAD, load_thesaurus

LONGEST = 60
"""Letters of a term that are kept."""

_NUMBER = re.compile(r"\w*\d\w*")


def index_terms(text: str) -> list[str]:
    """Return the terms of a text, each once: stems and numbers in the order written, then bridges.

    >>> index_terms("Flere busser på E18!") == index_terms("fler bussar på e18")
    True
    """
    return terms_of(content_words(text))


def terms_of(content: Mapping[str, str]) -> list[str]:
    """Return the terms of a text whose `content_words` have been read."""
    bridges = (term for word in content for term in _bridges(word))
    return list(dict.fromkeys([*content.values(), *bridges]))


def content_words(text: str, *, also_filler: bool = False) -> dict[str, str]:
    """Return the words of a text that say something, lightly folded, with their stems; then numbers.

    Parameters
    ----------
    also_filler
        Take all words, stop words too.
    """
    found = {
        plain(word)[:LONGEST]: stem(word)[:LONGEST]
        for word in words(text) if also_filler or _is_content(word)
    }
    numbers = (number[:LONGEST] for number in _NUMBER.findall(clean(text).lower()))
    return found | {number: number for number in numbers}


def _is_content(word: str) -> bool:
    return len(word) > 1 and not is_stop_word(word)


def word_terms(word: str) -> list[str]:
    """Return the terms of texts with a word, its other forms, or its other name across the border."""
    meanings = (f"m:{row}" for row, sure in load_thesaurus().find(word, "") if sure >= EXACT)
    return [stem(word)[:LONGEST], *meanings]


def is_bridge(term: str) -> bool:
    """Tell whether a term is no word of the text but what lies on both sides of a language border."""
    return ":" in term


@lru_cache(maxsize=50_000)
def _bridges(word: str) -> tuple[str, ...]:
    """Return terms that a word shares with words of its meaning that are spelt otherwise.

    The language is not asked: people type before they say which one. What a compound only begins
    with is left out.
    """
    lexicon = load_lexicon()
    concepts = (f"c:{lexicon.concepts[number].id}" for number in sorted(lexicon.find(word)))
    meanings = (f"m:{row}" for row, sure in load_thesaurus().find(word, "") if sure >= HEAD)
    return (*concepts, *meanings)


@cache
def version() -> str:
    """Return a fingerprint of all that terms come from; an index made under another is stale."""
    parts = ("1", folding().version, load_lexicon().version, load_thesaurus().version)
    seen = sha256(repr(parts).encode())
    for lang in LANGUAGES:
        seen.update(repr(sorted(stop_words(lang))).encode())
    return seen.hexdigest()[:12]
