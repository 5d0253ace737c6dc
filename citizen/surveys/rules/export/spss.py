"""SPSS syntax that reads the wide CSV file, with labels and missing values."""

from collections.abc import Iterator, Mapping, Sequence

from citizen.surveys.rules.export.codes import FAR
from citizen.surveys.rules.export.columns import FIXED, Column, Part
from citizen.surveys.rules.export.labels import Labels, missing_codes

_LONGEST_LABEL, _LONGEST_VALUE = 255, 120
"""In bytes, as SPSS counts."""
_WIDEST_TEXT = 32_767
_AS_READ = "__c"
"""Behind the name of what is read as words and made a number; no column has two of these in a row."""


def syntax(
    columns: Sequence[Column], labels: Labels, *, file: str, delimiter: str, widths: Mapping[str, int]
) -> Iterator[str]:
    """The lines of the syntax. ``widths``: the most bytes there are in a column of words."""
    yield "* Encoding: UTF-8."
    yield "SET DECIMAL=DOT."
    yield f"GET DATA /TYPE=TXT /FILE='{file}' /ENCODING='UTF8' /ARRANGEMENT=DELIMITED"
    yield f"  /DELIMITERS=\"{delimiter}\" /QUALIFIER='\"' /FIRSTCASE=2"
    yield "  /VARIABLES="
    for name in FIXED:
        yield f"    {name} {'F8.0' if name == 'version' else f'A{_width(widths, name)}'}"
    for column in columns:
        yield f"    {_as_read(column)} {_format(column, widths)}"
    yield "  ."
    for column in columns:
        yield from _made_number(column, labels)
    names = (*FIXED, *(column.name for column in columns))
    yield from ("MATCH FILES /FILE=* /KEEP=", *(f"  {name}" for name in names), "  .")
    for column in columns:
        yield from _labelled(column, labels)
    for name in FIXED:
        yield f"VARIABLE LABELS {name} {_quoted(labels.words[name], _LONGEST_LABEL)}."
    yield "EXECUTE."


def _is_coded(column: Column) -> bool:
    return column.part is Part.CODE


def _as_read(column: Column) -> str:
    return column.name + (_AS_READ if _is_coded(column) or column.part is Part.DAY else "")


def _width(widths: Mapping[str, int], name: str) -> int:
    return min(max(widths.get(name, 0), 12), _WIDEST_TEXT)


def _format(column: Column, widths: Mapping[str, int]) -> str:
    if column.part in (Part.CODE, Part.DAY, Part.TEXT, Part.OTHER, Part.PHOTOS):
        return f"A{_width(widths, column.name)}"
    if column.part in (Part.LATITUDE, Part.LONGITUDE):
        return "F10.3"
    decimals = column.asked.question.decimals if column.part is Part.NUMBER else 0
    return f"F{12 + decimals}.{decimals}"


def numbered(column: Column, labels: Labels) -> list[tuple[str | int, int, str]]:
    """(value as written, number, label): options are numbered as their ids are, which never change."""
    numbers = {code: code for code, _reason in missing_codes(column)}
    own = iter(int("".join(filter(str.isdigit, option.id))) for option in column.asked.question.options)
    return [
        (value, numbers[value] if value in numbers else next(own), label)
        for value, label in labels.values(column)
    ]


def _made_number(column: Column, labels: Labels) -> Iterator[str]:
    if _is_coded(column):
        yield f"RECODE {column.name}{_AS_READ}"
        yield from (f"  ({_quoted(str(value), _WIDEST_TEXT)}={number})"
                    for value, number, _label in numbered(column, labels))
        yield f"  INTO {column.name}."
        yield f"FORMATS {column.name} (F9.0)."
    elif column.part is Part.DAY:
        yield f"NUMERIC {column.name} (SDATE10)."
        yield (f"IF (LENGTH(RTRIM({column.name}{_AS_READ})) = 10) "
               f"{column.name} = NUMBER({column.name}{_AS_READ}, SDATE10).")


def _labelled(column: Column, labels: Labels) -> Iterator[str]:
    yield f"VARIABLE LABELS {column.name} {_quoted(labels.column(column), _LONGEST_LABEL)}."
    values: list[tuple[str | int, str]] = labels.values(column)
    if _is_coded(column):
        values = [(number, label) for _value, number, label in numbered(column, labels)]
    if values:
        yield f"VALUE LABELS {column.name}"
        yield from (f"  {value} {_quoted(label, _LONGEST_VALUE)}" for value, label in values)
        yield "  ."
    if missing_codes(column):
        by = FAR if column.is_far else 0
        yield f"MISSING VALUES {column.name} ({by - 9} THRU {by - 1})."
    nominal = column.part in (Part.CODE, Part.FLAG, Part.ANSWERED)
    if nominal or column.part in (Part.RANK, Part.NUMBER):
        yield f"VARIABLE LEVEL {column.name} ({'NOMINAL' if nominal else 'SCALE'})."


def _quoted(text: str, longest: int) -> str:
    """A string of the syntax: one line, cut where a letter ends."""
    cut = " ".join(text.split()).encode()[:longest].decode(errors="ignore")
    return "'" + cut.replace("'", "''") + "'"
