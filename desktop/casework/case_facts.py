"""Facts of a case as the rules ask for them, from people and what F-08 says; what nobody said is left out.

Pure. Every fact that this program works out stands here or in the table `f08_codes`; amounts are yuan as text.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from desktop.casework import f08_codes as f08
from desktop.policy.periods import add_months

Row = Mapping[str, Any]
_NOTHING = Decimal(0)
_CERTIFICATE_MONTHS = 120


class Someone(msgspec.Struct, frozen=True, kw_only=True):
    """A person of the household as the store and the visit know them; codes are those of forms.md 0.5.

    `ref` is the name inside the question, `relation` is seen from the applicant, None where that is not known.
    `row` is the id by which rows of the visit name the person.
    """

    ref: str
    row: str
    name: str
    relation: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    labor: str | None = None
    job: str | None = None
    study: str | None = None
    dis_kind: str | None = None
    dis_grade: str | None = None
    certificate_until: str | None = None
    exclude_reason: str | None = None
    covered: bool | None = None


class Home(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one household: people (the applicant first), its register, and F-08 in the shape of FILE."""

    people: tuple[Someone, ...]
    hukou: str | None = None
    visited_on: str | None = None
    answers: Row = msgspec.field(default_factory=dict)


class Lack(msgspec.Struct, frozen=True):
    """A fact that must be known before the rules can be asked: its key, and in words whose and what."""

    key: str
    words: str


class Found(msgspec.Struct, frozen=True):
    """`facts` as the contract's section 5 has them, what they still lack, and remarks for the person who reads them."""

    facts: dict[str, Any]
    lacks: tuple[Lack, ...] = ()
    remarks: tuple[str, ...] = ()


def facts_of(home: Home) -> Found:
    """The facts of a household; raises nothing, an empty visit gives the people alone."""
    refs = {person.row: person.ref for person in home.people}
    answers, remarks = home.answers, list[str]()
    incomes = [one for row in answers.get("income", ()) for one in _income(row, refs, remarks)]
    earners = {one["member"] for one in incomes if one["kind"] == "wage" and "member" in one}
    facts: dict[str, Any] = {
        "area": f08.AREAS.get(home.hukou or ""),
        "members": [_member(person, person.ref in earners, home.visited_on) for person in home.people],
        "incomes": incomes,
        "property": _property(answers.get("assets", ())),
        "expenses": [one for row in answers.get("expenses", ()) for one in _expense(row)],
        "protected_members": _protected(home.people),
        "house_grade": answers.get("h_grade") if answers.get("h_grade") in f08.GRADED else None,
        "has_contracted_land": any(row.get("kind") == f08.FIELD for row in answers.get("assets", ())),
    }
    return Found(
        {key: value for key, value in facts.items() if value not in (None, [], False)},
        tuple(_lacks(home)),
        tuple(remarks),
    )


def _lacks(home: Home) -> Iterable[Lack]:
    for person in home.people:
        if person.relation is None:
            yield Lack(f"members.{person.ref}.relation", f"{person.name}与申请人的关系")
        if person.birth_date is None:
            yield Lack(f"members.{person.ref}.birth_date", f"{person.name}的出生日期")


def _member(person: Someone, earns: bool, visited_on: str | None) -> dict[str, Any]:
    """One person: able to work unless all ability is lost (K06), employed by job (K07) or by a wage in table D."""
    found: dict[str, Any] = {"ref": person.ref, "relation": person.relation, "birth_date": person.birth_date}
    if person.sex in ("1", "2"):
        found["sex"] = person.sex
    if person.job in f08.WITH_WORK or earns:
        found["employed"] = True
    if person.labor in f08.WITHOUT_LABOUR:
        found["able_to_work"] = False
    if person.study in f08.STAGES:
        found["education"] = {"stage": f08.STAGES[person.study], "full_time": person.job == f08.AT_SCHOOL}
    if person.dis_kind and person.dis_grade:
        found["disabilities"] = [_disability(person.dis_kind, person.dis_grade, person.certificate_until)]
    if person.exclude_reason in f08.EXCLUSIONS:
        found["statuses"] = [_status(f08.EXCLUSIONS[person.exclude_reason], visited_on)]
    return found


def _disability(kind: str, grade: str, until: str | None) -> dict[str, Any]:
    """A certificate says until when it holds; the rules count ten years from its day (CJ-013)."""
    found: dict[str, Any] = {"kind": int(kind), "grade": int(grade)}
    if until is not None:
        found["cert_issued_on"] = add_months(date.fromisoformat(until), -_CERTIFICATE_MONTHS).isoformat()
    return found


def _status(kind: str, visited_on: str | None) -> dict[str, Any]:
    """A state without a beginning, as the form has none, but for the three years that it asks of the clergy."""
    if kind == "clergy_away" and visited_on is not None:
        since = add_months(date.fromisoformat(visited_on), -f08.CLERGY_MONTHS)
        return {"kind": kind, "since": since.isoformat()}
    return {"kind": kind}


def _income(row: Row, refs: Mapping[str, str], remarks: list[str]) -> Iterable[dict[str, Any]]:
    """Wages go in before costs, which the county's own rule takes off; everything else net, never below 0."""
    code, gross, cost = str(row.get("kind") or ""), _yuan(row, "gross"), _yuan(row, "cost")
    kind = f08.TRANSFERS.get(str(row.get("transfer_kind"))) if code == f08.TRANSFER else f08.INCOMES.get(code)
    if kind is None or gross is None:
        remarks.append("收入表有一行没有填完，没有算进去")
        return
    amount = gross if kind == "wage" else gross - (cost or _NOTHING)
    if amount < 0:
        remarks.append("收入表有一行净额小于 0，按 0 算，请核对")
    found: dict[str, Any] = {"kind": kind, "amount_year": _text(max(amount, _NOTHING))}
    if row.get("who") in refs:
        found["member"] = refs[str(row["who"])]
    yield found


def _property(rows: Sequence[Row]) -> dict[str, Any] | None:
    if not rows:
        return None
    money = sum((_yuan(row, "value") or _NOTHING for row in rows if row.get("kind") in f08.FINANCIAL), _NOTHING)
    vehicles = [
        "farm_machine" if row.get("kind") == f08.FARM_MACHINE else f08.VEHICLES[str(row["vehicle_kind"])]
        for row in rows
        if row.get("kind") == f08.FARM_MACHINE
        or (row.get("kind") == f08.VEHICLE and row.get("vehicle_kind") in f08.VEHICLES)
    ]
    houses = sum(1 for row in rows if row.get("kind") == f08.HOUSE)
    return {"financial_assets": _text(money), "houses": houses, "vehicles": vehicles}


def _expense(row: Row) -> Iterable[dict[str, Any]]:
    """What the family itself paid; with a receipt when at least one was counted."""
    kind, total = f08.EXPENSES.get(str(row.get("kind"))), _yuan(row, "total")
    if kind is not None and total is not None:
        own = max(total - (_yuan(row, "reimb") or _NOTHING), _NOTHING)
        yield {"kind": kind, "amount": _text(own), "receipt": int(row.get("bills") or 0) > 0}


def _protected(people: Sequence[Someone]) -> list[str] | None:
    """Whom the visit proposes for support, once it has said so of everybody (DB-008)."""
    if any(person.covered is None for person in people):
        return None
    return [person.ref for person in people if person.covered]


def _yuan(row: Row, key: str) -> Decimal | None:
    value = row.get(key)
    return None if value in (None, "") else Decimal(str(value))


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}"
