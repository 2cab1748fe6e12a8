"""Ask `refer`: to which body a need goes, and until when it answers (LS-028, JD-002)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Literal

import msgspec

from desktop.policy.codes import ProgrammeCode
from desktop.policy.facts import Certification, Disability
from desktop.policy.identity import age_on
from desktop.policy.inquiry import Ask, Inquiry, Question
from desktop.policy.outcome import Answer
from desktop.policy.people import certified, severe

Need = Literal[
    "medical",
    "education",
    "housing",
    "employment",
    "disaster",
    "basic_living",
    "disease_emergency",
    "rehab_device",
    "limb_surgery",
    "child_rehab",
    "barrier_free",
    "severe_care",
    "worker",
    "woman",
    "charity",
]
_REHAB_BEFORE = 7
_BACKSTOP: tuple[ProgrammeCode, ...] = ("dibao", "tekun")


class ReferQuestion(Question, frozen=True, kw_only=True):
    """A need on a day, and what is known of the person."""

    need: Need
    on: date
    birth_date: date | None = None
    site: Literal["limb", "spine"] | None = None
    disabilities: tuple[Disability, ...] = ()
    certifications: tuple[Certification, ...] = ()
    government_aided: bool = False

    @classmethod
    def lacking(cls, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """The age for the rehabilitation of children, the place for surgery."""
        key = {"child_rehab": "birth_date", "limb_surgery": "site"}.get(str(raw.get("need")))
        return (key,) if key is not None and key not in raw else ()


def _anybody(question: ReferQuestion) -> bool:
    return True


def _aided_before(question: ReferQuestion) -> bool:
    """Charity comes after what the government gives (CY-001)."""
    return question.government_aided


def _not_the_spine(question: ReferQuestion) -> bool:
    return question.site != "spine"


def _small_child(question: ReferQuestion) -> bool:
    return question.birth_date is not None and age_on(question.birth_date, question.on) < _REHAB_BEFORE


def _severe(question: ReferQuestion) -> bool:
    return severe(question.disabilities)


def _severe_and_certified(question: ReferQuestion) -> bool:
    return _severe(question) and certified(question.certifications, _BACKSTOP, question.on)


class Body(msgspec.Struct, frozen=True):
    """Who takes a need on, by which rule, and for whom."""

    code: str
    name: str
    rule_id: str = "LS-028"
    takes: Callable[[ReferQuestion], bool] = _anybody
    condition: str = "不设条件"


def _rehabilitation(takes: Callable[[ReferQuestion], bool], condition: str) -> Body:
    return Body("disabled_federation", "县残联", "CJ-014", takes, condition)


BODIES: dict[Need, Body] = {
    "medical": Body("medical_insurance", "医保部门"),
    "education": Body("education", "教育部门"),
    "housing": Body("housing", "住建部门"),
    "employment": Body("human_resources", "人社部门"),
    "disaster": Body("emergency", "应急部门"),
    "basic_living": Body("civil_affairs", "民政部门"),
    "disease_emergency": Body("health", "卫健部门", "YL-010"),
    "worker": Body("union", "工会", "QT-003"),
    "woman": Body("women_federation", "妇联", "QT-003"),
    "charity": Body("charity", "慈善组织", "CY-001", _aided_before, "政府救助后仍困难"),
    "rehab_device": _rehabilitation(_anybody, "不设条件"),
    "limb_surgery": _rehabilitation(_not_the_spine, "肢体畸形，脊柱除外"),
    "child_rehab": _rehabilitation(_small_child, "不满 7 周岁"),
    "barrier_free": _rehabilitation(_severe_and_certified, "低保、特困中的一级、二级残疾人"),
    "severe_care": _rehabilitation(_severe, "一级、二级残疾人"),
}


def impossible(question: ReferQuestion) -> Iterable[str]:
    """Somebody not yet born on the day."""
    if question.birth_date is not None and question.birth_date > question.on:
        yield "出生日期晚于转介日期"


def answer(question: ReferQuestion, inquiry: Inquiry) -> Answer:
    """Where the need goes, and until when an answer is due if the county has set that (JD-002)."""
    body = BODIES[question.need]
    allowed = body.takes(question)
    inquiry.workings.judge(body.rule_id, allowed, f"转{body.name}，对象：{body.condition}")
    due = _due(question.on, inquiry) if allowed else None
    return inquiry.answer(
        refer_to=body.code, rule_id=body.rule_id, allowed=allowed, blocking=[] if allowed else [body.rule_id], due=due
    )


def _due(on: date, inquiry: Inquiry) -> date | None:
    count = inquiry.pack.referral_feedback_workdays
    if count is None:
        inquiry.workings.lack("referral_feedback_workdays")
        return None
    due = inquiry.days.add(on, count)
    inquiry.workings.note("JD-002", f"接收单位 {count} 个工作日内反馈", {"反馈期": due}, inquiry.pack.basis)
    return due


ASK = Ask("refer", ReferQuestion, answer, impossible, day=lambda question: question.on)
