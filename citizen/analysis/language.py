"""Which language a text is in: what the author said, else a careful guess.

Grouping hardly depends on it; it decides how a text is marked and in which words a theme is
named.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from citizen.analysis.normalise import words
from citizen.analysis.results import LANGUAGES
from citizen.analysis.stopwords import stop_words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"
READ = 2_000
"""Characters that are looked at: more do not change the answer."""

_MARKS = {"sv": "sv", "swe": "sv", "nb": "nb", "nob": "nb", "no": "nb", "nor": "nb",
          "nn": "nn", "nno": "nn", "en": "en", "eng": "en"}  # fmt: skip
_MODEL = {"sv": "sv", "no": "nb", "nn": "nn", "en": "en"}
_FOREIGN_SURE = 0.9
_ENOUGH = 0.2
"""Share of function words from which a text surely is in one of our languages."""

_FOREIGN_LETTERS = 25


@cache
def _identifier(nordic: bool) -> "LanguageIdentifier":
    # Imported on first use: `canonical` must stay cheap for the web process.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if nordic:
        identifier.set_languages(list(_MODEL))
    return identifier


def canonical(mark: str | None) -> str | None:
    """Return sv, nb, nn or en for a language mark such as "nn-NO" or "no"; None if unknown."""
    if not mark:
        return None
    return _MARKS.get(re.split("[-_]", mark.strip().lower())[0])


def detect(text: str) -> str:
    """Guess sv, nb, nn or en; "und" if there are no Latin letters or it is clearly something else.

    Function words vote, since a model of all languages errs on short texts; it decides ties.
    """
    found = words(text[:READ])
    if not any(map(_is_latin, found)):
        return UNKNOWN
    lowered = {word.lower() for word in found}
    votes = {lang: len(lowered & stop_words(lang)) for lang in LANGUAGES}
    most = max(votes.values())
    plain = " ".join(found)
    if most < _ENOUGH * len(found) and _is_foreign(plain):
        return UNKNOWN
    leaders = [lang for lang in LANGUAGES if votes[lang] == most]
    return leaders[0] if len(leaders) == 1 else _guess(plain, leaders)


def _is_latin(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith("LATIN")


def _is_foreign(text: str) -> bool:
    if len(text) < _FOREIGN_LETTERS and text.isascii():
        return False
    lang, sure = _identifier(False).classify(text)
    return sure >= _FOREIGN_SURE and lang not in {*_MODEL, "da", "fo", "is"}


def _guess(text: str, among: Sequence[str]) -> str:
    """Return the likeliest of some languages by the model."""
    ranked = [_MODEL[mark] for mark, _ in _identifier(True).rank(text)]
    return next(lang for lang in ranked if lang in among)


def language_of(text: str, mark: str | None) -> str:
    """Return the language that was given, when it is one we know, else the detected one."""
    return canonical(mark) or detect(text)
