"""Cases: accepted with their number and first event, listed, shown; their way through the gates is not here."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import journal
from db.operation import new_id
from db.refused import BadValue
from db.tables.cases import Case, CaseEvent
from desktop.casework import households, listing, numbers, persons, programmes
from desktop.casework.views import CaseRow, CaseView, EventView
from desktop.casework.work import Work, day_of, shorten


def add(
    work: Work,
    household_id: str,
    programme_code: str,
    accepted_on: str,
    person_id: str | None = None,
) -> CaseView:
    """Accept a case: status `accepted`, its file number, and the event that starts its deadlines.

    Raises `BadValue` for an unknown programme, a day after the business date or a person of another household.
    """
    work.allow("case")
    _, business = programmes.programme(programme_code)
    day = day_of(accepted_on, "受理日期", "case.bad_date")
    if day > work.on or day < "2000-01-01":
        raise BadValue(
            "case.bad_date",
            f"受理日期 {day} 不可能：要在 2000 年以后、{work.on} 以前。",
            "没有登记案件。",
            "请核对受理日期，或用 --on 写明业务日期。",
        )
    household = households.find_one(work.session, household_id)
    if person_id is not None:
        person = persons.find(work.session, person_id)
        if person.household_id != household.id:
            raise BadValue(
                "case.person_elsewhere",
                "这个人不在这一户。",
                "没有登记案件。",
                "请核对家庭和人员的编号。",
            )
    case = Case(
        id=new_id(),
        scope=work.scope,
        household_id=household.id,
        person_id=person_id,
        programme_code=programme_code,
        case_no=numbers.case_number(work, business, day[:4]),
        accepted_on=day,
        status="accepted",
    )
    work.session.add(case)
    add_event(work, case.id, "accepted", day, None)
    work.session.flush()
    work.record("case.add", case.id, {"programme": programme_code})
    return show(work, case.id)


def add_event(work: Work, case_id: str, event: str, on: str, note: str | None) -> str:
    """One more event on the timeline; its id."""
    row = CaseEvent(
        id=new_id(), scope=work.scope, case_id=case_id, event=event, on=on, note=note, recorded_by=work.user
    )
    work.session.add(row)
    return row.id


def show(work: Work, case_id: str) -> CaseView:
    """A case with its timeline."""
    work.allow("look")
    case = find(work.session, case_id)
    events = work.session.execute(
        select(CaseEvent)
        .where(CaseEvent.case_id == case.id, CaseEvent.void.is_(False))
        .order_by(CaseEvent.on, CaseEvent.id)
    ).scalars()
    return CaseView(
        case_id=case.id,
        case_no=case.case_no or "",
        programme_code=case.programme_code or "",
        status=case.status or "",
        accepted_on=case.accepted_on,
        household_id=case.household_id,
        person_id=case.person_id,
        pack_version=case.pack_version,
        band=case.band,
        month_amount=yuan(case.month_amount_fen),
        supplement=yuan(case.supplement_fen),
        covered_persons=case.covered_persons,
        start_month=case.start_month,
        checked_on=case.checked_on,
        cause=case.cause,
        events=tuple(EventView(event=e.event or "", on=e.on, note=e.note) for e in events),
        versions=journal.versions(work.session, case.id),
    )


def rows(
    work: Work,
    status: str = "",
    programme: str = "",
    household_id: str = "",
    person_id: str = "",
    limit: int = 200,
    offset: int = 0,
) -> list[CaseRow]:
    """Cases, newest acceptance first."""
    work.allow("look")
    known = programmes.status(status) if status else ""
    if programme:
        programmes.programme(programme)
    wanted = (
        (Case.status, known),
        (Case.programme_code, programme),
        (Case.household_id, household_id),
        (Case.person_id, person_id),
    )
    order = Case.accepted_on.desc(), Case.case_no.desc()
    found = listing.with_subjects(work.session, Case, wanted, order, limit, offset)
    return [_row(case, subject, village) for case, subject, village in found]


def find(session: Session, case_id: str) -> Case:
    """The row of a case that is not void."""
    case = session.get(Case, case_id)
    if case is None or case.void:
        raise BadValue(
            "case.unknown",
            f"没有编号为 {shorten(case_id, 40)} 的案件。",
            "没有改动任何内容。",
            "请从案件列表里取编号。",
        )
    return case


def yuan(fen: int | None) -> str | None:
    """Fen as yuan text with two decimals."""
    if fen is None:
        return None
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def _row(case: Case, subject: str | None, village: str | None) -> CaseRow:
    return CaseRow(
        case_id=case.id,
        case_no=case.case_no or "",
        programme_code=case.programme_code or "",
        status=case.status or "",
        accepted_on=case.accepted_on,
        household_id=case.household_id,
        person_id=case.person_id,
        subject=subject or None,
        village=village,
    )
