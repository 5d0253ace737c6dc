"""What was asked and what was answered as one JSON document, written as it is read."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from citizen.surveys.actions.exporting.order import Line, Pack
from citizen.surveys.rules.document import as_json
from citizen.surveys.rules.export.columns import FIXED, Column
from citizen.surveys.rules.export.labels import Labels

SCHEMA_VERSION = 1


class Json:
    """An object with what the file is about, a list of submissions, and texts where they lie apart."""

    def __init__(self, pack: Pack, out: IO[bytes]) -> None:
        self._out, self._names = out, (*FIXED, *(column.name for column in pack.columns))
        self._is_first = True
        head = ",\n".join(f"{_text(name)}: {_text(value)}" for name, value in _head(pack).items())
        self._put("{\n" + head + ',\n"submissions": [')

    def write(self, lot: Sequence[Line]) -> None:
        for line in lot:
            cells = zip(self._names, (*line.fixed, *line.cells), strict=True)
            told = _text({name: cell for name, cell in cells if cell is not None})
            self._put(("\n" if self._is_first else ",\n") + told)
            self._is_first = False

    def finish(self, texts: Iterable[Sequence[str]] | None) -> None:
        """End the document, with the texts that lie apart."""
        self._put("\n]")
        if texts is not None:
            lines = iter(texts)
            header = next(lines)
            self._put(',\n"texts": [')
            for number, row in enumerate(lines):
                self._put((",\n" if number else "\n") + _text(dict(zip(header, row, strict=True))))
            self._put("\n]")
        self._put("\n}\n")

    def _put(self, text: str) -> None:
        # Lone surrogates are legal in JSON escapes but not in UTF-8.
        self._out.write(text.encode("utf-8", errors="backslashreplace"))


def _head(pack: Pack) -> dict[str, Any]:
    survey = pack.survey
    return {
        "schema": "citizen.survey", "schema_version": SCHEMA_VERSION,
        "survey": {"id": survey.ref, "level": survey.level, "exported_on": pack.day},
        "versions": [
            {"number": one.version.number, "published_on": one.day,
             "document": as_json(one.version.document), "texts": one.version.texts}
            for one in pack.released
        ],
        "variables": [_variable(column, pack.labels) for column in pack.columns],
    }


def _variable(column: Column, labels: Sequence[Labels]) -> dict[str, Any]:
    question = column.asked.question
    told = {
        "name": column.name, "question": question.id, "series": question.series, "kind": question.kind,
        "part": column.part, "item": column.row, "option": column.option,
        "versions": list(column.asked.versions),
        "labels": {one.language: one.column(column) for one in labels},
        "values": [
            {"value": value, "labels": {one.language: one.values(column)[n][1] for one in labels}}
            for n, (value, _label) in enumerate(labels[0].values(column))
        ],
    }
    return {name: value for name, value in told.items() if value not in ("", [])}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)
