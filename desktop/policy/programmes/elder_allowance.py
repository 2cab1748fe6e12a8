"""高龄津贴: everybody from 80 on, by age band; the county sets amounts and the first month (LN-001, LN-002)."""

from collections.abc import Mapping
from fractions import Fraction

from desktop.policy.facts import Member
from desktop.policy.inquiry import Case, Programme, needs
from desktop.policy.money import written
from desktop.policy.pack import ElderRow
from desktop.policy.people import age
from desktop.policy.periods import Month, add_months
from desktop.policy.standards import newest

_FROM_AGE = 80
_BANDS = ((100, "100+"), (90, "90-99"), (_FROM_AGE, "80-89"))


def assess(case: Case) -> Mapping[str, object]:
    """Eligible from 80 on; what the county has not set is null and named in `missing`."""
    person = (case.facts.members or ())[0]
    years = age(person, case.as_of)
    old_enough = years >= _FROM_AGE
    case.workings.judge(
        "LN-001",
        old_enough,
        f"{years} 周岁，{'已满' if old_enough else '未满'} {_FROM_AGE} 周岁",
        {"出生日期": person.birth_date, "判断日": case.as_of},
    )
    if not old_enough:
        return {"outcome": "not_eligible", "age_band": None, "amount_month": None, "pay_from": None}
    band = next(name for least, name in _BANDS if years >= least)
    return {
        "outcome": "eligible",
        "age_band": band,
        "amount_month": _amount(case, years),
        "pay_from": _first_month(case, person),
    }


def _amount(case: Case, years: int) -> Fraction | None:
    """The newest row in force on the acceptance day that covers the age."""
    row = newest((row for row in case.pack.elder_std or () if _covers(row, years)), case.accepted_on)
    if row is None:
        case.workings.lack("elder_std")
        return None
    case.workings.note("LN-001", f"{years} 周岁的标准是每月 {written(row.amount)} 元", {"年龄": years}, case.pack.basis)
    return row.amount


def _covers(row: ElderRow, years: int) -> bool:
    return row.age_from <= years and (row.age_to is None or years <= row.age_to)


def _first_month(case: Case, person: Member) -> Month | None:
    """The month of the 80th birthday, or the next one, as the county has it."""
    rule = case.pack.elder_start_rule
    if rule is None:
        case.workings.lack("elder_start_rule")
        return None
    turned = Month.of(add_months(person.birth_date, 12 * _FROM_AGE))
    first = turned if rule == "birthday_month" else turned.plus(1)
    case.workings.note("LN-002", f"{turned} 满 {_FROM_AGE} 周岁，从 {first} 起发", basis=case.pack.basis)
    return first


PROGRAMME = Programme("elder_allowance", assess, needs("members"))
