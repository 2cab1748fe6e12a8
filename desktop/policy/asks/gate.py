"""Ask `gate`: may this happen to a case on this day (contract §6, 15 §1)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

from msgspec import field

from desktop.policy.asks.gate_checks import CHECKS
from desktop.policy.asks.gate_conditions import Act, died
from desktop.policy.asks.gate_evidence import Evidence
from desktop.policy.codes import CaseStatus, ProgrammeCode, TownshipCode
from desktop.policy.consistency import impossible_members
from desktop.policy.evidence_matrix import FETCHED
from desktop.policy.facts import Member
from desktop.policy.inquiry import Ask, Inquiry, Question
from desktop.policy.outcome import Answer
from desktop.policy.periods import Month
from desktop.policy.standards import delegated
from desktop.policy.trace import Workings
from desktop.policy.transitions import fault_of


class GateQuestion(Question, frozen=True, kw_only=True):
    """An act on a day, and the evidence there is; `from` and `to` for a move."""

    programme_code: ProgrammeCode
    act: Literal["move", "require_evidence", "start_home_teaching"]
    on: date
    before: CaseStatus | None = field(name="from", default=None)
    after: CaseStatus | None = field(name="to", default=None)
    accepted_on: date | None = None
    township_code: TownshipCode | None = None
    members: tuple[Member, ...] | None = None
    evidence: Evidence = Evidence()

    @classmethod
    def lacking(cls, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """Both ends of a move; the code of the evidence that is asked for."""
        if raw.get("act") == "move":
            return tuple(key for key in ("from", "to") if key not in raw)
        evidence = raw.get("evidence")
        if raw.get("act") == "require_evidence" and not (isinstance(evidence, dict) and "evidence_code" in evidence):
            return ("evidence.evidence_code",)
        return ()


def impossible(question: GateQuestion) -> Iterable[str]:
    """Facts that contradict each other; the day of acceptance is the registered one (RL-010)."""
    if question.members is not None:
        yield from impossible_members(question.members, question.on)
    if question.accepted_on is not None and question.accepted_on > question.on:
        yield "受理日期晚于这一步的日期"
    review = question.evidence.democratic_review
    if review is not None and review.representatives > review.attended:
        yield "评议的代表比参加的人还多"


def answer(question: GateQuestion, inquiry: Inquiry) -> Answer:
    """Whether the act is allowed, and by every rule that it breaks why not."""
    if question.before is not None and question.after is not None and question.act == "move":
        return _answer_move(_act(question, question.before, question.after, inquiry))
    if question.act == "require_evidence":
        blocking = _required(question.evidence, inquiry.workings)
    else:
        both = question.evidence.agreement_signed and question.evidence.consent_signed
        words = "服务协议和家长同意书都签署后才能开始送教"
        blocking = [] if inquiry.workings.judge("JY-016", both, words) else ["JY-016"]
    return inquiry.answer(allowed=not blocking, blocking=blocking, warnings=[])


def _act(question: GateQuestion, before: CaseStatus, after: CaseStatus, inquiry: Inquiry) -> Act:
    return Act(
        programme_code=question.programme_code,
        before=before,
        after=after,
        on=question.on,
        evidence=question.evidence,
        members=question.members or (),
        delegated=delegated(
            inquiry.pack, question.township_code, question.programme_code, question.accepted_on or question.on
        ),
        inquiry=inquiry,
    )


def _answer_move(act: Act) -> Answer:
    """The table of moves first, then every condition of this one."""
    workings = act.inquiry.workings
    fault = fault_of(act.before, act.after, act.delegated)
    workings.judge(fault or "15.1", fault is None, "状态表里" + ("没有这一步" if fault else "有这一步"))
    blocking = [fault] if fault else []
    for check in CHECKS:
        if check.concerns(act):
            passed = check.holds(act)
            for rule in check.rules:
                workings.judge(rule, passed, f"{check.words}：{'具备' if passed else '不具备'}", check.facts(act))
            blocking += [] if passed else check.rules
    values: dict[str, object] = {"allowed": not blocking, "blocking": list(dict.fromkeys(blocking)), "warnings": []}
    if act.after == "terminated":
        if died(act):
            workings.note("TK-062", "死亡的不需听取意见，也不公示")
        values["stop_from"] = None if blocking else Month.of(act.on).plus(1)
    return act.inquiry.answer(**values)


def _required(evidence: Evidence, workings: Workings) -> list[str]:
    """What departments can be asked for is not asked of the applicant (EV-R1, DB-006)."""
    fetched = evidence.evidence_code in FETCHED
    words = "部门能核验取得的材料不得要求申请人提交"
    for rule in ("EV-R1", "DB-006"):
        workings.judge(rule, not fetched, words, {"材料": evidence.evidence_code})
    return ["EV-R1", "DB-006"] if fetched else []


ASK = Ask("gate", GateQuestion, answer, impossible, day=lambda question: question.on)
