"""Attachments at the county: sealed files by hash, present only when their bytes give that hash."""

import hashlib
import os
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import select

from db.crypto.parties import PublicKeys
from db.crypto.suites import SMALL_SUITE
from db.refused import NotAllowed
from sync import package
from sync.county import devices
from sync.county.storage import Storage, bulk
from sync.county.tables import BLOB
from sync.package import Opened
from sync.protocol import BlobBody, BlobManifest

MAX_BLOB = 25 * 1024 * 1024
_ANSWER_LIMIT = 8 * 1024 * 1024


def take(storage: Storage, row: Any, opened: Opened) -> BlobManifest:
    """Keep the attachments of a package; those whose bytes are not what they claim to be are left out."""
    body = package.decode_body(opened.body, BlobBody)
    frame, me = body.manifest, storage.keys.public.key_id
    package.check_frame(opened.header, frame.package, frame.sender, frame.recipient, frame.training, me)
    devices.check_sender(row, frame.device, frame.scope)
    if row.revoked:
        raise NotAllowed(
            "device.revoked", "这台电脑已被注销，县里不再向它发送资料。", "照片仍在电脑上。", "请与县民政局联系。"
        )
    good = [
        (name, data) for name, data in body.blobs if len(data) <= MAX_BLOB and hashlib.sha256(data).hexdigest() == name
    ]
    for name, data in good:
        _write(storage, frame.scope, name, data)
    with storage.writing() as connection:
        bulk(connection, BLOB, [(frame.scope, name, len(data)) for name, data in good], replace=True)
    return msgspec.structs.replace(frame, held=tuple(name for name, _ in good))


def exchange(storage: Storage, row: Any, opened: Opened) -> bytes:
    """Keep what came and answer with what was asked for, as far as one package holds it."""
    frame = take(storage, row, opened)
    return answer(storage, row, frame.scope, frame.wants, frame.held, SMALL_SUITE)


def answer(storage: Storage, row: Any, scope: str, wants: Sequence[str], held: tuple[str, ...], suite: int) -> bytes:
    """A sealed package with those of the wanted attachments that are here."""
    ident = package.new_package_id()
    frame = BlobManifest(
        ident, storage.keys.public.key_id, row.key_id, storage.county.training, scope, row.id, held=held
    )
    body = msgspec.msgpack.encode(BlobBody(frame, _wanted(storage, scope, wants)))
    return package.seal(
        package.BLOBS_DOWN, ident, body, storage.keys, [PublicKeys(row.keys)], suite, storage.county.training
    )


def _wanted(storage: Storage, scope: str, wants: Sequence[str]) -> list[tuple[str, bytes]]:
    with storage.reading() as connection:
        here = set(
            connection.execute(
                select(BLOB.c.sha256).where(BLOB.c.scope == scope, BLOB.c.sha256.in_(list(wants)))
            ).scalars()
        )
    found: list[tuple[str, bytes]] = []
    size = 0
    for name in wants:
        if name in here and size < _ANSWER_LIMIT:
            data = storage.box.open(_place(scope, name), storage.blob_path(scope, name).read_bytes())
            found.append((name, data))
            size += len(data)
    return found


def _write(storage: Storage, scope: str, name: str, data: bytes) -> None:
    path = storage.blob_path(scope, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    with open(temporary, "wb") as out:
        out.write(storage.box.shut(_place(scope, name), data))
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, path)


def _place(scope: str, name: str) -> bytes:
    return b"blob" + scope.encode() + name.encode()
