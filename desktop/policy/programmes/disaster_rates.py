"""Rates of disaster relief: the newest row in force on the acceptance day, and what a household's needs come to."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from desktop.policy.facts import ReliefQuantity
from desktop.policy.inquiry import Case
from desktop.policy.money import ZERO, written
from desktop.policy.pack import DisasterRow
from desktop.policy.standards import newest

NEED_NAMES = {"grain": "口粮", "clothing": "衣被", "water": "饮水", "heating": "取暖"}


def rate(case: Case, stage: str, matches: Callable[[DisasterRow], bool] = lambda row: True) -> Fraction | None:
    """Yuan by the newest row of the stage (ZH-038); None when the county has none, which is then told."""
    rows = (row for row in case.pack.disaster_std or () if row.stage == stage and matches(row))
    row = newest(rows, case.accepted_on)
    if row is None:
        case.workings.lack_standard("disaster_std")
        return None
    return row.amount


def amount_of(case: Case, words: str, each: Fraction | None, *counts: int) -> Fraction | None:
    """A rate times the counts, put down in words; None without a rate."""
    if each is None:
        return None
    total = each
    for count in counts:
        total *= count
    sum_in_words = " × ".join((written(each), *map(str, counts)))
    case.workings.note("ZH-038", f"{words}：{sum_in_words} = {written(total)} 元", basis=case.pack.basis)
    return total


def needs_amount(case: Case, stage: str, needs: Iterable[ReliefQuantity]) -> Fraction | None:
    """The sum over needs of quantity times rate; one need without a rate leaves the whole sum open."""
    parts = [_need_amount(case, stage, need) for need in needs]
    known = [part for part in parts if part is not None]
    return sum(known, ZERO) if len(known) == len(parts) else None


def _need_amount(case: Case, stage: str, need: ReliefQuantity) -> Fraction | None:
    each = rate(case, stage, lambda row: row.need == need.kind)
    return amount_of(case, f"{NEED_NAMES[need.kind]}单价 × 缺口", each, need.quantity)
