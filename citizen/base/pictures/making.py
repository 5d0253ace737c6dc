"""From the bytes that were sent to two pictures that can be shown: one for a page, one for a list.

Only pixels are taken over, into a new image. What a file says beside them (where it was taken, when,
by whom, with what, and whatever else somebody hid in it) has no way through.
"""

import hashlib
import threading
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from PIL import Image, ImageCms

from citizen.base.pictures.headers import BadPicture, Trouble, read_header

LONGEST, LONGEST_SMALL = 1600, 480
TYPE = "image/jpeg"
_QUALITY, _QUALITY_SMALL = 82, 76
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# A large picture takes a few hundred megabytes while it is read: one at a time, however many are sent.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Encoded:
    """A JPEG, with its size in pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Ready:
    """A picture as it is kept: for a page, and small for a list."""

    full: Encoded
    small: Encoded

    @cached_property
    def digest(self) -> str:
        """The same for the same picture sent twice."""
        return hashlib.sha256(self.full.content).hexdigest()


def make_ready(sent: bytes) -> Ready:
    """Read a JPEG, PNG or WebP file (the first picture of several) and make it ready to be kept.

    Raises
    ------
    BadPicture
        If it is no such file, too large to be decoded, or damaged.
    """
    return kept(read_pixels(sent, LONGEST))


def kept(picture: Image.Image) -> Ready:
    """Pixels as they are kept, in both sizes."""
    small = picture.resize(_fitting(picture.size, LONGEST_SMALL), Image.Resampling.LANCZOS)
    return Ready(_encoded(picture, _QUALITY), _encoded(small, _QUALITY_SMALL))


def read_pixels(sent: bytes, longest: int) -> Image.Image:
    """Read a JPEG, PNG or WebP file: upright, in sRGB, on white, no longer than asked for, and nothing else.

    Raises
    ------
    BadPicture
        If it is no such file, too large to be decoded, or damaged.
    """
    header = read_header(sent)
    with _one_at_a_time:
        try:
            return _pixels(sent, header.kind, longest)
        except BadPicture:
            raise
        except Exception as error:
            # Decoders raise whatever a damaged file leads them to.
            raise BadPicture(Trouble.BROKEN) from error


def _fitting(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """A size with the same proportions whose longer side is at most so long."""
    share = min(1.0, longest / max(size))
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def _pixels(sent: bytes, kind: str, longest: int) -> Image.Image:
    with Image.open(BytesIO(sent), formats=[kind]) as image:
        # Once more, as the decoder understands it.
        if (image.width, image.height) != (read_header(sent).width, read_header(sent).height):
            raise BadPicture(Trouble.BROKEN)
        size = _fitting(image.size, longest)
        # A JPEG can be decoded small at once: less memory, less time.
        image.draft(None, size)
        turn, profile = _turn(image), image.info.get("icc_profile")
        fitted = _plain_mode(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = _in_srgb(_on_white(fitted), profile)
    if turn is not None:
        upright = upright.transpose(turn)
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    return clean


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How to turn a picture upright; a note that cannot be read turns nothing."""
    try:
        return _TURNS.get(int(image.getexif().get(_ORIENTATION, 1)))
    except Exception:
        return None


def _plain_mode(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be made smaller: grey, colours or print colours, or with alpha."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey.
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as every screen shows them; a profile that does not fit the picture is passed over."""
    if profile:
        try:
            source, target = ImageCms.getOpenProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            made = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
            return made or image.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB")


def _encoded(image: Image.Image, quality: int) -> Encoded:
    content = BytesIO()
    image.save(content, "JPEG", quality=quality, optimize=True, progressive=True)
    return Encoded(content.getvalue(), *image.size)
