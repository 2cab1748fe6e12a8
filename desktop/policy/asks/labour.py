"""Asks `labour_duty` and `review_class`: who can work, and what follows for the monthly work and the reviews."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desktop.policy.codes import ProgrammeCode, Ref
from desktop.policy.consistency import impossible_members
from desktop.policy.facts import Certification, Member
from desktop.policy.inquiry import Ask, Inquiry, Question
from desktop.policy.marks import Factor
from desktop.policy.outcome import Answer
from desktop.policy.pack import LabourAge
from desktop.policy.people import age, certified, in_education
from desktop.policy.periods import Month, add_months
from desktop.policy.reading import Part

REVIEW_MONTHS = {"A": 12, "B": 6}
"""How often a family is looked at again, by class (DB-090); tekun people every year (TK-064)."""

_TEKUN_MONTHS = 12
_REVIEWED: tuple[ProgrammeCode, ...] = ("dibao", "dibao_single", "tekun")


class LabourLog(Part, frozen=True, kw_only=True):
    """That somebody took part in public work; only a signed entry counts (DB-096)."""

    member: Ref
    on: date
    hours: Factor | None = None
    signed: bool = False


def _without_sex(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """Ages of work differ by sex, so every member must have one."""
    members = raw.get("members")
    if not isinstance(members, list):
        return ()
    return tuple(
        f"members[{place}].sex" for place, one in enumerate(members) if isinstance(one, dict) and "sex" not in one
    )


class LabourDutyQuestion(Question, frozen=True, kw_only=True):
    """A household in a month, and who took part."""

    on: date
    members: tuple[Member, ...]
    certifications: tuple[Certification, ...] = ()
    log: tuple[LabourLog, ...] = ()

    @classmethod
    def lacking(cls, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """Members whose sex is not given."""
        return _without_sex(raw)


class ReviewClassQuestion(Question, frozen=True, kw_only=True):
    """A household in support; `big_change` says that its circumstances are expected to change soon."""

    programme_code: ProgrammeCode
    on: date
    members: tuple[Member, ...]
    income_fixed: bool
    big_change: bool = False
    major_emergency: bool = False
    last_review_on: date | None = None

    @classmethod
    def lacking(cls, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """Members whose sex is not given."""
        return _without_sex(raw)


def side_of_labour_age(person: Member, ages: LabourAge, on: date) -> int:
    """-1 below the ages of work, 0 within (both ends included), 1 above."""
    span = ages.men if person.sex == "1" else ages.women
    years = age(person, on)
    return (years > span[1]) - (years < span[0])


def exemption(person: Member, ages: LabourAge, question: LabourDutyQuestion) -> str | None:
    """The first reason for which the person need not take part (DB-096)."""
    side = side_of_labour_age(person, ages, question.on)
    reasons = {
        "not_dibao": not certified(question.certifications, ("dibao",), question.on, person.ref),
        "under_age": side < 0,
        "over_age": side > 0,
        "not_able": not person.able_to_work,
        "in_education": in_education(person.education),
        "employed": person.employed,
    }
    return next((code for code, holds in reasons.items() if holds), None)


def impossible_duty(question: LabourDutyQuestion) -> Iterable[str]:
    """Members and entries that cannot be."""
    yield from impossible_members(question.members, question.on)
    refs = {member.ref for member in question.members}
    if any(entry.member not in refs for entry in question.log):
        yield "公益劳动记在一个不在家庭成员里的人名下"


def answer_duty(question: LabourDutyQuestion, inquiry: Inquiry) -> Answer:
    """Who must take part this month and who has not; that is registered, and never lowers support (DB-096)."""
    ages = inquiry.pack.labour_age
    if ages is None:
        inquiry.workings.lack("labour_age")
        return inquiry.answer()
    reasons = {member.ref: exemption(member, ages, question) for member in question.members}
    must = [ref for ref, code in reasons.items() if code is None]
    done = {entry.member for entry in question.log if _counts(entry, question.on)}
    missed = [ref for ref in must if ref not in done]
    text = f"应参加 {len(must)} 人，未见签字记录 {len(missed)} 人"
    inquiry.workings.note("DB-096", text, {"月份": Month.of(question.on)}, inquiry.pack.basis)
    return inquiry.answer(
        must_attend=must,
        count=len(must),
        exempt=[{"ref": ref, "code": code} for ref, code in reasons.items() if code is not None],
        missed=missed,
    )


def _counts(entry: LabourLog, on: date) -> bool:
    return entry.signed and entry.on <= on and Month.of(entry.on) == Month.of(on)


def impossible_review(question: ReviewClassQuestion) -> Iterable[str]:
    """Members, programmes and reviews that cannot be."""
    yield from impossible_members(question.members, question.on)
    if question.programme_code not in _REVIEWED:
        yield "这个项目没有定期核查"
    if question.last_review_on is not None and question.last_review_on > question.on:
        yield "上次核查的日期晚于判断日"


def answer_review(question: ReviewClassQuestion, inquiry: Inquiry) -> Answer:
    """Class, months and, with a last review, when the next one is due."""
    if question.major_emergency:
        inquiry.workings.alert("may_extend")
    if question.programme_code == "tekun":
        inquiry.workings.note("TK-064", f"特困人员每 {_TEKUN_MONTHS} 个月核查一次")
        found: str | None = None
        count: int | None = _TEKUN_MONTHS
    else:
        found = _class_of(question, inquiry)
        count = REVIEW_MONTHS[found] if found else None
    rule = "TK-064" if question.programme_code == "tekun" else "DB-090"
    return inquiry.answer(review_class=found, count=count, rule_id=rule, **_next_review(question, count, inquiry))


def _class_of(question: ReviewClassQuestion, inquiry: Inquiry) -> str | None:
    """B needs an income that is not fixed and somebody who can work; lacking either it is A (DB-090)."""
    workings = inquiry.workings
    can_work = False if question.income_fixed else _somebody_can_work(question, inquiry)
    if can_work is None:
        return None
    if can_work:
        workings.note("DB-090", "收入不固定且有劳动能力：每 6 个月核查", basis=inquiry.pack.basis)
        return "B"
    if question.big_change:
        workings.note("DB-090", "预计短期变化大，又不属于半年核查的：由人定")
        workings.alert("manual_review")
        return None
    workings.note("DB-090", "收入固定或没有在就业年龄、有劳动能力、不在校的成员：每 12 个月核查")
    return "A"


def _somebody_can_work(question: ReviewClassQuestion, inquiry: Inquiry) -> bool | None:
    ages = inquiry.pack.labour_age
    if ages is None:
        inquiry.workings.lack("labour_age")
        return None
    return any(
        member.able_to_work
        and not in_education(member.education)
        and side_of_labour_age(member, ages, question.on) == 0
        for member in question.members
    )


def _next_review(question: ReviewClassQuestion, count: int | None, inquiry: Inquiry) -> dict[str, object]:
    if question.last_review_on is None:
        return {}
    if count is None:
        return {"raw_due": None, "due": None}
    raw = add_months(question.last_review_on, count)
    due = inquiry.days.on_or_after(raw)
    return {"raw_due": raw, "due": due, "overdue": question.on > due, "provisional": inquiry.days.provisional}


ASKS = (
    Ask("labour_duty", LabourDutyQuestion, answer_duty, impossible_duty, day=lambda question: question.on),
    Ask("review_class", ReviewClassQuestion, answer_review, impossible_review, day=lambda question: question.on),
)
