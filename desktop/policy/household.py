"""Who counts as the family (01 §2): counted members, those left out and why, the applicant, no half families."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from desktop.policy.facts import Member
from desktop.policy.inquiry import Case
from desktop.policy.people import (
    CHILDREN,
    GRANDCHILDREN,
    GRANDPARENTS,
    PARENTS,
    SIBLINGS,
    SPOUSE,
    age,
    in_state,
)

ExclusionCode = Literal["in_prison", "compulsory_rehab", "declared_missing", "clergy_3y", "not_co_living"]

APPLICANT = "01"
ADULT = 18
CLERGY_MONTHS = 36
"""Three full years away make somebody of the clergy a household alone (DB-022)."""

_LEFT_OUT: tuple[Literal["in_prison", "compulsory_rehab", "declared_missing"], ...] = (
    "in_prison",
    "compulsory_rehab",
    "declared_missing",
)
_SUPPORTED = CHILDREN | PARENTS | GRANDPARENTS | GRANDCHILDREN | SIBLINGS
_STUDIES_ON_ONES_OWN = "postgraduate"
_WORDS: dict[ExclusionCode, str] = {
    "in_prison": "在监狱服刑",
    "compulsory_rehab": "强制隔离戒毒",
    "declared_missing": "宣告失踪",
    "clergy_3y": "脱离家庭独立生活满三年的宗教教职人员",
    "not_co_living": "不是共同生活的家庭成员",
}


class Exclusion(msgspec.Struct, frozen=True):
    """A person of the list who is not counted, and by which code."""

    ref: str
    code: ExclusionCode


class Household(msgspec.Struct, frozen=True):
    """The people of a question, sorted into counted and left out."""

    counted: tuple[Member, ...]
    excluded: tuple[Exclusion, ...]

    @property
    def member_count(self) -> int:
        """How many heads income is divided by."""
        return len(self.counted)

    @property
    def has_applicant(self) -> bool:
        """Whether the applicant is one of the family (DB-001)."""
        return any(member.relation == APPLICANT for member in self.counted)

    def exclusion_of(self, ref: str) -> Exclusion | None:
        """Why somebody is not counted, or None."""
        return next((exclusion for exclusion in self.excluded if exclusion.ref == ref), None)

    def answers(self) -> dict[str, object]:
        """`member_count` and `excluded` as the contract has them."""
        return {
            "member_count": self.member_count,
            "excluded": [{"ref": one.ref, "code": one.code} for one in self.excluded],
        }


def household_of(members: Iterable[Member], on: date) -> Household:
    """Count the family as it stands on the day."""
    counted: list[Member] = []
    excluded: list[Exclusion] = []
    for member in members:
        code = _exclusion(member, on)
        if code is None:
            counted.append(member)
        else:
            excluded.append(Exclusion(member.ref, code))
    return Household(tuple(counted), tuple(excluded))


def clergy_away(member: Member, on: date) -> bool:
    """Whether somebody has lived away in a place of worship for three full years and still does (DB-022)."""
    return in_state(member.statuses, "clergy_away", on, CLERGY_MONTHS)


def counted_household(case: Case) -> Household:
    """The family of a case, with a word on whom it counts and on the applicant (01 §2, DB-001)."""
    household = household_of(case.facts.members or (), case.as_of)
    left_out = "，".join(f"{one.ref} {_WORDS[one.code]}" for one in household.excluded)
    case.workings.note(
        "01.2",
        f"共同生活的家庭成员 {household.member_count} 人" + (f"；不计入：{left_out}" if left_out else ""),
        {"判断日": case.as_of},
    )
    return household


def judge_applicant(case: Case, household: Household) -> bool:
    """DB-001: only somebody of the family can apply for it."""
    case.workings.judge(
        "DB-001",
        household.has_applicant,
        "申请人是共同生活的家庭成员" if household.has_applicant else "申请人不在计入的家庭成员里，应另推一名成员申请",
    )
    return household.has_applicant


def judge_protected(case: Case, household: Household) -> bool:
    """DB-008: the whole family or nobody; a list that was not given is no hindrance."""
    protected = case.facts.protected_members
    if protected is None:
        return True
    whole = set(protected) == {member.ref for member in household.counted}
    case.workings.judge(
        "DB-008",
        whole,
        "保障对象就是全部共同生活的家庭成员" if whole else "保障对象与共同生活的家庭成员不一致，不得只保个别成员",
        {"保障对象": "、".join(protected), "家庭成员": "、".join(member.ref for member in household.counted)},
    )
    return whole


def _exclusion(member: Member, on: date) -> ExclusionCode | None:
    if member.statuses:
        for kind in _LEFT_OUT:
            if in_state(member.statuses, kind, on):
                return kind
        if clergy_away(member, on):
            return "clergy_3y"
    return None if _belongs(member, on) else "not_co_living"


def _belongs(member: Member, on: date) -> bool:
    """The four kinds of 01 §2; spouse and dependent children wherever they live, children by every code (D-20)."""
    if member.relation == APPLICANT or member.relation in SPOUSE:
        return True
    if member.relation in CHILDREN and _dependent(member, on):
        return True
    return member.relation in _SUPPORTED and member.lives_with_family


def _dependent(child: Member, on: date) -> bool:
    """Under 18, unable to live alone, or at school full time up to a first degree."""
    studies = child.education
    return (
        age(child, on) < ADULT
        or child.cannot_live_alone
        or (studies is not None and studies.full_time and studies.stage != _STUDIES_ON_ONES_OWN)
    )
