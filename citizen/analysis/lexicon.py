"""The concept lexicon: named municipal needs, with word stems in every language.

A concept ties *snöröjning*, *brøyting* and *plog* together, which no spelling rule can, and
gives a theme a readable name. Stems match inside words, so that compounds hit.

They match words as written, ø as ö and æ as ä, not as folded for the n-grams: the lexicon has the
spellings of every language already, and folding makes strangers meet (*p-plats* and *hållplats*,
*syk-* and *sykkel*).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from citizen.analysis.normalise import plain
from citizen.analysis.results import LANGUAGES

MOST_GOALS = 3
_KEY = 2


@dataclass(frozen=True)
class Concept:
    """A named need: a readable name per language and the UN goals it serves."""

    id: str
    names: Mapping[str, str]
    goals: tuple[int, ...]


@dataclass(frozen=True)
class _Pattern:
    stem: str
    concept: int
    start: bool
    whole: bool

    def fits(self, word: str, at: int) -> bool:
        if self.whole:
            return word == self.stem
        return not (self.start and at) and word.startswith(self.stem, at)


class Lexicon:
    """Concepts and an index that finds them in words.

    Parameters
    ----------
    version
        Version of the data, written into every result.
    concepts
        The concepts, in order.
    stems
        For every concept its stems: lower case; a leading "=" asks for the whole word, a leading
        "^" for the start of the word, otherwise the stem may lie anywhere in the word.

    Raises
    ------
    ValueError
        If a stem has fewer than two letters.
    """

    def __init__(
        self, version: str, concepts: Iterable[Concept], stems: Iterable[Iterable[str]]
    ) -> None:
        self.version = version
        self.concepts = tuple(concepts)
        self._patterns: dict[str, list[_Pattern]] = defaultdict(list)
        self._seen: dict[str, frozenset[int]] = {}
        for number, group in enumerate(stems):
            for stem in sorted(set(group)):
                self._add(stem, number)

    def _add(self, stem: str, concept: int) -> None:
        letters = plain(stem.lstrip("=^"))
        if len(letters) < _KEY:
            raise ValueError(f"stem {stem!r} is too short")
        pattern = _Pattern(letters, concept, stem.startswith("^"), stem.startswith("="))
        self._patterns[letters[:_KEY]].append(pattern)

    def find(self, word: str) -> frozenset[int]:
        """Return the positions of the concepts that a word speaks of."""
        letters = plain(word)
        if letters not in self._seen:
            self._seen[letters] = frozenset(
                pattern.concept
                for at in range(len(letters) - _KEY + 1)
                for pattern in self._patterns.get(letters[at : at + _KEY], ())
                if pattern.fits(letters, at)
            )
        return self._seen[letters]


def read_lexicon(raw: Mapping[str, Any]) -> Lexicon:
    """Build a lexicon from its JSON form.

    Raises
    ------
    ValueError
        If an id is used twice, a name is missing, a goal is not 1..17, there are more than three
        goals, or a concept has no stem.
    """
    concepts = [_read_concept(one) for one in raw["concepts"]]
    if len({concept.id for concept in concepts}) < len(concepts):
        raise ValueError("two concepts have the same id")
    stems = [
        [stem for lang in sorted(one["stems"]) for stem in one["stems"][lang]]
        for one in raw["concepts"]
    ]
    for concept, group in zip(concepts, stems, strict=True):
        if not group:
            raise ValueError(f"concept {concept.id!r} has no stem")
    return Lexicon(raw["version"], concepts, stems)


def _read_concept(raw: Mapping[str, Any]) -> Concept:
    missing = [lang for lang in LANGUAGES if not raw["names"].get(lang, "").strip()]
    if missing:
        raise ValueError(f"concept {raw['id']!r} has no name in {', '.join(missing)}")
    goals = tuple(raw["goals"])
    if len(goals) > MOST_GOALS or not all(1 <= goal <= 17 for goal in goals):
        raise ValueError(f"concept {raw['id']!r} has goals {goals}")
    return Concept(raw["id"], dict(raw["names"]), goals)


@cache
def load_lexicon() -> Lexicon:
    """Read the lexicon that comes with the package; empty if it has none."""
    path = files(__package__).joinpath("data/concepts.json")
    if not path.is_file():
        return Lexicon("none", (), ())
    return read_lexicon(json.loads(path.read_text("utf-8")))
