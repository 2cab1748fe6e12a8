"""The running sum of F-08, section D: what has been counted so far and how, in sentences a household can follow."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from desktop.forms.conditions import as_number
from desktop.forms.functions import rounded

_EMPLOYED = ("06", "07", "08")


class IncomeSummary(msgspec.Struct, frozen=True):
    """Income of the last twelve months in yuan, exact; `per_capita_month` is None while nobody lives together.

    These are the figures of the visit; eligibility and amounts only ever follow the policy engine (forms.md F-08).
    """

    total: Fraction
    employment_cost: Fraction
    excluded: Fraction
    year: Fraction
    persons: int
    per_capita_month: Fraction | None
    rows: int
    sentences: tuple[str, ...]


def income_summary(answers: Mapping[str, Any], member_rows: Sequence[Mapping[str, Any]] | None = None) -> IncomeSummary:
    """Sum up kept answers of F-08: `net = gross - cost`, `year = total - excluded`, a month `/ 12 / persons`.

    `member_rows` are the rows of the members table; by default those in the answers.
    """
    income = answers.get("income") or ()
    members = (
        [value for name, value in answers.items() if name.startswith("members.")]
        if member_rows is None
        else member_rows
    )
    total = sum((_yuan(row, "gross") - _yuan(row, "cost") for row in income), Fraction(0))
    cost = sum((_yuan(row, "cost") for row in income if row.get("kind") in _EMPLOYED), Fraction(0))
    excluded = as_number(answers.get("D.excluded")) or Fraction(0)
    persons = sum(1 for row in members if row.get("co_living") is True)
    year = total - excluded
    month = year / persons / 12 if persons else None
    return IncomeSummary(
        total,
        cost,
        excluded,
        year,
        persons,
        month,
        len(income),
        _sentences(total, cost, excluded, persons, month),
    )


def _yuan(row: Mapping[str, Any], key: str) -> Fraction:
    return as_number(row.get(key)) or Fraction(0)


def _money(amount: Fraction) -> str:
    return f"{rounded(amount):,.2f}"


def _sentences(
    total: Fraction, cost: Fraction, excluded: Fraction, persons: int, month: Fraction | None
) -> tuple[str, ...]:
    """The sum first, then what it rests on; rounded only here."""
    year = total - excluded
    if month is None:
        first = f"计入年收入 {_money(year)} 元；成员表里还没有人选“共同生活”，人均先算不出。"
    else:
        first = f"计入年收入 {_money(year)} 元 ÷ {persons} 人 ÷ 12 = 人均月 {_money(month)} 元"
    found = [first]
    if excluded:
        found.append(f"收入合计 {_money(total)} 元，其中不计入 {_money(excluded)} 元。")
    if cost:
        found.append(f"其中已扣就业成本 {_money(cost)} 元，净额里已经扣过。")
    if total == 0:
        found.append("收入合计是 0，要写零收入生活来源说明。")
    found.append("标准以县下发的标准包为准；低于标准才符合（DB-079）；就业成本按县配置扣除（规则书 01 §4）。")
    return tuple(found)
