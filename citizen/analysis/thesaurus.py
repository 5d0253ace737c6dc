"""Everyday words that mean the same in Swedish, Bokmål and Nynorsk, in broad fields.

The lexicon of concepts knows what a municipality does; the thesaurus knows the language people
say everything else in (``data/thesaurus/*.tsv``, written for this project). A row is one meaning
with its words in each language, a field is what several meanings are about.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files

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

# What ends or begins many words without being a part of a compound, folded.
_AFFIXES = frozenset(fold(one) for one in (
    "ande ende ning ingen else elser eller ert erte erat aren heten heter heten skap lighet leghet bare isk iske"
    " iska full fulle lös løs laus over över under etter efter mellan mellom fram fremme mot for för"
    " inne inner ytter etter samman sammen heit heita heiter ligt lege lige delig deleg aktig aktige"
).split())

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
    """

    def __init__(self, rows: Iterable[tuple[str, Mapping[str, Iterable[str]]]]) -> None:
        self.fields: list[str] = []
        self.field_of: list[int] = []
        self._spelt: dict[str, _Index] = {column: {} for column in COLUMNS}
        self._folded: dict[str, _Index] = {column: {} for column in COLUMNS}
        self._parts: dict[str, _Index] = {column: {} for column in COLUMNS}
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
        own = _OWN.get(lang, COLUMNS)
        exact = _look(self._spelt, plain(word), own)
        if not exact and not is_stop_word(word):
            exact = self._inflected(word, own, _NEIGHBOURS.get(lang, ()))
        if exact:
            return tuple((row, EXACT) for row in exact)
        folded = fold(word)
        if len(folded) < _SHORTEST_COMPOUND or is_stop_word(word):
            return ()
        return tuple(self._compound(word, (*own, *_NEIGHBOURS.get(lang, ()))))

    def _inflected(
        self, word: str, own: tuple[str, ...], neighbours: tuple[str, ...]
    ) -> tuple[int, ...]:
        keys = (fold(word), stem(word))
        for columns, shortest in ((own, 0), (neighbours, _SHORTEST_BORROWED)):
            for key in keys:
                if len(key) >= shortest and (found := _look(self._folded, key, columns)):
                    return found
        return ()

    def _compound(self, word: str, columns: tuple[str, ...]) -> Iterator[tuple[int, float]]:
        whole, short = fold(word), stem(word)
        heads = (rest for key in (whole, short) for rest in _endings(key))
        head = next((rows for rest in heads if (rows := _look(self._parts, rest, columns))), ())
        yield from ((row, HEAD) for row in head)
        starts = (short[:cut] for cut in range(len(short) - 2, _SHORTEST_PART - 2, -1))
        first = next((rows for start in starts if (rows := self._begins(start, columns))), ())
        yield from ((row, MODIFIER) for row in first if row not in head)

    def _begins(self, key: str, columns: tuple[str, ...]) -> tuple[int, ...]:
        """Look up the first part of a compound, with the s that joins it or without."""
        joint = key.endswith("s") and _look(self._parts, key[:-1], columns)
        return _look(self._parts, key, columns) or joint or ()


def _enter(index: _Index, key: str, number: int) -> None:
    index[key] = tuple(sorted({*index.get(key, ()), number}))


def _look(indices: Mapping[str, _Index], key: str, columns: Iterable[str]) -> tuple[int, ...]:
    return next((rows for column in columns if (rows := indices[column].get(key))), ())


def _as_part(word: str) -> set[str]:
    """Return the forms in which a word is looked for inside others: none if it is too short."""
    if len(word) < _SHORTEST_PART:
        return set()
    short = stem(word)
    return ({fold(word)} | ({short} if len(short) >= _SHORTEST_PART else set())) - _AFFIXES


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
