"""What the store holds for one ledger: the rows of a roster or of a month, as people and benefits are now."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import select

from db.tables.cases import Case
from db.tables.people import Household, Person
from desktop.casework import entries
from desktop.casework.matching import load
from desktop.casework.planned import Entry
from desktop.casework.programmes import STATUSES
from desktop.casework.work import Work
from desktop.exchange.benefits import TAKEN, Taking
from desktop.exchange.placing import text
from desktop.exchange.profiles import Profile

_RUNNING = ("paying", "review_due", "grace", "adjusted", "termination_proposed", "confirmed", "published")
_OVER = frozenset(STATUSES) - frozenset(_RUNNING)
_PROGRAMMES = {
    "dibao_roster": ("dibao",),
    "tekun_roster": ("tekun",),
    "disability_subsidy_roster": ("disability_living", "disability_nursing"),
    "elder_allowance_payment": ("elder_allowance",),
    "child_roster": ("orphan", "de_facto_orphan", "left_behind_child"),
}
"""Rosters also list benefits that no ledger brought in."""


class Standing(msgspec.Struct):
    """The rows of one benefit: of a household with all its people, or of one person; of a book, one entry."""

    case: Case | None
    household: Household | None
    occasion: str
    period: str
    rows: list[dict[str, Any]]


def standing(work: Work, profile: Profile, month: str | None) -> list[Standing]:
    """Everything that the ledger lists, by village and household; `month` asks for the ledger as of a month."""
    taking = TAKEN[profile.name]
    newest = entries.latest(work.session, profile.name)
    asked = entries.latest(work.session, profile.name, _in_month(taking, month)) if month else newest
    found = _cases(work, profile, taking, asked, month)
    cases = {case.id: case for case, _ in found}
    homes = load(work.session, Household, list({case.household_id or "" for case in cases.values()}))
    people = _people(work, list(homes))
    listed = []
    for case, entry in found:
        home = homes.get(case.household_id or "")
        if home is None or home.void:
            continue
        current = entry is None or newest.get((case.id, entry.occasion)) is entry or _same(newest, case, entry)
        rows = _rows(profile, case, home, people.get(home.id, []), entry, current)
        if rows:
            occasion, period = (entry.occasion, entry.period) if entry is not None else ("", month or work.on[:7])
            listed.append(Standing(case, home, occasion, period, rows))
    return sorted(listed, key=_order)


def _order(one: Standing) -> tuple[str, ...]:
    assert one.household is not None and one.case is not None
    return (one.household.village or "", one.household.group or "", one.household.id, one.occasion, one.case.id)


def _same(newest: Mapping[tuple[str, str], Entry], case: Case, entry: Entry) -> bool:
    return newest.get((case.id, entry.occasion)) == entry


def _in_month(taking: Taking, month: str | None) -> Any:
    """Rosters as they stood in the month, everything else that came in it."""

    def wanted(entry: Entry) -> bool:
        assert month is not None
        if taking.roster:
            return entry.period <= month
        return month_of(entry) == month

    return wanted


def month_of(entry: Entry) -> str:
    """The month that an entry is about."""
    row = entry.rows[0] if entry.rows else {}
    day = row.get("pay_month") or row.get("apply") or row.get("struck_on") or entry.period
    return str(day)[:7]


def _cases(
    work: Work, profile: Profile, taking: Taking, asked: Mapping[tuple[str, str], Entry], month: str | None
) -> list[tuple[Case, Entry | None]]:
    """Cases with their line; running ones without a line only in a roster of now."""
    held = load(work.session, Case, list({case_id for case_id, _ in asked}))
    found: list[tuple[Case, Entry | None]] = [
        (held[case_id], entry)
        for (case_id, _), entry in asked.items()
        if not (taking.roster and held[case_id].status in _OVER)
    ]
    programmes = _PROGRAMMES.get(profile.name, ())
    if programmes and (month is None or month >= work.on[:7]):
        query = select(Case).where(
            Case.programme_code.in_(programmes), Case.status.in_(_RUNNING), Case.void.is_(False), Case.id.not_in(held)
        )
        found += [(case, None) for case in work.session.execute(query).scalars()]
    return found


def _people(work: Work, homes: list[str]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for start in range(0, len(homes), 500):
        query = (
            select(Person)
            .where(
                Person.household_id.in_(homes[start : start + 500]), Person.void.is_(False), Person.left_on.is_(None)
            )
            .order_by(Person.position, Person.id)
        )
        for person in work.session.execute(query).scalars():
            found.setdefault(person.household_id or "", []).append(person)
    return found


def _rows(
    profile: Profile,
    case: Case,
    home: Household,
    people: list[Person],
    entry: Entry | None,
    current: bool,
) -> list[dict[str, Any]]:
    """A household's rows, or the person's one."""
    if profile.households:
        wanted = people
    else:
        ids = [case.person_id] if case.person_id else list(entry.people) if entry else [p.id for p in people[:1]]
        wanted = [person for person in people if person.id in ids]
    rows = []
    for person in wanted:
        spot = entry.people.index(person.id) if entry is not None and person.id in entry.people else None
        told = dict(entry.rows[spot]) if entry is not None and spot is not None else {}
        if current:
            said = entry.persons[spot] if entry is not None and spot is not None else {}
            told = _now(told, said, entry, profile, case, home, person)
        elif not told:
            continue
        rows.append(told)
    if profile.households and rows:
        _of_household(rows, case, home, people, current)
    return rows


def _now(
    told: dict[str, Any],
    said: Mapping[str, Any],
    entry: Entry | None,
    profile: Profile,
    case: Case,
    home: Household,
    person: Person,
) -> dict[str, Any]:
    """The row as the store has it now; what nobody changed keeps the ledger's own writing."""
    row = dict(told)
    taking = TAKEN[profile.name]
    _overlay(row, _of_person(person, profile), said)
    places = {"village": "village", "group": "group", "address": "address"}
    _overlay(row, {key: (name, getattr(home, name)) for key, name in places.items()}, entry.home if entry else {})
    paid = {key: (name, _read(name, getattr(case, name))) for name, key in taking.case.items()}
    _overlay(row, paid, entry.case if entry else {})
    return row


def _overlay(row: dict[str, Any], now: Mapping[str, tuple[str, Any]], said: Mapping[str, Any]) -> None:
    """Put the store's values by key where they are not what the ledger said."""
    for key, (attribute, value) in now.items():
        if value is None and attribute not in said:
            continue  # the store has no word on it: the ledger's own stays
        if key in row and text(said.get(attribute)) == text(value):
            continue
        row[key] = value


def _read(attribute: str, value: Any) -> Any:
    """Bands that are numbers are numbers in a ledger."""
    return int(value) if attribute == "band" and isinstance(value, str) and value.isdigit() else value


def _of_person(person: Person, profile: Profile) -> dict[str, tuple[str, Any]]:
    """Values by key of a row, each with the attribute it comes from."""
    kind, grade, cert = ("kind", "grade", "cert") if "cert" in profile.by_key else ("dis_kind", "dis_grade", "dis_cert")
    found = {
        "name": ("name", person.name),
        "id": ("id_number", person.id_number),
        "sex": ("sex", int(person.sex) if person.sex in ("1", "2") else None),
        "birth": ("birth_date", person.birth_date),
        "ethnicity": ("ethnicity", person.ethnicity),
        "phone": ("phone", person.phone),
        "health": ("health", person.health),
        "labor": ("labor", person.labor),
        kind: ("certificate_kind", person.certificate_kind),
        grade: ("certificate_grade", person.certificate_grade),
        cert: ("certificate_number", person.certificate_number),
        "cert_valid_to": ("certificate_valid_until", person.certificate_valid_until),
        "job": ("job", _job(person.job)),
    }
    if profile.households:
        return found | {"relation": ("relation", person.relation)}
    if "bank_account" not in profile.by_key:
        return found
    return found | {
        "bank_account": ("account_number", person.account_number),
        "bank_name": ("account_bank", person.account_bank),
        "payee": ("account_payee", person.account_payee),
    }


def _job(code: str | None) -> str | None:
    from desktop.forms import code_table

    return code_table("K07").get(code, code) if code else None


def _of_household(
    rows: list[dict[str, Any]], case: Case, home: Household, people: Iterable[Person], current: bool
) -> None:
    """What is said once for the whole household: its number, its head, whose account it is."""
    first = next((row for row in rows if row.get("household_no")), rows[0])
    number = first.get("household_no") or case.case_no
    head = rows[0].get("name")
    if current and home.phone and not any(row.get("phone") for row in rows):
        rows[0]["phone"] = home.phone
    holder = next((person for person in people if person.account_number), None)
    for row in rows:
        row["household_no"], row["head_name"] = number, row.get("head_name") or head
        if current and holder is not None:
            row["bank_account"], row["bank_name"] = holder.account_number, holder.account_bank
            row["payee"] = holder.account_payee
        if row.get("month_amount_fen") is not None:
            row["month_total_fen"] = row["month_amount_fen"] + (row.get("supplement_fen") or 0)
