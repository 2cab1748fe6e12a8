"""Assessments: the rules asked about a case or visit, the answer kept with everything that it rests on."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec
from sqlalchemy import select

from db.operation import new_id
from db.refused import BadValue, Refused
from db.tables.cases import Assessment, Case, CaseEvent
from db.tables.visits import Visit
from desktop.casework import asking, cases, gathering, packs, programmes, visit_records
from desktop.casework.case_views import AssessmentView, Rerun, StepView
from desktop.casework.packed import packed, unpacked
from desktop.casework.work import Work, shorten
from desktop.policy.engine import decide
from desktop.policy.outcome import Answer, Unanswerable
from desktop.policy.trace import Step

_SAFE = "没有改动任何内容。"
DECISIONS = ("confirmed", "adjusted")
"""Events that fix from when an amount is paid."""


def of_case(work: Work, case_id: str) -> AssessmentView | None:
    """The latest assessment of a case; None before the first."""
    work.allow("look")
    return _latest(work, Assessment.case_id == cases.find(work.session, case_id).id)


def of_visit(work: Work, visit_id: str) -> AssessmentView | None:
    """The latest assessment of a visit; None before the first."""
    work.allow("look")
    return _latest(work, Assessment.visit_id == visit_records.find(work.session, visit_id).id)


def listed(work: Work, case_id: str) -> tuple[AssessmentView, ...]:
    """Every assessment of a case, the latest first, each by the pack of its day."""
    work.allow("look")
    wanted = Assessment.case_id == cases.find(work.session, case_id).id, Assessment.void.is_(False)
    query = select(Assessment).where(*wanted).order_by(Assessment.assessed_on.desc(), Assessment.id.desc())
    return tuple(_view(row) for row in work.session.execute(query).scalars())


def trial(work: Work, visit_id: str) -> AssessmentView:
    """What the rules say to a visit as it stands, by its case's programme or as dibao; nothing is kept.

    Raises as `assess_visit`.
    """
    work.allow("look")
    visit = visit_records.find(work.session, visit_id)
    case = cases.find(work.session, visit.case_id) if visit.case_id else None
    programme = (case.programme_code if case is not None else None) or "dibao"
    accepted = case.accepted_on if case is not None else visit.visited_on
    asked = _asked(work, gathering.of_visit(work, visit), programme, accepted, {}, case)
    view = _view(_row(work, *asked))
    return msgspec.structs.replace(view, assessment_id="", case_id=visit.case_id, visit_id=visit.id)


def assess_case(work: Work, case_id: str, given: Mapping[str, Any] | None = None) -> AssessmentView:
    """Ask the rules about a case as it stands on the business date, and keep the answer.

    `given` are facts of the contract that no form of this program holds yet (`medical`, `self_care`, …).
    Raises `Refused` `assess.facts_missing` naming what must be known first, `BadValue` for facts that cannot be.
    """
    case = cases.find(work.session, case_id)
    row = _assessed(work, gathering.of_case(work, case), case.programme_code or "", case.accepted_on, given or {}, case)
    if case.pack_version != row.pack_version:
        case.pack_version = row.pack_version
        work.session.flush()
    return _view(row)


def assess_visit(
    work: Work, visit_id: str, programme: str = "dibao", given: Mapping[str, Any] | None = None
) -> AssessmentView:
    """Ask the rules about the household of a visit, open or completed, as if it applied on the day of the visit."""
    visit: Visit = visit_records.find(work.session, visit_id)
    case = cases.find(work.session, visit.case_id) if visit.case_id else None
    programmes.programme(programme)
    gathered = gathering.of_visit(work, visit)
    accepted = case.accepted_on if case is not None else visit.visited_on
    return _view(_assessed(work, gathered, programme, accepted, given or {}, case))


def again(work: Work, assessment_id: str) -> Rerun:
    """Ask an old question again by its own pack; nothing is kept. Raises `Refused` `pack.not_here`."""
    work.allow("look")
    row = _find(work, assessment_id)
    kept = unpacked(row.content)
    answer = decide(packs.by_id(work, row.pack_id or "").county, kept["question"])
    now = _plain(answer)
    return Rerun(same=now == kept["answer"] and _steps(answer) == kept["trace"], before=_view(row), now=now)


def decided(work: Work, case: Case, on: str) -> dict[str, Any]:
    """Amount, first month and heads of the latest assessment, as decided on a day; empty unless it found eligible.

    The amounts are those of the first pay month (BZ-005), by the pack of the assessment.
    """
    query = select(Assessment).where(Assessment.case_id == case.id, Assessment.void.is_(False))
    row = work.session.execute(query.order_by(Assessment.assessed_on.desc(), Assessment.id.desc()).limit(1)).scalar()
    if row is None or row.outcome != "eligible":
        return {}
    asked = unpacked(row.content)["question"] | {"decided_on": on}
    plain = _plain(decide(packs.by_id(work, row.pack_id or "").county, asked))
    wanted = {key: plain.get(key) for key in ("amount_month", "pay_from", "member_count")}
    return {key: value for key, value in wanted.items() if value is not None} | {"assessment_id": row.id}


def _assessed(
    work: Work,
    gathered: gathering.Gathered,
    programme: str,
    accepted_on: str | None,
    given: Mapping[str, Any],
    case: Case | None,
) -> Assessment:
    work.allow("assess")
    asked, answer, held, remarks = _asked(work, gathered, programme, accepted_on, given, case)
    packs.keep(work, held)
    row = _row(work, asked, answer, held, remarks)
    row.case_id = case.id if case is not None else None
    row.visit_id = gathered.visit.id if gathered.visit is not None else None
    work.session.add(row)
    work.session.flush()
    work.record("assess", row.case_id or row.visit_id or "", {"programme": programme, "outcome": row.outcome})
    return row


def _asked(
    work: Work,
    gathered: gathering.Gathered,
    programme: str,
    accepted_on: str | None,
    given: Mapping[str, Any],
    case: Case | None,
) -> tuple[dict[str, Any], Answer, packs.HeldPack, tuple[str, ...]]:
    """The question, the rules' answer to it, the pack it was given by, and remarks on the facts."""
    found = asking.facts_for(work, gathered, programme, given)
    if found.lacks:
        words = "、".join(dict.fromkeys(lack.words for lack in found.lacks))
        raise Refused("assess.facts_missing", f"测算之前还要知道：{words}。", _SAFE, "请在家庭、人员或入户调查里补上。")
    held = packs.in_force(work)
    day = max(work.on, accepted_on or work.on)
    asked = asking.question(programme, accepted_on or day, day, work.scope, found.facts, _decided_on(work, case))
    try:
        answer = decide(held.county, asked)
    except Unanswerable as refusal:
        raise asking.not_askable(refusal, "assess.bad_facts", _SAFE) from refusal
    return asked, answer, held, found.remarks


def _row(
    work: Work, asked: dict[str, Any], answer: Answer, held: packs.HeldPack, remarks: tuple[str, ...]
) -> Assessment:
    plain = _plain(answer)
    amount = plain.get("amount_month")
    return Assessment(
        id=new_id(),
        scope=work.scope,
        programme_code=asked["programme_code"],
        assessed_on=work.on,
        pack_version=held.version,
        pack_id=held.pack_id,
        outcome=plain["outcome"],
        amount_fen=int(Decimal(amount) * 100) if amount is not None else None,
        recorded_by=work.user,
        content=packed({"question": asked, "answer": plain, "trace": _steps(answer), "remarks": remarks}),
    )


def _plain(answer: Answer) -> dict[str, Any]:
    """The answer without its reasons, which the trace holds."""
    return {key: value for key, value in answer.as_json("1").items() if key not in ("id", "reasons")}


def _steps(answer: Answer) -> list[dict[str, Any]]:
    return [_step(step) for step in answer.trace]


def _step(step: Step) -> dict[str, Any]:
    since = step.effective_from.isoformat() if step.effective_from else None
    return step.as_reason() | {"inputs": dict(step.inputs), "effective_from": since}


def _decided_on(work: Work, case: Case | None) -> str | None:
    if case is None:
        return None
    query = select(CaseEvent.on).where(
        CaseEvent.case_id == case.id, CaseEvent.event.in_(DECISIONS), CaseEvent.void.is_(False)
    )
    return work.session.execute(query.order_by(CaseEvent.on.desc()).limit(1)).scalar()


def _latest(work: Work, wanted: Any) -> AssessmentView | None:
    query = select(Assessment).where(wanted, Assessment.void.is_(False))
    order = Assessment.assessed_on.desc(), Assessment.id.desc()
    row = work.session.execute(query.order_by(*order).limit(1)).scalar()
    return _view(row) if row is not None else None


def _find(work: Work, assessment_id: str) -> Assessment:
    row = work.session.get(Assessment, assessment_id)
    if row is None or row.void:
        raise BadValue(
            "assessment.unknown", f"没有编号为 {shorten(assessment_id, 40)} 的测算。", _SAFE, "请从案件里取编号。"
        )
    return row


def _view(row: Assessment) -> AssessmentView:
    kept = unpacked(row.content) or {}
    answer = kept.get("answer", {})
    return AssessmentView(
        assessment_id=row.id,
        case_id=row.case_id,
        visit_id=row.visit_id,
        programme_code=row.programme_code or "",
        assessed_on=row.assessed_on or "",
        pack_version=row.pack_version or "",
        outcome=row.outcome or "",
        amount_month=cases.yuan(row.amount_fen),
        missing=tuple(answer.get("missing", ())),
        alerts=tuple(answer.get("alerts", ())),
        remarks=tuple(kept.get("remarks", ())),
        recorded_by=row.recorded_by,
        facts=kept.get("question", {}).get("facts", {}),
        answer=answer,
        trace=tuple(StepView(**step) for step in kept.get("trace", ())),
    )
