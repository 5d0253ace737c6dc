"""A survey's questions as values: what a draft holds and what a version freezes.

Ids are given once and never again (`Document.next_id`): answers point at them. Texts lie apart, by key
(`keys_of`), one per language.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a question asks for; ``STATEMENT`` asks for nothing."""

    SHORT = "short"
    LONG = "long"
    ONE = "one"
    SEVERAL = "several"
    SCALE = "scale"
    MATRIX = "matrix"
    RANKING = "ranking"
    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    PHOTO = "photo"
    STATEMENT = "statement"


class Op(StrEnum):
    """What a condition asks of an answer. ``HAS`` of several choices, ``IS`` of one."""

    IS = "is"
    IS_NOT = "is_not"
    HAS = "has"
    HAS_NOT = "has_not"
    LESS = "less"
    MORE = "more"
    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"


DONT_KNOW, NOT_SAY = "dk", "ns"
"""Codes that every question can offer beside its own options; the interface has the words."""
END = "end"
"""The target of a jump that leads out of the survey."""

TEXT_KINDS = {Kind.SHORT, Kind.LONG}
CHOICE_KINDS = {Kind.ONE, Kind.SEVERAL, Kind.SCALE}
"""One set of options to the whole question."""
OPTION_KINDS = {Kind.ONE, Kind.SEVERAL, Kind.MATRIX, Kind.RANKING}
"""Options of their own, with texts."""


@dataclass(frozen=True)
class Option:
    """One answer to choose. ``code`` is what files for others call it.

    Attributes
    ----------
    writes : words can be written beside it ("other").
    exclusive : chosen alone.
    fixed : keeps its place at the end where the others come in random order.
    hidden : asked no longer; kept for the answers it has.
    since : the version it was first published in; 0 in none yet.
    """

    id: str
    code: str
    writes: bool = False
    exclusive: bool = False
    fixed: bool = False
    hidden: bool = False
    since: int = 0


@dataclass(frozen=True)
class Row:
    """One item of a matrix."""

    id: str
    code: str
    hidden: bool = False
    since: int = 0


@dataclass(frozen=True)
class Test:
    """What is asked of one answer. ``value`` is an option's id, or a number."""

    question: str
    op: Op
    value: str = ""


@dataclass(frozen=True)
class Condition:
    """Tests that must all hold, or one of them."""

    tests: tuple[Test, ...]
    every: bool = True


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes
    ----------
    series : answers are counted together within one series; a new type or meaning begins the next.
    least, most : options to choose or rank; the value of a number; characters of a text; the ends of a scale.
    decimals : digits after the mark of a number.
    contributes : its text is published like an idea, once moderated.
    background : says who answers rather than what they think.
    """

    id: str
    code: str
    kind: Kind
    series: int = 1
    since: int = 0
    required: bool = False
    hidden: bool = False
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    least: int | None = None
    most: int | None = None
    decimals: int = 0
    random: bool = False
    dont_know: bool = False
    not_say: bool = False
    contributes: bool = False
    background: bool = False
    show_if: Condition | None = None


@dataclass(frozen=True)
class Jump:
    """Where a page leads if a condition holds: another page's id, or `END`."""

    condition: Condition
    target: str


@dataclass(frozen=True)
class Page:
    """One topic: one to four short items."""

    id: str
    questions: tuple[Question, ...] = ()
    show_if: Condition | None = None
    jumps: tuple[Jump, ...] = ()


@dataclass(frozen=True)
class Document:
    """All a survey asks, in order. ``languages`` are those it is offered in, the source first."""

    languages: tuple[str, ...]
    pages: tuple[Page, ...] = ()
    next_id: int = 1

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question in order, those no longer asked too."""
        return tuple(question for page in self.pages for question in page.questions)

    def question(self, question_id: str) -> Question | None:
        return next((q for q in self.questions if q.id == question_id), None)

    def page(self, page_id: str) -> Page | None:
        return next((p for p in self.pages if p.id == page_id), None)

    def new_id(self, prefix: str) -> tuple[str, "Document"]:
        """An id that nothing in this survey ever had, and the document that remembers it."""
        return f"{prefix}{self.next_id}", replace(self, next_id=self.next_id + 1)


Texts = dict[str, dict[str, str]]
"""Key → language → text."""


def points(question: Question) -> range:
    """The points of a scale, ends included."""
    return range(question.least or 0, (question.most if question.most is not None else 10) + 1)


def choices_of(question: Question, *, hidden: bool = False) -> tuple[Option, ...]:
    """Everything that can be chosen: options, a scale's points, and the codes beside them."""
    own = question.options
    if question.kind is Kind.SCALE:
        own = tuple(Option(str(point), str(point), since=question.since) for point in points(question))
    beside = [(DONT_KNOW, question.dont_know), (NOT_SAY, question.not_say)]
    return (
        *(option for option in own if hidden or not option.hidden),
        *(Option(code, code, exclusive=True, fixed=True) for code, offered in beside if offered),
    )


def rows_of(question: Question) -> tuple[Row, ...]:
    """The items of a matrix that are asked."""
    return tuple(row for row in question.rows if not row.hidden)


def asked(page: Page) -> tuple[Question, ...]:
    """The questions of a page but those no longer asked."""
    return tuple(question for question in page.questions if not question.hidden)


def keys_of(document: Document) -> Iterator[str]:
    """The key of every text that a survey has, in the order it is read; some may stay empty."""
    yield from ("title", "intro")
    for page in document.pages:
        yield from (f"{page.id}.title", f"{page.id}.text")
        for question in page.questions:
            yield from question_keys(question)
    yield "thanks"


def question_keys(question: Question) -> Iterator[str]:
    """The keys of one question's texts."""
    yield from (f"{question.id}.text", f"{question.id}.help")
    yield from (f"{question.id}.{row.id}" for row in question.rows)
    yield from (f"{question.id}.{option.id}" for option in question.options)
    if question.kind is Kind.SCALE:
        yield from (f"{question.id}.{point}" for point in points(question))
    if question.kind is Kind.NUMBER:
        yield f"{question.id}.unit"


def needed_keys(document: Document) -> Iterator[str]:
    """The keys that must have a text in every language that is offered."""
    yield "title"
    for page in document.pages:
        for question in asked(page):
            yield f"{question.id}.text"
            yield from (f"{question.id}.{row.id}" for row in rows_of(question))
            yield from (f"{question.id}.{option.id}" for option in question.options if not option.hidden)


def as_json(document: Document) -> dict[str, Any]:
    """A document as it is stored; what is as usual is left out."""
    return dict(_lean(asdict(document)))


def _lean(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _lean(v) for k, v in value.items() if v not in (None, False, (), [], 0) or _is_zero(k, v)}
    return [_lean(one) for one in value] if isinstance(value, (list, tuple)) else value


def _is_zero(name: str, value: Any) -> bool:
    """Whether it is a bound at 0, which is not none."""
    return name in ("least", "most") and value is not None


def from_json(stored: dict[str, Any]) -> Document:
    """A stored document.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it is not one.
    """
    return Document(
        languages=tuple(stored["languages"]),
        pages=tuple(_page(page) for page in stored.get("pages", ())),
        next_id=stored.get("next_id", 1),
    )


def _page(stored: dict[str, Any]) -> Page:
    return Page(
        id=stored["id"],
        questions=tuple(_question(question) for question in stored.get("questions", ())),
        show_if=_condition(stored.get("show_if")),
        jumps=tuple(
            Jump(_needed_condition(jump["condition"]), jump["target"]) for jump in stored.get("jumps", ())
        ),
    )


def _question(stored: dict[str, Any]) -> Question:
    plain = {k: v for k, v in stored.items() if k not in {"kind", "options", "rows", "show_if"}}
    return Question(
        **plain,
        kind=Kind(stored["kind"]),
        options=tuple(Option(**option) for option in stored.get("options", ())),
        rows=tuple(Row(**row) for row in stored.get("rows", ())),
        show_if=_condition(stored.get("show_if")),
    )


def _condition(stored: dict[str, Any] | None) -> Condition | None:
    return None if stored is None else _needed_condition(stored)


def _needed_condition(stored: dict[str, Any]) -> Condition:
    tests = tuple(Test(t["question"], Op(t["op"]), t.get("value", "")) for t in stored.get("tests", ()))
    return Condition(tests, bool(stored.get("every", False)))
