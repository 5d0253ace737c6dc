"""Themes as learnt: what is kept to place further texts, and written down as numbers and JSON."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import Any

import numpy as np
from scipy import sparse

from citizen.analysis.features import Block, FeatureSpace
from citizen.analysis.landmarks import number_of
from citizen.analysis.language import language_of
from citizen.analysis.lexicon import Lexicon
from citizen.analysis.normalise import words as words_of
from citizen.analysis.passages import split
from citizen.analysis.placing import NOWHERE, Borders, Place, combine, margins, nearest_themes
from citizen.analysis.results import Item, Text
from citizen.analysis.thesaurus import Thesaurus
from citizen.analysis.words import Words

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
    """

    space: FeatureSpace
    borders: Borders
    places: dict[int, Place]
    seed: int
    words: Words
    _of_words: dict[str, sparse.csr_matrix] = field(default_factory=dict, repr=False)

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
        langs = [language_of(text.text, text.lang) for text in texts]
        known = [self.places.get(number_of(text.text, self.seed)) for text in texts]
        unknown = [at for at, place in enumerate(known) if place is None]
        for at, place in zip(unknown, self._judge([(texts[at].text, langs[at]) for at in unknown]), strict=True):
            known[at] = place
        for text, lang, place in zip(texts, langs, known, strict=True):
            cluster, sure, second = place or NOWHERE
            yield Item(text.id, cluster, sure, lang, second)

    def _judge(self, texts: Sequence[tuple[str, str]]) -> list[Place]:
        """Place texts that were not learnt from."""
        if not texts:
            return []
        owner, read = [], []
        for number, (text, lang) in enumerate(texts):
            for passage in split(text):
                owner.append(number)
                read.append(([word.lower() for word in words_of(passage)], lang))
        places = [(place, len(words)) for place, (words, _) in zip(self._rows(read), read, strict=True)]
        found: list[list[tuple[Place, int]]] = [[] for _ in texts]
        for number, place in zip(owner, places, strict=True):
            found[number].append(place)
        return [combine(own) for own in found]

    def _rows(self, read: Sequence[tuple[Sequence[str], str]]) -> list[Place]:
        rows = self.features(read)
        groups = nearest_themes(rows, self.borders)
        sure, other = margins(rows, groups, self.borders)
        return [Place(*one) for one in zip(groups.tolist(), sure.tolist(), other.tolist(), strict=True)]

    def features(self, read: Sequence[tuple[Sequence[str], str]]) -> sparse.csr_matrix:
        """Return the features of rows given as lower-case words and language, shape (rows, features)."""
        if self.words.forget_if_full():
            self._of_words = {}
        counts = self.words.count(read)
        return self.space.join(counts, self.brought())

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
            "lexicon": self.words.lexicon.version, "thesaurus": self.words.thesaurus.version,
        }
        target = BytesIO()
        np.savez_compressed(
            target,
            about=np.frombuffer(json.dumps(about).encode(), np.uint8),
            scores=self.borders.scores,
            centroids=self.borders.centroids,
            numbers=np.array(list(self.places), np.uint64),
            places=np.array([tuple(place) for place in self.places.values()], np.float64).reshape(-1, 3),
            **{f"rarity_{name}": block.rarity for name, block in blocks.items()},
        )
        return target.getvalue()


def from_bytes(raw: bytes, lexicon: Lexicon, thesaurus: Thesaurus) -> ThemeModel:
    """Read a model back.

    Raises
    ------
    Outdated
        If the lexicon or the thesaurus is not the one the model was learnt with.
    ValueError
        If the bytes are not a model.
    """
    with np.load(BytesIO(raw), allow_pickle=False) as saved:
        about = json.loads(saved["about"].tobytes())
        if (about["lexicon"], about["thesaurus"]) != (lexicon.version, thesaurus.version):
            raise Outdated("the word lists have changed since these themes were found")
        return _model(saved, about, lexicon, thesaurus)


def _model(saved: Any, about: dict[str, Any], lexicon: Lexicon, thesaurus: Thesaurus) -> ThemeModel:
    space = FeatureSpace(thesaurus.field_of)
    space.coverage_ = about["coverage"]
    space.blocks_ = {
        name: Block({key: at for at, key in enumerate(keys)}, saved[f"rarity_{name}"], weight)
        for name, (keys, weight) in about["blocks"].items()
    }
    places = {
        int(number): Place(int(cluster), float(sure), int(second))
        for number, (cluster, sure, second) in zip(saved["numbers"], saved["places"], strict=True)
    }
    return ThemeModel(space, Borders(saved["scores"], saved["centroids"], about["far"]), places,
                      about["seed"], Words(lexicon, thesaurus))
