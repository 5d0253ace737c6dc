"""Photos as phones and mischief makers send them, made on the spot; and a reader of what JPEGs hold."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image, ImageCms
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.pages import Browser, Page

Files = Sequence[tuple[bytes, str]]

RED, BLUE = (200, 30, 30), (20, 40, 200)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def sent(browser: Browser, path: str, values: Mapping[str, Any], files: Files = (), *,
         token: bool = True) -> Page:
    """Send a form with files as a browser does, from memory."""
    storages = [FileStorage(io.BytesIO(content), name, "pictures") for content, name in files]
    if token:
        values = {"csrf_token": browser.get(f"/{browser.language}/receipt").hidden("csrf_token"), **values}
    boundary, body = encode_multipart({**values, "pictures": storages})
    kind = f"multipart/form-data; boundary={boundary}"
    return browser._page(browser._fetch("POST", path, data=body, content_type=kind))


def a_photo(
    width: int = 64, height: int = 48, colour: Any = RED, kind: str = "JPEG", **options: Any
) -> bytes:
    """A picture of one colour."""
    return encoded(Image.new("RGB", (width, height), colour), kind, **options)


def a_noisy_photo(width: int, height: int) -> bytes:
    """Half red, half blue, with grain: as large in bytes as a photo of that size."""
    image = Image.effect_noise((width, height), 40).convert("RGB")
    image.paste(Image.blend(image, Image.new("RGB", image.size, RED), 0.7).crop((0, 0, width // 2, height)))
    return encoded(image, quality=90)


def telling() -> Image.Exif:
    """What a phone notes beside a photo: who, when, with what, and where to the metre."""
    notes = Image.Exif()
    notes[0x010F], notes[0x0110], notes[0x013B] = "Nokia", "Secret model", "Kari Nordmann"
    notes[0x0132] = "2026:11:20 08:15:00"
    place = notes.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (61.0, 14.0, 33.3), "E", (7.0, 6.0, 5.5)
    return notes


def a_telling_photo(orientation: int = 1, kind: str = "JPEG") -> bytes:
    """A photo with GPS in its EXIF, XMP, a colour profile and a comment. Its upper half is red."""
    image = Image.new("RGB", (64, 48), BLUE)
    image.paste(RED, (0, 0, 64, 24))
    notes = telling()
    notes[0x0112] = orientation
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more: dict[str, Any] = {"comment": b"Kari's garden"} if kind == "JPEG" else {}
    return encoded(image, kind, exif=notes.tobytes(), icc_profile=profile,
                   xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Kari Nordmann</x:xmpmeta>", **more)


def a_zipped_gif() -> bytes:
    """A GIF that is an archive as well."""
    content = io.BytesIO(a_photo(kind="GIF"))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("evil.txt", "x" * 1000)
    return content.getvalue()


def a_bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """The head of a PNG that would fill the memory, in a few bytes."""
    small = a_photo(kind="PNG")
    return small[:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + small[24:]


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100


def segments(content: bytes) -> list[tuple[int, bytes]]:
    """Every marker of a JPEG with what it carries, read byte by byte; what follows the end as marker 0."""
    assert content[:2] == b"\xff\xd8"
    found, at = [], 2
    while at < len(content):
        assert content[at] == 0xFF
        marker = content[at + 1]
        if marker == 0xD9:
            return found + ([(0, content[at + 2:])] if content[at + 2:] else [])
        length = int.from_bytes(content[at + 2:at + 4], "big")
        found.append((marker, content[at + 4:at + 2 + length]))
        at += 2 + length
        if marker == 0xDA:
            while content[at] != 0xFF or content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
                at += 1
    raise AssertionError("a JPEG without an end")


def only_pixels(content: bytes) -> bool:
    """Whether a JPEG holds but a picture: no EXIF, XMP, profile or comment, nothing behind its end."""
    return all(
        marker in {0xC0, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD} or (marker == 0xE0 and carried[:5] == b"JFIF\0")
        for marker, carried in segments(content)
    )
