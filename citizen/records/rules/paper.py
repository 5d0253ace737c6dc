"""A certificate on one sheet of paper."""

from collections.abc import Callable, Iterator, Sequence

from citizen.base.pdf import A4, Drawn, Words

LEFT, TOP, VALUES_FROM = 62.0, A4[1] - 90, 215.0
LINE = 17.0
SIZE = 10.5

Width = Callable[[str, float, bool], float]


def certificate(heading: str, facts: Sequence[tuple[str, str]], foot: str, width: Width) -> list[Drawn]:
    """Lay a certificate out: its heading, labels with their values beside them, and a line below.

    Parameters
    ----------
    width : how wide a line of text is.
    """
    drawn: list[Drawn] = [Words(LEFT, TOP, heading, 19, bold=True)]
    y = TOP - 42
    for label, value in facts:
        lines = list(_wrapped(value, A4[0] - LEFT - VALUES_FROM, width)) or [""]
        labels = list(_wrapped(label, VALUES_FROM - LEFT - 12, width))
        drawn += [Words(LEFT, y - LINE * n, line, SIZE, bold=True) for n, line in enumerate(labels)]
        drawn += [Words(VALUES_FROM, y - LINE * n, line, SIZE) for n, line in enumerate(lines)]
        y -= LINE * max(len(lines), len(labels)) + 5
    y -= LINE
    drawn += [
        Words(LEFT, y - LINE * n, line, SIZE)
        for n, line in enumerate(_wrapped(foot, A4[0] - 2 * LEFT, width))
    ]
    return drawn


def _wrapped(text: str, most: float, width: Width) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width(longer, SIZE, True) > most:
            yield line
            longer = word
        line = longer
    if line:
        yield line
