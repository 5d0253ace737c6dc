"""Tables as one JSON document, written as it is read so that it never lies in memory whole."""

import json
from collections.abc import Sequence
from typing import IO, Any

from citizen.base import clock
from citizen.export.queries import Collection
from citizen.export.rules import cells
from citizen.export.rules.columns import JSON_ONLY, columns
from citizen.export.rules.files import What

SCHEMA_VERSION = 1


def write_json(out: IO[bytes], found: Collection, tables: Sequence[What]) -> None:
    """An object with what the file is about, and a list per table."""

    def put(text: str) -> None:
        # Lone surrogates are legal in JSON escapes but not in UTF-8.
        out.write(text.encode("utf-8", errors="backslashreplace"))

    head = ",\n".join(f"{_text(name)}: {_text(value)}" for name, value in _head(found).items())
    put("{\n" + head)
    for table in tables:
        put(f',\n"{table}": [')
        for number, row in enumerate(_rows(found, table)):
            put((",\n" if number else "\n") + _text(row))
        put("\n]")
    put("\n}\n")


def _rows(found: Collection, table: What) -> Any:
    listed = (*columns(table, found.variant), *JSON_ONLY.get(table, ()))
    for row in found.table(table):
        yield {
            column.name: cells.for_json(cells.shown(column, row.get(column.name), found.variant))
            for column in listed
        }


def _head(found: Collection) -> dict[str, Any]:
    programme, run = found.programme, found.run
    return {
        "schema": "citizen.export",
        "schema_version": SCHEMA_VERSION,
        "variant": found.variant.value,
        "language": found.language,
        "exported_at": cells.for_json(clock.now().astimezone(clock.LOCAL)),
        "programme": {
            "slug": programme.slug, "titles": programme.titles, "level": programme.level,
            "municipalities": [{"slug": m.slug, "names": m.names} for m in programme.municipalities],
        },
        "run": run and {
            "at": cells.for_json(run.at), "seed": run.seed, "input_hash": run.input_hash,
            "settings": run.settings, "versions": run.versions, "texts": run.texts, "unsorted": run.unsorted,
        },
    }


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
