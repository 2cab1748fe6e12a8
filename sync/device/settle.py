"""Bringing a record's view in line: the county's content with own undecided operations laid over it."""

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from db.kinds import KINDS, VOID_GROUP
from db.mapping import parts_of, row_for, table_of
from db.operation import (
    APPEND,
    CREATE,
    NO_BASE,
    RESOLVE,
    RETIRE,
    SET,
    TRANSITION,
    VOID,
    Operation,
    canonical,
    id_text,
    plain,
)
from db.tables import table
from db.tables.journal import Conflict, RecordRow, Shadow, Version
from sync.state import RecordState

_WRITES = frozenset({SET, TRANSITION, RESOLVE, RETIRE})


def write_view(session: Session, record: str, state: RecordState, pending: Sequence[Operation]) -> None:
    """Write rows, versions, shadows and conflicts of one record from the county's content and what is pending on it."""
    view, versions, voided = dict(state.groups), dict(state.versions), state.void
    shadows: dict[str, dict[str, object]] = {}
    closed: set[bytes] = set()
    for op in pending:
        closed.update(op.closes)
        if op.kind == VOID or op.group == VOID_GROUP:
            shadows[VOID_GROUP] = _void_shadow(record, state)
            voided = _void_after(voided, op)
            continue
        if op.kind not in _WRITES:
            continue
        if op.group not in shadows:
            shadows[op.group] = _shadow(record, op.group, state)
        view[op.group], versions[op.group] = op.value, op.op_id
    _write_row(session, record, state, view, voided)
    session.execute(delete(Version).where(Version.record == record))
    session.execute(delete(Shadow).where(Shadow.record == record))
    rows = [{"record": record, "grp": g, "op_id": op} for g, op in versions.items() if op != state.birth]
    if rows:
        session.execute(insert(table(Version)), rows)
    if shadows:
        session.execute(insert(table(Shadow)), list(shadows.values()))
    write_conflicts(session, record, state, closed)


def _void_after(void: bytes, op: Operation) -> bytes:
    """The mark of a record after an operation about it: a void sets it, a settlement says whether it stays."""
    wanted = op.kind == VOID or plain(op.value) is True
    return (void or op.op_id) if wanted else b""


def _void_shadow(record: str, state: RecordState) -> dict[str, object]:
    return {
        "record": record,
        "grp": VOID_GROUP,
        "present": bool(state.void),
        "value": bytes(canonical(None)),
        "op_id": state.void,
    }


def _shadow(record: str, group: str, state: RecordState) -> dict[str, object]:
    present = group in state.groups
    version = state.versions.get(group, state.birth) if present else NO_BASE
    value = bytes(state.groups[group]) if present else bytes(canonical(None))
    return {"record": record, "grp": group, "present": present, "value": value, "op_id": version}


def _write_row(
    session: Session, record: str, state: RecordState, view: Mapping[str, msgspec.Raw], voided: bytes
) -> None:
    kind = KINDS[state.kind]
    target = table_of(kind)
    parts = parts_of(kind, view)
    row = row_for(kind, record, state.scope, parts)
    row["void"] = bool(voided)
    aside = parts.aside
    exists = session.execute(select(target.c.id).where(target.c.id == record)).scalar()
    if exists is None:
        session.execute(insert(target), [row])
    else:
        session.execute(update(target).where(target.c.id == record).values(row))
    session.execute(
        update(table(RecordRow))
        .where(table(RecordRow).c.id == record)
        .values(void=voided, extra=bytes(canonical(aside)) if aside else b"")
    )


def write_conflicts(session: Session, record: str, state: RecordState, closed: set[bytes]) -> None:
    """The open conflicts are those of the county's content, less what own pending operations settle."""
    session.execute(delete(Conflict).where(Conflict.record == record))
    rows = [
        {
            "op_id": item.op_id,
            "record": record,
            "grp": item.group,
            "item": bytes(canonical(item)),
            "open": item.op_id not in closed,
        }
        for item in state.conflicts
    ]
    if rows:
        session.execute(insert(table(Conflict)), rows)


def fold(state: RecordState | None, op: Operation) -> RecordState:
    """The county's content after an own operation that it applied as it stood."""
    if op.kind == CREATE and state is not None:
        return state  # it came on a page before its result did
    if op.kind == CREATE or state is None:
        groups = msgspec.msgpack.decode(op.value, type=dict[str, msgspec.Raw])
        return RecordState(op.record, op.record_kind, op.scope, op.op_id, groups, {}, b"", {}, [])
    if op.closes:
        state = msgspec.structs.replace(
            state, conflicts=[item for item in state.conflicts if item.op_id not in op.closes]
        )
    if op.kind == VOID or op.group == VOID_GROUP:
        return msgspec.structs.replace(state, void=_void_after(state.void, op))
    if op.kind == APPEND:
        return msgspec.structs.replace(state, entries=state.entries | {id_text(op.op_id): op.value})
    if op.kind in _WRITES:
        return msgspec.structs.replace(
            state,
            groups=state.groups | {op.group: op.value},
            versions=state.versions | {op.group: op.op_id},
        )
    return state


def person_and_household_ids(states: Sequence[RecordState]) -> tuple[list[str], list[str]]:
    """Records whose search entries have to follow."""
    people = [id_text(s.id) for s in states if s.kind == "person"]
    homes = [id_text(s.id) for s in states if s.kind == "household"]
    return people, homes


def blob_of(state: RecordState) -> list[tuple[str, int]]:
    """Attachments that a record names: SHA-256 of the clear bytes and size (0 when not told)."""
    found = []
    for path in KINDS[state.kind].blob_fields:
        group, field = path.split(".")
        raw = state.groups.get(group)
        value = plain(raw) if raw is not None else None
        if isinstance(value, dict) and isinstance(value.get(field), str):
            found.append((value[field], int(value.get("size") or 0)))
    return found
