"""What an experienced maker of surveys would say about a draft."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from citizen.surveys.rules.conditions import asks_about_later
from citizen.surveys.rules.document import (
    OPTION_KINDS,
    TEXT_KINDS,
    Document,
    Kind,
    Question,
    asked,
    rows_of,
)
from citizen.surveys.rules.minutes import Said, at_most, words_of

MOST_OPEN, MOST_OPTIONS, MOST_MINUTES, MOST_ON_A_PAGE = 3, 8, 10, 4
MOST_WORDS, MOST_HELP_WORDS = 25, 60
MOST_COLUMNS, MOST_ROWS = 5, 7


class Concern(StrEnum):
    """What is better changed."""

    NOTHING_ASKED = "nothing_asked"
    LATER = "later"
    FEW_OPTIONS = "few_options"
    NO_ITEMS = "no_items"
    OPEN = "open"
    LONG_LIST = "long_list"
    NO_DONT_KNOW = "no_dont_know"
    NO_NOT_SAY = "no_not_say"
    LONG_QUESTION = "long_question"
    LONG_HELP = "long_help"
    WIDE = "wide"
    TALL = "tall"
    FULL_PAGE = "full_page"
    MINUTES = "minutes"


_STOPPING = {Concern.NOTHING_ASKED, Concern.LATER, Concern.NO_ITEMS}


@dataclass(frozen=True)
class Finding:
    """One piece of advice. ``where`` is the id of a question or page, empty for the whole; ``count`` is what
    was counted."""

    concern: Concern
    where: str = ""
    count: int = 0

    @property
    def stops(self) -> bool:
        """Whether the survey cannot be published like that."""
        return self.concern in _STOPPING or (self.concern is Concern.FEW_OPTIONS and not self.count)


def advice(document: Document, said: Said) -> list[Finding]:
    """What to look at again, the whole survey first and then in the order of the questions."""
    found = list(_of_the_whole(document, said))
    later = asks_about_later(document)
    for page in document.pages:
        if page.id in later:
            found.append(Finding(Concern.LATER, page.id))
        if len(asked(page)) > MOST_ON_A_PAGE:
            found.append(Finding(Concern.FULL_PAGE, page.id, len(asked(page))))
        for question in asked(page):
            if question.id in later:
                found.append(Finding(Concern.LATER, question.id))
            found += _of_question(question, said)
    return found


def _of_the_whole(document: Document, said: Said) -> Iterator[Finding]:
    every = [question for page in document.pages for question in asked(page)]
    if not any(question.kind is not Kind.STATEMENT for question in every):
        yield Finding(Concern.NOTHING_ASKED)
    open_ones = sum(question.kind in TEXT_KINDS for question in every)
    if open_ones > MOST_OPEN:
        yield Finding(Concern.OPEN, count=open_ones)
    if (minutes := at_most(document, said)) > MOST_MINUTES:
        yield Finding(Concern.MINUTES, count=minutes)


def _of_question(question: Question, said: Said) -> Iterator[Finding]:
    yield from _of_choices(question)
    words, help_words = words_of(said, f"{question.id}.text"), words_of(said, f"{question.id}.help")
    # A statement is there to be read.
    if words > MOST_WORDS and question.kind is not Kind.STATEMENT:
        yield Finding(Concern.LONG_QUESTION, question.id, words)
    if help_words > MOST_HELP_WORDS:
        yield Finding(Concern.LONG_HELP, question.id, help_words)
    if question.background and not question.not_say and question.kind is not Kind.STATEMENT:
        yield Finding(Concern.NO_NOT_SAY, question.id)
    elif _forces(question):
        yield Finding(Concern.NO_DONT_KNOW, question.id)


def _of_choices(question: Question) -> Iterator[Finding]:
    options = [option for option in question.options if not option.hidden]
    if question.kind in OPTION_KINDS and len(options) < 2:
        yield Finding(Concern.FEW_OPTIONS, question.id, len(options))
    if question.kind is Kind.MATRIX:
        rows = rows_of(question)
        if not rows:
            yield Finding(Concern.NO_ITEMS, question.id)
        if len(options) > MOST_COLUMNS:
            yield Finding(Concern.WIDE, question.id, len(options))
        if len(rows) > MOST_ROWS:
            yield Finding(Concern.TALL, question.id, len(rows))
    elif question.kind in OPTION_KINDS and len(options) > MOST_OPTIONS and not question.random:
        yield Finding(Concern.LONG_LIST, question.id, len(options))


def _forces(question: Question) -> bool:
    """Whether somebody who does not know is made to say something."""
    if question.dont_know or question.not_say:
        return False
    if question.kind in (Kind.SCALE, Kind.MATRIX):
        return True
    writes = any(option.writes for option in question.options)
    return question.required and question.kind in (Kind.ONE, Kind.SEVERAL) and not writes
