"""Evidence of a step and trace of an answer as people read them: facts in words, people by name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from desktop.casework.case_views import StepTaken, StepView
from desktop.casework.move_wants import ASKED, EXTRA

_LABELS: dict[str, str] = {
    "home_visit.visited_on": "入户日期",
    "home_visit.investigators": "调查人",
    "home_visit.investigator_signatures": "签字的调查人",
    "home_visit.present_members": "在场成员",
    "home_visit.member_signatures": "签字的成员",
    "check_report.on": "核对报告日期",
    "notices.posted_on": "公示张贴",
    "notices.objections.on": "提出异议",
    "notices.objections.closed_on": "异议办结",
    "kinship.relation": "近亲属关系",
    "kinship.official": "近亲属姓名",
    "complaints": "投诉举报",
    "amount_month": "每月金额（元）",
    "pay_from": "起发月",
    "member_count": "保障人口",
    "stop_from": "停发月",
}
_UNSAID = ("assessment_id",)
"""Links to other records, which say nothing to a reader."""

_WANTS = {
    want.key: want
    for wants in (*(asked.wants for asked in ASKED.values()), *EXTRA.values())
    for want in wants
}  # fmt: skip


def told(step: StepTaken, names: Mapping[str, str]) -> tuple[str, ...]:
    """What a step was shown and what followed, one fact a line; `names` are the people by their ref."""
    return tuple(
        f"{_label(key)}：{_value(key, value, names)}"
        for key, value in _flat({**step.evidence, **step.known}, "")
        if key not in _UNSAID
    )


def with_names(steps: Sequence[StepView], names: Mapping[str, str]) -> tuple[StepView, ...]:
    """The trace with people called by name where the question called them by their ref."""
    if not names:
        return tuple(steps)
    refs = re.compile("|".join(re.escape(ref) for ref in names))

    def named(text: str) -> str:
        return refs.sub(lambda found: names[found[0]], text)

    return tuple(
        msgspec.structs.replace(
            step, text=named(step.text), inputs={named(key): named(value) for key, value in step.inputs.items()}
        )
        for step in steps
    )


def _flat(value: Any, key: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _flat(part, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
        for one in value:
            yield from _flat(one, key)
    elif value not in (None, [], ""):
        yield key, value


def _label(key: str) -> str:
    known = _WANTS.get(key)
    return _LABELS.get(key) or (known.words if known is not None else key)


def _value(key: str, value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_value(key, one, names) for one in value)
    known = _WANTS.get(key)
    return names.get(str(value)) or (known.options.get(str(value)) if known is not None else None) or str(value)
