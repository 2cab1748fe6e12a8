"""困难残疾人生活补贴: disabled people of dibao households, whatever the grade (CJ-001, CJ-004, CJ-005)."""

from collections.abc import Mapping
from fractions import Fraction

from desktop.policy.facts import Disability
from desktop.policy.inquiry import Case, Programme, needs
from desktop.policy.money import written
from desktop.policy.people import certified, live_ones
from desktop.policy.programmes.disability import certificates, frame, not_otherwise_kept, settled


def assess(case: Case) -> Mapping[str, object]:
    """A certificate that ran out blocks; then dibao, and no other keep."""
    head = frame(case)
    valid = certificates(case)
    if valid is None:
        return {**head, "outcome": "blocked"}
    conditions = (_in_dibao(case, valid), not_otherwise_kept(case), _no_orphan_allowance(case))
    return {**head, **settled(case, conditions, _amount(case) if all(conditions) else None)}


def _in_dibao(case: Case, valid: tuple[Disability, ...]) -> bool:
    dibao = certified(case.facts.certifications, ("dibao",), case.as_of)
    words = ("持残疾人证" if valid else "没有残疾人证") + ("，低保家庭" if dibao else "，不是低保家庭")
    case.workings.judge("CJ-001", dibao and bool(valid), words, {"判断日": case.as_of})
    return dibao and bool(valid)


def _no_orphan_allowance(case: Case) -> bool:
    """Children on the orphans' allowance, or on the full one of 事实无人抚养儿童, have no living subsidy (CJ-005)."""
    own = case.person.ref
    orphan = certified(case.facts.certifications, ("orphan",), case.as_of, own)
    de_facto = live_ones(case.facts.certifications, ("de_facto_orphan",), case.as_of, own)
    full = any(certification.full_rate for certification in de_facto)
    words = "领孤儿基本生活费" if orphan else "全额领事实无人抚养儿童补贴" if full else "没有孤儿类全额补贴"
    case.workings.judge("CJ-005", not (orphan or full), words)
    return not (orphan or full)


def _amount(case: Case) -> Fraction | None:
    standards = case.pack.subsidy_std
    if standards is None or standards.living is None:
        case.workings.lack("subsidy_std", "subsidy_std.living")
        return None
    case.workings.note("CJ-008", f"生活补贴每月 {written(standards.living)} 元", basis=case.pack.basis)
    return standards.living


PROGRAMME = Programme("disability_living", assess, needs("members"))
