"""A file is written whole, and then noted with who took it out."""

from dataclasses import dataclass
from typing import IO

from citizen.base import audit
from citizen.base.db import only_reading
from citizen.export.actions.csv_files import write_csv
from citizen.export.actions.json_file import write_json
from citizen.export.actions.xlsx_file import write_xlsx
from citizen.export.queries import Collection
from citizen.export.rules.files import Format, Variant, What, parts
from citizen.programmes.models import Programme


@dataclass(frozen=True)
class Order:
    """What somebody asked for. ``language`` decides the names of themes, ``delimiter`` is for CSV."""

    what: What
    variant: Variant
    format: Format
    delimiter: str
    language: str


def write_export(out: IO[bytes], programme: Programme, order: Order, user_id: int | None) -> None:
    """Write what was asked for, and note it."""
    with only_reading():
        found, tables = Collection(programme, order.variant, order.language), parts(order.what)
        if order.format is Format.CSV:
            write_csv(out, found, tables, order.delimiter)
        elif order.format is Format.XLSX:
            write_xlsx(out, found, tables)
        else:
            write_json(out, found, tables)
    audit.record("export.download", programme.slug, user_id, what=order.what.value,
                 variant=order.variant.value, format=order.format.value)
