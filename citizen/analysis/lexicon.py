"""The concept lexicon: named municipal needs, with word stems in every language.

A concept ties *snöröjning*, *brøyting* and *plog* together, which no spelling rule can, and
gives a theme a readable name. Concepts lie in ``data/concepts``, one file per area of what a
municipality does; a municipality adds its own places and programmes (`Addition`).

Stems match inside words, so that compounds hit. They match words as written, ø as ö and æ as ä,
not as folded for the n-grams: the lexicon has the spellings of every language already, and folding
makes strangers meet (*p-plats* and *hållplats*, *syk-* and *sykkel*).

A stem gives way to a longer one around it: *skolskjuts* speaks of school transport and not, for
its *skol*, of schools. It gives way too to one at least as long that begins before it and reaches
into it: in *studentbostad* the stem *studentbost* is nearer than *bostad*. Exceptions are stems that
speak of nothing: what gives way to them is no hit.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from citizen.analysis.normalise import plain
from citizen.analysis.results import LANGUAGES

MOST_GOALS = 3
GOALS = range(1, 18)
LOS = "https://psi.norge.no/los/"
"""Beginning of every id in LOS, the vocabulary of Norwegian public services."""

OWN_AREA = "own"
"""Area of the concepts a municipality adds without naming another."""

MOST_WORDS_KEPT = 100_000
"""Words whose concepts are remembered: a few megabytes."""

FALLBACKS: Mapping[str, tuple[str, ...]] = {
    "sv": ("sv", "nb", "nn", "en"),
    "nb": ("nb", "nn", "sv", "en"),
    "nn": ("nn", "nb", "sv", "en"),
    "en": ("en", "nb", "sv", "nn"),
}
"""In which order a name is looked for when a municipality gives only some."""

_KEY = 3
_NOTHING = -1
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Area:
    """A part of what a municipality does, with a name in each of `LANGUAGES`."""

    id: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Concept:
    """A named need.

    Attributes
    ----------
    id
        Never changes: results that are kept refer to it.
    names
        A readable name in each of `LANGUAGES`.
    goals
        The UN sustainable development goals it serves, 1..17, at most three, nearest first.
    area
        Id of its area.
    los
        Address of the LOS theme or word for it, if there is one.
    """

    id: str
    names: Mapping[str, str]
    goals: tuple[int, ...]
    area: str = OWN_AREA
    los: str | None = None


@dataclass(frozen=True)
class Addition:
    """What a municipality adds: a concept of its own, or more stems for one that exists.

    `names` may lack languages; for a concept that exists only `id` and `stems` count.
    """

    id: str
    stems: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    area: str = OWN_AREA
    goals: tuple[int, ...] = ()
    los: str | None = None


@dataclass(frozen=True)
class Pattern:
    """A stem ready to match: its plain letters, and whether a word must begin or end there."""

    letters: str
    start: bool
    end: bool

    def fits(self, word: str, at: int) -> bool:
        """Tell whether the letters, which stand in the word at a position, may stand there."""
        return not (self.start and at) and not (self.end and at + len(self.letters) < len(word))


def read_stem(stem: str) -> Pattern:
    """Read a stem: "^" asks for the start of the word, "$" for its end, "=" for all of it.

    Raises
    ------
    ValueError
        If it has fewer than two letters, or fewer than three and may be a part of a word.
    """
    whole = stem.startswith("=")
    start, end = whole or stem.startswith("^"), whole or stem.endswith("$")
    letters = plain(stem.strip("=^$"))
    if len(letters) < (2 if start and end else _KEY):
        raise ValueError(f"stem {stem!r} is too short")
    return Pattern(letters, start, end)


class Lexicon:
    """Concepts and an index that finds them in words.

    Parameters
    ----------
    version
        Version of the data, written into every result.
    concepts
        The concepts, in order.
    stems
        For every concept its stems, as `read_stem` reads them.
    exceptions
        Stems of words that only look like one of the others.
    areas
        The areas of the concepts.

    Raises
    ------
    ValueError
        If a stem is too short.
    """

    def __init__(
        self,
        version: str,
        concepts: Iterable[Concept],
        stems: Iterable[Iterable[str]],
        exceptions: Iterable[str] = (),
        areas: Iterable[Area] = (),
    ) -> None:
        self.version = version
        self.concepts = tuple(concepts)
        self.stems = tuple(tuple(sorted(set(group))) for group in stems)
        self.exceptions = tuple(sorted(set(exceptions)))
        self.areas = {area.id: area for area in areas}
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._parts: dict[str, list[tuple[Pattern, int]]] = defaultdict(list)
        self._seen: dict[str, frozenset[int]] = {}
        for number, group in enumerate(self.stems):
            self._add(group, number)
        self._add(self.exceptions, _NOTHING)
        self._lengths = _lengths(self._parts)

    def _add(self, stems: Iterable[str], concept: int) -> None:
        for pattern in {read_stem(stem) for stem in stems}:
            if pattern.start and pattern.end:
                self._whole[pattern.letters].append(concept)
            else:
                self._parts[pattern.letters].append((pattern, concept))

    def find(self, word: str) -> frozenset[int]:
        """Return the positions of the concepts that a word speaks of."""
        found = self._seen.get(word)
        if found is None:
            if len(self._seen) >= MOST_WORDS_KEPT:
                self._seen.clear()
            found = self._seen[word] = _strongest(self._spans(plain(word)))
        return found

    def _spans(self, word: str) -> list[tuple[int, int, int]]:
        """Return where stems lie in a word: start, end, concept."""
        spans = [(0, len(word), concept) for concept in self._whole.get(word, ())]
        for at in range(len(word) - _KEY + 1):
            for length in self._lengths.get(word[at : at + _KEY], ()):
                end = at + length
                if end > len(word):
                    break
                for pattern, concept in self._parts.get(word[at:end], ()):
                    if pattern.fits(word, at):
                        spans.append((at, end, concept))
        return spans

    def extended(self, additions: Iterable[Addition]) -> "Lexicon":
        """Return a lexicon with a municipality's additions, under a version that tells them.

        The concepts of this one keep their positions; without additions it is this one.

        Raises
        ------
        ValueError
            If a new concept has no name or no stem, or a stem is too short. `additions.py` checks
            what people write, row by row.
        """
        added = sorted(additions, key=lambda one: one.id)
        if not added:
            return self
        stems = {one.id: list(group) for one, group in zip(self.concepts, self.stems, strict=True)}
        concepts = list(self.concepts)
        for one in added:
            if one.id not in stems:
                concepts.append(_own(one))
            stems.setdefault(one.id, []).extend(one.stems)
        return Lexicon(
            f"{self.version}+{_digest([_told(one) for one in added])}",
            concepts,
            [stems[one.id] for one in concepts],
            self.exceptions,
            self.areas.values(),
        )


def _lengths(parts: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return the lengths of the stems that begin with the same letters."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for letters in parts:
        lengths[letters[:_KEY]].add(len(letters))
    return {key: tuple(sorted(found)) for key, found in lengths.items()}


def _strongest(spans: Sequence[tuple[int, int, int]]) -> frozenset[int]:
    """Return the concepts of the spans that give way to no span of another concept."""
    if not spans:
        return _NONE
    return frozenset(
        one[2]
        for one in spans
        if one[2] != _NOTHING and not any(_gives_way(one, other) for other in spans if other[2] != one[2])
    )


def _gives_way(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Tell whether a span lies inside a longer one, or is cut by one as long that begins before it."""
    start, end, _ = one
    a, b, concept = other
    longer = b - a - (end - start)
    if a <= start and end <= b:
        return longer > 0 or concept == _NOTHING
    return a < start < b and longer >= 0


def _digest(value: Any) -> str:
    """Return eight hexadecimal digits that tell one JSON value from another."""
    raw = json.dumps(value, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(raw.encode()).hexdigest()[:8]


def _told(one: Addition) -> list[Any]:
    return [one.id, sorted(one.stems), dict(one.names), one.area, list(one.goals), one.los]


def _own(one: Addition) -> Concept:
    if not one.names or not one.stems:
        raise ValueError(f"concept {one.id!r} needs a name and a stem")
    names = {
        lang: next(one.names[like] for like in FALLBACKS[lang] if like in one.names) for lang in LANGUAGES
    }
    return Concept(one.id, names, one.goals, one.area, one.los)


def read_lexicon(raw: Mapping[str, Any]) -> Lexicon:
    """Build a lexicon from its JSON form: `version`, `concepts` and, if any, `areas`.

    A concept has `id`, `names`, `goals`, `stems` per language and, if any, `area`, `los` and
    `except`.

    Raises
    ------
    ValueError
        If an id is used twice, a name is missing, a goal is not 1..17, there are more than three
        goals, an area is unknown, a LOS id is not one, or a concept has no stem.
    """
    areas = [Area(one["id"], _names(one)) for one in raw.get("areas", ())]
    known = {area.id for area in areas} | {OWN_AREA}
    concepts = [_read_concept(one, known) for one in raw["concepts"]]
    if len({concept.id for concept in concepts}) < len(concepts):
        raise ValueError("two concepts have the same id")
    stems = [
        [stem for lang in sorted(one["stems"]) for stem in one["stems"][lang]] for one in raw["concepts"]
    ]
    for concept, group in zip(concepts, stems, strict=True):
        if not group:
            raise ValueError(f"concept {concept.id!r} has no stem")
    exceptions = [stem for one in raw["concepts"] for stem in one.get("except", ())]
    return Lexicon(raw["version"], concepts, stems, exceptions, areas)


def _names(raw: Mapping[str, Any]) -> dict[str, str]:
    missing = [lang for lang in LANGUAGES if not raw["names"].get(lang, "").strip()]
    if missing:
        raise ValueError(f"{raw['id']!r} has no name in {', '.join(missing)}")
    return dict(raw["names"])


def _read_concept(raw: Mapping[str, Any], areas: Iterable[str]) -> Concept:
    goals, area, los = tuple(raw["goals"]), raw.get("area", OWN_AREA), raw.get("los")
    if len(goals) > MOST_GOALS or not all(goal in GOALS for goal in goals):
        raise ValueError(f"concept {raw['id']!r} has goals {goals}")
    if area not in areas:
        raise ValueError(f"concept {raw['id']!r} lies in no area: {area!r}")
    if los is not None and not los.startswith(LOS):
        raise ValueError(f"concept {raw['id']!r} has a LOS id that is none: {los!r}")
    return Concept(raw["id"], _names(raw), goals, area, los)


def load_lexicon(additions: Iterable[Addition] = ()) -> Lexicon:
    """Return the lexicon that comes with the package, with a municipality's additions."""
    return _shipped().extended(additions)


@cache
def _shipped() -> Lexicon:
    return read_lexicon(_read_folder())


def _read_folder() -> dict[str, Any]:
    """Read ``data/concepts``: the areas in their order, then each area's file.

    The version ends with a digest of the data, so that no change can keep it.
    """
    folder = files(__package__).joinpath("data/concepts")
    index = json.loads(folder.joinpath("areas.json").read_text("utf-8"))
    concepts = [
        {**one, "area": area["id"]}
        for area in index["areas"]
        if area["id"] != OWN_AREA
        for one in json.loads(folder.joinpath(f"{area['id']}.json").read_text("utf-8"))
    ]
    version = f"{index['version']}-{_digest([index, concepts])}"
    return {"version": version, "areas": index["areas"], "concepts": concepts}
