"""Ask `notice_period`: how long a notice hangs and when the next step may be taken (contract §4, GS-001, D-09)."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from desktop.policy.codes import ProgrammeCode
from desktop.policy.inquiry import Ask, Inquiry, Question
from desktop.policy.outcome import Answer
from desktop.policy.periods import add_days, long_date
from desktop.policy.reading import Part
from desktop.policy.workdays import Days

NoticeKind = Literal["pre_notice", "termination_notice", "decision_publication"]


class Restart(Part, frozen=True, kw_only=True):
    """The notice was torn down, or names or amounts were corrected: it hangs from anew."""

    on: date
    cause: Literal["torn", "names", "amount"]


class NoticePeriodQuestion(Question, frozen=True, kw_only=True):
    """A notice and when it was put up."""

    kind: NoticeKind
    programme_code: ProgrammeCode
    posted_on: date
    restarts: tuple[Restart, ...] = ()
    planned_removal_on: date | None = None


def _days_key(kind: NoticeKind, programme_code: ProgrammeCode) -> str:
    """Which of the county's `notice_days` holds (LS-022, ZH-012)."""
    if kind == "decision_publication":
        return "board"
    return {"temp_expense": "temp", "disaster_relief": "disaster"}.get(programme_code, "default")


def notice_days(inquiry: Inquiry, kind: NoticeKind, programme_code: ProgrammeCode) -> int | None:
    """Calendar days that the notice must hang, or None, and named as missing, when they are not set (09 §1)."""
    key = _days_key(kind, programme_code)
    days: int | None = getattr(inquiry.pack.notice_days, key, None)
    if days is None:
        inquiry.workings.lack("notice_days", f"notice_days.{key}")
    return days


def effective_end(days: Days, counted_from: date, count: int) -> date:
    """The last day of a notice, moved off a rest day (D-09)."""
    return days.on_or_after(add_days(counted_from, count))


def earliest_next_step(days: Days, counted_from: date, count: int) -> date:
    """The first working day after the notice has run out (GS-001)."""
    return days.next_after(effective_end(days, counted_from, count))


def impossible(question: NoticePeriodQuestion) -> Iterable[str]:
    """A restart before the notice hung."""
    if any(restart.on < question.posted_on for restart in question.restarts):
        yield "重新张贴的日期早于第一次张贴"


def answer(question: NoticePeriodQuestion, inquiry: Inquiry) -> Answer:
    """The days of the notice; those of a published decision are not moved off rest days."""
    counted_from = max((restart.on for restart in question.restarts), default=question.posted_on)
    count = notice_days(inquiry, question.kind, question.programme_code)
    if count is None:
        return inquiry.answer(counted_from=counted_from, provisional=False)
    min_end = add_days(counted_from, count)
    values: dict[str, object] = {"counted_from": counted_from, "days": count, "min_end": min_end}
    last_day = min_end
    if question.kind != "decision_publication":
        last_day = effective_end(inquiry.days, counted_from, count)
        values["effective_end"] = last_day
        values["earliest_next_step"] = earliest_next_step(inquiry.days, counted_from, count)
    removable_from = add_days(last_day, 1)
    values["removable_from"] = removable_from
    if question.planned_removal_on is not None:
        values["removal_ok"] = question.planned_removal_on >= removable_from
    _explain(question, inquiry, counted_from, count, last_day)
    return inquiry.answer(**values, provisional=inquiry.days.provisional)


def _explain(question: NoticePeriodQuestion, inquiry: Inquiry, counted_from: date, count: int, last_day: date) -> None:
    rule = "09.1" if question.kind == "decision_publication" else "GS-001"
    moved = "，末日遇休息日顺延" if last_day != add_days(counted_from, count) else ""
    text = f"张贴当日不计，满 {count} 天{moved}，到 {long_date(last_day)} 为止，次日起可以取下"
    inputs = {"张贴": question.posted_on, "起算": counted_from}
    planned = question.planned_removal_on
    passed = None if planned is None else planned > last_day
    inquiry.workings.judge(rule, passed, text, inputs, inquiry.pack.basis)


ASK = Ask("notice_period", NoticePeriodQuestion, answer, impossible, day=lambda question: question.posted_on)
