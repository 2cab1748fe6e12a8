"""Who approves temporary assistance: the township up to its limit, or beyond it where the county lets it (LS-023)."""

from typing import Literal

from desktop.policy.inquiry import Case
from desktop.policy.money import written
from desktop.policy.standards import delegated

ApprovalLevel = Literal["township", "county"]


def approval_answer(case: Case) -> dict[str, object]:
    """`approval_level` as the contract has it: left out while nobody can say."""
    level = approval_level(case)
    return {} if level is None else {"approval_level": level}


def approval_level(case: Case) -> ApprovalLevel | None:
    """The level for the proposed amount; None while no amount is proposed or no limit is set."""
    amount, limit = case.facts.proposed_amount, case.pack.township_limit
    if amount is None:
        return None
    if _unlimited(case):
        case.workings.note(
            "LS-024", "确认权已下放，超过限额也由乡镇确认", {"乡镇": case.township_code}, case.pack.basis
        )
        return "township"
    if limit is None:
        case.workings.lack("township_limit")
        return None
    small = amount <= limit
    text = f"拟救助 {written(amount)} 元，{'不超过' if small else '超过'}乡镇限额 {written(limit)} 元"
    case.workings.note("LS-023", f"{text}，由{'乡镇' if small else '县'}审批", basis=case.pack.basis)
    return "township" if small else "county"


def _unlimited(case: Case) -> bool:
    """Whether this township confirms without a limit; a county that has not said so has not allowed it (LS-024)."""
    return bool(case.pack.delegated_unlimited) and delegated(
        case.pack, case.township_code, case.programme_code, case.accepted_on
    )
