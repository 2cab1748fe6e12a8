"""Table of the facts by which a person meets each condition of a move (`gate_checks`), and what to do about it."""

from collections.abc import Callable, Mapping

import msgspec

from desktop.casework.case_views import Want
from desktop.forms import code_table
from desktop.policy.asks import gate_conditions as of
from desktop.policy.asks.gate_conditions import Act
from desktop.policy.people import NEAR_KIN


class Asked(msgspec.Struct, frozen=True):
    """What to do about a condition and the facts that meet it; `always`: these may change it though it holds."""

    do: str
    wants: tuple[Want, ...] = ()
    always: bool = False


def _want(key: str, words: str, kind: str = "yes", hint: str = "", options: Mapping[str, str] | None = None) -> Want:
    return Want(key=key, words=words, kind=kind, hint=hint, options=dict(options or {}))


_KIN = {code: words for code, words in code_table("K03").items() if code in NEAR_KIN}
_HEARD = _want("opinion_hearing_on", "听取意见的日期", "day")
_REASON = _want("written_reason", "有书面理由")
_POSTED = _want("notices.posted_on", "公示张贴日期", "day", "不填就是进入公示那天")
_VISIT = (
    _want("home_visit.visited_on", "入户日期（纸上调查）", "day"),
    _want("home_visit.investigators", "入户的调查人", "lines", "一行一人，两名以上"),
    _want("home_visit.investigator_signatures", "签了字的调查人", "lines", "一行一人"),
    _want("home_visit.present_members", "在场的家庭成员", "people"),
    _want("home_visit.member_signatures", "签了字的家庭成员", "people"),
)
_WAIVER = (
    _want("home_visit_waiver.basis", "免入户的依据", "text", "限下放试点乡镇"),
    _want("check_report.complete", "核对报告齐全"),
    _want("disputed", "有争议"),
)
_KINSHIP = (
    _want("kinship.relation", "与经办人或村（居）委成员是近亲属：关系", "choice", options=_KIN),
    _want(
        "kinship.official_post",
        "那位近亲属的职务",
        "choice",
        options={"case_officer": "社会救助经办人", "village_committee": "村（居）委成员"},
    ),
    _want("near_relative_filed", "近亲属已备案"),
)
_REVIEW = (
    _want("democratic_review.attended", "参加评议人数", "number"),
    _want("democratic_review.representatives", "其中村（居）民代表人数", "number"),
    _want("democratic_review.all_signed", "参加的人都签了字"),
)
_CAUSES = {
    "death": "死亡",
    "income_over": "收入或财产超过",
    "recovered_labor": "恢复劳动能力",
    "imprisoned": "服刑",
    "obligor_able": "义务人有能力",
    "voluntary": "本人自愿",
    "moved": "迁出",
}
_CAUSE = _want("termination_cause", "停发原因", "choice", options=_CAUSES)
_REDUCED = (
    _want("direction", "增发还是减发", "choice", options={"increase": "增发", "reduce": "减发"}),
    _want("reasons_told", "减发的理由已告知本人"),
    _HEARD,
)
_GROUNDS = {
    "non_local_hukou": "户籍不在本地",
    "no_residence_permit": "没有居住证",
    "not_qualified": "不符合条件",
    "materials_incomplete": "材料不齐",
}

ASKED: dict[Callable[[Act], bool], Asked] = {
    of.signed: Asked("请申请人在申请书上签字。", (_want("applicant_signed", "申请人已签字"),)),
    of.proxy_authorised: Asked(
        "请补委托书，再登记。",
        (_want("by_proxy", "由别人代为申请"), _want("proxy_authorization", "有委托手续")),
        always=True,
    ),
    of.first_supplement: Asked(
        "补正只能告知一次；把要补的一次写全。",
        (
            _want("supplement_notices.on", "补正告知的日期", "day"),
            _want("supplement_notices.items", "要补的材料", "lines", "一行一项，一次写全"),
        ),
        always=True,
    ),
    of.refusal_reviewed: Asked(
        "写出书面理由，并请主管复核。", (_REASON, _want("supervisor_reviewed", "主管已复核"))
    ),
    of.not_for_residence: Asked(
        "户籍和居住证不是不受理的理由，请受理。",
        (_want("refusal_ground", "不予受理的原因", "choice", options=_GROUNDS),),
        always=True,
    ),
    of.adults_authorised: Asked(
        "请每一位成年成员签《核对授权书》，再勾上他们。",
        (_want("authorized_members", "签了核对授权的成年成员", "people"),),
    ),
    of.refused_to_cooperate: Asked(
        "先书面提醒；有正当理由的不能终止。",
        (
            _want("noncooperation.reminded_in_writing_on", "书面提醒的日期", "day"),
            _want("noncooperation.good_reason", "有正当理由"),
        ),
    ),
    of.urgent_relief: Asked(
        "只有急难型临时救助可以先行救助；三项都是才行。",
        (
            _want("urgent", "情况紧急"),
            _want("small_amount", "金额较小"),
            _want("needs_help_at_once", "需要立即救助"),
        ),
    ),
    of.visited_or_waived: Asked(
        "完成入户调查 F-08，两名调查人和在场成员签字，这里会自动认；纸上做的在下面照填。", (*_VISIT, *_WAIVER)
    ),
    of.waiver_holds: Asked("免入户不成立，请入户调查。", (*_VISIT, *_WAIVER)),
    of.near_kin_filed: Asked("先办近亲属备案。", _KINSHIP, always=True),
    of.review_quorate: Asked("代表不够三分之二或没有签全的，请重新评议。", _REVIEW),
    of.review_recorded: Asked("请补评议记录和签字。", _REVIEW),
    of.source_named: Asked(
        "写明是本人申请还是小组提名。",
        (
            _want(
                "application_source",
                "怎么提出来的",
                "choice",
                options={"self": "本人申请", "group_nomination": "村（居）民小组提名"},
            ),
        ),
    ),
    of.never: Asked("这一步这类业务不做，请选别的一步。"),
    of.notice_over: Asked("等公示期满、到了其后的工作日再办；张贴日期记错的在下面改。", (_POSTED,)),
    of.no_open_objection: Asked("先把异议办结。"),
    of.last_notice_unopposed: Asked("重新公示，期满没有异议再报。", (_POSTED,)),
    of.county_visited: Asked(
        "请县级入户后再确认。", (_want("county_home_visit_on", "县级入户的日期", "day"),), always=True
    ),
    of.two_persons: Asked(
        "请没有参加调查的人来确认。", (_want("approver", "确认人", "text", "不能是调查人"),), always=True
    ),
    of.reasons_told: Asked("先把减发的理由告知本人。", _REDUCED, always=True),
    of.heard_before_reduction: Asked("减发之前要先听取本人意见，填《听取意见记录》。", _REDUCED, always=True),
    of.reason_written: Asked("写出书面理由。", (_REASON,)),
    of.heard_before_end: Asked("停发之前要先听取本人意见，填《听取意见记录》；死亡的不用。", (_HEARD, _CAUSE)),
    of.termination_notice_over: Asked(
        "特困拟终止先公示，期满没有异议再停；死亡的不用。", (_POSTED, _CAUSE)
    ),
}  # fmt: skip
"""By condition: what to do, and the facts that a person can bring."""

_DECIDED = (
    _want("amount_month", "每月金额（不填按最近一次评估）", "money"),
    _want("pay_from", "从哪个月发（不填按最近一次评估）", "month"),
)

EXTRA: dict[str, tuple[Want, ...]] = {
    "investigating": (_want("check_report.complete", "核对报告齐全"), _want("check_report.on", "核对报告日期", "day")),
    "public_notice": (_want("notices.posted_on", "张贴日期（不填就是今天）", "day"),),
    "confirmed": (_want("approver", "确认人", "text"), *_DECIDED),
    "adjusted": _DECIDED,
    "termination_proposed": (_CAUSE, _REASON, _HEARD),
    "terminated": (_CAUSE,),
}
"""By status: facts that no condition waits for, but that are kept with the step where there are any."""
