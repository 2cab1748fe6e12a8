"""What a question about funds, ratios and capacity brings; types only."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from msgspec import field

from desktop.policy.codes import DamageClass, HouseGrade
from desktop.policy.inquiry import Question
from desktop.policy.marks import Count, Money, Positive, Text
from desktop.policy.money import ZERO
from desktop.policy.reading import Part

Kind = Literal[
    "reserve_fund",
    "reserve_ledger",
    "work_funds",
    "service_purchase",
    "tekun_sample",
    "stage_plan",
    "damaged_house",
    "township_staff",
    "village_assistants",
    "nursing_beds",
    "elder_beds",
    "home_elder_target",
]

_REQUIRED: dict[str, tuple[str, ...]] = {
    "reserve_fund": ("population", "fund"),
    "reserve_ledger": ("opening", "entries"),
    "work_funds": ("persons_prev_year", "budget"),
    "service_purchase": ("spending_prev_year", "planned"),
    "tekun_sample": ("batch", "sampled"),
    "stage_plan": ("approved_total", "stages"),
    "damaged_house": ("rooms_total", "collapsed", "severe", "moderate_minor"),
    "township_staff": ("townships",),
    "village_assistants": ("on", "villages"),
    "nursing_beds": ("on", "beds_total", "beds_nursing"),
    "elder_beds": ("beds_total", "tekun_beds", "low_cost"),
    "home_elder_target": ("served",),
}
"""Which keys each kind needs."""


class LedgerEntry(Part, frozen=True, kw_only=True):
    """Money that came in or went out; what goes out is bound to a case (LS-041)."""

    on: date
    received: Money = field(name="in", default=ZERO)
    spent: Money = field(name="out", default=ZERO)
    case_id: Text | None = None


class Township(Part, frozen=True, kw_only=True):
    """A township and how many work there for social assistance."""

    code: Text
    staff: Count


class Village(Part, frozen=True, kw_only=True):
    """A village, its people and its assistants."""

    code: Text
    population: Count
    assistants: Count


class LedgerQuestion(Question, frozen=True, kw_only=True):
    """What is to be checked; which keys are needed follows from `kind`."""

    kind: Kind
    population: Count = 0
    fund: Money = ZERO
    opening: Money = ZERO
    entries: tuple[LedgerEntry, ...] = ()
    persons_prev_year: Count = 0
    budget: Money = ZERO
    source: Literal["county_budget", "special_fund"] | None = None
    spending_prev_year: Money = ZERO
    planned: Money = ZERO
    batch: Positive = 1
    sampled: Count = 0
    approved_total: Money = ZERO
    stages: tuple[Money, ...] = ()
    rooms_total: Count = 0
    collapsed: Count = 0
    severe: Count = 0
    moderate_minor: Count = 0
    damage_class: DamageClass | None = None
    house_grade: HouseGrade | None = None
    house_grade_source: Literal["appraisal", "derived_from_damage_class"] | None = None
    townships: tuple[Township, ...] = ()
    on: date | None = None
    villages: tuple[Village, ...] = ()
    beds_total: Count = 0
    beds_nursing: Count = 0
    tekun_beds: Count = 0
    low_cost: Count = 0
    served: Count = 0

    @classmethod
    def lacking(cls, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """The keys of the kind that are not there."""
        return tuple(key for key in _REQUIRED.get(str(raw.get("kind")), ()) if key not in raw)
