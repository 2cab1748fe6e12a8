"""A case's way through the gates: which moves are open, what stands in the way, and the move itself (15 §1)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import msgspec

from db import journal
from db.operation import new_id
from db.refused import BadValue, Refused
from db.tables.cases import Case, CaseEvent
from desktop.casework import (
    asking,
    cases,
    decisions,
    evidence_values,
    gathering,
    movers,
    packs,
    programmes,
    proof,
    timeline,
)
from desktop.casework.case_views import CaseMoved, MoveView
from desktop.casework.packed import packed
from desktop.casework.work import Work, one_line
from desktop.policy.codes import CaseStatus, ProgrammeCode
from desktop.policy.engine import decide
from desktop.policy.outcome import Answer, Unanswerable
from desktop.policy.standards import delegated
from desktop.policy.transitions import DELEGATED_NEXT, NEXT

_SAFE = "案件没有改动，状态还是原来的。"
_LONGEST_NOTE = 500


class Before(msgspec.Struct, frozen=True):
    """A case as it stands before a move: its people and events, the pack in force, and who confirms."""

    case: Case
    gathered: gathering.Gathered
    events: tuple[timeline.Happened, ...]
    pack: packs.HeldPack
    delegated: bool


class Verdict(msgspec.Struct, frozen=True):
    """What the rules say to a move, and the evidence that they went by."""

    answer: Answer
    given: dict[str, Any]
    known: dict[str, Any]

    @property
    def blocking(self) -> tuple[str, ...]:
        """The rules that stand in the way, none when the move is open."""
        return tuple(cast("list[str]", self.answer.values["blocking"]))

    @property
    def reasons(self) -> tuple[str, ...]:
        """The same in words, each with its rules."""
        words: dict[str, list[str]] = {}
        for step in self.answer.trace:
            if step.passed is False:
                words.setdefault(step.text, []).append(step.rule_id)
        return tuple(f"{text}（{'、'.join(dict.fromkeys(rules))}）" for text, rules in words.items())


def possible(work: Work, case_id: str) -> tuple[MoveView, ...]:
    """Every move that the table has from here, and for each what is missing with what the store knows today."""
    work.allow("look")
    before = standing(work, cases.find(work.session, case_id))
    return tuple(_possible(work, before, status) for status in following(before))


def following(before: Before) -> tuple[str, ...]:
    """The statuses that may follow by the table."""
    status = cast("CaseStatus", before.case.status)
    return (*NEXT.get(status, ()), *(DELEGATED_NEXT.get(status, ()) if before.delegated else ()))


def move(
    work: Work, case_id: str, to: str, values: Mapping[str, Any] | None = None, seen: Mapping[str, str] | None = None
) -> CaseMoved:
    """Bring a case into a status with the evidence in `values` (contract §6; people by id or name; `note` for words).

    Event, evidence and status are written in one transaction. Raises `Refused` `case.gate` with the rules that stand
    in the way, `BadValue` for evidence that cannot be, `NotAllowed` when the step is somebody else's.
    """
    programmes.status(to)
    case = cases.find(work.session, case_id)
    before = standing(work, case)
    given = dict(values or {})
    note = _note(given.pop("note", None))
    verdict = asked(work, before, to, evidence_values.read(given))
    if verdict.blocking:
        raise _refused(before, to, verdict)
    _in_order(work, before)
    movers.need(work, movers.acts_for(case.programme_code or "", to, before.delegated))
    if seen is not None:
        journal.looking_at(work.session, case.id, seen)
    known = verdict.known | decisions.follow(work, case, to, verdict.answer, verdict.given)
    work.record("case.move", case.id, {"from": case.status, "to": to})
    _write(work, case, to, note, verdict.given, known)
    return CaseMoved(case_id=case.id, case_no=case.case_no or "", status=to, on=work.on, known=known)


def standing(work: Work, case: Case) -> Before:
    """A case with everything that a gate looks at."""
    held = packs.in_force(work)
    programme = cast("ProgrammeCode", case.programme_code)
    return Before(
        case,
        gathering.of_case(work, case),
        timeline.of_case(work.session, case.id),
        held,
        delegated(held.county.pack, work.scope, programme, date.fromisoformat(case.accepted_on or work.on)),
    )


def asked(work: Work, before: Before, to: str, given: Mapping[str, Any]) -> Verdict:
    """The rules' answer to a move; raises `BadValue` for evidence that they cannot read."""
    case, people = before.case, before.gathered.home.people
    told = asking.named(before.gathered, dict(given))
    if to == "confirmed" and "approver" not in told and movers.decides(work):
        told["approver"] = work.user
    evidence, known = proof.shown(work, case, people, before.events, to, told)
    question: dict[str, Any] = {
        "id": "1",
        "ask": "gate",
        "act": "move",
        "programme_code": case.programme_code,
        "from": case.status,
        "to": to,
        "on": work.on,
        "township_code": work.scope,
        "evidence": evidence,
    }
    if case.accepted_on:
        question["accepted_on"] = case.accepted_on
    if to == "checking":
        question["members"] = _members(before)
    try:
        return Verdict(decide(before.pack.county, question), told, known)
    except Unanswerable as refusal:
        raise asking.not_askable(refusal, "case.bad_evidence", _SAFE) from refusal


def _possible(work: Work, before: Before, to: str) -> MoveView:
    able = movers.may(work, movers.acts_for(before.case.programme_code or "", to, before.delegated))
    try:
        verdict = asked(work, before, to, {})
    except Refused as refusal:
        return MoveView(status=to, name=programmes.STATUSES[to], allowed=False, reasons=(refusal.what,), yours=able)
    return MoveView(
        status=to,
        name=programmes.STATUSES[to],
        allowed=not verdict.blocking,
        blocking=verdict.blocking,
        reasons=verdict.reasons,
        yours=able,
    )


def _members(before: Before) -> list[dict[str, Any]]:
    """Members as far as their age is asked (DB-007); raises `Refused` while a birth is not known."""
    people = before.gathered.home.people
    nameless = [person.name for person in people if person.birth_date is None]
    if nameless:
        raise Refused(
            "case.facts_missing",
            f"还不知道{'、'.join(nameless)}的出生日期，判断不了哪些人要签核对授权。",
            _SAFE,
            "请先在人员资料里补上出生日期。",
            ("DB-007",),
        )
    return [
        {"ref": person.ref, "relation": person.relation or "97", "birth_date": person.birth_date} for person in people
    ]


def _in_order(work: Work, before: Before) -> None:
    """Nothing happens before what happened already: the timeline is only continued (15 §1)."""
    if before.events and before.events[-1].on > work.on:
        last = before.events[-1]
        raise Refused(
            "case.out_of_order",
            f"这一步的日期 {work.on} 早于上一步“{programmes.STATUSES.get(last.event, last.event)}”的 {last.on}。",
            _SAFE,
            "请核对业务日期；记错了的用更正步骤补记，不改旧的。",
            ("15.1",),
        )


def _refused(before: Before, to: str, verdict: Verdict) -> Refused:
    status = before.case.status or ""
    here, there = programmes.STATUSES.get(status, status), programmes.STATUSES[to]
    onward = "、".join(programmes.STATUSES[code] for code in following(before))
    return Refused(
        "case.gate",
        f"案件现在不能从“{here}”转到“{there}”。还缺：" + "；".join(verdict.reasons) + "。",
        _SAFE,
        f"请补上再做这一步。从“{here}”可以去的有：{onward or '没有，已经办结'}。",
        verdict.blocking,
    )


def _write(work: Work, case: Case, to: str, note: str | None, given: dict[str, Any], known: dict[str, Any]) -> None:
    kept = {key: value for key, value in (("given", given), ("known", known)) if value}
    work.session.add(
        CaseEvent(
            id=new_id(),
            scope=work.scope,
            case_id=case.id,
            event=to,
            on=work.on,
            note=note,
            before=case.status,
            recorded_by=work.user,
            evidence=packed(kept) if kept else None,
        )
    )
    case.status = to
    work.session.flush()


def _note(text: Any) -> str | None:
    if text is None:
        return None
    words = one_line(text) if isinstance(text, str) else ""
    if not isinstance(text, str) or len(words) > _LONGEST_NOTE:
        raise BadValue(
            "case.bad_note", f"说明要写成一段文字，最多 {_LONGEST_NOTE} 字。", _SAFE, "请改正说明再做一次。"
        )
    return words or None
