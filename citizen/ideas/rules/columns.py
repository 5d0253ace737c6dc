"""Which column of a file holds what: names that files from elsewhere use, in four languages."""

import re
from collections.abc import Iterable, Mapping

# Field → names it goes by, the surest first. Our own export's names come first everywhere.
NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "ref", "nr", "number", "nummer"),
    "external_id": ("external_id",),
    "title": ("title", "rubrik", "overskrift", "tittel", "titel", "heading"),
    "text": (
        "text", "tekst", "body", "description", "beskrivning", "beskrivelse", "beskriving", "content",
        "idea", "idé", "ide", "proposal", "förslag", "forslag", "innspill", "innspel", "synpunkt",
    ),
    "language": ("language", "lang", "språk", "sprak"),
    "municipality": ("municipality", "kommun", "kommune"),
    "sector": ("sector", "sektor"),
    "place": ("place", "plats", "sted", "stad", "ort"),
    "latitude": ("latitude", "lat", "latitud", "breddgrad", "breddegrad"),
    "longitude": ("longitude", "lon", "lng", "longitud", "längdgrad", "lengdegrad"),
    "source": ("source", "källa", "kilde", "kjelde", "channel", "kanal"),
    "submitted_at": (
        "submitted_at", "date", "datum", "dato", "created_at", "inkommen", "innsendt", "innsend",
    ),
    "visibility": ("visibility",),
}  # fmt: skip


def plain(name: str) -> str:
    """A column's name as it is compared: ``"Submitted at "`` is ``submitted_at``."""
    return re.sub(r"[\s_\-]+", "_", name.replace("\ufeff", "").strip().casefold())


def recognised(columns: Iterable[str]) -> dict[str, str]:
    """Field → the file's own name of the column that holds it.

    Where two columns could hold a field, the one with the surer name does.
    """
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(plain(column), column)
    return {
        field: next(by_name[name] for name in names if name in by_name)
        for field, names in NAMES.items()
        if any(name in by_name for name in names)
    }
