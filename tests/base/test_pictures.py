"""Pictures out of whatever somebody sends."""

import io
import random
import threading

import pytest
from PIL import Image, ImageCms

from citizen.base.pictures import LONGEST, LONGEST_SMALL, BadPicture, Ready, Trouble, make_ready
from tests import photos
from tests.photos import BLUE, RED, a_photo, a_telling_photo, encoded, only_pixels


def shown(ready: Ready) -> Image.Image:
    return Image.open(io.BytesIO(ready.full.content))


def near(found: object, wanted: tuple[int, int, int], by: int = 12) -> bool:
    assert isinstance(found, tuple)
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


def trouble(sent: bytes) -> Trouble:
    with pytest.raises(BadPicture) as refused:
        make_ready(sent)
    return refused.value.trouble


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_phones_make_becomes_a_jpeg_of_the_same_picture(kind: str) -> None:
    ready = make_ready(a_photo(64, 48, kind=kind))
    assert (ready.full.width, ready.full.height) == (64, 48)
    assert shown(ready).format == "JPEG"
    assert near(shown(ready).getpixel((30, 20)), RED)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_kept(kind: str) -> None:
    sent = a_telling_photo(kind=kind)
    assert b"Kari" in sent
    ready = make_ready(sent)
    for made in (ready.full, ready.small):
        assert only_pixels(made.content)
        assert b"Kari" not in made.content
        assert not Image.open(io.BytesIO(made.content)).getexif()


def test_the_reader_of_segments_finds_what_it_looks_for() -> None:
    assert only_pixels(a_photo())
    assert not only_pixels(a_telling_photo())
    assert not only_pixels(a_photo(comment=b"x"))
    assert not only_pixels(a_photo() + b"PK\x03\x04")


@pytest.mark.parametrize(("orientation", "corner"), [
    (1, "top"), (2, "top"), (3, "bottom"), (4, "bottom"), (5, "left"), (6, "right"), (7, "right"),
    (8, "left"),
])
def test_a_photo_taken_sideways_stands_upright(orientation: int, corner: str) -> None:
    ready = make_ready(a_telling_photo(orientation))
    image = shown(ready)
    assert image.size == ((64, 48) if corner in ("top", "bottom") else (48, 64))
    width, height = image.size
    place = {"top": (width // 2, 4), "bottom": (width // 2, height - 4),
             "left": (4, height // 2), "right": (width - 4, height // 2)}
    for side, point in place.items():
        if side == corner:
            assert near(image.getpixel(point), RED), side
    opposite = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}[corner]
    assert near(image.getpixel(place[opposite]), BLUE)


def test_a_large_photo_is_made_small_in_both_sizes() -> None:
    ready = make_ready(photos.a_noisy_photo(3000, 4000))
    assert (ready.full.width, ready.full.height) == (1200, LONGEST)
    assert (ready.small.width, ready.small.height) == (360, LONGEST_SMALL)
    assert near(shown(ready).getpixel((100, 100)), (178, 59, 59), by=60)


def test_a_small_photo_is_not_made_larger() -> None:
    assert make_ready(a_photo(10, 8)).small.width == 10


def test_a_very_thin_picture_keeps_a_pixel() -> None:
    ready = make_ready(a_photo(9000, 2, kind="PNG"))
    assert (ready.full.width, ready.full.height) == (LONGEST, 1)


def test_what_is_see_through_lies_on_white() -> None:
    clear = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    for image in (clear, clear.convert("LA"), clear.convert("P")):
        assert near(shown(make_ready(encoded(image, "PNG"))).getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_read(mode: str) -> None:
    image = Image.new("L", (20, 20), 255).convert("RGB")
    plain = Image.new("I;16", (20, 20), 65535) if mode == "I;16" else image.convert(mode)
    assert near(shown(make_ready(encoded(plain, "PNG"))).getpixel((5, 5)), (255, 255, 255))


def test_a_jpeg_in_print_colours_becomes_one_for_screens() -> None:
    ready = make_ready(encoded(Image.new("CMYK", (20, 20), (0, 255, 255, 0)), "JPEG"))
    assert shown(ready).mode == "RGB"
    assert near(shown(ready).getpixel((5, 5)), (255, 0, 0))


def a_swapped_profile() -> bytes:
    """A colour profile in which red is green and green is red."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    names = srgb[128:400].replace(b"rXYZ", b"xxxx").replace(b"gXYZ", b"rXYZ").replace(b"xxxx", b"gXYZ")
    return srgb[:128] + names + srgb[400:]


def test_colours_of_a_profile_become_those_of_every_screen() -> None:
    sent = a_photo(colour=(200, 30, 30), icc_profile=a_swapped_profile())
    assert near(shown(make_ready(sent)).getpixel((5, 5)), (30, 200, 30))


def test_a_profile_that_does_not_fit_the_picture_is_passed_over() -> None:
    for profile in (b"nonsense", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()):
        sent = a_photo(colour=RED, icc_profile=profile)
        assert near(shown(make_ready(sent)).getpixel((5, 5)), RED)


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_a_moving_picture_the_first_is_kept(kind: str) -> None:
    first, second = Image.new("RGB", (20, 20), RED), Image.new("RGB", (20, 20), BLUE)
    moving = encoded(first, kind, save_all=True, append_images=[second])
    assert near(shown(make_ready(moving)).getpixel((5, 5)), RED)


def test_of_a_phone_s_double_picture_the_first_is_kept() -> None:
    double = encoded(Image.new("RGB", (40, 20), RED), "MPO", save_all=True,
                     append_images=[Image.new("RGB", (20, 20), BLUE)])
    assert shown(make_ready(double)).size == (40, 20)


@pytest.mark.parametrize(("sent", "told"), [
    (b"", Trouble.EMPTY),
    (b"hello", Trouble.NO_PICTURE),
    (photos.SVG, Trouble.NO_PICTURE),
    (photos.a_zipped_gif(), Trouble.NO_PICTURE),
    (photos.HEIC, Trouble.HEIC),
    (photos.a_bomb(), Trouble.TOO_MANY_PIXELS),
    (photos.a_bomb(0, 100), Trouble.BROKEN),
    (a_photo(200, 200)[:400], Trouble.BROKEN),
    (photos.a_noisy_photo(200, 200)[:-2000], Trouble.BROKEN),
    (a_photo(kind="PNG")[:60], Trouble.BROKEN),
    (a_photo(kind="WEBP")[:24], Trouble.BROKEN),
    (a_photo(kind="WEBP")[:-20], Trouble.BROKEN),
    (b"\xff\xd8\xff", Trouble.BROKEN),
    (b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + b"\xff" * 6, Trouble.TOO_MANY_PIXELS),
    (b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\xff\xff\xff\xff", Trouble.TOO_MANY_PIXELS),
], ids=["empty", "text", "svg", "zipped gif", "heic", "bomb", "no width", "truncated head", "truncated jpeg",
        "truncated png", "truncated webp head", "truncated webp", "start alone", "webp bomb",
        "lossless bomb"])
def test_what_is_no_picture_is_refused_with_a_reason(sent: bytes, told: Trouble) -> None:
    assert trouble(sent) is told


def test_a_jpeg_that_announces_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    sent = a_photo()
    frame = sent.index(b"\xff\xc0")
    huge = sent[:frame + 5] + b"\xff\xff\xff\xff" + sent[frame + 9:]
    assert trouble(huge) is Trouble.TOO_MANY_PIXELS


def test_a_jpeg_that_goes_over_its_picture_a_thousand_times_is_refused() -> None:
    sent = a_photo(progressive=True)
    scan = sent.rindex(b"\xff\xda")
    assert trouble(sent[:scan] + sent[scan:-2] * 1000 + b"\xff\xd9") is Trouble.BROKEN


def test_bytes_spoiled_at_random_are_refused_or_read_but_break_nothing() -> None:
    chance = random.Random(4)
    for kind in ("JPEG", "PNG", "WEBP"):
        sent = a_telling_photo(kind=kind)
        for _ in range(60):
            spoiled = bytearray(sent)
            for _ in range(chance.randint(1, 8)):
                spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
            try:
                assert only_pixels(make_ready(bytes(spoiled)).full.content)
            except BadPicture:
                continue


def test_the_same_photo_gives_the_same_bytes() -> None:
    sent = photos.a_noisy_photo(300, 200)
    assert make_ready(sent).digest == make_ready(sent).digest


def test_many_at_once_are_read_one_after_the_other() -> None:
    sent, made = photos.a_noisy_photo(800, 600), []
    threads = [threading.Thread(target=lambda: made.append(make_ready(sent).digest)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert len(set(made)) == 1
