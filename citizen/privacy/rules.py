"""What of a text is marked, and what is told of it: kinds, never the words."""

from collections.abc import Iterable

from citizen.analysis.personal import Finding, Kind, hints, personal_data


def findings(text: str, *, with_hints: bool = False) -> list[Finding]:
    """Everything found in a text, in the order in which it stands; hints only where they are wanted."""
    found = [*personal_data(text), *(hints(text) if with_hints else ())]
    return sorted(found, key=lambda one: one.start)


def doubts(text: str) -> list[Finding]:
    """What an author is asked about: found, but it may be something else or be meant to be read."""
    return [one for one in personal_data(text) if not one.is_certain]


def is_stopped(text: str) -> bool:
    """Whether an identity number that can hardly be anything else stands in a text."""
    return any(one.is_certain for one in personal_data(text))


def hits(texts: Iterable[str | None], *, with_hints: bool = False) -> tuple[str, ...]:
    """The kinds found in some texts, each once and always in the same order."""
    found = {one.kind for text in texts for one in findings(text or "", with_hints=with_hints)}
    return tuple(kind.value for kind in Kind if kind in found)
