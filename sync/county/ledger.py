"""One township's records and operations while a package is taken in: read, changed and written in bulk."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, select, update

from db.operation import Operation
from sync.county.storage import Box, bulk, find, lock_township
from sync.county.tables import (
    ALIAS,
    OP,
    QUARANTINE,
    RECORD,
    REPEAT,
    RESULT,
    TOWNSHIP,
    WAITING,
)
from sync.merge import WAITING as PARKED
from sync.protocol import REPEAT_OF, ResultRange
from sync.state import (
    RecordState,
    change_digests,
    decode_state,
    encode_state,
    record_hash,
)


class Held(msgspec.Struct):
    """A record as it is in memory: its bytes, decoded only when something is merged into it."""

    kind: str
    body: bytes
    state: RecordState | None
    seq: int
    foreign_seq: int
    stream: bytes
    n: int
    before: bytes = b""
    """Hash of the content as it was stored, b"" for a new record."""
    changed: bool = False

    def bytes_now(self) -> bytes:
        """Canonical bytes of the content as of now."""
        return encode_state(self.state) if self.state is not None else self.body


class Arrived(msgspec.Struct, frozen=True):
    """An operation on its way in: who sent it, its place, its bytes; `op` is None when they cannot be read."""

    op_id: bytes
    device: str
    stream: bytes
    n: int
    raw: bytes
    op: Operation | None
    package: bytes = b""
    position: int = 0
    late: bool = False
    """Parked before: its result names it, because its number may be of a stream that is closed by now."""


class Ledger:
    """The township's part of one transaction; nothing is written before `write`."""

    def __init__(self, connection: Connection, box: Box, scope: str) -> None:
        self.connection, self.box, self.scope = connection, box, scope
        self.seq, self._digests = lock_township(connection, scope)
        self.records: dict[bytes, Held] = {}
        self.results: dict[bytes, tuple[str, int, str]] = {}
        self.aliases: dict[bytes, bytes] = {}
        self._asked: set[bytes] = set()
        self._ops: list[tuple[Any, ...]] = []
        self._repeats: list[tuple[Any, ...]] = []
        self._new_aliases: list[tuple[Any, ...]] = []
        self._parked: list[tuple[Any, ...]] = []
        self._quarantine: list[tuple[Any, ...]] = []
        self._log: dict[str, list[ResultRange]] = {}

    def read_for(self, arrived: Iterable[Arrived]) -> None:
        """Read in bulk what these operations touch or refer to."""
        items = list(arrived)
        referred = {item.op_id for item in items}
        for item in items:
            if item.op is not None and item.op.base:
                referred.add(item.op.base)
            if item.op is not None and item.op.seen:
                referred.update(item.op.seen)
        self.read_records({item.op.record for item in items if item.op is not None})
        self._read_ops(referred - self._asked)

    def _read_ops(self, ids: set[bytes]) -> None:
        self._asked |= ids
        columns = (OP.c.op_id, OP.c.result, OP.c.seq, OP.c.reason)
        for op_id, result, seq, reason in find(self.connection, OP, OP.c.op_id, ids, columns, self.scope):
            self.results[op_id] = (result, seq, reason)
        same = [op_id for op_id in ids if self.results.get(op_id, ("",))[0] == "same"]
        for op_id, root in find(self.connection, ALIAS, ALIAS.c.op_id, same, (ALIAS.c.op_id, ALIAS.c.root), self.scope):
            self.aliases[op_id] = root

    def read_records(self, ids: set[bytes]) -> None:
        """Read these records unless they are here already."""
        columns = (
            RECORD.c.id,
            RECORD.c.kind,
            RECORD.c.seq,
            RECORD.c.foreign_seq,
            RECORD.c.stream,
            RECORD.c.n,
            RECORD.c.body,
        )
        for row in find(self.connection, RECORD, RECORD.c.id, ids - self.records.keys(), columns, self.scope):
            body = self.box.open(self.place(row.id), row.body)
            self.records[row.id] = Held(
                row.kind, body, None, row.seq, row.foreign_seq, row.stream, row.n, record_hash(body)
            )

    def place(self, record: bytes) -> bytes:
        """What binds a sealed record to its row."""
        return b"record" + self.scope.encode() + record

    def root(self, op_id: bytes) -> bytes:
        """The operation that this one counts as."""
        return self.aliases.get(op_id, op_id)

    def known(self, op_id: bytes) -> bool:
        """Whether the operation has been decided here."""
        return self.results.get(op_id, (PARKED,))[0] != PARKED

    def state(self, record: bytes) -> RecordState | None:
        """The content of a record as of now in this transaction."""
        held = self.records.get(record)
        if held is None:
            return None
        if held.state is None:
            held.state = decode_state(held.body)
        return held.state

    def change(self, record: bytes, kind: str, content: RecordState | bytes, by: Arrived | None) -> None:
        """A record has new content; `by` is the applied operation that its own laptop folds in itself, if any."""
        self.seq += 1
        state, body = (None, content) if isinstance(content, bytes) else (content, b"")
        held = self.records.get(record)
        if held is None:
            held = self.records[record] = Held(kind, b"", None, 0, 0, b"", 0)
        if by is None:
            held.foreign_seq, held.stream, held.n = self.seq, b"", 0
        elif held.stream != by.stream:
            held.foreign_seq, held.stream, held.n = held.seq, by.stream, by.n
        else:
            held.n = by.n
        held.state, held.body, held.seq, held.changed = state, body, self.seq, True

    def decided(self, item: Arrived, result: str, reason: str = "", alias: bytes | None = None) -> None:
        """Keep what came of an operation, and tell its device."""
        self.results[item.op_id] = (result, self.seq, reason)
        record = item.op.record if item.op is not None else b""
        self._ops.append(
            (
                self.scope,
                item.op_id,
                item.device,
                item.stream,
                item.n,
                record,
                self.seq,
                result,
                reason,
                item.package,
                item.position,
            )
        )
        if alias is not None:
            self.aliases[item.op_id] = alias
            self._new_aliases.append((self.scope, item.op_id, alias))
        self.tell(item, result, self.seq, reason)

    def tell(self, item: Arrived, result: str, seq: int, reason: str) -> None:
        """Add a result to its device's list; applied ones in a row become one range."""
        log = self._log.setdefault(item.device, [])
        last = log[-1] if log else None
        if (
            result == "applied"
            and not item.late
            and last is not None
            and not last.op_id
            and (last.result, last.reason, last.stream, last.last_n) == (result, reason, item.stream, item.n - 1)
        ):
            log[-1] = ResultRange(item.stream, last.first_n, item.n, result, max(last.seq, seq), reason)
        else:
            named = b"" if result == "applied" and not item.late else item.op_id
            log.append(ResultRange(item.stream, item.n, item.n, result, seq, reason, named))

    def repeat(self, item: Arrived) -> str:
        """An operation that was decided before, under a new number: the old decision again."""
        result, seq, reason = self.results[item.op_id]
        self._repeats.append((self.scope, item.device, item.stream, item.n, item.op_id))
        self.tell(item, result, seq, REPEAT_OF if result == "applied" else reason)
        return result

    def park(self, item: Arrived) -> None:
        """Keep an operation until what it is based on arrives."""
        sealed = self.box.shut(b"waiting" + item.op_id, item.raw)
        self._parked.append((self.scope, item.op_id, item.device, item.stream, item.n, self.seq, sealed))

    def set_aside(self, item: Arrived, reason: str) -> None:
        """Keep an operation that cannot be taken in, whole, with the reason."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        sealed = self.box.shut(b"quarantine" + item.op_id, item.raw)
        self._quarantine.append((self.scope, item.op_id, item.device, at, reason, sealed))

    def write(self) -> None:
        """Write everything that changed."""
        connection = self.connection
        changed = [(record, held) for record, held in self.records.items() if held.changed]
        rows, changes = [], []
        for record, held in changed:
            body = held.bytes_now()
            conflicts = len(held.state.conflicts) if held.state else 0
            rows.append(
                (
                    self.scope,
                    record,
                    held.kind,
                    held.seq,
                    held.foreign_seq,
                    held.stream,
                    held.n,
                    conflicts,
                    self.box.shut(self.place(record), body),
                )
            )
            changes.append((record, held.before, record_hash(body)))
        bulk(connection, RECORD, rows, replace=True)
        bulk(connection, OP, self._ops, replace=True)
        bulk(connection, REPEAT, self._repeats, replace=True)
        bulk(connection, ALIAS, self._new_aliases, replace=True)
        bulk(connection, WAITING, self._parked, replace=True)
        bulk(connection, QUARANTINE, self._quarantine, replace=True)
        self._write_log()
        digests = change_digests(self._digests, changes)
        connection.execute(update(TOWNSHIP).where(TOWNSHIP.c.scope == self.scope).values(seq=self.seq, digests=digests))

    def _write_log(self) -> None:
        for device, log in self._log.items():
            here = (RESULT.c.scope == self.scope) & (RESULT.c.device == device)
            last = self.connection.execute(select(func.coalesce(func.max(RESULT.c.rseq), 0)).where(here)).scalar_one()
            rows = [(self.scope, device, last + i, msgspec.msgpack.encode(one)) for i, one in enumerate(log, 1)]
            bulk(self.connection, RESULT, rows)

    def waiting(self) -> list[Any]:
        """Operations parked before this transaction, in the order they came."""
        return list(
            self.connection.execute(
                select(
                    WAITING.c.op_id,
                    WAITING.c.device,
                    WAITING.c.stream,
                    WAITING.c.n,
                    WAITING.c.body,
                    OP.c.package,
                    OP.c.position,
                )
                .join(OP, (OP.c.scope == WAITING.c.scope) & (OP.c.op_id == WAITING.c.op_id))
                .where(WAITING.c.scope == self.scope)
                .order_by(WAITING.c.place, WAITING.c.n)
            ).all()
        )

    def release(self, op_id: bytes) -> None:
        """A parked operation waits no longer."""
        self.connection.execute(delete(WAITING).where(WAITING.c.scope == self.scope, WAITING.c.op_id == op_id))
        self._parked = [row for row in self._parked if row[1] != op_id]


def unreadable_id(raw: bytes) -> bytes:
    """An id for bytes that are no operation, so that they too are answered once."""
    return hashlib.sha256(raw).digest()[:16]
