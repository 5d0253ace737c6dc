"""What lies where on a poster and on a paper form: lines that fit, from texts and a way to measure them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from citizen.base.pdf import A4, Area, Drawn, Picture, Words
from citizen.base.qr import Code

Measure = Callable[[str, float, bool], float]
"""(text, size, bold) → width in points."""

MARGIN = 51.0
WIDTH, HEIGHT = A4
INNER = WIDTH - 2 * MARGIN
COLOUR, ON_COLOUR, QUIET = "#0b4f6c", "#ffffff", "#535f6e"
LEADING = 1.22
# A long address breaks where one would read on.
_BREAKS_AFTER = "/-_."


@dataclass(frozen=True)
class Texts:
    """What a sheet says, in one language."""

    question: str
    title: str
    municipalities: str
    scan: str
    go_to: str
    address: str
    until: str
    no_account: str


@dataclass(frozen=True)
class FormTexts:
    """What a paper form says, in one language."""

    heading: str
    programme: str
    no_private: str
    labels: tuple[str, str, str]
    choices: tuple[tuple[str, tuple[str, ...]], ...]
    sentences: tuple[str, ...]
    online: str
    address: str


def fitted(
    text: str, room: float, sizes: Sequence[float], most: int, measure: Measure, *, bold: bool = False
) -> tuple[float, list[str]]:
    """The largest size in which a text takes at most so many lines without breaking a word.

    Where there is none, the smallest, with words broken and what is left over cut.

    Returns
    -------
    (size, lines).
    """
    for size in sizes:
        lines = wrapped(text, room, size, measure, bold=bold)
        whole = all(measure(word, size, bold) <= room for word in text.split())
        if whole and len(lines) <= most:
            return size, lines
    size = sizes[-1]
    lines = wrapped(text, room, size, measure, bold=bold)
    if len(lines) <= most:
        return size, lines
    return size, [*lines[: most - 1], _cut(lines[most - 1], room, lambda line: measure(line, size, bold))]


def _cut(line: str, room: float, wide: Callable[[str], float]) -> str:
    """As much of a line as there is room for, with a sign that there was more."""
    while wide(line + "…") > room:
        line = line[:-1]
    return line.rstrip(" ,;:·–-") + "…"


def wrapped(text: str, room: float, size: float, measure: Measure, *, bold: bool = False) -> list[str]:
    """A text in lines no wider than the room; a word that is wider is broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if measure(longer, size, bold) <= room:
            lines[-1] = longer
            continue
        pieces = _broken(word, room, size, measure, bold)
        lines = [*lines, *pieces] if lines[-1] else pieces
    return lines


def _broken(word: str, room: float, size: float, measure: Measure, bold: bool) -> list[str]:
    pieces, rest = [], word
    while measure(rest, size, bold) > room:
        end = next((n for n in range(len(rest) - 1, 1, -1) if measure(rest[:n], size, bold) <= room), 1)
        sign = max(rest.rfind(c, 0, end) for c in _BREAKS_AFTER)
        end = sign + 1 if sign > end // 2 else end
        pieces.append(rest[:end])
        rest = rest[end:]
    return [*pieces, rest]


@dataclass
class _Column:
    """Things one below the other, from the top down."""

    measure: Measure
    y: float
    x: float = MARGIN
    room: float = INNER
    drawn: list[Drawn] = field(default_factory=list)

    def say(self, text: str, sizes: Sequence[float], most: int, *, bold: bool = False,
            colour: str = "#1b2430", after: float = 0) -> None:
        """Write a text below what is there."""
        if not text:
            return
        size, lines = fitted(text, self.room, sizes, most, self.measure, bold=bold)
        for line in lines:
            self.y -= size * LEADING
            self.drawn.append(Words(self.x, self.y + size * 0.22, line, size, bold, colour))
        self.y -= after

    def rules(self, count: int, distance: float) -> None:
        """Lines to write on by hand."""
        for _line in range(count):
            self.y -= distance
            self.drawn.append(Area(self.x, self.y, self.room, 0.7, QUIET))


def poster(texts: Texts, code: Code, measure: Measure) -> list[Drawn]:
    """A poster: the question large on colour, below it the code and where it leads."""
    top = _Column(measure, HEIGHT - 40)
    top.say(texts.municipalities, (15, 13, 11, 9, 8), 5, bold=True, colour=ON_COLOUR, after=12)
    top.say(texts.question, (46, 42, 38, 34, 30, 26), 5, bold=True, colour=ON_COLOUR, after=10)
    top.say(texts.title, (22, 19, 16, 14, 12), 3, colour=ON_COLOUR, after=22)
    foot = _Column(measure, 0)
    foot.say(texts.until, (19, 17, 15, 13), 2, bold=True, after=4)
    foot.say(texts.no_account, (15, 14, 13, 12), 3, after=10)
    foot.say(texts.go_to, (12,), 1, colour=QUIET)
    foot.say(texts.address, (15, 14, 13, 12, 11, 10, 9), 3, bold=True)
    lift = MARGIN - foot.y
    below = [_moved(one, lift) for one in foot.drawn]
    middle = _Column(measure, top.y - 18)
    middle.say(texts.scan, (19, 17, 15, 13), 2, bold=True, after=8)
    side = min(INNER, middle.y - lift - 20)
    band = Area(0, top.y, WIDTH, HEIGHT - top.y, COLOUR)
    return [band, *top.drawn, *middle.drawn, Picture((WIDTH - side) / 2, middle.y - side, side, code), *below]


def paper_form(texts: FormTexts, code: Code, measure: Measure) -> list[Drawn]:
    """A form to fill in with a pen. What is left of the sheet is lines for the description."""
    side = 96.0
    head = _Column(measure, HEIGHT - 40, room=INNER - side - 14)
    head.say(texts.programme, (13, 12, 11, 10), 2, colour=QUIET, after=2)
    head.say(texts.heading, (26, 23, 20, 17), 2, bold=True, after=4)
    head.say(texts.online, (10, 9), 2, colour=QUIET)
    head.say(texts.address, (10, 9, 8, 7), 3, colour=QUIET)
    picture = Picture(WIDTH - MARGIN - side, HEIGHT - 40 - side, side, code)
    foot = _Column(measure, 0)
    for label, options in texts.choices:
        _boxes(foot, label, options)
    for sentence in texts.sentences:
        foot.say(sentence, (10, 9, 8), 3, after=3)
    lift = MARGIN - 14 - foot.y
    form = _Column(measure, min(head.y, picture.y) - 6)
    title, description, place = texts.labels
    form.say(title, (12, 11), 1, bold=True)
    form.rules(1, 22)
    form.y -= 10
    form.say(description, (12, 11, 10), 2, bold=True)
    form.say(texts.no_private, (10, 9), 3, colour=QUIET)
    count = max(3, int((form.y - lift - 62) // 23))
    form.rules(count, 23)
    form.y -= 10
    form.say(place, (12, 11), 1, bold=True)
    form.rules(1, 22)
    return [*head.drawn, picture, *form.drawn, *(_moved(one, lift) for one in foot.drawn)]


def _moved(one: Drawn, lift: float) -> Drawn:
    if isinstance(one, Words):
        return Words(one.x, one.y + lift, one.text, one.size, one.bold, one.colour)
    if isinstance(one, Area):
        return Area(one.x, one.y + lift, one.width, one.height, one.fill)
    return Picture(one.x, one.y + lift, one.side, one.code)


def _boxes(column: _Column, label: str, options: Sequence[str]) -> None:
    """Boxes to tick, as many on a line as there is room for."""
    column.say(label, (11, 10), 2, bold=True, after=1)
    box, size, x = 10.0, 10.0, column.x
    column.y -= 16
    for option in options:
        _size, (text, *_rest) = fitted(option, column.room - box - 6, (size, 9, 8), 1, column.measure)
        needed = box + 6 + column.measure(text, _size, False)
        if x > column.x and x + needed > column.x + column.room:
            x, column.y = column.x, column.y - 16
        column.drawn += [Area(x, column.y, box, box), Words(x + box + 6, column.y + 1.5, text, _size)]
        x += needed + 18
    column.y -= 8
