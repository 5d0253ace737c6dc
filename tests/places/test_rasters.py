"""A map's picture: what may come in, and what is kept of it."""

from io import BytesIO

import pytest
from PIL import Image

from citizen.base.pictures import BadPicture, Trouble
from citizen.places.rules.rasters import make_ready
from tests.places.material import a_picture


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_is_kept_small_and_in_one_format(kind: str, mode: str) -> None:
    made = make_ready(a_picture(kind, (2400, 1200), mode, noise=True))
    assert (made.width, made.height) == opened(made.large).size
    assert made.width <= 1600
    assert made.width == 2 * made.height
    assert max(opened(made.small).size) <= 640
    assert len(made.large) <= 400 * 1024
    assert len(made.small) <= 60 * 1024
    assert opened(made.large).format == opened(made.small).format == "WEBP"


def test_a_picture_with_few_colours_is_kept_without_loss() -> None:
    drawn = Image.new("RGB", (800, 400), "#a9cfe6")
    drawn.paste("#22303c", (100, 100, 300, 103))
    out = BytesIO()
    drawn.save(out, "PNG")
    kept = opened(make_ready(out.getvalue()).large).convert("RGB")
    assert kept.tobytes() == drawn.tobytes()


def test_what_is_hidden_in_the_file_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Secret note"
    exif.get_ifd(0x8825)[1] = "N"
    made = make_ready(a_picture("JPEG", exif=exif, comment=b"Secret comment"))
    for content in (made.large, made.small):
        assert b"Secret" not in content
        assert not opened(content).getexif()


def test_a_picture_that_lies_on_its_side_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = make_ready(a_picture("JPEG", (800, 400), exif=exif))
    assert (made.width, made.height) == (400, 800)


def test_what_can_be_seen_through_is_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(make_ready(out.getvalue()).large).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_a_picture_on_which_nothing_could_be_found_is_tiny() -> None:
    assert make_ready(a_picture(size=(800, 100))).is_tiny
    assert not make_ready(a_picture(size=(800, 300))).is_tiny


@pytest.mark.parametrize(("content", "trouble"), [
    (b"PK\x03\x04 not a picture", Trouble.NO_PICTURE), (a_picture("PNG")[:2000], Trouble.BROKEN),
], ids=["zip", "half a png"])
def test_a_map_is_read_with_the_care_that_photos_are(content: bytes, trouble: Trouble) -> None:
    with pytest.raises(BadPicture) as refused:
        make_ready(content)
    assert refused.value.trouble is trouble
