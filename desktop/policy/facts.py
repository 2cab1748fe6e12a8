"""The raw facts of a case as a question brings them; types only, nothing is judged here."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any, Literal

from msgspec import field

from desktop.policy.codes import (
    Area,
    CareMode,
    CountyCode,
    DamageClass,
    HouseGrade,
    ProgrammeCode,
    Ref,
    RelationCode,
    ReliefNeed,
    Sex,
)
from desktop.policy.marks import Count, Factor, Money, Positive, Range, Text
from desktop.policy.money import ZERO
from desktop.policy.periods import Month
from desktop.policy.reading import Part

StatusKind = Literal[
    "in_prison",
    "compulsory_rehab",
    "other_restriction",
    "declared_missing",
    "clergy_away",
    "lost_contact",
    "severe_illness",
    "no_civil_capacity",
    "custody_revoked",
    "expelled",
]
Stage = Literal[
    "kindergarten",
    "compulsory",
    "senior_high",
    "secondary_vocational",
    "junior_college",
    "undergraduate",
    "postgraduate",
]
IncomeKind = Literal[
    "wage",
    "business_net",
    "property_net",
    "transfer_net",
    "other_counted",
    "pref_pension",
    "fp_reward",
    "scholarship",
    "bravery_award",
    "social_assistance_payment",
    "central_basic_pension",
    "personal_account_pension",
    "disability_two_subsidies",
    "de_facto_orphan_subsidy",
    "elder_allowance",
    "social_insurance_benefit",
]
CauseCode = Literal[
    "fire",
    "traffic",
    "sudden_illness",
    "accident_injury",
    "natural_disaster",
    "education_cost",
    "medical_cost",
    "domestic_violence",
    "lost_or_abandoned",
    "work_injury_pending",
    "other",
]


class Disability(Part, frozen=True, kw_only=True):
    """What a disability certificate says: kind 1 to 7 (7 is multiple), grade 1 (heaviest) to 4."""

    kind: Annotated[int, Range(1, 7)]
    grade: Annotated[int, Range(1, 4)]
    cert_issued_on: date | None = None


class Status(Part, frozen=True, kw_only=True):
    """A state of a person, from `since` (open when absent) and before `until`."""

    kind: StatusKind
    since: date | None = None
    until: date | None = None
    disease: Text | None = None


class Education(Part, frozen=True, kw_only=True):
    """Where somebody is at school."""

    stage: Stage
    full_time: bool = False


class Property(Part, frozen=True, kw_only=True):
    """What a family or person owns."""

    financial_assets: Money = ZERO
    houses: Count = 0
    vehicles: tuple[Literal["car", "motorcycle", "disability_scooter", "farm_machine"], ...] = ()


class Member(Part, frozen=True, kw_only=True):
    """A person of the household, related to the applicant (01)."""

    ref: Ref
    relation: RelationCode
    birth_date: date
    sex: Sex | None = None
    lives_with_family: bool = True
    cannot_live_alone: bool = False
    employed: bool = False
    able_to_work: bool = True
    education: Education | None = None
    disabilities: tuple[Disability, ...] = ()
    statuses: tuple[Status, ...] = ()
    severe_illness: Text | None = None


class Income(Part, frozen=True, kw_only=True):
    """An income by the year or by the month; without `member` it is the family's."""

    kind: IncomeKind
    member: Ref | None = None
    amount_year: Money | None = None
    amount_month: Money | None = None

    @classmethod
    def lacking(cls, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """Exactly one of the two amounts."""
        return () if ("amount_year" in raw) != ("amount_month" in raw) else ("amount_year",)

    @property
    def yearly(self) -> Fraction:
        """Yuan a year."""
        if self.amount_year is not None:
            return self.amount_year
        return (self.amount_month or ZERO) * 12


class Certification(Part, frozen=True, kw_only=True):
    """That somebody was certified for a programme; without `member` it holds for all."""

    programme_code: ProgrammeCode
    member: Ref | None = None
    since: date | None = None
    valid_until: date | None = None
    care_mode: CareMode | None = None
    full_rate: bool = True


class Received(Part, frozen=True, kw_only=True):
    """A monthly payment that the person already gets."""

    kind: Literal["dibao_share", "tekun_support", "disability_living", "work_injury_care_fee", "elder_care_subsidy"]
    amount_month: Money = ZERO


class Expense(Part, frozen=True, kw_only=True):
    """A necessary expense of the last twelve months (GX-002)."""

    kind: Literal["living", "medical", "education", "disability_rehab", "other"]
    amount: Money
    public_peer_amount: Money = ZERO
    receipt: bool = False


class Obligor(Part, frozen=True, kw_only=True):
    """Somebody who owes support by law; `income_year` is None when nobody asked."""

    relation: RelationCode
    birth_date: date
    disabilities: tuple[Disability, ...] = ()
    statuses: tuple[Status, ...] = ()
    certifications: tuple[Literal["tekun", "dibao"], ...] = ()
    income_year: Money | None = None
    property: Property | None = None


class Parent(Part, frozen=True, kw_only=True):
    """A child's father (51) or mother (52)."""

    relation: Literal["51", "52"]
    deceased_on: date | None = None
    disabilities: tuple[Disability, ...] = ()
    statuses: tuple[Status, ...] = ()
    working_away: bool = False
    able_to_guard: bool = True


class SelfCare(Part, frozen=True, kw_only=True):
    """What somebody can do alone (02 §3); None is not assessed, never "can"."""

    eat: bool | None = None
    dress: bool | None = None
    bed_transfer: bool | None = None
    toilet: bool | None = None
    indoor_walk: bool | None = None
    bathe: bool | None = None


class MedicalBill(Part, frozen=True, kw_only=True):
    """A bill and who has paid what of it."""

    total: Money
    out_of_policy: Money
    basic_paid: Money
    critical_paid: Money
    supplement_paid: Money = ZERO
    paid_ytd: Money = ZERO
    settlement_order: tuple[Literal["basic", "critical", "other_supplement", "medical_aid"], ...] = ()
    inpatient: bool = False
    inpatient_days: Positive | None = None


class EmploymentEvent(Part, frozen=True, kw_only=True):
    """A contract or post, in force from `from` until before `ended_on`."""

    kind: Literal["contract", "post_agreement", "public_post_agreement"]
    began_on: date = field(name="from")
    member: Ref | None = None
    ended_on: date | None = None


class ReliefQuantity(Part, frozen=True, kw_only=True):
    """How much of a need is lacking."""

    kind: ReliefNeed
    quantity: Positive


class Disaster(Part, frozen=True, kw_only=True):
    """A disaster and what it did to the household."""

    stage: Literal["emergency", "transition", "drought", "winter_spring", "housing_rebuild"]
    affected: bool
    hardship: bool = False
    deceased: Count = 0
    persons: Positive | None = None
    first_day: date | None = field(name="from", default=None)
    last_day: date | None = field(name="to", default=None)
    needs: tuple[ReliefQuantity, ...] = ()
    assessed_on: date | None = None
    per_head_average: bool = False
    source: Literal["self", "group_nomination"] | None = None
    damage_class: DamageClass | None = None
    housing_aid_same_house: bool = False


class Stranded(Part, frozen=True, kw_only=True):
    """Somebody found without a place to turn to."""

    circumstance: Literal["vagrant", "lost", "abandoned", "trafficked", "domestic_violence", "incident"]
    found_at: datetime
    no_livelihood: bool = False
    minor: bool = False
    elderly: bool = False
    disabled: bool = False
    ill: bool = False
    identity_known: bool = False
    family_found: bool = False
    station_entered_on: date | None = None
    conduct: tuple[
        Literal[
            "charged", "forced_labour", "leave_restricted", "sexes_together", "woman_managed_by_man", "face_template"
        ],
        ...,
    ] = ()


class Price(Part, frozen=True, kw_only=True):
    """The months asked about, both included, and how prices rose, per cent."""

    from_month: Month
    to_month: Month
    cpi: Factor | None = None
    food: Factor | None = None


FuneralKind = Literal["transport", "storage", "farewell", "cremation", "urn_storage", "eco_burial", "other"]


class FuneralItem(Part, frozen=True, kw_only=True):
    """One service of a funeral and its price."""

    kind: FuneralKind
    amount: Money


class Funeral(Part, frozen=True, kw_only=True):
    """A death and what the funeral cost."""

    deceased_on: date
    cremated: bool
    items: tuple[FuneralItem, ...] = ()


class Legal(Part, frozen=True, kw_only=True):
    """What legal aid is asked for."""

    matter: Literal["social_assistance", "support_payment", "other"]
    form: Literal["advice", "representation", "criminal_defence"] | None = None


class Judicial(Part, frozen=True, kw_only=True):
    """What a person harmed in a case of law has lost and got."""

    case_kind: Literal["civil", "criminal", "administrative", "enforcement"]
    harmed: bool = False
    compensated: bool = False
    hardship: bool = False
    family_of_criminal_case: bool = False


class Enrol(Part, frozen=True, kw_only=True):
    """A year's contribution to medical insurance."""

    year: Annotated[int, Range(2000, 2100)]
    contribution: Money


class CommitteeAssessment(Part, frozen=True, kw_only=True):
    """What the county's committee on the education of disabled children concluded (JY-012)."""

    on: date
    conclusion: Literal["home_teaching", "can_attend"]


class Facts(Part, frozen=True, kw_only=True):
    """All facts that a programme may ask for; which are required is the programme's to say (contract §5)."""

    area: Area | None = None
    members: tuple[Member, ...] | None = None
    incomes: tuple[Income, ...] = ()
    property: Property | None = None
    protected_members: tuple[Ref, ...] | None = None
    subject: Ref | None = None
    certifications: tuple[Certification, ...] = ()
    received: tuple[Received, ...] = ()
    expenses: tuple[Expense, ...] = ()
    obligors: tuple[Obligor, ...] = ()
    parents: tuple[Parent, ...] = ()
    self_care: SelfCare | None = None
    care_mode: CareMode | None = None
    chosen_programme: ProgrammeCode | None = None
    has_contracted_land: bool = False
    collective_dividend: bool = False
    relocated_to_town: bool = False
    medical: MedicalBill | None = None
    house_grade: HouseGrade | None = None
    employment_events: tuple[EmploymentEvent, ...] = ()
    school_year_start: date | None = None
    can_attend_school: bool = True
    committee_assessment: CommitteeAssessment | None = None
    care_since: date | None = None
    hukou_county: CountyCode | None = None
    cause_code: CauseCode | None = None
    proposed_amount: Money | None = None
    disaster: Disaster | None = None
    existing_aid: tuple[Literal["fee_waiver", "grant", "living_subsidy", "work_study", "student_loan"], ...] = ()
    listed_last_term: bool = False
    parents_not_found: bool = False
    stranded: Stranded | None = None
    price: Price | None = None
    ability_score: Annotated[int, Range(0, 90)] | None = None
    funeral: Funeral | None = None
    legal: Legal | None = None
    judicial: Judicial | None = None
    enrol: Enrol | None = None
    family_doctor_signed: bool = False
    public_emergency: bool = False
