"""Taking over a ledger: what an edition brings anew becomes records in one transaction, as one batch."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import insert, select

from db import search
from db.operation import new_id
from db.tables import table
from db.tables.cases import Case
from db.tables.people import Household, ImportBatch, ImportedRecord, Person
from desktop.casework import entries, fund, numbers, programmes
from desktop.casework.comparing import CaseAct, Change, HomeAct
from desktop.casework.editions import Edition, compare
from desktop.casework.fund import FundEdition
from desktop.casework.planned import Entry, Listed, PlannedEntry, PlannedHousehold
from desktop.casework.takebacks import Batch, undo
from desktop.casework.work import Work

__all__ = ["Batch", "take_over", "undo"]


def take_over(
    work: Work,
    profile: str,
    file_sha256: str,
    planned: Sequence[PlannedHousehold],
    summary: dict[str, Any] | None = None,
    listed: Listed | None = None,
    booked: Sequence[PlannedEntry] = (),
) -> Batch:
    """Write what the edition brings anew in one transaction; what the store holds already is not written again.

    The same file a second time changes nothing (`repeated`), nor does another that says the same (`unchanged`).
    """
    work.allow("import")
    edition = compare(work, profile, planned, listed, booked)
    before = work.session.execute(
        select(ImportBatch).where(ImportBatch.file_sha256 == file_sha256, ImportBatch.undone_at.is_(None))
    ).scalars()
    if edition.idle and (same := next(iter(before), None)) is not None:
        return _told(Batch(batch_id=same.id, repeated=True, unchanged=True), edition)
    writer = _Writer(work, new_id())
    for place, act in enumerate(edition.acts):
        work.step(place, len(edition.acts), "写入")
        writer.household(act)
    writer.fund(edition.fund)
    writer.finish(profile, file_sha256, summary or {})
    return _told(msgspec.structs.replace(writer.count, unchanged=edition.idle), edition)


def _told(batch: Batch, edition: Edition) -> Batch:
    """With what the edition says beside what was written."""
    known = [act for act in edition.acts if act.household is not None and not act.doubts]
    held = sum(bool(act.doubts) for act in edition.acts)
    return msgspec.structs.replace(
        batch, known=len(known), held=held, gone=len(edition.gone), known_entries=len(edition.fund.known)
    )


class _Writer:
    """Writes one batch, and keeps what its undo needs."""

    def __init__(self, work: Work, batch: str) -> None:
        self.work, self.batch, self.count = work, batch, Batch(batch_id=batch)
        self.made: list[str] = []
        self.people: list[str] = []
        self.homes: list[str] = []
        self.changed: list[dict[str, Any]] = []

    def household(self, act: HomeAct) -> None:
        """One household: what is new in it and what changed."""
        if act.idle:
            return
        home = act.household
        if home is None:
            home = Household(id=new_id(), scope=self.work.scope, import_batch=self.batch, **act.planned.values)
            self.work.session.add(home)
            self.made.append(home.id)
            self._add(households=1)
        ids = self._persons(act, home.id)
        for change in act.changes:
            if change.written and change.kind != "entry":
                self._change(change)
        for case in act.cases:
            self._case(act, case, home.id, ids)

    def _persons(self, act: HomeAct, home: str) -> list[str]:
        """The ids of all people of the ledger's household, new ones made."""
        ids, last = [], 0
        if None in act.people and act.household is not None:
            held = select(Person.position).where(Person.household_id == home, Person.void.is_(False))
            last = max((place or 0 for place in self.work.session.execute(held).scalars()), default=0)
        for planned, there in zip(act.planned.people, act.people, strict=True):
            if there is not None:
                ids.append(there.id)
                continue
            last += 1
            person = Person(
                id=new_id(),
                scope=self.work.scope,
                household_id=home,
                position=last,
                import_batch=self.batch,
                **(planned.born if act.household is None else {}) | planned.values,
            )
            self.work.session.add(person)
            self.made.append(person.id)
            self.people.append(person.id)
            ids.append(person.id)
            self._add(persons=1)
        return ids

    def _change(self, change: Change) -> None:
        """Set one attribute, its old value kept for the undo."""
        kind = {"household": Household, "person": Person, "case": Case}[change.kind]
        record: Any = self.work.session.get_one(kind, change.record)
        setattr(record, change.attribute, change.new)
        kept = {"kind": change.kind, "record": change.record, "attribute": change.attribute}
        self.changed.append(kept | {"old": change.old, "new": change.new})
        {"household": self.homes, "person": self.people}.get(change.kind, []).append(change.record)
        self._add(changed=1)

    def _case(self, act: HomeAct, found: CaseAct, home: str, ids: list[str]) -> None:
        planned, entry = found.planned, found.entry
        if entry is not None:
            rows = ids if planned.person is None else [ids[planned.person]]
            entry = msgspec.structs.replace(entry, people=tuple(rows[: len(entry.rows)]))
        if found.case is None:
            self._new_case(found, home, None if planned.person is None else ids[planned.person], entry)
        elif entry is not None:
            self._event(found.case.id, entries.EVENT, entry)
            self._add(lines=1)

    def _new_case(self, found: CaseAct, home: str, person: str | None, entry: Entry | None) -> None:
        planned = found.planned
        _, business = programmes.programme(planned.programme_code)
        case = Case(
            id=new_id(),
            scope=self.work.scope,
            household_id=home,
            person_id=person,
            programme_code=planned.programme_code,
            case_no=numbers.case_number(self.work, business, self.work.on[:4]),
            status=planned.status,
            import_batch=self.batch,
            **planned.values,
        )
        self.work.session.add(case)
        self.made.append(case.id)
        self._event(case.id, planned.status, entry)
        self._add(cases=1)

    def _event(self, case_id: str, status: str, entry: Entry | None) -> None:
        event = entries.event(self.work, case_id, status, entry)
        self.work.session.add(event)
        self.made.append(event.id)

    def fund(self, found: FundEdition) -> None:
        """The new entries of the reserve-fund book."""
        rows = fund.entries_of(self.work, found, self.batch)
        self.work.session.add_all(rows)
        self.made += [row.id for row in rows]
        self._add(entries=len(rows))

    def _add(self, **counts: int) -> None:
        more = {name: getattr(self.count, name) + number for name, number in counts.items()}
        self.count = msgspec.structs.replace(self.count, **more)

    def finish(self, profile: str, file_sha256: str, summary: dict[str, Any]) -> None:
        """The batch itself, the records it made, the search index, the audit."""
        session = self.work.session
        kept = summary | ({"changed": self.changed} if self.changed else {})
        session.add(
            ImportBatch(
                id=self.batch,
                profile=profile,
                file_sha256=file_sha256,
                taken_at=datetime.now(UTC).isoformat(timespec="seconds"),
                taken_by=self.work.user,
                undone_at=None,
                summary=msgspec.msgpack.encode(kept),
            )
        )
        session.flush()
        if self.made:
            session.execute(
                insert(table(ImportedRecord)),
                [{"batch_id": self.batch, "record_id": record} for record in self.made],
            )
        search.index_people(session, list(dict.fromkeys(self.people)))
        for home in dict.fromkeys(self.homes):
            search.index_household(session, home)
        self.work.record(
            "import", self.batch, {"profile": profile, "records": len(self.made), "changed": len(self.changed)}
        )
