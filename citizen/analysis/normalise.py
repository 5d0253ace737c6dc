"""From raw text to words that look alike in Swedish, Bokmål and Nynorsk.

The spelling rules are data (``data/folding.json``); this module applies them. It is pure
standard library, so that the web process may use it too.
"""

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

LONGEST_TEXT = 20_000
"""Characters of a text that are read. A contribution is a few sentences; a pasted report must
not outweigh or delay all others."""

LONGEST_WORD = 60
SHORTEST_STEM = 3

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_JOINERS = re.compile(r"[-'’]")


class Folding(NamedTuple):
    """The rules as read from the data file, compiled."""

    version: str
    rules: tuple[tuple[re.Pattern[str], str], ...]
    suffixes: tuple[str, ...]


@cache
def folding() -> Folding:
    """Read the folding rules; suffixes come longest first."""
    raw = json.loads(files(__package__).joinpath("data/folding.json").read_text("utf-8"))
    rules = tuple((re.compile(pattern), replacement) for pattern, replacement, _ in raw["rules"])
    return Folding(raw["version"], rules, tuple(sorted(raw["suffixes"], key=len, reverse=True)))


def clean(text: str) -> str:
    """Return at most `LONGEST_TEXT` characters in NFC without addresses and invisible marks."""
    short = unicodedata.normalize("NFC", text[:LONGEST_TEXT])
    return _ADDRESS.sub(" ", _INVISIBLE.sub("", short))


def words(text: str) -> list[str]:
    """Split into words, case kept; digits, signs and control characters only separate."""
    return [word for word in _WORD.findall(clean(text)) if len(word) <= LONGEST_WORD]


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return the common Nordic spelling of a word, or of a part of one.

    >>> fold("Sykkelvei") == fold("sykkelveg")
    True
    """
    folded = _JOINERS.sub("", unicodedata.normalize("NFC", word).lower())
    for pattern, replacement in folding().rules:
        folded = pattern.sub(replacement, folded)
    return folded


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Fold a word and take off its inflectional ending, leaving at least three letters.

    >>> stem("bilarna") == stem("bilene") == stem("bilane")
    True
    """
    folded = fold(word)
    for suffix in folding().suffixes:
        if folded.endswith(suffix) and len(folded) - len(suffix) >= SHORTEST_STEM:
            return folded[: -len(suffix)]
    return folded
