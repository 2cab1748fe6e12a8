"""Photos are kept small, upright and without anything that the camera wrote into them (D15)."""

import hashlib
import io
import random

import pytest
from PIL import Image

from db.refused import BadValue
from desktop.casework import pictures


def noisy_photo(width: int, height: int, orientation: int = 1) -> bytes:
    """A JPEG that compresses badly, with a camera's date, position and orientation in it."""
    image = Image.frombytes(
        "RGB",
        (width // 4, height // 4),
        random.Random(7).randbytes(width // 4 * (height // 4) * 3),
    )
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8769)[0x9003] = "2026:11:05 10:30:00"
    exif.get_ifd(0x8825)[1] = "N"
    buffer = io.BytesIO()
    image.resize((width, height)).save(buffer, "JPEG", quality=95, exif=exif)
    return buffer.getvalue()


def test_a_large_photo_becomes_at_most_300_kb_and_2000_px_and_keeps_its_hash_and_time():
    original = noisy_photo(4000, 3000)
    kept = pictures.photo(original)
    assert len(kept.data) <= 300_000 and max(kept.width, kept.height) <= 2_000
    assert kept.original_sha256 == hashlib.sha256(original).hexdigest()
    assert kept.taken_at == "2026-11-05T10:30:00"


def test_a_photo_held_sideways_is_turned_upright_and_its_metadata_is_dropped():
    kept = pictures.photo(noisy_photo(800, 400, orientation=6))
    image = Image.open(io.BytesIO(kept.data))
    assert (image.width, image.height) == (400, 800)
    assert not image.getexif()


@pytest.mark.parametrize("data", [b"", b"not a picture", noisy_photo(400, 400)[:2000], b"\xff" * 26_000_000])
def test_what_is_no_whole_photo_is_refused_in_words(data):
    with pytest.raises(BadValue) as refused:
        pictures.photo(data)
    assert refused.value.code == "picture.unfit" and "照片" in refused.value.do


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    buffer = io.BytesIO()
    Image.new("1", (9000, 9000)).save(buffer, "PNG")
    with pytest.raises(BadValue, match=r"picture\.unfit"):
        pictures.photo(buffer.getvalue())


def test_a_drawn_signature_with_transparency_stands_on_white():
    buffer = io.BytesIO()
    Image.new("RGBA", (300, 100), (0, 0, 0, 0)).save(buffer, "PNG")
    image = Image.open(io.BytesIO(pictures.signature(buffer.getvalue()).data))
    assert image.getpixel((5, 5)) == 255
