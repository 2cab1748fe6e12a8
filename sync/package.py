"""The sealed and signed package, the same bytes over HTTP and on a stick; `sync/FORMAT.md` has it byte by byte."""

import hashlib
import os
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec
import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.crypto.parties import CryptoFailure, PartyKeys, PublicKeys
from db.crypto.suites import LASTING_SUITE, SMALL_SUITE
from db.refused import PackageRefused

MAGIC, VERSION = b"ZCPK", 1
CLEAR_SUITE = 0
"""Seals nothing: enrolment requests, which hold no person. Suite 1 goes over HTTP, 3 lies on sticks."""
UP, DOWN, ENROL_REQUEST, CERTIFICATE, BLOBS_UP, BLOBS_DOWN, BACKUP = 1, 2, 3, 4, 5, 6, 7
SEGMENT = 64 * 1024
SUFFIX = ".zcp"
MAX_PACKAGE = 128 * 1024 * 1024
MAX_CLEAR = 512 * 1024 * 1024
_MAX_RATIO = 1000
_FAST_ABOVE = 1024 * 1024
_FIXED = struct.Struct(">4sBBBB16s16sB")
_SEGMENTS = struct.Struct(">II")
_TAG, _HASH, _ID, _SIGNATURE = 16, 32, 16, 64
_T = TypeVar("_T")
SAFE = "包里的内容没有被采用，原有资料没有改动。"


class Header(msgspec.Struct, frozen=True):
    """What stands in the clear: nothing about people, places or counts. `prefix` binds keys and segments to it."""

    suite: int
    type: int
    training: bool
    package: bytes
    sender: bytes
    recipients: tuple[bytes, ...]
    segment_hashes: tuple[bytes, ...]
    prefix: bytes
    raw: bytes


class Opened(msgspec.Struct, frozen=True):
    """A package after all checks: header, compressed and clear body; the latter still to be decoded strictly."""

    header: Header
    packed: bytes
    body: bytes


class _Parts(msgspec.Struct, frozen=True):
    header: Header
    wraps: tuple[bytes, ...]
    signed: bytes
    signature: bytes
    segments: tuple[memoryview, ...]


def new_package_id() -> bytes:
    """A random package id; the file carries it as its name."""
    return os.urandom(_ID)


def seal(
    type_: int,
    package: bytes,
    body: bytes,
    sender: PartyKeys,
    recipients: Sequence[PublicKeys],
    suite: int = SMALL_SUITE,
    training: bool = False,
) -> bytes:
    """A whole package: compressed, sealed to every recipient and signed; recipients first, recovery key last."""
    level = 3 if len(body) > _FAST_ABOVE else 9
    packed = zstandard.ZstdCompressor(level=level, threads=2 if len(body) > _FAST_ABOVE else 0).compress(body)
    count = max(1, -(-len(packed) // SEGMENT))
    prefix = (
        _FIXED.pack(MAGIC, VERSION, suite, type_, training, package, sender.public.key_id, len(recipients))
        + b"".join(party.key_id for party in recipients)
        + _SEGMENTS.pack(SEGMENT, count)
    )
    key = os.urandom(32)
    aad = hashlib.sha256(prefix).digest()
    segments = _seal_segments(packed, count, None if suite == CLEAR_SUITE else AESGCM(key), aad)
    header = prefix + b"".join(hashlib.sha256(segment).digest() for segment in segments)
    wraps = [party.wrap(suite, key, b"zoucun package" + aad) for party in recipients]
    signed = header + b"".join(struct.pack(">H", len(wrap)) + wrap for wrap in wraps)
    return b"".join([signed, sender.sign(signed), *segments])


def _seal_segments(packed: bytes, count: int, cipher: AESGCM | None, aad: bytes) -> list[bytes]:
    view = memoryview(packed)
    pieces = [view[i * SEGMENT : (i + 1) * SEGMENT] for i in range(count)]
    if cipher is None:
        return [bytes(piece) for piece in pieces]
    return [cipher.encrypt(_nonce(i, i == count - 1), piece, aad) for i, piece in enumerate(pieces)]


def _nonce(index: int, last: bool) -> bytes:
    return index.to_bytes(11, "big") + bytes([last])


def damaged() -> PackageRefused:
    """Not one byte of a package may be other than it was sealed."""
    return PackageRefused("package.damaged", "数据包已损坏或被改动。", SAFE, "请重新写一个数据包再试。")


def foreign(code: str, what: str) -> PackageRefused:
    """A package that is whole but not meant for this place."""
    return PackageRefused(code, what, SAFE, "请核对数据包来自哪台电脑、要交给谁。")


def peek(data: bytes) -> Header:
    """The clear header, unverified: to see what a file is and for whom; raises PackageRefused when it is no package."""
    return _parse(data, header_only=True).header


def _parse(data: bytes, header_only: bool = False) -> _Parts:
    if len(data) > MAX_PACKAGE:
        raise foreign("package.too_large", "数据包超过了允许的大小。")
    if data[:4] != MAGIC:
        raise foreign("package.not_ours", "这个文件不是走村的数据包。")
    try:
        return _parts(data, header_only)
    except (struct.error, IndexError):
        raise damaged() from None


def _parts(data: bytes, header_only: bool) -> _Parts:
    _, version, suite, type_, training, package, sender, count = _FIXED.unpack_from(data)
    if version != VERSION or suite not in (CLEAR_SUITE, SMALL_SUITE, LASTING_SUITE) or training > 1:
        raise foreign("package.version", "这个数据包的格式本程序还不认识。")
    at = _FIXED.size
    recipients = tuple(_take(data, at + i * _ID, _ID) for i in range(count))
    at += count * _ID
    size, segments = _SEGMENTS.unpack_from(data, at)
    at += _SEGMENTS.size
    if size != SEGMENT or not 1 <= segments <= MAX_PACKAGE // SEGMENT + 1:
        raise damaged()
    prefix = data[:at]
    hashes = tuple(_take(data, at + i * _HASH, _HASH) for i in range(segments))
    at += segments * _HASH
    header = Header(suite, type_, bool(training), package, sender, recipients, hashes, prefix, data[:at])
    if header_only:
        return _Parts(header, (), b"", b"", ())
    wraps = []
    for _ in range(count):
        (length,) = struct.unpack_from(">H", data, at)
        wraps.append(_take(data, at + 2, length))
        at += 2 + length
    signature = _take(data, at, _SIGNATURE)
    return _Parts(header, tuple(wraps), data[:at], signature, _cut(data, at + _SIGNATURE, header))


def _cut(data: bytes, at: int, header: Header) -> tuple[memoryview, ...]:
    step = SEGMENT + (0 if header.suite == CLEAR_SUITE else _TAG)
    count, rest = len(header.segment_hashes), len(data) - at
    if not (count - 1) * step < rest <= count * step:
        raise damaged()
    view = memoryview(data)
    return tuple(view[at + i * step : min(at + (i + 1) * step, len(data))] for i in range(count))


def _take(data: bytes, at: int, length: int) -> bytes:
    found = data[at : at + length]
    if len(found) != length:
        raise damaged()
    return found


def unseal(
    data: bytes,
    keys: PartyKeys,
    sender_of: Callable[[bytes], PublicKeys | None],
    types: Sequence[int],
    training: bool,
) -> Opened:
    """Open a package after every check, in the order of sync_design.md §5.1.

    `sender_of(key id)` gives the sender's public keys, None when it is unknown. Raises PackageRefused with
    `package.` not_ours, version, too_large, damaged, wrong_type, training_mismatch, not_for_us, unknown_sender.
    """
    parts = _parse(data)
    header = parts.header
    _expect(header, keys, types, training)
    sender = sender_of(header.sender)
    if sender is None:
        raise foreign("package.unknown_sender", "数据包的发送方没有登记。")
    _verify(parts, sender)
    packed = _open_segments(parts, keys)
    return Opened(header, packed, decompress(packed))


def unseal_introduced(
    data: bytes, keys: PartyKeys | None, type_: int, training: bool | None, sender_in: Callable[[bytes], PublicKeys]
) -> Opened:
    """Open an enrolment file, whose sender introduces itself: `sender_in(body)` finds the keys that must have signed.

    `keys` is None for a request, which is not sealed; `training` None takes both kinds.
    """
    parts = _parse(data)
    wanted = parts.header.training if training is None else training
    _expect(parts.header, keys, (type_,), wanted)
    packed = _open_segments(parts, keys)
    body = decompress(packed)
    try:
        sender = sender_in(body)
    except (msgspec.DecodeError, msgspec.ValidationError, CryptoFailure):
        raise damaged() from None
    if sender.key_id != parts.header.sender:
        raise damaged()
    _verify(parts, sender)
    return Opened(parts.header, packed, body)


def _expect(header: Header, keys: PartyKeys | None, types: Sequence[int], training: bool) -> None:
    if header.type not in types or (header.suite == CLEAR_SUITE) != (header.type == ENROL_REQUEST):
        raise foreign("package.wrong_type", "这个数据包不是这里要读的那一种。")
    if header.training != training:
        raise foreign("package.training_mismatch", "演练数据和正式数据不能混用。")
    if keys is not None and keys.public.key_id not in header.recipients:
        raise foreign("package.not_for_us", "这个数据包不是交给这里的。")


def _verify(parts: _Parts, sender: PublicKeys) -> None:
    if not sender.verify(parts.signature, parts.signed):
        raise damaged()
    for segment, expected in zip(parts.segments, parts.header.segment_hashes, strict=True):
        if hashlib.sha256(segment).digest() != expected:
            raise damaged()


def _open_segments(parts: _Parts, keys: PartyKeys | None) -> bytes:
    header = parts.header
    if keys is None or header.suite == CLEAR_SUITE:
        return b"".join(parts.segments)
    aad = hashlib.sha256(header.prefix).digest()
    wrap = parts.wraps[header.recipients.index(keys.public.key_id)]
    last = len(parts.segments) - 1
    try:
        cipher = AESGCM(keys.unwrap(header.suite, wrap, b"zoucun package" + aad))
        return b"".join(cipher.decrypt(_nonce(i, i == last), segment, aad) for i, segment in enumerate(parts.segments))
    except (InvalidTag, CryptoFailure, ValueError):
        raise damaged() from None


def decompress(packed: bytes) -> bytes:
    """The clear body behind its compressed form, within the limits; raises PackageRefused."""
    try:
        size = zstandard.frame_content_size(packed)
        if not 0 <= size <= min(MAX_CLEAR, len(packed) * _MAX_RATIO + SEGMENT):
            raise foreign("package.too_large", "数据包展开后超过了允许的大小。")
        return zstandard.ZstdDecompressor().decompress(packed, max_output_size=size, allow_extra_data=False)
    except zstandard.ZstdError:
        raise damaged() from None


def check_frame(header: Header, package: bytes, sender: bytes, recipient: bytes, training: bool, me: bytes) -> None:
    """The sealed manifest must repeat what the header says; raises PackageRefused otherwise."""
    if (package, sender, training) != (header.package, header.sender, header.training) or recipient != me:
        raise damaged()


def write_file(folder: Path, package: bytes, data: bytes) -> Path:
    """Put a package into a folder (made if need be): temporary name, flush, read back, rename.

    Raises PackageRefused `package.not_written` when the medium does not give back what was written.
    """
    final = folder / (package.hex() + SUFFIX)
    temporary = folder / (package.hex() + ".tmp")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with open(temporary, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if temporary.read_bytes() != data:
            raise OSError("read back differs")
        os.replace(temporary, final)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise PackageRefused(
            "package.not_written", "数据包没有写成。", "本机的资料没有改动。", "请换一个 U 盘或文件夹再试。"
        ) from None
    return final


def files_in(folder: Path) -> list[Path]:
    """The files that look like packages, by name; raises PackageRefused `package.no_folder`."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and path.is_file())
    except OSError:
        raise PackageRefused(
            "package.no_folder", "找不到这个文件夹。", SAFE, "请检查 U 盘是否插好、路径是否正确。"
        ) from None


def decode_body(data: bytes, type_: type[_T]) -> _T:
    """The struct behind clear bytes, strictly; raises PackageRefused `package.damaged`."""
    try:
        return msgspec.msgpack.decode(data, type=type_)
    except (msgspec.DecodeError, msgspec.ValidationError):
        raise damaged() from None
