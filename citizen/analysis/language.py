"""Which language a text is in: what the author said, else a careful guess.

Grouping hardly depends on it; it decides how a text is marked and in which words a theme is
named.
"""

import copy
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from citizen.analysis.normalise import by_length, lower_words, without_ending
from citizen.analysis.results import LANGUAGES
from citizen.analysis.stopwords import stop_words
from citizen.analysis.thesaurus import load_thesaurus

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
_SURE_OF_NYNORSK = 0.7
_EQUAL = 1e-6
_SHORT = 3
_INFLECTED = 0.5
_ENDING = 0.3
_THESAURUS = ("sv", "nb", "nn")
_reading = Lock()


def load_ahead() -> None:
    """Begin to read the model of languages while something else is done."""
    # The end of the program waits for it: libraries must not be torn down while they are loaded.
    Thread(target=_identifier, args=(False,)).start()


def _identifier(nordic: bool) -> "LanguageIdentifier":
    with _reading:
        return _read_model(nordic)


@cache
def _read_model(nordic: bool) -> "LanguageIdentifier":
    # Imported on first use: `canonical` must stay cheap for the web process.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    if not nordic:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier = copy.copy(_read_model(False))
    identifier.set_languages(list(_MODEL))
    return identifier


def canonical(mark: str | None) -> str | None:
    """Return sv, nb, nn or en for a language mark such as "nn-NO" or "no"; None if unknown."""
    if not mark:
        return None
    return _MARKS.get(re.split("[-_]", mark.strip().lower())[0])


def detect(text: str) -> str:
    """Guess sv, nb, nn or en; "und" if there are no Latin letters or it is clearly something else.

    Words vote: function words, words the thesaurus knows in some of the languages only, letters and
    endings. A model of all languages errs on short texts; it decides ties. Between Bokmål and Nynorsk
    a tie goes to Bokmål, which seven in eight Norwegians write, unless the model is fairly sure.
    """
    return _spoken(lower_words(text[:READ]))


def _spoken(found: Sequence[str]) -> str:
    """Guess from the words of a text in lower case."""
    if not any(map(_is_latin, found)):
        return UNKNOWN
    each = map(_votes, set(found))
    known, *votes = map(sum, zip(*each, strict=True))
    if known < _ENOUGH * len(found) and _is_foreign(" ".join(found)):
        return UNKNOWN
    most = max(votes) - _EQUAL
    leaders = [lang for lang, vote in zip(LANGUAGES, votes, strict=True) if vote >= most]
    return leaders[0] if len(leaders) == 1 else _guess(" ".join(found), leaders)


@lru_cache(maxsize=300_000)
def _votes(word: str) -> tuple[float, ...]:
    """Return whether a lower-case word is a function word, and how much it speaks for each language."""
    clues, written = _clues(), load_thesaurus().written
    listed = [lang for lang in LANGUAGES if word in stop_words(lang)]
    votes = dict.fromkeys(LANGUAGES, 0.0)
    _add(votes, listed, 1.0 if len(listed) < len(LANGUAGES) else 0.0)
    if not listed:
        exact = [lang for lang in _THESAURUS if word in written[lang]]
        bare = _base(word) if not exact else ""
        base = [lang for lang in _THESAURUS if bare in _bases(lang)]
        _add(votes, exact, 1.0 if len(exact) < len(_THESAURUS) else 0.0)
        _add(votes, base, _INFLECTED if len(base) < len(_THESAURUS) else 0.0)
    for letter, langs in clues["letters"].items():
        _add(votes, langs, 1.0 if letter in word else 0.0)
    ending = next((e for e in clues["endings"] if len(word) > _SHORT and word.endswith(e)), None)
    _add(votes, clues["endings"][ending] if ending else (), _ENDING)
    return (float(bool(listed)), *votes.values())


def _add(votes: dict[str, float], langs: Iterable[str], weight: float) -> None:
    for lang in langs:
        votes[lang] += weight


@cache
def _clues() -> Mapping[str, Any]:
    raw = json.loads(files(__package__).joinpath("data/language.json").read_text("utf-8"))
    # Longest first, so that *-orna* is not taken for another's *-a*.
    raw["endings"] = dict(sorted(raw["endings"].items(), key=lambda one: -len(one[0])))
    raw["inflections"] = by_length(raw["inflections"])
    return dict(raw)


def _base(word: str) -> str:
    """Take off an inflectional ending without changing the spelling, which is the clue here."""
    return without_ending(word, _clues()["inflections"]) if len(word) > _SHORT else ""


@cache
def _bases(lang: str) -> frozenset[str]:
    return frozenset(filter(None, map(_base, load_thesaurus().written[lang])))


def _is_latin(word: str) -> bool:
    return "a" <= word[0] <= "z" or unicodedata.name(word[0], "").startswith("LATIN")


def _is_foreign(text: str) -> bool:
    if len(text) < _FOREIGN_LETTERS and text.isascii():
        return False
    lang, sure = _identifier(False).classify(text)
    return sure >= _FOREIGN_SURE and lang not in {*_MODEL, "da", "fo", "is"}


def _guess(text: str, among: Sequence[str]) -> str:
    """Return the likeliest of some languages by the model."""
    likely = {_MODEL[mark]: share for mark, share in _identifier(True).rank(text)}
    best = next(lang for lang in likely if lang in among)
    if best == "nn" and "nb" in among and likely["nn"] < _SURE_OF_NYNORSK * (likely["nn"] + likely["nb"]):
        return "nb"
    return best


def language_of(text: str, mark: str | None, found: Sequence[str] | None = None) -> str:
    """Return the language that was given, when it is one we know, else the detected one.

    Parameters
    ----------
    found
        The words of the text in lower case, where it is short and they are at hand.
    """
    return canonical(mark) or (detect(text) if found is None else _spoken(found))
