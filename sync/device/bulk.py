"""The two plain cases by the thousand: own records that the county took as they were, and records that are new here."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.kinds import KINDS, Kind
from db.mapping import row_for, table_of, unknown_groups
from db.operation import CREATE, Operation, canonical, id_text
from db.tables.journal import OperationRow, OpResult, RecordRow, Shadow, Stream
from sync.device.settle import write_conflicts
from sync.state import RecordState, born_bytes, record_hash

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


def insert_new(session: Session, arrived: Sequence[tuple[str, RecordState, msgspec.Raw]]) -> list[Change]:
    """Write records that are new here, kind by kind, with their versions and open conflicts."""
    records, versions, changes = [], [], []
    by_kind: dict[str, list[tuple[str, RecordState]]] = {}
    for ident, state, raw in arrived:
        digest = record_hash(bytes(raw))
        changes.append((state.id, b"", digest))
        kind = KINDS[state.kind]
        aside = {name: state.groups[name] for name in unknown_groups(kind, state.groups)}
        records.append(
            (ident, state.kind, state.scope, state.birth, True, state.void, digest,
             bytes(canonical(aside)) if aside else b"")
        )  # fmt: skip
        versions += [(ident, group, op) for group, op in state.versions.items()]
        by_kind.setdefault(state.kind, []).append((ident, state))
    connection = session.connection()
    if records:
        connection.exec_driver_sql(
            "INSERT INTO record (id, kind, scope, birth, known, void, hash, extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            records,
        )
    if versions:
        connection.exec_driver_sql("INSERT INTO version (record, grp, op_id) VALUES (?, ?, ?)", versions)
    for name, states in by_kind.items():
        _insert_rows(session, KINDS[name], states)
    for ident, state in ((ident, state) for ident, state, _ in arrived if state.conflicts):
        write_conflicts(session, ident, state, set())
    return changes


def _insert_rows(session: Session, kind: Kind, states: Sequence[tuple[str, RecordState]]) -> None:
    names = [column.name for column in table_of(kind).columns]
    rows = []
    for ident, state in states:
        row = row_for(kind, ident, state.scope, state.groups)
        row["void"] = bool(state.void)
        rows.append(tuple([row[name] for name in names]))
    marks = ", ".join("?" * len(names))
    session.connection().exec_driver_sql(f"INSERT INTO {kind.table} ({', '.join(names)}) VALUES ({marks})", rows)
