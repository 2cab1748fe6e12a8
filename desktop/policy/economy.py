"""What a family lives on against the standard (01 §4, §5): income a head, property, and the class that follows."""

from fractions import Fraction
from typing import Literal

import msgspec

from desktop.policy.codes import Area
from desktop.policy.facts import Facts
from desktop.policy.holdings import Holdings, holdings
from desktop.policy.household import Household
from desktop.policy.income import CountedIncome, counted_income, explain_income
from desktop.policy.inquiry import Case
from desktop.policy.money import plain, written
from desktop.policy.pack import StandardRow
from desktop.policy.standards import basis, disposable_income, monthly, standard
from desktop.policy.verdict import Verdict, every, lacking, report, verdict

Category = Literal["dibao", "edge_family"]
AREA_WORDS: dict[Area, str] = {"urban": "城市", "rural": "农村"}


class Economy(msgspec.Struct, frozen=True):
    """A family's means; `per_capita_month` and `standard` are None where they cannot be said.

    `below_standard` is DB-079, `below_edge` that income a head is below the multiple of the standard (BY-001).
    """

    household: Household
    income: CountedIncome
    per_capita_month: Fraction | None
    standard_row: StandardRow | None
    standard: Fraction | None
    owned: Holdings
    below_standard: Verdict
    below_edge: Verdict

    @property
    def dibao(self) -> Verdict:
        """Whether the family is of class dibao: below the standard and property within the limits."""
        return self.known(every((self.below_standard, self.owned.within)))

    @property
    def edge_family(self) -> Verdict:
        """Whether it is of class edge_family: from the standard up to below its multiple (D-05), property alike."""
        return self.known(every((self.below_standard.negated(), self.below_edge, self.owned.within)))

    def known(self, found: Verdict) -> Verdict:
        """What was found; income that nobody has ruled on blocks the judgement, even a refusal (D-06)."""
        return self.income.sure if self.income.sure.holds is None else found

    @property
    def category(self) -> Category | None:
        """The class, or None for neither of them or not to be said."""
        return "dibao" if self.dibao.holds else "edge_family" if self.edge_family.holds else None

    def answers(self) -> dict[str, object]:
        """What every programme of family economics answers (contract §5.1)."""
        return {
            **self.household.answers(),
            "per_capita_month": self.per_capita_month,
            "category": self.category,
        }


def area_of(facts: Facts) -> Area:
    """The area of a programme that requires it."""
    if facts.area is None:
        raise TypeError("the question was read without its area")
    return facts.area


def dibao_standard(case: Case, area: Area) -> Fraction | None:
    """The monthly dibao standard by which the case is decided: that of the acceptance day."""
    row = standard(case.pack, "dibao", area, case.accepted_on)
    return None if row is None else monthly(row)


def below(amount: Fraction | None, line: Fraction | None, otherwise: Verdict) -> Verdict:
    """Strictly below a line (RL-006); `otherwise` where one of the two cannot be said."""
    return otherwise if amount is None or line is None else verdict(amount < line)


def economy_of(case: Case, household: Household) -> Economy:
    """Work out a family's means; nothing is written into the trace."""
    income = counted_income(case, household.counted)
    sure = income.sure.holds is not None
    each = income.yearly / 12 / household.member_count if sure else None
    row = standard(case.pack, "dibao", area_of(case.facts), case.accepted_on)
    line = None if row is None else monthly(row)
    multiplier = case.pack.edge_multiplier
    no_line = every((income.sure, lacking("standards"))) if line is None else income.sure
    no_edge = no_line if multiplier is not None else every((no_line, lacking("edge_multiplier")))
    return Economy(
        household=household,
        income=income,
        per_capita_month=each,
        standard_row=row,
        standard=line,
        owned=holdings(case.pack, case.facts.property, household.member_count, line),
        below_standard=below(each, line, no_line),
        below_edge=below(each, None if line is None or multiplier is None else line * multiplier, no_edge),
    )


def explain_means(case: Case, economy: Economy) -> None:
    """Income and its arithmetic, in the trace; a standard not set is told whatever hangs on it (08.2)."""
    explain_income(case, economy.income)
    report(case.workings, economy.income.sure)
    if economy.standard is None:
        report(case.workings, lacking("standards"))


def judge_class(case: Case, economy: Economy) -> None:
    """DB-079 and DB-042, and BY-001 where income is not below the standard."""
    workings, area = case.workings, AREA_WORDS[area_of(case.facts)]
    each, line, row = economy.per_capita_month, economy.standard, economy.standard_row
    workings.judge(
        "DB-079",
        economy.below_standard.holds,
        compared(each, line, f"{area}低保标准每月", how=each_words(economy)),
        basis=case.pack.basis if row is None else basis(case.pack, row),
    )
    judge_property(case, economy.owned)
    if economy.below_standard.holds is False and case.pack.edge_multiplier is not None and line is not None:
        multiplier = case.pack.edge_multiplier
        text = compared(each, line * multiplier, f"低保标准的 {plain(multiplier)} 倍每月")
        workings.judge("BY-001", economy.below_edge.holds, text, basis=case.pack.basis)


def judge_property(case: Case, owned: Holdings) -> None:
    """DB-042, with every limit that was tried."""
    case.workings.judge("DB-042", owned.within.holds, owned.words, basis=case.pack.basis)


def below_disposable(case: Case, economy: Economy) -> Verdict:
    """Whether yearly income a head is strictly below last year's disposable income of the area (GX-001, LS-003)."""
    line = disposable_income(case.pack, area_of(case.facts))
    each = None if economy.per_capita_month is None else economy.per_capita_month * 12
    no_line = economy.income.sure if line is not None else lacking("prev_year_disposable_income")
    return below(each, line, every((economy.income.sure, no_line)))


def disposable_words(case: Case, economy: Economy) -> str:
    """The comparison of `below_disposable` in words."""
    each = None if economy.per_capita_month is None else economy.per_capita_month * 12
    return compared(each, disposable_income(case.pack, area_of(case.facts)), "上年度当地人均可支配收入", "人均年收入")


def each_words(economy: Economy) -> str:
    """How income a head and month is reached."""
    return f"{written(economy.income.yearly)} 元÷12 个月÷{economy.household.member_count} 人，人均月收入"


def compared(amount: Fraction | None, line: Fraction | None, name: str, how: str = "人均月收入") -> str:
    """An amount against a line in words; says so when they only look equal to the fen."""
    if amount is None:
        return f"{how}现在还不能算出"
    if line is None:
        return f"{how} {written(amount)} 元，{name}没有配置"
    relation = "低于" if amount < line else "不低于"
    exact = "（按未舍入的数比较）" if amount != line and written(amount) == written(line) else ""
    return f"{how} {written(amount)} 元，{relation}{name} {written(line)} 元{exact}"
