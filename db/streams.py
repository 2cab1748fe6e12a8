"""Streams: contiguous numbers over own operations, and how far the county has confirmed them."""

import os
from datetime import UTC, datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from db.tables.base import table
from db.tables.journal import OperationRow, OpResult, Stream


def current(session: Session) -> Stream:
    """The open stream; the first one is opened when the store is made."""
    found = session.execute(select(Stream).where(Stream.closed.is_(False))).scalars().one_or_none()
    return found if found is not None else open_new(session, "first", 1)


def take(session: Session) -> tuple[bytes, int]:
    """Id of the open stream and the last number given in it."""
    with session.no_autoflush:
        row = session.execute(select(Stream.id, Stream.last_n).where(Stream.closed.is_(False))).one_or_none()
        if row is None:
            return current_id(open_new(session, "first", 1)), 0
        return row.id, row.last_n


def current_id(stream: Stream) -> bytes:
    """The stream's id."""
    return stream.id


def advance(session: Session, stream: bytes, last_n: int) -> None:
    """Numbers up to `last_n` are given."""
    session.execute(update(table(Stream)).where(table(Stream).c.id == stream).values(last_n=last_n))


def open_new(session: Session, why: str, epoch: int) -> Stream:
    """Close the open stream and carry what the county has not confirmed into a new one; operations keep their ids.

    `why`: first, restored, fork, gap, epoch (sync_design.md §3, §5.2).
    """
    old = session.execute(select(Stream).where(Stream.closed.is_(False))).scalars().one_or_none()
    fresh = Stream(
        id=os.urandom(8),
        epoch=epoch,
        opened_at=datetime.now(UTC).isoformat(timespec="seconds"),
        why=why,
        last_n=0,
        packed_n=0,
        received_n=0,
        durable_n=0,
        closed=False,
    )
    if old is not None:
        old.closed = True
        waiting = (
            session.execute(
                select(OperationRow.seq)
                .where(OperationRow.stream == old.id, OperationRow.n > old.received_n)
                .order_by(OperationRow.n)
            )
            .scalars()
            .all()
        )
        for n, seq in enumerate(waiting, 1):
            session.execute(update(OperationRow).where(OperationRow.seq == seq).values(stream=fresh.id, n=n))
        fresh.last_n = len(waiting)
    # A core insert: this also runs inside a flush, where new objects would come too late.
    if old is not None:
        session.execute(update(table(Stream)).where(table(Stream).c.id == old.id).values(closed=True))
    session.execute(
        insert(table(Stream)),
        [{column.name: getattr(fresh, column.name) for column in table(Stream).columns}],
    )
    return session.get_one(Stream, fresh.id)


def unsent(session: Session) -> int:
    """Own operations without a final receipt: not yet received, or waiting at the county for something before them."""
    row = session.execute(
        select(func.coalesce(func.sum(Stream.last_n - Stream.received_n), 0)).where(Stream.closed.is_(False))
    ).scalar_one()
    waiting = session.execute(select(func.count()).select_from(OpResult).where(OpResult.final.is_(False))).scalar_one()
    return int(row) + int(waiting)


def oldest_unsent(session: Session) -> int | None:
    """Wall time (UTC ms) of the oldest operation that the county has not confirmed; None when there is none."""
    stream = session.execute(select(Stream.id, Stream.received_n).where(Stream.closed.is_(False))).one_or_none()
    if stream is None:
        return None
    return session.execute(
        select(OperationRow.wall_ms).where(OperationRow.stream == stream.id, OperationRow.n == stream.received_n + 1)
    ).scalar()
