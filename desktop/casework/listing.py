"""What lists of records share: narrowed to what is asked, and with the name of whom each record is about."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.tables.cases import Case
from db.tables.people import Household, Person
from db.tables.visits import Visit

Record = TypeVar("Record", Case, Visit)
Wanted = Iterable[tuple[InstrumentedAttribute[Any], str]]
"""Columns with the value asked for; an empty one asks for nothing."""


def asked(wanted: Wanted) -> list[ColumnElement[bool]]:
    """A condition for every value that is asked for."""
    return [column == value for column, value in wanted if value]


def with_subjects(
    session: Session, kind: type[Record], wanted: Wanted, order: Sequence[Any], limit: int, offset: int
) -> list[tuple[Record, str | None, str | None]]:
    """Records that stand, in order; each with the name of its person or head, and the village."""
    query = (
        select(kind, Household.village, Person.name)
        .outerjoin(Household, Household.id == kind.household_id)
        .outerjoin(Person, Person.id == kind.person_id)
        .where(kind.void.is_(False), *asked(wanted))
    )
    found = session.execute(query.order_by(*order).limit(limit).offset(offset)).all()
    heads = head_names(session, [record.household_id for record, _, _ in found if record.household_id])
    return [(record, name or heads.get(record.household_id or ""), village) for record, village, name in found]


def subject_name(session: Session, person_id: str | None, household_id: str | None) -> str | None:
    """The name of the person, or of the household's head where no person is meant."""
    if person_id:
        person = session.get(Person, person_id)
        return person.name if person else None
    return head_names(session, [household_id]).get(household_id) if household_id else None


def head_names(session: Session, household_ids: Sequence[str]) -> dict[str, str]:
    """The first member's name of each household."""
    return {home: names[0] or "" for home, names in member_names(session, household_ids).items()}


def member_names(session: Session, household_ids: Sequence[str]) -> dict[str, list[str | None]]:
    """The names of those who live in each household, the head first."""
    found: dict[str, list[str | None]] = {}
    query = (
        select(Person.household_id, Person.name)
        .where(
            Person.household_id.in_(household_ids),
            Person.void.is_(False),
            Person.left_on.is_(None),
        )
        .order_by(Person.position, Person.id)
    )
    for home, name in session.execute(query):
        found.setdefault(home or "", []).append(name)
    return found
