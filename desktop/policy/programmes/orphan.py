"""孤儿基本生活保障: children without parents, and grown orphans at school (ET-001); no second keep beside it."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from desktop.policy.facts import Certification
from desktop.policy.inquiry import Case, Programme, needs
from desktop.policy.money import written
from desktop.policy.people import age, certified, in_education, live
from desktop.policy.programmes.parents import both_dead, in_words, not_two, unable

_GROWN_UP = 18
_OTHERS = (("tekun", "TK-020", "特困供养"), ("de_facto_orphan", "ZT-043", "事实无人抚养儿童保障"))


def impossible(question: Any) -> Iterable[str]:
    """A child whose parents are known has two."""
    members = question.facts.members
    if members and age(members[0], question.judged_on) < _GROWN_UP and not question.facts.parents_not_found:
        yield from not_two(question)


def assess(case: Case) -> Mapping[str, object]:
    """Whoever is an orphan must not be kept by another programme, unless this one was chosen instead."""
    years = age(case.person, case.as_of)
    orphaned = _child(case) if years < _GROWN_UP else _grown_up(case, years)
    if not orphaned:
        return {"outcome": "not_eligible"}
    if not _only_keep(case):
        return {"outcome": "blocked"}
    return {"outcome": "eligible", "amount_month": _amount(case)}


def _child(case: Case) -> bool:
    """Both parents dead, or nobody knows who they are."""
    lost = case.facts.parents_not_found
    orphaned = lost or both_dead(case)
    case.workings.judge("ET-001", orphaned, "查找不到生父母" if lost else in_words(case))
    if not orphaned and unable(case):
        case.workings.alert("refer_de_facto_orphan")
        case.workings.note("D-23", "不是父母双方死亡，按事实无人抚养儿童办理")
    return orphaned


def _grown_up(case: Case, years: int) -> bool:
    """An orphan who was certified stays one while at school; else it ends, and housing may help (ZF-001)."""
    own = [one for one in case.facts.certifications if _own(case, one)]
    still = any(live(one, case.as_of) for one in own)
    stays = still and in_education(case.person.education)
    words = "在校继续享受" if stays else "不在校" if still else "没有在有效期内的孤儿认定"
    case.workings.judge("ET-001", stays, f"{years} 周岁，已满 {_GROWN_UP} 周岁，{words}")
    if not stays:
        case.workings.alert(*(("start_termination",) if still else ()), *(("refer_housing_aid",) if own else ()))
    return stays


def _own(case: Case, certification: Certification) -> bool:
    return certification.programme_code == "orphan" and certification.member in (None, case.person.ref)


def _only_keep(case: Case) -> bool:
    """特困 and 事实无人抚养 exclude this one until it is chosen and they are ended (TK-020, ZT-043)."""
    held = [
        (rule_id, name)
        for code, rule_id, name in _OTHERS
        if certified(case.facts.certifications, (code,), case.as_of, case.person.ref)
    ]
    chosen = case.facts.chosen_programme == "orphan"
    for rule_id, name in held:
        case.workings.judge(
            rule_id, chosen, f"正在享受{name}，" + ("已选定孤儿保障，先终止原保障" if chosen else "不得双享")
        )
    if held and chosen:
        case.workings.alert("end_other_first")
    return chosen or not held


def _amount(case: Case) -> Fraction | None:
    """The county's standard; children kept in an institution have their own."""
    institution = case.facts.care_mode == "centralized"
    standard = case.pack.orphan_std_institution if institution else case.pack.orphan_std
    if standard is None:
        case.workings.lack_standard("orphan_std_institution" if institution else "orphan_std")
        return None
    text = f"{'机构养育' if institution else '散居'}孤儿每月 {written(standard)} 元"
    case.workings.note("ET-001", text, basis=case.pack.basis)
    return standard


PROGRAMME = Programme("orphan", assess, needs("members"), impossible)
