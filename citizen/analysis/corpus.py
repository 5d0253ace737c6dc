"""Landmarks as rows of words: passages, and copies of the same words taken together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from citizen.analysis.landmarks import Landmark
from citizen.analysis.language import language_of
from citizen.analysis.normalise import placed_words
from citizen.analysis.passages import split
from citizen.analysis.results import TooFewTexts
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


def read_document(text: str, lang: str, words: Words) -> tuple[Document, Passage]:
    """Split a passage into words.

    Returns
    -------
    The passage in content words, and with all of its words.
    """
    placed = placed_words(text)
    lowered = tuple(word.lower() for word, _ in placed)
    known = [words.known[words.number(word, lang)] for word in lowered]
    content = [at for at, word in enumerate(known) if word.stem]
    document = Document(
        surface=tuple(placed[at][0] for at in content),
        stems=tuple(known[at].stem for at in content),
        opens=tuple(placed[at][1] for at in content),
        concepts=tuple(concept for at in content for concept in known[at].concepts),
        lang=lang,
    )
    return document, Passage(text, lowered, lang)


def read_corpus(landmarks: Sequence[Landmark], words: Words, tick: Callable[[float], None]) -> Corpus:
    """Split landmarks into passages and words and find the rows that differ.

    Equal passages share a row: a campaign of five hundred copies is one voice in the choice of
    themes, and all of it ends up in one place.

    Raises
    ------
    TooFewTexts
        If fewer than ten texts have usable words.
    """
    every = max(1, len(landmarks) // 20)
    documents: list[Document] = []
    owner: list[int] = []
    langs: list[str] = []
    first: dict[str, Passage] = {}
    for number, landmark in enumerate(landmarks):
        if number % every == 0:
            tick(number / len(landmarks))
        langs.append(language_of(landmark.text.text, landmark.text.lang))
        for piece in split(landmark.text.text):
            document, passage = read_document(piece, langs[-1], words)
            documents.append(document)
            owner.append(number)
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
