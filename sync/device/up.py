"""What goes up: every operation without a receipt in one sealed package, and attachments in further ones."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import streams
from db.crypto.parties import PartyKeys, PublicKeys
from db.store import Store
from db.tables.exchange import Attachment, PackageOut
from db.tables.journal import Cursor, OperationRow
from sync import package
from sync.device import digests
from sync.device.enrol import certificate_of, own
from sync.protocol import BlobBody, BlobManifest, BlobOffer, UpBody, UpManifest


class Packed(msgspec.Struct, frozen=True):
    """A sealed package with its id, the number of operations or attachments in it, and the operations' bytes.

    `ops` are those from `first_n` of `stream`: the receipt, when it comes at once, need not read them again.
    """

    id: bytes
    data: bytes
    count: int
    stream: bytes = b""
    first_n: int = 1
    ops: tuple[bytes, ...] = ()


def operations(session: Session, store: Store, channel: str, suite: int) -> Packed:
    """Everything that the county has not confirmed, as one package; the way it goes is noted."""
    device, stream = own(session), streams.current(session)
    certificate = certificate_of(device)
    keys, county = PartyKeys(device.private_keys), PublicKeys(certificate.county_keys)
    scope = store.identity.township
    cursor = session.get_one(Cursor, scope)
    rows = session.execute(
        select(OperationRow.body)
        .where(OperationRow.stream == stream.id, OperationRow.n > stream.received_n)
        .order_by(OperationRow.n)
    )
    bodies = tuple(rows.scalars())
    ops = [msgspec.Raw(body) for body in bodies]
    ident = package.new_package_id()
    manifest = UpManifest(
        ident, keys.public.key_id, county.key_id, store.identity.training, scope, device.id, stream.id,
        stream.received_n + 1, len(ops), stream.last_n, cursor.epoch, cursor.seq, cursor.results,
        digests.state_hash(session, scope), _offers(session), missing(session), int(time.time() * 1000),
    )  # fmt: skip
    body = msgspec.msgpack.encode(UpBody(manifest, ops))
    recipients = [county, PublicKeys(certificate.recovery_keys)] if channel == "stick" else [county]
    data = package.seal(package.UP, ident, body, keys, recipients, suite, store.identity.training)
    _note(session, ident, channel, stream.id, stream.received_n + 1, stream.last_n, 0, len(data))
    stream.packed_n = stream.last_n
    return Packed(ident, data, len(ops), stream.id, stream.received_n + 1, bodies)


def attachments(session: Session, store: Store, channel: str, suite: int, names: Sequence[str]) -> Packed:
    """These attachments in one package, asking at the same time for those that are missing here."""
    device = own(session)
    certificate = certificate_of(device)
    keys, county = PartyKeys(device.private_keys), PublicKeys(certificate.county_keys)
    blobs = [(name, store.blobs.get(name)) for name in names if store.blobs.has(name)]
    ident = package.new_package_id()
    wants = missing(session)
    frame = BlobManifest(
        ident, keys.public.key_id, county.key_id, store.identity.training, store.identity.township, device.id, wants
    )
    body = msgspec.msgpack.encode(BlobBody(frame, blobs))
    data = package.seal(package.BLOBS_UP, ident, body, keys, [county], suite, store.identity.training)
    _note(session, ident, channel, b"", 0, 0, len(blobs), len(data))
    return Packed(ident, data, len(blobs))


def unconfirmed(session: Session) -> list[str]:
    """Attachments that are here and not yet said to be at the county, in order of priority."""
    return [offer.sha256 for offer in _offers(session)]


def _offers(session: Session) -> tuple[BlobOffer, ...]:
    rows = session.execute(
        select(Attachment.sha256, Attachment.size, Attachment.priority)
        .where(Attachment.here.is_(True), Attachment.at_county.is_(False))
        .order_by(Attachment.priority, Attachment.sha256)
    )
    return tuple(BlobOffer(*row) for row in rows)


def missing(session: Session) -> tuple[str, ...]:
    """Attachments that records name and that are not here yet."""
    rows = session.execute(select(Attachment.sha256).where(Attachment.here.is_(False)).order_by(Attachment.sha256))
    return tuple(rows.scalars())


def _note(
    session: Session, ident: bytes, channel: str, stream: bytes, first: int, last: int, blobs: int, size: int
) -> None:
    session.add(
        PackageOut(
            id=ident, made_at=datetime.now(UTC).isoformat(timespec="milliseconds"), channel=channel, stream=stream,
            first_n=first, last_n=last, blobs=blobs, size=size,
        )
    )  # fmt: skip
