"""Who of a ledger is known already (ux.md §5): the same number with a near name; a name alone says nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.readings import folded
from db.tables.people import Household, Person
from desktop.casework.planned import Entry, PlannedHousehold, PlannedPerson

_SILENT = re.compile(r"[\s·•・.．‧∙･（）()]")
_CHUNK = 500


class Someone(msgspec.Struct, frozen=True):
    """A person of the store as far as matching needs to know."""

    id: str
    name: str
    number: str
    birth: str
    sex: str
    household_id: str
    village: str
    left_on: str


class Doubt(msgspec.Struct, frozen=True):
    """Why a person of a ledger is not simply taken: in words, with whom of the store it is about."""

    code: str
    words: str
    person: PlannedPerson
    others: tuple[Someone, ...] = ()


def plain_name(name: str | None) -> str:
    """A name without blanks, dots and parentheses."""
    return _SILENT.sub("", name or "")


def near(one: str | None, other: str | None) -> bool:
    """Whether two names may be the same person's once the number is the same: spelled alike, cut short, one slip."""
    first, second = sorted((folded(plain_name(one)), folded(plain_name(other))), key=len)
    if first == second:
        return bool(first)
    if len(first) >= 2 and (second.startswith(first) or second.endswith(first)):
        return True
    slips = sum(a != b for a, b in zip(first, second, strict=False))
    return len(first) == len(second) >= 3 and slips == 1


class Known:
    """Everybody in the store by number and by name."""

    def __init__(self, session: Session, entries: Iterable[Entry]) -> None:
        self.by_number: dict[str, list[Someone]] = {}
        self.by_name: dict[str, list[Someone]] = {}
        self.by_home: dict[str, list[Someone]] = {}
        self.by_id: dict[str, Someone] = {}
        for one in _everybody(session):
            self.by_id[one.id] = one
            self.by_name.setdefault(plain_name(one.name), []).append(one)
            self.by_home.setdefault(one.household_id, []).append(one)
            if one.number:
                self.by_number.setdefault(one.number, []).append(one)
        self._twins: dict[bytes, list[str]] = {}
        for entry in entries:
            for row, person in zip(entry.rows, entry.people, strict=False):
                if not row.get("id") and person in self.by_id:
                    self._twins.setdefault(line_key(row), []).append(person)

    def match(self, planned: PlannedHousehold) -> tuple[list[Someone | None], list[Doubt]]:
        """Who of the store each person is, None for somebody new; doubts that keep the household from being taken."""
        doubts: list[Doubt] = []
        found = [self._by_number(person, doubts) for person in planned.people]
        homes = {one.household_id for one in found if one is not None}
        if len(homes) > 1 and not doubts:
            words = f"这一户的人在库里分在 {len(homes)} 户，没有写入。请先核对谁和谁是一户，再导入。"
            known = tuple(one for one in found if one is not None)
            doubts.append(Doubt("two_households", words, planned.people[0], known))
        taken = {one.id for one in found if one is not None}
        for place, person in enumerate(planned.people):
            if found[place] is None and not person.values.get("id_number"):
                found[place] = self._without_number(planned, person, place, homes, taken)
        return found, doubts

    def likely(self, person: PlannedPerson) -> tuple[Someone, ...]:
        """Others who could be this new person: the same name and birth date, the number missing or another."""
        birth = person.values.get("birth_date")
        alike = self.by_name.get(plain_name(person.values.get("name")), [])
        return tuple(one for one in alike if birth and one.birth == birth)

    def _by_number(self, person: PlannedPerson, doubts: list[Doubt]) -> Someone | None:
        alike = self.by_number.get(person.values.get("id_number") or "", [])
        if not alike:
            return None
        if len(alike) > 1:
            words = f"这个证件号码在库里有 {len(alike)} 个人，没有写入。请先核对库里哪一个对。"
            doubts.append(Doubt("number_twice", words, person, tuple(alike)))
            return None
        one = alike[0]
        if not near(person.values.get("name"), one.name):
            words = "证件号码和库里的人相同，姓名不同：号码可能抄错了，没有写入。请对着证件两边核对。"
            doubts.append(Doubt("name_differs", words, person, (one,)))
            return None
        if one.left_on:
            words = f"这个人在库里已登记 {one.left_on} 离开那一户，没有写入。请先核对他现在在哪一户。"
            doubts.append(Doubt("has_left", words, person, (one,)))
            return None
        return one

    def _without_number(
        self, planned: PlannedHousehold, person: PlannedPerson, place: int, homes: set[str], taken: set[str]
    ) -> Someone | None:
        """The one of the same household without a number and with this name, or of the very same line before."""
        name = plain_name(person.values.get("name"))
        for home in homes:
            alike = [
                one
                for one in self.by_home.get(home, [])
                if not one.number and one.id not in taken and plain_name(one.name) == name
            ]
            if len(alike) == 1:
                return alike[0]
        for case in planned.cases:
            if case.entry is not None and place < len(case.entry.rows):
                twins = self._twins.get(line_key(case.entry.rows[place]), [])
                if twins:
                    return self.by_id[twins.pop(0)]  # each line is one person: the second of two equal lines another
        return None


def line_key(row: Mapping[str, Any]) -> bytes:
    """What makes the line of somebody without a number his, among the lines of the same ledger."""
    kept = {key: value for key, value in row.items() if value is not None and key in _TELLING}
    return msgspec.json.encode(kept, order="sorted")


_TELLING = ("name", "birth", "sex", "village", "group", "address", "apply", "amount_fen", "household_no")


def _everybody(session: Session) -> Iterator[Someone]:
    query = (
        select(
            Person.id,
            Person.name,
            Person.id_number,
            Person.birth_date,
            Person.sex,
            Person.household_id,
            Household.village,
            Person.left_on,
        )
        .outerjoin(Household, Household.id == Person.household_id)
        .where(Person.void.is_(False))
    )
    for row in session.execute(query):
        yield Someone(*(value or "" for value in row))


def load(session: Session, kind: type[Any], ids: Sequence[str]) -> dict[str, Any]:
    """Rows of a table by id, a few hundred at a time."""
    found: dict[str, Any] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        found |= {row.id: row for row in session.execute(select(kind).where(kind.id.in_(chunk))).scalars()}
    return found
