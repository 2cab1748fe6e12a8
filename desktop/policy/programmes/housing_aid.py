"""住房救助: households of the four kinds and grown orphans; in the country by the grade of the house (06 C)."""

from collections.abc import Mapping
from typing import Any, Literal

from desktop.policy.codes import PROGRAMME_NAMES, THE_FOUR
from desktop.policy.facts import Certification, Member
from desktop.policy.inquiry import Case, Programme
from desktop.policy.people import age, certified, live_ones

_GROWN_UP = 18
_MEASURES: dict[str, Literal["repair", "rebuild"]] = {"C": "repair", "D": "rebuild"}
_PROCEDURES = {
    "urban": ("ZF-002", "民政核收入财产，住建核住房并公示，优先公租房或租赁补贴"),
    "rural": ("ZF-005", "农户申请，村评议公示，乡镇审核公示，县审批公示，竣工验收后拨付"),
}
_GRADE_WORDS = {"A": "无危险", "B": "个别构件危险，不影响主体", "C": "局部危险，修缮加固", "D": "整体危险，重建"}


def required(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The area, and in the country the grade of the house."""
    keys = ("area", "house_grade") if facts.get("area") == "rural" else ("area",)
    return tuple(key for key in keys if key not in facts)


def assess(case: Case) -> Mapping[str, object]:
    """Not for people kept in an institution; otherwise kind of household and, in the country, the house decide."""
    dispersed = _not_in_institution(case)
    entitled = _entitled(case)
    measure = _measure(case)
    dangerous = case.facts.area != "rural" or measure is not None
    eligible = dispersed and entitled and dangerous
    if eligible:
        case.workings.note(*_PROCEDURES[case.facts.area or "urban"])
    return {"outcome": "eligible" if eligible else "not_eligible", "measure": measure if eligible else None}


def _not_in_institution(case: Case) -> bool | None:
    """特困 people in centralized care have their roof there (ZF-007)."""
    tekun = live_ones(case.facts.certifications, ("tekun",), case.as_of)
    centralized = any((one.care_mode or case.facts.care_mode) == "centralized" for one in tekun)
    words = "集中供养的特困人员不享受住房救助" if centralized else "不是集中供养的特困人员"
    return case.workings.judge("ZF-007", not centralized, words)


def _entitled(case: Case) -> bool | None:
    """One of the four kinds, or an orphan who has grown up, whose certification may have ended."""
    kind = next((code for code in THE_FOUR if certified(case.facts.certifications, (code,), case.as_of)), None)
    orphan = any(_grown_orphan(case, one) for one in case.facts.certifications)
    words = PROGRAMME_NAMES[kind] if kind else f"年满 {_GROWN_UP} 周岁的孤儿" if orphan else "不属于住房救助对象"
    rule_id = "ZF-003" if case.facts.area == "rural" else "ZF-001"
    return case.workings.judge(rule_id, kind is not None or orphan, f"对象：{words}", {"判断日": case.as_of})


def _grown_orphan(case: Case, certification: Certification) -> bool:
    """A certification without a name is that of the person who is judged, the first member."""
    if certification.programme_code != "orphan" or not case.facts.members:
        return False
    person = _named(case.facts.members, certification.member) if certification.member else case.person
    return person is not None and age(person, case.as_of) >= _GROWN_UP


def _named(members: tuple[Member, ...], ref: str) -> Member | None:
    return next((member for member in members if member.ref == ref), None)


def _measure(case: Case) -> str | None:
    """C is repaired, D rebuilt, A and B stay as they are (ZF-004); in town the grade says nothing."""
    grade = case.facts.house_grade
    if case.facts.area != "rural" or grade is None:
        return None
    measure = _MEASURES.get(grade)
    case.workings.judge("ZF-004", measure is not None, f"房屋安全等级 {grade} 级：{_GRADE_WORDS[grade]}")
    return measure


PROGRAMME = Programme("housing_aid", assess, required)
