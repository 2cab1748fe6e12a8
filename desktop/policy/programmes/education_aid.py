"""教育救助: pupils of certified households; the school and the county's education office decide (06 B)."""

from collections.abc import Mapping

from desktop.policy.codes import PROGRAMME_NAMES, ProgrammeCode
from desktop.policy.facts import Education
from desktop.policy.inquiry import Case, Programme, needs
from desktop.policy.programmes.home_teaching import too_disabled_for_school
from desktop.policy.programmes.recognised import recognised_as

_STAGE_NAMES = {
    "kindergarten": "学前教育",
    "compulsory": "义务教育",
    "senior_high": "普通高中",
    "secondary_vocational": "中等职业教育",
    "junior_college": "高职、专科",
    "undergraduate": "本科",
    "postgraduate": "研究生",
}
_PUSHES = {(True, False): "add", (False, True): "remove"}


def assess(case: Case) -> Mapping[str, object]:
    """At school and recognised; postgraduates are for people to decide; other help never counts against it."""
    pupil = case.person
    kind = recognised_as(case.facts.certifications, case.as_of, pupil.ref)
    outcome = _outcome(case, pupil.education, kind)
    case.workings.judge("JY-002", True, "在普惠资助基础上叠加，已有资助不影响")
    case.workings.note("JY-003", "乡镇出具救助身份确认" if kind else "没有可以出具的救助身份")
    return {
        "outcome": outcome,
        "apply_at": "school",
        "decided_by": "county_education",
        "stackable": True,
        "documents_due": (*(("identity_certificate",) if kind else ()), *_home_teaching_papers(case)),
        "push": _push(case, outcome),
    }


def _outcome(case: Case, education: Education | None, kind: ProgrammeCode | None) -> str:
    stage = education.stage if education else None
    words = f"救助身份：{PROGRAMME_NAMES[kind]}" if kind else "没有在有效期内的救助身份"
    words += f"；就读阶段：{_STAGE_NAMES[stage]}" if stage else "；不在学"
    if kind and stage == "postgraduate":
        case.workings.note("JY-001", f"{words}，方案没有列入，由人决定")
        return "manual_review"
    eligible = kind is not None and stage is not None
    case.workings.judge("JY-001", eligible, words, {"判断日": case.as_of})
    return "eligible" if eligible else "not_eligible"


def _push(case: Case, outcome: str) -> str | None:
    """What the term's list needs: open while people decide (JY-004)."""
    if outcome == "manual_review":
        return None
    listed = case.facts.listed_last_term
    push = _PUSHES.get((outcome == "eligible", listed), "none")
    words = {"add": "增加", "remove": "减少", "none": "不变"}[push]
    case.workings.note("JY-004", f"上学期{'在' if listed else '不在'}名单内，本学期名单{words}")
    return push


def _home_teaching_papers(case: Case) -> tuple[str, ...]:
    """The two papers of a child who is to be taught at home (JY-016), whether helped here or not."""
    pupil = case.person
    compulsory = pupil.education is not None and pupil.education.stage == "compulsory"
    if not compulsory or case.facts.can_attend_school or not too_disabled_for_school(pupil.disabilities):
        return ()
    case.workings.alert("refer_home_teaching")
    case.workings.judge("JY-010", True, "义务教育阶段重度残疾，不能到校就读，转送教上门")
    case.workings.note("JY-016", "须签署送教上门服务协议和家长同意书，两份都签署后才能开始")
    return ("home_teaching_agreement", "home_teaching_consent")


PROGRAMME = Programme("education_aid", assess, needs("members"))
