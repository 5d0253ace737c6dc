"""What somebody answered, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Photo:
    """A stored photo by its reference, and what its sender says it shows."""

    ref: str
    alt: str = ""


@dataclass(frozen=True)
class Value:
    """What was answered to one question; which parts are filled depends on its kind.

    Attributes
    ----------
    options : ids that were chosen; of a ranking, the first first; of a scale, the point.
    others : option → what was written beside it.
    text : of a text; of a place in words.
    rows : item of a matrix → option.
    point : latitude and longitude, rounded to three decimals.
    """

    options: tuple[str, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    number: Decimal | None = None
    day: date | None = None
    rows: Mapping[str, str] = field(default_factory=dict)
    point: tuple[float, float] | None = None
    photos: tuple[Photo, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return self == EMPTY

    def as_json(self) -> dict[str, Any]:
        """As it is kept while the survey is being answered."""
        found: dict[str, Any] = {
            "options": list(self.options), "others": dict(self.others), "text": self.text,
            "number": None if self.number is None else str(self.number),
            "day": self.day.isoformat() if self.day else None, "rows": dict(self.rows),
            "point": list(self.point) if self.point else None,
            "photos": [[photo.ref, photo.alt] for photo in self.photos],
        }
        return {name: value for name, value in found.items() if value}


EMPTY = Value()

Answers = Mapping[str, Value]
"""Question → value; a question that was not answered is missing or empty."""


def value_from_json(stored: Mapping[str, Any]) -> Value:
    """A value that was kept."""
    return Value(
        options=tuple(stored.get("options", ())),
        others=dict(stored.get("others", {})),
        text=stored.get("text", ""),
        number=Decimal(stored["number"]) if stored.get("number") else None,
        day=date.fromisoformat(stored["day"]) if stored.get("day") else None,
        rows=dict(stored.get("rows", {})),
        point=(stored["point"][0], stored["point"][1]) if stored.get("point") else None,
        photos=tuple(Photo(ref, alt) for ref, alt in stored.get("photos", ())),
    )


def answers_from_json(stored: Mapping[str, Mapping[str, Any]]) -> dict[str, Value]:
    """Answers that were kept."""
    return {question: value_from_json(value) for question, value in stored.items()}


def answers_as_json(answers: Answers) -> dict[str, dict[str, Any]]:
    """Answers as they are kept; empty ones are left out."""
    return {question: value.as_json() for question, value in answers.items() if not value.is_empty}
