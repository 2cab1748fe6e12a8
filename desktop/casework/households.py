"""Households: added with their members, listed and found, shown masked, changed field by field."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import journal, search
from db.operation import new_id
from db.refused import BadValue
from db.tables.cases import Case
from db.tables.people import Household, Person
from desktop.casework import listing, persons
from desktop.casework.fields import (
    HOUSEHOLD_LABELS,
    NO_FIELDS_CHANGED,
    phone_warnings,
    put,
    read_changes,
    read_fields,
)
from desktop.casework.masks import mask_phone
from desktop.casework.views import Added, HouseholdRow
from desktop.casework.work import Work, shorten

_MOST_MEMBERS = 60
HEAD = ("01", "02")
"""GB/T 4761: the person himself, the head of the household."""


def add(work: Work, given: Mapping[str, Any]) -> Added:
    """A household with its members in one act; what is odd about the numbers comes back as warnings.

    Raises `BadValue` without a member, with an unknown field or a value that cannot be.
    """
    work.allow("people")
    if not isinstance(given, Mapping):
        raise _no_household("内容要是一户的 JSON 对象。")
    members = given.get("members")
    if not isinstance(members, list) or not members:
        raise _no_household("一户至少要有一位成员（members）。")
    if len(members) > _MOST_MEMBERS or not all(isinstance(member, Mapping) for member in members):
        raise _no_household(f"members 要是成员的列表，最多 {_MOST_MEMBERS} 位，每位是一个 JSON 对象。")
    plain = {name: value for name, value in given.items() if name != "members"}
    household = Household(id=new_id(), scope=work.scope)
    put(household, read_fields(plain, HOUSEHOLD_LABELS, work, "household"))
    people = [persons.add(work, household.id, member, place) for place, member in enumerate(members, 1)]
    _head_first(people)
    for person in people:
        persons.fill_from_number(person, work)
    work.session.add(household)
    work.session.flush()
    search.index_household(work.session, household.id)
    work.record("household.add", household.id, {"members": len(people)})
    warned = [warning for person in people for warning in persons.warnings_of(work, person)]
    return Added(
        household_id=household.id,
        members=tuple({"person_id": person.id, "name": person.name or ""} for person in people),
        warnings=tuple(phone_warnings(household.phone) + warned),
    )


def add_member(work: Work, household_id: str, given: Mapping[str, Any]) -> Added:
    """One more person in a household that is there."""
    work.allow("people")
    household = find_one(work.session, household_id)
    there = persons.of_household(work.session, household.id)
    person = persons.add(work, household.id, given, max((p.position or 0 for p in there), default=0) + 1)
    persons.fill_from_number(person, work)
    work.session.flush()
    search.index_people(work.session, [person.id])
    work.record("household.member", household.id, {"person": person.id})
    return Added(
        household_id=household.id,
        members=({"person_id": person.id, "name": person.name or ""},),
        warnings=tuple(persons.warnings_of(work, person)),
    )


def _head_first(people: Sequence[Person]) -> None:
    head = people[0]
    head.relation = head.relation or HEAD[1]
    if head.relation not in HEAD:
        raise BadValue(
            "household.head_relation",
            "第一位成员是户主，关系要写 02（户主）或 01（本人）。",
            NO_FIELDS_CHANGED,
            "请把户主放在第一位，或改正他的关系。",
        )


def change(
    work: Work,
    household_id: str,
    values: Mapping[str, Any],
    seen: Mapping[str, str] | None = None,
) -> None:
    """Set fields of a household; an empty value clears. `seen` are the versions that the person was looking at."""
    work.allow("people")
    household = find_one(work.session, household_id)
    parsed = read_changes(values, HOUSEHOLD_LABELS, work, "household")
    if seen is not None:
        journal.looking_at(work.session, household.id, seen)
    put(household, parsed)
    work.session.flush()
    search.index_household(work.session, household.id)
    work.record("household.change", household.id, {"fields": sorted(parsed)})


def rows(work: Work, find: str = "", village: str = "", limit: int = 50, offset: int = 0) -> list[HouseholdRow]:
    """Households by village and head; with `find` those in which somebody matches, best first."""
    work.allow("look")
    if limit < 1 or offset < 0:
        raise BadValue("list.bad_limit", "条数要大于 0。", NO_FIELDS_CHANGED, "请改正 --limit。")
    session = work.session
    if find.strip():
        ids = _found(session, find, village, limit, offset)
    else:
        query = select(Household.id).where(Household.void.is_(False))
        if village:
            query = query.where(Household.village == village)
        query = query.order_by(Household.village, Household.group, Household.id).limit(limit).offset(offset)
        ids = list(session.execute(query).scalars())
    return _rows_for(session, ids)


def count(work: Work, village: str = "") -> int:
    """How many households there are."""
    work.allow("look")
    query = select(func.count()).select_from(Household).where(Household.void.is_(False))
    if village:
        query = query.where(Household.village == village)
    return work.session.execute(query).scalar_one()


def villages(work: Work) -> list[str]:
    """Villages that households name, in order."""
    work.allow("look")
    found = work.session.execute(
        select(Household.village)
        .where(Household.void.is_(False), Household.village.is_not(None))
        .distinct()
        .order_by(Household.village)
    )
    return [village for village in found.scalars() if village]


def _found(session: Session, text: str, village: str, limit: int, offset: int) -> list[str]:
    homes: dict[str, None] = {}
    step, start = max(limit * 2, 50), 0
    while len(homes) < offset + limit:
        people = search.search(session.connection(), text, step, start)
        if not people:
            break
        start += len(people)
        named = session.execute(
            select(Person.id, Person.household_id)
            .join(Household, Household.id == Person.household_id)
            .where(
                Person.id.in_(people),
                Household.void.is_(False),
                *([Household.village == village] if village else []),
            )
        )
        home = dict(named.all())
        homes |= dict.fromkeys(found for person in people if (found := home.get(person)))
        if len(people) < step:
            break
    return list(homes)[offset : offset + limit]


def _rows_for(session: Session, ids: Sequence[str]) -> list[HouseholdRow]:
    homes = {h.id: h for h in session.execute(select(Household).where(Household.id.in_(ids))).scalars()}
    people = listing.member_names(session, ids)
    programmes: dict[str, dict[str, None]] = {}
    for home, code in session.execute(
        select(Case.household_id, Case.programme_code).where(Case.household_id.in_(ids), Case.void.is_(False))
    ):
        programmes.setdefault(home or "", {})[code or ""] = None
    return [
        HouseholdRow(
            household_id=home.id,
            village=home.village,
            group=home.group,
            phone=mask_phone(home.phone),
            head=(people.get(home.id) or [None])[0],
            member_count=len(people.get(home.id, [])),
            programmes=tuple(programmes.get(home.id, {})),
        )
        for home in (homes[i] for i in ids if i in homes)
    ]


def find_one(session: Session, household_id: str) -> Household:
    """The row of a household that is not void."""
    household = session.get(Household, household_id)
    if household is None or household.void:
        raise BadValue(
            "household.unknown",
            f"没有编号为 {shorten(household_id, 40)} 的家庭。",
            NO_FIELDS_CHANGED,
            "请从家庭名单里取编号。",
        )
    return household


def _no_household(what: str) -> BadValue:
    return BadValue("household.bad_file", what, "没有登记任何内容。", "请按说明改好文件再做一次。")
