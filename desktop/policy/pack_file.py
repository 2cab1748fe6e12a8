"""A county pack as a file on its way: the pack's bytes with the county's signature over them, or the bare pack."""

import base64
import binascii

import msgspec

_MARK = b"zoucun policy pack\x00"


class PackFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The signed file: JSON with the pack's own bytes (`content`) and the signature, both base64."""

    format: int
    content: str
    signature: str


def to_sign(content: bytes, training: bool) -> bytes:
    """What the county signs: the pack with the mark of training (D14), so that neither passes for the other."""
    return _MARK + (b"\x01" if training else b"\x00") + content


def wrapped(content: bytes, signature: bytes) -> bytes:
    """The signed file of a pack."""
    found = PackFile(1, base64.b64encode(content).decode(), base64.b64encode(signature).decode())
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"


def unwrapped(data: bytes) -> tuple[bytes, bytes | None]:
    """Content and signature of a signed file; anything else is taken as a bare pack without a signature."""
    try:
        found = msgspec.json.decode(data, type=PackFile)
        return base64.b64decode(found.content, validate=True), base64.b64decode(found.signature, validate=True)
    except (msgspec.DecodeError, UnicodeError, binascii.Error, RecursionError):
        return data.removeprefix(b"\xef\xbb\xbf"), None
