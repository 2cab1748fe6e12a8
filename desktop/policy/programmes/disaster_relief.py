"""受灾人员救助: five stages, each with its own procedure, body that decides, measures and amount (rule book 05)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction

import msgspec

from desktop.policy.facts import Disaster, ReliefQuantity
from desktop.policy.inquiry import Case, Programme, given, needs
from desktop.policy.periods import add_months
from desktop.policy.programmes.disaster_rates import NEED_NAMES, amount_of, needs_amount, rate

_EMERGENCY_MEASURES = ("relocation", "food", "water", "clothing", "heating", "shelter", "medical")
_DROUGHT_NEEDS = ("grain", "water")
_CLASS_NAMES = {"collapsed": "倒塌", "severe": "严重损坏", "moderate_minor": "一般损坏", "intact": "基本完好"}
_CLASS_MEASURES: dict[str, tuple[str, ...]] = {
    "collapsed": ("rebuild",),
    "severe": ("rebuild", "major_repair"),
    "moderate_minor": ("repair",),
}
_REBUILD_STEPS = (
    ("ZH-011", "村（居）委会民主评议，有记录、全员签字"),
    ("ZH-012", "在自然村、社区范围公示"),
    ("ZH-013", "无异议，或异议经评议不成立，由村（居）委会报送评议意见与材料"),
    ("ZH-014", "乡镇审核"),
    ("ZH-015", "县级应急等部门审批"),
    ("ZH-016", "村（居）委会公布救助对象、款物数额与使用，资金社会化发放"),
)


class _Stage(msgspec.Struct, frozen=True):
    """Who does what in a stage, and how a household is judged in it."""

    procedure: str
    decided_by: str | None
    judge: Callable[[Case, Disaster], Mapping[str, object]]


def assess(case: Case) -> Mapping[str, object]:
    """By stage; whoever is not hard hit is no object of relief in any of them."""
    disaster = given(case.facts.disaster)
    stage = _STAGES[disaster.stage]
    head = {"procedure": stage.procedure, "decided_by": stage.decided_by, "measures": ()}
    words = "基本生活受到自然灾害严重影响" if disaster.affected else "基本生活没有受到自然灾害严重影响"
    if not case.workings.judge("ZH-037", disaster.affected, words):
        return {**head, "outcome": "not_eligible"}
    return {**head, **stage.judge(case, disaster)}


def _emergency(case: Case, disaster: Disaster) -> Mapping[str, object]:
    """Registering is enough; families of the dead are comforted by a rate for each."""
    case.workings.judge("05.1", True, "应急期只登记，不评议、不审批：转移安置，保障食品、饮水、衣被、取暖、住所和医疗")
    if not disaster.deceased:
        return {"outcome": "eligible", "measures": _EMERGENCY_MEASURES}
    return {
        "outcome": "eligible",
        "measures": (*_EMERGENCY_MEASURES, "condolence"),
        "amount_once": amount_of(
            case, "遇难人员家属抚慰，标准 × 遇难人数", rate(case, "condolence"), disaster.deceased
        ),
    }


def _transition(case: Case, disaster: Disaster) -> Mapping[str, object]:
    """Living aid by head and day; longer than the county's limit is for people to decide (RL-004)."""
    over = _over_limit(case, disaster)
    return {
        "outcome": "manual_review" if over else "eligible",
        "measures": ("living_aid",),
        "amount_once": _living_aid(case, disaster),
    }


def _over_limit(case: Case, disaster: Disaster) -> bool:
    months, first, last = case.pack.transition_max_months, disaster.first_day, disaster.last_day
    if months is None or first is None or last is None:
        return False
    limit = add_months(first, months)
    within = case.workings.judge(
        "RL-004",
        last <= limit,
        f"过渡期自起始日起 {months} 个月，{'没有超过' if last <= limit else '已超过，由人决定'}",
        {"开始": first, "截止": last, "期满": limit},
        case.pack.basis,
    )
    if not within:
        case.workings.alert("over_transition_period")
    return not within


def _living_aid(case: Case, disaster: Disaster) -> Fraction | None:
    """Rate times persons times days, first and last day included."""
    each = rate(case, "transition")
    facts = {"persons": disaster.persons, "from": disaster.first_day, "to": disaster.last_day}
    case.workings.lack(*(f"disaster.{name}" for name, value in facts.items() if value is None))
    if disaster.persons is None or disaster.first_day is None or disaster.last_day is None:
        return None
    days = _days(disaster.first_day, disaster.last_day)
    return amount_of(case, "过渡期生活救助，标准 × 人数 × 天数（首尾日都算）", each, disaster.persons, days)


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def _drought(case: Case, disaster: Disaster) -> Mapping[str, object]:
    """For people in hardship who lack grain or water; other needs are not of this stage."""
    if not _in_hardship(case, disaster, "ZH-037"):
        return {"outcome": "not_eligible"}
    lacking = tuple(need for need in disaster.needs if need.kind in _DROUGHT_NEEDS)
    if not case.workings.judge(
        "05.1", bool(lacking), _needs_in_words(lacking) if lacking else "旱灾救助只对口粮、饮水，没有登记这两项缺口"
    ):
        return {"outcome": "not_eligible"}
    return _relieved(case, "drought", lacking)


def _winter_spring(case: Case, disaster: Disaster) -> Mapping[str, object]:
    """Needs are assessed household by household first, never shared out by head; then hardship and needs count."""
    shared_out = disaster.per_head_average
    case.workings.judge(
        "ZH-031", not shared_out, "按人头平均分配，不允许" if shared_out else "按户评估，没有按人头平均分配"
    )
    assessed = disaster.assessed_on is not None and disaster.assessed_on <= case.as_of
    case.workings.judge(
        "ZH-036",
        assessed,
        "已按户登记缺口并评估" if assessed else "还没有评估需求，不能先定对象",
        {"评估日期": disaster.assessed_on, "判断日": case.as_of},
    )
    if shared_out or not assessed:
        return {"outcome": "blocked"}
    case.workings.note("ZH-034", "县级统计、评估、编制台账和方案，报县政府批准")
    if not _in_hardship(case, disaster, "ZH-031"):
        return {"outcome": "not_eligible"}
    if not disaster.needs:
        case.workings.judge("ZH-036", False, "评估没有登记任何缺口")
        return {"outcome": "not_eligible"}
    case.workings.note("ZH-036", _needs_in_words(disaster.needs))
    return _relieved(case, "winter_spring", disaster.needs)


def _relieved(case: Case, stage: str, lacking: tuple[ReliefQuantity, ...]) -> Mapping[str, object]:
    return {
        "outcome": "eligible",
        "measures": tuple(dict.fromkeys(need.kind for need in lacking)),
        "amount_once": needs_amount(case, stage, lacking),
    }


def _in_hardship(case: Case, disaster: Disaster, rule_id: str) -> bool | None:
    words = "受灾且生活困难" if disaster.hardship else "受灾但生活不困难"
    return case.workings.judge(rule_id, disaster.hardship, words)


def _needs_in_words(lacking: Iterable[ReliefQuantity]) -> str:
    return "登记的缺口：" + "、".join(f"{NEED_NAMES[need.kind]} {need.quantity}" for need in lacking)


def _housing_rebuild(case: Case, disaster: Disaster) -> Mapping[str, object]:
    """By how the house is damaged; the class is never taken from the grade of a dangerous house (05.3)."""
    workings = case.workings
    words = {"self": "本人申请", "group_nomination": "村（居）民小组提名"}.get(disaster.source or "")
    if not workings.judge("ZH-010", words is not None, words or "既没有本人申请，也没有村（居）民小组提名"):
        return {"outcome": "blocked"}
    damage = disaster.damage_class
    if damage is None:
        workings.lack("disaster.damage_class")
        workings.note("05.3", "还没有鉴定住房损坏类别，不能用农村危房等级换算")
        return {"outcome": "cannot_decide"}
    if not workings.judge("05.3", damage != "intact", f"住房损坏类别：{_CLASS_NAMES[damage]}"):
        return {"outcome": "not_eligible"}
    for rule_id, step in _REBUILD_STEPS:
        workings.note(rule_id, step)
    measures = _CLASS_MEASURES[damage]
    if len(measures) > 1:
        workings.alert("choose_measure")
    each = rate(case, "housing_rebuild", lambda row: row.damage_class == damage)
    return {
        "outcome": "manual_review" if _suspected_duplicate(case, disaster) else "eligible",
        "measures": measures,
        "measure": measures[0] if len(measures) == 1 else None,
        "amount_once": amount_of(case, f"每户，{_CLASS_NAMES[damage]}", each),
    }


def _suspected_duplicate(case: Case, disaster: Disaster) -> bool:
    if disaster.housing_aid_same_house:
        case.workings.judge("ZH-030", False, "同一房屋已在农村危房改造中补助，疑似重复，由人核实")
        case.workings.alert("suspected_duplicate")
    return disaster.housing_aid_same_house


_STAGES: dict[str, _Stage] = {
    "emergency": _Stage("register", None, _emergency),
    "transition": _Stage("verify", "county_emergency", _transition),
    "drought": _Stage("verify", "county_emergency", _drought),
    "winter_spring": _Stage("county_plan", "county_government", _winter_spring),
    "housing_rebuild": _Stage("village_review", "county_emergency", _housing_rebuild),
}

PROGRAMME = Programme("disaster_relief", assess, needs("disaster"))
