"""支出型临时救助: yearly income a head below the disposable one and property within the limits (LS-003, LS-004)."""

from collections.abc import Mapping

from desktop.policy.approval import approval_answer
from desktop.policy.economy import Economy, below_disposable, disposable_words, explain_means, judge_class
from desktop.policy.inquiry import Case
from desktop.policy.people import certified
from desktop.policy.programmes.family import family_programme
from desktop.policy.verdict import every, report


def judge(case: Case, economy: Economy) -> Mapping[str, object]:
    """Families of dibao and tekun are not measured again (LS-004)."""
    if certified(case.facts.certifications, ("dibao", "tekun"), case.as_of):
        case.workings.judge("LS-004", True, "低保、特困家庭不重复核对收入，重点核实必需支出", {"判断日": case.as_of})
        return {"outcome": "eligible", **approval_answer(case)}
    explain_means(case, economy)
    poor = below_disposable(case, economy)
    case.workings.judge("LS-003", poor.holds, disposable_words(case, economy), basis=case.pack.basis)
    judge_class(case, economy)
    met = economy.known(every((poor, economy.owned.within)))
    report(case.workings, met)
    return {"outcome": met.outcome, **approval_answer(case)}


PROGRAMME = family_programme("temp_expense", judge)
