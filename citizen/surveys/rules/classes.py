"""The classes in which written numbers are counted. They depend on the question alone, never on answers, so
that figures of different days can be laid side by side and no class is drawn around anybody."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal

from citizen.surveys.rules.document import Question

_MOST_CLASSES = 10
_HIGHEST = 9


def class_of(question: Question, value: Decimal) -> str:
    """The class of a number: ``from..to``, ``..to`` or ``from..``; both ends are in it."""
    edges = _edges(question)
    return _name(edges, bisect_right(edges, value), question)


def classes_of(question: Question, found: Iterable[str]) -> list[str]:
    """Every class from the first to the last that has answers, in order."""
    edges = _edges(question)
    every = [_name(edges, place, question) for place in range(len(edges) + 1)]
    places = [every.index(name) for name in found]
    return every[min(places):max(places) + 1] if places else []


def _edges(question: Question) -> list[Decimal]:
    """Where classes begin: equal steps between the question's own bounds; else 0, 1, 2, 5, 10, 20, 50 …"""
    if question.least is None or question.most is None:
        return [Decimal(n) for n in (0, *_steps())]
    width = question.most - question.least + 1
    step = next(step for step in _steps() if width <= step * _MOST_CLASSES)
    return [Decimal(n) for n in range(question.least, question.most + 1, step)]


def _steps() -> Iterator[int]:
    for power in range(_HIGHEST + 1):
        yield from (10**power, 2 * 10**power, 5 * 10**power)


def _name(edges: list[Decimal], place: int, question: Question) -> str:
    tick = Decimal(1).scaleb(-question.decimals)
    start = edges[place - 1] if place else None
    end = edges[place] - tick if place < len(edges) else question.most
    return f"{'' if start is None else start}..{'' if end is None else end}"
