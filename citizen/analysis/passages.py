"""Long texts in pieces, so that an answer about two needs can feed two themes."""

import re

LONG = 700
"""Characters from which a text is split: about a hundred words, more than most ideas have."""

PIECE = 350
"""Characters a piece should have at least; a sentence is never cut."""

MOST = 12
"""Pieces of a text at most: beyond, they grow longer."""

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


def split(text: str) -> list[str]:
    """Split a text into passages of whole sentences; a short one stays whole.

    >>> split("Mer ljus i parken.")
    ['Mer ljus i parken.']
    """
    if len(text) < LONG:
        return [text]
    wanted = max(PIECE, len(text) // MOST)
    pieces: list[str] = []
    size = wanted
    for sentence in _SENTENCE.split(text):
        if size >= wanted:
            pieces.append(sentence)
            size = len(sentence)
        else:
            pieces[-1] += f" {sentence}"
            size += len(sentence) + 1
    if len(pieces) > 1 and size < wanted // 2:
        last = pieces.pop()
        pieces[-1] += f" {last}"
    return pieces
