"""What the county sends down: receipt, results and the records that this laptop lacks, as one sealed package."""

import time
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from db.crypto.parties import PublicKeys
from db.crypto.suites import LASTING_SUITE
from sync import package
from sync.county.ingest import Taken, stream_marks
from sync.county.storage import Storage
from sync.county.tables import BLOB, DEVICE, RECORD, RESULT, STREAM, TOWNSHIP
from sync.protocol import FORK, GAP, DownBody, DownManifest, ResultRange, UpManifest
from sync.state import state_hash


class Receipt(msgspec.Struct, frozen=True):
    """The answer to one up package, kept so that a repeat gets the same."""

    answers: bytes
    number: str
    taken: Taken


def down_package(
    storage: Storage, connection: Connection, row: Any, up: UpManifest, receipt: Receipt, suite: int
) -> bytes:
    """The sealed down package for a laptop that last said `up`; reads one consistent state of the township."""
    scope, device = up.scope, up.device
    town = connection.execute(select(TOWNSHIP.c.seq, TOWNSHIP.c.digests).where(TOWNSHIP.c.scope == scope)).one()
    full, start = _from(storage, up, town.seq)
    lost = receipt.taken.answer in (GAP, FORK)
    if lost:  # the laptop opens a new stream first; a page for the old one could miss what it cannot fold in
        full, start = False, up.cursor
    first, last, results = _results(connection, scope, device, 0 if full else up.rcur)
    ident = package.new_package_id()
    received, _ = stream_marks(connection, scope, device, up.stream)
    manifest = DownManifest(
        ident,
        storage.keys.public.key_id,
        row.key_id,
        storage.county.training,
        scope,
        device,
        receipt.answers,
        receipt.taken.answer,
        receipt.number,
        up.stream,
        received,
        receipt.taken.sums,
        storage.county.epoch,
        full,
        start,
        start if lost else town.seq,
        first,
        first if lost else last,
        () if lost else results,
        _durable(connection, scope, device),
        int(time.time() * 1000),
        _revocations(connection),
        state_hash(scope, town.digests),
        *_blobs(connection, up),
    )
    records = [] if lost else _page(storage, connection, up, start, full)
    body = msgspec.msgpack.encode(DownBody(manifest, records))
    recipients = [PublicKeys(row.keys)]
    if suite == LASTING_SUITE:
        recipients.append(storage.county.recovery_keys().public)
    return package.seal(package.DOWN, ident, body, storage.keys, recipients, suite, storage.county.training)


def _results(connection: Connection, scope: str, device: str, after: int) -> tuple[int, int, tuple[ResultRange, ...]]:
    here = (RESULT.c.scope == scope) & (RESULT.c.device == device)
    last = connection.execute(select(func.coalesce(func.max(RESULT.c.rseq), 0)).where(here)).scalar_one()
    first = min(after, last)
    rows = connection.execute(select(RESULT.c.body).where(here, RESULT.c.rseq > first).order_by(RESULT.c.rseq))
    return first, last, tuple(msgspec.msgpack.decode(body, type=ResultRange) for body in rows.scalars())


def _from(storage: Storage, up: UpManifest, seq: int) -> tuple[bool, int]:
    full = up.epoch != storage.county.epoch or up.cursor > seq
    return full, 0 if full else up.cursor


def page(storage: Storage, connection: Connection, up: UpManifest) -> list[msgspec.Raw]:
    """The records that a laptop which last said `up` lacks (canonical bytes each)."""
    seq = connection.execute(select(TOWNSHIP.c.seq).where(TOWNSHIP.c.scope == up.scope)).scalar_one()
    full, start = _from(storage, up, seq)
    return _page(storage, connection, up, start, full)


def _page(storage: Storage, connection: Connection, up: UpManifest, start: int, full: bool) -> list[msgspec.Raw]:
    query = select(RECORD.c.id, RECORD.c.body).where(RECORD.c.scope == up.scope, RECORD.c.seq > start)
    if not full:
        own = (RECORD.c.stream == up.stream) & (RECORD.c.foreign_seq <= start) & (RECORD.c.n <= up.have_n)
        query = query.where(~own)
    prefix, box = b"record" + up.scope.encode(), storage.box
    rows = connection.execute(query.order_by(RECORD.c.seq))
    return [msgspec.Raw(box.open(prefix + record, body)) for record, body in rows]


def _durable(connection: Connection, scope: str, device: str) -> tuple[tuple[bytes, int], ...]:
    rows = connection.execute(
        select(STREAM.c.stream, STREAM.c.durable).where(
            STREAM.c.scope == scope, STREAM.c.device == device, STREAM.c.durable > 0
        )
    )
    return tuple((stream, n) for stream, n in rows)


def _revocations(connection: Connection) -> int:
    query = select(func.count()).select_from(DEVICE).where(DEVICE.c.revoked.is_(True))
    return int(connection.execute(query).scalar_one())


def _blobs(connection: Connection, up: UpManifest) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the attachments offered: those wanted, in order of priority, and those held."""
    if not up.blobs:
        return (), ()
    offered = [blob.sha256 for blob in sorted(up.blobs, key=lambda blob: blob.priority)]
    held = set(
        connection.execute(select(BLOB.c.sha256).where(BLOB.c.scope == up.scope, BLOB.c.sha256.in_(offered))).scalars()
    )
    return tuple(b for b in offered if b not in held), tuple(b for b in offered if b in held)
