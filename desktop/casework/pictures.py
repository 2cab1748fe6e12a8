"""Pictures made fit to be kept (D15): read with a limit, turned upright, stripped of metadata, small enough."""

import hashlib
import io
import re
import warnings
from typing import TYPE_CHECKING

import msgspec

from db.refused import BadValue

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 25_000_000
MOST_PIXELS = 40_000_000
KEPT_BYTES = 300_000
KEPT_SIDE = 2_000
SIGNATURE_SIDE = 1_200
_FORMATS = ("JPEG", "PNG", "HEIF", "WEBP", "BMP", "TIFF", "GIF")
_EXIF_IFD, _TAKEN, _TAKEN_AFTER = 0x8769, 0x9003, 0x0132


class Picture(msgspec.Struct, frozen=True):
    """A picture as it is kept; `taken_at` is local time as the camera wrote it, None when it did not."""

    data: bytes
    original_sha256: str
    taken_at: str | None
    width: int
    height: int


def photo(data: bytes) -> Picture:
    """A photo as JPEG of at most 300 kB and 2,000 px, without metadata; raises `BadValue` when it is none."""
    image, taken = _opened(data)
    side, quality = KEPT_SIDE, 88
    while True:
        small = _at_most(image, side)
        kept = _jpeg(small, quality)
        if len(kept) <= KEPT_BYTES:
            return Picture(kept, hashlib.sha256(data).hexdigest(), taken, small.width, small.height)
        side, quality = (side, quality - 8) if quality > 64 else (side * 4 // 5, 80)


def signature(data: bytes) -> Picture:
    """A signature or fingerprint as PNG, without metadata, at most 1,200 px and 300 kB."""
    image, taken = _opened(data)
    side = SIGNATURE_SIDE
    while True:
        small = _at_most(image.convert("L"), side)
        buffer = io.BytesIO()
        small.save(buffer, "PNG", optimize=True)
        if buffer.tell() <= KEPT_BYTES:
            return Picture(
                buffer.getvalue(),
                hashlib.sha256(data).hexdigest(),
                taken,
                small.width,
                small.height,
            )
        side = side * 4 // 5


def _opened(data: bytes) -> "tuple[Image, str | None]":
    """The upright picture and when it was taken."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(data) > MOST_BYTES:
        raise _unfit(f"图片有 {len(data) // 1_000_000} MB，最多 25 MB。")
    _know_heif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise _unfit("图片超过 4000 万像素。")
            taken = _taken_at(image)
            image.load()
            upright = ImageOps.exif_transpose(image)
            return _flat(upright), taken
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise _unfit("这个文件打不开，不像是完整的照片。") from error


def _know_heif() -> None:
    from pi_heif import register_heif_opener

    register_heif_opener()


def _flat(image: "Image") -> "Image":
    """Without transparency, on white."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "P", "PA"):
        layered = image.convert("RGBA")
        ground = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        return Image.alpha_composite(ground, layered).convert("RGB")
    return image.convert("RGB")


def _taken_at(image: "Image") -> str | None:
    try:
        exif = image.getexif()
        text = exif.get_ifd(_EXIF_IFD).get(_TAKEN) or exif.get(_TAKEN_AFTER)
    except (ValueError, SyntaxError, OSError, KeyError, TypeError):
        return None  # a torn EXIF block says nothing; the picture itself may be whole
    match = re.fullmatch(r"(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})", str(text or "").strip("\0 "))
    return f"{match[1]}-{match[2]}-{match[3]}T{match[4]}" if match else None


def _at_most(image: "Image", side: int) -> "Image":
    from PIL import Image

    longest = max(image.size)
    if longest <= side:
        return image
    scaled = (
        max(1, image.width * side // longest),
        max(1, image.height * side // longest),
    )
    return image.resize(scaled, Image.Resampling.LANCZOS)


def _jpeg(image: "Image", quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
    return buffer.getvalue()


def _unfit(what: str) -> BadValue:
    return BadValue(
        "picture.unfit",
        what,
        "没有存入照片，访视的其他内容都在。",
        "请换一张 25 MB 以内的 JPG、PNG 或 HEIC 照片。",
    )
