"""A survey in words: its texts in the reader's language, answers as they are read and typed, refusals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from citizen.base import locale
from citizen.places.rules.points import Point
from citizen.surveys.forms.words import CODE_WORDS
from citizen.surveys.queries import Published
from citizen.surveys.rules.document import Kind, Question
from citizen.surveys.rules.piping import piped
from citizen.surveys.rules.reading import LONGEST_OTHER, Trouble, Typed, longest
from citizen.surveys.rules.values import EMPTY, Answers, Value


@dataclass(frozen=True)
class ShownPhoto:
    """A stored photo as templates show it."""

    picture: Any
    alt: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.picture, name)


@dataclass(frozen=True)
class Texts:
    """The texts of a version as one person reads them, with their answers in place."""

    published: Published
    answers: Answers = field(default_factory=dict)

    def of(self, key: str) -> tuple[str, str]:
        """A text and its language: the page's, else the nearest, else the first there is."""
        texts = self.published.texts.get(key, {})
        text, language = locale.in_language(texts, locale.current(), self.published.document.languages)
        return piped(text, self._answer), language

    def option(self, question: Question, option: str) -> tuple[str, str]:
        """An option's words; a scale's point may have none beside its number."""
        if option in CODE_WORDS:
            return str(CODE_WORDS[option]), locale.current()
        text, language = self.of(f"{question.id}.{option}")
        return (text, language) if text else (option, locale.current())

    def answer(self, question: Question, value: Value) -> str:
        """What was answered, in words; empty where nothing was, and of a matrix."""
        said = [self._option(question, option, value) for option in value.options]
        said += [value.text] if value.text else []
        said += [self._number(question, value.number)] if value.number is not None else []
        said += [locale.day(value.day)] if value.day else []
        if value.photos:
            count = len(value.photos)
            said.append(ngettext("%(count)s photo", "%(count)s photos", count, count=count))
        return ", ".join(said)

    @property
    def example_day(self) -> str:
        """A date as the reader would type it."""
        return as_day(date(2026, 3, 9))

    def shown(self, value: Value, pictures: Mapping[str, Any]) -> list[ShownPhoto]:
        """The photos of an answer that are there, with what their sender says they show."""
        return [ShownPhoto(pictures[one.ref], one.alt) for one in value.photos if one.ref in pictures]

    def point(self, value: Value) -> Point | None:
        """The point of an answered place."""
        return Point(*value.point) if value.point else None

    def _answer(self, question_id: str) -> str:
        question = self.published.document.question(question_id)
        value = self.answers.get(question_id, EMPTY)
        # Nobody is shown their own "don't know" in the middle of a sentence.
        if question is None or set(value.options) & set(CODE_WORDS):
            return ""
        return value.others.get(value.options[0], "") if _writes(value) else self.answer(question, value)

    def _option(self, question: Question, option: str, value: Value) -> str:
        label = self.option(question, option)[0]
        if question.kind is Kind.SCALE and label != option and option not in CODE_WORDS:
            label = f"{option} – {label}"
        return f"{label}: {value.others[option]}" if value.others.get(option) else label

    def _number(self, question: Question, number: Decimal) -> str:
        unit = self.of(f"{question.id}.unit")[0]
        return f"{_as_written(number)}\N{NO-BREAK SPACE}{unit}" if unit else _as_written(number)


def _writes(value: Value) -> bool:
    return len(value.options) == 1 and bool(value.others.get(value.options[0]))


def _as_written(number: Decimal) -> str:
    return f"{number:f}".replace(".", locale.decimal_mark())


def as_day(day: date) -> str:
    """A date as its reader types it."""
    pattern = {"sv": "yyyy-MM-dd", "nb": "dd.MM.yyyy", "nn": "dd.MM.yyyy"}.get(locale.current(), "yyyy-MM-dd")
    return str(format_date(day, pattern, locale=locale.cldr(locale.current())))


def written(question: Question, value: Value) -> Typed:
    """An answer as it stands in the fields of its question."""
    name = question.id
    typed: dict[str, list[str]] = {f"{name}.{option}": [text] for option, text in value.others.items()}
    typed |= {f"{name}.{row}": [option] for row, option in value.rows.items()}
    if question.kind is Kind.RANKING and not set(value.options) & set(CODE_WORDS):
        typed |= {f"{name}.{place}": [option] for place, option in enumerate(value.options, 1)}
    else:
        typed[name] = list(value.options)
    said = value.text
    if value.number is not None:
        said = _as_written(value.number)
    if value.day:
        said = as_day(value.day)
    typed[f"{name}.text"] = [said]
    if value.point:
        typed |= {f"{name}.latitude": [str(value.point[0])], f"{name}.longitude": [str(value.point[1])]}
    return typed


_MISSING = {
    Kind.ONE: _l("Choose one option"),
    Kind.SCALE: _l("Choose one option"),
    Kind.SEVERAL: _l("Choose at least one option"),
    Kind.MATRIX: _l("Choose one option for each item"),
    Kind.RANKING: _l("Choose what comes first"),
    Kind.DATE: _l("Write a date"),
    Kind.NUMBER: _l("Write a number"),
    Kind.PLACE: _l("Write which place it is, or point it out"),
    Kind.PHOTO: _l("Add a photo"),
}


def _too_long(question: Question) -> str:
    most = longest(question) if question.kind in {Kind.SHORT, Kind.LONG, Kind.PLACE} else LONGEST_OTHER
    return str(_("Shorten the text to %(max)s characters or fewer", max=most))


def _too_many(question: Question) -> str:
    most = question.most or 1
    if most == 1 or question.kind is not Kind.SEVERAL:
        return str(_("Choose one option"))
    return str(_("Choose at most %(count)s options", count=most))


def _too_few(question: Question) -> str:
    least = question.least or 1
    return str(ngettext(
        "Choose at least one option", "Choose at least %(count)s options", least, count=least
    ))


def _bound(question: Question) -> str:
    least, most = question.least, question.most
    if least is not None and most is not None:
        return str(_("Write a number between %(least)s and %(most)s", least=locale.number(least),
                     most=locale.number(most)))
    if least is not None:
        return str(_("Write %(least)s or more", least=locale.number(least)))
    return str(_("Write %(most)s or less", most=locale.number(most or 10**12)))


_SENTENCES: Mapping[Trouble, Callable[[Question], str]] = {
    Trouble.MISSING: lambda q: str(_MISSING.get(q.kind, _("Fill in this field"))),
    Trouble.MISSING_ROWS: lambda _q: str(_MISSING[Kind.MATRIX]),
    Trouble.UNKNOWN: lambda _q: _("Choose one option"),
    Trouble.ALONE: lambda _q: _("One of the options you have chosen can only be chosen alone"),
    Trouble.TOO_FEW: _too_few,
    Trouble.TOO_MANY: _too_many,
    Trouble.TOO_LONG: _too_long,
    Trouble.TOO_SHORT: lambda q: _("Write at least %(least)s characters", least=q.least),
    Trouble.NO_NUMBER: lambda _q: _("Write a number, with digits alone"),
    Trouble.NO_WHOLE_NUMBER: lambda _q: _("Write a whole number"),
    Trouble.TOO_MANY_DECIMALS: lambda q: ngettext(
        "Write the number with one decimal at most", "Write the number with %(count)s decimals at most",
        q.decimals, count=q.decimals),
    Trouble.TOO_LOW: _bound,
    Trouble.TOO_HIGH: _bound,
    Trouble.NO_DAY: lambda _q: _("Enter the date as YYYY-MM-DD"),
    Trouble.TWICE: lambda _q: _(
        "The same option stands in two places. Choose another one, or leave one empty."),
    Trouble.GAP: lambda _q: _("Begin with the first place, and leave no place empty in between"),
    Trouble.EITHER: lambda _q: _("Answer, or choose one of the other options. You have done both."),
    Trouble.IDENTITY: lambda _q: _("The text seems to contain a national identity number. Remove it."),
}


def sentence(trouble: Trouble, question: Question) -> str:
    """What is wrong with an answer, and what to do about it."""
    return str(_SENTENCES[trouble](question))
