"""Sheets of paper as PDF: what lies where is decided elsewhere, here it becomes bytes.

The fonts are those that every reader of PDF has, so that none is put into the file. They know the
letters of Western Europe; others lose their marks, and what has no such letter becomes a question mark.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from citizen.base.qr import Code

PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
A4 = (595.28, 841.89)
"""Points, 72 an inch; the origin is at the lower left."""
A5 = (419.53, 595.28)


@dataclass(frozen=True)
class Words:
    """A line of text, from its left end on the base line."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    colour: str = "#1b2430"


@dataclass(frozen=True)
class Area:
    """A rectangle from its lower left corner, filled with a colour or drawn as a frame."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""


@dataclass(frozen=True)
class Picture:
    """A QR code from its lower left corner."""

    x: float
    y: float
    side: float
    code: Code


Drawn = Words | Area | Picture


def writable(text: str) -> str:
    """A text in the letters that the fonts have."""
    return "".join(_letter(c) for c in unicodedata.normalize("NFC", text))


def _letter(c: str) -> str:
    for way in (c, unicodedata.normalize("NFD", c)[0], {"đ": "d", "Đ": "D", "ŋ": "n", "Ŋ": "N",
                                                       "ŧ": "t", "Ŧ": "T"}.get(c, "?")):
        try:
            way.encode("cp1252")
        except UnicodeEncodeError:
            continue
        return way
    return "?"


def width(text: str, size: float, bold: bool) -> float:
    """How wide a line of text is, in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(writable(text), BOLD if bold else PLAIN, size))


def sheet(
    drawn: Sequence[Drawn], *, title: str, author: str, language: str, size: tuple[float, float] = A4
) -> bytes:
    """One page that tells readers its title, who made it and in which language it is.

    Parameters
    ----------
    size : of the paper; what is drawn for A4 is made smaller with it.
    """
    return book([drawn], title=title, author=author, language=language, size=size)


def book(
    pages: Sequence[Sequence[Drawn]], *, title: str, author: str, language: str,
    size: tuple[float, float] = A4,
) -> bytes:
    """Several pages, as `sheet`."""
    from reportlab.pdfgen.canvas import Canvas

    written = BytesIO()
    canvas = Canvas(written, pagesize=size, lang=language, invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(title)
    canvas.setCreator("Citizen")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for drawn in pages:
        canvas.scale(size[0] / A4[0], size[0] / A4[0])
        for one in drawn:
            _draw(canvas, one)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _draw(canvas: Any, one: Drawn) -> None:
    if isinstance(one, Words):
        canvas.setFillColor(one.colour)
        canvas.setFont(BOLD if one.bold else PLAIN, one.size)
        canvas.drawString(one.x, one.y, writable(one.text))
    elif isinstance(one, Area):
        canvas.setFillColor(one.fill or "#ffffff")
        canvas.setStrokeColor("#6b7684")
        is_filled = int(bool(one.fill))
        canvas.rect(one.x, one.y, one.width, one.height, stroke=1 - is_filled, fill=is_filled)
    else:
        _draw_code(canvas, one)


def _draw_code(canvas: Any, picture: Picture) -> None:
    canvas.setFillColor("#ffffff")
    canvas.rect(picture.x, picture.y, picture.side, picture.side, stroke=0, fill=1)
    canvas.setFillColor("#000000")
    unit, path = picture.side / picture.code.size, canvas.beginPath()
    for column, row, length in picture.code.runs:
        path.rect(picture.x + column * unit, picture.y + picture.side - (row + 1) * unit, length * unit, unit)
    canvas.drawPath(path, stroke=0, fill=1)
