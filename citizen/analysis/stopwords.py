"""Words that say nothing about what a text is about, in four languages.

The lists lie in ``data/stopwords-*.txt`` and were written for this project: function words and
the filler of civic proposals (*borde*, *treng*, *kommunen*).
"""

from functools import cache
from importlib.resources import files

from citizen.analysis.normalise import fold
from citizen.analysis.results import LANGUAGES


@cache
def stop_words(lang: str) -> frozenset[str]:
    """Return the stop words of one of `LANGUAGES`, lower case, as written.

    Raises
    ------
    ValueError
        If there is no list for the language.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no stop words for language {lang!r}")
    lines = files(__package__).joinpath(f"data/stopwords-{lang}.txt").read_text("utf-8")
    kept = (line for line in lines.splitlines() if not line.startswith("#"))
    return frozenset(word for line in kept for word in line.split())


@cache
def _folded() -> frozenset[str]:
    return frozenset(fold(word) for lang in LANGUAGES for word in stop_words(lang))


def is_stop_word(word: str) -> bool:
    """Tell whether a word is a stop word in any of the languages, in any spelling.

    One list for all languages: people mix them, and detection errs on short texts.
    """
    return fold(word) in _folded()
