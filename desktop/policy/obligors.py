"""Whether those who owe somebody support by law can give it (TK-003, TK-010a to TK-010e)."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import msgspec

from desktop.policy.codes import Area
from desktop.policy.economy import below, compared
from desktop.policy.facts import Obligor, StatusKind
from desktop.policy.holdings import Holdings, holdings
from desktop.policy.identity import age_on
from desktop.policy.inquiry import Case
from desktop.policy.people import in_state, severe_or_mind_3
from desktop.policy.standards import disposable_income
from desktop.policy.verdict import Verdict, every, lacking, some, verdict

_DIBAO_AGE, _OLD_AGE = 60, 70
_GONE: dict[StatusKind, str] = {
    "no_civil_capacity": "无民事行为能力",
    "declared_missing": "宣告失踪",
    "in_prison": "在监狱服刑",
}


class Ground(msgspec.Struct, frozen=True):
    """One of the ways in which somebody cannot give support: its rule, in words, and whether it holds."""

    rule_id: str
    words: str
    holds: Verdict


def judge_obligors(case: Case, area: Area, monthly_standard: Fraction | None) -> Verdict:
    """TK-003: nobody owes support, or none of those who do can give it; one who can is enough to fail."""
    obligors = case.facts.obligors
    if not obligors:
        case.workings.judge("TK-003", True, "没有法定赡养、抚养、扶养义务人")
        return verdict(True)
    found = [_judged(case, number, obligor, area, monthly_standard) for number, obligor in enumerate(obligors, start=1)]
    incapable = every(found)
    words = {True: "全部义务人都没有履行义务能力", False: "有义务人能够履行义务", None: "还有义务人的能力不能确定"}
    case.workings.judge("TK-003", incapable.holds, words[incapable.holds], {"义务人": f"{len(obligors)} 人"})
    return incapable


def incapable_grounds(
    case: Case, obligor: Obligor, area: Area, monthly_standard: Fraction | None
) -> tuple[Ground, ...]:
    """Every ground that may apply to the obligor on the judgement day; none at all means that they can."""
    return tuple(_grounds(case, obligor, area, monthly_standard))


def _judged(case: Case, number: int, obligor: Obligor, area: Area, monthly_standard: Fraction | None) -> Verdict:
    """One obligor: the ground that holds, else why none does."""
    grounds = incapable_grounds(case, obligor, area, monthly_standard)
    incapable = some(ground.holds for ground in grounds)
    named = next((ground for ground in grounds if ground.holds.holds is incapable.holds), None)
    words = {True: "没有履行义务能力", False: "有履行义务能力", None: "能力不能确定"}[incapable.holds]
    inputs = {"出生日期": obligor.birth_date, "年收入": obligor.income_year}
    if named is None:
        case.workings.note("TK-003", f"第 {number} 名义务人{words}", inputs)
    else:
        case.workings.note(named.rule_id, f"第 {number} 名义务人{words}：{named.words}", inputs, case.pack.basis)
    return incapable


def _grounds(case: Case, obligor: Obligor, area: Area, monthly_standard: Fraction | None) -> Iterable[Ground]:
    years = age_on(obligor.birth_date, case.as_of)
    if "tekun" in obligor.certifications:
        yield Ground("TK-010a", "是特困人员", verdict(True))
    if "dibao" in obligor.certifications:
        yield Ground("TK-010b", f"是低保对象，{years} 周岁", verdict(years >= _DIBAO_AGE))
    owned = holdings(case.pack, obligor.property, 1, monthly_standard)
    poor, means = every((_earns_little(case, obligor, area), owned.within)), _means(case, obligor, area, owned)
    if years >= _OLD_AGE:
        yield Ground("TK-010c", f"{years} 周岁，{means}", poor)
    disabled = severe_or_mind_3(obligor.disabilities)
    if disabled is not False:
        kind = "重度残疾或者三级智力、精神残疾" if disabled else "多重残疾没有写明类别"
        yield Ground("TK-010d", f"{kind}，{means}", every((verdict(disabled), poor)))
    gone = _gone(obligor, case.as_of)
    if gone:
        yield Ground("TK-010e", f"{gone}，{owned.words}", owned.within)


def _earns_little(case: Case, obligor: Obligor, area: Area) -> Verdict:
    """Own income strictly below last year's disposable income; an income nobody asked for stays open."""
    line = disposable_income(case.pack, area)
    unknown = [lacking("obligors.income_year")] if obligor.income_year is None else []
    unset = [lacking("prev_year_disposable_income")] if line is None else []
    return below(obligor.income_year, line, every((*unknown, *unset)))


def _means(case: Case, obligor: Obligor, area: Area, owned: Holdings) -> str:
    """Own income against the line, and property, in words."""
    earns = compared(obligor.income_year, disposable_income(case.pack, area), "上年度当地人均可支配收入", "本人年收入")
    return f"{earns}，{owned.words}"


def _gone(obligor: Obligor, on: date) -> str:
    return "、".join(words for kind, words in _GONE.items() if in_state(obligor.statuses, kind, on))
