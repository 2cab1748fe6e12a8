"""Differences for a person to decide, field by field, and what settles them."""

from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import journal
from db.kinds import KINDS, VOID_GROUP
from db.mapping import CLASSES, object_groups
from db.operation import canonical, id_bytes, id_text, plain
from db.refused import BadValue
from db.tables.journal import Conflict, RecordRow
from sync.state import ConflictItem


class Difference(msgspec.Struct, frozen=True):
    """One differing field: `county` is the value that stands, `mine` the one that lost, whoever wrote it."""

    id: str
    record: str
    kind: str
    group: str
    field: str
    mine: Any
    county: Any
    mine_actor: str = ""


def conflicts(session: Session) -> list[Difference]:
    """Every open difference; the fields of one group share the id."""
    found: list[Difference] = []
    rows = session.execute(select(Conflict).where(Conflict.open.is_(True)).order_by(Conflict.op_id)).scalars()
    for row in rows:
        item = msgspec.msgpack.decode(row.item, type=ConflictItem)
        record = session.get_one(RecordRow, row.record)
        standing = _standing(session, record, row.group)
        losing = True if row.group == VOID_GROUP else plain(item.value)
        for field, mine, county in _fields(record.kind, row.group, losing, standing):
            found.append(
                Difference(id_text(row.op_id), row.record, record.kind, row.group, field, mine, county, item.actor)
            )
    return found


def _standing(session: Session, record: RecordRow, group: str) -> Any:
    if group == VOID_GROUP:
        return bool(record.void)
    item = session.get(CLASSES[record.kind], record.id)
    return object_groups(item).get(group) if item is not None else None


def _fields(kind: str, group: str, mine: Any, county: Any) -> list[tuple[str, Any, Any]]:
    declared = KINDS[kind].group(group)
    if declared is None or declared.single:
        return [(group.removeprefix(KINDS[kind].open_prefix or "\0"), mine, county)]
    left, right = mine or {}, county or {}
    return [
        (field.name, left.get(field.key()), right.get(field.key()))
        for field in declared.fields
        if left.get(field.key()) != right.get(field.key())
    ] or [(group, mine, county)]


def resolve(session: Session, conflict: str, keep: str | None, value: Any = None) -> None:
    """Settle one difference: the losing value, the standing one, or a third; raises BadValue `conflict.unknown`."""
    row = session.get(Conflict, _ident(conflict))
    if row is None or not row.open:
        raise BadValue(
            "conflict.unknown", "没有这一处分歧，或者已经定过了。", "没有改动。", "请用 conflicts list 看还有哪些。"
        )
    item = msgspec.msgpack.decode(row.item, type=ConflictItem)
    record = session.get_one(RecordRow, row.record)
    standing = _standing(session, record, row.group)
    if row.group == VOID_GROUP:
        wanted = {"mine": True, "county": bool(record.void)}.get(keep or "", value)
        journal.settle_void(session, row.record, wanted is True, [row.op_id])
        return
    wanted = {"mine": plain(item.value), "county": standing}.get(keep or "", value)
    if canonical(wanted) == canonical(standing):
        journal.settle_unchanged(session, row.record, row.group, [row.op_id])
        return
    held: Any = session.get_one(CLASSES[record.kind], row.record)
    with journal.resolving(session, [row.op_id]):
        _assign(held, record.kind, row.group, wanted)


def _assign(held: Any, kind: str, group: str, value: Any) -> None:
    declared = KINDS[kind].group(group)
    if declared is None:
        prefix, column = KINDS[kind].open_prefix, KINDS[kind].open_column
        answers = dict(getattr(held, column) or {})
        answers[group.removeprefix(prefix)] = value
        if value is None:
            answers.pop(group.removeprefix(prefix))
        setattr(held, column, answers)
        return
    if not declared.single and not isinstance(value, dict | None):
        raise BadValue(
            "conflict.bad_value",
            "这几格是一起定的，要写成一个对象。",
            "分歧还在，没有改动。",
            "请照 conflicts list 的格式写。",
        )
    for field in declared.fields:
        setattr(held, field.attribute(), value if declared.single else (value or {}).get(field.key()))


def _ident(text: str) -> bytes:
    try:
        return id_bytes(text)
    except ValueError:
        return b""
