"""Ask `deadline`: until when something must be done, and how far off that is (contract §3, 14 §3)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec

from desktop.policy.codes import DeadlineCode, ExtensionReason, ProgrammeCode, TownshipCode
from desktop.policy.inquiry import Ask, Inquiry, Question
from desktop.policy.marks import NullAllowed, Range
from desktop.policy.outcome import Answer
from desktop.policy.pack import Pack
from desktop.policy.periods import add_days, add_hours, add_months, long_date
from desktop.policy.standards import delegated

Unit = Literal["workday", "day", "month", "hour", "date"]
_UNIT_NAMES: dict[Unit, str] = {"workday": "个工作日", "day": "日", "month": "个月", "hour": "小时", "date": ""}


class DeadlineQuestion(Question, frozen=True, kw_only=True):
    """A period and the act that starts it; `year` and `start_at` for the two codes that start otherwise."""

    code: DeadlineCode
    start_on: date | None = None
    start_at: datetime | None = None
    year: Annotated[int, Range(2000, 2100)] | None = None
    programme_code: ProgrammeCode = "dibao"
    township_code: TownshipCode | None = None
    extension_reason: ExtensionReason | None = None
    today: date | None = None
    prepared_on: Annotated[date | None, NullAllowed()] = None
    approved_on: Annotated[date | None, NullAllowed()] = None

    @classmethod
    def lacking(cls, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """The start that the code needs."""
        key = {"ls_advance": "start_at", "zh_winter_plan": "year"}.get(str(raw.get("code")), "start_on")
        return () if key in raw else (key,)


class Period(msgspec.Struct, frozen=True):
    """A row of the table: how long, by which rule, from which act.

    `parameter` is the pack key that sets the count; `extended` is the count with one of `reasons`; `from_acceptance`
    says that a start on a rest day is worth a word, `moves` that an end on a rest day goes to the next working day.
    """

    rule_id: str
    unit: Unit
    count: int | None = None
    parameter: str | None = None
    delegated: int | None = None
    extended: int | None = None
    reasons: tuple[ExtensionReason, ...] = ()
    from_acceptance: bool = False
    moves: bool = True


# A notice counts within the total (D-10); a refusal of tekun is told as soon as one of dibao (TK-038).
PERIODS: dict[DeadlineCode, Period] = {
    "db_start_survey": Period("DB-050", "workday", 3, from_acceptance=True),
    "db_start_check": Period("DB-051", "workday", 3),
    "db_county_opinion": Period("DB-072", "workday", 10),
    "db_total": Period(
        "DB-074",
        "workday",
        30,
        delegated=20,
        extended=45,
        reasons=("notice_objection", "household_separated", "remote_application", "hard_to_investigate"),
        from_acceptance=True,
    ),
    "refusal_notice": Period("DB-076", "workday", 3),
    "db_review_A": Period("DB-090", "month", 12),
    "db_review_B": Period("DB-090", "month", 6),
    "db_death_settle": Period("DB-092", "month", 3),
    "change_report_warn": Period("DB-091", "month", 3),
    "tk_township": Period("TK-033", "workday", 15, from_acceptance=True),
    "tk_reopen": Period("TK-035", "workday", 15),
    "tk_county": Period("TK-036", "workday", 15),
    "tk_selfcare_recheck": Period("TK-041", "workday", 10),
    "tk_term_objection": Period("TK-061", "workday", 15),
    "gx_total": Period(
        "GX-004",
        "workday",
        30,
        extended=45,
        reasons=("household_separated", "hard_to_investigate"),
        from_acceptance=True,
    ),
    "gx_valid": Period("GX-006", "month", 12, moves=False),
    "et_township": Period("ET-004", "workday", 15, from_acceptance=True),
    "et_county": Period("ET-004", "workday", 15),
    "ls_advance": Period("LS-021", "hour", parameter="advance_hours"),
    "ls_supplement": Period("LS-021", "workday", parameter="supplement_workdays"),
    "zh_winter_plan": Period("ZH-034", "date"),
    "admin_review": Period("DB-097", "day", 60),
    "lawsuit": Period("DB-097", "month", 6),
}


class Due(msgspec.Struct, frozen=True):
    """When a period ends: before and after moving it off a rest day; `at` is the moment of a period of hours."""

    raw: date
    day: date
    at: datetime | None = None


def impossible(question: DeadlineQuestion) -> Iterable[str]:
    """An extension that this deadline does not know."""
    if question.extension_reason and question.extension_reason not in PERIODS[question.code].reasons:
        yield "这个期限不能用这个延长理由"


def answer(question: DeadlineQuestion, inquiry: Inquiry) -> Answer:
    """Due day, what it follows from, and with `today` how far off it is."""
    period = PERIODS[question.code]
    applied, count = _applied(question, period, inquiry)
    values: dict[str, object] = {
        "applied_code": applied,
        "rule_id": period.rule_id,
        "unit": period.unit,
        "count": count,
        "raw_due": None,
        "due": None,
    }
    if count is None and period.parameter is not None:
        inquiry.workings.lack(period.parameter)
        return inquiry.answer(**values, provisional=inquiry.days.provisional)
    due = _due(question, period, count or 0, inquiry)
    if period.unit == "hour":
        values["due_at"] = due.at
    else:
        values |= {"raw_due": due.raw, "due": due.day}
    if question.code == "gx_valid":
        values["lapses_on"] = add_days(due.day, 1)
    if period.from_acceptance and question.start_on and not inquiry.days.is_workday(question.start_on):
        inquiry.workings.alert("start_on_rest_day")
    _explain(question, period, count, due, inquiry)
    if question.today is not None:
        values |= _standing(question, question.today, due.day, inquiry)
    return inquiry.answer(**values, provisional=inquiry.days.provisional)


def _applied(question: DeadlineQuestion, period: Period, inquiry: Inquiry) -> tuple[str, int | None]:
    """Code and count that hold: longer with a reason, shorter where the township confirms itself (D-14)."""
    if period.parameter is not None:
        return question.code, _parameter(inquiry.pack, period.parameter)
    if question.extension_reason is not None:
        return f"{question.code}_ext", period.extended
    if (
        period.delegated is not None
        and question.start_on is not None
        and delegated(inquiry.pack, question.township_code, question.programme_code, question.start_on)
    ):
        return f"{question.code}_delegated", period.delegated
    return question.code, period.count


def _parameter(pack: Pack, key: str) -> int | None:
    value: int | None = getattr(pack, key)
    return value


def _due(question: DeadlineQuestion, period: Period, count: int, inquiry: Inquiry) -> Due:
    """Count from the start, which itself is not counted (RL-001)."""
    days = inquiry.days
    if period.unit == "date":
        plan_day = date(question.year or 0, 10, 31)
        return Due(plan_day, plan_day)
    if question.start_at is not None and period.unit == "hour":
        moment = add_hours(question.start_at, count)
        return Due(moment.date(), moment.date(), moment)
    start = question.start_on
    if start is None:
        raise TypeError("the question was read without its start")
    if period.unit == "workday":
        end = days.add(start, count)
        return Due(end, end)
    raw = add_months(start, count) if period.unit == "month" else add_days(start, count)
    return Due(raw, days.on_or_after(raw) if period.moves else raw)


def _explain(question: DeadlineQuestion, period: Period, count: int | None, due: Due, inquiry: Inquiry) -> None:
    start = question.start_at or question.start_on
    if count is None:
        text = f"每年 10 月 31 日前完成，不顺延：{long_date(due.day)}"
    else:
        moved = f"，遇休息日顺延到 {long_date(due.day)}" if due.raw != due.day else ""
        end = f"{long_date(due.raw)}{due.at:%H:%M}" if due.at else long_date(due.raw)
        text = f"起算当日不计，{count} {_UNIT_NAMES[period.unit]}，到 {end}{moved}"
    basis = inquiry.pack.basis if period.parameter else ""
    inquiry.workings.note(period.rule_id, text, {"起算": start} if start else {}, basis)


def _standing(question: DeadlineQuestion, today: date, due: date, inquiry: Inquiry) -> dict[str, object]:
    """How far off the day is: colour, working days left, calendar days over (14.3)."""
    overdue = today > due
    remaining = inquiry.days.between(today, due)
    level = "red" if overdue else "orange" if remaining <= 1 else "yellow" if remaining <= 3 else "none"
    if question.code == "zh_winter_plan" and _happened(question.prepared_on, today):
        overdue = False
        level = "none" if _happened(question.approved_on, today) else "yellow"
    if question.code == "change_report_warn" and overdue:
        inquiry.workings.alert("change_report_overdue")
    return {
        "overdue": overdue,
        "overdue_days": (today - due).days if overdue else 0,
        "remaining_workdays": remaining,
        "level": level,
    }


def _happened(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def _day(question: DeadlineQuestion) -> date | None:
    return question.start_on or (question.start_at.date() if question.start_at else None)


ASK = Ask("deadline", DeadlineQuestion, answer, impossible, _day)
