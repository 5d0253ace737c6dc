"""A survey on paper: what lies where on which page, from texts and a way to measure them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from citizen.base.pdf import Area, Drawn, Picture, Words
from citizen.base.qr import Code
from citizen.programmes.rules.sheets import HEIGHT, INNER, LEADING, MARGIN, QUIET, Measure, wrapped

TOP, BOTTOM = HEIGHT - 46, 62.0
BOX = 11.0
INK = "#1b2430"


@dataclass(frozen=True)
class Table:
    """A matrix: a row of boxes for each of its items."""

    heads: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One thing on paper: a question, or words between questions.

    Attributes
    ----------
    before, after : who answers it, and where to go on.
    boxes : what can be ticked; one that ends with a colon is written beside.
    in_line : boxes beside each other instead of below.
    lines : how many to write on.
    """

    text: str
    number: str = ""
    help: str = ""
    hint: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    boxes: tuple[str, ...] = ()
    in_line: bool = False
    lines: int = 0
    table: Table | None = None
    heading: bool = False


@dataclass(frozen=True)
class Head:
    """What stands on top of the first page."""

    title: str
    intro: str
    sentences: tuple[str, ...]
    online: str
    address: str


@dataclass
class _Block:
    """Things that stay together on one page, drawn from 0 down."""

    measure: Measure
    x: float = MARGIN
    room: float = INNER
    y: float = 0.0
    drawn: list[Drawn] = field(default_factory=list)

    def say(self, text: str, size: float, *, bold: bool = False, colour: str = INK, indent: float = 0,
            after: float = 0) -> None:
        for paragraph in text.splitlines() if text else ():
            for line in wrapped(paragraph, self.room - indent, size, self.measure, bold=bold):
                self.y -= size * LEADING
                self.drawn.append(Words(self.x + indent, self.y + size * 0.22, line, size, bold, colour))
        self.y -= after if text else 0

    def boxes(self, options: Iterable[str], *, in_line: bool) -> None:
        x = self.x
        for number, option in enumerate(options):
            wide = BOX + 6 + self.measure(option, 10, False) + 14
            if not in_line or number == 0 or x + wide > self.x + self.room:
                x, self.y = self.x, self.y - (BOX + 8)
            self.drawn.append(Area(x, self.y, BOX, BOX))
            lines = wrapped(option, self.room - BOX - 6, 10, self.measure)
            for place, line in enumerate(lines):
                self.y -= 12 if place else 0
                self.drawn.append(Words(x + BOX + 6, self.y + 2, line, 10))
            if option.endswith(":"):
                end = x + BOX + 10 + self.measure(lines[-1], 10, False)
                self.drawn.append(Area(end, self.y, self.x + self.room - end, 0.7, QUIET))
            x += wide

    def rules(self, count: int) -> None:
        for _line in range(count):
            self.y -= 23
            self.drawn.append(Area(self.x, self.y, self.room, 0.7, QUIET))

    def table(self, table: Table) -> None:
        first = self.room * 0.36
        each = (self.room - first) / max(1, len(table.heads))
        heads = [wrapped(head, each - 6, 8.5, self.measure) for head in table.heads]
        self.y -= 4
        for place, lines in enumerate(heads):
            for row, line in enumerate(lines):
                middle = self.x + first + each * (place + 0.5) - self.measure(line, 8.5, False) / 2
                self.drawn.append(Words(middle, self.y - 9 - row * 10, line, 8.5))
        self.y -= 10 * max((len(lines) for lines in heads), default=1) + 4
        for item in table.rows:
            lines = wrapped(item, first - 8, 10, self.measure)
            height = max(20, 12 * len(lines) + 8)
            self.drawn.append(Area(self.x, self.y, self.room, 0.5, QUIET))
            for place, line in enumerate(lines):
                self.drawn.append(Words(self.x, self.y - 14 - place * 12, line, 10))
            for place in range(len(table.heads)):
                middle = self.x + first + each * (place + 0.5) - BOX / 2
                self.drawn.append(Area(middle, self.y - 4 - BOX, BOX, BOX))
            self.y -= height


def pages(
    head: Head, items: Sequence[Item], foot: Sequence[str], code: Code, measure: Measure
) -> list[list[Drawn]]:
    """The pages of a paper form, without what stands at their foot (`with_feet`).

    A question is never divided, unless it is longer than a page.
    """
    blocks = [_head(head, code, measure), *(_item(item, measure) for item in items)]
    last = _Block(measure)
    for sentence in foot:
        last.say(sentence, 10, after=4)
    laid: list[list[Drawn]] = [[]]
    y = TOP
    # A heading goes to the next page with what it stands over.
    stuck = [False, *(item.heading for item in items), False]
    all_blocks = [*blocks, last]
    for place, block in enumerate(all_blocks):
        needed = block.y + (all_blocks[place + 1].y - 12 if stuck[place] else 0)
        if laid[-1] and y + needed < BOTTOM:
            laid.append([])
            y = TOP
        laid[-1].extend(_moved(one, y) for one in block.drawn)
        y += block.y - 12
    return laid


def with_feet(laid: Sequence[list[Drawn]], feet: Sequence[str], measure: Measure) -> list[list[Drawn]]:
    """Pages with their foot: the version's code, and which page of how many."""
    return [
        [*drawn, Area(MARGIN, 48, INNER, 0.5, QUIET), Words(MARGIN, 34, foot, 10, bold=True)]
        for drawn, foot in zip(laid, feet, strict=True)
    ]


def _head(head: Head, code: Code, measure: Measure) -> _Block:
    side = 84.0
    block = _Block(measure, room=INNER - side - 14)
    block.say(head.title, 20, bold=True, after=4)
    block.say(head.online, 9, colour=QUIET)
    block.say(head.address, 9, colour=QUIET)
    block.drawn.append(Picture(MARGIN + INNER - side, -side, side, code))
    block.y, block.room = min(block.y, -side) - 6, INNER
    block.say(head.intro, 11, after=4)
    for sentence in head.sentences:
        block.say(sentence, 10, colour=QUIET, after=2)
    return block


def _item(item: Item, measure: Measure) -> _Block:
    block = _Block(measure)
    for words in item.before:
        block.say(words, 10, bold=True, colour=QUIET, after=2)
    text = f"{item.number}. {item.text}" if item.number else item.text
    if item.heading:
        block.y -= 8
        block.say(text, 14, bold=True)
    else:
        block.say(text, 11.5, bold=bool(item.number))
    block.say(item.help, 10)
    block.say(item.hint, 9, colour=QUIET)
    if item.table:
        block.table(item.table)
    block.rules(item.lines)
    block.boxes(item.boxes, in_line=item.in_line)
    if item.after:
        block.y -= 4
    for words in item.after:
        block.say(words, 10, bold=True, colour=QUIET)
    return block


def _moved(one: Drawn, lift: float) -> Drawn:
    if isinstance(one, Words):
        return Words(one.x, one.y + lift, one.text, one.size, one.bold, one.colour)
    if isinstance(one, Area):
        return Area(one.x, one.y + lift, one.width, one.height, one.fill)
    return Picture(one.x, one.y + lift, one.side, one.code)
