"""农村留守儿童: children under 16 whose parents work away, or one does and the other cannot guard them (ET-008)."""

from collections.abc import Mapping

from desktop.policy.facts import Parent
from desktop.policy.inquiry import Case, Programme, needs
from desktop.policy.people import age
from desktop.policy.programmes.parents import not_two

_UNDER = 16


def assess(case: Case) -> Mapping[str, object]:
    """By age and by where the parents are."""
    years = age(case.person, case.as_of)
    away = [parent for parent in case.facts.parents if parent.working_away]
    at_home = [parent for parent in case.facts.parents if not parent.working_away]
    alone = bool(away) and not any(_guards(parent) for parent in at_home)
    eligible = years < _UNDER and alone
    words = f"父母 {len(away)} 人外出务工，" + ("留下的一方没有监护能力" if alone and at_home else "")
    case.workings.judge("ET-008", eligible, f"{years} 周岁；{words.rstrip('，')}", {"判断日": case.as_of})
    return {"outcome": "eligible" if eligible else "not_eligible"}


def _guards(parent: Parent) -> bool:
    return parent.able_to_guard and parent.deceased_on is None


PROGRAMME = Programme("left_behind_child", assess, needs("members"), not_two)
