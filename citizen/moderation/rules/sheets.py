"""A document in sections, and what lies where when it is printed; words come ready from elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from citizen.base.pdf import Area, Drawn, Words
from citizen.programmes.rules.sheets import HEIGHT, INNER, LEADING, MARGIN, QUIET, wrapped

Measure = Callable[[str, float, bool], float]

TOP, BOTTOM = HEIGHT - 56, 66.0
_LABEL = 150.0


@dataclass(frozen=True)
class Fact:
    """A value with its label; ``lang`` where it is in another language than the page."""

    label: str
    text: str
    lang: str = ""


@dataclass(frozen=True)
class Entry:
    """Something that happened or was written: what and when, then a text of its own with its language."""

    heading: str
    quiet: str = ""
    facts: Sequence[Fact] = ()
    title: str = ""
    text: str = ""
    lang: str = ""
    photos: Sequence[Any] = ()


@dataclass(frozen=True)
class Section:
    """A part with a heading. ``none`` is said where there is nothing."""

    heading: str
    facts: Sequence[Fact] = ()
    entries: Sequence[Entry] = ()
    none: str = ""


@dataclass(frozen=True)
class Document:
    """What goes to the registry, in the words of the one who takes it out."""

    title: str
    lead: Sequence[str]
    sections: Sequence[Section]


@dataclass(frozen=True)
class _Line:
    """A line of text, or several side by side; ``tied`` to the next, that no page parts them."""

    parts: tuple[tuple[float, str, bool, str], ...]
    size: float = 10.0
    above: float = 0.0
    tied: bool = False


@dataclass
class _Pages:
    laid: list[list[Drawn]] = field(default_factory=lambda: [[]])
    y: float = TOP

    def put(self, lines: Sequence[_Line]) -> None:
        """Lines that belong together, on one page if a page is large enough."""
        height = sum(line.above + line.size * LEADING for line in lines)
        if self.laid[-1] and self.y - height < BOTTOM:
            self.laid.append([])
            self.y = TOP
        for line in lines:
            self.y -= line.above + line.size * LEADING
            self.laid[-1].extend(
                Words(MARGIN + x, self.y + line.size * 0.22, text, line.size, bold, colour)
                for x, text, bold, colour in line.parts if text
            )


def pages(document: Document, foot: Callable[[int, int], str], measure: Measure) -> list[list[Drawn]]:
    """The document on sheets of A4.

    Parameters
    ----------
    foot : what stands at the foot of a page, from its number and how many there are.
    """
    made, together = _Pages(), list[_Line]()
    for line in _lines(document, measure):
        together.append(line)
        if not line.tied:
            made.put(together)
            together = []
    made.put(together)
    return [
        [*drawn, Area(MARGIN, 48, INNER, 0.5, QUIET),
         Words(MARGIN, 34, foot(number, len(made.laid)), 9, colour=QUIET)]
        for number, drawn in enumerate(made.laid, 1)
    ]


def texts(document: Document) -> Iterator[str]:
    """Every text that the document says."""
    yield document.title
    yield from document.lead
    for section in document.sections:
        yield from (section.heading, section.none)
        yield from (text for fact in section.facts for text in (fact.label, fact.text))
        for entry in section.entries:
            yield from (entry.heading, entry.quiet, entry.title, entry.text)
            yield from (text for fact in entry.facts for text in (fact.label, fact.text))


def _lines(document: Document, measure: Measure) -> Iterator[_Line]:
    yield from _said(document.title, measure, size=20, bold=True, tied=True)
    for sentence in document.lead:
        yield from _said(sentence, measure, size=9.5, colour=QUIET, above=3)
    for section in document.sections:
        yield from _said(section.heading, measure, size=14, bold=True, above=16, tied=True)
        if not section.facts and not section.entries:
            yield from _said(section.none, measure, colour=QUIET, above=2)
        for fact in section.facts:
            yield from _fact(fact, measure)
        for entry in section.entries:
            yield from _entry(entry, measure)


def _entry(entry: Entry, measure: Measure) -> Iterator[_Line]:
    has_more = bool(entry.facts or entry.title or entry.text)
    yield from _said(entry.heading, measure, bold=True, above=9, tied=bool(entry.quiet) or has_more)
    yield from _said(entry.quiet, measure, size=9, colour=QUIET, tied=has_more)
    for fact in entry.facts:
        yield from _fact(fact, measure)
    yield from _said(entry.title, measure, bold=True, above=3, indent=12, tied=bool(entry.text))
    yield from _said(entry.text, measure, above=3, indent=12)


def _fact(fact: Fact, measure: Measure) -> Iterator[_Line]:
    labels = wrapped(fact.label, _LABEL - 10, 9.5, measure)
    values = [
        line for paragraph in fact.text.splitlines() or [""]
        for line in wrapped(paragraph, INNER - _LABEL, 9.5, measure)
    ]
    for place in range(max(len(labels), len(values))):
        label = labels[place] if place < len(labels) else ""
        value = values[place] if place < len(values) else ""
        yield _Line(((0, label, False, QUIET), (_LABEL, value, False, "#1b2430")), 9.5, 2 if not place else 0)


def _said(
    text: str, measure: Measure, *, size: float = 10, bold: bool = False, colour: str = "#1b2430",
    above: float = 0, indent: float = 0, tied: bool = False,
) -> Iterator[_Line]:
    """A text in lines; a blank line of it is kept as a little room."""
    for paragraph in text.splitlines():
        if not paragraph.strip():
            above += size / 2
        for line in wrapped(paragraph, INNER - indent, size, measure, bold=bold) if paragraph.strip() else ():
            yield _Line(((indent, line, bold, colour),), size, above, tied)
            above = 0
