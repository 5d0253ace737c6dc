"""What people type, made safe to keep: whole, visible, and without tricks."""

import re
import unicodedata

# Control characters and marks that reorder the text around them (Unicode TR 9).
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
    "|[\ud800-\udfff]"
)


def clean_text(value: str | None) -> str:
    """Several lines: line ends unified, unseen characters gone, composed (NFC), trimmed."""
    text = (value or "").replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def clean_line(value: str | None) -> str:
    """One line: as `clean_text`, with every run of white space made one space."""
    return " ".join(clean_text(value).split())


def has_words(value: str) -> bool:
    """Whether there is at least one letter, in any script."""
    return any(c.isalpha() for c in value)


def first_sentence(text: str, longest: int = 120) -> str:
    """The first sentence of a text, cut at a word where it is too long."""
    line = re.split(r"(?<=[.!?…])\s+|\n", text.strip(), maxsplit=1)[0].strip()
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
