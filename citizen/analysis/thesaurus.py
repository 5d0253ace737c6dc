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

from citizen.analysis.normalise import fold, fold_ahead, plain, stem
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
        seen, known = sha256(), list(rows)
        fold_ahead({word for _, words in known for column in COLUMNS for word in words[column]})
        forms = cache(_forms)
        for field, words in known:
            seen.update(repr((field, {c: list(words[c]) for c in COLUMNS})).encode())
            self._add(field, {column: [forms(word) for word in words[column]] for column in COLUMNS})
            for column in COLUMNS:
                self.written[column].update(words[column])
        self.version = seen.hexdigest()[:8]

    def _add(self, field: str, words: "Mapping[str, Iterable[_Forms]]") -> None:
        row = (len(self.field_of),)
        if field != "-" and field not in self.fields:
            self.fields.append(field)
        self.field_of.append(NO_FIELD if field == "-" else self.fields.index(field))
        for column in COLUMNS:
            for spelt, folded, parts in words[column]:
                _enter(self._spelt[column], (spelt,), row)
                _enter(self._folded[column], folded, row)
                _enter(self._parts[column], parts, row)

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


class _Forms(NamedTuple):
    """The forms in which a word is looked for: as it is spelt, as folded, and inside others."""

    spelt: str
    folded: set[str]
    parts: set[str]


def _forms(word: str) -> _Forms:
    if is_stop_word(word):
        # Its stem would meet strangers: för, førre.
        return _Forms(plain(word), set(), set())
    whole, short = fold(word), stem(word)
    parts = {whole, short} if len(short) >= _SHORTEST_PART else {whole}
    return _Forms(plain(word), {whole, short}, parts - _affixes() if len(word) >= _SHORTEST_PART else set())


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
    head = _ends(fold(word), parts) or _ends(stem(word), parts)
    yield from ((row, HEAD) for row in head)
    yield from ((row, MODIFIER) for row in _begins(stem(word), parts) if row not in head)


def _ends(key: str, parts: _Index) -> tuple[int, ...]:
    """Look up the longest known part that a word ends with."""
    for cut in range(3, len(key) - 2):
        if key[cut:] in parts:
            return parts[key[cut:]]
    return ()


def _begins(key: str, parts: _Index) -> tuple[int, ...]:
    """Look up the longest known part that a word begins with, with the s that joins it or without."""
    for cut in range(len(key) - 2, _SHORTEST_PART - 2, -1):
        found = parts.get(key[:cut]) or (parts.get(key[: cut - 1]) if key[cut - 1] == "s" else None)
        if found:
            return found
    return ()


def _enter(index: _Index, keys: Iterable[str], row: tuple[int]) -> None:
    """Add the row with the highest number yet to what some keys stand for."""
    for key in keys:
        known = index.setdefault(key, row)
        if known[-1] != row[0]:
            index[key] = known + row


@cache
def _affixes() -> frozenset[str]:
    """Return the folded affixes of ``data/affixes.words``."""
    lines = files(__package__).joinpath("data/affixes.words").read_text("utf-8").splitlines()
    return frozenset(fold(word) for line in lines if not line.startswith("#") for word in line.split())


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
