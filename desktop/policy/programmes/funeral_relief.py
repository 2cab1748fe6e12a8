"""惠民殡葬: listed services of a cremation are waived, or a fixed sum is paid, as the county has it (QT-004)."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from desktop.policy.facts import FuneralItem
from desktop.policy.inquiry import Case, Programme, given, needs
from desktop.policy.money import ZERO, written
from desktop.policy.people import certified


def assess(case: Case) -> Mapping[str, object]:
    """Only cremations; services outside the list do not count. Funerals of 特困 people have their own rule."""
    funeral = given(case.facts.funeral)
    _tell_tekun(case, funeral.deceased_on)
    words = "已实行火化" if funeral.cremated else "没有实行火化"
    if not case.workings.judge("QT-004", funeral.cremated, words):
        return {"outcome": "not_eligible", "covered_items": ()}
    covered = [item for item in funeral.items if item.kind != "other"]
    return {
        "outcome": "eligible",
        "covered_items": tuple(dict.fromkeys(item.kind for item in covered)),
        "amount_once": _amount(case, covered),
    }


def _tell_tekun(case: Case, deceased_on: date) -> None:
    if certified(case.facts.certifications, ("tekun",), deceased_on):
        case.workings.alert("tekun_funeral")
        case.workings.note("TK-053", "死亡时享受特困供养，丧葬另按特困规定办理", {"死亡日期": deceased_on})


def _amount(case: Case, covered: Iterable[FuneralItem]) -> Fraction | None:
    rule = case.pack.funeral_rule
    if rule is None:
        case.workings.lack("funeral_rule")
        return None
    if rule.mode == "waive":
        total = sum((item.amount for item in covered), ZERO)
        case.workings.note("QT-004", f"减免清单内项目合计 {written(total)} 元", basis=case.pack.basis)
        return total
    if rule.amount is None:
        case.workings.lack("funeral_rule", "funeral_rule.amount")
        return None
    case.workings.note("QT-004", f"定额补贴 {written(rule.amount)} 元", basis=case.pack.basis)
    return rule.amount


PROGRAMME = Programme("funeral_relief", assess, needs("funeral"))
