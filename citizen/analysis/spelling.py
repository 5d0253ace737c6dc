"""Words as they are one slip of the finger away from what was typed."""

from collections.abc import Iterator

# What stems consist of after folding; whatever else a word may hold is never the slip.
_LETTERS = "abdefghijklmnoprstuvyåö"

SHORTEST = 4
"""Letters from which on a slip is looked for: shorter words are too like each other."""


def one_slip_away(word: str) -> set[str]:
    """Return every spelling with one letter left out, doubled up, changed, or swapped with the next.

    About fifty per letter, whether or not they are words (P. Norvig, *How to write a spelling
    corrector*, norvig.com/spell-correct.html). Empty for words that are too short.
    """
    return set(_spellings(word)) - {word} if len(word) >= SHORTEST else set()


def _spellings(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in _LETTERS)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
