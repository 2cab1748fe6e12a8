"""Lines of ledgers on the timelines of cases: what each edition said, read back for comparing and for export."""

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.operation import new_id
from db.refused import Refused
from db.tables.cases import Case, CaseEvent
from desktop.casework.packed import packed, unpacked
from desktop.casework.planned import Entry
from desktop.casework.work import Work

EVENT = "ledger"
"""The event of a case that only says what a newer edition of a ledger tells; no status."""

NOTE = "台账导入"
_KEY = "ledger"


def event(work: Work, case_id: str, status: str, entry: Entry | None) -> CaseEvent:
    """The line on a case's timeline that holds the entry; not yet added to the session."""
    evidence = None if entry is None else packed({_KEY: msgspec.to_builtins(entry)})
    return CaseEvent(
        id=new_id(),
        scope=work.scope,
        case_id=case_id,
        event=status,
        on=work.on,
        note=NOTE,
        recorded_by=work.user,
        evidence=evidence,
    )


def latest(
    session: Session, profile: str, wanted: Callable[[Entry], bool] = lambda entry: True
) -> dict[tuple[str, str], Entry]:
    """The last entry of every case and occasion, by case id and occasion."""
    query = (
        select(CaseEvent.case_id, CaseEvent.evidence)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(CaseEvent.evidence.is_not(None), CaseEvent.void.is_(False), Case.void.is_(False))
        .order_by(CaseEvent.on, CaseEvent.id)
    )
    found: dict[tuple[str, str], Entry] = {}
    for case_id, evidence in session.execute(query):
        entry = _entry(evidence)
        if entry is not None and entry.profile == profile and wanted(entry):
            found[(case_id or "", entry.occasion)] = entry
    return found


def _entry(evidence: bytes | None) -> Entry | None:
    """The ledger's line in an event's evidence; None where the event is about something else or cannot be read."""
    try:
        held: Any = unpacked(evidence)
        return msgspec.convert(held[_KEY], Entry) if isinstance(held, dict) and _KEY in held else None
    except (Refused, msgspec.ValidationError):
        return None
