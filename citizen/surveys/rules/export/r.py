"""R syntax that reads the wide CSV file, in base R: factors with labels, numbers, days."""

from collections.abc import Iterator, Sequence

from citizen.surveys.rules.export.codes import FAR
from citizen.surveys.rules.export.columns import Column, Part
from citizen.surveys.rules.export.labels import Labels, missing_codes

_HEAD = """\
# source("syntax.R", encoding = "UTF-8")
# answers: one row per submission, with factors, numbers and days; codes for missing answers are NA.
# raw: the same as it stands in the file, with the codes. why(name): why answers are missing.
raw <- read.csv("{file}", sep = "{delimiter}", quote = "\\"", fileEncoding = "UTF-8-BOM",
  colClasses = "character", na.strings = character(0), check.names = FALSE)
answers <- raw
number <- function(x, from, to) {{
  x <- suppressWarnings(as.numeric(x))
  x[!is.na(x) & x >= from & x <= to] <- NA
  x
}}
answers$version <- as.integer(answers$version)
answers$day <- as.Date(answers$day, format = "%Y-%m-%d")"""
_NUMBERS = (Part.NUMBER, Part.RANK, Part.LATITUDE, Part.LONGITUDE)


def syntax(columns: Sequence[Column], labels: Labels, *, file: str, delimiter: str) -> Iterator[str]:
    """The lines of the script."""
    yield _HEAD.format(file=file, delimiter=delimiter)
    for column in columns:
        yield from _column(column, labels)
        yield f'attr(answers[["{column.name}"]], "label") <- {_quoted(labels.column(column))}'
    yield from _why(labels)


def _column(column: Column, labels: Labels) -> Iterator[str]:
    name = f'answers[["{column.name}"]]'
    missing = {code for code, _reason in missing_codes(column)}
    if column.part in (Part.CODE, Part.FLAG, Part.ANSWERED):
        own = [(value, label) for value, label in labels.values(column) if value not in missing]
        yield f"{name} <- factor({name},"
        yield f"  levels = c({', '.join(_quoted(str(value)) for value, _label in own)}),"
        yield f"  labels = c({', '.join(_quoted(label) for label in _apart(own))}))"
    elif column.part in _NUMBERS:
        by = FAR if column.is_far else 0
        # Degrees are below zero in half of the world; they are empty where there are none.
        first, last = (by - 9, by - 1) if missing else (1, 0)
        yield f"{name} <- number({name}, {first}, {last})"
    elif column.part is Part.DAY:
        yield f'{name} <- as.Date({name}, format = "%Y-%m-%d")'


def _apart(own: list[tuple[str | int, str]]) -> list[str]:
    """Labels of which no two are alike: a factor would take them for one."""
    labels = [label for _value, label in own]
    return [f"{label} ({value})" if labels.count(label) > 1 else label for value, label in own]


def _why(labels: Labels) -> Iterator[str]:
    codes = [*range(-9, -7), *range(-3, 0)]
    written = ", ".join(f'"{code}", "{code + FAR}"' for code in codes)
    words = ", ".join(f"{_quoted(labels.words[str(code)])}" for code in codes for _twice in range(2))
    yield "why <- function(name) {"
    yield f"  words <- c({words})"
    yield f"  names(words) <- c({written})"
    yield "  factor(unname(words[raw[[name]]]), levels = unique(words))"
    yield "}"


def _quoted(text: str) -> str:
    """A string of the script: letters beyond ASCII as they are, the file is UTF-8."""
    line = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{line}"'
