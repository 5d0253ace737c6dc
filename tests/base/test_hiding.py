"""What is hidden in a picture is gone, and the rest is as it was."""

import io

import pytest
from PIL import Image

from citizen.base.pictures import COLUMNS, hide, make_ready, rows_for
from tests.photos import BLUE, RED, a_noisy_photo, encoded, only_pixels


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def a_secret() -> bytes:
    """A blue picture with a red stripe, a tenth wide, that nobody should see."""
    image = Image.new("RGB", (400, 400), BLUE)
    for left in range(80, 120, 8):
        image.paste(RED, (left, 80, left + 4, 120))
    return make_ready(encoded(image)).full.content


@pytest.mark.parametrize(("size", "rows"), [((100, 100), 10), ((1600, 1200), 8), ((1200, 1600), 13),
                                            ((1600, 10), 1), ((10, 1600), 30)])
def test_cells_are_about_square_and_not_too_many(size: tuple[int, int], rows: int) -> None:
    assert rows_for(*size) == rows


def test_a_hidden_cell_has_one_colour_and_the_rest_stays() -> None:
    ready = hide(a_secret(), {2 * COLUMNS + 2})
    image = opened(ready.full.content)
    inside = image.crop((90, 90, 110, 110)).getextrema()
    assert all(high - low <= 6 for low, high in inside)
    for at in ((20, 20), (200, 200), (390, 390)):
        assert all(abs(a - b) < 12 for a, b in zip(image.getpixel(at), BLUE, strict=True))


def test_of_all_that_touches_only_one_average_is_left() -> None:
    """Twenty cells of grain become two shades, apart by what is the same on every picture."""
    content = make_ready(a_noisy_photo(400, 400)).full.content
    cells = {row * COLUMNS + column for row in range(2, 6) for column in range(2, 7)}
    image = opened(hide(content, cells).full.content)
    colours = {
        image.getpixel((cell % COLUMNS * 40 + 20, cell // COLUMNS * 40 + 20)) for cell in cells
    }
    rounded = {tuple(round(value / 12) for value in colour) for colour in colours}
    assert len(rounded) <= 4


def test_the_small_one_hides_the_same() -> None:
    small = opened(hide(a_secret(), {2 * COLUMNS + 2}).small.content)
    share = small.width / 400
    box = tuple(round(edge * share) for edge in (90, 90, 110, 110))
    assert all(high - low <= 8 for low, high in small.crop(box).getextrema())


def test_nothing_but_pixels_is_written() -> None:
    assert only_pixels(hide(a_secret(), {0}).full.content)


def test_cells_that_are_not_there_hide_nothing() -> None:
    image = opened(hide(a_secret(), {-1, 5000}).full.content)
    assert image.getpixel((82, 100)) != image.getpixel((86, 100))


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (400, 3)])
def test_the_smallest_pictures_can_be_hidden_whole(size: tuple[int, int]) -> None:
    content = make_ready(encoded(Image.new("RGB", size, RED))).full.content
    ready = hide(content, range(COLUMNS * rows_for(*size)))
    assert (ready.full.width, ready.full.height) == size
