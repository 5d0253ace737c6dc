"""Plain text from people, shown as paragraphs and nothing else."""

from collections.abc import Sequence

from markupsafe import Markup, escape

Marks = Sequence[tuple[int, int, str]]
"""Stretches of a text in their order, none within another: from, to, and what is said of it."""


def paragraphs(text: str, marks: Marks = ()) -> Markup:
    """Blank lines part paragraphs, single line ends break lines; everything is escaped."""
    shown, at = [], 0
    for block in text.split("\n\n"):
        lines = []
        for line in block.split("\n"):
            within = [(max(a - at, 0), min(b - at, len(line)), words) for a, b, words in marks]
            lines.append(marked(line, [one for one in within if one[0] < one[1]]))
            at += len(line) + 1
        at += 1
        if block.strip():
            shown.append(Markup("<p>") + Markup("<br>").join(lines) + Markup("</p>"))
    return Markup("").join(shown)


def marked(text: str, marks: Marks = ()) -> Markup:
    """A line with stretches marked; what is said of each is heard and not seen."""
    shown, at = Markup(""), 0
    for start, end, words in marks:
        kind = Markup('<span class="hidden">{}: </span>').format(words)
        shown += escape(text[at:start]) + Markup("<mark>{}{}</mark>").format(kind, text[start:end])
        at = end
    return shown + escape(text[at:])


def lines(text: str) -> list[str]:
    """The non-empty lines of a text, for lists."""
    return [line.strip() for line in text.splitlines() if line.strip()]
