"""The list of cases as its page shows it: every case with the deadline of it that is nearest."""

from desktop.casework import cases, packs, running, timeline
from desktop.casework.case_views import CaseLine, DeadlineView
from desktop.casework.views import CaseRow
from desktop.casework.work import Work

_PAGE = 500


def lines(work: Work) -> list[CaseLine]:
    """Every case with its nearest deadline, newest acceptance first."""
    work.allow("look")
    held, found = packs.in_force(work), list[CaseLine]()
    while True:
        rows = cases.rows(work, limit=_PAGE, offset=len(found))
        found += [CaseLine(case=row, deadline=_nearest(work, row, held)) for row in rows]
        if len(rows) < _PAGE:
            return found


def _nearest(work: Work, row: CaseRow, held: packs.HeldPack) -> DeadlineView | None:
    """Asked of the rules only in statuses in which some period runs."""
    if row.status not in running.TIMED:
        return None
    events = timeline.of_case(work.session, row.case_id)
    timed = running.Timed(cases.find(work.session, row.case_id), events, held)
    return next(iter(running.deadlines(work, timed)), None)
