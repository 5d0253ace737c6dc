"""How long a survey takes on a phone.

Reading: 200 words a minute; Brysbaert (2019, doi:10.1016/j.jml.2019.104047) finds 238 for prose read in
silence, and a phone in the hand is slower. Answering: the seconds of `SECONDS`, and three for every page.
These seconds are our own estimate, on the slow side: nobody should be told less than it takes.
"""

from collections.abc import Collection, Mapping
from math import ceil

from citizen.surveys.rules.document import Document, Kind, Page, Question, asked, question_keys, rows_of
from citizen.surveys.rules.editing import parts_of
from citizen.surveys.rules.flow import Step, way

WORDS_A_MINUTE = 200
SECONDS_A_PAGE = 3
SECONDS = {
    Kind.SHORT: 15, Kind.LONG: 45, Kind.ONE: 5, Kind.SEVERAL: 8, Kind.SCALE: 5, Kind.MATRIX: 5,
    Kind.RANKING: 5, Kind.NUMBER: 8, Kind.DATE: 8, Kind.PLACE: 20, Kind.PHOTO: 30, Kind.STATEMENT: 0,
}
"""To answer one question; of a matrix one item, of a ranking one option."""

Said = Mapping[str, str]
"""Key → text in one language."""


def at_most(document: Document, said: Said) -> int:
    """Whole minutes, rounded up, if everything is asked; 0 where nothing is."""
    everything = _everything(document)
    return ceil(_seconds(everything, said) / 60) if everything else 0


def about(document: Document, said: Said) -> int:
    """Whole minutes of somebody halfway between the shortest way and everything; at least one."""
    both = _seconds(way(document, {}), said) + _seconds(_everything(document), said)
    return max(1, ceil(both / 2 / 60))


def _everything(document: Document) -> list[Step]:
    return [Step(page, asked(page)) for page in document.pages if asked(page)]


def _seconds(steps: Collection[Step], said: Said) -> float:
    words = sum(words_of(said, key) for key in ("title", "intro", "thanks"))
    words += sum(_words_on(step.page, step.questions, said) for step in steps)
    answering = sum(_answering(question) for step in steps for question in step.questions)
    return 60 * words / WORDS_A_MINUTE + answering + SECONDS_A_PAGE * len(steps)


def _words_on(page: Page, questions: Collection[Question], said: Said) -> int:
    own = sum(words_of(said, f"{page.id}.{part}") for part in ("title", "text"))
    return own + sum(
        words_of(said, key) for question in questions for key in question_keys(question)
        if not _is_hidden(question, key)
    )


def _is_hidden(question: Question, key: str) -> bool:
    part = key.partition(".")[2]
    return any(p.hidden and p.id == part for p in parts_of(question))


def _answering(question: Question) -> int:
    times = 1
    if question.kind is Kind.MATRIX:
        times = len(rows_of(question))
    elif question.kind is Kind.RANKING:
        times = sum(not option.hidden for option in question.options)
    return SECONDS[question.kind] * times


def words_of(said: Said, key: str) -> int:
    """How many words a text has."""
    return len(said.get(key, "").split())
