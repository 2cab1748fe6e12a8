"""Table from what F-08 writes to what the rules ask: code tables to the contract's words (forms.md F-08, 0.5)."""

STAGES: dict[str, str] = {
    "1": "kindergarten",
    "2": "compulsory",
    "3": "compulsory",
    "4": "senior_high",
    "5": "secondary_vocational",
    "6": "junior_college",
    "7": "undergraduate",
    "8": "postgraduate",
    "9": "compulsory",
}
"""K08 to `education.stage`; taught at home, not begun and dropped out are at no school."""

AT_SCHOOL = "7"
"""K07: at school, which is full time."""

WITH_WORK = frozenset(("2", "3", "4", "5", "6"))
"""K07: jobs that count as employed; farming and herding is the family's business, not employment."""

WITHOUT_LABOUR = frozenset(("3", "4"))
"""K06: no ability to work; a part of it left (2) is not none."""

EXCLUSIONS: dict[str, str] = {
    "服刑": "in_prison",
    "强制隔离戒毒": "compulsory_rehab",
    "宣告失踪": "declared_missing",
    "脱离家庭3年以上教职人员": "clergy_away",
}
"""Reasons of the members table to states of a person; what the province names beside them is not in the contract."""

CLERGY_MONTHS = 36
"""The form's own words: three years and more when the visit was made."""

INCOMES: dict[str, str] = {
    "01": "business_net",
    "02": "business_net",
    "03": "business_net",
    "04": "business_net",
    "05": "business_net",
    "06": "wage",
    "07": "wage",
    "08": "wage",
    "09": "business_net",
    "10": "property_net",
    "12": "other_counted",
}
"""K35 to the kind of an income; 11, transfers, goes by its own kind."""

TRANSFER = "11"
TRANSFERS: dict[str, str] = {
    "养老金个人账户": "personal_account_pension",
    "中央基础养老金": "central_basic_pension",
    "高龄津贴": "elder_allowance",
    "社会保险待遇": "social_insurance_benefit",
    "退耕草奖等补贴": "transfer_net",
    "赡养抚养费": "transfer_net",
    "优待抚恤金": "pref_pension",
    "计生奖扶": "fp_reward",
    "奖学金": "scholarship",
    "见义勇为奖励": "bravery_award",
    "政府救助款物": "social_assistance_payment",
    "残疾人两项补贴": "disability_two_subsidies",
    "事实无人抚养儿童补贴": "de_facto_orphan_subsidy",
    "其他转移": "transfer_net",
}
"""Kinds of transfers; whether one counts is the rules' to say (01 §4)."""

FINANCIAL = frozenset(("1", "2", "3"))
"""K20: deposits and cash, securities, insurance."""

VEHICLE, FARM_MACHINE, HOUSE, FIELD = "4", "5", "8", "11"
VEHICLES: dict[str, str] = {
    "轿车等乘用车": "car",
    "摩托车": "motorcycle",
    "残疾人代步车": "disability_scooter",
    "农用车": "farm_machine",
}

EXPENSES: dict[str, str] = {
    "1": "living",
    "2": "medical",
    "3": "education",
    "4": "disability_rehab",
    "5": "other",
    "6": "other",
    "9": "other",
}
"""K19 to the kind of an expense."""

GRADED = frozenset("ABCD")
"""K14: what an expert graded."""

AREAS: dict[str, str] = {"rural": "rural", "urban": "urban"}
"""A household register that says which standard holds; one for all residents does not (forms.md K11)."""
