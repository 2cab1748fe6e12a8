"""Taking over a ledger: the rows of an import plan become households, persons and cases in one transaction."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import insert, select

from db import journal, search
from db.operation import new_id
from db.refused import BadValue, Refused
from db.tables import table
from db.tables.cases import Case
from db.tables.journal import RecordRow, Version
from db.tables.people import Household, ImportBatch, ImportedRecord, Person
from db.tables.visits import Visit
from desktop.casework import cases, numbers, programmes
from desktop.casework.planned import PlannedCase, PlannedHousehold
from desktop.casework.views import View
from desktop.casework.work import Work, shorten


class Batch(View, frozen=True, kw_only=True):
    """What an import did: `batch_id`, counts by kind, and `repeated` when the same file had come before."""

    batch_id: str
    households: int = 0
    persons: int = 0
    cases: int = 0
    known: int = 0
    repeated: bool = False


def take_over(
    work: Work,
    profile: str,
    file_sha256: str,
    planned: Sequence[PlannedHousehold],
    summary: dict[str, Any] | None = None,
) -> Batch:
    """Write all planned households in one transaction; the same file a second time changes nothing."""
    work.allow("import")
    session = work.session
    before = session.execute(
        select(ImportBatch).where(ImportBatch.file_sha256 == file_sha256, ImportBatch.undone_at.is_(None))
    ).scalar()
    if before is not None:
        return Batch(batch_id=before.id, repeated=True)
    batch = new_id()
    made: list[str] = []
    people: list[str] = []
    count = Batch(batch_id=batch)
    held = _numbers_held(work)
    for place, home in enumerate(planned):
        work.step(place, len(planned), "写入")
        count = _household(work, batch, home, made, people, count, held)
    session.add(
        ImportBatch(
            id=batch,
            profile=profile,
            file_sha256=file_sha256,
            taken_at=datetime.now(UTC).isoformat(timespec="seconds"),
            taken_by=work.user,
            undone_at=None,
            summary=msgspec.msgpack.encode(summary or {}),
        )
    )
    session.flush()
    if made:
        session.execute(
            insert(table(ImportedRecord)),
            [{"batch_id": batch, "record_id": record} for record in made],
        )
    search.index_people(session, people)
    work.record("import", batch, {"profile": profile, "records": len(made)})
    return count


def _numbers_held(work: Work) -> set[str]:
    found = work.session.execute(select(Person.id_number).where(Person.id_number.is_not(None), Person.void.is_(False)))
    return {number for number in found.scalars() if number}


def _household(
    work: Work,
    batch: str,
    planned: PlannedHousehold,
    made: list[str],
    people: list[str],
    count: Batch,
    held: set[str],
) -> Batch:
    """One household, unless all its people are known already by their numbers."""
    ids = {p.values.get("id_number") for p in planned.people} - {None}
    if ids and ids <= held:
        return msgspec.structs.replace(count, known=count.known + 1)
    home = Household(id=new_id(), scope=work.scope, import_batch=batch, **planned.values)
    work.session.add(home)
    made.append(home.id)
    for place, person in enumerate(planned.people, 1):
        row = Person(
            id=new_id(),
            scope=work.scope,
            household_id=home.id,
            position=place,
            import_batch=batch,
            **person.values,
        )
        work.session.add(row)
        made.append(row.id)
        people.append(row.id)
    for case in planned.cases:
        made += _case(work, batch, home.id, case)
    return msgspec.structs.replace(
        count,
        households=count.households + 1,
        persons=count.persons + len(planned.people),
        cases=count.cases + len(planned.cases),
    )


def _case(work: Work, batch: str, household_id: str, planned: PlannedCase) -> list[str]:
    _, business = programmes.programme(planned.programme_code)
    case = Case(
        id=new_id(),
        scope=work.scope,
        household_id=household_id,
        programme_code=planned.programme_code,
        case_no=numbers.case_number(work, business, work.on[:4]),
        status=planned.status,
        import_batch=batch,
        **planned.values,
    )
    work.session.add(case)
    return [
        case.id,
        cases.add_event(work, case.id, planned.status, work.on, "台账导入"),
    ]


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
    records = list(
        session.execute(select(ImportedRecord.record_id).where(ImportedRecord.batch_id == batch_id)).scalars()
    )
    changed = _changed_since(work, batch_id)
    if changed:
        raise Refused(
            "import.changed_since",
            f"这一批里有 {changed} 项后来改过或有了访视、案件，不能整批撤销。",
            "没有改动任何内容。",
            "请逐户处理，或先与县里核对。",
        )
    for record in records:
        journal.void(session, record, "撤销台账导入")
    batch.undone_at = datetime.now(UTC).isoformat(timespec="seconds")
    work.record("import.undo", batch_id, {"records": len(records)})
    return Batch(batch_id=batch_id)


def _changed_since(work: Work, batch_id: str) -> int:
    """Records of the batch that have a version of their own, or were voided, or that other records point to."""
    session = work.session
    mine = select(ImportedRecord.record_id).where(ImportedRecord.batch_id == batch_id)
    own = set(session.execute(select(Version.record).where(Version.record.in_(mine))).scalars())
    own |= set(session.execute(select(RecordRow.id).where(RecordRow.id.in_(mine), RecordRow.void != b"")).scalars())
    visited = select(Visit.household_id).where(Visit.household_id.in_(mine), Visit.void.is_(False))
    own |= {home for home in session.execute(visited).scalars() if home}
    others = select(Case.household_id).where(Case.household_id.in_(mine), Case.id.not_in(mine), Case.void.is_(False))
    own |= {home for home in session.execute(others).scalars() if home}
    joined = select(Person.household_id).where(
        Person.household_id.in_(mine), Person.id.not_in(mine), Person.void.is_(False)
    )
    return len(own | {home for home in session.execute(joined).scalars() if home})
