"""就业救助: members of certified households who can work and have none; families in which nobody works (06 D)."""

from collections.abc import Iterable, Mapping
from typing import Any

from desktop.policy.codes import PROGRAMME_NAMES
from desktop.policy.facts import EmploymentEvent, Member
from desktop.policy.inquiry import Case, Programme, given, needs
from desktop.policy.pack import LabourAge
from desktop.policy.people import age, certified, in_education

_KINDS = ("dibao", "edge_family", "rigid_expense_family")


def required(facts: Mapping[str, Any]) -> Iterable[str]:
    """The members, and the sex of each: the ages of work differ."""
    yield from needs("members")(facts)
    members = facts.get("members")
    for place, member in enumerate(members if isinstance(members, list) else ()):
        if isinstance(member, dict) and "sex" not in member:
            yield f"members[{place}].sex"


def assess(case: Case) -> Mapping[str, object]:
    """Open only while the county's ages of work are not known and the household is one that is helped."""
    kind = next((code for code in _KINDS if certified(case.facts.certifications, (code,), case.as_of)), None)
    words = f"救助身份：{PROGRAMME_NAMES[kind]}" if kind else "低保、低保边缘、刚性支出身份都不在有效期内"
    case.workings.judge("ZY-001", kind is not None, words)
    ages = case.pack.labour_age
    if ages is None:
        case.workings.lack("labour_age")
        return {"outcome": "cannot_decide" if kind else "not_eligible"}
    workers = [member for member in given(case.facts.members) if _could_work(case, member, ages)]
    unemployed = [member for member in workers if not member.employed]
    found = case.workings.judge(
        "ZY-001",
        bool(unemployed),
        f"劳动年龄内、有劳动能力、不在学的 {len(workers)} 人，其中失业 {len(unemployed)} 人",
        basis=case.pack.basis,
    )
    return {"outcome": "eligible" if kind and found else "not_eligible", **_family(case, workers, unemployed)}


def _could_work(case: Case, member: Member, ages: LabourAge) -> bool:
    """Inside the ages of work of the sex, both ends included, able to work and not at school."""
    youngest, oldest = (ages.men if member.sex == "1" else ages.women)[:2]
    return youngest <= age(member, case.as_of) <= oldest and member.able_to_work and not in_education(member.education)


def _family(case: Case, workers: list[Member], unemployed: list[Member]) -> Mapping[str, object]:
    """Whether nobody who could work does (ZY-002), and then whether a contract has ended that (ZY-003)."""
    zero = bool(workers) and len(unemployed) == len(workers)
    case.workings.note("ZY-002", "零就业家庭：劳动年龄内的成员都失业" if zero else "不是零就业家庭")
    if not zero:
        return {"zero_employment_family": False}
    cleared = any(_in_force(event, case) for event in case.facts.employment_events)
    words = "有在有效期内的合同或岗位协议，已消除" if cleared else "没有在有效期内的合同或岗位协议，回到已发现"
    case.workings.note("ZY-003", words, {"判断日": case.as_of})
    return {"zero_employment_family": True, "employment_state": "cleared" if cleared else "found"}


def _in_force(event: EmploymentEvent, case: Case) -> bool:
    return event.began_on <= case.as_of and (event.ended_on is None or case.as_of < event.ended_on)


PROGRAMME = Programme("employment_aid", assess, required)
