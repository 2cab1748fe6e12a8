"""The two plain cases by the thousand: own records that the county took as they were, and records that are new here."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.kinds import KINDS
from db.mapping import parts_of, row_for, table_of
from db.operation import CREATE, Operation, canonical, id_text
from db.tables.journal import OperationRow, OpResult, RecordRow, Shadow, Stream
from sync.device.settle import write_conflicts
from sync.state import born_bytes, decode_state, record_hash

Change = tuple[bytes, bytes, bytes]
"""Record id, old hash (b"" for none), new hash: what the digest asks of a change."""


def unsettled(session: Session) -> set[str]:
    """Records with own operations on their way or the county's values kept aside: these go one by one."""
    open_ops = select(OperationRow.record).join(Stream, Stream.id == OperationRow.stream)
    pending = open_ops.where(Stream.closed.is_(False), OperationRow.n > Stream.received_n)
    waiting = select(OperationRow.record).where(
        OperationRow.op_id.in_(select(OpResult.op_id).where(OpResult.final.is_(False)))
    )
    found: set[str] = set()
    for query in (pending, waiting, select(Shadow.record)):
        found.update(session.execute(query.distinct()).scalars())
    return found


def born_alone(ops: Sequence[Operation], apart: set[str]) -> list[Operation]:
    """The creates among these operations whose record had nothing else happen to it."""
    count: dict[bytes, int] = {}
    for op in ops:
        count[op.record] = count.get(op.record, 0) + 1
    return [op for op in ops if op.kind == CREATE and count[op.record] == 1 and id_text(op.record) not in apart]


def confirm_born(session: Session, ops: Iterable[Operation]) -> list[Change]:
    """The county holds these records as they were born: nothing of the view changes but that it is confirmed."""
    changes: list[Change] = []
    rows = []
    for op in ops:
        digest = record_hash(born_bytes(op.record, op.record_kind, op.scope, op.op_id, op.value))
        changes.append((op.record, b"", digest))
        rows.append((digest, id_text(op.record)))
    if rows:
        session.connection().exec_driver_sql("UPDATE record SET known = 1, hash = ? WHERE id = ?", rows)
    return changes


def new_here(session: Session, idents: Sequence[str]) -> set[str]:
    """Those of the records that this laptop has never seen."""
    held: set[str] = set()
    for start in range(0, len(idents), 500):
        query = select(RecordRow.id).where(RecordRow.id.in_(idents[start : start + 500]))
        held.update(session.execute(query).scalars())
    return set(idents) - held


def insert_new(session: Session, arrived: Sequence[tuple[str, msgspec.Raw]]) -> list[Change]:
    """Write records that are new here, with their versions and open conflicts; a few hundred are held at a time."""
    changes: list[Change] = []
    for start in range(0, len(arrived), _CHUNK):
        changes += _insert_chunk(session, arrived[start : start + _CHUNK])
    return changes


def _insert_chunk(session: Session, arrived: Sequence[tuple[str, msgspec.Raw]]) -> list[Change]:
    records, versions, changes = [], [], []
    by_kind: dict[str, list[tuple[object, ...]]] = {}
    for ident, raw in arrived:
        state, digest = decode_state(raw), record_hash(bytes(raw))
        changes.append((state.id, b"", digest))
        parts = parts_of(KINDS[state.kind], state.groups)
        records.append(
            (ident, state.kind, state.scope, state.birth, True, state.void, digest,
             bytes(canonical(parts.aside)) if parts.aside else b"")
        )  # fmt: skip
        versions += [(ident, group, op) for group, op in state.versions.items()]
        row = row_for(KINDS[state.kind], ident, state.scope, parts)
        row["void"] = bool(state.void)
        by_kind.setdefault(state.kind, []).append(tuple([row[name] for name in _NAMES[state.kind]]))
        if state.conflicts:
            write_conflicts(session, ident, state, set())
    connection = session.connection()
    connection.exec_driver_sql(_insert("record", _RECORD_NAMES), records)
    if versions:
        connection.exec_driver_sql(_insert("version", ("record", "grp", "op_id")), versions)
    for name, rows in by_kind.items():
        connection.exec_driver_sql(_insert(KINDS[name].table, _NAMES[name]), rows)
    return changes


def _insert(table: str, names: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


_CHUNK = 400
_RECORD_NAMES = ("id", "kind", "scope", "birth", "known", "void", "hash", "extra")
_NAMES = {kind.name: tuple(column.name for column in table_of(kind).columns) for kind in KINDS.values()}
