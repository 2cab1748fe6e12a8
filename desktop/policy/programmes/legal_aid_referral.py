"""法律援助转介: matters of assistance and support go to the justice office, which has seven days (QT-001)."""

from collections.abc import Mapping

from desktop.policy.codes import PROGRAMME_NAMES
from desktop.policy.inquiry import Case, Programme, given, needs
from desktop.policy.periods import add_days, long_date
from desktop.policy.programmes.recognised import recognised_as

_MATTERS = {
    "social_assistance": "请求给予社会救助",
    "support_payment": "请求给付赡养费、抚养费、扶养费",
    "other": "其他事项",
}
_DAYS = 7


def assess(case: Case) -> Mapping[str, object]:
    """Other matters are for the legal aid office to judge; recognised people need not prove their means."""
    matter = given(case.facts.legal).matter
    kind = recognised_as(case.facts.certifications, case.as_of)
    exempt = {
        "means_check_exempt": kind is not None,
        "documents_due": ("identity_certificate",) if kind else (),
    }
    words = f"{PROGRAMME_NAMES[kind]}，免核经济困难" if kind else "没有救助身份，由法律援助机构核查经济困难"
    if matter == "other":
        case.workings.note("QT-001", f"{_MATTERS[matter]}，由法律援助机构判断；{words}")
        return {"outcome": "manual_review", **exempt}
    case.workings.judge("QT-001", True, f"{_MATTERS[matter]}，转介司法行政部门；{words}")
    return {"outcome": "refer", "refer_to": "justice", **exempt, **_due(case)}


def _due(case: Case) -> Mapping[str, object]:
    """Seven days from the application, moved off a rest day (RL-005)."""
    start = case.applied_on or case.accepted_on
    raw = add_days(start, _DAYS)
    due = case.days.on_or_after(raw)
    moved = f"，遇休息日顺延到 {long_date(due)}" if due != raw else ""
    case.workings.note("RL-005", f"法律援助机构 {_DAYS} 日内审查，到 {long_date(raw)}{moved}", {"申请": start})
    return {"raw_due": raw, "due": due, "provisional": case.days.provisional}


PROGRAMME = Programme("legal_aid_referral", assess, needs("legal"))
