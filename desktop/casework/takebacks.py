"""Taking a whole import back: what it made is voided, what it changed is as before; refused once others built on it."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import select

from db import journal, search
from db.mapping import object_groups
from db.operation import decode, plain
from db.refused import BadValue, Refused
from db.tables.base import Synced
from db.tables.cases import Case, CaseEvent
from db.tables.journal import OperationRow, RecordRow, Version
from db.tables.money import FundEntry
from db.tables.people import Household, ImportBatch, ImportedRecord, Person
from db.tables.visits import Visit
from desktop.casework.views import View
from desktop.casework.work import Work, shorten

_CLASSES: dict[str, type[Any]] = {
    "household": Household,
    "person": Person,
    "case": Case,
    "case_event": CaseEvent,
    "fund_entry": FundEntry,
}

_TOGETHER = 500
"""Records that are voided together; between them the person may stop."""


class Batch(View, frozen=True, kw_only=True):
    """What an import did: counts of new records, of changed fields and of lines added to benefits that were there.

    `known` households were there before, `held` ones were not written because somebody must look first, `gone` people
    are no longer listed (their cases go on). `entries` of the reserve-fund book are new, `known_entries` were there.
    `repeated`: the same file had come before; `unchanged`: nothing was new.
    """

    batch_id: str
    households: int = 0
    persons: int = 0
    cases: int = 0
    changed: int = 0
    lines: int = 0
    entries: int = 0
    known_entries: int = 0
    known: int = 0
    held: int = 0
    gone: int = 0
    repeated: bool = False
    unchanged: bool = False


def undo(work: Work, batch_id: str) -> Batch:
    """Take a whole batch out of the view again; refused when one of its records was changed since."""
    work.allow("import")
    session = work.session
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise BadValue(
            "import.unknown_batch",
            f"没有编号为 {shorten(batch_id, 40)} 的导入批次。",
            "没有改动任何内容。",
            "请核对批次编号。",
        )
    if batch.undone_at is not None:
        raise Refused("import.undone", "这一批已经撤销过了。", "没有改动任何内容。", "不用再做。")
    made = list(session.execute(select(ImportedRecord.record_id).where(ImportedRecord.batch_id == batch_id)).scalars())
    changes = _changes(batch)
    later = _changed_since(work, batch_id) + sum(_moved_on(work, change) for change in changes)
    if later:
        raise Refused(
            "import.changed_since",
            f"这一批里有 {later} 项后来改过或有了访视、案件，不能整批撤销。",
            "没有改动任何内容。",
            "请逐户处理，或先与县里核对；后来又导入过的，先撤销后来的一批。",
        )
    for change in changes:
        setattr(_record(work, change), change["attribute"], change["old"])
    session.flush()
    _index(work, changes)
    for start in range(0, len(made), _TOGETHER):
        work.step(start, len(made), "撤销")
        journal.void_all(session, made[start : start + _TOGETHER], "撤销台账导入")
    batch.undone_at = datetime.now(UTC).isoformat(timespec="seconds")
    work.record("import.undo", batch_id, {"records": len(made), "changed": len(changes)})
    return Batch(batch_id=batch_id)


def _changes(batch: ImportBatch) -> list[dict[str, Any]]:
    held = msgspec.msgpack.decode(batch.summary)
    found: list[dict[str, Any]] = held.get("changed", []) if isinstance(held, dict) else []
    return found


def _record(work: Work, change: dict[str, Any]) -> Any:
    return work.session.get(_CLASSES[change["kind"]], change["record"])


def _moved_on(work: Work, change: dict[str, Any]) -> bool:
    """The record is gone or the value is no longer what the batch wrote."""
    record = _record(work, change)
    return record is None or record.void or getattr(record, change["attribute"]) != change["new"]


def _index(work: Work, changes: list[dict[str, Any]]) -> None:
    search.index_people(work.session, list({one["record"] for one in changes if one["kind"] == "person"}))
    for home in {one["record"] for one in changes if one["kind"] == "household"}:
        search.index_household(work.session, home)


def _changed_since(work: Work, batch_id: str) -> int:
    """Records of the batch that say something else than at birth, were voided, or that other records point to."""
    session = work.session
    mine = select(ImportedRecord.record_id).where(ImportedRecord.batch_id == batch_id)
    touched = set(session.execute(select(Version.record).where(Version.record.in_(mine))).scalars())
    own = {record for record in touched if not _as_born(work, record)}
    own |= set(session.execute(select(RecordRow.id).where(RecordRow.id.in_(mine), RecordRow.void != b"")).scalars())
    visited = select(Visit.household_id).where(Visit.household_id.in_(mine), Visit.void.is_(False))
    own |= {home for home in session.execute(visited).scalars() if home}
    for kind in (Case, Person):
        others = select(kind.household_id).where(
            kind.household_id.in_(mine), kind.id.not_in(mine), kind.void.is_(False)
        )
        own |= {home for home in session.execute(others).scalars() if home}
    told = select(CaseEvent.case_id).where(
        CaseEvent.case_id.in_(mine), CaseEvent.id.not_in(mine), CaseEvent.void.is_(False)
    )
    return len(own | {case for case in session.execute(told).scalars() if case})


def _as_born(work: Work, record: str) -> bool:
    """Changed and changed back: the record says what it was born with."""
    row = work.session.get_one(RecordRow, record)
    item = work.session.get(_CLASSES[row.kind], record) if row.kind in _CLASSES else None
    body = work.session.execute(select(OperationRow.body).where(OperationRow.op_id == row.birth)).scalar()
    if not isinstance(item, Synced) or body is None:
        return False
    return bool(plain(decode(body).value) == object_groups(item))
