"""Who may bring a case into which status (15 §1, 15 §2): the office, the township's leader, the county."""

from collections.abc import Sequence

from desktop.casework.work import MAY, Work

OFFICE, LEADER, COUNTY, DECIDER = "case", "lead", "county", "decide"
"""Acts of the table MAY: running a case, the leader's opinion, the county's examination and its decision."""

_LEADERS = frozenset(("not_accepted", "pre_reviewed"))
_COUNTYS = frozenset(("returned", "county_review", "county_visit"))
_DECISIONS = frozenset(("confirmed", "refused", "adjusted", "grace", "terminated"))
_TEMPORARY = ("temp_emergency", "temp_expense", "temp_nonlocal")


def acts_for(programme: str, status: str, delegated: bool) -> Sequence[str]:
    """The acts of which one is enough for the move: a delegated township decides by itself (D-14).

    Temporary assistance is decided by whichever level its amount calls for (LS-023); both may.
    """
    if status in _LEADERS:
        return (LEADER,)
    if status in _COUNTYS:
        return (COUNTY,)
    if status in _DECISIONS:
        if programme in _TEMPORARY:
            return (LEADER, DECIDER)
        return (LEADER,) if delegated else (DECIDER,)
    return (OFFICE,)


def may(work: Work, acts: Sequence[str]) -> bool:
    """Whether the person may, by a role or in the place of one.

    Where nobody of this store holds the role, the office records what the leader or the county decided on paper:
    a township of one person must be able to work (D16). As soon as somebody holds it, only they decide.
    """
    able = frozenset[str]().union(*(MAY[act] for act in acts))
    if not able.isdisjoint(work.roles):
        return True
    return able.isdisjoint(work.staff()) and not MAY[OFFICE].isdisjoint(work.roles)


def need(work: Work, acts: Sequence[str]) -> None:
    """Go on only when the person may; raises `NotAllowed` in words."""
    if not may(work, acts):
        work.allow(acts[-1])


def decides(work: Work) -> bool:
    """Whether the person holds a role that decides: then it is their own name that stands under a decision."""
    return not (MAY[LEADER] | MAY[DECIDER]).isdisjoint(work.roles)
