"""Which deadlines run for a case: table of period, programmes, statuses it runs in, and the act that starts it."""

from typing import Any

import msgspec

from db.tables.cases import Case
from desktop.casework import packs, proof, timeline
from desktop.casework.case_views import DeadlineView
from desktop.casework.gates import Before
from desktop.casework.work import Work
from desktop.policy.engine import decide
from desktop.policy.outcome import Unanswerable
from desktop.policy.transitions import LIVE

_TOWNSHIP = (
    "accepted", "checking", "check_failed", "investigating", "democratic_review", "pre_reviewed", "public_notice",
    "objection", "notice_passed", "returned",
)  # fmt: skip
_COUNTY = ("reported", "county_review", "county_visit")
_UNDECIDED = _TOWNSHIP + _COUNTY
_DIBAO = ("dibao", "dibao_single", "edge_family")
"""Edge families keep the deadlines of dibao (BY-003)."""

ACCEPTED = "accepted"


class Clock(msgspec.Struct, frozen=True):
    """A period: it runs in `statuses`, from the acceptance day or from the last event `start`."""

    code: str
    name: str
    programmes: tuple[str, ...]
    statuses: tuple[str, ...]
    start: str = ACCEPTED


CLOCKS: tuple[Clock, ...] = (
    Clock("db_start_survey", "开始入户调查", _DIBAO, ("accepted", "checking")),
    Clock("db_total", "办结", _DIBAO, _UNDECIDED),
    Clock("db_county_opinion", "县级审核", _DIBAO, _COUNTY, "reported"),
    Clock("tk_township", "乡镇初审", ("tekun",), _TOWNSHIP),
    Clock("tk_reopen", "重新调查核实", ("tekun",), ("objection",), "objection"),
    Clock("tk_county", "县级审核", ("tekun",), _COUNTY, "reported"),
    Clock("gx_total", "认定", ("rigid_expense_family",), _UNDECIDED),
    Clock("gx_valid", "认定有效", ("rigid_expense_family",), LIVE, "confirmed"),
    Clock("et_township", "乡镇查验", ("orphan", "de_facto_orphan"), _TOWNSHIP),
    Clock("et_county", "县级确认", ("orphan", "de_facto_orphan"), _COUNTY, "reported"),
    Clock("ls_supplement", "补齐手续", ("temp_emergency", "temp_nonlocal"), ("fast_relief", "supplement_due"),
          "fast_relief"),
    Clock("refusal_notice", "送达不予确认通知", (), ("refused",), "refused"),
)  # fmt: skip
"""Periods of 14 §3 whose start the store knows; one without programmes runs for all."""


TIMED = frozenset(("public_notice", *(status for clock in CLOCKS for status in clock.statuses)))
"""Statuses in which some period runs, at least for some programme."""


class Timed(msgspec.Struct, frozen=True):
    """What the clocks look at of a case."""

    case: Case
    events: tuple[timeline.Happened, ...]
    pack: packs.HeldPack


def deadlines(work: Work, before: Before | Timed) -> tuple[DeadlineView, ...]:
    """The deadlines that run on the business date, the nearest first."""
    found = [one for clock in CLOCKS if _runs(clock, before.case) for one in _due(work, before, clock)]
    if before.case.status == "public_notice":
        found += _notice(work, before)
    return tuple(sorted(found, key=lambda one: one.due or "9999"))


def _runs(clock: Clock, case: Case) -> bool:
    concerned = not clock.programmes or case.programme_code in clock.programmes
    return concerned and case.status in clock.statuses


def _due(work: Work, before: Before | Timed, clock: Clock) -> list[DeadlineView]:
    happened = timeline.last(before.events, clock.start)
    start = before.case.accepted_on if clock.start == ACCEPTED else (happened.on if happened else None)
    if start is None:
        return []
    question = {
        "id": "1",
        "ask": "deadline",
        "code": clock.code,
        "start_on": start,
        "programme_code": before.case.programme_code,
        "township_code": work.scope,
        "today": work.on,
    }
    answer = _ask(before, question)
    return [_view(answer, answer["applied_code"], clock.name, start)] if answer else []


def _notice(work: Work, before: Before | Timed) -> list[DeadlineView]:
    """From when on the step after a notice is open (GS-001)."""
    evidence, _ = proof.shown(work, before.case, (), before.events, "notice_passed", {})
    notices = [one for one in evidence.get("notices", ()) if isinstance(one, dict)]
    if not notices:
        return []
    posted = notices[-1]["posted_on"]
    question = {
        "id": "1",
        "ask": "notice_period",
        "kind": "pre_notice",
        "programme_code": before.case.programme_code,
        "posted_on": posted,
    }
    answer = _ask(before, question)
    if not answer or answer.get("earliest_next_step") is None:
        return []
    told = answer | {"due": answer["earliest_next_step"], "rule_id": "GS-001"}
    return [_view(told, "pre_notice", "公示期满，最早可办下一步", posted)]


def _ask(before: Before | Timed, question: dict[str, Any]) -> dict[str, Any]:
    try:
        return decide(before.pack.county, question).as_json("1")
    except Unanswerable:
        return {}


def _view(answer: dict[str, Any], code: str, name: str, start: str) -> DeadlineView:
    return DeadlineView(
        code=code,
        name=name,
        rule_id=answer["rule_id"],
        start_on=start,
        due=answer.get("due"),
        level=answer.get("level") or "none",
        overdue=bool(answer.get("overdue")),
        overdue_days=answer.get("overdue_days") or 0,
        remaining_workdays=answer.get("remaining_workdays"),
        provisional=bool(answer.get("provisional")),
    )
