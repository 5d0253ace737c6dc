"""Themes as learnt: what is kept to place further texts, and written down as numbers and JSON."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, islice
from typing import Any

import numpy as np
from scipy import sparse

from citizen.analysis.embedder.model import Embedder
from citizen.analysis.features import Block, FeatureSpace, beside
from citizen.analysis.landmarks import number_of
from citizen.analysis.language import language_of
from citizen.analysis.lexicon import Lexicon
from citizen.analysis.normalise import lower_words
from citizen.analysis.passages import split
from citizen.analysis.placing import Borders, Place, combine, margins, nearest_themes
from citizen.analysis.results import Item, Text
from citizen.analysis.thesaurus import Thesaurus
from citizen.analysis.words import Passage, Words

CHUNK = 10_000
"""Texts placed at a time: what bounds memory."""


class Outdated(ValueError):
    """Raised when a saved model rests on word lists that have changed since."""


@dataclass
class ThemeModel:
    """Places texts into the themes that were learnt.

    Attributes
    ----------
    space, borders
        What turns words into features, and what tells themes apart.
    places
        Where the landmarks belong, by their number.
    seed
        Seed that their numbers were made with.
    words
        Reads the words of further texts.
    embedder
        The sentence model that helped, if any.
    """

    space: FeatureSpace
    borders: Borders
    places: dict[int, Place]
    seed: int
    words: Words
    embedder: Embedder | None = None

    def __post_init__(self) -> None:
        self._of_words = self.space.brought_

    def place(
        self, texts: Iterable[Text], tick: Callable[[int], None] = lambda _count: None
    ) -> Iterator[Item]:
        """Say of each text which theme it belongs to, in the order in which they come.

        Parameters
        ----------
        tick
            Told after every chunk how many texts have been placed; may raise to stop.
        """
        stream, done = iter(texts), 0
        while chunk := list(islice(stream, CHUNK)):
            yield from self._place(chunk)
            done += len(chunk)
            tick(done)

    def _place(self, texts: Sequence[Text]) -> Iterator[Item]:
        known = [self.places.get(number_of(text.text, self.seed)) for text in texts]
        judged = iter(self._judge([text for text, place in zip(texts, known, strict=True) if place is None]))
        for text, place in zip(texts, known, strict=True):
            found, lang = (place, language_of(text.text, text.lang)) if place else next(judged)
            yield Item(text.id, found.cluster, found.confidence, lang, found.second)

    def _judge(self, texts: Sequence[Text]) -> Iterator[tuple[Place, str]]:
        """Place texts that were not learnt from; tell their languages too."""
        if not texts:
            return
        read = [read_passages(text) for text in texts]
        places = iter(self._rows(list(chain.from_iterable(read))))
        for own in read:
            yield combine([(next(places), len(passage.words)) for passage in own]), own[0].lang

    def _rows(self, passages: Sequence[Passage]) -> list[Place]:
        rows = self.features(passages)
        groups = nearest_themes(rows, self.borders)
        sure, other = margins(rows, groups, self.borders)
        return [Place(*one) for one in zip(groups.tolist(), sure.tolist(), other.tolist(), strict=True)]

    def features(self, passages: Sequence[Passage]) -> sparse.csr_matrix:
        """Return the features of passages, shape (passages, features)."""
        if self.words.forget_if_full():
            self._of_words = {}
        counts = self.words.count(passages)
        rows = self.space.transform(counts, self.brought())
        return with_sentences(rows, passages, self.embedder)

    def brought(self) -> dict[str, sparse.csr_matrix]:
        """Return, per block, what every known word brings, computing it for new words only."""
        done = next(iter(self._of_words.values())).shape[0] if self._of_words else 0
        if not self._of_words or done < len(self.words.known):
            fresh = self.space.of_words(self.words.known[done:])
            self._of_words = {
                name: sparse.vstack([self._of_words[name], new], format="csr") if done else new
                for name, new in fresh.items()
            }
        return self._of_words

    def to_bytes(self) -> bytes:
        """Return the model as the bytes of an npz file with JSON in it; nothing is pickled."""
        blocks = self.space.blocks_
        about = {
            "blocks": {name: [list(b.columns), b.weight] for name, b in blocks.items()},
            "coverage": self.space.coverage_, "far": self.borders.far, "seed": self.seed,
            "lists": _lists(self.words.lexicon, self.words.thesaurus, self.embedder),
        }
        rarities: dict[str, Any] = {f"rarity_{name}": block.rarity for name, block in blocks.items()}
        target = BytesIO()
        np.savez_compressed(
            target,
            about=np.frombuffer(json.dumps(about).encode(), np.uint8),
            scores=self.borders.scores,
            centroids=self.borders.centroids,
            numbers=np.array(list(self.places), np.uint64),
            places=np.array([tuple(place) for place in self.places.values()], np.float64).reshape(-1, 3),
            **rarities,
        )
        return target.getvalue()


def read_passages(text: Text) -> list[Passage]:
    """Split a text into passages with their words, at least one, in the language of the text."""
    pieces = split(text.text)
    words = [lower_words(piece) for piece in pieces]
    lang = language_of(text.text, text.lang, words[0] if len(words) == 1 else None)
    return [Passage(piece, own, lang) for piece, own in zip(pieces, words, strict=True)]


def with_sentences(
    rows: sparse.csr_matrix, passages: Sequence[Passage], embedder: Embedder | None
) -> sparse.csr_matrix:
    """Lay the vectors of a sentence model beside the features of passages, if there is a model."""
    if embedder is None or not passages:
        return rows
    return beside(rows, embedder.embed([passage.text for passage in passages]))


def _lists(lexicon: Lexicon, thesaurus: Thesaurus, embedder: Embedder | None) -> list[str | None]:
    return [lexicon.version, thesaurus.version, embedder.version if embedder else None]


def from_bytes(
    raw: bytes, lexicon: Lexicon, thesaurus: Thesaurus, embedder: Embedder | None = None
) -> ThemeModel:
    """Read a model back.

    Raises
    ------
    Outdated
        If lexicon, thesaurus or sentence model are not those the model was learnt with.
    ValueError
        If the bytes are not a model.
    """
    with np.load(BytesIO(raw), allow_pickle=False) as saved:
        about = json.loads(saved["about"].tobytes())
        if about["lists"] != _lists(lexicon, thesaurus, embedder):
            raise Outdated("the word lists have changed since these themes were found")
        return _model(saved, about, Words(lexicon, thesaurus), embedder)


def _model(
    saved: Any, about: dict[str, Any], words: Words, embedder: Embedder | None
) -> ThemeModel:
    space = FeatureSpace()
    space.coverage_, space.brought_ = about["coverage"], {}
    space.blocks_ = {
        name: Block({key: at for at, key in enumerate(keys)}, saved[f"rarity_{name}"], weight)
        for name, (keys, weight) in about["blocks"].items()
    }
    places = {
        int(number): Place(int(cluster), float(sure), int(second))
        for number, (cluster, sure, second) in zip(saved["numbers"], saved["places"], strict=True)
    }
    return ThemeModel(space, Borders(saved["scores"], saved["centroids"], about["far"]), places,
                      about["seed"], words, embedder)
