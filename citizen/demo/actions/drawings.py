"""Pictures that some of the demo's ideas come with: drawn here, so that nobody's photo is needed."""

from collections.abc import Callable, Mapping
from io import BytesIO

from PIL import Image, ImageDraw

from citizen.base.pictures import Ready, make_ready

WIDTH, HEIGHT = 1200, 900
# Drawn twice as large and made smaller, for smooth edges.
_FINE = 2
Point = tuple[float, float]


class Sheet:
    """Paper on which shapes are laid, in points of 1200 × 900."""

    def __init__(self, above: str, below: str) -> None:
        """Begin with a sky that goes from one colour to another."""
        strip = Image.new("RGB", (1, 2))
        strip.putpixel((0, 0), _rgb(above))
        strip.putpixel((0, 1), _rgb(below))
        self.image = strip.resize((WIDTH * _FINE, HEIGHT * _FINE), Image.Resampling.BILINEAR)
        self._brush = ImageDraw.Draw(self.image)

    def area(self, colour: str, *points: Point) -> None:
        self._brush.polygon([(x * _FINE, y * _FINE) for x, y in points], fill=colour)

    def box(self, colour: str, left: float, top: float, right: float, bottom: float) -> None:
        self._brush.rectangle([v * _FINE for v in (left, top, right, bottom)], fill=colour)

    def ball(self, colour: str, x: float, y: float, radius: float, flat: float = 1.0) -> None:
        self._brush.ellipse(
            [v * _FINE for v in (x - radius, y - radius * flat, x + radius, y + radius * flat)], fill=colour
        )

    def glow(self, colour: str, x: float, y: float, radius: float) -> None:
        """Light around a point, ever weaker."""
        size = int(radius * 2 * _FINE)
        light = Image.radial_gradient("L").resize((size, size)).point(lambda v: max(0, 190 - v * 1.5))
        self.image.paste(colour, (int((x - radius) * _FINE), int((y - radius) * _FINE)), light)

    def picture(self) -> Ready:
        content = BytesIO()
        self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(content, "PNG")
        return make_ready(content.getvalue())


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at:at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _ridge(sheet: Sheet, colour: str, *points: Point) -> None:
    """A hill or a shore, down to the lower edge."""
    sheet.area(colour, (0, HEIGHT), *points, (WIDTH, HEIGHT))


def bridge_at_night() -> Ready:
    """A bridge in the dark; one lamp of three is lit."""
    sheet = Sheet("#0b1430", "#27375f")
    for x, y in ((120, 90), (300, 200), (470, 70), (690, 150), (830, 60), (1010, 210), (1130, 110)):
        sheet.ball("#dfe6f5", x, y, 3)
    _ridge(sheet, "#131c36", (0, 470), (260, 380), (520, 480), (820, 400), (1200, 500))
    _ridge(sheet, "#1c2b4d", (0, 640), (1200, 640))
    for x in (250, 600, 950):
        sheet.box("#3b4661", x - 22, 560, x + 22, 760)
    sheet.box("#525e7c", 0, 530, 1200, 580)
    sheet.box("#6b7894", 0, 470, 1200, 478)
    for x in range(30, 1200, 60):
        sheet.box("#6b7894", x, 470, x + 6, 530)
    for x in (200, 600, 1000):
        sheet.box("#8892a8", x - 6, 260, x + 6, 530)
        sheet.box("#8892a8", x - 6, 260, x + 60, 270)
    sheet.glow("#ffd67a", 650, 290, 260)
    sheet.ball("#fff0c0", 650, 282, 20)
    for x in (250, 1050):
        sheet.ball("#596482", x, 282, 18)
    return sheet.picture()


def square_without_cars() -> Ready:
    """A square of stone with one bench and one small tree."""
    sheet = Sheet("#8ec5ea", "#e4f2fb")
    sheet.ball("#ffe27a", 980, 150, 70)
    for left, width, top, wall, roof in (
        (60, 260, 330, "#a8463a", "#5b2d27"), (360, 220, 380, "#e0b95c", "#6b5530"),
        (620, 300, 310, "#b9553f", "#5b2d27"), (960, 200, 370, "#d9d4c6", "#55565c"),
    ):
        sheet.box(wall, left, top, left + width, 600)
        sheet.area(roof, (left - 20, top), (left + width / 2, top - 110), (left + width + 20, top))
        for x in range(left + 30, left + width - 50, 75):
            sheet.box("#f6f3ea", x, top + 50, x + 44, top + 120)
            sheet.box("#46586b", x + 6, top + 56, x + 38, top + 114)
    _ridge(sheet, "#c9c2b4", (0, 590), (1200, 590))
    for y in (640, 710, 800):
        sheet.box("#b5ad9d", 0, y, 1200, y + 5)
    sheet.box("#6f4a2c", 850, 560, 866, 720)
    sheet.ball("#4d8b46", 858, 520, 74)
    sheet.ball("#5fa257", 836, 500, 44)
    for y in (650, 680, 716):
        sheet.box("#8a5a34", 260, y, 560, y + 18)
    for x in (285, 520):
        sheet.box("#3c3f45", x, 650, x + 14, 790)
    return sheet.picture()


def rocks_without_a_pier() -> Ready:
    """A bay with rocks, a red boathouse and hills behind."""
    sheet = Sheet("#9fd0ec", "#eaf5fb")
    _ridge(sheet, "#8aa7bd", (0, 360), (180, 230), (360, 330), (560, 190), (800, 340), (1000, 240),
           (1200, 350))
    _ridge(sheet, "#5f8570", (0, 430), (300, 350), (640, 430), (900, 370), (1200, 440))
    _ridge(sheet, "#3f83ab", (0, 470), (1200, 470))
    for x, y, length in ((120, 540, 160), (480, 600, 220), (760, 530, 140), (300, 690, 200), (880, 640, 120)):
        sheet.box("#6ba5c7", x, y, x + length, y + 6)
    sheet.box("#a83a32", 880, 360, 1080, 500)
    sheet.area("#4a4f57", (860, 364), (980, 280), (1100, 364))
    sheet.box("#f3efe4", 945, 410, 1015, 500)
    sheet.area("#7d7a74", (700, 900), (760, 640), (860, 520), (1010, 490), (1200, 480), (1200, 900))
    sheet.area("#96938c", (820, 900), (880, 640), (1000, 560), (1200, 540), (1200, 900))
    sheet.area("#6d6a65", (0, 900), (0, 760), (150, 730), (330, 800), (420, 900))
    return sheet.picture()


def bonfire() -> Ready:
    """A bonfire by the sea on a light night."""
    sheet = Sheet("#5d6fa8", "#f3b98c")
    _ridge(sheet, "#4b5a85", (0, 440), (240, 370), (520, 430), (820, 350), (1200, 430))
    _ridge(sheet, "#7f86b3", (0, 460), (1200, 460))
    _ridge(sheet, "#3d4338", (0, 680), (300, 640), (700, 660), (1200, 620))
    sheet.glow("#ffb04a", 600, 560, 330)
    for colour, wide, high in (("#e2542b", 150, 330), ("#f58a2c", 105, 250), ("#ffd35c", 60, 160)):
        outline = ((-1, 0), (-0.7, 0.5), (-0.25, 0.6), (0, 1), (0.35, 0.55), (0.8, 0.45), (1, 0))
        sheet.area(colour, *((600 + wide * x, 690 - high * y) for x, y in outline))
    sheet.area("#5a3a22", (420, 712), (770, 676), (776, 700), (426, 736))
    sheet.area("#6d4729", (430, 680), (424, 704), (780, 738), (784, 714))
    for x in (180, 250, 960, 1030):
        sheet.area("#262b33", (x - 16, 596), (x + 16, 596), (x + 28, 710), (x - 28, 710))
        sheet.ball("#262b33", x, 572, 22)
    return sheet.picture()


DRAWINGS: Mapping[str, Callable[[], Ready]] = {
    "bonfire": bonfire, "bridge": bridge_at_night, "rocks": rocks_without_a_pier,
    "square": square_without_cars,
}
