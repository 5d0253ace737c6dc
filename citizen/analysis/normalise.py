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
_STOP = re.compile(r"[.!?:;\n\"”»•/-]")
_JOINERS = re.compile(r"[-'’]")
_LETTERS = str.maketrans("æø", "äö")


class Rule(NamedTuple):
    """A spelling rule: a pattern, or plain letters where those are enough, which is ten times as quick."""

    pattern: re.Pattern[str]
    letters: tuple[str, ...]
    replacement: str


class Folding(NamedTuple):
    """The rules as read from the data file, compiled."""

    version: str
    rules: tuple[Rule, ...]
    suffixes: tuple[str, ...]


@cache
def folding() -> Folding:
    """Read the folding rules; suffixes come longest first."""
    raw = json.loads(files(__package__).joinpath("data/folding.json").read_text("utf-8"))
    rules = tuple(
        Rule(re.compile(pattern), _letters(pattern), replacement) for pattern, replacement, _ in raw["rules"]
    )
    return Folding(raw["version"], rules, tuple(sorted(raw["suffixes"], key=len, reverse=True)))


def _letters(pattern: str) -> tuple[str, ...]:
    """Return the alternatives of a pattern like ``ab|c`` or ``[abc]``, nothing for others."""
    inside = pattern[1:-1]
    if pattern == f"[{inside}]" and inside.isalpha():
        return tuple(inside)
    alternatives = tuple(pattern.split("|"))
    return alternatives if all(one.isalpha() for one in alternatives) else ()


def clean(text: str) -> str:
    """Return at most `LONGEST_TEXT` characters in NFKC without addresses and invisible marks."""
    short = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    return _ADDRESS.sub(" ", _INVISIBLE.sub("", short))


def words(text: str) -> list[str]:
    """Split into words, case kept; digits, signs and control characters only separate."""
    return [word for word in _WORD.findall(clean(text)) if len(word) <= LONGEST_WORD]


def lower_words(text: str) -> tuple[str, ...]:
    """Split into words in lower case."""
    return tuple(word for word in _WORD.findall(clean(text).lower()) if len(word) <= LONGEST_WORD)


def placed_words(text: str) -> list[tuple[str, bool]]:
    """Split into words and tell of each whether it opens a sentence."""
    cleaned = clean(text)
    found, end = [], 0
    for match in _WORD.finditer(cleaned):
        opens = end == 0 or _STOP.search(cleaned, end, match.start()) is not None
        end = match.end()
        if len(match[0]) <= LONGEST_WORD:
            found.append((match[0], opens))
    return found


@lru_cache(maxsize=200_000)
def plain(word: str) -> str:
    """Return a word in lower case with Swedish letters and without hyphens.

    The lightest form two spellings can be compared in: *el-sykkel* is *elsykkel*, ø is ö, æ is ä.
    """
    lower = unicodedata.normalize("NFC", word).lower().translate(_LETTERS)
    return _JOINERS.sub("", lower)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return the common Nordic spelling of a word, or of a part of one.

    >>> fold("Sykkelvei") == fold("sykkelveg")
    True
    """
    folded = plain(word)
    for pattern, letters, replacement in folding().rules:
        if not letters:
            folded = pattern.sub(replacement, folded)
        for one in letters:
            folded = folded.replace(one, replacement)
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
