"""Papers: numbered at the first official print, rendered, kept as a record; every export is audited."""

from typing import Any

import msgspec
from sqlalchemy import select

from db.operation import new_id
from db.refused import BadValue, Refused
from db.tables.cases import Case
from db.tables.documents import Document
from db.tables.people import Household, Person
from db.tables.visits import Visit
from desktop.casework import (
    cases,
    households,
    issued,
    numbers,
    persons,
    prefill,
    questionnaire,
    rendering,
    sources,
    visit_records,
)
from desktop.casework.views import Missing, Paper, Warned
from desktop.casework.work import Work

UNNUMBERED = "打印时编号"
"""What a preview says in the place of a number that was not given yet."""
_KEPT = "没有生成文件，已填的内容都在。"


class Subject(msgspec.Struct, frozen=True):
    """What a paper is about: exactly one of these ids."""

    visit_id: str | None = None
    case_id: str | None = None
    household_id: str | None = None
    person_id: str | None = None


def issue(
    work: Work,
    form_code: str,
    subject: Subject | None,
    reason: str,
    *,
    blank: bool = False,
    draft: bool = False,
    large: bool = False,
    preview: bool = False,
) -> Paper:
    """One paper as an audited export.

    Official: refused while a field that is not filled by hand is missing; takes its number once and keeps it on
    every reprint. `draft` carries the watermark and no number, `blank` is an empty sheet with what is known of the
    subject, if one is given. `preview` is for the screen only: it looks like the official or empty paper, takes no
    number and is a draft to a scanner and to `issued.verify`; with something missing it is a plain draft.
    """
    work.allow("print")
    why = persons.needed_reason(reason)
    spec = questionnaire.load(form_code)
    if subject is None:
        if not blank:
            raise BadValue(
                "print.no_subject",
                "没有写明是哪次访视、哪户或哪个人的。",
                _KEPT,
                "请给出编号；只要空白表就写 --blank。",
            )
        visit = Visit(id=new_id(), scope=work.scope, form_code=form_code, answers={})
        visit.form_version = questionnaire.version(spec)
    else:
        visit = _visit_for(work, spec, form_code, subject, blank)
        spec = questionnaire.load(form_code, visit.form_version)
    if blank:
        return _blank(work, spec, visit, why, large, preview)
    if preview and not draft:
        return _previewed(work, spec, visit, why, large)
    return _filled(work, spec, visit, why, draft, large)


def _filled(work: Work, spec: Any, visit: Visit, why: str, draft: bool, large: bool) -> Paper:
    state = _state(work, spec, visit, None)
    lacking = [item for item in state.missing if not item.by_hand]
    if not draft:
        _complete_enough(lacking, state.blocking)
    number = (
        ""
        if draft
        else issued.number_of(work, visit)
        or numbers.document_number(work, visit.form_code or "", _case_no(work, visit))
    )
    shown = _state(work, spec, visit, number or None)
    revision = 1 + len(issued.documents_of(work, visit)) if number else 0
    paper = rendering.render(
        work,
        spec,
        visit,
        shown,
        number=number,
        revision=revision,
        draft=draft,
        large=large,
    )
    document_id = "" if draft else _kept(work, spec, visit, paper, why)
    work.record(
        "print",
        document_id or visit.id,
        {
            "form": visit.form_code,
            "number": number,
            "draft": draft,
            "reason": why,
            "sha256": paper.sha256,
        },
    )
    return msgspec.structs.replace(paper, document_id=document_id)


def _previewed(work: Work, spec: Any, visit: Visit, why: str, large: bool) -> Paper:
    state = _state(work, spec, visit, None)
    if state.blocking or any(not item.by_hand for item in state.missing):
        return _filled(work, spec, visit, why, True, large)
    number = issued.number_of(work, visit) or UNNUMBERED
    shown = _state(work, spec, visit, number)
    paper = rendering.render(work, spec, visit, shown, number=number, revision=0, preview=True, large=large)
    detail = {"form": visit.form_code, "number": "", "draft": True, "reason": why, "sha256": paper.sha256}
    work.record("print", visit.id, detail)
    return paper


def _blank(work: Work, spec: Any, visit: Visit, why: str, large: bool, preview: bool) -> Paper:
    number = UNNUMBERED if preview else numbers.blank_number(work)
    state = _state(work, spec, visit, None)
    paper = rendering.render(
        work, spec, visit, state, number=number, revision=0, blank=True, large=large, preview=preview
    )
    work.record(
        "print.blank",
        "",
        {
            "form": visit.form_code,
            "number": paper.document_no,
            "reason": why,
            "sha256": paper.sha256,
        },
    )
    return paper


def _state(work: Work, spec: Any, visit: Visit, number: str | None) -> "questionnaire.State":
    filled: set[str] = set()
    if visit.visited_on is not None:
        filled = {p.slot or "" for p in visit_records.photos_of(work.session, visit.id)}
        filled |= {s.role or "" for s in visit_records.signatures_of(work.session, visit.id)}
    found = sources.Sources(work, visit, number)
    return questionnaire.state(spec, dict(visit.answers or {}), found, work.day, filled)


def _complete_enough(lacking: list[Missing], blocking: list[Warned]) -> None:
    if lacking:
        names = "、".join(item.label for item in lacking[:8])
        more = f"等 {len(lacking)} 项" if len(lacking) > 8 else ""
        raise Refused(
            "print.incomplete",
            f"还缺：{names}{more}，不能打正式件。",
            _KEPT,
            "请补上再打；先看样子可以打草稿（--draft）。",
        )
    if blocking:
        raise Refused(
            "print.hard_check",
            blocking[0].text,
            _KEPT,
            "请改正再打；先看样子可以打草稿（--draft）。",
        )


def _visit_for(work: Work, spec: Any, form_code: str, subject: Subject, blank: bool) -> Visit:
    """The visit that the paper shows: the one named, the latest of this form, else what is known (never stored)."""
    if subject.visit_id is not None:
        visit = visit_records.find(work.session, subject.visit_id)
        if visit.form_code != form_code:
            raise BadValue(
                "print.other_form",
                f"这次访视填的是 {visit.form_code}，不是 {form_code}。",
                _KEPT,
                "请核对表单代码和访视编号。",
            )
        if blank:
            return _unstored(
                work,
                spec,
                form_code,
                visit.household_id or "",
                visit.person_id,
                visit.case_id,
            )
        return visit
    home, person, case = _ids(work, subject)
    if not blank:
        query = select(Visit).where(Visit.form_code == form_code, Visit.void.is_(False))
        if case:
            query = query.where(Visit.case_id == case)
        elif person:
            query = query.where(Visit.person_id == person)
        else:
            query = query.where(Visit.household_id == home)
        latest = work.session.execute(query.order_by(Visit.visited_on.desc(), Visit.id.desc()).limit(1)).scalar()
        if latest is not None:
            return latest
    return _unstored(work, spec, form_code, home, person, case)


def _ids(work: Work, subject: Subject) -> tuple[str, str | None, str | None]:
    if subject.case_id is not None:
        case = cases.find(work.session, subject.case_id)
        return case.household_id or "", case.person_id, case.id
    if subject.person_id is not None:
        person = persons.find(work.session, subject.person_id)
        return person.household_id or "", person.id, None
    return households.find_one(work.session, subject.household_id or "").id, None, None


def _unstored(
    work: Work,
    spec: Any,
    form_code: str,
    household_id: str,
    person_id: str | None,
    case_id: str | None,
) -> Visit:
    household = work.session.get(Household, household_id)
    person = work.session.get(Person, person_id) if person_id else None
    visit = Visit(
        id=new_id(),
        scope=work.scope,
        household_id=household_id,
        person_id=person_id,
        case_id=case_id,
        form_code=form_code,
        form_version=questionnaire.version(spec),
        answers={},
    )
    if household is not None:
        visit.answers = prefill.known(work, spec, visit, household, person)
    return visit


def _case_no(work: Work, visit: Visit) -> str | None:
    case = work.session.get(Case, visit.case_id) if visit.case_id else None
    return case.case_no if case else None


def _kept(work: Work, spec: Any, visit: Visit, paper: Paper, why: str) -> str:
    stored = visit.visited_on is not None
    document = Document(
        id=new_id(),
        scope=work.scope,
        form_code=visit.form_code,
        edition=questionnaire.version(spec),
        doc_no=paper.document_no,
        household_id=visit.household_id,
        person_id=visit.person_id,
        case_id=visit.case_id,
        visit_id=visit.id if stored else None,
        text_hash=paper.text_hash,
        issued_on=work.on,
        issued_by=work.user,
        pages=paper.pages,
        reason=why,
        sha256=paper.sha256,
        state="printed",
        state_on=work.on,
    )
    work.session.add(document)
    work.session.flush()
    return document.id
