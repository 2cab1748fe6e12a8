"""居家养老服务: everybody from 80 on; from 60 on people in hardship who have lost abilities (LN-004, LN-005)."""

from collections.abc import Mapping

from desktop.policy.codes import PROGRAMME_NAMES, THE_FOUR
from desktop.policy.inquiry import Case, Programme, needs
from desktop.policy.people import age, certified

_FROM_AGE, _ANYBODY_FROM = 60, 80
_LEVELS = (
    (90, "intact", "能力完好"),
    (66, "mild", "轻度失能"),
    (46, "moderate", "中度失能"),
    (30, "severe", "重度失能"),
)
_LOST = ("lost", "完全失能")
_OUTCOMES = {"intact": "not_eligible", "mild": "manual_review"}


def assess(case: Case) -> Mapping[str, object]:
    """By age, then by hardship, then by the assessed ability; the level is told whenever there is a score."""
    level = _level(case)
    return {"outcome": _outcome(case, level), "ability_level": level}


def _outcome(case: Case, level: str | None) -> str:
    years = age(case.person, case.as_of)
    if years >= _ANYBODY_FROM or years < _FROM_AGE:
        old = years >= _ANYBODY_FROM
        words = f"{years} 周岁，{'80 周岁以上不问困难与失能' if old else '未满 60 周岁'}"
        return _closed(case, old, words)
    own = case.person.ref
    kind = next((code for code in THE_FOUR if certified(case.facts.certifications, (code,), case.as_of, own)), None)
    if kind is None:
        return _closed(case, False, f"{years} 周岁，不是特困、低保、低保边缘、刚性支出家庭的老人")
    words = f"{years} 周岁，救助身份：{PROGRAMME_NAMES[kind]}"
    if level is None:
        case.workings.lack("ability_score")
        case.workings.note("LN-004", f"{words}，还没有做失能评估")
        if case.facts.self_care is not None:
            case.workings.note("LN-006", "特困六项自理评估不是同一工具，不能换算")
        return "cannot_decide"
    outcome = _OUTCOMES.get(level, "eligible")
    if outcome == "manual_review":
        case.workings.note("LN-004", f"{words}，轻度失能由人决定")
        return outcome
    return _closed(case, outcome == "eligible", f"{words}，{'中度及以下失能' if outcome == 'eligible' else '能力完好'}")


def _closed(case: Case, eligible: bool, words: str) -> str:
    case.workings.judge("LN-004", eligible, words, {"出生日期": case.person.birth_date, "判断日": case.as_of})
    return "eligible" if eligible else "not_eligible"


def _level(case: Case) -> str | None:
    """GB/T 42195: 26 items, 90 points are full ability (LN-005)."""
    score = case.facts.ability_score
    if score is None:
        return None
    level, words = next(((level, words) for least, level, words in _LEVELS if score >= least), _LOST)
    case.workings.note("LN-005", f"能力评估 {score} 分，{words}")
    return level


PROGRAMME = Programme("home_elder_care", assess, needs("members"))
