"""Everyday words that mean the same in Swedish, Bokmål and Nynorsk, in broad fields.

The lexicon of concepts knows what a municipality does; the thesaurus knows the language people
say everything else in (``data/thesaurus/*.tsv``, written for this project). A row is one meaning
with its words in each language, a field is what several meanings are about.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from citizen.analysis.normalise import fold, plain, stem
from citizen.analysis.stopwords import is_stop_word

COLUMNS = ("sv", "nb", "nn", "talk")
NO_FIELD = -1
EXACT = 1.0
HEAD = 0.7
MODIFIER = 0.5
"""How surely a word means what it is, what it ends with, and what it begins with."""

_SHORTEST_COMPOUND = 7
_SHORTEST_PART = 4
_SHORTEST_BORROWED = 4

# Whose words are tried: one's own before those of neighbours, since there are false friends.
_OWN = {"sv": ("sv", "talk"), "nb": ("nb", "nn", "talk"), "nn": ("nn", "nb", "talk")}
_NEIGHBOURS = {"sv": ("nb", "nn"), "nb": ("sv",), "nn": ("sv",)}

_Index = dict[str, tuple[int, ...]]


class Thesaurus:
    """Meanings and an index that finds them in words.

    Parameters
    ----------
    rows
        Field ("-" for none) and words per column of `COLUMNS` of every meaning.

    Attributes
    ----------
    fields
        Names of the fields, in order.
    field_of
        Number of the field of every meaning, `NO_FIELD` for none.
    version
        Fingerprint of the rows, written into every result.
    written
        The words of every column as they are written, in lower case.
    """

    def __init__(self, rows: Iterable[tuple[str, Mapping[str, Iterable[str]]]]) -> None:
        self.fields: list[str] = []
        self.field_of: list[int] = []
        self.written: dict[str, set[str]] = {column: set() for column in COLUMNS}
        self._spelt: dict[str, _Index] = {column: {} for column in COLUMNS}
        self._folded: dict[str, _Index] = {column: {} for column in COLUMNS}
        self._parts: dict[str, _Index] = {column: {} for column in COLUMNS}
        self._views: dict[str, _View] = {}
        seen = sha256()
        for field, words in rows:
            seen.update(repr((field, {c: list(words[c]) for c in COLUMNS})).encode())
            self._add(field, words)
        self.version = seen.hexdigest()[:8]

    def _add(self, field: str, words: Mapping[str, Iterable[str]]) -> None:
        number = len(self.field_of)
        if field != "-" and field not in self.fields:
            self.fields.append(field)
        self.field_of.append(NO_FIELD if field == "-" else self.fields.index(field))
        for column in COLUMNS:
            self.written[column].update(words[column])
            for word in words[column]:
                _enter(self._spelt[column], plain(word), number)
                if is_stop_word(word):
                    # Its stem would meet strangers: för, førre.
                    continue
                for key in {stem(word), fold(word)}:
                    _enter(self._folded[column], key, number)
                for key in _as_part(word):
                    _enter(self._parts[column], key, number)

    def find(self, word: str, lang: str) -> tuple[tuple[int, float], ...]:
        """Return the meanings of a word with how sure each is.

        A stop word means only what is listed as written. An unknown compound means what it ends
        with and, less surely, what it begins with.
        """
        view = self._views.get(lang) or self._view(lang)
        exact = view.spelt.get(plain(word))
        if not exact and not is_stop_word(word):
            exact = _inflected(word, view)
        if exact:
            return tuple((row, EXACT) for row in exact)
        if len(fold(word)) < _SHORTEST_COMPOUND or is_stop_word(word):
            return ()
        return tuple(_compound(word, view.parts))

    def _view(self, lang: str) -> "_View":
        """Return what is looked up for a language: its own words first, then its neighbours'."""
        own, neighbours = _OWN.get(lang, COLUMNS), _NEIGHBOURS.get(lang, ())
        view = self._views[lang] = _View(
            spelt=_merged(self._spelt, own),
            own=_merged(self._folded, own),
            borrowed={
                key: rows for key, rows in _merged(self._folded, neighbours).items()
                if len(key) >= _SHORTEST_BORROWED
            },
            parts=_merged(self._parts, (*own, *neighbours)),
        )
        return view


class _View(NamedTuple):
    spelt: _Index
    own: _Index
    borrowed: _Index
    parts: _Index


def _merged(indices: Mapping[str, _Index], columns: Sequence[str]) -> _Index:
    """Return one index of several; what comes first wins."""
    merged: _Index = {}
    for column in reversed(columns):
        merged |= indices[column]
    return merged


def _inflected(word: str, view: _View) -> tuple[int, ...]:
    keys = (fold(word), stem(word))
    found = (index[key] for index in (view.own, view.borrowed) for key in keys if key in index)
    return next(found, ())


def _compound(word: str, parts: _Index) -> Iterator[tuple[int, float]]:
    whole, short = fold(word), stem(word)
    head = next((parts[rest] for key in (whole, short) for rest in _endings(key) if rest in parts), ())
    yield from ((row, HEAD) for row in head)
    starts = (short[:cut] for cut in range(len(short) - 2, _SHORTEST_PART - 2, -1))
    first = next((rows for start in starts if (rows := _begins(start, parts))), ())
    yield from ((row, MODIFIER) for row in first if row not in head)


def _begins(key: str, parts: _Index) -> tuple[int, ...]:
    """Look up the first part of a compound, with the s that joins it or without."""
    found = parts.get(key)
    return found or (parts.get(key[:-1], ()) if key.endswith("s") else ())


def _enter(index: _Index, key: str, number: int) -> None:
    index[key] = tuple(sorted({*index.get(key, ()), number}))


def _as_part(word: str) -> set[str]:
    """Return the forms in which a word is looked for inside others: none if it is too short."""
    if len(word) < _SHORTEST_PART:
        return set()
    short = stem(word)
    return ({fold(word)} | ({short} if len(short) >= _SHORTEST_PART else set())) - _affixes()


@cache
def _affixes() -> frozenset[str]:
    """Return the folded affixes of ``data/affixes.words``."""
    lines = files(__package__).joinpath("data/affixes.words").read_text("utf-8").splitlines()
    return frozenset(fold(word) for line in lines if not line.startswith("#") for word in line.split())


def _endings(key: str) -> Iterator[str]:
    """Yield what a word ends with, longest first."""
    return (key[cut:] for cut in range(3, len(key) - 2))


def read_rows(text: str) -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    """Read a part of the thesaurus: five columns a line, parted by tabs, words by commas.

    Raises
    ------
    ValueError
        Naming the line that has not five columns, no word, or a word with a space in it.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        cells = line.split("\t")
        if len(cells) != len(COLUMNS) + 1:
            raise ValueError(f"line {number}: {len(cells)} columns instead of {len(COLUMNS) + 1}")
        words = {c: [w.strip() for w in cell.split(",") if w.strip()]
                 for c, cell in zip(COLUMNS, cells[1:], strict=True)}
        if not any(words.values()) or any(" " in word for own in words.values() for word in own):
            raise ValueError(f"line {number}: no word, or a word with a space in it")
        yield cells[0].strip(), words


@cache
def load_thesaurus() -> Thesaurus:
    """Read the thesaurus that comes with the package."""
    folder = files(__package__).joinpath("data/thesaurus")
    parts = sorted((one for one in folder.iterdir() if one.name.endswith(".tsv")), key=lambda p: p.name)
    return Thesaurus(row for part in parts for row in read_rows(part.read_text("utf-8")))


def no_thesaurus() -> Thesaurus:
    """Return a thesaurus that knows nothing."""
    return Thesaurus(())
