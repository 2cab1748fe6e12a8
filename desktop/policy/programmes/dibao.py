"""低保: the family is of class dibao and protected as a whole (DB-079, DB-042, DB-008)."""

from collections.abc import Mapping

from desktop.policy.benefit import family_amount, next_month
from desktop.policy.economy import Economy, explain_means, judge_class
from desktop.policy.household import judge_protected
from desktop.policy.inquiry import Case
from desktop.policy.programmes.family import family_programme
from desktop.policy.verdict import report


def judge(case: Case, economy: Economy) -> Mapping[str, object]:
    """Eligible iff of class dibao; protecting only some of the family is forbidden whatever the merits."""
    explain_means(case, economy)
    judge_class(case, economy)
    report(case.workings, economy.dibao)
    if economy.below_standard.holds is False:
        report(case.workings, economy.edge_family)
    whole = judge_protected(case, economy.household)
    if whole and economy.dibao.holds:
        amount, pay_from = family_amount(case, economy), next_month(case)
    else:
        amount, pay_from = None, None
    return {
        "outcome": economy.dibao.outcome if whole else "blocked",
        "amount_month": amount,
        "pay_from": pay_from,
    }


PROGRAMME = family_programme("dibao", judge)
