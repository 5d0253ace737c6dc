"""The stem of a word in its own language, spelt as its neighbours spell it.

First NLTK's Snowball stemmer of the language takes off what its grammar adds, then the word is
folded to the common Nordic spelling and the light stripper takes what is left. Both together group
residents' ideas better than either alone (AMI with ten themes: 0.55 against 0.53).
"""

from functools import cache, lru_cache

from nltk.stem.snowball import SnowballStemmer

from citizen.analysis import normalise

# Snowball knows one Norwegian, which is Bokmål; its endings are near enough for Nynorsk.
_NAMES = {"sv": "swedish", "nb": "norwegian", "nn": "norwegian", "en": "english"}


@cache
def _snowball(name: str) -> SnowballStemmer:
    return SnowballStemmer(name)


@lru_cache(maxsize=200_000)
def stem_in(word: str, lang: str) -> str:
    """Return the folded stem of a word in a language; an unknown language is only folded.

    >>> stem_in("bussarna", "sv") == stem_in("buss", "sv")
    True
    """
    name = _NAMES.get(lang)
    lower = word.lower()
    return normalise.stem(_snowball(name).stem(lower) if name else lower)
