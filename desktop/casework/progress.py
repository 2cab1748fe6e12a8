"""A case on its way as one page shows it: timeline, moves, deadlines, what is missing, the last assessment."""

from desktop.casework import assessing, cases, gates, programmes, running
from desktop.casework.case_views import CaseProgress, MoveView, StepTaken
from desktop.casework.timeline import Happened
from desktop.casework.work import Work

_ASIDE = ("withdrawn", "aborted_noncooperation", "not_accepted", "refused", "check_failed", "objection", "returned")
"""Ways out: what they would need is not what the case is waiting for."""


def show(work: Work, case_id: str) -> CaseProgress:
    """Everything about where a case stands on the business date."""
    work.allow("look")
    case = cases.find(work.session, case_id)
    before = gates.standing(work, case)
    moves = gates.possible(work, case_id)
    return CaseProgress(
        case=cases.show(work, case_id),
        steps=tuple(_step(event) for event in before.events),
        moves=moves,
        deadlines=running.deadlines(work, before),
        missing=_missing(moves),
        assessment=assessing.of_case(work, case_id),
    )


def _missing(moves: tuple[MoveView, ...]) -> tuple[str, ...]:
    """What the steps onward still lack, once none of them is open."""
    onward = [one for one in moves if one.status not in _ASIDE]
    if any(one.allowed for one in onward):
        return ()
    return tuple(dict.fromkeys(reason for one in onward for reason in one.reasons))


def _step(event: Happened) -> StepTaken:
    return StepTaken(
        event=event.event,
        name=programmes.STATUSES.get(event.event, event.event),
        on=event.on,
        before=event.before,
        note=event.note,
        recorded_by=event.recorded_by,
        evidence=event.given,
        known=event.known,
    )
