"""Programmes, numbers, deadlines and outcomes of cases as pages say them, each with its tone."""

from desktop.casework.case_views import AssessmentView, DeadlineView
from desktop.casework.programmes import PROGRAMMES, STATUSES
from desktop.casework.rule_words import OUTCOMES

_TONES = {"red": "red", "orange": "orange", "yellow": "amber"}
_SIGNS = {"red": "红", "orange": "橙", "yellow": "黄"}
_OUTCOME_TONES = {"eligible": "green", "not_eligible": "red", "blocked": "red", "refer": "accent"}
_OUTCOME_SIGNS = {"green": "✓", "red": "✗", "accent": "→", "amber": "!"}
_DONE = ("archived", "terminated", "withdrawn", "aborted_noncooperation", "not_accepted", "refused")
_LIVE = ("confirmed", "published", "paying")


def programme(code: str) -> str:
    """The name of a programme."""
    return PROGRAMMES.get(code, (code, ""))[0]


def status(code: str) -> str:
    """The name of a status."""
    return STATUSES.get(code, code)


def status_tone(code: str) -> str:
    """Done is plain, in support green, on its way accent."""
    return "plain" if code in _DONE else "green" if code in _LIVE else "accent"


def short_number(case_no: str) -> str:
    """`513299-102-DB-2026-00012` without county and township: DB-2026-00012."""
    return "-".join(case_no.split("-")[2:]) or case_no


def deadline(one: DeadlineView | None) -> tuple[str, str]:
    """How near a deadline is, its colour said in a word too, and the tone."""
    if one is None:
        return "", ""
    tone, sign = _TONES.get(one.level, "plain"), _SIGNS.get(one.level, "")
    return (f"{sign} · " if sign else "") + _days(one) + ("（暂定）" if one.provisional else ""), tone


def _days(one: DeadlineView) -> str:
    if one.code == "pre_notice":
        return f"{one.due} 起可办"
    if one.overdue:
        return f"逾期 {one.overdue_days} 天"
    if one.remaining_workdays is None:
        return f"到 {one.due}" if one.due else "没有期限"
    return f"剩 {one.remaining_workdays} 个工作日" if one.remaining_workdays else "今天到期"


def outcome(found: AssessmentView) -> tuple[str, str]:
    """The outcome with its sign, and the tone."""
    tone = _OUTCOME_TONES.get(found.outcome, "amber")
    return f"{_OUTCOME_SIGNS[tone]} {OUTCOMES.get(found.outcome, found.outcome)}", tone


def amount(found: AssessmentView) -> str:
    """What would be paid, in words; empty when the answer names no amount."""
    once = found.answer.get("amount_once")
    if found.amount_month is not None:
        return f"每月 {found.amount_month} 元"
    return f"一次 {once} 元" if once is not None else ""
