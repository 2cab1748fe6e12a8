"""刚性支出困难家庭: not yet certified, income below the disposable one, necessary expenses above the ratio (GX-001)."""

from collections.abc import Mapping
from fractions import Fraction

from desktop.policy.codes import ProgrammeCode
from desktop.policy.economy import Economy, below_disposable, disposable_words, explain_means, judge_class
from desktop.policy.facts import Expense
from desktop.policy.income import RECEIPTED
from desktop.policy.inquiry import Case
from desktop.policy.money import ZERO, plain, written
from desktop.policy.people import certified
from desktop.policy.periods import add_months
from desktop.policy.programmes.family import family_programme
from desktop.policy.verdict import Verdict, every, lacking, report, verdict

_ELSEWHERE: tuple[ProgrammeCode, ...] = ("dibao", "tekun", "edge_family")
_VALID_MONTHS = 12


def judge(case: Case, economy: Economy) -> Mapping[str, object]:
    """All conditions of GX-001 at once; valid for twelve months from the decision (GX-006)."""
    explain_means(case, economy)
    total = rigid_total(case)
    conditions = (_uncertified(case), _poor(case, economy), _strained(case, economy, total), economy.owned.within)
    judge_class(case, economy)
    met = economy.known(every(conditions))
    report(case.workings, met)
    valid_until = None
    if met.holds and case.decided_on is not None:
        valid_until = add_months(case.decided_on, _VALID_MONTHS)
        case.workings.note("GX-006", f"有效期 {_VALID_MONTHS} 个月，不顺延", {"决定日": case.decided_on})
    return {"outcome": met.outcome, "rigid_expense_total": total, "valid_until": valid_until}


def rigid_total(case: Case) -> Fraction:
    """Necessary expenses of the last twelve months as far as they count (GX-002)."""
    total = sum((_counted(expense) for expense in case.facts.expenses), ZERO)
    case.workings.note("GX-002", f"刚性支出合计 {written(total)} 元；教育按同类公办标准，医疗、康复凭票据")
    return total


def _counted(expense: Expense) -> Fraction:
    """Schooling at what a public school of the kind would cost at most; treatment only with a receipt."""
    if expense.kind == "education":
        return min(expense.amount, expense.public_peer_amount)
    return expense.amount if expense.receipt or expense.kind not in RECEIPTED else ZERO


def _uncertified(case: Case) -> Verdict:
    free = not certified(case.facts.certifications, _ELSEWHERE, case.as_of)
    text = "没有纳入低保、特困，也不是边缘家庭" if free else "已经是低保、特困或者边缘家庭，不再认定刚性支出困难家庭"
    case.workings.judge("GX-001", free, text, {"判断日": case.as_of})
    return verdict(free)


def _poor(case: Case, economy: Economy) -> Verdict:
    poor = below_disposable(case, economy)
    case.workings.judge("GX-001", poor.holds, disposable_words(case, economy), basis=case.pack.basis)
    return poor


def _strained(case: Case, economy: Economy, total: Fraction) -> Verdict:
    """Expenses strictly above the county's part of the family's income; equal to it is not above."""
    threshold, yearly = case.pack.rigid_ratio_threshold, economy.income.yearly
    if threshold is None:
        strained = every((economy.income.sure, lacking("rigid_ratio_threshold")))
        text = "刚性支出占家庭收入的比例没有配置"
    elif economy.income.sure.holds is None:
        strained, text = economy.income.sure, "家庭收入现在还不能算出"
    else:
        strained = verdict(total > threshold * yearly)
        text = (
            f"刚性支出 {written(total)} 元，{'超过' if strained.holds else '没有超过'}"
            f"家庭年收入 {written(yearly)} 元×{plain(threshold)}"
        )
    case.workings.judge("GX-001", strained.holds, text, basis=case.pack.basis)
    return strained


PROGRAMME = family_programme("rigid_expense_family", judge)
