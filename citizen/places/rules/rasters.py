"""A picture of a map, made ready to be shown: read as photos are, sharp, and small."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from citizen.base.pictures import read_pixels

LARGEST_SENT = 20 * 1024 * 1024
LONGEST_EDGE, HEAVIEST = 1600, 400 * 1024
# What an idea's own page shows.
SMALL_EDGE, SMALL_HEAVIEST = 640, 60 * 1024
SHORTEST_EDGE = 200
MIME_TYPE = "image/webp"
_QUALITIES = (85, 75, 65, 50, 35)


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

    @property
    def is_tiny(self) -> bool:
        """Whether nothing could be found on it."""
        return min(self.width, self.height) < SHORTEST_EDGE


def make_ready(content: bytes) -> Raster:
    """Read a JPEG, PNG or WebP file and write it anew, without what lines on a map would lose as JPEG.

    Raises
    ------
    BadPicture
        If it is none, is damaged, or is too large to be opened with care.
    """
    image = read_pixels(content, LONGEST_EDGE)
    large, (width, height) = _encoded(image, HEAVIEST)
    small, _size = _encoded(_shrunk(image, SMALL_EDGE), SMALL_HEAVIEST)
    return Raster(large, small, width, height)


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
