"""A ledger set beside the store: what is new, what changed since the edition before, who is no longer listed."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import select

from db.tables.cases import Case
from db.tables.people import Household, Person
from desktop.casework import entries, fund
from desktop.casework.comparing import OVER, Comparer, HomeAct
from desktop.casework.fund import FundEdition
from desktop.casework.matching import Doubt, Known, Someone, load, plain_name
from desktop.casework.planned import Entry, Listed, PlannedEntry, PlannedHousehold
from desktop.casework.work import Work

_LOOK_EVERY = 200


class Gone(msgspec.Struct, frozen=True):
    """Somebody of an earlier edition who is no longer listed."""

    case_id: str
    household_id: str
    person: Someone


class Edition(msgspec.Struct):
    """The whole comparison, with rows of the session it was made in."""

    acts: list[HomeAct] = []
    gone: list[Gone] = []
    fund: FundEdition = msgspec.field(default_factory=FundEdition)

    @property
    def idle(self) -> bool:
        """Nothing to write at all."""
        return not self.fund.added and all(act.idle for act in self.acts)


def compare(
    work: Work,
    profile: str,
    planned: Sequence[PlannedHousehold],
    listed: Listed | None = None,
    booked: Sequence[PlannedEntry] = (),
) -> Edition:
    """Set planned households and booked entries beside the store; `listed` tells who of a roster is there at all."""
    edition = Edition(fund=fund.compare(work, booked))
    if not planned and listed is None:
        return edition
    session = work.session
    before = entries.latest(session, profile)
    known = Known(session, before.values())
    matched = []
    for place, home in enumerate(planned):
        if place % _LOOK_EVERY == 0:
            work.step(place, len(planned), "比对")
        matched.append(known.match(home))
    people = load(session, Person, [one.id for found, _ in matched for one in found if one is not None])
    homes = load(session, Household, list({one.household_id or "" for one in people.values()}))
    cases: dict[str, list[Case]] = {}
    for case in _cases_of(work, list(homes)):
        cases.setdefault(case.household_id or "", []).append(case)
    for home, (found, doubts) in zip(planned, matched, strict=True):
        act = HomeAct(home, people=[people[one.id] if one else None for one in found], doubts=doubts)
        if not doubts:
            first = next((one for one in act.people if one is not None), None)
            act.household = homes.get(first.household_id or "") if first is not None else None
            _likely(act, known)
            Comparer(act, cases.get(act.household.id, []) if act.household else [], before).run()
        edition.acts.append(act)
    if listed is not None:
        edition.gone = _gone(work, before, known, listed)
    return edition


def _cases_of(work: Work, homes: list[str]) -> Iterable[Case]:
    for start in range(0, len(homes), 500):
        query = select(Case).where(Case.household_id.in_(homes[start : start + 500]), Case.void.is_(False))
        yield from work.session.execute(query.order_by(Case.id)).scalars()


def _likely(act: HomeAct, known: Known) -> None:
    for person, there in zip(act.planned.people, act.people, strict=True):
        others = known.likely(person) if there is None else ()
        if others:
            words = "库里有同名、同一天出生的人，证件号码不同或没有。已当作另一个人；是同一个人的，请改正号码后再导入。"
            act.likely.append(Doubt("same_name_and_birth", words, person, others))


def _gone(work: Work, before: Mapping[tuple[str, str], Entry], known: Known, listed: Listed) -> list[Gone]:
    """People of running benefits whom the edition before listed and this one does not."""
    cases = load(work.session, Case, list({case_id for case_id, _ in before}))
    found: dict[tuple[str, str], Gone] = {}
    for (case_id, _), entry in before.items():
        case = cases[case_id]
        if case.status in OVER or case.programme_code not in listed.programmes:
            continue
        for person_id in entry.people:
            one = known.by_id.get(person_id)
            if one is not None and not one.left_on and not _is_listed(one, listed):
                found[(case_id, person_id)] = Gone(case_id, case.household_id or "", one)
    return list(found.values())


def _is_listed(one: Someone, listed: Listed) -> bool:
    if listed.villages and one.village and one.village not in listed.villages:
        return True
    return one.number in listed.numbers if one.number else plain_name(one.name) in listed.names
