"""What dibao pays a month and since when (DB-075, DB-078, DB-025): gap or bands (D-11) of the first pay month."""

from collections.abc import Sequence
from fractions import Fraction

from desktop.policy.economy import Economy, area_of
from desktop.policy.inquiry import Case
from desktop.policy.money import ZERO, rounded, written
from desktop.policy.pack import BandRow
from desktop.policy.periods import Month
from desktop.policy.standards import bands, basis, monthly, standard
from desktop.policy.verdict import lacking, report


def family_amount(case: Case, economy: Economy) -> Fraction | None:
    """The amount a month of a family of class dibao; None where the county has not set what it needs."""
    mode = case.pack.benefit_mode
    if mode is None:
        case.workings.lack("benefit_mode")
        return None
    return _told(case, _gap(case, economy) if mode == "gap" else _banded(case, economy))


def lowest_band(case: Case) -> Fraction | None:
    """DB-025: a person certified alone gets the lowest band."""
    rows = _table(case)
    if not rows:
        return None
    amount = min(row.amount for row in rows)
    case.workings.note("DB-025", f"单人户按分档的最低档，每月 {written(amount)} 元", basis=case.pack.basis)
    return _told(case, amount)


def next_month(case: Case, rule_id: str = "DB-075") -> Month | None:
    """The month after the decision, from which is paid; None before there is one."""
    if case.decided_on is None:
        return None
    first = Month.of(case.decided_on).plus(1)
    case.workings.note(rule_id, f"决定次月 {first} 起发放", {"决定日": case.decided_on})
    return first


def _gap(case: Case, economy: Economy) -> Fraction | None:
    row = standard(case.pack, "dibao", area_of(case.facts), case.pay_day)
    if row is None:
        report(case.workings, lacking("standards"))
        return None
    persons, income = economy.household.member_count, economy.income.yearly / 12
    amount = rounded(max(monthly(row) * persons - income, ZERO))
    case.workings.note(
        "DB-078",
        f"补差：标准 {written(monthly(row))} 元×{persons} 人－家庭月收入 {written(income)} 元"
        f"＝每月 {written(amount)} 元（合计后一次舍入到分）",
        {"标准所属月": Month.of(case.pay_day)},
        basis(case.pack, row),
    )
    return amount


def _banded(case: Case, economy: Economy) -> Fraction | None:
    each, persons = economy.per_capita_month, economy.household.member_count
    rows = _table(case)
    row = next((row for row in rows if each is not None and row.income_from <= each < row.income_to), None)
    if row is None:
        case.workings.lack("band_table")
        return None
    amount = row.amount * persons
    case.workings.note(
        "DB-078",
        f"分档：人均月收入在 {written(row.income_from)} 元以上、不满 {written(row.income_to)} 元的一档，"
        f"每人 {written(row.amount)} 元×{persons} 人＝每月 {written(amount)} 元",
        {"档表所属月": Month.of(case.pay_day)},
        case.pack.basis,
    )
    return amount


def _told(case: Case, amount: Fraction | None) -> Fraction | None:
    """The amount; one of nothing is worth an alert."""
    if amount is not None and not amount:
        case.workings.alert("zero_amount")
    return amount


def _table(case: Case) -> Sequence[BandRow]:
    rows = bands(case.pack, area_of(case.facts), case.pay_day)
    if not rows:
        case.workings.lack("band_table")
    return rows
