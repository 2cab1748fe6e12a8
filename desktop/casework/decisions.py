"""What follows from a step of a case: the acceptance day, the month of a stop, the benefit that was decided."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from db.tables.cases import Case
from desktop.casework import assessing
from desktop.casework.work import Work
from desktop.policy.outcome import Answer

_SAID = ("amount_month", "pay_from")
"""What a decision on paper says of the benefit; it goes before what was assessed."""


def follow(work: Work, case: Case, to: str, answer: Answer, given: Mapping[str, Any]) -> dict[str, Any]:
    """Set on the case what the step brings with it, and tell it for the timeline."""
    found: dict[str, Any] = {}
    stop = answer.as_json("1").get("stop_from")
    if stop is not None:
        found["stop_from"] = stop
    if to == "accepted" and case.accepted_on is None:
        case.accepted_on = work.on
    if to in assessing.DECISIONS:
        decided = assessing.decided(work, case, work.on) | {key: given[key] for key in _SAID if key in given}
        _benefit(case, decided)
        found |= decided
    return found


def _benefit(case: Case, decided: Mapping[str, Any]) -> None:
    """The case's benefit as decided; what was not said stays as it is."""
    if decided.get("amount_month") is not None:
        case.month_amount_fen = int(Decimal(decided["amount_month"]) * 100)
    if decided.get("pay_from") is not None:
        case.start_month = decided["pay_from"]
    if decided.get("member_count") is not None:
        case.covered_persons = decided["member_count"]
