"""What the demo's files tell, as values."""

import json
from collections.abc import Collection, Mapping
from decimal import Decimal
from importlib.resources import files
from typing import Any

from citizen.surveys.rules.document import CHOICE_KINDS, DONT_KNOW, NOT_SAY, Document, Kind, Question
from citizen.surveys.rules.values import Value


def read(name: str) -> Any:
    """One of the demo's data files."""
    return json.loads((files("citizen.demo") / "data" / name).read_text(encoding="utf-8"))


def nearest(wanted: Collection[int], found: Mapping[int, Collection[int]]) -> int | None:
    """The found group that shares most with a wanted one (Jaccard); None where nothing is shared."""

    def likeness(key: int) -> float:
        shared = len(set(wanted) & set(found[key]))
        return shared / len(set(wanted) | set(found[key]))

    best = max(sorted(found), key=likeness, default=None)
    return best if best is not None and likeness(best) > 0 else None


def answers_from(told: Mapping[str, Any], document: Document) -> dict[str, Value]:
    """Answers to a survey, told by the codes of its questions, options and rows."""
    return {
        question.id: _value(question, told[question.code], told.get("others", {}).get(question.code, {}))
        for question in document.questions if question.code in told
    }


def _value(question: Question, told: Any, others: Mapping[str, str]) -> Value:
    ids = {option.code: option.id for option in question.options}
    if isinstance(told, Mapping):
        rows = {row.code: row.id for row in question.rows}
        return Value(rows={rows[row]: str(ids.get(option, option)) for row, option in told.items()})
    if question.kind in CHOICE_KINDS | {Kind.RANKING} or told in (DONT_KNOW, NOT_SAY):
        chosen = told if isinstance(told, list) else [str(told)]
        return Value(options=tuple(ids.get(code, code) for code in chosen),
                     others={ids[code]: text for code, text in others.items()})
    return Value(number=Decimal(told)) if question.kind is Kind.NUMBER else Value(text=told)
