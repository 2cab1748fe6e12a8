"""Programme codes with their names and the business codes that stand in case numbers (rule book 00 §5, D13)."""

from db.refused import BadValue
from desktop.casework.work import shorten

PROGRAMMES: dict[str, tuple[str, str]] = {
    "dibao": ("最低生活保障", "DB"),
    "dibao_single": ("单人户低保", "DB"),
    "tekun": ("特困人员救助供养", "TK"),
    "edge_family": ("低保边缘家庭", "BY"),
    "rigid_expense_family": ("刚性支出困难家庭", "GX"),
    "temp_emergency": ("急难型临时救助", "LS"),
    "temp_expense": ("支出型临时救助", "LS"),
    "temp_nonlocal": ("非户籍急难救助", "LS"),
    "disaster_relief": ("受灾人员救助", "ZH"),
    "medical_aid": ("医疗救助", "YL"),
    "education_aid": ("教育救助", "JY"),
    "home_teaching": ("送教上门", "SJ"),
    "housing_aid": ("住房救助", "ZF"),
    "employment_aid": ("就业救助", "ZY"),
    "disability_living": ("困难残疾人生活补贴", "CJ"),
    "disability_nursing": ("重度残疾人护理补贴", "CJ"),
    "elder_allowance": ("高龄津贴", "LN"),
    "home_elder_care": ("居家养老服务", "LN"),
    "orphan": ("孤儿", "ET"),
    "de_facto_orphan": ("事实无人抚养儿童", "ET"),
    "left_behind_child": ("留守儿童", "ET"),
    "stranded_person": ("流散人员救助", "LL"),
    "price_subsidy": ("价格临时补贴", "QT"),
    "legal_aid_referral": ("法律援助转介", "QT"),
    "judicial_aid_referral": ("司法救助转介", "QT"),
    "funeral_relief": ("殡葬减免", "QT"),
}
"""Name and business code by `programme_code`."""

OF_A_PERSON = frozenset(
    (
        "dibao_single", "tekun", "medical_aid", "education_aid", "home_teaching", "employment_aid", "disability_living",
        "disability_nursing", "elder_allowance", "home_elder_care", "orphan", "de_facto_orphan", "left_behind_child",
        "stranded_person", "legal_aid_referral", "judicial_aid_referral", "funeral_relief",
    )
)  # fmt: skip
"""Programmes that somebody gets, and not the household."""

STATUSES: dict[str, str] = {
    "draft": "草稿",
    "submitted": "已提交",
    "supplement_needed": "待补正",
    "not_accepted": "不予受理",
    "accepted": "已受理",
    "checking": "信息核对中",
    "check_failed": "核对不符已告知",
    "investigating": "调查中",
    "democratic_review": "评议",
    "pre_reviewed": "初审",
    "public_notice": "公示中",
    "objection": "异议处理",
    "notice_passed": "公示期满",
    "reported": "已报县",
    "returned": "县退回",
    "county_review": "县审",
    "county_visit": "县级入户",
    "confirmed": "确认",
    "refused": "不予确认",
    "published": "已公布",
    "paying": "在保",
    "review_due": "到期核查",
    "grace": "渐退期",
    "adjusted": "增减发",
    "termination_proposed": "拟停",
    "terminated": "停保",
    "fast_relief": "急难先行救助",
    "supplement_due": "待补手续",
    "withdrawn": "撤回",
    "aborted_noncooperation": "拒不配合终止",
    "archived": "归档",
}
"""Case statuses of rule book 15 §1 in words."""


def programme(code: str) -> tuple[str, str]:
    """Name and business code; raises `BadValue` for an unknown programme."""
    if code not in PROGRAMMES:
        raise BadValue(
            "case.unknown_programme",
            f"没有“{shorten(code)}”这种业务。",
            "没有改动任何内容。",
            "业务代码有：" + "、".join(PROGRAMMES) + "。",
        )
    return PROGRAMMES[code]


def status(code: str) -> str:
    """The status code itself; raises `BadValue` when there is none such."""
    if code not in STATUSES:
        raise BadValue(
            "case.unknown_status",
            f"没有“{shorten(code)}”这个状态。",
            "没有改动任何内容。",
            "状态有：" + "、".join(STATUSES) + "。",
        )
    return code
