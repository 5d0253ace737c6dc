"""From raw text to words that look alike in Swedish, Bokmål and Nynorsk.

The spelling rules are data (``data/folding.json``); this module applies them. It is pure
standard library, so that the web process may use it too.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from citizen.analysis.removed import without_marks

LONGEST_TEXT = 20_000
"""Characters of a text that are read. A contribution is a few sentences; a pasted report must
not outweigh or delay all others."""

LONGEST_WORD = 60
SHORTEST_STEM = 3

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_LINK = re.compile(r"://|www\.")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_STOP = re.compile(r"[.!?:;\n\"”»•/-]")
_JOINERS = re.compile(r"[-'’]")
_LETTERS = str.maketrans("æø", "äö")
_MOST_FOLDED = 200_000

_folded: dict[str, str] = {}


Endings = tuple[tuple[int, frozenset[str]], ...]


class Rule(NamedTuple):
    """A spelling rule: a pattern, or plain letters where those are enough, which is ten times as quick."""

    pattern: re.Pattern[str]
    letters: tuple[str, ...]
    replacement: str


class Folding(NamedTuple):
    """The rules as read from the data file, compiled."""

    version: str
    rules: tuple[Rule, ...]
    suffixes: Endings


@cache
def folding() -> Folding:
    """Read the folding rules."""
    raw = json.loads(files(__package__).joinpath("data/folding.json").read_text("utf-8"))
    # A word is a line, whether it comes alone or among many.
    rules = tuple(
        Rule(re.compile(pattern, re.MULTILINE), _letters(pattern), replacement)
        for pattern, replacement, _ in raw["rules"]
    )
    return Folding(raw["version"], rules, by_length(raw["suffixes"]))


def by_length(endings: Iterable[str]) -> Endings:
    """Return endings by their length, longest first, as `without_ending` takes them."""
    sets: dict[int, set[str]] = {}
    for ending in endings:
        sets.setdefault(len(ending), set()).add(ending)
    return tuple((length, frozenset(sets[length])) for length in sorted(sets, reverse=True))


def without_ending(word: str, endings: Endings) -> str:
    """Take off the longest ending that leaves at least `SHORTEST_STEM` letters, if there is one."""
    for length, some in endings:
        if len(word) >= length + SHORTEST_STEM and word[-length:] in some:
            return word[:-length]
    return word


def _letters(pattern: str) -> tuple[str, ...]:
    """Return the alternatives of a pattern like ``ab|c`` or ``[abc]``, nothing for others."""
    inside = pattern[1:-1]
    if pattern == f"[{inside}]" and inside.isalpha():
        return tuple(inside)
    alternatives = tuple(pattern.split("|"))
    return alternatives if all(one.isalpha() for one in alternatives) else ()


def clean(text: str) -> str:
    """Return at most `LONGEST_TEXT` characters in NFKC as its author meant them.

    Addresses, invisible marks and what stands for removed words are left out.
    """
    said = without_marks(text[:LONGEST_TEXT])
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", said))
    # Hardly any text has one, and looking for one takes longer than all else here.
    return _ADDRESS.sub(" ", visible) if "@" in visible or _LINK.search(visible) else visible


def words(text: str) -> list[str]:
    """Split into words, case kept; digits, signs and control characters only separate."""
    return [word for word in _WORD.findall(clean(text)) if len(word) <= LONGEST_WORD]


def lower_words(text: str) -> tuple[str, ...]:
    """Split into words in lower case."""
    found = _WORD.findall(clean(text).lower())
    if max(map(len, found), default=0) > LONGEST_WORD:
        found = [word for word in found if len(word) <= LONGEST_WORD]
    return tuple(found)


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


def fold(word: str) -> str:
    """Return the common Nordic spelling of a word, or of a part of one.

    >>> fold("Sykkelvei") == fold("sykkelveg")
    True
    """
    found = _folded.get(word)
    if found is None:
        found = _respelt(plain(word))
        _remember({word: found})
    return found


def fold_ahead(words: Iterable[str]) -> None:
    """Fold many words at once, in a tenth of the time; `fold` then knows them."""
    fresh = [word for word in words if word not in _folded and "\n" not in word]
    if fresh:
        _remember(zip(fresh, _respelt("\n".join(map(plain, fresh))).split("\n"), strict=True))


def _remember(folded: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
    if len(_folded) > _MOST_FOLDED:
        _folded.clear()
    _folded.update(folded)


def _respelt(lines: str) -> str:
    """Apply the rules to plain words, one a line."""
    for pattern, letters, replacement in folding().rules:
        if not letters:
            lines = pattern.sub(replacement, lines)
        for one in letters:
            lines = lines.replace(one, replacement)
    return lines


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Fold a word and take off its inflectional ending, leaving at least three letters.

    >>> stem("bilarna") == stem("bilene") == stem("bilane")
    True
    """
    return without_ending(fold(word), folding().suffixes)
