"""What a case of somebody whose data it is consists of, and how words are taken out of a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CaseKind(StrEnum):
    """What somebody asks for (Articles 15, 16 and 17 of the GDPR)."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"


class Sought(StrEnum):
    """What records are sought by."""

    EMAIL = "email"
    CODE = "code"
    REFERENCE = "reference"
    WORDS = "words"


class Outcome(StrEnum):
    """What became of a record in a case."""

    KEPT = "kept"
    REDACTED = "redacted"
    DELETED = "deleted"


@dataclass(frozen=True, order=True)
class Found:
    """Something kept: what it is, its key, and when it came in; ``begins`` is how its text begins."""

    kind: str
    key: str
    at: datetime
    ref: str
    begins: str
    language: str

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.key}"


def find_words(lines: str) -> list[str]:
    """What stands on each line, longest first, so that a name goes before a part of it."""
    found = {" ".join(line.split()) for line in lines.splitlines()}
    return sorted((words for words in found if words), key=lambda words: (-len(words), words))


class Eraser:
    """Takes words out of texts, with a mark where they stood.

    Capitals and the width of spaces make no difference. A word is found only as a whole word: taking *Per*
    out leaves *personal* alone.
    """

    def __init__(self, words: Sequence[str], mark: str) -> None:
        ways = "|".join(r"\s+".join(re.escape(part) for part in one.split()) for one in words)
        self._found = re.compile(rf"(?<!\w)(?:{ways})(?!\w)", re.IGNORECASE) if words else None
        self.mark = mark

    def __call__(self, text: str) -> tuple[str, int]:
        """A text without the words, and in how many places they stood."""
        return self._found.subn(lambda _match: self.mark, text) if self._found else (text, 0)

    def moved(self, text: str, place: int, *, is_end: bool) -> int:
        """Where a place in a text is once the words are out; within a word, before or behind the mark."""
        shift = 0
        for match in self._found.finditer(text) if self._found else ():
            if match.end() <= place:
                shift += len(self.mark) - (match.end() - match.start())
            elif match.start() < place:
                return match.start() + shift + (len(self.mark) if is_end else 0)
        return place + shift
