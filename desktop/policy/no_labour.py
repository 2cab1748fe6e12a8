"""Whether somebody counts as unable to labour for 特困 (TK-001), with the years from 16 on (D-03, TK-021)."""

from collections.abc import Mapping

from desktop.policy.facts import Member
from desktop.policy.inquiry import Case
from desktop.policy.people import age, cannot_labour
from desktop.policy.verdict import Verdict, verdict

_CHILD, _GROWN, _OLD = 16, 18, 60
_SCHOOLS = ("compulsory", "senior_high", "secondary_vocational")
"""Schooling through which somebody certified stays certified after 18 (TK-021)."""


def judge_labour(case: Case, person: Member, already: bool) -> Verdict:
    """TK-001; `already` says that the person is certified as 特困 now, which carries through 16 and 17 and school."""
    years = age(person, case.as_of)
    inputs = {"出生日期": person.birth_date, "判断日": case.as_of}
    disabled = cannot_labour(person.disabilities)
    if years >= _OLD or years < _CHILD or disabled:
        by_age = f"已满 {_OLD} 周岁" if years >= _OLD else f"未满 {_CHILD} 周岁" if years < _CHILD else ""
        why = by_age or "残疾类别和等级属于无劳动能力"
        return verdict(case.workings.judge("TK-001", True, f"{years} 周岁，{why}", inputs))
    if already and (years < _GROWN or _at_school(person)):
        return _continued(case, years, inputs)
    if years < _GROWN:
        text = f"{years} 周岁，新认定的由人判断，倾向符合"
        case.workings.note("D-03", text, inputs)
        return verdict(case.workings.judge("TK-001", None, text, inputs))
    if disabled is None:
        case.workings.note("10.2", "多重残疾没有写明构成的类别，由人判断")
        return verdict(case.workings.judge("TK-001", None, "残疾类别没有写明，不能判断劳动能力", inputs))
    return verdict(case.workings.judge("TK-001", False, f"{years} 周岁，年龄和残疾都不属于无劳动能力", inputs))


def _continued(case: Case, years: int, inputs: Mapping[str, object]) -> Verdict:
    """Certified people go on until 18, and longer at school."""
    minor = years < _GROWN
    if minor:
        case.workings.judge("D-03", True, f"已认定的延续至 {_GROWN} 周岁", inputs)
    text = f"{years} 周岁，已认定，{'未满' if minor else '仍在学校就读，已满'} {_GROWN} 周岁，可以继续"
    return verdict(case.workings.judge("TK-021", True, text, inputs))


def _at_school(person: Member) -> bool:
    return person.education is not None and person.education.stage in _SCHOOLS
