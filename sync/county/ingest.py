"""Taking a package's operations in: in n order, in one transaction with results, marks and digests."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from db.operation import CREATE, Operation, decode
from sync.county.ledger import Arrived, Ledger, unreadable_id
from sync.county.storage import bulk
from sync.county.tables import OP, REPEAT, STREAM
from sync.merge import APPLIED, REJECTED, Check, Context, Same, merge
from sync.merge import WAITING as PARKED
from sync.protocol import FORK, GAP, NOTHING_SENT, OK, Sums, UpManifest, count_results
from sync.state import born_bytes


class Taken(msgspec.Struct, frozen=True):
    """What came of a package's operations: the answer, how far the stream is held, and the sums."""

    answer: str
    received_n: int
    sums: Sums


def ingest(
    ledger: Ledger, manifest: UpManifest, ops: Sequence[msgspec.Raw], package: bytes, check: Check, same: Same
) -> Taken:
    """Decide the operations of one package; the caller commits. After `gap` or `fork` nothing is applied."""
    connection, scope, device, stream = ledger.connection, ledger.scope, manifest.device, manifest.stream
    ack, durable = stream_marks(connection, scope, device, stream)
    if not ops:
        return Taken(NOTHING_SENT, ack, Sums())
    if manifest.first_n > ack + 1:
        return Taken(GAP, ack, Sums())
    arrived = [_arrived(raw, device, stream, manifest.first_n + i, package, i) for i, raw in enumerate(ops)]
    old = [item for item in arrived if item.n <= ack]
    if old and _forked(connection, scope, device, stream, old):
        return Taken(FORK, ack, Sums())
    fresh = arrived[len(old) :]
    ledger.read_for(fresh)
    context = Context(ledger.root, ledger.known, same, check, device)
    results = _old(ledger, old)
    results += [_decide(ledger, item, context) for item in fresh]
    if fresh:
        _retry(ledger, context)
    bulk(connection, STREAM, [(scope, device, stream, max(ack, arrived[-1].n), durable)], replace=True)
    return Taken(OK, max(ack, arrived[-1].n), count_results(results))


def _old(ledger: Ledger, old: Sequence[Arrived]) -> list[str]:
    ledger.read_for(Arrived(i.op_id, i.device, i.stream, i.n, i.raw, None) for i in old)
    return [ledger.results[item.op_id][0] for item in old]


def stream_marks(connection: Connection, scope: str, device: str, stream: bytes) -> tuple[int, int]:
    """Up to which number a stream is held, and up to which it is in a verified backup."""
    query = select(STREAM.c.ack, STREAM.c.durable).where(
        STREAM.c.scope == scope, STREAM.c.device == device, STREAM.c.stream == stream
    )
    row = connection.execute(query).first()
    return (row.ack, row.durable) if row is not None else (0, 0)


def _arrived(raw: msgspec.Raw, device: str, stream: bytes, n: int, package: bytes, position: int) -> Arrived:
    data = bytes(raw)
    try:
        op: Operation | None = decode(data)
    except (msgspec.DecodeError, msgspec.ValidationError):
        op = None
    if op is not None and (len(op.op_id) != 16 or len(op.record) != 16):
        op = None
    return Arrived(op.op_id if op else unreadable_id(data), device, stream, n, data, op, package, position)


def _forked(connection: Connection, scope: str, device: str, stream: bytes, old: Sequence[Arrived]) -> bool:
    """Whether a number already received was used for another operation: the laptop was rolled back or cloned."""
    held: dict[int, bytes] = {}
    for table in (OP, REPEAT):
        place = (table.c.scope == scope) & (table.c.device == device) & (table.c.stream == stream)
        rows: Any = connection.execute(
            select(table.c.n, table.c.op_id).where(place, table.c.n.between(old[0].n, old[-1].n))
        )
        held |= dict(rows.all())
    return any(held.get(item.n) != item.op_id for item in old)


def _decide(ledger: Ledger, item: Arrived, context: Context) -> str:
    if item.op_id in ledger.results:
        return ledger.repeat(item)
    op = item.op
    if op is None:
        ledger.set_aside(item, "unreadable")
        ledger.decided(item, REJECTED, "unreadable")
        return REJECTED
    if op.kind == CREATE and op.record not in ledger.records:
        return _born(ledger, item, op, context)
    outcome = merge(ledger.state(op.record), op, context)
    if outcome.result == REJECTED:
        ledger.set_aside(item, outcome.reason)
    elif outcome.result == PARKED:
        ledger.park(item)
    elif outcome.state is not None:
        ledger.change(op.record, op.record_kind, outcome.state, item if outcome.result == APPLIED else None)
    ledger.decided(item, outcome.result, outcome.reason, outcome.alias)
    return outcome.result


def _born(ledger: Ledger, item: Arrived, op: Operation, context: Context) -> str:
    """The short way of a creation: the same decision as `merge`, its bytes put together without decoding values."""
    outcome = merge(None, op, context)
    if outcome.result == REJECTED:
        ledger.set_aside(item, outcome.reason)
    else:
        body = born_bytes(op.record, op.record_kind, op.scope, op.op_id, op.value)
        ledger.change(op.record, op.record_kind, body, item)
    ledger.decided(item, outcome.result, outcome.reason)
    return outcome.result


def _retry(ledger: Ledger, context: Context) -> None:
    """Parked operations whose base has arrived are decided now; their devices learn it from the list of results."""
    todo = [
        Arrived(row.op_id, row.device, row.stream, row.n, raw, decode(raw), row.package, row.position, True)
        for row in ledger.waiting()
        for raw in [ledger.box.open(b"waiting" + row.op_id, row.body)]
    ]
    ledger.read_for(todo)
    again = True
    while again:
        again = False
        for item in list(todo):
            op = item.op
            assert op is not None
            outcome = merge(ledger.state(op.record), op, msgspec.structs.replace(context, device=item.device))
            if outcome.result == PARKED:
                continue
            todo.remove(item)
            again = True
            ledger.release(item.op_id)
            if outcome.result == REJECTED:
                ledger.set_aside(item, outcome.reason)
            elif outcome.state is not None:
                ledger.change(op.record, op.record_kind, outcome.state, None)
            ledger.decided(item, outcome.result, outcome.reason, outcome.alias)
