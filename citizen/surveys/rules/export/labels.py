"""What a column and its values are called, per language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from citizen.surveys.rules.document import Kind, Texts
from citizen.surveys.rules.export.cells import values_of
from citizen.surveys.rules.export.codes import ANSWERED, FAR, Missing
from citizen.surveys.rules.export.columns import FIXED, Asked, Column, Part

_NEAREST = {"sv": ("nb", "nn"), "nb": ("nn", "sv"), "nn": ("nb", "sv")}

Words = Mapping[str, str]
"""What the interface says in one language: codes as they are written (``-1``), parts of answers
(``latitude``), and fixed columns by their names."""


@dataclass(frozen=True)
class Labels:
    """Labels in one language; where there is no text, the nearest language's or the first there is.

    ``texts`` is what each version said, ``words`` what the interface says.
    """

    language: str
    texts: Mapping[int, Texts]
    order: tuple[str, ...]
    words: Words

    def text(self, asked: Asked, part: str) -> str:
        """A text of a question on one line, as the newest version said that asked it in this series."""
        key = f"{asked.question.id}.{part}"
        told = (self.texts[number][key] for number in reversed(asked.versions) if key in self.texts[number])
        by_language = next(told, {})
        for language in (self.language, *_NEAREST.get(self.language, ()), *self.order, *by_language):
            if by_language.get(language):
                return " ".join(by_language[language].split())
        return ""

    def option(self, asked: Asked, option: str) -> str:
        """An option's words; of a scale's point without any, its number."""
        return self.text(asked, option) or option

    def column(self, column: Column) -> str:
        """The question, and which part of its answer a column holds."""
        question = column.asked.question
        words = [self.text(column.asked, "text")]
        if column.row or column.option:
            words.append(self.text(column.asked, column.row or column.option))
        if column.part in (Part.ANSWERED, Part.OTHER, Part.LATITUDE, Part.LONGITUDE):
            words.append(self.words[column.part])
        elif question.kind is Kind.NUMBER:
            words.append(self.text(column.asked, "unit"))
        return " – ".join(word for word in words if word)

    def values(self, column: Column) -> list[tuple[str | int, str]]:
        """(value, label) of every value that has a meaning of its own; reasons for no answer last."""
        question = column.asked.question
        own: list[tuple[str | int, str]] = []
        if column.part is Part.CODE or question.kind is Kind.SCALE:
            own = [(value, self.option(column.asked, option)) for option, value in values_of(question)]
        elif column.part is Part.FLAG:
            own = [(0, self.words["0"]), (1, self.words["1"])]
        elif column.part is Part.RANK:
            own = [(0, self.words["unranked"])]
        elif column.part is Part.ANSWERED:
            own = [(ANSWERED, self.words["given"])]
        return [*own, *((code, self.words[str(reason)]) for code, reason in missing_codes(column))]


def missing_codes(column: Column) -> list[tuple[int, int]]:
    """(code, reason) of every reason why a column can have no answer; none where it is then empty."""
    if column.part in (Part.DAY, Part.TEXT, Part.OTHER, Part.LATITUDE, Part.LONGITUDE, Part.PHOTOS):
        return []
    question, by = column.asked.question, FAR if column.is_far else 0
    reasons = [Missing.SKIPPED, Missing.NOT_SHOWN, Missing.NOT_ASKED]
    reasons += [Missing.DONT_KNOW] * question.dont_know + [Missing.NOT_SAY] * question.not_say
    return [(reason + by, int(reason)) for reason in reasons]


def code_book(columns: Sequence[Column], labels: Sequence[Labels]) -> Iterator[list[str | int]]:
    """The code book, a row for each column and one for each of its values, in all languages.

    The columns of a row: variable, question, kind, series, versions, value, then a label per language.
    """
    languages = [f"label_{one.language}" for one in labels]
    yield ["variable", "question", "kind", "series", "versions", "value", *languages]
    for name in FIXED:
        yield [name, "", "", "", "", "", *(one.words[name] for one in labels)]
    for column in columns:
        question = column.asked.question
        told: list[str | int] = [
            column.name, question.code, question.kind.value, question.series,
            ", ".join(str(number) for number in column.asked.versions),
        ]
        yield [*told, "", *(one.column(column) for one in labels)]
        for number, (value, _label) in enumerate(labels[0].values(column)):
            yield [*told, value, *(one.values(column)[number][1] for one in labels)]
