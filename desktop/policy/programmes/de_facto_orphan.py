"""事实无人抚养儿童: children under 18 whose parents are dead, lost or unable, but not both dead (07 C)."""

from collections.abc import Mapping
from fractions import Fraction

from desktop.policy.inquiry import Case, Programme, needs
from desktop.policy.money import ZERO, written
from desktop.policy.people import age
from desktop.policy.periods import Month
from desktop.policy.programmes.parents import both_dead, in_words, lacking, not_two, unable

_GROWN_UP = 18
_COUNTED = ("dibao_share", "tekun_support", "disability_living")


def assess(case: Case) -> Mapping[str, object]:
    """By age, then by the parents; a child whose parents are both dead is an orphan."""
    years = age(case.person, case.as_of)
    if years >= _GROWN_UP:
        case.workings.judge("ET-006", False, f"{years} 周岁，已满 {_GROWN_UP} 周岁")
        return {"outcome": "not_eligible"}
    if both_dead(case):
        case.workings.judge("D-23", False, "父母双方死亡，按孤儿办理")
        return {"outcome": "not_eligible", "category": "orphan"}
    unkept = unable(case)
    for rule_id in ("ET-002", "ET-003"):
        case.workings.judge(rule_id, unkept, in_words(case), {"判断日": case.as_of})
    if unkept is None:
        return {"outcome": _open(case)}
    if not unkept:
        return {"outcome": "not_eligible"}
    return {"outcome": "eligible", "amount_month": _amount(case), "pay_from": _first_month(case)}


def _open(case: Case) -> str:
    """What is lacking is named; of a disability whose kinds are not known people decide (10 §2)."""
    keys = lacking(case)
    case.workings.lack(*keys)
    return "cannot_decide" if keys else "manual_review"


def _amount(case: Case) -> Fraction | None:
    """The orphans' standard less what the child already has, never below 0 (ET-005)."""
    standard = case.pack.orphan_std
    if standard is None:
        case.workings.lack_standard("orphan_std")
        return None
    had = sum((payment.amount_month for payment in case.facts.received if payment.kind in _COUNTED), ZERO)
    amount = max(standard - had, ZERO)
    text = f"孤儿标准 {written(standard)} 元 − 已得 {written(had)} 元，每月补 {written(amount)} 元"
    case.workings.note("ET-005", text, basis=case.pack.basis)
    case.workings.note("ET-007", "补贴发给监护人；无能力支配的发给实际抚养人或机构，并明确抚养义务")
    return amount


def _first_month(case: Case) -> Month | None:
    """The month after the decision (ET-004)."""
    if case.decided_on is None:
        return None
    first = Month.of(case.decided_on).plus(1)
    case.workings.note("ET-004", f"确认的次月起发放：{first}", {"确认日期": case.decided_on})
    return first


PROGRAMME = Programme("de_facto_orphan", assess, needs("members"), not_two)
