"""A picture of a map, made ready to be shown: small, whole, and nothing in it but its pixels."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any

LARGEST_SENT = 20 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_EDGE, HEAVIEST = 1600, 400 * 1024
# What an idea's own page shows.
SMALL_EDGE, SMALL_HEAVIEST = 640, 60 * 1024
SHORTEST_EDGE = 200
MIME_TYPE = "image/webp"
_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITIES = (85, 75, 65, 50, 35)


class Trouble(StrEnum):
    """Why a picture cannot be used."""

    HEAVY = "heavy"
    NO_PICTURE = "no_picture"
    BROKEN = "broken"
    MANY_PIXELS = "many_pixels"
    TINY = "tiny"


class BadRaster(ValueError):
    """The file is no picture that can be used."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True)
class Raster:
    """A picture in two sizes, and what tells it from another."""

    large: bytes
    small: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.large).hexdigest()[:16]


def make_ready(content: bytes) -> Raster:
    """Read a JPEG, PNG or WebP file and write it anew.

    Raises
    ------
    BadRaster
        If it is none, is damaged, or is too large to be opened with care.
    """
    if len(content) > LARGEST_SENT:
        raise BadRaster(Trouble.HEAVY)
    image = _opened(content)
    large = _encoded(_shrunk(image, LONGEST_EDGE), HEAVIEST)
    small, _size = _encoded(_shrunk(image, SMALL_EDGE), SMALL_HEAVIEST)
    return Raster(large[0], small, *large[1])


def _opened(content: bytes) -> Any:
    # Late: few processes ever see a picture.
    from PIL import Image, ImageOps

    try:
        image = Image.open(BytesIO(content), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadRaster(Trouble.MANY_PIXELS) from None
    except Exception as error:
        raise BadRaster(Trouble.NO_PICTURE) from error
    if image.width * image.height > MOST_PIXELS:
        raise BadRaster(Trouble.MANY_PIXELS)
    try:
        image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
        return _bare(ImageOps.exif_transpose(image))
    except BadRaster:
        raise
    except Exception as error:
        # Decoders raise whatever they trip over.
        raise BadRaster(Trouble.BROKEN) from error


def _bare(image: Any) -> Any:
    """Its pixels on white, in a picture that knows nothing else."""
    from PIL import Image

    if min(image.size) < SHORTEST_EDGE:
        raise BadRaster(Trouble.TINY)
    seen = image.convert("RGBA")
    bare = Image.new("RGB", image.size, "white")
    bare.paste(seen, mask=seen.getchannel("A"))
    return bare


def _shrunk(image: Any, longest: int) -> Any:
    from PIL import Image

    share = longest / max(image.size)
    if share >= 1:
        return image
    size = tuple(max(1, round(edge * share)) for edge in image.size)
    return image.resize(size, Image.Resampling.LANCZOS)


def _encoded(image: Any, heaviest: int) -> tuple[bytes, tuple[int, int]]:
    """As sharp as fits: without loss, else with more and more of it, else smaller."""
    found = _webp(image, lossless=True)
    for quality in _QUALITIES:
        if len(found) <= heaviest:
            break
        found = _webp(image, quality=quality)
    if len(found) > heaviest:
        return _encoded(_shrunk(image, round(max(image.size) * 0.8)), heaviest)
    return found, image.size


def _webp(image: Any, **how: Any) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", method=4, **how)
    return out.getvalue()
