"""Landmarks as rows of words: passages, and copies of the same words taken together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from citizen.analysis.landmarks import Landmark
from citizen.analysis.language import language_of
from citizen.analysis.normalise import placed_words
from citizen.analysis.passages import split
from citizen.analysis.results import Text, TooFewTexts
from citizen.analysis.words import Passage, Word, Words

FEWEST_TEXTS = 10


class Document(NamedTuple):
    """A passage in content words: stop words are gone.

    Attributes
    ----------
    surface
        Content words as written.
    stems
        Their stems, same length.
    opens
        Whether each of them opens a sentence, same length.
    concepts
        Positions in the lexicon of the concepts the words speak of.
    lang
        The language of the text.
    """

    surface: tuple[str, ...]
    stems: tuple[str, ...]
    opens: tuple[bool, ...]
    concepts: tuple[int, ...]
    lang: str

    @property
    def key(self) -> str:
        """The stems as one string: equal for passages that say the same words."""
        return " ".join(self.stems)


@dataclass(frozen=True)
class Corpus:
    """Landmarks as read.

    Attributes
    ----------
    landmarks
        Sorted by id.
    langs
        Language of every landmark.
    documents
        The passages of all landmarks, in order.
    owner
        Landmark of every passage, shape (passages,).
    row_of
        Row of every passage among the different ones, -1 without usable words; same shape.
    counts
        Words of every row, shape (rows, words).
    words
        The words, in the order of the columns of `counts`.
    passages
        The passage of every row.
    """

    landmarks: Sequence[Landmark]
    langs: Sequence[str]
    documents: Sequence[Document]
    owner: NDArray[np.intp]
    row_of: NDArray[np.intp]
    counts: sparse.csr_matrix
    words: Sequence[Word]
    passages: Sequence[Passage]

    @property
    def copies(self) -> NDArray[np.intp]:
        """How many texts every row stands for, shape (rows,)."""
        each = np.array([landmark.copies for landmark in self.landmarks], np.intp)
        usable = self.row_of >= 0
        found = np.bincount(self.row_of[usable], each[self.owner[usable]], self.counts.shape[0])
        return found.astype(np.intp)


class _Read(NamedTuple):
    """A passage, and its words as written with whether each opens a sentence."""

    passage: Passage
    written: list[tuple[str, bool]]


def read_documents(texts: Iterable[Text], words: Words) -> list[list[tuple[Document, Passage]]]:
    """Split texts into passages, at least one each.

    Returns
    -------
    Of every text its passages, in content words and with all of their words.
    """
    read = [_read(text) for text in texts]
    words.meet(one.passage for own in read for one in own)
    return [[(_document(one, words), one.passage) for one in own] for own in read]


def _read(text: Text) -> list[_Read]:
    """Split a text into passages and these into words."""
    pieces = split(text.text)
    written = [placed_words(piece) for piece in pieces]
    words = [tuple(word.lower() for word, _ in own) for own in written]
    lang = language_of(text.text, text.lang, words[0] if len(words) == 1 else None)
    return [
        _Read(Passage(piece, own, lang), placed)
        for piece, own, placed in zip(pieces, words, written, strict=True)
    ]


def _document(read: _Read, words: Words) -> Document:
    """Return a passage in content words."""
    (_, lowered, lang), written = read
    known = [words.known[words.number(word, lang)] for word in lowered]
    content = [at for at, word in enumerate(known) if word.stem]
    return Document(
        surface=tuple(written[at][0] for at in content),
        stems=tuple(known[at].stem for at in content),
        opens=tuple(written[at][1] for at in content),
        concepts=tuple(concept for at in content for concept in known[at].concepts),
        lang=lang,
    )


def read_corpus(landmarks: Sequence[Landmark], words: Words, tick: Callable[[float], None]) -> Corpus:
    """Split landmarks into passages and words and find the rows that differ.

    Equal passages share a row: a campaign of five hundred copies is one voice in the choice of
    themes, and all of it ends up in one place.

    Raises
    ------
    TooFewTexts
        If fewer than ten texts have usable words.
    """
    documents: list[Document] = []
    owner: list[int] = []
    langs: list[str] = []
    first: dict[str, Passage] = {}
    step = max(1, len(landmarks) // 20)
    for start in range(0, len(landmarks), step):
        tick(start / len(landmarks))
        texts = [landmark.text for landmark in landmarks[start : start + step]]
        for number, own in enumerate(read_documents(texts, words), start):
            langs.append(own[0][1].lang)
            owner.extend([number] * len(own))
            for document, passage in own:
                documents.append(document)
                if document.stems:
                    first.setdefault(document.key, passage)
    place = {key: row for row, key in enumerate(first)}
    row_of = np.array([place.get(document.key, -1) if document.stems else -1 for document in documents])
    _refuse_few(landmarks, owner, row_of)
    return Corpus(landmarks, langs, documents, np.array(owner, np.intp), row_of.astype(np.intp),
                  words.count(first.values()), words.known, list(first.values()))


def _refuse_few(landmarks: Sequence[Landmark], owner: Sequence[int], row_of: NDArray[np.intp]) -> None:
    usable = sum(landmarks[at].copies for at in {owner[p] for p in np.flatnonzero(row_of >= 0).tolist()})
    if usable < FEWEST_TEXTS:
        raise TooFewTexts(f"{usable} texts with usable words, {FEWEST_TEXTS} are needed")
