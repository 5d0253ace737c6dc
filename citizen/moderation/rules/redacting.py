"""Marks around the words of a text that are to be removed, and the text without them. Values alone."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from citizen.analysis.personal import personal_data

_BRACKETS = (("[[", "]]"), ("{{", "}}"), ("<<", ">>"), ("⟦", "⟧"))
"""The first pair of which a text has neither is the one that marks it."""


class Stretch(NamedTuple):
    """A part of a text, ``text[start:end]``."""

    start: int
    end: int


class NotOnlyMarked(ValueError):
    """What came back is not the text with marks in it: words have been changed."""


class UnevenMarks(ValueError):
    """A mark begins and does not end, or ends without having begun."""


def lines(text: str) -> str:
    """A text with the line ends that a form gives back."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def brackets(texts: Iterable[str]) -> tuple[str, str]:
    """What words are marked with, so that nothing of the texts looks like a mark."""
    whole = "\n".join(texts)
    return next((pair for pair in _BRACKETS if not any(one in whole for one in pair)), _BRACKETS[-1])


def proposed(text: str) -> list[Stretch]:
    """Where a text seems to hold personal data."""
    return joined(text, (Stretch(found.start, found.end) for found in personal_data(text)))


def marked(text: str, stretches: Sequence[Stretch], pair: tuple[str, str]) -> str:
    """A text with marks around some stretches of it."""
    for start, end in sorted(stretches, reverse=True):
        text = text[:start] + pair[0] + text[start:end] + pair[1] + text[end:]
    return text


def read_marks(typed: str, text: str, pair: tuple[str, str]) -> list[Stretch]:
    """Where somebody has put marks into a text.

    Raises
    ------
    NotOnlyMarked
        If it is not the text any more.
    UnevenMarks
        If a mark has no end or no beginning.
    """
    opening, closing = map(re.escape, pair)
    # Of three brackets in a row the inner one is the text's own.
    pieces = re.split(f"({opening}|{closing}(?!{re.escape(pair[1][0])}))", typed)
    if "".join(pieces[::2]) != text:
        raise NotOnlyMarked
    found, at, begun = [], 0, -1
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            at += len(piece)
        elif (piece == pair[0]) == (begun >= 0):
            raise UnevenMarks
        elif piece == pair[0]:
            begun = at
        else:
            found.append(Stretch(begun, at))
            begun = -1
    if begun >= 0:
        raise UnevenMarks
    return joined(text, found)


def joined(text: str, stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches without the white space at their ends, in order; those with only a space between are one."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        inside = text[start:end]
        begin, stop = start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
        if begin >= stop:
            continue
        if found and (begin <= found[-1].end or text[found[-1].end:begin] == " "):
            found[-1] = Stretch(found[-1].start, max(stop, found[-1].end))
        else:
            found.append(Stretch(begin, stop))
    return found


def redacted(text: str, stretches: Sequence[Stretch], mark: str) -> str:
    """A text in which the mark stands where some stretches were."""
    for start, end in sorted(stretches, reverse=True):
        text = text[:start] + mark + text[end:]
    return text
