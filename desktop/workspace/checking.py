"""`verify` without argument: pages, files, journal, audit chain and attachments of the whole store."""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import audit
from db.operation import decode
from db.tables.exchange import Attachment
from db.tables.journal import OperationRow, Stream
from desktop.workspace.open_store import OpenStore


def whole(opened: OpenStore) -> list[str]:
    """Everything that is not as it was written, in words; nothing when all is whole."""

    def look(session: Session) -> tuple[list[str], list[str]]:
        here = list(session.execute(select(Attachment.sha256).where(Attachment.here.is_(True))).scalars())
        return here, audit.verify(session) + journal_findings(session)

    blobs, found = opened.look(lambda work: look(work.session))
    return opened.store.integrity(blobs) + found


def journal_findings(session: Session) -> list[str]:
    """Operations that cannot be read, are not the one their row names, or leave a gap in their stream."""
    found: list[str] = []
    last: dict[bytes, int] = {}
    rows = session.execute(
        select(OperationRow.op_id, OperationRow.stream, OperationRow.n, OperationRow.body).order_by(
            OperationRow.stream, OperationRow.n
        )
    )
    for op_id, stream, n, body in rows:
        try:
            same = decode(body).op_id == op_id
        except msgspec.DecodeError:
            same = False
        if not same:
            found.append(f"日志第 {n} 项读不出来或被改动过")
        if n != last.get(stream, n - 1) + 1:
            found.append(f"日志在第 {n} 项之前缺了内容")
        last[stream] = n
    for stream, n in session.execute(select(Stream.id, Stream.last_n).where(Stream.closed.is_(False))):
        if last.get(stream, 0) not in (0, n):
            found.append("日志末尾缺了内容")
    return found
