"""What a move of a case asks of the person who makes it: the facts of its conditions, and what to do about each."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, cast

from db.refused import Refused
from desktop.casework import cases, evidence_values, gates, movers, programmes
from desktop.casework.case_views import Hindrance, MoveForm, Want
from desktop.casework.move_wants import ASKED, EXTRA
from desktop.casework.work import Work
from desktop.policy import identity
from desktop.policy.asks.gate_checks import CHECKS, Check
from desktop.policy.asks.gate_conditions import Act
from desktop.policy.asks.gate_evidence import Evidence
from desktop.policy.codes import CaseStatus, ProgrammeCode
from desktop.policy.inquiry import Inquiry

_ADULT = 18
_NOT_HELD = "：不具备"
Holds = Callable[[Act], bool]


def form(work: Work, case_id: str, to: str, values: Mapping[str, Any] | None = None) -> MoveForm:
    """The form of a move, and what still stands in its way with `values` (as `gates.move` takes them).

    Nothing is written. Raises `BadValue` for an unknown case, status or evidence.
    """
    work.allow("look")
    programmes.status(to)
    before = gates.standing(work, cases.find(work.session, case_id))
    hindrances, failing = _standing_in_the_way(work, before, to, dict(values or {}))
    wants = [(check.holds in failing, want) for check in _concerned(work, before, to) for want in _of(check, failing)]
    wants += [(False, want) for want in EXTRA.get(to, ())]
    needed = _once(want for now, want in wants if now)
    return MoveForm(
        status=to,
        name=programmes.STATUSES[to],
        before=programmes.STATUSES.get(before.case.status or "", ""),
        on=work.on,
        hindrances=hindrances,
        needed=needed,
        may=_once((want for now, want in wants if not now), {want.key for want in needed}),
        people=_people(work, before, grown=to == "checking"),
        yours=movers.may(work, movers.acts_for(before.case.programme_code or "", to, before.delegated)),
    )


def _of(check: Check, failing: set[Holds]) -> tuple[Want, ...]:
    """The facts of a condition that does not hold; of one that holds only those that may still change it."""
    asked = ASKED[check.holds]
    return asked.wants if check.holds in failing or asked.always else ()


def _once(wants: Iterable[Want], but: Iterable[str] = ()) -> tuple[Want, ...]:
    return tuple({want.key: want for want in wants if want.key not in set(but)}.values())


def _concerned(work: Work, before: gates.Before, to: str) -> list[Check]:
    act = Act(
        programme_code=cast("ProgrammeCode", before.case.programme_code),
        before=cast("CaseStatus", before.case.status),
        after=cast("CaseStatus", to),
        on=work.day,
        evidence=Evidence(),
        members=(),
        delegated=before.delegated,
        inquiry=Inquiry(before.pack.county, work.day),
    )
    return [check for check in CHECKS if check.concerns(act)]


def _standing_in_the_way(
    work: Work, before: gates.Before, to: str, values: dict[str, Any]
) -> tuple[tuple[Hindrance, ...], set[Holds]]:
    """What blocks, in the order in which it was tried, and the conditions that do not hold."""
    values.pop("note", None)
    try:
        verdict = gates.asked(work, before, to, evidence_values.read(values))
    except Refused as refusal:
        if values:
            raise
        return (Hindrance(rules=refusal.rules, words=refusal.what, do=refusal.do),), set()
    rules: dict[str, list[str]] = {}
    for step in verdict.answer.trace:
        if step.passed is False:
            rules.setdefault(step.text.removesuffix(_NOT_HELD), []).append(step.rule_id)
    known = {check.words: check for check in _concerned(work, before, to)}
    found = tuple(
        Hindrance(rules=tuple(dict.fromkeys(ids)), words=words, do=_advice(known.get(words)))
        for words, ids in rules.items()
    )
    return found, {known[words].holds for words in rules if words in known}


def _advice(check: Check | None) -> str:
    return ASKED[check.holds].do if check is not None else "请走状态表里有的一步。"


def _people(work: Work, before: gates.Before, grown: bool) -> dict[str, str]:
    """Members by id; `grown` only those who may sign for themselves."""
    return {
        one.row: one.name
        for one in before.gathered.home.people
        if not grown
        or one.birth_date is None
        or identity.age_on(date.fromisoformat(one.birth_date), work.day) >= _ADULT
    }
