"""What a file says it is and how large: read from its first bytes, before anything is decoded."""

import re
from dataclasses import dataclass
from enum import StrEnum

# A JPEG is decoded at a fraction of its size, the others whole; this is what phones make, and more.
_MOST_PIXELS = {"JPEG": 66_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
# Cameras write one, programs about ten. Each is a pass over all of the picture, and costs a sender nothing.
_MOST_SCANS = 30

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, 0xD9
# After pixels, a marker is FF and anything but a stuffed FF, a restart or a filling byte.
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


class Trouble(StrEnum):
    """Why a file cannot be a picture here."""

    EMPTY = "empty"
    NO_PICTURE = "no_picture"
    HEIC = "heic"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    BROKEN = "broken"


class BadPicture(Exception):
    """A file that is refused; ``trouble`` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True)
class Header:
    """A kind of file, as Pillow calls it, and its size in pixels."""

    kind: str
    width: int
    height: int

    @property
    def is_too_large(self) -> bool:
        return self.width * self.height > _MOST_PIXELS[self.kind]


def read_header(sent: bytes) -> Header:
    """Tell JPEG, PNG and WebP by their content; names and announced types are not believed.

    Raises
    ------
    BadPicture
        If it is none of them, or so large that it must not be decoded.
    """
    if not sent:
        raise BadPicture(Trouble.EMPTY)
    header = _header(sent)
    if not header.width or not header.height:
        raise BadPicture(Trouble.BROKEN)
    if header.is_too_large:
        raise BadPicture(Trouble.TOO_MANY_PIXELS)
    return header


def _header(sent: bytes) -> Header:
    if sent[:3] == b"\xff\xd8\xff":
        return _jpeg(sent)
    if sent[:8] == b"\x89PNG\r\n\x1a\n":
        return _png(sent)
    if sent[:4] == b"RIFF" and sent[8:12] == b"WEBP":
        return _webp(sent)
    if sent[4:8] == b"ftyp" and sent[8:12] in _HEIC:
        raise BadPicture(Trouble.HEIC)
    raise BadPicture(Trouble.NO_PICTURE)


def _number(raw: bytes, *, little: bool = False) -> int:
    return int.from_bytes(raw, "little" if little else "big")


def _png(sent: bytes) -> Header:
    if sent[12:16] != b"IHDR":
        raise BadPicture(Trouble.BROKEN)
    return Header("PNG", _number(sent[16:20]), _number(sent[20:24]))


def _webp(sent: bytes) -> Header:
    """The size of the canvas, in each of the three ways there are to write it."""
    chunk = sent[12:16]
    if chunk == b"VP8X":
        width, height = (_number(sent[at:at + 3], little=True) + 1 for at in (24, 27))
    elif chunk == b"VP8 " and sent[23:26] == b"\x9d\x01\x2a":
        width, height = (_number(sent[at:at + 2], little=True) & 0x3FFF for at in (26, 28))
    elif chunk == b"VP8L" and sent[20:21] == b"\x2f":
        packed = _number(sent[21:25], little=True)
        width, height = (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    else:
        raise BadPicture(Trouble.BROKEN)
    return Header("WEBP", width, height)


def _jpeg(sent: bytes) -> Header:
    """The size in the frame, with the scans counted up to the end of the picture."""
    at, scans, size = 2, 0, (0, 0)
    while found := _MARKER.search(sent, at):
        marker, start = sent[found.start() + 1], found.end()
        if marker == _END:
            break
        if marker in _FRAMES:
            size = _number(sent[start + 5:start + 7]), _number(sent[start + 3:start + 5])
        scans += marker == _SCAN
        if scans > _MOST_SCANS:
            raise BadPicture(Trouble.BROKEN)
        at = start + max(2, _number(sent[start:start + 2]))
    return Header("JPEG", *size)
