"""What the store knows of a case before the rules are asked: people, the visit that counts, certifications."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import or_, select

from db.tables.cases import Case
from db.tables.people import Household, Person
from db.tables.visits import Visit
from desktop.casework import households, kinship, persons, questionnaire
from desktop.casework.case_facts import Home, Someone
from desktop.casework.visit_records import COMPLETED
from desktop.casework.work import Work
from desktop.policy import identity
from desktop.policy.transitions import LIVE

FORM = "F-08"


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """A household as a case or visit concerns it: facts to be, the visit behind them, and live certifications."""

    home: Home
    household: Household
    visit: Visit | None = None
    certifications: tuple[dict[str, Any], ...] = ()


def of_case(work: Work, case: Case) -> Gathered:
    """The household of a case, the case's person (or the head) as the applicant."""
    household = households.find_one(work.session, case.household_id or "")
    return _gathered(work, household, case.person_id, visit_of(work, case))


def of_visit(work: Work, visit: Visit) -> Gathered:
    """The household of a visit, which is the visit that counts."""
    household = households.find_one(work.session, visit.household_id or "")
    return _gathered(work, household, visit.person_id, visit)


def visit_of(work: Work, case: Case) -> Visit | None:
    """The latest F-08 that is the case's, or the household's without a case; of one day, a completed one first."""
    query = select(Visit).where(
        Visit.household_id == case.household_id,
        Visit.form_code == FORM,
        Visit.void.is_(False),
        Visit.visited_on <= work.on,
        or_(Visit.case_id.is_(None), Visit.case_id == case.id),
    )
    order = Visit.visited_on.desc(), (Visit.status == COMPLETED).desc(), Visit.id.desc()
    return work.session.execute(query.order_by(*order).limit(1)).scalar()


def ref_of(row: str) -> str:
    """The name of a person inside questions: the same on every day, whoever else joins or leaves."""
    return "p" + row.replace("-", "")[-12:]


def _gathered(work: Work, household: Household, applicant_id: str | None, visit: Visit | None) -> Gathered:
    answers: Mapping[str, Any] = {}
    if visit is not None:
        spec = questionnaire.load(visit.form_code or "", visit.form_version)
        answers = questionnaire.to_file(spec, dict(visit.answers or {}))
    people = list(persons.of_household(work.session, household.id))
    rows = {str(row["row"]): row for row in answers.get("members", ())}
    if rows:
        newer = {p.id for p in people if visit and (p.joined_on or "") > (visit.visited_on or "")}
        people = [person for person in people if person.id in rows or person.id in newer]
    absent = work.session.get(Person, applicant_id) if applicant_id else None
    if absent is not None and absent.id not in {person.id for person in people}:
        people.append(absent)  # whoever left or died is still the one whom the case is about
    home = Home(
        people=_everybody(work, people, rows, applicant_id),
        hukou=household.hukou,
        visited_on=visit.visited_on if visit else None,
        answers=answers,
    )
    return Gathered(home=home, household=household, visit=visit, certifications=_certifications(work, household))


def _everybody(
    work: Work, people: list[Person], rows: Mapping[str, Mapping[str, Any]], applicant_id: str | None
) -> tuple[Someone, ...]:
    """People in the household's order, the applicant first; rows that name nobody of the store come last.

    The visit names relations as the applicant sees them once its applicant is called so, or is the head.
    """
    head = next((p for p in people if p.relation in kinship.HEAD), people[0] if people else None)
    applicant = next((p for p in people if p.id == applicant_id), head)
    own = applicant.id if applicant is not None else ""
    said = rows.get(own, {}).get("relation") == kinship.APPLICANT or applicant is head
    found = []
    for person in people:
        row = rows.get(person.id, {})
        if applicant is not None and person.id == own:
            relation: str | None = kinship.APPLICANT
        elif said and row.get("relation"):
            relation = row["relation"]
        else:
            relation = _seen(applicant, person)
        found.append(_someone(work, person, row, relation))
    known = {person.id for person in people}
    found += [_stranger(work, row) for place, row in rows.items() if place not in known]
    return tuple(sorted(found, key=lambda one: one.row != own))


def _seen(applicant: Person | None, person: Person) -> str | None:
    if applicant is None or applicant.relation is None or person.relation is None:
        return None
    return kinship.to_applicant(applicant.relation, person.relation, person.sex, applicant.sex)


def _someone(work: Work, person: Person, row: Mapping[str, Any], relation: str | None) -> Someone:
    kind, grade = row.get("dis_kind") or person.certificate_kind, row.get("dis_grade") or person.certificate_grade
    held = (kind, grade) == (person.certificate_kind, person.certificate_grade)
    return Someone(
        ref=ref_of(person.id),
        row=person.id,
        name=person.name or "成员",
        relation=relation,
        birth_date=person.birth_date or _birth(work, row.get("id_no") or person.id_number),
        sex=person.sex,
        labor=row.get("labor") or person.labor,
        job=row.get("job") or person.job,
        study=row.get("study") or person.study,
        dis_kind=kind,
        dis_grade=grade,
        certificate_until=person.certificate_valid_until if held else None,
        exclude_reason=row.get("exclude_reason") if row.get("co_living") is False else None,
        covered=row.get("covered"),
    )


def _stranger(work: Work, row: Mapping[str, Any]) -> Someone:
    """Somebody whom only the visit knows; their relation is the form's, seen from the applicant."""
    keys = ("labor", "job", "study", "dis_kind", "dis_grade", "covered")
    return Someone(
        ref=ref_of(row["row"]),
        row=row["row"],
        name=row.get("name") or "成员",
        relation=row.get("relation"),
        birth_date=_birth(work, row.get("id_no")),
        exclude_reason=row.get("exclude_reason") if row.get("co_living") is False else None,
        **{key: row.get(key) for key in keys},
    )


def _birth(work: Work, number: str | None) -> str | None:
    finding = identity.check_id(number, work.day) if number else None
    return finding.birth.isoformat() if finding is not None and finding.ok and finding.birth is not None else None


def _certifications(work: Work, household: Household) -> tuple[dict[str, Any], ...]:
    """What the household and its people are certified for: their live cases of this store."""
    query = select(Case).where(Case.household_id == household.id, Case.void.is_(False), Case.status.in_(LIVE))
    found = []
    for case in work.session.execute(query.order_by(Case.case_no, Case.id)).scalars():
        one: dict[str, Any] = {"programme_code": case.programme_code}
        if case.person_id:
            one["member"] = ref_of(case.person_id)
        if case.start_month:
            one["since"] = f"{case.start_month}-01"
        found.append(one)
    return tuple(found)
