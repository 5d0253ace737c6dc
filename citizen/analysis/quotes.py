"""Which texts speak for a theme."""

from collections.abc import Mapping, Sequence

MOST_QUOTES = 5
_FULL_SENTENCE = 5
_LONG = 60


def typical(
    members: Sequence[int],
    similarity: Mapping[int, float],
    keys: Mapping[int, str],
    count: int = MOST_QUOTES,
) -> list[int]:
    """Pick the most typical rows of a group, no text twice.

    Parameters
    ----------
    members
        Rows of the group.
    similarity
        Cosine of every member to the group's centroid.
    keys
        Stems of every member as one string: equal keys are the same text.
    count
        At most so many rows.

    Notes
    -----
    Cosine times readability: a quote is best with at least five content words and at most sixty.
    """
    ranked = sorted(members, key=lambda row: (-similarity[row] * _readable(keys[row]), row))
    first = {keys[row]: row for row in reversed(ranked)}
    return [row for row in ranked if first[keys[row]] == row][:count]


def _readable(key: str) -> float:
    size = key.count(" ") + 1
    return min(1.0, size / _FULL_SENTENCE, _LONG / size)
