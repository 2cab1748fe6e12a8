"""The frame of every programme that judges a family's economy (contract §5.1): count, check who applies, measure."""

from collections.abc import Callable, Mapping

from desktop.policy.codes import ProgrammeCode
from desktop.policy.economy import Economy, economy_of
from desktop.policy.household import Household, counted_household, judge_applicant
from desktop.policy.inquiry import Case, Programme, needs

Judge = Callable[[Case, Economy], Mapping[str, object]]
"""What a programme adds once the family is measured: `outcome` and the values it alone answers."""


def family_programme(code: ProgrammeCode, judge: Judge) -> Programme:
    """A programme of families: blocked without an applicant of the family (DB-001), else as `judge` says."""

    def assess(case: Case) -> Mapping[str, object]:
        household = counted_household(case)
        if not judge_applicant(case, household):
            return blocked(household)
        economy = economy_of(case, household)
        return {**economy.answers(), **judge(case, economy)}

    return Programme(code, assess, needs("members", "area"))


def blocked(household: Household) -> dict[str, object]:
    """The answer where a rule forbids the application itself."""
    return {**household.answers(), "outcome": "blocked", "per_capita_month": None, "category": None}
