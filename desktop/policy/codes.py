"""Code tables of the rule book as types: programmes, statuses, relations, deadlines; words only, no judgement."""

from typing import Annotated, Literal, get_args

from desktop.policy.marks import Shape

ProgrammeCode = Literal[
    "dibao",
    "dibao_single",
    "tekun",
    "edge_family",
    "rigid_expense_family",
    "temp_emergency",
    "temp_expense",
    "temp_nonlocal",
    "disaster_relief",
    "medical_aid",
    "education_aid",
    "home_teaching",
    "housing_aid",
    "employment_aid",
    "disability_living",
    "disability_nursing",
    "elder_allowance",
    "home_elder_care",
    "orphan",
    "de_facto_orphan",
    "left_behind_child",
    "stranded_person",
    "price_subsidy",
    "legal_aid_referral",
    "judicial_aid_referral",
    "funeral_relief",
]
CaseStatus = Literal[
    "draft",
    "submitted",
    "supplement_needed",
    "not_accepted",
    "accepted",
    "checking",
    "check_failed",
    "investigating",
    "democratic_review",
    "pre_reviewed",
    "public_notice",
    "objection",
    "notice_passed",
    "reported",
    "returned",
    "county_review",
    "county_visit",
    "confirmed",
    "refused",
    "published",
    "paying",
    "review_due",
    "grace",
    "adjusted",
    "termination_proposed",
    "terminated",
    "fast_relief",
    "supplement_due",
    "withdrawn",
    "aborted_noncooperation",
    "archived",
]
DeadlineCode = Literal[
    "db_start_survey",
    "db_start_check",
    "db_county_opinion",
    "db_total",
    "refusal_notice",
    "db_review_A",
    "db_review_B",
    "db_death_settle",
    "change_report_warn",
    "tk_township",
    "tk_reopen",
    "tk_county",
    "tk_selfcare_recheck",
    "tk_term_objection",
    "gx_total",
    "gx_valid",
    "et_township",
    "et_county",
    "ls_advance",
    "ls_supplement",
    "zh_winter_plan",
    "admin_review",
    "lawsuit",
]
Area = Literal["urban", "rural"]
Sex = Literal["1", "2"]
CareMode = Literal["centralized", "dispersed"]
CareLevel = Literal["full", "partial", "none"]
HouseGrade = Literal["A", "B", "C", "D"]
DamageClass = Literal["collapsed", "severe", "moderate_minor", "intact"]
ReliefNeed = Literal["grain", "clothing", "water", "heating"]
MedicalCategory = Literal["tekun", "dibao", "edge_family", "rigid_expense_family"]
ExtensionReason = Literal["notice_objection", "household_separated", "remote_application", "hard_to_investigate"]

Ref = Annotated[str, Shape(r"[a-z][a-z0-9_]{0,15}")]
"""A person's name inside one question."""

TownshipCode = Annotated[str, Shape(r"[0-9]{9}")]
CountyCode = Annotated[str, Shape(r"[0-9]{6}")]
EvidenceCode = Annotated[str, Shape(r"EV-(0[1-9]|1[0-9]|2[0-6])")]
RelationCode = Annotated[str, Shape(r"01|02|1[0-2]|[2-7][0-9]|8[0-9]|9[0-8]")]
"""GB/T 4761-2008, seen from the applicant (01)."""

PROGRAMMES: tuple[ProgrammeCode, ...] = get_args(ProgrammeCode)
PROGRAMME_NAMES: dict[str, str] = dict(
    zip(
        PROGRAMMES,
        (
            "最低生活保障",
            "单人户低保",
            "特困人员救助供养",
            "低保边缘家庭",
            "刚性支出困难家庭",
            "急难型临时救助",
            "支出型临时救助",
            "非本县户籍人员急难救助",
            "受灾人员救助",
            "医疗救助",
            "教育救助",
            "送教上门",
            "住房救助",
            "就业救助",
            "困难残疾人生活补贴",
            "重度残疾人护理补贴",
            "高龄津贴",
            "居家养老服务",
            "孤儿基本生活保障",
            "事实无人抚养儿童保障",
            "农村留守儿童关爱",
            "生活无着的流散人员救助",
            "价格临时补贴",
            "法律援助转介",
            "司法救助转介",
            "惠民殡葬",
        ),
        strict=True,
    )
)
THE_FOUR: tuple[MedicalCategory, ...] = ("tekun", "dibao", "edge_family", "rigid_expense_family")
"""The four kinds of certified people, in the order in which one goes before another (contract §5)."""

TEMPORARY: tuple[ProgrammeCode, ...] = ("temp_emergency", "temp_expense", "temp_nonlocal")
CHILD_PROGRAMMES: tuple[ProgrammeCode, ...] = ("orphan", "de_facto_orphan", "left_behind_child", "home_teaching")
"""Programmes for children: never a democratic review, never a notice (D-17)."""
