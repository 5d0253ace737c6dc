"""What has been published stays: a draft hides it, and never takes it away."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TypeVar

from citizen.surveys.rules.branching import Problem
from citizen.surveys.rules.document import Document, Option, Page, Question, Row

_Part = TypeVar("_Part", Option, Row)


def losses(before: Document, after: Document) -> list[Problem]:
    """What a draft has lost of the version before it."""
    return [problem for question in before.questions
            for problem in _lost_of(question, after.question(question.id))]


def _lost_of(old: Question, new: Question | None) -> Iterator[Problem]:
    if new is None:
        yield Problem("question_lost", values={"question": old.id})
        return
    if old.code != new.code:
        yield Problem("code_lost", new.id, {"code": old.code})
    for name, was, now in (("option_lost", old.options, new.options), ("row_lost", old.rows, new.rows)):
        codes = {one.id: one.code for one in now}
        for one in was:
            if one.id not in codes:
                yield Problem(name, new.id, {"part": one.id})
            elif codes[one.id] != one.code:
                yield Problem("code_lost", new.id, {"code": one.code})


def put_back(before: Document, after: Document) -> Document:
    """A draft with everything it has lost, hidden, and under the codes it was published with."""
    pages = tuple(_whole_page(page, before) for page in after.pages)
    for old in before.pages:
        lost = tuple(replace(q, hidden=True) for q in old.questions if after.question(q.id) is None)
        if not lost:
            continue
        if all(page.id != old.id for page in pages):
            pages += (Page(old.id),)
        pages = tuple(
            replace(page, questions=page.questions + lost) if page.id == old.id else page for page in pages
        )
    return replace(after, pages=pages, next_id=max(before.next_id, after.next_id))


def _whole_page(page: Page, before: Document) -> Page:
    return replace(page, questions=tuple(_whole(q, before.question(q.id)) for q in page.questions))


def _whole(new: Question, old: Question | None) -> Question:
    if old is None:
        return new
    return replace(new, code=old.code, options=_all_of(old.options, new.options),
                   rows=_all_of(old.rows, new.rows))


def _all_of(old: tuple[_Part, ...], new: tuple[_Part, ...]) -> tuple[_Part, ...]:
    codes = {one.id: one.code for one in old}
    there = {one.id for one in new}
    kept = tuple(replace(one, code=codes.get(one.id, one.code)) for one in new)
    return kept + tuple(replace(one, hidden=True) for one in old if one.id not in there)


def marked(
    document: Document, before: Document | None, number: int, begin_anew: Collection[str]
) -> Document:
    """A draft as version ``number``: what is new says so, and what begins anew has the next series.

    Since when and in which series is taken from the version before, whatever the draft says.
    """
    was = {question.id: question for question in before.questions} if before else {}
    return replace(
        document, next_id=max(document.next_id, before.next_id if before else 1),
        pages=tuple(
            replace(page, questions=tuple(_numbered(q, was.get(q.id), number, q.id in begin_anew)
                                          for q in page.questions))
            for page in document.pages
        ),
    )


def _numbered(question: Question, old: Question | None, number: int, begins_anew: bool) -> Question:
    return replace(
        question, since=old.since if old else number,
        series=(old.series + begins_anew) if old else 1,
        options=_since(question.options, old.options if old else (), number),
        rows=_since(question.rows, old.rows if old else (), number),
    )


def _since(parts: tuple[_Part, ...], old: tuple[_Part, ...], number: int) -> tuple[_Part, ...]:
    was = {one.id: one.since for one in old}
    return tuple(replace(one, since=was.get(one.id, number)) for one in parts)
