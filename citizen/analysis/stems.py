"""The stem of a word in its own language, spelt as its neighbours spell it.

First NLTK's Snowball stemmer of the language takes off what its grammar adds, then the word is
folded to the common Nordic spelling and the light stripper takes what is left. Both together group
residents' ideas better than either alone (AMI with ten themes: 0.55 against 0.53).
"""

from collections.abc import Iterable
from functools import cache, lru_cache

from nltk.stem.snowball import SnowballStemmer

from citizen.analysis import normalise

# Snowball knows one Norwegian, which is Bokmål; its endings are near enough for Nynorsk.
_NAMES = {"sv": "swedish", "nb": "norwegian", "nn": "norwegian", "en": "english"}


@cache
def _snowball(name: str) -> SnowballStemmer:
    return SnowballStemmer(name)


def stem_in(word: str, lang: str) -> str:
    """Return the folded stem of a word in a language; an unknown language is only folded.

    >>> stem_in("bussarna", "sv") == stem_in("buss", "sv")
    True
    """
    return normalise.stem(_bare(word, lang))


def stem_ahead(words: Iterable[tuple[str, str]]) -> None:
    """Prepare for stemming many words, each with its language: all are folded at once."""
    normalise.fold_ahead(bare for word, lang in words for bare in (word, _bare(word, lang)))


@lru_cache(maxsize=200_000)
def _bare(word: str, lang: str) -> str:
    """Return a word without what the grammar of its language adds."""
    name, lower = _NAMES.get(lang), word.lower()
    return _snowball(name).stem(lower) if name else lower
