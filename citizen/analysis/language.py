"""Which language a text is in: what the author said, else a careful guess.

Grouping hardly depends on it; it decides how a text is marked and in which words a theme is
named.
"""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from citizen.analysis.normalise import words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"
READ = 2_000
"""Characters that are looked at: more do not change the answer."""

_MARKS = {"sv": "sv", "swe": "sv", "nb": "nb", "nob": "nb", "no": "nb", "nor": "nb",
          "nn": "nn", "nno": "nn", "en": "en", "eng": "en"}  # fmt: skip
_MODEL = {"sv": "sv", "no": "nb", "nn": "nn", "en": "en"}
_FOREIGN_SURE = 0.9
_FOREIGN_LETTERS = 25

# Words that one of the languages has and the others lack; enough to settle short texts.
_MARKERS = {
    "sv": "och är inte jag för från vad också mycket något några många måste behövs "
    "fler till åt hos utan skulle där här vill kan ska finns gång väg skola barn",
    "nb": "ikke jeg hva hvor hvordan hvorfor noe noen mye fra være flere bare også veien "
    "uten dere hvis trenger mer ble mellom gjøre skole gi nå",
    "nn": "ikkje eg kva korleis kvifor kven kvar noko nokon mykje frå vere vera fleire berre "
    "vegen utan dykk viss treng meir vart mellom gjere skule gje no me dei ein eit nokre",
    "en": "the and is are of to we for not with that this more should have be in it there",
}


@cache
def _markers() -> dict[str, frozenset[str]]:
    """Return the marker words, without those shared by two languages."""
    lists = {lang: set(line.split()) for lang, line in _MARKERS.items()}
    return {
        lang: frozenset(own.difference(*(lists[other] for other in lists if other != lang)))
        for lang, own in lists.items()
    }


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
    """Guess sv, nb, nn or en; "und" if there are no Latin letters or it is clearly something else."""
    found = words(text[:READ])
    if not any(map(_is_latin, found)):
        return UNKNOWN
    lowered = {word.lower() for word in found}
    hits = {lang: len(lowered & own) for lang, own in _markers().items()}
    best = max(hits.values())
    if best and list(hits.values()).count(best) == 1:
        return max(hits, key=lambda lang: hits[lang])
    plain = " ".join(found)
    return UNKNOWN if not best and _is_foreign(plain) else _guess(plain)


def _is_latin(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith("LATIN")


def _is_foreign(text: str) -> bool:
    if len(text) < _FOREIGN_LETTERS and text.isascii():
        return False
    lang, sure = _identifier(False).classify(text)
    return sure >= _FOREIGN_SURE and lang not in {*_MODEL, "da", "fo", "is"}


def _guess(text: str) -> str:
    return _MODEL[_identifier(True).classify(text)[0]]


def language_of(text: str, mark: str | None) -> str:
    """Return the language that was given, when it is one we know, else the detected one."""
    return canonical(mark) or detect(text)
