"""What a new questionnaire knows already: day, team, people of the household, the child's agreement."""

from collections.abc import Sequence
from typing import Any

from db.tables.people import Household, Person
from db.tables.visits import Visit
from desktop.casework import persons, questionnaire, settings, sources
from desktop.casework.work import Work

_MEMBER_FIELDS = {
    "name": "name",
    "relation": "relation",
    "id_no": "id_number",
    "no_id_reason": "no_id_reason",
    "ethnicity": "ethnicity",
    "health": "health",
    "dis_kind": "certificate_kind",
    "dis_grade": "certificate_grade",
    "labor": "labor",
    "job": "job",
    "study": "study",
}
_FROM_AGREEMENT = ("child", "guardian", "guardian_id", "lang", "interp_name")
"""F-22C takes over what F-22B says of the same child (forms.md, F-22B)."""


def known(work: Work, spec: Any, visit: Visit, household: Household, person: Person | None) -> dict[str, Any]:
    """The first answers of a visit; ticks and consents are never filled in beforehand."""
    answers: dict[str, Any] = {}
    for key, value in _facts(work, visit, household, person).items():
        if value and questionnaire.takes(spec, key):
            answers = questionnaire.assign(spec, answers, key, value)
    if questionnaire.has_table(spec, "members"):
        answers = _members(spec, answers, persons.of_household(work.session, household.id))
    return answers


def _facts(work: Work, visit: Visit, household: Household, person: Person | None) -> dict[str, Any]:
    if visit.form_code == "F-08":
        unit = settings.current(work.session)["unit_name"]
        return {
            "date": visit.visited_on,
            "i1": visit.investigator_a,
            "i2": visit.investigator_b,
            "o1": unit,
            "o2": unit,
        }
    if person is None:
        return {}
    found: dict[str, Any] = {"child": person.name, "addr": household.address}
    if visit.form_code == "F-22C":
        agreement = sources.latest(work, "F-22B", person.id)
        if agreement is not None:
            theirs = questionnaire.load("F-22B", agreement.form_version)
            said = questionnaire.to_file(theirs, dict(agreement.answers or {}))
            found |= {key: said.get(key) for key in _FROM_AGREEMENT if said.get(key)}
    return found


def _members(spec: Any, answers: dict[str, Any], people: Sequence[Person]) -> dict[str, Any]:
    columns = questionnaire.columns(spec, "members")
    for person in people:
        for key, attribute in _MEMBER_FIELDS.items():
            value = getattr(person, attribute)
            if value and key in columns:
                answers = questionnaire.assign(spec, answers, f"members.{person.id}.{key}", value)
    return answers
