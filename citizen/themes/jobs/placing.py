"""Placing texts by what has been learnt, and saying why; what came of it as few bytes."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

from citizen.analysis.explain import explain
from citizen.analysis.learning import Learnt
from citizen.analysis.lexicon import Lexicon
from citizen.analysis.model import ThemeModel
from citizen.analysis.results import UNSORTED, Item, Text
from citizen.themes.jobs.reading import as_texts
from citizen.themes.queries import ReadableText

SLICE = 2_000
"""Texts between two looks at whether to go on."""


class Row(NamedTuple):
    """What a model says of one text.

    ``second`` is the theme it speaks of too or, of an unsorted one, the theme it is nearest to.
    """

    contribution_id: int
    text_version: int
    cluster: int
    second: int
    confidence: float
    lang: str
    reasons: list[list[object]]


def place_all(
    model: ThemeModel, read: Sequence[ReadableText], tell: Callable[[float], None]
) -> Iterator[Row]:
    """Say of every text which theme it belongs to and why, in their order."""
    for at in range(0, len(read), SLICE):
        tell(at / len(read))
        yield from _place(model, read[at : at + SLICE])


def _place(model: ThemeModel, read: Sequence[ReadableText]) -> Iterator[Row]:
    texts = as_texts(read)
    items = _with_nearest(model, texts, list(model.place(texts)))
    told = explain(_only(model), texts, items)
    for text, item, explanation in zip(read, items, told, strict=True):
        reasons: list[list[object]] = [[one.kind, one.name, one.share] for one in explanation.reasons]
        yield Row(text.id, text.version, item.cluster, item.second, item.confidence, item.lang, reasons)


def _with_nearest(model: ThemeModel, texts: Sequence[Text], items: Sequence[Item]) -> list[Item]:
    left = [text for text, item in zip(texts, items, strict=True) if item.cluster == UNSORTED]
    with _without_border(model):
        near = {item.id: item.cluster for item in model.place(left)}
    return [replace(item, second=near[item.id]) if item.id in near else item for item in items]


@contextmanager
def _without_border(model: ThemeModel) -> Iterator[None]:
    """Context in which no text is too far from every theme. One model, so that its words are read once."""
    borders, places = model.borders, model.places
    model.borders, model.places = borders._replace(far=0.0), {}
    try:
        yield
    finally:
        model.borders, model.places = borders, places


def _only(model: ThemeModel) -> Learnt:
    """What is left of a learning when its model alone is at hand."""
    return Learnt(model=model, clusters=(), near={}, tree=(), duplicates=(), seeded={}, settings={},
                  versions={}, input_hash="")


def packed(rows: Iterable[Row]) -> bytes:
    """Rows as compressed JSON; equal rows give equal bytes."""
    return zlib.compress(json.dumps(list(rows)).encode())


@dataclass(frozen=True)
class Placings:
    """What came of all parts, packed until it is looked at: a part at a time is in memory."""

    parts: Sequence[bytes]

    def __iter__(self) -> Iterator[Row]:
        for part in self.parts:
            for row in json.loads(zlib.decompress(part)):
                yield Row(*row)

    def items(self) -> Iterator[Item]:
        """Where every text is, as the analysis says it."""
        for row in self:
            yield Item(str(row.contribution_id), row.cluster, row.confidence, row.lang, row.second)


def concepts(lexicon: Lexicon, rows: Iterable[Row]) -> dict[str, dict[str, str]]:
    """Names in every language of the concepts that reasons speak of."""
    spoken = {name for row in rows for kind, name, _share in row.reasons if kind == "concept"}
    return {one.id: dict(one.names) for one in lexicon.concepts if one.id in spoken}
