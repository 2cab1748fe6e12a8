"""What a store says of itself and of its people, as plain data: equal before and after any migration."""

import json
from functools import partial
from typing import Any

import msgspec

from db.tables.visits import Photo
from desktop.casework import assessing, fund, timeline, visit_records
from desktop.casework.case_views import AssessmentView
from desktop.casework.work import Work
from desktop.workspace import Workspace


def _photos(visit_id: str, work: Work) -> list[Photo]:
    return visit_records.photos_of(work.session, visit_id)


def _assessed(case_id: str, work: Work) -> AssessmentView | None:
    return assessing.of_case(work, case_id)


def _events(case_id: str, work: Work) -> tuple[timeline.Happened, ...]:
    return timeline.of_case(work.session, case_id)


def _book(work: Work) -> list[dict[str, Any]]:
    return [fund.said(row) | {"position": row.position, "period": row.period} for row in fund.book(work)]


def facts(workspace: Workspace) -> dict[str, Any]:
    """Counts, digest, households with their people and versions, answers, photos by content, papers, differences."""
    desk = workspace.read
    homes = [desk.household(row.household_id) for row in desk.households(limit=1000)]
    shown = [desk.visit(row.visit_id) for row in desk.visits()]
    blobs = [photo.blob for view in shown for photo in workspace.look(partial(_photos, view.visit_id))]
    files = [desk.case(row.case_id) for row in desk.cases()]
    told = {
        "counts": workspace.info().counts,
        "township": workspace.identity.township,
        "unsent": workspace.info().unsent,
        "state_hash": workspace.exchange.state_hash(),
        "households": homes,
        "visits": shown,
        "photos": [len(desk.blob(str(blob))) for blob in blobs],
        "documents": desk.documents(),
        "cases": files,
        "events": [workspace.look(partial(_events, view.case_id)) for view in files],
        "assessments": [workspace.look(partial(_assessed, view.case_id)) for view in files],
        "fund": workspace.look(_book),
        "conflicts": desk.conflicts(),
        "settings": desk.settings(),
        "users": [user.name for user in workspace.users()],
    }
    found: dict[str, Any] = json.loads(msgspec.json.encode(told))
    return found
