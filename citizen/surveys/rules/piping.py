"""Earlier answers in later texts: ``{q3}`` stands for what was answered to question q3."""

import re
from collections.abc import Callable, Iterator

_MARK = re.compile(r"\{(q\d+)\}")
UNANSWERED = "…"


def piped(text: str, in_words: Callable[[str], str]) -> str:
    """A text with answers in it; ``in_words`` gives that of a question, empty where there is none."""
    return _MARK.sub(lambda found: in_words(found[1]) or UNANSWERED, text)


def piped_questions(text: str) -> Iterator[str]:
    """The questions whose answers a text asks for."""
    return (found[1] for found in _MARK.finditer(text))
