"""A guardian who lives in the child's household: what the household knows of them, taken over into empty answers."""

from typing import Any

from db.tables.people import Person
from db.tables.visits import Visit
from desktop.casework import persons, questionnaire
from desktop.casework.views import VisitView
from desktop.casework.visit_records import find
from desktop.casework.visit_views import view
from desktop.casework.visits import record_answers
from desktop.casework.work import Work

_HEAD = ("01", "02")
_SPOUSE = ("10", "11", "12")
_CHILDREN = (*(str(code) for code in range(20, 28)), "29", *(str(code) for code in range(30, 38)), "39")
_PARENT = {"1": "51", "2": "52"}
_GRANDPARENT = {"1": "61", "2": "62"}
_MOTHERS_PARENT = {"1": "63", "2": "64"}


def known_of_guardian(work: Work, visit_id: str) -> dict[str, str]:
    """What would be taken over: answer key to value, only for answers that are still empty; nothing is changed."""
    work.allow("look")
    return _known(work, find(work.session, visit_id))


def take_over(work: Work, visit_id: str) -> VisitView:
    """Fill relation, identity number and phone of a guardian who is a member of the household; others stay."""
    found = _known(work, find(work.session, visit_id))
    if not found:
        return view(work, find(work.session, visit_id))
    return record_answers(work, visit_id, found)


def relation_to_child(guardian: Person, child: Person) -> str | None:
    """The guardian's relation to the child (K03), from what both are to the head; None where it cannot be told."""
    sex = guardian.sex or ""
    if child.relation in _HEAD:
        return guardian.relation
    if guardian.relation not in (*_HEAD, *_SPOUSE):
        return None
    if child.relation in _CHILDREN:
        return _PARENT.get(sex)
    if child.relation in ("41", "42"):
        return _GRANDPARENT.get(sex)
    return _MOTHERS_PARENT.get(sex) if child.relation in ("43", "44") else None


def _known(work: Work, visit: Visit) -> dict[str, str]:
    if visit.form_code != "F-22B" or not visit.person_id or not visit.household_id:
        return {}
    spec = questionnaire.load(visit.form_code, visit.form_version)
    said: dict[str, Any] = questionnaire.to_file(spec, dict(visit.answers or {}))
    child = persons.find(work.session, visit.person_id)
    name = str(said.get("guardian") or "").replace(" ", "")
    same = [
        one
        for one in persons.of_household(work.session, visit.household_id)
        if name and (one.name or "").replace(" ", "") == name and one.id != child.id
    ]
    if len(same) != 1:
        return {}
    given = {
        "grel": relation_to_child(same[0], child),
        "guardian_id": same[0].id_number,
        "guardian_tel": same[0].phone,
    }
    return {key: value for key, value in given.items() if value and not said.get(key)}
