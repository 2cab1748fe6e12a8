"""What of a ledger may be taken over: households, people, benefits, entries of a book, of rows without an E_ code."""

from collections.abc import Iterable
from typing import Any

import msgspec

from desktop.casework.planned import Entry, Listed, PlannedCase, PlannedEntry, PlannedHousehold, PlannedPerson
from desktop.casework.programmes import PROGRAMMES
from desktop.exchange.benefits import TAKEN, Benefit, Taking
from desktop.exchange.booking import FUND, booked
from desktop.exchange.ledger import REPORT, Home, Ledger, Row
from desktop.exchange.placing import HOME_KEYS, PERSON_KEYS, given, home_values, person_values, text, unguarded

WRITABLE = (*TAKEN, FUND)
"""Profiles that can be written."""

_HEAD = "02"
_FOLLOWING = frozenset(
    ("seq", "township", "province", "city", "county", "head_id", "members", "member_names", "member_ids")
)
"""Keys that say where a row stands, not what is true of somebody."""


class Unplaced(msgspec.Struct, frozen=True):
    """A row that reads well and still has no place in the store, with the reason in words."""

    sheet: str
    row: int
    why: str


class Plan(msgspec.Struct, frozen=True):
    """Everything that a ledger gives to the store; `listed` for rosters, to tell whom it leaves out.

    `booked` are the entries of a reserve-fund book in its order.
    """

    households: tuple[PlannedHousehold, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    listed: Listed | None = None
    booked: tuple[PlannedEntry, ...] = ()


def plan_of(ledgers: list[Ledger]) -> Plan:
    """The plan of all sheets whose profile can be written."""
    maker = _Maker()
    taken = [ledger for ledger in ledgers if ledger.profile.name in TAKEN]
    for ledger in taken:
        maker.sheet(ledger)
    rosters = bool(taken) and all(TAKEN[one.profile.name].roster for one in taken)
    listed = _listed(taken, maker.programmes) if rosters else None
    return Plan(tuple(maker.homes), tuple(maker.unplaced), listed, booked(ledgers))


class _Maker:
    """Makes households of rows; rows of one person in several places become one household."""

    def __init__(self) -> None:
        self.homes: list[PlannedHousehold] = []
        self.unplaced: list[Unplaced] = []
        self.programmes: set[str] = set()
        self._by_number: dict[str, int] = {}

    def sheet(self, ledger: Ledger) -> None:
        """All rows of one sheet that may be written."""
        taking = TAKEN[ledger.profile.name]
        if ledger.homes:
            for home in ledger.homes:
                if all(row.kind != REPORT for row in home.rows):
                    self._household(ledger, taking, home)
            return
        for row in ledger.data:
            if row.kind != REPORT:
                self._single(ledger, taking, row)

    def _household(self, ledger: Ledger, taking: Taking, home: Home) -> None:
        """One household whose people stand in rows of their own."""
        rows = sorted(home.rows, key=lambda row: row.values.get("relation") != _HEAD)
        benefit = self._benefit(ledger, taking, rows[0])
        if benefit is None:
            return
        values = home.first.values
        remarks = dict.fromkeys(words for row in home.rows if (words := row.values.get("remark")))
        phone = next((words for row in home.rows if (words := row.values.get("phone"))), None)
        household = home_values(values) | given({"phone": text(phone), "remark": text("；".join(remarks))})
        payee = _payee(rows, values.get("payee"))
        shared = "head_id" not in values
        people = tuple(
            PlannedPerson(person_values(row.values, not shared or row is payee), place=(ledger.name, row.number))
            for row in rows
        )
        if benefit.whole:
            cases = [_case(ledger, taking, benefit, rows, people, None, household)]
        else:
            cases = [
                _case(ledger, taking, benefit, [row], people[place : place + 1], place, household)
                for place, row in enumerate(rows)
            ]
        self.homes.append(PlannedHousehold(household, people, tuple(cases)))

    def _single(self, ledger: Ledger, taking: Taking, row: Row) -> None:
        """One row that stands for itself."""
        benefit = self._benefit(ledger, taking, row)
        if benefit is None:
            return
        values = person_values({key: value for key, value in row.values.items() if key != "relation"})
        person = PlannedPerson(values, {"relation": _HEAD}, (ledger.name, row.number))
        home = home_values(row.values)
        case = _case(ledger, taking, benefit, [row], (person,), None if benefit.whole else 0, home)
        others = _others(row, person.place)
        if others:
            self.homes.append(PlannedHousehold(home, (person, *others), (case,)))
        else:
            self._put(PlannedHousehold(home, (person,), (case,)))

    def _put(self, home: PlannedHousehold) -> None:
        """Beside the others, or into the household of the same person."""
        person = home.people[0]
        number = person.values.get("id_number")
        place = self._by_number.get(number) if number else None
        if place is None or self.homes[place].people[0].values.get("name") != person.values.get("name"):
            if number:
                self._by_number[number] = len(self.homes)
            self.homes.append(home)
            return
        before = self.homes[place]
        first = before.people[0]
        both = PlannedPerson(first.values | person.values, first.born, first.place)
        case = _told_apart(home.cases[0], before.cases)
        self.homes[place] = PlannedHousehold(before.values | home.values, (both,), (*before.cases, case))

    def _benefit(self, ledger: Ledger, taking: Taking, row: Row) -> Benefit | None:
        found = taking.benefit(ledger, row.values)
        if isinstance(found, str):
            self.unplaced.append(Unplaced(ledger.name, row.number, found))
            return None
        self.programmes.add(found.programme_code)
        return found


def _others(row: Row, place: tuple[str, int]) -> tuple[PlannedPerson, ...]:
    """The other people of a household that stands in one row; the head is often named among them."""
    number, name = row.values.get("id"), row.values.get("name")
    return tuple(
        PlannedPerson(person_values(one), place=place)
        for one in row.values.get("members") or []
        if one.get("name") and (one["id"] != number if one.get("id") else one["name"] != name)
    )


def _told_apart(case: PlannedCase, others: Iterable[PlannedCase]) -> PlannedCase:
    """Another occasion on the same day, or another payment of the same month, is counted."""
    assert case.entry is not None
    entry, count = case.entry, 1
    held = {(one.programme_code, one.entry.occasion) for one in others if one.entry is not None}
    while (case.programme_code, entry.occasion) in held:
        count += 1
        entry = msgspec.structs.replace(entry, occasion=f"{case.entry.occasion}#{count}")
    return msgspec.structs.replace(case, entry=entry)


def _case(
    ledger: Ledger,
    taking: Taking,
    benefit: Benefit,
    rows: list[Row],
    people: tuple[PlannedPerson, ...],
    person: int | None,
    home: dict[str, Any],
) -> PlannedCase:
    """The benefit of these rows, with everything that the ledger says of it."""
    values = {attribute: _kept(attribute, rows[0].values.get(key)) for attribute, key in taking.case.items()}
    entry = Entry(
        profile=ledger.profile.name,
        period=ledger.period.end.isoformat()[:7],
        occasion=benefit.occasion,
        home=home,
        persons=tuple(one.values for one in people),
        case=given(values),
        rows=tuple(_line(row.values) for row in rows),
    )
    placed = PERSON_KEYS | set(HOME_KEYS) | set(taking.case.values()) | set(taking.derived) | _FOLLOWING
    if "bank_account" not in ledger.profile.by_key:
        placed -= {"payee", "bank_name"}  # who took the money, not whose account it is
    if rows[0].values.get("category") == PROGRAMMES[benefit.programme_code][0]:
        placed |= {"category"}  # the programme's own name says nothing that the store does not know
    return PlannedCase(
        benefit.programme_code, benefit.status, given(values), person, entry, benefit.own, frozenset(placed)
    )


def _line(values: dict[str, Any]) -> dict[str, Any]:
    """A row as the timeline keeps it: what is there, without the guards of an export."""
    return {
        key: unguarded(value) if isinstance(value, str) else value
        for key, value in values.items()
        if value is not None and value != [] and key != "seq"
    }


def _kept(attribute: str, value: Any) -> Any:
    """A value as a case keeps it: amounts and counts are numbers, everything else words."""
    return value if attribute.endswith("_fen") or attribute == "covered_persons" else text(value)


def _payee(rows: list[Row], name: str | None) -> Row:
    """Who the household's account belongs to: by name, else the head."""
    return next((row for row in rows if name and row.values.get("name") == name), rows[0])


def _listed(ledgers: list[Ledger], programmes: set[str]) -> Listed:
    rows = [row for ledger in ledgers for row in ledger.data]
    return Listed(
        numbers=frozenset(row.values["id"] for row in rows if row.values.get("id")),
        names=frozenset(str(row.values["name"]) for row in rows if row.values.get("name")),
        villages=frozenset(str(row.values["village"]) for row in rows if row.values.get("village")),
        programmes=frozenset(programmes),
    )
