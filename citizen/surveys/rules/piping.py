"""Earlier answers in later texts: ``{q3}`` stands for what was answered to question q3."""

import re
from collections.abc import Callable

_MARK = re.compile(r"\{(q[0-9]+)\}")
UNANSWERED = "…"


def piped(text: str, in_words: Callable[[str], str | None]) -> str:
    """A text with answers in it; ``in_words`` gives that of a question, empty where there is none."""
    return _MARK.sub(lambda found: in_words(found[1]) or UNANSWERED, text)


def piped_questions(text: str) -> set[str]:
    """The questions whose answers a text repeats."""
    return set(_MARK.findall(text))


def mark(question: str) -> str:
    """How a text asks for the answer to a question."""
    return f"{{{question}}}"
