"""The journal: every change of a synced row becomes operations in the same transaction, by a session hook."""

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import delete, event, insert, inspect, select, update
from sqlalchemy.orm import Session, sessionmaker

from db import audit, streams
from db.audit import Author
from db.kinds import KINDS, STATUS, VOID_GROUP
from db.mapping import CLASSES, declared_value, object_groups
from db.operation import (
    CREATE,
    NO_BASE,
    RESOLVE,
    SET,
    TRANSITION,
    VOID,
    Operation,
    canonical,
    create_value,
    encode,
    id_bytes,
    id_text,
    new_id_bytes,
)
from db.tables.base import Synced, table
from db.tables.journal import Conflict, OperationRow, RecordRow, Shadow, Version

_SEEN, _AUTHOR, _APPLYING, _WRITTEN, _CLOSES = "seen", "author", "applying", "written", "closes"


def install(factory: sessionmaker[Session]) -> None:
    """Hook the journal into every session of this factory."""
    event.listen(factory, "before_flush", _before_flush)
    event.listen(factory, "before_commit", _before_commit)
    event.listen(factory, "after_rollback", _forget)


def write_as(session: Session, author: Author) -> None:
    """Name the person, role and township that the session writes for; without it nothing synced can be written."""
    session.info[_AUTHOR] = author


def looking_at(session: Session, record: str, versions: Mapping[str, str]) -> None:
    """Say what the person saw: group to operation id, as `versions` gave it.

    A group of that record that is not named counts as seen empty. Without this call the bases are what the store
    holds now.
    """
    session.info.setdefault(_SEEN, {})[record] = {group: id_bytes(op) for group, op in versions.items()}


def versions(session: Session, record: str) -> dict[str, str]:
    """The version of every group of a record in the view; it travels with the view and comes back with the save."""
    found = current_versions(session, record)
    return {group: id_text(op) for group, op in found.items()}


def current_versions(session: Session, record: str) -> dict[str, bytes]:
    """Versions as bytes: the record's birth for every group that holds something, else its own version row."""
    row = session.get(RecordRow, record)
    if row is None:
        return {}
    item = session.get(CLASSES[row.kind], record)
    found = dict.fromkeys(object_groups(item), row.birth) if item is not None else {}
    rows = session.execute(select(Version.group, Version.op_id).where(Version.record == record))
    return found | dict(rows.all())


@contextmanager
def applying(session: Session) -> Iterator[None]:
    """Turn the hook off for what came from the county; the caller writes versions and hashes itself."""
    session.info[_APPLYING] = True
    try:
        yield
        session.flush()
    finally:
        session.info[_APPLYING] = False


def pending_count(session: Session) -> int:
    """Own operations without a final receipt."""
    return streams.unsent(session)


def void(session: Session, record: str, why: str) -> None:
    """Take a record out of the view, having seen all of it; nothing is deleted (sync_design.md §4, void)."""
    void_all(session, [record], why)


def void_all(session: Session, records: Sequence[str], why: str) -> None:
    """Take a few hundred records out of the view as `void` does, read and written together."""
    session.flush()
    rows = list(session.execute(select(RecordRow).where(RecordRow.id.in_(records))).scalars())
    items = _views(session, rows)
    own: dict[str, dict[str, bytes]] = {}
    query = select(Version.record, Version.group, Version.op_id).where(Version.record.in_(records))
    for record, group, op_id in session.execute(query):
        own.setdefault(record, {})[group] = op_id
    held = select(Shadow.record).where(Shadow.record.in_(records), Shadow.group == VOID_GROUP)
    shadowed = set(session.execute(held).scalars())
    writer = _Writer(session)
    with applying(session), session.no_autoflush:
        for row in rows:
            item = items[row.id]
            if item.void:
                continue
            seen = set((dict.fromkeys(object_groups(item), row.birth) | own.get(row.id, {})).values())
            op = writer.write(row.id, row.kind, VOID, "", canonical(why), row.birth, seen=tuple(sorted(seen)))
            _set_mark(session, row, item, op, row.id in shadowed)
    writer.finish()


def _views(session: Session, rows: Sequence[RecordRow]) -> dict[str, Any]:
    """The mapped objects of records by id."""
    found: dict[str, Any] = {}
    for kind in {row.kind for row in rows}:
        mapped: Any = CLASSES[kind]
        ids = [row.id for row in rows if row.kind == kind]
        found |= {item.id: item for item in session.execute(select(mapped).where(mapped.id.in_(ids))).scalars()}
    return found


def settle_void(session: Session, record: str, wanted: bool, conflicts: list[bytes]) -> None:
    """Decide whether a record stays void: a `resolve` of that mark."""
    session.flush()
    row = session.get_one(RecordRow, record)
    item: Any = session.get_one(CLASSES[row.kind], record)
    writer = _Writer(session)
    op = writer.write(
        record, row.kind, RESOLVE, VOID_GROUP, canonical(wanted), row.void or row.birth, closes=tuple(conflicts)
    )
    _mark_void(session, row, item, (row.void or op) if wanted else b"")
    session.execute(update(Conflict).where(Conflict.op_id.in_(conflicts)).values(open=False))
    writer.finish()


def _mark_void(session: Session, row: RecordRow, item: Any, mark: bytes) -> None:
    held = select(Shadow.group).where(Shadow.record == row.id, Shadow.group == VOID_GROUP)
    with applying(session):
        _set_mark(session, row, item, mark, session.execute(held).scalar() is not None)


def _set_mark(session: Session, row: RecordRow, item: Any, mark: bytes, shadowed: bool) -> None:
    """Set the view's mark and keep the county's aside, as for any group."""
    if not shadowed:
        session.add(
            Shadow(
                record=row.id,
                group=VOID_GROUP,
                present=bool(row.void),
                value=bytes(canonical(None)),
                op_id=row.void,
            )
        )
    item.void = bool(mark)
    row.void = mark


@contextmanager
def resolving(session: Session, conflicts: list[bytes]) -> Iterator[None]:
    """Writes inside settle these conflicts: their operations are `resolve` and name what they close."""
    session.info[_CLOSES] = tuple(conflicts)
    try:
        yield
        session.flush()
    finally:
        session.info.pop(_CLOSES, None)


def settle_unchanged(session: Session, record: str, group: str, conflicts: list[bytes]) -> None:
    """Resolve conflicts by leaving the standing value as it is: a `resolve` with the current value."""
    row = session.get_one(RecordRow, record)
    session.flush()
    item = session.get_one(CLASSES[row.kind], record)
    value = object_groups(item).get(group)
    writer = _Writer(session)
    writer.set_group(row, group, value, value, RESOLVE, tuple(conflicts))
    writer.finish()


def _before_flush(session: Session, _context: object, _instances: object) -> None:
    if session.info.get(_APPLYING):
        return
    for item in session.deleted:
        if isinstance(item, Synced):
            raise AssertionError("a synced record is voided, never deleted")
    born = [item for item in session.new if isinstance(item, Synced)]
    changed = [item for item in session.dirty if isinstance(item, Synced) and session.is_modified(item)]
    if not born and not changed:
        return
    writer = _Writer(session)
    for item in born:
        writer.born(item)
    for item in changed:
        writer.changed(item)
    writer.finish()


def _before_commit(session: Session) -> None:
    session.flush()
    written = session.info.pop(_WRITTEN, None)
    if written:
        digest = hashlib.sha256(b"".join(written)).hexdigest()
        audit.record(session, "write", "", {"operations": len(written), "hash": digest})
    session.info.pop(_SEEN, None)


def _forget(session: Session) -> None:
    session.info.pop(_WRITTEN, None)
    session.info.pop(_SEEN, None)


class _Writer:
    """Collects the operations of one flush and writes them, their versions and shadows in bulk."""

    def __init__(self, session: Session) -> None:
        author = session.info.get(_AUTHOR)
        if not isinstance(author, Author):
            raise AssertionError("a synced record is written without write_as")
        self.session, self.author = session, author
        self.rows: list[dict[str, object]] = []
        self.records: list[dict[str, object]] = []
        self.wall = int(time.time() * 1000)
        self.monotonic = int(time.monotonic() * 1000)
        self.stream, self.n = streams.take(session)

    def write(
        self,
        record: str,
        record_kind: str,
        kind: str,
        group: str,
        value: msgspec.Raw,
        base: bytes,
        seen: tuple[bytes, ...] = (),
        closes: tuple[bytes, ...] = (),
        edition: str = "",
    ) -> bytes:
        """One operation; its id."""
        op = Operation(
            new_id_bytes(),
            id_bytes(record),
            record_kind,
            kind,
            self.author.scope,
            group,
            value,
            base,
            self.author.actor,
            self.author.role,
            self.wall,
            "estimated",
            self.monotonic,
            edition,
            seen=seen,
            closes=closes,
        )
        self.n += 1
        self.rows.append(
            {
                "op_id": op.op_id,
                "record": record,
                "kind": kind,
                "grp": group,
                "stream": self.stream,
                "n": self.n,
                "body": encode(op),
                "wall_ms": self.wall,
            }
        )
        return op.op_id

    def born(self, item: Any) -> None:
        """The create of a new record with every group it is born with."""
        item.scope = item.scope or self.author.scope
        kind = KINDS[item.kind]
        edition = getattr(item, "form_version", None) or ""
        op = self.write(item.id, kind.name, CREATE, "", create_value(object_groups(item)), NO_BASE, edition=edition)
        self.records.append(
            {
                "id": item.id,
                "kind": kind.name,
                "scope": item.scope,
                "birth": op,
                "known": False,
                "void": b"",
                "hash": b"",
                "extra": b"",
            }
        )

    def changed(self, item: Any) -> None:
        """One operation for every group whose value is not what it was."""
        kind = KINDS[item.kind]
        with self.session.no_autoflush:
            row = self.session.get_one(RecordRow, item.id)
            state = inspect(item)
            before = {f.attribute(): _old(state, f.attribute()) for g in kind.groups for f in g.fields}
            for group in kind.groups:
                old = declared_value(group, before, by_column=False)
                new = declared_value(group, item.__dict__ | _loaded(item, group.fields), by_column=False)
                if old != new:
                    act = TRANSITION if group.merge == STATUS else SET
                    self.set_group(row, group.name, old, new, act)
            if kind.open_column:
                old_map = _old(state, kind.open_column) or {}
                new_map = getattr(item, kind.open_column) or {}
                for key in sorted(old_map.keys() | new_map.keys()):
                    if old_map.get(key) != new_map.get(key):
                        self.set_group(row, kind.open_prefix + key, old_map.get(key), new_map.get(key), SET)

    def set_group(
        self, row: RecordRow, group: str, old: object, new: object, kind: str, closes: tuple[bytes, ...] = ()
    ) -> None:
        """The operation on one group, its new version, and the county's value kept aside if this is the first."""
        session = self.session
        held = session.execute(select(Version.op_id).where(Version.record == row.id, Version.group == group)).scalar()
        current = held if held is not None else (row.birth if old is not None else NO_BASE)
        seen = session.info.get(_SEEN, {}).get(row.id)
        base = current if seen is None else seen.get(group, NO_BASE)
        closes = closes or session.info.get(_CLOSES, ())
        op = self.write(row.id, row.kind, RESOLVE if closes else kind, group, canonical(new), base, closes=closes)
        if seen is not None:
            seen[group] = op
        shadowed = session.execute(select(Shadow.group).where(Shadow.record == row.id, Shadow.group == group)).scalar()
        if shadowed is None:
            session.execute(
                insert(Shadow),
                [
                    {
                        "record": row.id,
                        "group": group,
                        "present": old is not None or held is not None,
                        "value": bytes(canonical(old)),
                        "op_id": current,
                    }
                ],
            )
        session.execute(delete(Version).where(Version.record == row.id, Version.group == group))
        session.execute(insert(Version), [{"record": row.id, "group": group, "op_id": op}])
        if closes:
            session.execute(update(Conflict).where(Conflict.op_id.in_(closes)).values(open=False))

    def finish(self) -> None:
        """Write what was collected and move the stream's mark."""
        if self.rows:
            self.session.execute(insert(table(OperationRow)), self.rows)
        if self.records:
            self.session.execute(insert(table(RecordRow)), self.records)
        streams.advance(self.session, self.stream, self.n)
        written = self.session.info.setdefault(_WRITTEN, [])
        written.extend(row["op_id"] for row in self.rows)


def _old(state: Any, attribute: str) -> Any:
    history = state.attrs[attribute].history
    if history.deleted:
        return history.deleted[0]
    return history.unchanged[0] if history.unchanged else None


def _loaded(item: Any, fields: tuple[Any, ...]) -> dict[str, object]:
    return {f.attribute(): getattr(item, f.attribute()) for f in fields}
