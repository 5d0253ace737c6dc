"""A municipality's own words: what an entry says, how it is called, and what is wrong with it."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from citizen.analysis.additions import MOST_ROWS, BadAdditions, Problem, read_json
from citizen.analysis.lexicon import OWN_AREA, Addition, Lexicon
from citizen.analysis.normalise import plain
from citizen.analysis.results import LANGUAGES
from citizen.base.words import clean_line

MOST_ENTRIES = MOST_ROWS
"""Entries of one municipality: as many as a file may have."""

LONGEST_KEY = 60
_SPELT = str.maketrans({"å": "a", "ä": "a", "æ": "ae", "ö": "o", "ø": "o"})


@dataclass(frozen=True)
class Entry:
    """What a municipality says of one concept.

    Attributes
    ----------
    key : the id of its own concept, or of the one in the lexicon that it has more words for.
    stems : its words, with the lexicon's marks: "=" the whole word, "^" its start, "$" its end.
    extends : whether it has more words for a concept that the lexicon has already.
    names, area, goals, los : only of its own concepts.
    """

    key: str
    stems: tuple[str, ...]
    extends: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    area: str = OWN_AREA
    goals: tuple[int, ...] = ()
    los: str | None = None

    def as_details(self) -> dict[str, Any]:
        """The entry as the audit keeps it."""
        return {**asdict(self), "stems": list(self.stems), "goals": list(self.goals)}

    def as_concept(self) -> dict[str, Any]:
        """The entry as a concept of a file."""
        told = {"id": self.key, "stems": list(self.stems)}
        if self.extends:
            return told
        return told | {"names": dict(self.names), "area": self.area, "goals": list(self.goals),
                       **({"los": self.los} if self.los else {})}


def from_details(kept: Mapping[str, Any]) -> Entry:
    """The entry that `Entry.as_details` told of."""
    return Entry(**{**kept, "stems": tuple(kept["stems"]), "goals": tuple(kept["goals"])})


def from_addition(one: Addition, shipped: Collection[str], own: Mapping[str, Entry]) -> Entry:
    """An addition as a file has it. An id that the lexicon has means that concept, unless the
    municipality had a concept of that id first."""
    mine = own.get(one.id)
    if one.id in shipped and (mine is None or mine.extends):
        return Entry(one.id, in_order(one.stems), extends=True)
    los = clean_line(one.los) or None
    return Entry(one.id, in_order(one.stems), False, names_in(one.names), one.area, one.goals, los)


def problems(entry: Entry, lexicon: Lexicon) -> tuple[Problem, ...]:
    """What is wrong with an entry, as the reader of files tells it."""
    try:
        read_json(json.dumps({"concepts": [entry.as_concept()]}), lexicon)
    except BadAdditions as bad:
        return bad.problems
    return ()


def bare(stem: str) -> str:
    """A word without its marks."""
    return stem.strip("=^$")


def stems_in(text: str) -> tuple[str, ...]:
    """The words of a text, one a line or parted by signs."""
    return in_order(re.split(r"[\n,;|]", text))


def in_order(stems: Iterable[str]) -> tuple[str, ...]:
    """Words tidied, each once, in lower case.

    Those that begin with "=" come last: a spreadsheet takes a cell that begins so for a formula.
    """
    found = dict.fromkeys(stem for one in stems if (stem := _tidy(one)))
    return tuple(sorted(found, key=lambda stem: stem.startswith("=")))


def _tidy(stem: str) -> str:
    line = clean_line(stem).lower()
    mark = line[:1] if line[:1] in ("=", "^") else ""
    return mark + line[len(mark) :].strip()


def names_in(given: Mapping[str, str | None]) -> dict[str, str]:
    """The names that are there, in the order of the languages."""
    return {lang: name for lang in LANGUAGES if (name := clean_line(given.get(lang)))}


def new_key(names: Mapping[str, str], order: Sequence[str], taken: Collection[str]) -> str:
    """An id for a new concept, made of its first name and free: ``Nordbadet`` is ``nordbadet``."""
    first = next((names[lang] for lang in (*order, *LANGUAGES) if names.get(lang)), "")
    key = _key_of(first) or "concept"
    if key not in taken:
        return key
    return next(
        candidate for number in range(2, len(taken) + 3)
        if (candidate := f"{key[: LONGEST_KEY - 6]}-{number}") not in taken
    )


def _key_of(text: str) -> str:
    """A text as an id: small letters, digits and hyphens."""
    spelt = unicodedata.normalize("NFKD", text.casefold().translate(_SPELT))
    return re.sub(r"[^a-z0-9]+", "-", spelt.encode("ascii", "ignore").decode())[:LONGEST_KEY].strip("-")


def is_about(entry: Entry, sought: str, called: Iterable[str]) -> bool:
    """Whether what somebody looks for is in a name or a word of an entry, however it is spelt."""
    wanted = plain(sought)
    return any(wanted in plain(text) for text in (*entry.stems, *entry.names.values(), *called))
