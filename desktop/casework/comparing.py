"""One household of a ledger beside the one in the store: its people, its benefits, and what each field says now."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from db.tables.cases import Case
from db.tables.people import Household, Person
from desktop.casework.matching import Doubt, plain_name
from desktop.casework.planned import Entry, PlannedCase, PlannedHousehold, PlannedPerson
from desktop.casework.relations import MAIN_KIND

OVER = ("terminated", "archived", "withdrawn", "refused", "not_accepted", "aborted_noncooperation", "check_failed")
"""Statuses of cases that no ledger goes on with."""


class Change(msgspec.Struct, frozen=True):
    """One attribute of a record (`kind` as `db.kinds`, or `entry`), not written where `written` is False."""

    kind: str
    record: str
    attribute: str
    old: Any
    new: Any
    place: tuple[str, int]
    name: str
    written: bool = True


class CaseAct(msgspec.Struct):
    """A benefit: new where `case` is None; `entry` is the line to add to its timeline, if there is anything new.

    `fresh` is one more occasion of a benefit that is there.
    """

    planned: PlannedCase
    case: Case | None = None
    entry: Entry | None = None
    fresh: bool = False


class HomeAct(msgspec.Struct):
    """A household of the ledger and what is done with it; nothing where `doubts` hold it."""

    planned: PlannedHousehold
    household: Household | None = None
    people: list[Person | None] = []
    cases: list[CaseAct] = []
    changes: list[Change] = []
    doubts: list[Doubt] = []
    likely: list[Doubt] = []

    @property
    def idle(self) -> bool:
        """Nothing to write."""
        news = self.household is None or None in self.people or any(act.entry or act.case is None for act in self.cases)
        return bool(self.doubts) or not (news or any(change.written for change in self.changes))


class Comparer:
    """One household of the ledger beside the one in the store."""

    def __init__(self, act: HomeAct, cases: list[Case], before: Mapping[tuple[str, str], Entry]) -> None:
        self.act, self.cases, self.before = act, cases, before

    def run(self) -> None:
        """Fill the act with cases and changes."""
        used: set[str] = set()
        for planned in self.act.planned.cases:
            case = self._case(planned, used)
            prior = self.before.get((case.id, _occasion(planned))) if case is not None else None
            self.act.cases.append(self._benefit(planned, case, prior))
            if case is not None and planned.own:
                used.add(case.id)
        prior = next((one for act in self.act.cases if (one := self._prior(act)) is not None), None)
        if self.act.household is not None:
            home = self.act.household
            person = self.act.planned.people[0]
            self._attributes("household", home, self.act.planned.values, prior.home if prior else None, person)
        for place, (who, there) in enumerate(zip(self.act.planned.people, self.act.people, strict=True)):
            if there is not None:
                self._attributes("person", there, who.values, _prior_person(prior, there.id, place), who)

    def _prior(self, act: CaseAct) -> Entry | None:
        return self.before.get((act.case.id, _occasion(act.planned))) if act.case is not None else None

    def _case(self, planned: PlannedCase, used: set[str]) -> Case | None:
        """The benefit that is meant: the running one of the programme, or the one of the same occasion."""
        person = self.act.people[planned.person] if planned.person is not None else None
        if planned.person is not None and person is None:
            return None
        open_ones = [
            case
            for case in self.cases
            if case.programme_code == planned.programme_code
            and case.id not in used
            and (person is None or case.person_id in (None, person.id))
        ]
        if not planned.own:
            return next((case for case in open_ones if case.status not in OVER), None)
        same = (case for case in open_ones if (case.id, _occasion(planned)) in self.before)
        day = planned.values.get("accepted_on")
        by_day = (case for case in open_ones if day and case.accepted_on == day)
        return next(same, None) or next(by_day, None)

    def _benefit(self, planned: PlannedCase, case: Case | None, prior: Entry | None) -> CaseAct:
        entry = planned.entry
        if case is None:
            return CaseAct(planned, None, entry)
        who = self.act.planned.people[planned.person or 0]
        held = prior.case if prior is not None else {} if case.import_batch else None
        values = {key: value for key, value in planned.values.items() if key != "accepted_on"}
        count = len(self.act.changes)
        self._attributes("case", case, values, held, who)
        if entry is None:
            return CaseAct(planned, case)
        spots = range(len(entry.rows)) if planned.person is None else [planned.person]
        ids = [there.id if (there := self.act.people[spot]) is not None else "" for spot in spots]
        fresh = prior is None and bool(entry.occasion)
        if not fresh:
            self._lines(planned, case, prior, spots)
        changed = any(change.written for change in self.act.changes[count:])
        joined = prior is not None and "" in ids
        return CaseAct(planned, case, merged(prior, entry, ids) if changed or fresh or joined else None, fresh)

    def _lines(self, planned: PlannedCase, case: Case, prior: Entry | None, spots: Iterable[int]) -> None:
        """Values of the ledger that have no column of their own, line by line."""
        assert planned.entry is not None
        for place, (spot, row) in enumerate(zip(spots, planned.entry.rows, strict=True)):
            who, there = self.act.planned.people[spot], self.act.people[spot]
            if there is None:
                continue
            old = _prior_row(prior, there.id, place)
            for key, value in row.items():
                if value is None or key in planned.derived or same_text(value, old.get(key)):
                    continue
                if prior is None and value == case.case_no:
                    continue  # our own number, given where the ledger has none
                name = who.values.get("name") or ""
                self.act.changes.append(Change("entry", case.id, key, old.get(key), value, who.place, name))

    def _attributes(
        self,
        kind: str,
        record: Any,
        values: Mapping[str, Any],
        prior: Mapping[str, Any] | None,
        who: PlannedPerson,
    ) -> None:
        """What the ledger says now beside what it said before and what the store holds.

        A value that the ledger had before is no news, whatever was changed by hand since. One that it never spoke of
        only fills what is empty.
        """
        for name, value in values.items():
            held = getattr(record, name)
            if (prior is not None and prior.get(name) == value) or same(name, held, value):
                continue
            if name == "phone" and self._of_the_house(value):
                continue
            written = held is None or prior is not None
            change = Change(kind, record.id, name, held, value, who.place, who.values.get("name") or "", written)
            self.act.changes.append(change)

    def _of_the_house(self, phone: Any) -> bool:
        """The number is already known, with the household or with one of its people."""
        return any(one is not None and one.phone == phone for one in (self.act.household, *self.act.people))


def merged(prior: Entry | None, new: Entry, ids: Sequence[str]) -> Entry:
    """The new line with what the edition before said and this one leaves blank; `ids` are the people of its rows."""
    if prior is None:
        return new
    rows = tuple(
        _given(_prior_row(prior, person, place)) | _given(row)
        for place, (person, row) in enumerate(zip(ids, new.rows, strict=True))
    )
    persons = tuple(
        {**(_prior_person(prior, person, place) or {}), **values}
        for place, (person, values) in enumerate(zip(ids, new.persons, strict=True))
    )
    return msgspec.structs.replace(
        new, rows=rows, persons=persons, home=prior.home | new.home, case=prior.case | new.case
    )


def same(attribute: str, held: Any, value: Any) -> bool:
    """Whether the ledger's value says what the store holds; relations are as coarse as ledgers write them."""
    if held == value:
        return True
    if attribute == "relation" and held is not None:
        return MAIN_KIND.get(str(held), str(held)) == MAIN_KIND.get(str(value), str(value))
    if attribute == "name":
        return plain_name(held) == plain_name(value)
    return isinstance(held, str) and "".join(held.split()) == value  # ledgers are read without blanks


def same_text(value: Any, old: Any) -> bool:
    """Equal once both have been through JSON."""
    return msgspec.json.encode(value) == msgspec.json.encode(old)


def _given(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value is not None}


def _occasion(planned: PlannedCase) -> str:
    return planned.entry.occasion if planned.entry is not None else ""


def _spot(prior: Entry | None, person_id: str, place: int) -> int | None:
    """Where the edition before had this person; by place alone in entries that name nobody."""
    if prior is None:
        return None
    if prior.people:
        return prior.people.index(person_id) if person_id in prior.people else None
    return place


def _prior_person(prior: Entry | None, person_id: str, place: int) -> Mapping[str, Any] | None:
    spot = _spot(prior, person_id, place)
    return prior.persons[spot] if prior is not None and spot is not None and spot < len(prior.persons) else None


def _prior_row(prior: Entry | None, person_id: str, place: int) -> Mapping[str, Any]:
    spot = _spot(prior, person_id, place)
    return prior.rows[spot] if prior is not None and spot is not None and spot < len(prior.rows) else {}
