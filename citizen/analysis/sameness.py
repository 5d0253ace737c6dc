"""Whether two texts are the same but for details, as texts are that a program turns out by the hundred.

Only words count, each once: no numbers, no order, no capitals. Pure standard library.
"""

import re

FEWEST = 6
"""Different words below which nothing is said of a text: people do send the same five words."""

LEAST = 0.75
"""Share of the words of both that are in each of them, from which two texts are the same.

Of 529 texts that people wrote about towns no two reach it, the likest two have 0.67 (``python -m
benchmarks.spam --eval FOLDER``); a template that fills in other names and numbers does.
"""

_WORD = re.compile(r"[^\W\d_]{2,}")


def word_set(text: str) -> frozenset[str]:
    """Return the different words of a text."""
    return frozenset(_WORD.findall(text.casefold()))


def is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two texts are the same but for details, by their `word_set`.

    >>> is_same(word_set("Buy cheap watches from our shop in Oslo"),
    ...         word_set("Buy cheap watches from our shop in Bergen now"))
    True
    """
    if min(len(one), len(other)) < FEWEST:
        return False
    return len(one & other) >= LEAST * len(one | other)
