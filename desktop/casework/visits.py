"""Visits: a questionnaire begun, answered one by one, completed; photos and signatures are next door."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from db import journal
from db.operation import new_id
from db.refused import BadValue, Refused
from db.tables.people import Household, Person
from db.tables.visits import Visit
from desktop.casework import cases, households, issued, persons, prefill, questionnaire
from desktop.casework.views import Missing, VisitView
from desktop.casework.visit_records import COMPLETED, DRAFT, KEPT, find, open_visit
from desktop.casework.visit_views import view
from desktop.casework.work import Work, day_of, one_line


def add(
    work: Work,
    form_code: str,
    visited_on: str,
    household_id: str | None = None,
    person_id: str | None = None,
    case_id: str | None = None,
    investigators: tuple[str, ...] = (),
) -> VisitView:
    """Begin a questionnaire about a household or a person, with what is already known filled in.

    Raises `BadValue` for an unknown form, a day after the business date, or investigators that the form asks for
    and that are missing or the same (DB-053).
    """
    work.allow("visit")
    spec = questionnaire.load(form_code)
    day = _visit_day(work, visited_on)
    household, person = _subject(work.session, household_id, person_id)
    if case_id is not None and cases.find(work.session, case_id).household_id != household.id:
        raise BadValue(
            "visit.case_elsewhere",
            "这个案件不是这一户的。",
            "没有开始访视。",
            "请核对案件和家庭的编号。",
        )
    first, second = _team(spec, investigators)
    visit = Visit(
        id=new_id(),
        scope=work.scope,
        household_id=household.id,
        person_id=person.id if person else None,
        case_id=case_id,
        form_code=questionnaire.code(spec),
        form_version=questionnaire.version(spec),
        visited_on=day,
        investigator_a=first,
        investigator_b=second,
        status=DRAFT,
        answers={},
    )
    visit.answers = prefill.known(work, spec, visit, household, person)
    work.session.add(visit)
    work.session.flush()
    work.record("visit.add", visit.id, {"form": visit.form_code})
    return view(work, visit)


def record_answer(
    work: Work,
    visit_id: str,
    key: str,
    value: Any,
    seen: Mapping[str, str] | None = None,
) -> VisitView:
    """Save one answer: `key` as `visit set` takes it (`TABLE.ROW.key` in a table), an empty value clears."""
    return record_answers(work, visit_id, {key: value}, seen)


def record_answers(
    work: Work,
    visit_id: str,
    values: Mapping[str, Any],
    seen: Mapping[str, str] | None = None,
) -> VisitView:
    """Save several answers in one act, all or none; nothing is saved when one of them cannot be."""

    def put(spec: Any, answers: dict[str, Any]) -> dict[str, Any]:
        for key, value in values.items():
            answers = questionnaire.assign(spec, answers, key, value)
        return answers

    return _save(work, visit_id, put, seen)


def merge_answers(work: Work, visit_id: str, given: Any, seen: Mapping[str, str] | None = None) -> VisitView:
    """Lay answers in the shape of FILE over those there: given keys and rows only (contracts/cli.md §1)."""
    if not isinstance(given, Mapping):
        raise BadValue(
            "visit.bad_answers",
            "内容要是一个 JSON 对象。",
            KEPT,
            '写成 {"字段": 值, "明细表": [{…}]}。',
        )
    return _save(
        work,
        visit_id,
        lambda spec, answers: questionnaire.merge(spec, answers, given),
        seen,
    )


def _save(
    work: Work,
    visit_id: str,
    put: Callable[[Any, dict[str, Any]], dict[str, Any]],
    seen: Mapping[str, str] | None,
) -> VisitView:
    work.allow("visit")
    visit = open_visit(work.session, visit_id)
    spec = questionnaire.load(visit.form_code or "", visit.form_version)
    before = dict(visit.answers or {})
    after = put(spec, dict(before))
    if after != before:
        if seen is not None:
            journal.looking_at(work.session, visit.id, seen)
        visit.answers = after
        work.session.flush()
    return view(work, visit)


def complete(work: Work, visit_id: str) -> VisitView:
    """Close a visit; refused with what is missing, and when nobody was at home (forms.md F-08)."""
    work.allow("visit")
    visit = open_visit(work.session, visit_id)
    shown = view(work, visit)
    if shown.answers.get("at_home") is False:
        raise Refused(
            "visit.nobody_home",
            "家中没有成员在场，这次访视不能完成。",
            KEPT,
            "请登记未在家原因和约定再访日；再访时另建一次访视。",
        )
    if shown.missing:
        raise _incomplete(shown.missing, bool(issued.documents_of(work, visit)))
    if shown.blocking:
        raise Refused("visit.hard_check", shown.blocking[0].text, KEPT, "请改正后再完成。")
    visit.status, visit.completed_on = COMPLETED, work.on
    work.session.flush()
    work.record("visit.complete", visit.id, {"form": visit.form_code})
    return view(work, visit)


def _incomplete(missing: Sequence[Missing], printed: bool) -> Refused:
    """What lacks, first what can be filled in now; a printed paper that only lacks its ink waits for people."""
    now = [item.label for item in missing if not item.by_hand]
    if not now:
        start = "打印好了，等家长签字" if printed else "能录的都录了，打印出来等家长签字"
        return Refused(
            "visit.incomplete",
            f"{start}；签完回来录入（还有 {len(missing)} 项）。",
            KEPT,
            "签完字、照纸面录入后再完成。",
        )
    ink = len(missing) - len(now)
    more = f"等 {len(now)} 项" if len(now) > 8 else ""
    later = f"另有 {ink} 项要在纸上手写或签名。" if ink else ""
    return Refused("visit.incomplete", f"还缺：{'、'.join(now[:8])}{more}。{later}", KEPT, "请补上再完成。")


def reopen(work: Work, visit_id: str, reason: str) -> VisitView:
    """Open a completed visit again for a correction; the reason goes into the audit chain."""
    work.allow("visit")
    why = persons.needed_reason(reason)
    visit = find(work.session, visit_id)
    if visit.status == COMPLETED:
        visit.status, visit.completed_on = DRAFT, None
        work.session.flush()
        work.record("visit.reopen", visit.id, {"reason": why})
    return view(work, visit)


def _visit_day(work: Work, text: str) -> str:
    day = day_of(text, "访视日期", "visit.bad_date")
    if day > work.on or day < "2000-01-01":
        raise BadValue(
            "visit.bad_date",
            f"访视日期 {day} 不可能：要在 2000 年以后、{work.on} 以前。",
            "没有开始访视。",
            "请核对日期，或用 --on 写明业务日期。",
        )
    return day


def _subject(session: Session, household_id: str | None, person_id: str | None) -> tuple[Household, Person | None]:
    person = persons.find(session, person_id) if person_id else None
    home = household_id or (person.household_id if person else None)
    if not home:
        raise BadValue(
            "visit.no_subject",
            "没有写明访视哪一户或哪个人。",
            "没有开始访视。",
            "请给出家庭或人员的编号。",
        )
    household = households.find_one(session, home)
    if person is not None and person.household_id != household.id:
        raise BadValue(
            "visit.person_elsewhere",
            "这个人不在这一户。",
            "没有开始访视。",
            "请核对家庭和人员的编号。",
        )
    return household, person


def _team(spec: Any, given: tuple[str, ...]) -> tuple[str | None, str | None]:
    names = [name for name in map(one_line, given) if name]
    if any(len(name) > 50 for name in names):
        raise BadValue(
            "visit.bad_name",
            "调查人姓名最多 50 字。",
            "没有开始访视。",
            "请改短再做一次。",
        )
    wanted = questionnaire.investigators(spec)
    if wanted and len(names) < wanted:
        raise BadValue(
            "visit.team_missing",
            f"这张表要有 {wanted} 名调查人。",
            "没有开始访视。",
            "请写上两名不同的调查人。",
        )
    if len(names) > wanted:
        raise BadValue(
            "visit.team_not_asked",
            f"这张表只要 {wanted} 名调查人。" if wanted else "这张表不写调查人。",
            "没有开始访视。",
            "请去掉多写的调查人。",
        )
    if len({name.replace(" ", "") for name in names}) < len(names):
        raise BadValue(
            "visit.team_same",
            "两名调查人不能是同一个人。",
            "没有开始访视。",
            "请写上两名不同的调查人。",
        )
    return ([*names, None, None])[0], ([*names, None, None])[1]
