"""The rules' codes in the words of screen and paper: outcomes, what lacks and where it is set, what to look at."""

OUTCOMES: dict[str, str] = {
    "eligible": "符合",
    "not_eligible": "不符合",
    "manual_review": "需人工研判",
    "cannot_decide": "缺参数或事实，定不了",
    "blocked": "规则不允许",
    "refer": "转其他部门",
}
"""Outcomes of an assessment (contract §5)."""

ALERTS: dict[str, str] = {
    "cert_expired": "残疾人证已过期，先换证。",
    "change_report_overdue": "变动报告已经超过期限。",
    "choose_higher": "两种补贴只能领高的一种。",
    "choose_measure": "重建还是大修，要由人定。",
    "confirm_out_of_policy": "有政策外费用，请再核对。",
    "end_other_first": "先停另一项待遇，再办这一项。",
    "likely_eligible": "自负费用较高，很可能符合，请主动告知。",
    "manual_review": "规则留给人研判。",
    "may_extend": "有重大突发情况，核查可以延期。",
    "over_transition_period": "过渡期救助超过了县里定的最长时间。",
    "price_threshold_reached": "物价到了启动线；等县里启动批次。",
    "provisional_calendar": "有的年份放假安排还没公布，日期是暂定的。",
    "refer_de_facto_orphan": "可能是事实无人抚养儿童，请按那一项办。",
    "refer_dibao": "不符合特困，请看低保。",
    "refer_home_teaching": "不能到校上学，请看送教上门。",
    "refer_housing_aid": "可以转住房救助。",
    "standard_missing": "县里的标准还没有，算不出金额。",
    "start_on_rest_day": "起算那天是休息日，请核对。",
    "start_termination": "已不符合条件，请启动停发程序。",
    "stay_over": "站内停留超过了期限。",
    "suggest_DB-023": "也许可以按重残单人户办，请看 DB-023。",
    "suspected_duplicate": "可能重复享受，请核对。",
    "tekun_funeral": "特困人员的丧葬另有规定，请一并办。",
    "transfer_to_hukou": "发放在户籍地，请转过去。",
    "zero_amount": "算出来的金额是 0 元。",
}
"""Codes of `alerts` in sentences; what is not here is shown as it is."""

_PACK: dict[str, str] = {
    "standards": "保障标准",
    "benefit_mode": "差额或分档",
    "band_table": "分档表",
    "basic_pension_excluded": "基础养老金计不计入收入",
    "elder_allowance_counted": "高龄津贴计不计入收入",
    "employment_cost_rule": "务工成本怎么扣",
    "income_disregard_rule": "收入豁免怎么算",
    "rigid_deduct_rule": "刚性支出怎么扣",
    "property_rule": "财产限额",
    "edge_multiplier": "边缘家庭倍数",
    "rigid_ratio_threshold": "刚性支出比例",
    "prev_year_disposable_income": "上年人均可支配收入",
    "township_limit": "乡镇审批限额",
    "nonlocal_base": "非户籍按哪里的标准",
    "reserve_per_capita": "备用金",
    "care_table": "特困照料护理标准",
    "subsidy_std": "残疾人两项补贴标准",
    "elder_std": "高龄津贴标准",
    "elder_start_rule": "高龄津贴起发月",
    "medical": "医疗救助标准",
    "orphan_std": "孤儿基本生活费标准",
    "orphan_std_institution": "机构养育标准",
    "severe_illness_list": "重病目录",
    "labour_age": "劳动年龄",
    "notice_days": "公示天数",
    "disaster_std": "灾害救助标准",
    "stranded": "流散人员救助期限",
    "price_linkage": "价格补贴批次",
    "price_thresholds": "价格补贴启动线",
    "funeral_rule": "殡葬减免办法",
    "enrol_subsidy": "资助参保标准",
    "hospital_care_per_day": "住院照料标准",
    "medical_warn_self_pay": "高额费用预警线",
    "referral_feedback_workdays": "转办反馈期限",
    "county_code": "县代码",
}
_FACTS: dict[str, str] = {
    "self_care": "生活自理能力六项评估",
    "obligors": "义务人的收入、财产",
    "committee_assessment": "残疾人教育专家委员会评估",
    "ability_score": "老年人能力评估分",
    "members": "家庭成员资料",
    "disaster": "受灾情况",
    "medical": "医疗费用",
}
_NO_PACK = "县参数包还没有装：请县里下发，装入后再评估"


def missing(key: str, shipped: bool = False) -> str:
    """What lacks, and where it is set; `shipped` says that the county's pack was never installed (D5)."""
    head = key.split(".", 1)[0]
    if head in _PACK and not (head == "medical" and key == "medical.inpatient_days"):
        return f"{_PACK[head]}（{_NO_PACK if shipped else '县参数包里没有定，请问县里'}）"
    return f"{_FACTS.get(head, head)}（到家庭、人员或入户调查里补）"


def alert(code: str) -> str:
    """One alert as a sentence."""
    return ALERTS.get(code, code)
