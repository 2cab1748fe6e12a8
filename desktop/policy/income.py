"""What counts as income and what is taken off it (01 §4): exclusions by kind, then three deductions in turn (D-22)."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

import msgspec

from desktop.policy.facts import IncomeKind, Member
from desktop.policy.inquiry import Case
from desktop.policy.money import ZERO, written
from desktop.policy.pack import Pack
from desktop.policy.verdict import NO, YES, Verdict, lacking, verdict

ALWAYS_LEFT_OUT: frozenset[IncomeKind] = frozenset(
    (
        "pref_pension",
        "fp_reward",
        "scholarship",
        "bravery_award",
        "social_assistance_payment",
        "disability_two_subsidies",
        "de_facto_orphan_subsidy",
    )
)
"""Kinds that never count as income, the two disability subsidies among them (01 §4, CJ-007)."""

PENSION_LEFT_OUT = (date(2021, 7, 1), date(2025, 12, 31))
"""First and last acceptance day on which the central basic pension is left out by law (D-06)."""

RECEIPTED = ("medical", "disability_rehab")
"""Expenses that count only with a receipt (01 §4, GX-002)."""

_ONE = Fraction(1)
_WORDS: dict[IncomeKind, str] = {
    "wage": "工资性收入",
    "business_net": "经营净收入",
    "property_net": "财产净收入",
    "transfer_net": "转移净收入",
    "other_counted": "其他应计入收入",
    "pref_pension": "优待抚恤金",
    "fp_reward": "计划生育奖励扶助金",
    "scholarship": "奖学金",
    "bravery_award": "见义勇为等奖励",
    "social_assistance_payment": "政府发放的救助款物",
    "central_basic_pension": "中央确定的基础养老金",
    "personal_account_pension": "个人账户养老金",
    "disability_two_subsidies": "残疾人两项补贴",
    "de_facto_orphan_subsidy": "事实无人抚养儿童补贴",
    "elder_allowance": "高龄津贴",
    "social_insurance_benefit": "社会保险待遇",
}


class CountedIncome(msgspec.Struct, frozen=True):
    """Yuan a year: `gross` of the kinds that count, what is taken off, and `yearly`, what remains, never below zero.

    `sure` is open when the county has not said whether a kind counts.
    """

    gross: Fraction
    yearly: Fraction
    employment_cost: Fraction
    disregarded: Fraction
    rigid: Fraction
    by_kind: dict[IncomeKind, Fraction]
    left_out: tuple[IncomeKind, ...]
    sure: Verdict

    @property
    def words(self) -> str:
        """The arithmetic in words, for the trace."""
        taken = (
            ("就业成本", self.employment_cost),
            ("豁免的工资", self.disregarded),
            ("有票据的医疗、康复支出", self.rigid),
        )
        minus = "".join(f"－{name} {written(amount)} 元" for name, amount in taken if amount)
        result = f"＝{written(self.yearly)} 元" if minus else ""
        without = f"；不计入：{'、'.join(_WORDS[kind] for kind in self.left_out)}" if self.left_out else ""
        unsure = "；其中有县没有定是否计入的，不能作数" if self.sure.holds is None else ""
        return f"计入的年收入 {written(self.gross)} 元{minus}{result}{without}{unsure}"


def counted_income(case: Case, people: Sequence[Member], of_family: bool = True) -> CountedIncome:
    """The income of these people a year; with `of_family` also what nobody's name is on, and the family's expenses."""
    refs = {person.ref for person in people}
    by_kind: dict[IncomeKind, Fraction] = {}
    left_out: dict[IncomeKind, None] = {}
    sure = YES
    for income in case.facts.incomes:
        if not (income.member in refs if income.member is not None else of_family):
            continue
        kind = income.kind
        counts = counts_as_income(case.pack, kind, case.accepted_on)
        if counts.holds is False:
            left_out[kind] = None
            continue
        if counts.holds is None:
            sure = Verdict(None, tuple(dict.fromkeys((*sure.lacks, *counts.lacks))))
        by_kind[kind] = by_kind[kind] + income.yearly if kind in by_kind else income.yearly
    gross = sum(by_kind.values(), ZERO)
    cost = _employment_cost(case, people)
    disregarded = (by_kind.get("wage", ZERO) - cost) * _disregarded_share(case.pack)
    earned = gross - cost - disregarded
    rigid = min(_receipted(case), earned) if of_family else ZERO
    return CountedIncome(gross, earned - rigid, cost, disregarded, rigid, by_kind, tuple(left_out), sure)


def counts_as_income(pack: Pack, kind: IncomeKind, accepted_on: date) -> Verdict:
    """Whether a kind counts for a case accepted on the day; two kinds wait for the county's word (D-06, 08 §3)."""
    if kind in ALWAYS_LEFT_OUT:
        return NO
    if kind == "central_basic_pension" and not PENSION_LEFT_OUT[0] <= accepted_on <= PENSION_LEFT_OUT[1]:
        return _said(pack.basic_pension_excluded, "basic_pension_excluded").negated()
    if kind == "central_basic_pension":
        return NO
    if kind == "elder_allowance":
        return _said(pack.elder_allowance_counted, "elder_allowance_counted")
    return YES


def explain_income(case: Case, income: CountedIncome) -> None:
    """Put the arithmetic into the trace: what counts (01 §4), pensions (D-06), deductions (D-22)."""
    workings, pack = case.workings, case.pack
    workings.note("01.4", income.words, {_WORDS[kind]: yearly for kind, yearly in income.by_kind.items()})
    if any(one.kind == "central_basic_pension" for one in case.facts.incomes):
        first, last = PENSION_LEFT_OUT
        by_law = first <= case.accepted_on <= last
        text = "受理日在“十四五”期间，基础养老金不计入收入" if by_law else "受理日不在“十四五”期间，由县配置决定"
        workings.note("D-06", text, {"受理日": case.accepted_on}, "" if by_law else pack.basis)
    if income.employment_cost or income.disregarded or income.rigid:
        workings.note("D-22", "先扣就业成本，再豁免一部分工资，最后扣有票据的支出，各步不小于零", basis=pack.basis)


def _said(value: bool | str | None, key: str) -> Verdict:
    """A yes or no of the county; "unknown" is as good as not set."""
    return verdict(value) if isinstance(value, bool) else lacking(key)


def _employment_cost(case: Case, people: Iterable[Member]) -> Fraction:
    """What the county takes from the wages of everybody who works, never more than they earn."""
    rule, cost = case.pack.employment_cost_rule, ZERO
    if rule is None or rule.mode != "per_month_per_person" or rule.amount is None:
        return cost
    for person in people:
        if person.employed:
            wages = [one.yearly for one in case.facts.incomes if one.kind == "wage" and one.member == person.ref]
            cost += min(sum(wages, ZERO), rule.amount * 12)
    return cost


def _disregarded_share(pack: Pack) -> Fraction:
    """The part of the wages that is left out once employment cost is off."""
    rule = pack.income_disregard_rule
    if rule is None or rule.mode != "ratio_of_wage" or rule.ratio is None:
        return ZERO
    return min(rule.ratio, _ONE)


def _receipted(case: Case) -> Fraction:
    """What the family paid for treatment and rehabilitation against receipts, where the county takes it off."""
    rule = case.pack.rigid_deduct_rule
    if rule is None or rule.mode != "receipts":
        return ZERO
    paid = (expense for expense in case.facts.expenses if expense.kind in RECEIPTED and expense.receipt)
    return sum((expense.amount for expense in paid), ZERO)
