"""One package in, one package out: the county's whole part of an exchange, whatever carried the bytes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, update

from db.crypto.parties import PublicKeys
from db.crypto.suites import LASTING_SUITE, SMALL_SUITE
from db.refused import NotAllowed
from sync import package
from sync.county import blobs, devices, keys
from sync.county.answer import Receipt, down_package
from sync.county.guard import Values, any_values, guard
from sync.county.ingest import Taken, ingest
from sync.county.ledger import Ledger
from sync.county.storage import Storage, bulk
from sync.county.tables import DEVICE, PACKAGE, QUARANTINE, TOWNSHIP
from sync.merge import Same, equal_values
from sync.package import Opened
from sync.protocol import NOTHING_SENT, Sums, UpBody, UpManifest

_EAST_8 = timedelta(hours=8)


class Desk:
    """Takes packages in and writes answers; `values` and `same` are the form specifications' word on values."""

    def __init__(self, storage: Storage, values: Values = any_values, same: Same = equal_values) -> None:
        self.storage, self.values, self.same = storage, values, same

    def exchange(self, data: bytes) -> bytes:
        """Over the wire: take an up package in and answer with a down package; raises Refused."""
        row, up, receipt = self.take(data)
        with self.storage.reading() as connection:
            return down_package(self.storage, connection, row, up, receipt, SMALL_SUITE)

    def take(self, data: bytes) -> tuple[Any, UpManifest, Receipt]:
        """Take an up package in, durably; raises PackageRefused, or NotAllowed `device.revoked`."""
        row, opened = self.open(data, package.UP)
        body = package.decode_body(opened.body, UpBody)
        up = body.manifest
        me = self.storage.keys.public.key_id
        package.check_frame(opened.header, up.package, up.sender, up.recipient, up.training, me)
        if up.count != len(body.ops) or up.first_n < 1:
            raise package.damaged()
        devices.check_sender(row, up.device, up.scope)
        with self.storage.writing() as connection:
            if row.revoked:
                self._for_review(connection, row, opened)
            else:
                receipt = self._take(connection, row, opened, body)
        if row.revoked:
            raise NotAllowed(
                "device.revoked",
                "这台电脑已被注销，县里不再向它发送资料。",
                "送来的内容已封存备查。",
                "请与县民政局联系。",
            )
        return row, up, receipt

    def open(self, data: bytes, type_: int) -> tuple[Any, Opened]:
        """The sender's device row and the opened package."""
        found: list[Any] = []

        def sender(key_id: bytes) -> PublicKeys:
            with self.storage.reading() as connection:
                found.append(devices.by_key(connection, key_id))
            return PublicKeys(found[0].keys)

        opened = package.unseal(data, self.storage.keys, sender, (type_,), self.storage.county.training)
        return found[0], opened

    def _take(self, connection: Connection, row: Any, opened: Opened, body: UpBody) -> Receipt:
        up, ident = body.manifest, opened.header.package
        self._notice_restore(connection, up)
        before = connection.execute(
            select(PACKAGE.c.answer).where(PACKAGE.c.scope == up.scope, PACKAGE.c.id == ident)
        ).scalar()
        if before is not None:
            receipt = msgspec.msgpack.decode(before, type=Receipt)
            connection.execute(
                update(PACKAGE)
                .where(PACKAGE.c.scope == up.scope, PACKAGE.c.id == ident)
                .values(replays=PACKAGE.c.replays + 1)
            )
            return receipt
        taken = Taken(NOTHING_SENT, 0, Sums())
        if body.ops:
            ledger = Ledger(connection, self.storage.box, up.scope)
            check = guard(frozenset({row.scope}), frozenset(row.roles.split(",")), self.values)
            taken = ingest(ledger, up, body.ops, ident, check, self.same)
            if taken.answer == "ok":
                ledger.write()
        receipt = Receipt(ident, self._number(connection, up.scope, taken), taken)
        if taken.answer == "ok":
            self._keep(connection, row, opened, receipt, up.scope)
        connection.execute(
            update(DEVICE)
            .where(DEVICE.c.scope == row.scope, DEVICE.c.id == row.id)
            .values(last_up=msgspec.msgpack.encode(up), last_answer=msgspec.msgpack.encode(receipt))
        )
        return receipt

    def _number(self, connection: Connection, scope: str, taken: Taken) -> str:
        """A short number for people, counted a township and a day: R-20261125-07."""
        if taken.answer != "ok":
            return ""
        day = _today()
        count = connection.execute(
            select(func.count())
            .select_from(PACKAGE)
            .where(PACKAGE.c.scope == scope, PACKAGE.c.day == day, PACKAGE.c.receipt != "")
        ).scalar_one()
        return f"R-{day}-{count + 1:02d}"

    def _keep(self, connection: Connection, row: Any, opened: Opened, receipt: Receipt, scope: str) -> None:
        ident = opened.header.package
        body = self.storage.box.shut(b"package" + ident, opened.packed)
        bulk(
            connection,
            PACKAGE,
            [
                (
                    scope,
                    ident,
                    row.id,
                    _today(),
                    receipt.number,
                    len(opened.packed),
                    0,
                    msgspec.msgpack.encode(receipt),
                    body,
                )
            ],
        )

    def _for_review(self, connection: Connection, row: Any, opened: Opened) -> None:
        ident = opened.header.package
        sealed = self.storage.box.shut(b"quarantine" + ident, opened.packed)
        bulk(connection, QUARANTINE, [(row.scope, ident, row.id, _today(), "device.revoked", sealed)], replace=True)

    def _notice_restore(self, connection: Connection, up: UpManifest) -> None:
        """A laptop that has seen more than the database holds: it was restored, a new epoch begins (§5.12)."""
        county = keys.load(self.storage.data)
        seq = connection.execute(select(TOWNSHIP.c.seq).where(TOWNSHIP.c.scope == up.scope)).scalar_one()
        if up.epoch > county.epoch or (up.epoch == county.epoch and up.cursor > seq):
            county = msgspec.structs.replace(county, epoch=max(up.epoch, county.epoch) + 1)
            keys.save(self.storage.data, county)
        self.storage.county = county

    def down_for(self, row: Any) -> bytes:
        """For a stick: the down package for a laptop, from what it last said; a whole page set when it never spoke."""
        up = msgspec.msgpack.decode(row.last_up, type=UpManifest) if row.last_up else self.silent(row)
        nothing = Receipt(b"", "", Taken(NOTHING_SENT, 0, Sums()))
        receipt = msgspec.msgpack.decode(row.last_answer, type=Receipt) if row.last_answer else nothing
        with self.storage.reading() as connection:
            return down_package(self.storage, connection, row, up, receipt, LASTING_SUITE)

    def silent(self, row: Any) -> UpManifest:
        """What a laptop that never spoke would say: it has nothing."""
        return UpManifest(b"", row.key_id, b"", self.storage.county.training, row.scope, row.id, b"", 1, 0, 0, 0, 0, 0)

    def blobs(self, data: bytes) -> bytes:
        """Over the wire: take attachments in and answer with those that were asked for."""
        row, opened = self.open(data, package.BLOBS_UP)
        return blobs.exchange(self.storage, row, opened)


def _today() -> str:
    return (datetime.now(UTC) + _EAST_8).strftime("%Y%m%d")
