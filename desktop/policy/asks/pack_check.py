"""Ask `pack_check`: may the county's parameters be used, and which are not set (contract §9)."""

from desktop.policy.inquiry import Ask, Inquiry, Question
from desktop.policy.outcome import Answer
from desktop.policy.pack_rules import faults_of, oddities_of, unset_keys


class PackCheckQuestion(Question, frozen=True, kw_only=True):
    """Nothing but the pack itself, with the question's overrides."""


def answer(question: PackCheckQuestion, inquiry: Inquiry) -> Answer:
    """What is wrong, what is odd, and what is missing; a missing key is no error (08 §3)."""
    faults = faults_of(inquiry.pack)
    for fault in faults:
        inquiry.workings.judge(fault.rule_id, False, f"参数 {fault.key} 不合规", basis=inquiry.pack.basis)
    if not faults:
        inquiry.workings.judge("08.3", True, "参数没有不合规的", basis=inquiry.pack.basis)
    inquiry.workings.lack(*unset_keys(inquiry.pack))
    return inquiry.answer(
        ok=not faults,
        errors=[{"rule_id": fault.rule_id, "key": fault.key} for fault in faults],
        warnings=oddities_of(inquiry.pack),
    )


ASK = Ask("pack_check", PackCheckQuestion, answer)
