"""Plain text from people, shown as paragraphs and nothing else."""

from markupsafe import Markup, escape


def paragraphs(text: str) -> Markup:
    """Blank lines part paragraphs, single line ends break lines; everything is escaped."""
    blocks = [b for b in text.split("\n\n") if b.strip()]
    return Markup("").join(
        Markup("<p>") + Markup("<br>").join(escape(line) for line in block.split("\n")) + Markup("</p>")
        for block in blocks
    )


def lines(text: str) -> list[str]:
    """The non-empty lines of a text, for lists."""
    return [line.strip() for line in text.splitlines() if line.strip()]
