"""送教上门: severely disabled children of school age who cannot go to school (06 B-2)."""

from collections.abc import Iterable, Mapping

from desktop.policy.facts import Disability
from desktop.policy.identity import age_on
from desktop.policy.inquiry import Case, Programme, given, needs
from desktop.policy.periods import long_date

_MIND_OR_MULTIPLE = (5, 6, 7)
_FIRST_AGE, _LAST_AGE, _LAST_OPEN_AGE = 6, 15, 17


def too_disabled_for_school(disabilities: Iterable[Disability]) -> bool:
    """Grade 1 or 2, or grade 3 of a mental or multiple disability (JY-012)."""
    return any(
        disability.grade in (1, 2) or (disability.grade == 3 and disability.kind in _MIND_OR_MULTIPLE)
        for disability in disabilities
    )


def assess(case: Case) -> Mapping[str, object]:
    """Not for children who can go to school; older ones and those not yet assessed are for people to decide."""
    answers = (_kept_home(case), _of_age(case), _assessed(case))
    if False in answers:
        return {"outcome": "not_eligible"}
    if answers[-1] is None:
        case.workings.lack("committee_assessment")
    return {"outcome": "manual_review" if None in answers else "eligible"}


def _kept_home(case: Case) -> bool:
    disabled = too_disabled_for_school(case.person.disabilities)
    away = not case.facts.can_attend_school
    words = "属于重度残疾" if disabled else "不属于重度残疾（一、二级，或三级精神、智力、多重）"
    case.workings.judge("JY-010", disabled and away, f"{words}，{'不能' if away else '能够'}到校就读")
    return disabled and away


def _of_age(case: Case) -> bool | None:
    """Full years when the school year starts: 6 to 15, open for 16 and 17 (JY-011)."""
    start = given(case.facts.school_year_start)
    years = age_on(case.person.birth_date, start)
    text = f"{long_date(start)}学年开始时 {years} 周岁"
    if _LAST_AGE < years <= _LAST_OPEN_AGE:
        case.workings.note("JY-011", f"{text}，超过 {_LAST_AGE} 周岁，由人决定")
        return None
    of_age = _FIRST_AGE <= years <= _LAST_AGE
    case.workings.judge("JY-011", of_age, f"{text}，{'在' if of_age else '不在'} {_FIRST_AGE}—{_LAST_AGE} 周岁内")
    return of_age


def _assessed(case: Case) -> bool | None:
    """What the committee concluded by the day of judgement (JY-012)."""
    assessment = case.facts.committee_assessment
    if assessment is None or assessment.on > case.as_of:
        case.workings.note("JY-012", "残疾人教育专家委员会还没有评估，由人决定")
        return None
    confirmed = assessment.conclusion == "home_teaching"
    words = "送教上门" if confirmed else "能够到校就读"
    case.workings.judge("JY-012", confirmed, f"残疾人教育专家委员会评估结论：{words}", {"评估日期": assessment.on})
    return confirmed


PROGRAMME = Programme("home_teaching", assess, needs("members", "school_year_start"))
