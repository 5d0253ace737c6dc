"""A map's picture: what may come in, and what is kept of it."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from citizen.places.rules import rasters
from citizen.places.rules.rasters import BadRaster, Trouble, make_ready
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


def bomb() -> bytes:
    """A PNG that says it is 60 000 × 60 000, in a few bytes."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    size = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("content", "trouble"), [
    (b"", Trouble.NO_PICTURE),
    (b"PK\x03\x04 not a picture", Trouble.NO_PICTURE),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", Trouble.NO_PICTURE),
    (a_picture("GIF", mode="P"), Trouble.NO_PICTURE),
    (a_picture("PNG")[:2000], Trouble.BROKEN),
    (a_picture("JPEG")[:2000], Trouble.BROKEN),
    (a_picture(size=(800, 100)), Trouble.TINY),
    (bomb(), Trouble.MANY_PIXELS),
    (bytes(rasters.LARGEST_SENT + 1), Trouble.HEAVY),
], ids=["nothing", "zip", "svg", "gif", "half a png", "half a jpeg", "tiny", "bomb", "heavy"])
def test_what_is_no_good_picture_is_refused(content: bytes, trouble: Trouble) -> None:
    with pytest.raises(BadRaster) as refused:
        make_ready(content)
    assert refused.value.trouble is trouble
