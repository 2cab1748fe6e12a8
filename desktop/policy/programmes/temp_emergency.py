"""急难型临时救助: a sudden need with a cause; where somebody is registered never matters (LS-002, LS-009)."""

from collections.abc import Mapping

from desktop.policy.approval import approval_answer
from desktop.policy.inquiry import Case, Programme


def assess(case: Case) -> Mapping[str, object]:
    """Eligible with a cause, else for people to look at."""
    caused = case.facts.cause_code is not None
    text = "遭遇突发急难，需立即救助" if caused else "没有写明急难的原因，由人判断"
    case.workings.judge("LS-002", True if caused else None, text)
    case.workings.note("LS-009", "户籍和居住证不是受理急难救助的前提")
    return {"outcome": "eligible" if caused else "manual_review", **approval_answer(case)}


PROGRAMME = Programme("temp_emergency", assess)
