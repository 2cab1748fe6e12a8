"""The laptop's dealings with the county, as window and command line ask for them: enrolment, exchange, differences."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import journal, streams
from db.refused import BadValue
from db.tables.exchange import Device, PackageOut
from db.tables.journal import Conflict
from desktop.casework.views import ConflictView, SyncState
from desktop.casework.work import Work, allow
from desktop.workspace.jobs import Progress

if TYPE_CHECKING:
    from desktop.workspace.workspace import Workspace


class Exchange:
    """Every act takes its own transactions through `sync.device`; roles are checked here."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def state(self) -> SyncState:
        """Enrolment, unsent count and age, last receipt, open differences."""
        return self._workspace.look(lambda work: state_of(work.session))

    def _allow(self, act: str) -> None:
        allow(self._workspace.roles, act)


def state_of(session: Session) -> SyncState:
    """The same within a session."""
    device = session.execute(select(Device.county, Device.certificate)).first()
    oldest = streams.oldest_unsent(session)
    conflicts = session.execute(
        select(func.count(func.distinct(Conflict.op_id))).where(Conflict.open.is_(True))
    ).scalar_one()
    receipt = session.execute(
        select(PackageOut.receipt).where(PackageOut.receipt.is_not(None)).order_by(PackageOut.made_at.desc()).limit(1)
    ).scalar()
    return SyncState(
        enrolled=device is not None and device.certificate is not None, unsent=journal.pending_count(session),
        oldest_unsent=instant(oldest), last_receipt=receipt, conflicts=conflicts,
        county=device.county if device is not None else None,
    )


def instant(wall_ms: int | None) -> str | None:
    """Milliseconds as UTC ISO text."""
    return None if wall_ms is None else datetime.fromtimestamp(wall_ms / 1000, UTC).isoformat(timespec="seconds")
