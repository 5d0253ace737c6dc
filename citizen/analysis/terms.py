"""What a text is found by: its words as stems, its numbers, and the concepts it speaks of.

Whoever writes an index and whoever asks it read texts here, so that both see the same. Pure
standard library: the web process asks while somebody types, and never loads the themes' machinery.
"""

import re
from functools import cache, lru_cache
from hashlib import sha256

from citizen.analysis.lexicon import load_lexicon
from citizen.analysis.normalise import clean, folding, plain, stem, words
from citizen.analysis.results import LANGUAGES
from citizen.analysis.stopwords import is_stop_word, stop_words

LONGEST = 60
"""Letters of a term that are kept."""

BRIDGE = "c:"
"""How a term begins that is no word of the text: what lies on both sides of a language border."""

_NUMBER = re.compile(r"\w*\d\w*")


def index_terms(text: str) -> list[str]:
    """Return the terms of a text, each once: stems and numbers in the order written, then bridges.

    >>> index_terms("Flere busser på E18!") == index_terms("fler bussar på e18")
    True
    """
    content = content_words(text)
    numbers = (number[:LONGEST] for number in _NUMBER.findall(clean(text).lower()))
    bridges = (term for word in content for term in _bridges(word))
    return list(dict.fromkeys([*content.values(), *numbers, *bridges]))


def content_words(text: str) -> dict[str, str]:
    """Return the words of a text that say something, as lightly folded by `plain`, with their stems."""
    return {plain(word)[:LONGEST]: short_stem(word) for word in words(text) if is_content(word)}


def is_content(word: str) -> bool:
    """Tell whether a word says something about what a text is about."""
    return len(word) > 1 and not is_stop_word(word)


def short_stem(word: str) -> str:
    """Return the stem of a word, cut where it is too long for an index."""
    return stem(word)[:LONGEST]


@lru_cache(maxsize=100_000)
def _bridges(word: str) -> tuple[str, ...]:
    """Return terms that a word shares with words of its meaning that are spelt otherwise."""
    lexicon = load_lexicon()
    return tuple(f"{BRIDGE}{lexicon.concepts[number].id}" for number in sorted(lexicon.find(word)))


@cache
def version() -> str:
    """Return a fingerprint of all that terms come from; an index made under another is stale."""
    seen = sha256(f"terms 1, folding {folding().version}, lexicon {load_lexicon().version}".encode())
    for lang in LANGUAGES:
        seen.update(repr(sorted(stop_words(lang))).encode())
    return seen.hexdigest()[:12]
