"""What a child's two parents are to the child: dead, lost, or unable by law to keep it (ET-002, ET-003, D-23)."""

from collections.abc import Iterable
from typing import Any

from desktop.policy.facts import Parent, Status, StatusKind
from desktop.policy.inquiry import Case
from desktop.policy.logic import all_of, any_of
from desktop.policy.people import in_state, parent_disabled, states
from desktop.policy.periods import lasted

_TWO = 2
_MONTHS = 6
_TERMS: tuple[StatusKind, ...] = ("in_prison", "compulsory_rehab", "other_restriction")
_NAMES = {"51": "父亲", "52": "母亲"}


def not_two(question: Any) -> Iterable[str]:
    """In words, that there are not exactly two parents."""
    if len(question.facts.parents) != _TWO:
        yield "父母应填两人"


def both_dead(case: Case) -> bool:
    """Whether the child is an orphan by the parents' death, found or declared (D-23)."""
    return all(parent.deceased_on is not None for parent in case.facts.parents)


def unable(case: Case) -> bool | None:
    """Whether each parent is dead, missing or meets a condition; open where the kind of disability or the list is."""
    return all_of(_unable(case, parent) for parent in case.facts.parents)


def lacking(case: Case) -> tuple[str, ...]:
    """What would settle an illness that leaves a parent open: the county's list, or which illness it is (ET-003)."""
    open_ones = (parent for parent in case.facts.parents if _unable(case, parent) is None)
    if not any(_illness(case, parent) is None for parent in open_ones):
        return ()
    return ("severe_illness_list",) if case.pack.severe_illness_list is None else ("parents.disease",)


def in_words(case: Case) -> str:
    """What was found of each parent."""
    return "；".join(_words(case, parent) for parent in case.facts.parents)


def _unable(case: Case, parent: Parent) -> bool | None:
    return any_of((_gone(case, parent), _condition(case, parent)))


def _gone(case: Case, parent: Parent) -> bool:
    return parent.deceased_on is not None or in_state(parent.statuses, "declared_missing", case.as_of)


def _condition(case: Case, parent: Parent) -> bool | None:
    """One of the conditions of ET-003 on the day."""
    on = case.as_of
    return any_of(
        (
            parent_disabled(parent.disabilities),
            any(_long_enough(status) for kind in _TERMS for status in states(parent.statuses, kind, on)),
            in_state(parent.statuses, "lost_contact", on, _MONTHS),
            in_state(parent.statuses, "custody_revoked", on),
            in_state(parent.statuses, "expelled", on),
            _illness(case, parent),
        )
    )


def _long_enough(status: Status) -> bool:
    """A term of six months or more from beginning to end; one whose end nobody gave is long enough."""
    return status.until is None or lasted(status.since, _MONTHS, status.until)


def _illness(case: Case, parent: Parent) -> bool | None:
    return any_of(_listed(case, status) for status in states(parent.statuses, "severe_illness", case.as_of))


def _listed(case: Case, status: Status) -> bool | None:
    """Whether the illness is on the county's list; open while there is none, or nobody says which it is."""
    listed = case.pack.severe_illness_list
    return None if listed is None or status.disease is None else status.disease in listed


def _words(case: Case, parent: Parent) -> str:
    name = _NAMES[parent.relation]
    if parent.deceased_on is not None:
        return f"{name}已死亡"
    if in_state(parent.statuses, "declared_missing", case.as_of):
        return f"{name}被宣告失踪"
    condition = _condition(case, parent)
    if condition is None:
        return f"{name}是否符合情形不能确定"
    return f"{name}{'符合' if condition else '不符合'}事实无人抚养情形"
