"""How far a survey's texts have come in each language, and what a translation must keep."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from citizen.base.words import clean_line, clean_text
from citizen.surveys.rules import TextState
from citizen.surveys.rules.document import (
    Document,
    Kind,
    Page,
    Question,
    asked,
    needed_keys,
    points,
    rows_of,
)
from citizen.surveys.rules.lengths import (
    LONGEST_HELP,
    LONGEST_PAGE,
    LONGEST_PART,
    LONGEST_QUESTION,
    LONGEST_TITLE,
    LONGEST_UNIT,
)
from citizen.surveys.rules.piping import mark, piped_questions

MOST_ON_A_PAGE = 40
"""So many texts are looked at together, unless one page of the survey has more."""


class Part(StrEnum):
    """What a text is in its survey."""

    TITLE = "title"
    INTRO = "intro"
    THANKS = "thanks"
    PAGE_TITLE = "page_title"
    PAGE_TEXT = "page_text"
    QUESTION = "question"
    HELP = "help"
    ROW = "row"
    OPTION = "option"
    POINT = "point"
    UNIT = "unit"


LONG_PARTS = {Part.INTRO, Part.THANKS, Part.PAGE_TEXT, Part.QUESTION, Part.HELP}
"""Those that may have several lines."""
_LONGEST = {
    Part.TITLE: LONGEST_TITLE, Part.INTRO: LONGEST_PAGE, Part.THANKS: LONGEST_PAGE,
    Part.PAGE_TITLE: LONGEST_TITLE, Part.PAGE_TEXT: LONGEST_PAGE, Part.QUESTION: LONGEST_QUESTION,
    Part.HELP: LONGEST_HELP, Part.ROW: LONGEST_PART, Part.OPTION: LONGEST_PART, Part.POINT: LONGEST_PART,
    Part.UNIT: LONGEST_UNIT,
}


class Stored(Protocol):
    """A stored text, as far as judging it needs."""

    key: str
    language: str
    text: str
    state: str
    source: str | None


@dataclass(frozen=True)
class Spot:
    """A place in the survey that a text stands in.

    Attributes
    ----------
    page, number : of the survey's pages, which, and the question's number among those asked.
    needed : a text must be there in every language.
    """

    key: str
    part: Part
    page: int = 0
    question: Question | None = None
    number: int = 0
    needed: bool = False

    @property
    def is_long(self) -> bool:
        return self.part in LONG_PARTS

    def tidy(self, text: str | None) -> str:
        """A text as it is kept here."""
        return clean_text(text) if self.is_long else clean_line(text)

    def longest(self, source: str = "") -> int:
        """Most characters of a text; where the source is long itself, half as many again."""
        return max(_LONGEST[self.part], len(source) * 3 // 2)


@dataclass(frozen=True)
class Done:
    """How far one language has come. The rest of the needed texts are reviewed and fresh.

    Attributes
    ----------
    missing : keys of the texts that are not there.
    unsaid : those of them without which nobody could answer.
    """

    language: str
    needed: int = 0
    missing: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    machine: int = 0
    stale: int = 0

    @property
    def reviewed(self) -> int:
        return self.needed - len(self.missing) - self.machine - self.stale

    @property
    def is_whole(self) -> bool:
        """Whether every text is there, seen by a person, and of what the source says now."""
        return self.reviewed == self.needed


@dataclass(frozen=True)
class Item:
    """A text to be translated, beside its source."""

    spot: Spot
    source: str
    text: str
    state: TextState
    made_from: str | None = None


@dataclass(frozen=True)
class Change:
    """A translation to be kept.

    Attributes
    ----------
    was : the text that whoever wrote it saw before; if it is no longer that, nothing is overwritten.
    source : what it was translated from.
    """

    key: str
    language: str
    text: str
    was: str
    source: str
    state: str = TextState.REVIEWED


class Flaw(StrEnum):
    """Why a translation cannot be kept."""

    LOST = "lost"
    INVENTED = "invented"
    LONG = "long"


# ---- where texts stand


def spots(document: Document) -> Iterator[Spot]:
    """Every place that a respondent may read, in the order it is read."""
    needed = set(needed_keys(document))
    yield Spot("title", Part.TITLE, needed=True)
    yield Spot("intro", Part.INTRO)
    number = 0
    for place, page in enumerate(document.pages, 1):
        if not asked(page):
            continue
        yield Spot(f"{page.id}.title", Part.PAGE_TITLE, place)
        yield Spot(f"{page.id}.text", Part.PAGE_TEXT, place)
        for question in asked(page):
            number += question.kind is not Kind.STATEMENT
            for key, part in _of_question(question):
                yield Spot(key, part, place, question, number, key in needed)
    yield Spot("thanks", Part.THANKS, len(document.pages) + 1)


def _of_question(question: Question) -> Iterator[tuple[str, Part]]:
    own = question.id
    yield from ((f"{own}.text", Part.QUESTION), (f"{own}.help", Part.HELP))
    yield from ((f"{own}.{row.id}", Part.ROW) for row in rows_of(question))
    yield from ((f"{own}.{option.id}", Part.OPTION) for option in question.options if not option.hidden)
    if question.kind is Kind.SCALE:
        yield from ((f"{own}.{point}", Part.POINT) for point in points(question))
    if question.kind is Kind.NUMBER:
        yield f"{own}.unit", Part.UNIT


def page_of(document: Document, spot: Spot) -> Page | None:
    """The survey's page that a place is on; none of what comes before and after them."""
    return document.pages[spot.page - 1] if 0 < spot.page <= len(document.pages) else None


# ---- how far they have come


def by_key(rows: Iterable[Stored], language: str) -> dict[str, Stored]:
    """The texts of one language that are there."""
    return {row.key: row for row in rows if row.language == language and row.text}


def state_of(row: Stored | None, source: str | None) -> TextState:
    """A text's state; ``source`` is what the source says now, None for the source itself."""
    if row is None:
        return TextState.MISSING
    if source is not None and row.source is not None and clean_text(row.source) != clean_text(source):
        return TextState.STALE
    return TextState(row.state)


def items(document: Document, rows: Iterable[Stored], language: str) -> list[Item]:
    """The texts of a language: those that must be there, those that the source has, and those that are
    left of what the source had."""
    rows = list(rows)
    first = document.languages[0]
    sources, own = by_key(rows, first), by_key(rows, language)
    found = []
    for spot in spots(document):
        if not (spot.needed or spot.key in sources or spot.key in own):
            continue
        source = sources[spot.key].text if spot.key in sources else ""
        row = own.get(spot.key)
        state = state_of(row, None if language == first else source)
        found.append(Item(spot, source, row.text if row else "", state, row.source if row else None))
    return found


def completeness(document: Document, rows: Iterable[Stored]) -> dict[str, Done]:
    """How far each language of a draft has come, the source first; told to translators and at publication."""
    rows = list(rows)
    return {language: _done(language, items(document, rows, language)) for language in document.languages}


def _done(language: str, found: list[Item]) -> Done:
    states = [item.state for item in found]
    missing = [item.spot for item in found if item.state is TextState.MISSING]
    gone, unsaid = [spot.key for spot in missing], [spot.key for spot in missing if spot.needed]
    return Done(language, len(found), tuple(gone), tuple(unsaid),
                states.count(TextState.MACHINE), states.count(TextState.STALE))


def pages(found: Iterable[Item]) -> list[list[Item]]:
    """Texts as they are looked at together: whole pages of the survey, as many as are not too much."""
    by_page: dict[int, list[Item]] = {}
    for item in found:
        by_page.setdefault(item.spot.page, []).append(item)
    made: list[list[Item]] = []
    for group in by_page.values():
        if made and len(made[-1]) + len(group) <= MOST_ON_A_PAGE:
            made[-1] += group
        else:
            made.append(list(group))
    return made


# ---- what a translation must keep


def placeholders(text: str) -> set[str]:
    """The answers that a text repeats, as they are written in it: ``{q3}``."""
    return {mark(question) for question in piped_questions(text)}


def flaw(spot: Spot, source: str, text: str) -> tuple[Flaw, str] | None:
    """What is wrong with a translation, and the placeholders or the number of characters it is about."""
    if gone := placeholders(source) - placeholders(text):
        return Flaw.LOST, ", ".join(sorted(gone))
    if made_up := placeholders(text) - placeholders(source):
        return Flaw.INVENTED, ", ".join(sorted(made_up))
    if len(text) > spot.longest(source):
        return Flaw.LONG, str(spot.longest(source))
    return None


# ---- another source


def with_source(document: Document, rows: Iterable[Stored], language: str) -> Mapping[tuple[str, str], str]:
    """What each text is a translation of once a language has become the source.

    What was fresh stays fresh; what was stale stays so, and no longer knows what it was made from.

    Returns
    -------
    (key, language) → the text it is made from, for every other language.
    """
    rows = list(rows)
    old, new = by_key(rows, document.languages[0]), by_key(rows, language)
    made: dict[tuple[str, str], str] = {}
    for row in rows:
        if row.language == language:
            continue
        source = None if row.language == document.languages[0] else _text(old.get(row.key))
        fresh = state_of(row, source) is not TextState.STALE
        made[row.key, row.language] = _text(new.get(row.key)) if fresh else ""
    return made


def _text(row: Stored | None) -> str:
    return row.text if row else ""
