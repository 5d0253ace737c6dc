"""Why there is no answer, as numbers that no answer can be."""

from enum import IntEnum

from citizen.surveys.rules.document import DONT_KNOW, NOT_SAY, Kind, Question
from citizen.surveys.rules.values import Value

ANSWERED = 1
FAR = -99_999_900
"""Added where an answer can itself be below zero."""


class Missing(IntEnum):
    """``NOT_ASKED``: the version that was answered did not have the question, the item or the option."""

    SKIPPED = -1
    NOT_SHOWN = -2
    NOT_ASKED = -3
    DONT_KNOW = -8
    NOT_SAY = -9


_BESIDE = {DONT_KNOW: Missing.DONT_KNOW, NOT_SAY: Missing.NOT_SAY}


def is_far(question: Question) -> bool:
    """Whether an answer can be below zero, so that the usual codes could be one."""
    if question.kind is Kind.NUMBER:
        return question.least is None or question.least < 0
    return question.kind is Kind.SCALE and (question.least or 0) < 0


def missing(value: Value, row: str = "") -> Missing | None:
    """Why a question that was shown has no answer; None where it has one. ``row``: an item of a matrix."""
    if row:
        chosen = value.rows.get(row)
        return Missing.SKIPPED if chosen is None else _BESIDE.get(chosen)
    if value.is_empty:
        return Missing.SKIPPED
    return _BESIDE.get(value.options[0]) if len(value.options) == 1 else None
