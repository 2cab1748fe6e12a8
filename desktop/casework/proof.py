"""The evidence that a gate is shown: what is given now, what earlier steps were shown, what the store itself knows."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select

from db.tables.cases import Case
from db.tables.visits import Signature, Visit
from desktop.casework import sources, visit_records
from desktop.casework.case_facts import Someone
from desktop.casework.gathering import FORM
from desktop.casework.timeline import Happened, last
from desktop.casework.work import Work

_LISTS = ("supplement_notices", "complaints", "kinship", "authorized_members")
"""Evidence that adds up from step to step."""

_OF_ONE_ACT = frozenset(
    (
        "refusal_ground", "written_reason", "supervisor_reviewed", "noncooperation", "approver", "opinion_hearing_on",
        "reasons_told", "direction", "termination_cause", "urgent", "small_amount", "needs_help_at_once",
        "evidence_code", "amount_month", "pay_from",
    )
)  # fmt: skip
"""Evidence of a single step: a hearing before a reduction is none before the end, years later."""

_INVESTIGATORS, _PRESENT = {"sg1": "investigator_a", "sg2": "investigator_b"}, ("sgm", "fp")
"""Signature fields of F-08: of the two investigators, and of the member who was there."""


def shown(
    work: Work, case: Case, people: Sequence[Someone], events: tuple[Happened, ...], to: str, given: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """All evidence for a move, and the part of it that the store knew by itself."""
    found: dict[str, Any] = {}
    for event in events:
        found = _laid(found, _carried(event, events, to))
    known: dict[str, Any] = {}
    notices = _notices(events, to)
    if notices:
        known["notices"] = notices
    if "home_visit" not in found and "home_visit" not in given:
        visit = home_visit(work, case, people)
        if visit is not None:
            known["home_visit"] = visit
    everything = _laid(found | known, given)
    if "notices" in given:
        everything["notices"] = _merged(notices, given["notices"])
    return everything, known


def _carried(event: Happened, events: tuple[Happened, ...], to: str) -> dict[str, Any]:
    """What still speaks: of a single step only what the proposal to end was shown, and only for the end."""
    own = event is events[-1] and event.event == "termination_proposed" and to == "terminated"
    return {
        key: value for key, value in event.given.items() if key != "notices" and (own or key not in _OF_ONE_ACT)
    }


def _laid(found: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    both = {
        key: [*found[key], *(one for one in more[key] if one not in found[key])]
        for key in _LISTS
        if isinstance(found.get(key), list) and isinstance(more.get(key), list)
    }
    return {**found, **more, **both}


def _notices(events: tuple[Happened, ...], to: str) -> list[Any]:
    """Notices that hung, the objections to each; before the end only those put up since it was proposed (TK-061).

    A case that came into public notice has a notice of that day, unless the step said another.
    """
    found: list[Any] = []
    begun = last(events, "termination_proposed") if to == "terminated" else None
    for place, event in enumerate(events):
        if begun is not None and event.on < begun.on:
            continue
        if "notices" in event.given:
            found = _merged(found, event.given["notices"])
        elif event.event == "public_notice":
            found = _merged(found, [{"posted_on": event.on}])
        if event.event == "objection" and found and isinstance(found[-1], dict):
            raised: dict[str, Any] = {"on": event.on}
            if place + 1 < len(events):
                raised["closed_on"] = events[place + 1].on
            found[-1] = found[-1] | {"objections": [*found[-1].get("objections", []), raised]}
    return found


def _merged(found: list[Any], more: Any) -> list[Any]:
    """The notices of both; of two of one day the later told one holds."""
    if not isinstance(more, list) or not all(isinstance(one, dict) and "posted_on" in one for one in more):
        return [*found, *(more if isinstance(more, list) else [more])]
    days = {str(one["posted_on"]) for one in more}
    kept = [one for one in found if str(one.get("posted_on")) not in days]
    return sorted([*kept, *more], key=lambda one: str(one["posted_on"]))


def home_visit(work: Work, case: Case, people: Sequence[Someone]) -> dict[str, Any] | None:
    """The latest completed F-08 of the case as DB-053 asks about it: who came, who was there, who signed what stands.

    A signature counts under the name it was given, and only for the answers as they are.
    """
    visit = completed(work, case)
    if visit is None:
        return None
    team = [name for name in (visit.investigator_a, visit.investigator_b) if name]
    standing = sources.signed_hash(visit)
    signed = [one for one in visit_records.signatures_of(work.session, visit.id) if one.text_hash == standing]
    refs = {_plain(person.name): person.ref for person in people}
    members = [refs[_plain(one.name)] for one in signed if one.role in _PRESENT and _plain(one.name) in refs]
    said = _plain(str((visit.answers or {}).get("A.present") or ""))
    present = [ref for name, ref in refs.items() if name in said]
    return {
        "visited_on": visit.visited_on,
        "investigators": team,
        "investigator_signatures": _of_team(visit, signed),
        "present_members": list(dict.fromkeys([*present, *members])),
        "member_signatures": members,
    }


def completed(work: Work, case: Case) -> Visit | None:
    """The latest completed F-08 of the case, or of its household since the case was accepted."""
    query = select(Visit).where(
        Visit.household_id == case.household_id,
        Visit.form_code == FORM,
        Visit.status == visit_records.COMPLETED,
        Visit.void.is_(False),
        Visit.visited_on <= work.on,
        or_(
            Visit.case_id == case.id, Visit.case_id.is_(None) & (Visit.visited_on >= (case.accepted_on or "0000-01-01"))
        ),
    )
    return work.session.execute(query.order_by(Visit.visited_on.desc(), Visit.id.desc()).limit(1)).scalar()


def _of_team(visit: Visit, signed: Sequence[Signature]) -> list[str]:
    found = []
    for one in signed:
        name = getattr(visit, _INVESTIGATORS.get(one.role or "", ""), None) if one.role in _INVESTIGATORS else None
        if name and _plain(name) == _plain(one.name):
            found.append(name)
    return found


def _plain(name: str | None) -> str:
    return "".join((name or "").split())
