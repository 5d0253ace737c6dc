"""A draft changed by one step: from one document to the next.

Ids are never given twice. What has been published is hidden and never removed, since answers point at it;
what has not is removed, and every condition that asked about it forgets it. Order is kept but for what is
moved.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from citizen.surveys.rules.document import (
    OPTION_KINDS,
    Condition,
    Document,
    Jump,
    Kind,
    Option,
    Page,
    Question,
    Row,
)

Part = Option | Row
Thing = TypeVar("Thing", Page, Question, Option, Row)

LONGEST_CODE = 40
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ŧ": "t", "ŋ": "n"})


def code_from(text: str, taken: Collection[str], *, fallback: str) -> str:
    """A code that files for others can use, made of the first words of a text and like no other."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    found = "_".join(words[:4])[:24].strip("_")
    found = found if re.match(r"[a-z]", found) else f"{fallback}_{found}" if found else fallback
    number, unlike = 2, found
    while unlike in taken:
        unlike, number = f"{found}_{number}", number + 1
    return unlike


# ---- pages


def add_page(document: Document) -> tuple[Document, str]:
    """One more page at the end."""
    page_id, document = document.new_id("p")
    return replace(document, pages=(*document.pages, Page(page_id))), page_id


def put_page(document: Document, page: Page) -> Document:
    """A page in place of the one with its id."""
    return replace(document, pages=tuple(page if p.id == page.id else p for p in document.pages))


def move_page(document: Document, page_id: str, by: int) -> Document:
    """A page one place up (-1) or down (1)."""
    return replace(document, pages=_moved(document.pages, page_id, by))


def remove_page(document: Document, page_id: str) -> Document:
    """A page and what it asks. It stays, empty to those who answer, where something of it was published."""
    page = document.page(page_id)
    if page is None:
        return document
    for question in page.questions:
        document = remove_question(document, question.id)
    left = document.page(page_id)
    if left is not None and left.questions:
        return document
    pages = tuple(
        replace(p, jumps=tuple(jump for jump in p.jumps if jump.target != page_id))
        for p in document.pages if p.id != page_id
    )
    return replace(document, pages=pages)


# ---- questions


def add_question(document: Document, page_id: str, kind: Kind, code: str) -> tuple[Document, str]:
    """A question at the end of a page, with what its kind usually has."""
    page = document.page(page_id)
    if page is None:
        return document, ""
    question_id, document = document.new_id("q")
    question = Question(id=question_id, code=code, kind=kind)
    if kind is Kind.SCALE:
        question = replace(question, least=1, most=5)
    return put_page(document, replace(page, questions=(*page.questions, question))), question_id


def put_question(document: Document, question: Question) -> Document:
    """A question in place of the one with its id."""
    return replace(document, pages=tuple(
        replace(page, questions=tuple(question if q.id == question.id else q for q in page.questions))
        for page in document.pages
    ))


def page_of(document: Document, question_id: str) -> Page | None:
    """The page that a question stands on."""
    return next((p for p in document.pages if any(q.id == question_id for q in p.questions)), None)


def move_question(document: Document, question_id: str, by: int) -> Document:
    """A question past its neighbour, or at the edge of its page onto the next one."""
    page = page_of(document, question_id)
    if page is None:
        return document
    questions = _moved(page.questions, question_id, by)
    if questions != page.questions:
        return put_page(document, replace(page, questions=questions))
    place = document.pages.index(page) + by
    if not 0 <= place < len(document.pages):
        return document
    return move_to_page(document, question_id, document.pages[place].id, first=by > 0)


def move_to_page(document: Document, question_id: str, page_id: str, *, first: bool = False) -> Document:
    """A question onto another page, at its end or as its first."""
    question, page = document.question(question_id), page_of(document, question_id)
    target = document.page(page_id)
    if question is None or page is None or target is None or target.id == page.id:
        return document
    left = replace(page, questions=tuple(q for q in page.questions if q.id != question_id))
    there = (question, *target.questions) if first else (*target.questions, question)
    return put_page(put_page(document, left), replace(target, questions=there))


def remove_question(document: Document, question_id: str) -> Document:
    """A question that was published is hidden; one that was not is gone, also from every condition."""
    question = document.question(question_id)
    if question is None:
        return document
    if question.since:
        return put_question(document, replace(question, hidden=True))
    without = replace(document, pages=tuple(
        replace(page, questions=tuple(q for q in page.questions if q.id != question_id))
        for page in document.pages
    ))
    return _forget(without, lambda test_question, _value: test_question == question_id)


def bring_back_question(document: Document, question_id: str) -> Document:
    """A hidden question is asked again."""
    question = document.question(question_id)
    return document if question is None else put_question(document, replace(question, hidden=False))


# ---- options, and items of a matrix


def add_parts(document: Document, question_id: str, prefix: str, codes: Iterable[str]) -> tuple[
    Document, tuple[str, ...]
]:
    """Options (prefix ``o``) or items (``r``) at the end, before options that stand there: those that keep
    their place, and “other”."""
    made: list[Any] = []
    question = document.question(question_id)
    if question is None or (prefix == "o" and question.kind not in OPTION_KINDS):
        return document, ()
    for code in codes:
        part_id, document = document.new_id(prefix)
        made.append(Option(part_id, code) if prefix == "o" else Row(part_id, code))
    if prefix == "r":
        changed = replace(question, rows=(*question.rows, *made))
    else:
        last = len(question.options)
        while last and (question.options[last - 1].fixed or question.options[last - 1].writes):
            last -= 1
        changed = replace(question, options=(*question.options[:last], *made, *question.options[last:]))
    return put_question(document, changed), tuple(part.id for part in made)


def parts_of(question: Question) -> list[Part]:
    """The options and the items of a question."""
    return [*question.options, *question.rows]


def part_of(question: Question, part_id: str) -> Part | None:
    """An option or an item by its id."""
    return next((part for part in parts_of(question) if part.id == part_id), None)


def move_part(document: Document, question_id: str, part_id: str, by: int) -> Document:
    """An option or an item one place up (-1) or down (1)."""
    question = document.question(question_id)
    if question is None:
        return document
    return put_question(document, replace(
        question, options=_moved(question.options, part_id, by), rows=_moved(question.rows, part_id, by)
    ))


def remove_part(document: Document, question_id: str, part_id: str) -> Document:
    """As `remove_question`, of an option or an item."""
    question = document.question(question_id)
    part = part_of(question, part_id) if question else None
    if question is None or part is None:
        return document
    if part.since:
        return _hide_part(document, question, part_id, hidden=True)
    without = put_question(document, replace(
        question, options=tuple(o for o in question.options if o.id != part_id),
        rows=tuple(r for r in question.rows if r.id != part_id),
    ))
    return _forget(without, lambda test_question, value: (test_question, value) == (question_id, part_id))


def bring_back_part(document: Document, question_id: str, part_id: str) -> Document:
    """A hidden option or item is offered again."""
    question = document.question(question_id)
    return document if question is None else _hide_part(document, question, part_id, hidden=False)


def _hide_part(document: Document, question: Question, part_id: str, *, hidden: bool) -> Document:
    return put_question(document, replace(
        question,
        options=tuple(replace(o, hidden=hidden) if o.id == part_id else o for o in question.options),
        rows=tuple(replace(r, hidden=hidden) if r.id == part_id else r for r in question.rows),
    ))


# ---- copies


def fresh(document: Document) -> Document:
    """A document to begin from: what is no longer asked is left out, and nothing has been published."""
    for question in document.questions:
        if question.hidden:
            document = remove_question(put_question(document, replace(question, since=0)), question.id)
            continue
        for part in parts_of(question):
            if part.hidden:
                document = _without(document, question.id, part.id)
    return replace(document, pages=tuple(_fresh_page(page) for page in document.pages))


def _without(document: Document, question_id: str, part_id: str) -> Document:
    question = document.question(question_id)
    if question is None:
        return document
    unpublished = replace(
        question, options=tuple(replace(o, since=0) if o.id == part_id else o for o in question.options),
        rows=tuple(replace(r, since=0) if r.id == part_id else r for r in question.rows),
    )
    return remove_part(put_question(document, unpublished), question_id, part_id)


def _fresh_page(page: Page) -> Page:
    return replace(page, questions=tuple(
        replace(
            q, since=0, series=1, options=tuple(replace(o, since=0) for o in q.options),
            rows=tuple(replace(r, since=0) for r in q.rows),
        ) for q in page.questions
    ))


# ---- what all of them need


def _moved(things: tuple[Thing, ...], thing_id: str, by: int) -> tuple[Thing, ...]:
    """With one of them past its next neighbour that is not hidden."""
    place = next((n for n, thing in enumerate(things) if thing.id == thing_id), None)
    if place is None:
        return things
    to: int = place + by
    while 0 <= to < len(things) and getattr(things[to], "hidden", False):
        to += by
    if not 0 <= to < len(things):
        return things
    rest = tuple(thing for thing in things if thing.id != thing_id)
    return rest[:to] + (things[place],) + rest[to:]  # noqa: RUF005 (the type of each is known this way)


def _forget(document: Document, is_gone: Callable[[str, str], bool]) -> Document:
    """Conditions without the tests that ask about what is gone; a jump with no test left is no jump."""

    def kept(condition: Condition | None) -> Condition | None:
        if condition is None:
            return None
        tests = tuple(t for t in condition.tests if not is_gone(t.question, t.value))
        return replace(condition, tests=tests) if tests else None

    def jumps(page: Page) -> Iterable[Jump]:
        for jump in page.jumps:
            condition = kept(jump.condition)
            if condition is not None:
                yield replace(jump, condition=condition)

    return replace(document, pages=tuple(
        replace(
            page, show_if=kept(page.show_if), jumps=tuple(jumps(page)),
            questions=tuple(replace(q, show_if=kept(q.show_if)) for q in page.questions),
        ) for page in document.pages
    ))
