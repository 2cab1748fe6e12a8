"""生活无着的流散人员: what must be done for somebody found without a place to turn to, in order (07 D)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from desktop.policy.facts import Stranded
from desktop.policy.inquiry import Case, Programme, given, needs
from desktop.policy.pack import StrandedTerms
from desktop.policy.periods import add_days, add_hours, lasted, long_date

_FACE = "face_template"
_CONDUCT_WORDS = {
    "charged": "收费",
    "forced_labour": "强迫劳动",
    "leave_restricted": "限制离开",
    "sexes_together": "男女混住",
    "woman_managed_by_man": "女性由男性管理",
    _FACE: "采集人脸模板",
}
_STEP_WORDS = {
    "report_police": "未成年人，第一时间报公安",
    "emergency_treatment": "急病救治",
    "register": "登记发现时间地点、特征、健康、携带物、送往单位、交接签字",
    "care": "照料",
    "identity_query": "查询身份",
    "trace_notice": "发布寻亲公告",
    "dna": "采集 DNA 比对",
    "return_home": "协助返回",
    "settle": "长期无法查明身份，安置落户",
}


def assess(case: Case) -> Mapping[str, object]:
    """Forbidden conduct blocks; a vagrant must be without a livelihood, whoever else is found needs nothing more."""
    stranded = given(case.facts.stranded)
    if not _rightly_treated(case, stranded):
        return {"outcome": "blocked"}
    if not _in_need(case, stranded):
        return {"outcome": "not_eligible"}
    return {
        "outcome": "eligible",
        "refer_to": "rescue_station",
        "steps": _numbered(case, _steps(case, stranded)),
        "stay_until": _stay_until(case, stranded),
    }


def _rightly_treated(case: Case, stranded: Stranded) -> bool:
    faces = tuple(word for word in stranded.conduct if word == _FACE)
    others = tuple(word for word in stranded.conduct if word != _FACE)
    for rule_id, found in (("LL-003", others), ("LL-002", faces)):
        words = "、".join(_CONDUCT_WORDS[word] for word in found)
        case.workings.judge(rule_id, not found, f"不得有：{words}" if found else "没有违反救助要求的做法")
    return not stranded.conduct


def _in_need(case: Case, stranded: Stranded) -> bool | None:
    if stranded.circumstance != "vagrant":
        return case.workings.judge("LS-008", True, "临时遇困，不问生活来源")
    words = "没有生活来源" if stranded.no_livelihood else "流浪但有生活来源"
    return case.workings.judge("LL-001", stranded.no_livelihood, words)


def _steps(case: Case, stranded: Stranded) -> Iterable[tuple[str, str, Mapping[str, object]]]:
    """Measure, rule and what else belongs to it, of those that apply (LL-005)."""
    terms = case.pack.stranded or StrandedTerms()
    home_found = stranded.identity_known and stranded.family_found
    if stranded.minor:
        yield "report_police", "ET-010", {}
    if stranded.ill:
        yield "emergency_treatment", "LL-001", {}
    yield "register", "LL-005", {}
    yield "care", "LL-001", {}
    if not stranded.identity_known:
        yield "identity_query", "LL-001", {}
    if not home_found:
        yield "trace_notice", "LL-004", {"due_at": _notice_due(case, terms, stranded.found_at)}
    if not stranded.identity_known:
        yield "dna", "LL-004", {}
    if home_found:
        yield "return_home", "LL-003", {"escort": stranded.minor or stranded.elderly or stranded.disabled}
    if not stranded.identity_known and _long_unknown(case, terms, stranded.found_at):
        yield "settle", "LL-004", {}


def _numbered(case: Case, steps: Iterable[tuple[str, str, Mapping[str, object]]]) -> tuple[Mapping[str, object], ...]:
    numbered = tuple(
        {"order": place, "measure": measure, "rule_id": rule_id, **more}
        for place, (measure, rule_id, more) in enumerate(steps, 1)
    )
    for step in numbered:
        measure, rule_id = str(step["measure"]), str(step["rule_id"])
        escorted = "，护送" if step.get("escort") else ""
        case.workings.note(rule_id, f"第 {step['order']} 步：{_STEP_WORDS[measure]}{escorted}")
    return numbered


def _notice_due(case: Case, terms: StrandedTerms, found_at: datetime) -> datetime | None:
    """So many hours from the finding, rest days or not."""
    if terms.notice_hours is None:
        case.workings.lack("stranded", "stranded.notice_hours")
        return None
    return add_hours(found_at, terms.notice_hours)


def _long_unknown(case: Case, terms: StrandedTerms, found_at: datetime) -> bool:
    if terms.settle_months is None:
        case.workings.lack("stranded", "stranded.settle_months")
        return False
    return lasted(found_at.date(), terms.settle_months, case.as_of)


def _stay_until(case: Case, stranded: Stranded) -> date | None:
    """The last day of an ordinary stay in the station; a longer one is told (LL-004)."""
    if stranded.station_entered_on is None:
        return None
    days = case.pack.stranded.stay_days if case.pack.stranded else None
    if days is None:
        case.workings.lack("stranded", "stranded.stay_days")
        return None
    last = add_days(stranded.station_entered_on, days)
    over = case.as_of > last
    if over:
        case.workings.alert("stay_over")
    text = f"站内救助一般不超过 {days} 天，到 {long_date(last)}{'，已超过' if over else ''}"
    case.workings.note("LL-004", text, {"进站": stranded.station_entered_on}, case.pack.basis)
    return last


PROGRAMME = Programme("stranded_person", assess, needs("stranded"))
