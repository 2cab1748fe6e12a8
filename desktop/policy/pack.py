"""The county pack: every local amount and parameter, typed; a missing key means "collect, do not judge"."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from desktop.policy.codes import (
    Area,
    CareLevel,
    CareMode,
    CountyCode,
    DamageClass,
    MedicalCategory,
    ProgrammeCode,
    ReliefNeed,
    TownshipCode,
)
from desktop.policy.marks import AtLeast, Count, Factor, Measure, Money, Positive, Text
from desktop.policy.periods import Month
from desktop.policy.reading import Faults, LenientPart, reader_of
from desktop.policy.workdays import WorkCalendar, YearCalendar


class StandardRow(LenientPart, frozen=True, kw_only=True):
    """One standard by programme and area; `amount` is for the `unit`."""

    programme: Literal["dibao", "tekun_basic"]
    area: Literal["urban", "rural", "unified"]
    unit: Literal["month", "year"]
    amount: Money
    effective_from: date
    effective_to: date | None = None
    doc_no: Text


class FloorRow(LenientPart, frozen=True, kw_only=True):
    """The province's lowest standard of an area."""

    area: Area
    unit: Literal["month", "year"]
    amount: Money
    effective_from: date


class BandRow(LenientPart, frozen=True, kw_only=True):
    """A person's monthly amount from `income_from` up to, but not at, `income_to` a head and month."""

    area: Area
    income_from: Money
    income_to: Money
    amount: Money
    effective_from: date


class EmploymentCostRule(LenientPart, frozen=True, kw_only=True):
    """What is taken from the wages of everybody who works."""

    mode: Literal["none", "per_month_per_person"]
    amount: Money | None = None


class IncomeDisregardRule(LenientPart, frozen=True, kw_only=True):
    """Which part of the wages that remain is left out."""

    mode: Literal["none", "ratio_of_wage"]
    ratio: Factor | None = None


class RigidDeductRule(LenientPart, frozen=True, kw_only=True):
    """Whether receipts for treatment and rehabilitation lower the family's income."""

    mode: Literal["none", "receipts"]


class PropertyRow(LenientPart, frozen=True, kw_only=True):
    """A limit on one kind of property."""

    item: Literal["financial_assets_per_person", "houses", "vehicles"]
    limit_type: Literal["amount", "multiple_of_std", "count", "forbidden"]
    limit: Measure | None = None
    exempt: tuple[str, ...] = ()


class DisposableIncome(LenientPart, frozen=True, kw_only=True):
    """Last year's disposable income a head, by area."""

    urban: Money | None = None
    rural: Money | None = None


class CareRow(LenientPart, frozen=True, kw_only=True):
    """The care amount of a level of self-care; one with `mode` is for that way of care only."""

    level: CareLevel
    mode: CareMode | None = None
    amount: Money
    effective_from: date


class NursingStandard(LenientPart, frozen=True, kw_only=True):
    """The nursing subsidy of grade 1 and 2."""

    first: Money | None = msgspec.field(name="1", default=None)
    second: Money | None = msgspec.field(name="2", default=None)


class SubsidyStandard(LenientPart, frozen=True, kw_only=True):
    """The two subsidies for disabled people, a month."""

    living: Money | None = None
    nursing: NursingStandard | None = None


class ElderRow(LenientPart, frozen=True, kw_only=True):
    """The allowance of an age band; `age_to` is included, open when absent."""

    age_from: Count
    age_to: int | None = None
    amount: Money
    effective_from: date


class MedicalTerms(LenientPart, frozen=True, kw_only=True):
    """Medical aid of one kind of people."""

    ratio: Factor
    deductible: Money
    annual_cap: Money | None = None


class Medical(LenientPart, frozen=True, kw_only=True):
    """Medical aid by the four kinds of people."""

    tekun: MedicalTerms | None = None
    dibao: MedicalTerms | None = None
    edge_family: MedicalTerms | None = None
    rigid_expense_family: MedicalTerms | None = None

    def of(self, category: MedicalCategory) -> MedicalTerms | None:
        """The terms of one kind of people."""
        terms: MedicalTerms | None = getattr(self, category)
        return terms


class Delegation(LenientPart, frozen=True, kw_only=True):
    """A township that confirms by itself, for these programmes and acceptance days; both ends included."""

    township_code: TownshipCode
    programmes: tuple[ProgrammeCode, ...]
    effective_from: date
    effective_to: date | None = None


class LabourAge(LenientPart, frozen=True, kw_only=True):
    """Ages of work by sex, both ends included."""

    men: Annotated[tuple[int, ...], AtLeast(2)] = msgspec.field(name="1")
    women: Annotated[tuple[int, ...], AtLeast(2)] = msgspec.field(name="2")


class NoticeDays(LenientPart, frozen=True, kw_only=True):
    """Calendar days that a notice hangs."""

    default: Positive | None = None
    temp: Positive | None = None
    disaster: Positive | None = None
    board: Positive | None = None


class DisasterRow(LenientPart, frozen=True, kw_only=True):
    """A rate of disaster relief: a head, a head and day, a unit of need, or a household, as the stage has it."""

    stage: Literal["condolence", "transition", "drought", "winter_spring", "housing_rebuild"]
    need: ReliefNeed | None = None
    damage_class: DamageClass | None = None
    amount: Money
    effective_from: date


class StrandedTerms(LenientPart, frozen=True, kw_only=True):
    """Periods for people found stranded."""

    notice_hours: Positive | None = None
    stay_days: Positive | None = None
    settle_months: Positive | None = None


class PriceBatch(LenientPart, frozen=True, kw_only=True):
    """One batch of price subsidies as the county ordered it; both months included."""

    doc_no: Text
    from_month: Month
    to_month: Month
    amount_month: Money
    programmes: tuple[ProgrammeCode, ...]


class PriceThresholds(LenientPart, frozen=True, kw_only=True):
    """Rates of price rise, per cent, that call for attention."""

    cpi: Factor
    food: Factor


class FuneralRule(LenientPart, frozen=True, kw_only=True):
    """How funerals are helped: the listed items are waived, or a fixed subsidy is paid."""

    mode: Literal["waive", "subsidy"]
    amount: Money | None = None


class EnrolRow(LenientPart, frozen=True, kw_only=True):
    """Help with the yearly contribution to medical insurance."""

    category: MedicalCategory
    year: Positive
    mode: Literal["full", "fixed"]
    amount: Money | None = None


class Pack(LenientPart, frozen=True, kw_only=True):
    """The parameters of one county as 08 §3 lists them; None is a key that was not set."""

    pack_version: Text = "—"
    county_code: CountyCode | None = None
    approved_by: str | None = None
    doc_no: str | None = None
    effective_from: date | None = None
    standards: tuple[StandardRow, ...] | None = None
    provincial_floor: tuple[FloorRow, ...] | None = None
    benefit_mode: Literal["banded", "gap"] | None = None
    band_table: tuple[BandRow, ...] | None = None
    review_class_rule: dict[str, Any] | None = None
    employment_cost_rule: EmploymentCostRule | None = None
    income_disregard_rule: IncomeDisregardRule | None = None
    rigid_deduct_rule: RigidDeductRule | None = None
    property_rule: tuple[PropertyRow, ...] | None = None
    basic_pension_excluded: Literal[True, False, "unknown"] | None = None
    elder_allowance_counted: Literal[True, False, "unknown"] | None = None
    edge_multiplier: Factor | None = None
    rigid_ratio_threshold: Factor | None = None
    prev_year_disposable_income: DisposableIncome | None = None
    township_limit: Money | None = None
    delegated_unlimited: bool | None = None
    nonlocal_base: Area | None = None
    temp_band: tuple[Any, ...] | None = None
    advance_hours: Positive | None = None
    supplement_workdays: Positive | None = None
    reserve_per_capita: Money | None = None
    care_table: tuple[CareRow, ...] | None = None
    subsidy_std: SubsidyStandard | None = None
    elder_std: tuple[ElderRow, ...] | None = None
    elder_start_rule: Literal["birthday_month", "next_month"] | None = None
    medical: Medical | None = None
    orphan_std: Money | None = None
    severe_illness_list: tuple[str, ...] | None = None
    approval_delegated: tuple[Delegation, ...] | None = None
    labour_age: LabourAge | None = None
    holiday_calendar: dict[str, YearCalendar] | None = None
    local_holidays: tuple[date, ...] | None = None
    notice_days: NoticeDays | None = None
    retention_years: dict[str, Any] | None = None
    hotlines: tuple[str, ...] | None = None
    disaster_std: tuple[DisasterRow, ...] | None = None
    transition_max_months: Positive | None = None
    stranded: StrandedTerms | None = None
    price_linkage: tuple[PriceBatch, ...] | None = None
    price_thresholds: PriceThresholds | None = None
    orphan_std_institution: Money | None = None
    funeral_rule: FuneralRule | None = None
    enrol_subsidy: tuple[EnrolRow, ...] | None = None
    hospital_care_per_day: Money | None = None
    medical_warn_self_pay: Money | None = None
    referral_feedback_workdays: Positive | None = None

    @property
    def basis(self) -> str:
        """The county's paper in words, for steps that use a parameter."""
        paper = f"，{self.doc_no}" if self.doc_no else ""
        return f"县配置包 {self.pack_version}{paper}"


class CountyPack(msgspec.Struct, frozen=True):
    """A pack as it came (`raw`), its parameters, and its calendar worked out."""

    raw: Mapping[str, Any]
    pack: Pack
    calendar: WorkCalendar

    @classmethod
    def read(cls, raw: object) -> "CountyPack":
        """Read a whole pack; raises `PackUnreadable` naming the first key that is not as the contract has it."""
        faults = Faults()
        pack: Pack = reader_of(Pack)(raw, faults, ())
        if faults or not isinstance(raw, dict):
            raise PackUnreadable(faults.first()[1])
        return cls(raw, pack, _calendar(pack))

    def overlaid(self, patch: Mapping[str, Any]) -> "CountyPack":
        """The pack with a JSON Merge Patch laid over it; a key that cannot be read then counts as not set."""
        if not patch:
            return self
        raw = merge_patch(self.raw, patch)
        changed = {name: _lenient(name, raw.get(name)) for name in patch if name in _READERS}
        pack = msgspec.structs.replace(self.pack, **changed)
        moved = "holiday_calendar" in patch or "local_holidays" in patch
        return CountyPack(raw, pack, _calendar(pack) if moved else self.calendar)


class PackUnreadable(Exception):
    """A pack that is not as the contract has it; the words name the key."""


def merge_patch(target: object, patch: object) -> Any:
    """RFC 7396: null removes, objects are laid over, everything else replaces."""
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(target) if isinstance(target, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_patch(merged.get(key), value)
    return merged


_READERS = {field.encode_name: (reader_of(field.type), field.default) for field in msgspec.structs.fields(Pack)}


def _lenient(name: str, value: object) -> Any:
    """The value of a top key, or what an unset key has."""
    reader, unset = _READERS[name]
    faults = Faults()
    read = reader(value, faults, ((), name)) if value is not None else unset
    return unset if faults else read


def _calendar(pack: Pack) -> WorkCalendar:
    return WorkCalendar.of(pack.holiday_calendar or {}, pack.local_holidays or ())
