"""In which languages a version can be offered, and what fills their gaps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from citizen.surveys.rules import TextState
from citizen.surveys.rules.document import Document, asked, needed_keys, question_keys


class DraftText(Protocol):
    """A text of a draft, as far as it matters here."""

    key: str
    language: str
    text: str
    state: str
    source: str | None


@dataclass(frozen=True)
class Offered:
    """How far a language is ready: texts by state, of so many; ``needed`` are keys that must not be empty."""

    language: str
    of: int
    missing: tuple[str, ...]
    needed: tuple[str, ...]
    machine: int
    stale: int

    @property
    def is_ready(self) -> bool:
        """Whether it can be offered without another word."""
        return not (self.missing or self.machine or self.stale)

    @property
    def ready(self) -> int:
        return self.of - len(self.missing) - self.machine - self.stale


def languages_of(document: Document, rows: Iterable[DraftText]) -> list[Offered]:
    """Each language of a draft, the source first. What the source says must be said in all."""
    texts = {(row.key, row.language): row for row in rows}
    source = document.languages[0]
    needed = list(needed_keys(document))
    said = {key for key in _asked_keys(document) if (key, source) in texts}
    keys = list(dict.fromkeys([*needed, *(key for key in _asked_keys(document) if key in said)]))
    return [_offered(language, source, keys, set(needed), texts) for language in document.languages]


def _asked_keys(document: Document) -> Iterator[str]:
    """The keys of everything that somebody is shown."""
    yield from ("title", "intro")
    for page in document.pages:
        if not asked(page):
            continue
        yield from (f"{page.id}.title", f"{page.id}.text")
        for question in asked(page):
            gone = {f"{question.id}.{option.id}" for option in question.options if option.hidden}
            gone |= {f"{question.id}.{row.id}" for row in question.rows if row.hidden}
            yield from (key for key in question_keys(question) if key not in gone)
    yield "thanks"


def _offered(
    language: str, source: str, keys: list[str], needed: set[str], texts: dict[tuple[str, str], DraftText]
) -> Offered:
    states = {key: state_of(texts.get((key, language)), texts.get((key, source))) for key in keys}
    missing = tuple(key for key, state in states.items() if state is TextState.MISSING)
    found = list(states.values())
    return Offered(
        language, len(keys), missing, tuple(key for key in missing if key in needed),
        found.count(TextState.MACHINE), found.count(TextState.STALE),
    )


def state_of(text: DraftText | None, source: DraftText | None) -> TextState:
    """How far a text can be trusted; one that was translated from other words is stale."""
    if text is None or not text.text:
        return TextState.MISSING
    if text is source:
        return TextState.REVIEWED
    if text.source is not None and (source is None or text.source != source.text):
        return TextState.STALE
    return TextState(text.state)
