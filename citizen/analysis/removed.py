"""The mark that stands where words have been taken out of a text, in the text's own language.

It is the municipality's, not the author's: whoever reads a text for what it is about passes over it.
"""

import re

MARKS = {
    "sv": "[borttaget av kommunen]",
    "nb": "[fjernet av kommunen]",
    "nn": "[fjerna av kommunen]",
    "en": "[removed by the municipality]",
}
_MARK = re.compile("|".join(map(re.escape, MARKS.values())))


def mark(language: str) -> str:
    """Return the mark in a language; the English one where there is none."""
    return MARKS.get(language, MARKS["en"])


def without_marks(text: str) -> str:
    """Return a text as its author's words alone.

    >>> without_marks("Ring [fjerna av kommunen] i kveld")
    'Ring   i kveld'
    """
    return _MARK.sub(" ", text) if "[" in text else text
