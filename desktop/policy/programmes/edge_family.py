"""低保边缘家庭: income a head from the standard up to below its multiple, property within the limits (BY-001, D-05)."""

from collections.abc import Mapping

from desktop.policy.economy import Economy, explain_means, judge_class
from desktop.policy.inquiry import Case
from desktop.policy.programmes.family import family_programme
from desktop.policy.verdict import report


def judge(case: Case, economy: Economy) -> Mapping[str, object]:
    """Eligible iff of class edge_family; income and property as for dibao (BY-002)."""
    explain_means(case, economy)
    judge_class(case, economy)
    if economy.below_standard.holds:
        case.workings.judge("BY-001", False, "人均月收入低于低保标准，应按低保申请，不是边缘家庭")
    report(case.workings, economy.edge_family)
    return {"outcome": economy.edge_family.outcome}


PROGRAMME = family_programme("edge_family", judge)
