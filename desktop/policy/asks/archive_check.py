"""Ask `archive_check`: which papers a file lacks before it is closed, and which must not be in it (12 §1)."""

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec

from desktop.policy.codes import ProgrammeCode
from desktop.policy.inquiry import Ask, Inquiry, Question
from desktop.policy.marks import Range
from desktop.policy.outcome import Answer

Circumstance = Literal["near_relative_filed", "complaint"]


class FileList(msgspec.Struct, frozen=True):
    """Numbers of 12 §1: what must be there, what only under a circumstance, what must not be there."""

    required: frozenset[int]
    in_circumstances: frozenset[int] = frozenset()
    forbidden: frozenset[int] = frozenset()


_DIBAO = FileList(frozenset((0, 1, 2, 3, 4, 5, 8, 9, 10, 13, 16)), in_circumstances=frozenset((15,)))
_URGENT = frozenset((0, 1, 3, 6, 10, 17))
_NURSING = frozenset((0, 1, 2, 3, 8, 15, 17))
_CHILD = FileList(frozenset((0, 1, 2, 3, 4, 6, 8, 9)), forbidden=frozenset((12, 13, 16)))

LISTS: dict[ProgrammeCode, FileList] = {
    "dibao": _DIBAO,
    "dibao_single": _DIBAO,
    "tekun": FileList(frozenset((0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 13, 16, 17))),
    "temp_emergency": FileList(_URGENT),
    "temp_nonlocal": FileList(_URGENT),
    "temp_expense": FileList(_URGENT | {4, 9, 13}),
    "disability_living": FileList(_NURSING | {4}),
    "disability_nursing": FileList(_NURSING),
    "orphan": _CHILD,
    "de_facto_orphan": _CHILD,
}


class ArchiveQuestion(Question, frozen=True, kw_only=True):
    """The numbers of the papers that are in the file."""

    programme_code: ProgrammeCode
    items: tuple[Annotated[int, Range(0, 18)], ...]
    circumstances: tuple[Circumstance, ...] = ()


def impossible(question: ArchiveQuestion) -> Iterable[str]:
    """A programme whose files have no list."""
    if question.programme_code not in LISTS:
        yield "这个项目没有卷内目录"


def answer(question: ArchiveQuestion, inquiry: Inquiry) -> Answer:
    """Complete when nothing required lacks and nothing forbidden is there (DA-008)."""
    wanted = LISTS[question.programme_code]
    present = set(question.items)
    required = wanted.required | (wanted.in_circumstances if question.circumstances else frozenset())
    missing, forbidden = sorted(required - present), sorted(wanted.forbidden & present)
    inquiry.workings.judge("12.1", not missing, f"必备材料：{_listed(missing, '齐全')}")
    inquiry.workings.judge("DA-008", not missing and not forbidden, f"不得入卷的材料：{_listed(forbidden, '没有')}")
    return inquiry.answer(complete=not missing and not forbidden, missing_items=missing, forbidden_items=forbidden)


def _listed(numbers: list[int], none: str) -> str:
    return "、".join(f"第 {number} 项" for number in numbers) or none


ASK = Ask("archive_check", ArchiveQuestion, answer, impossible)
