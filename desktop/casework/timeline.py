"""What happened to a case, in order, with the evidence each step was shown; statuses come from here."""

from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.tables.cases import CaseEvent
from desktop.casework import entries
from desktop.casework.packed import unpacked


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One event: the status reached, the one left, the day; `given` by a person, `known` to the store at the time."""

    event: str
    on: str
    before: str | None = None
    note: str | None = None
    recorded_by: str | None = None
    given: dict[str, Any] = msgspec.field(default_factory=dict)
    known: dict[str, Any] = msgspec.field(default_factory=dict)


def of_case(session: Session, case_id: str) -> tuple[Happened, ...]:
    """The steps of a case, first to last; those of one day as they were recorded. Lines of ledgers are none."""
    query = select(CaseEvent).where(
        CaseEvent.case_id == case_id, CaseEvent.void.is_(False), CaseEvent.event.is_distinct_from(entries.EVENT)
    )
    rows = session.execute(query.order_by(CaseEvent.on, CaseEvent.id)).scalars()
    return tuple(_happened(row) for row in rows)


def last(events: tuple[Happened, ...], status: str) -> Happened | None:
    """The latest event that brought the case into a status."""
    return next((event for event in reversed(events) if event.event == status), None)


def _happened(row: CaseEvent) -> Happened:
    kept = unpacked(row.evidence) or {}
    return Happened(
        event=row.event or "",
        on=row.on or "",
        before=row.before,
        note=row.note,
        recorded_by=row.recorded_by,
        given=kept.get("given", {}),
        known=kept.get("known", {}),
    )
