"""The county-confirmed content of records on this laptop, read back from the view, versions and shadows."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.kinds import KINDS, VOID_GROUP
from db.mapping import row_groups, table_of
from db.operation import Operation, canonical, decode, id_bytes
from db.tables.journal import (
    Conflict,
    OperationRow,
    OpResult,
    RecordRow,
    Shadow,
    Stream,
    Version,
)
from sync.state import ConflictItem, RecordState

_CHUNK = 500


def base_states(session: Session, records: Sequence[str]) -> dict[str, RecordState]:
    """What the county holds of these records as far as this laptop knows; unknown and unconfirmed ones are absent."""
    found: dict[str, RecordState] = {}
    for start in range(0, len(records), _CHUNK):
        found |= _chunk(session, records[start : start + _CHUNK])
    return found


def _chunk(session: Session, ids: Sequence[str]) -> dict[str, RecordState]:
    rows = session.execute(
        select(RecordRow.id, RecordRow.kind, RecordRow.scope, RecordRow.birth, RecordRow.void, RecordRow.extra).where(
            RecordRow.id.in_(ids), RecordRow.known.is_(True)
        )
    ).all()
    if not rows:
        return {}
    versions = _grouped(
        session.execute(select(Version.record, Version.group, Version.op_id).where(Version.record.in_(ids))).all()
    )
    shadows = _grouped(
        session.execute(
            select(Shadow.record, Shadow.group, Shadow.present, Shadow.value, Shadow.op_id).where(
                Shadow.record.in_(ids)
            )
        ).all()
    )
    conflicts = _grouped(
        session.execute(
            select(Conflict.record, Conflict.item).where(Conflict.record.in_(ids)).order_by(Conflict.op_id)
        ).all()
    )
    views = _views(session, {row.kind for row in rows}, ids)
    return {
        row.id: _state(row, views[row.id], versions.get(row.id, []), shadows.get(row.id, []), conflicts.get(row.id, []))
        for row in rows
    }


def _grouped(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _views(session: Session, kinds: Iterable[str], ids: Sequence[str]) -> dict[str, dict[str, object]]:
    found = {}
    for name in kinds:
        kind = KINDS[name]
        table = table_of(kind)
        for row in session.execute(select(table).where(table.c.id.in_(ids))).mappings():
            found[row["id"]] = row_groups(kind, dict(row))
    return found


def _state(
    row: Any, view: dict[str, object], versions: list[Any], shadows: list[Any], conflicts: list[Any]
) -> RecordState:
    groups = {name: canonical(value) for name, value in view.items()}
    if row.extra:
        groups |= msgspec.msgpack.decode(row.extra, type=dict[str, msgspec.Raw])
    own = {group: op for _, group, op in versions}
    for group in own:
        groups.setdefault(group, canonical(None))
    void = row.void
    for _, group, present, value, op in shadows:
        if group == VOID_GROUP:
            void = op
        elif present:
            groups[group], own[group] = msgspec.Raw(value), op
        else:
            groups.pop(group, None)
            own.pop(group, None)
    return RecordState(
        id_bytes(row.id),
        row.kind,
        row.scope,
        row.birth,
        groups,
        {group: op for group, op in own.items() if op != row.birth},
        void,
        {},
        [msgspec.msgpack.decode(c.item, type=ConflictItem) for c in conflicts],
    )


def pending_of(session: Session, records: Sequence[str]) -> dict[str, list[Operation]]:
    """Own operations on these records that the county has not decided, in the order they were written."""
    found: dict[str, list[Operation]] = {}
    waiting = select(OpResult.op_id).where(OpResult.final.is_(False))
    for start in range(0, len(records), _CHUNK):
        rows = session.execute(
            select(OperationRow.record, OperationRow.body)
            .join(Stream, Stream.id == OperationRow.stream)
            .where(OperationRow.record.in_(records[start : start + _CHUNK]))
            .where(
                ((Stream.closed.is_(False)) & (OperationRow.n > Stream.received_n)) | OperationRow.op_id.in_(waiting)
            )
            .order_by(OperationRow.seq)
        )
        for record, body in rows:
            found.setdefault(record, []).append(decode(body))
    return found
