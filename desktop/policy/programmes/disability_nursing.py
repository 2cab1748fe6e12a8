"""重度残疾人护理补贴: grade 1 and 2 in need of care for half a year (CJ-002); not beside a higher one (CJ-006)."""

from collections.abc import Mapping
from fractions import Fraction

from desktop.policy.facts import Disability
from desktop.policy.inquiry import Case, Programme, needs
from desktop.policy.money import ZERO, written
from desktop.policy.pack import Pack
from desktop.policy.people import severe
from desktop.policy.periods import lasted
from desktop.policy.programmes.disability import certificates, frame, not_otherwise_kept, settled

_CARE_MONTHS = 6


def assess(case: Case) -> Mapping[str, object]:
    """A certificate that ran out blocks; then grade, need of care, and no other keep."""
    head = frame(case)
    valid = certificates(case)
    if valid is None:
        return {**head, "outcome": "blocked"}
    conditions = (_needs_care(case, valid), not_otherwise_kept(case))
    if not all(conditions):
        return {**head, **settled(case, conditions, None)}
    amount, kept = _beside_elder_care(case, _amount(case, min(one.grade for one in valid)))
    return {**head, **settled(case, conditions, amount), "kept_amount_month": kept}


def _needs_care(case: Case, valid: tuple[Disability, ...]) -> bool:
    grave = severe(valid)
    long = lasted(case.facts.care_since, _CARE_MONTHS, case.as_of)
    words = ("一级或二级残疾" if grave else "不是一级或二级残疾") + (
        f"，需要照护已满 {_CARE_MONTHS} 个月" if long else f"，需要照护未满 {_CARE_MONTHS} 个月"
    )
    case.workings.judge("CJ-002", grave and long, words, {"需要照护自": case.facts.care_since, "判断日": case.as_of})
    return grave and long


def _amount(case: Case, grade: int) -> Fraction | None:
    amount = _standard(case.pack, grade)
    if amount is None:
        case.workings.lack("subsidy_std", f"subsidy_std.nursing.{grade}")
        return None
    case.workings.note("CJ-008", f"{grade} 级护理补贴每月 {written(amount)} 元", basis=case.pack.basis)
    return amount


def _standard(pack: Pack, grade: int) -> Fraction | None:
    nursing = pack.subsidy_std.nursing if pack.subsidy_std else None
    if nursing is None:
        return None
    return nursing.first if grade == 1 else nursing.second


def _beside_elder_care(case: Case, amount: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
    """What this subsidy pays, and which of the two is kept: the higher one."""
    others = [payment.amount_month for payment in case.facts.received if payment.kind == "elder_care_subsidy"]
    if not others:
        return amount, None
    case.workings.alert("choose_higher")
    if amount is None:
        return None, None
    other = sum(others, ZERO)
    kept = max(amount, other)
    text = f"老年人护理补贴 {written(other)} 元与本补贴 {written(amount)} 元择高，保留 {written(kept)} 元"
    case.workings.note("CJ-006", text)
    return (amount if amount >= other else ZERO), kept


PROGRAMME = Programme("disability_nursing", assess, needs("members"))
